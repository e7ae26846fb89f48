package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName bounds a file name before its ending, in bytes: every system
// takes that with a number added.
const longestName = 80

// FileName makes a file name of the name of a brief: letters and digits of any
// script in lower case, hyphens for all else. It never is a path, hidden, or a
// name that Windows keeps for itself.
func FileName(name string, f Format) string {
	var b strings.Builder
	gap := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !(unicode.IsMark(r) && b.Len() > 0 && !gap) {
			gap = true
			continue
		}
		if r == utf8.RuneError {
			gap = true
			continue
		}
		r = unicode.ToLower(r)
		n := utf8.RuneLen(r)
		if gap && b.Len() > 0 {
			n++
		}
		if b.Len()+n > longestName {
			break
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	stem := b.String()
	if stem == "" || reserved(stem) {
		stem = strings.TrimSuffix("brief-"+stem, "-")
	}
	kind, _ := KindOf(f)
	return stem + kind.Ending
}

// reserved says whether Windows takes the name for a device.
func reserved(stem string) bool {
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	device, ok := strings.CutPrefix(stem, "com")
	if !ok {
		device, ok = strings.CutPrefix(stem, "lpt")
	}
	return ok && utf8.RuneCountInString(device) == 1 && strings.ContainsAny(device, "0123456789\u00b9\u00b2\u00b3")
}
