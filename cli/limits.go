package cli

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"chancery/parser/source"
)

// limitFlags gives a command that reads files the flags for what an archive may
// cost. What they are set to goes to the world, because every reading of the
// command is bound by it. An archive inside an archive is never read.
func limitFlags(w *world, c *cobra.Command) *cobra.Command {
	if w.limits == (source.Limits{}) {
		w.limits = source.DefaultLimits()
	}
	f := c.Flags()
	f.Var(entriesFlag{&w.limits.Entries}, "max-entries", "at most `N` entries of one archive")
	f.Var(sizeFlag{&w.limits.Total}, "max-total", "at most this `SIZE` unpacked of one archive")
	f.Var(sizeFlag{&w.limits.Text}, "max-file", "at most this `SIZE` of one text: a file, an entry, a row")
	f.Var(ratioFlag{&w.limits}, "max-ratio", "at most `N` times the packed size of an entry; of a whole archive half of that")
	return c
}

// entriesFlag is a number from one on.
type entriesFlag struct{ n *int }

func (f entriesFlag) String() string {
	if f.n == nil {
		return ""
	}
	return strconv.Itoa(*f.n)
}
func (entriesFlag) Type() string { return "number" }

func (f entriesFlag) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return errors.New("it is a number from 1 on")
	}
	*f.n = n
	return nil
}

// ratioFlag is the ratio of an entry. That of a whole archive follows it, as it
// does in the limits that hold by themselves.
type ratioFlag struct{ l *source.Limits }

func (f ratioFlag) String() string {
	if f.l == nil {
		return ""
	}
	return strconv.FormatInt(f.l.Ratio, 10)
}
func (ratioFlag) Type() string { return "number" }

func (f ratioFlag) Set(s string) error {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || n < 2 {
		return errors.New("it is a number from 2 on")
	}
	f.l.Ratio, f.l.TotalRatio = n, n/2
	return nil
}

// sizeFlag is a number of bytes, with a unit or without.
type sizeFlag struct{ n *int64 }

func (f sizeFlag) String() string {
	if f.n == nil {
		return ""
	}
	return sizeWords(*f.n)
}
func (sizeFlag) Type() string { return "size" }

func (f sizeFlag) Set(s string) error {
	n, ok := parseSize(s)
	if !ok {
		return errors.New("it is a size such as 500MB or 2GiB")
	}
	*f.n = n
	return nil
}

// units are those of sizes, as dd and most others take them: kB is a thousand
// bytes, k and KiB are 1,024.
var units = []struct {
	name  string
	bytes float64
}{
	{"TIB", 1 << 40},
	{"GIB", 1 << 30},
	{"MIB", 1 << 20},
	{"KIB", 1 << 10},
	{"TB", 1e12},
	{"GB", 1e9},
	{"MB", 1e6},
	{"KB", 1e3},
	{"T", 1 << 40},
	{"G", 1 << 30},
	{"M", 1 << 20},
	{"K", 1 << 10},
	{"B", 1},
}

// parseSize reads a size from one byte on: 4096, 1.5G, 500 MB.
func parseSize(s string) (n int64, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	unit := 1.0
	for _, u := range units {
		if rest, found := strings.CutSuffix(s, u.name); found {
			s, unit = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	if strings.Trim(s, "0123456789.") != "" { // no exponents, signs or infinities
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	v *= unit
	if err != nil || v < 1 || v > math.MaxInt64/2 {
		return 0, false
	}
	return int64(v), true
}

// sizeWords writes a size in the largest unit that it is a whole number of.
func sizeWords(n int64) string {
	for _, u := range units[:4] {
		if b := int64(u.bytes); n >= b && n%b == 0 {
			return strconv.FormatInt(n/b, 10) + u.name[:1] + "iB"
		}
	}
	return strconv.FormatInt(n, 10)
}
