package source

import (
	"hash/maphash"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestName is how many bytes the name of an entry may have (safety A2).
const longestName = 1024

// unsafeName says what is unsafe about the name of an entry of an archive, ""
// when nothing is. Names are labels here and never become paths, but one that
// would lead out of a folder shows that the archive means harm.
func unsafeName(name string) string {
	switch {
	case name == "":
		return "its entry has no name"
	case len(name) > longestName:
		return "its name is longer than 1,024 bytes"
	case strings.ContainsFunc(name, unicode.IsControl) || hasC1(name):
		return "its name has control characters"
	case strings.Contains(name, `\`):
		return "its name has a backslash, which some systems take for a folder"
	case strings.HasPrefix(name, "/"):
		return "its name leads out of the archive: it begins at the root"
	case len(name) > 1 && name[1] == ':' && unicode.IsLetter(rune(name[0])):
		return "its name leads out of the archive: it names a drive"
	}
	for _, part := range strings.Split(name, "/") {
		if part == ".." {
			return "its name climbs out of the archive"
		}
	}
	return ""
}

// hasC1 finds a lone byte that is a control character in an eight-bit set.
func hasC1(name string) bool {
	for i, r := range name {
		if r == utf8.RuneError && name[i] >= 0x80 && name[i] < 0xa0 {
			return true
		}
	}
	return false
}

// names numbers the entries of an archive whose names are the same, or would
// be on a system that ignores capitals or writes accents in another way.
type names struct {
	seed maphash.Seed
	seen map[uint64]int
}

func newNames() *names { return &names{maphash.MakeSeed(), map[uint64]int{}} }

func (n *names) label(name string) string {
	key := maphash.String(n.seed, strings.ToLower(norm.NFC.String(path.Clean(name))))
	n.seen[key]++
	if again := n.seen[key]; again > 1 {
		return name + " (" + strconv.Itoa(again) + ")"
	}
	return name
}
