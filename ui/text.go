package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// fit makes plain, safe text exactly w cells wide: cut with a sign, or filled
// with blanks. It works on text without styles; style what it gives.
func fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	n := width(s)
	if n > w {
		s = ansi.Truncate(s, w, "…")
		n = width(s)
	}
	return s + strings.Repeat(" ", max(0, w-n))
}

// width is the number of cells plain text takes; ASCII is counted fast.
func width(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}
