package desk

import (
	"testing"

	"chancery/library/desk/desktest"
)

func TestContract(t *testing.T) {
	desktest.Run(t, func(t *testing.T) desktest.Desk {
		d, err := Open(t.Context(), Options{Dir: t.TempDir() + "/a/b", Reader: "ines"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { d.Close() })
		return d
	})
}
