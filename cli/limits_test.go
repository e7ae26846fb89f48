package cli

import (
	"testing"

	"chancery/parser/source"
)

func TestSizes(t *testing.T) {
	for s, want := range map[string]int64{
		"1": 1, "4096": 4096, "4096B": 4096, "2k": 2048, "2KiB": 2048, "2kB": 2000, "1.5G": 3 << 29, "500 MB": 500_000_000, "1tib": 1 << 40, " 7M ": 7 << 20,
		"": 0, "0": 0, "-1": 0, "1e9": 0, "many": 0, "GB": 0, "1.2.3": 0, "inf": 0, "NaN": 0, "0x10": 0, "0.4": 0, "9999999T": 0, "1MBMB": 0, "+3": 0,
	} {
		n, ok := parseSize(s)
		if n != want || ok != (want > 0) {
			t.Errorf("%q is read as %d, %v", s, n, ok)
		}
	}
	for n, want := range map[int64]string{1: "1", 1000: "1000", 1 << 10: "1KiB", 16 << 20: "16MiB", 8 << 30: "8GiB", 1<<30 + 1: "1073741825"} {
		got := sizeWords(n)
		if back, ok := parseSize(got); got != want || !ok || back != n {
			t.Errorf("%d is written %q, which is read as %d", n, got, back)
		}
	}
}

// What the flags say is what every reading of the command is bound by; what
// they do not say stays as it is.
func TestLimitFlags(t *testing.T) {
	for _, name := range []string{"", "open", "list", "show", "parse", "check"} {
		w := &world{env: func(string) string { return "" }}
		root := newRoot(w)
		c, _, err := root.Find([]string{name})
		if name == "" {
			c, err = root, nil
		}
		if err != nil {
			t.Fatal(err)
		}
		if w.limits != source.DefaultLimits() {
			t.Errorf("%s: without flags %+v", name, w.limits)
		}
		if err := c.ParseFlags([]string{"--max-entries", "7", "--max-total", "3MiB", "--max-ratio", "50"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		want := source.DefaultLimits()
		want.Entries, want.Total, want.Ratio, want.TotalRatio = 7, 3<<20, 50, 25
		if w.limits != want {
			t.Errorf("%s: %+v, not %+v", name, w.limits, want)
		}
	}
}
