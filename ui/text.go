package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"chancery/model"
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

// padLeft makes plain text w cells wide with blanks before it.
func padLeft(s string, w int) string { return blanks(w-width(s)) + s }

// width is the number of cells plain text takes; ASCII is counted fast.
func width(s string) int {
	if !ascii(s) {
		return ansi.StringWidth(s)
	}
	return len(s)
}

// ascii says that every byte of s is a character of its own.
func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// count writes a number with commas: 1,234.
func count(n int) string { return model.Thousands(n) }

// upperFirst writes the first letter of a sentence as a capital.
func upperFirst(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// stretchOf gives the rows of an item that is drawn on several: the first, and the
// one behind the last.
func stretchOf[R any](rows []R, of func(R) bool) (from, to int) {
	from = -1
	for i, r := range rows {
		if of(r) {
			if from < 0 {
				from = i
			}
			to = i + 1
		}
	}
	return max(0, from), to
}

// following is the first row of a window of h rows that is scrolled no further
// than it takes for the rows from to to to be in it; of more than h the first.
func following(first, from, to, h, rows int) int {
	if to > first+h {
		first = to - h
	}
	if from < first {
		first = from
	}
	return max(0, min(first, rows-h))
}
