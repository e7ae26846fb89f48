package cli

import (
	"bytes"
	"strings"
	"testing"
)

// The heads of a table of two fields are values of cables: they are kept from
// acting as cells are.
func TestHeadsAreHarmless(t *testing.T) {
	evil := []string{"to", "=cmd()", "A\tB", "\x1b]0;x\x07", "@X", "count"}
	for format, want := range map[string]string{
		"tsv": "to\t=cmd()\tA\\tB\t^[]0;x^G\t@X\tcount\n",
		"csv": "to,'=cmd(),A       B,^[]0;x^G,'@X,count\r\n",
	} {
		for _, rows := range []int{0, 1} {
			var out bytes.Buffer
			s := newSheet(&out, &world{}, ink{}, &form{format: format}, evil)
			for range rows {
				if err := s.put(make([]string, len(evil)), nil); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.close(); err != nil {
				t.Fatal(err)
			}
			got, _, _ := strings.Cut(out.String(), "\n")
			if got+"\n" != want {
				t.Errorf("%s with %d rows begins with %q, want %q", format, rows, got, want)
			}
		}
	}
}
