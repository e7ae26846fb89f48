package model

import (
	"strings"
	"time"
)

// DTG is a preamble read: precedences in words, the time, what followed.
type DTG struct {
	Precedence []string
	Time       time.Time
	Text       string   // the group itself, "281848Z DEC 66"
	Signals    []string // ZDK, ZDS ...
}

// ParseDTG reads a date-time group with what may stand around it on format
// line 5: "P R 281848Z DEC 66 ZDK". Times are UTC (cable-format 1.4). It also
// takes a newspaper's rendering, "Friday, 23 February 2001, 15:53", which is
// then the Text.
func ParseDTG(s string) (d DTG, ok bool) {
	at, end, t, ok := findDTG(s)
	if !ok {
		return newspaperDate(s)
	}
	for word := range strings.FieldsSeq(s[:at]) {
		p, ok := precedenceWord(word)
		if !ok {
			return DTG{}, false
		}
		if d.Precedence == nil {
			d.Precedence = make([]string, 0, 2)
		}
		d.Precedence = append(d.Precedence, p)
	}
	if len(d.Precedence) == 2 && d.Precedence[0] == "NIACT" {
		d.Precedence = []string{"NIACT IMMEDIATE"}
	}
	d.Time, d.Text = t, s[at:end]
	for word := range strings.FieldsSeq(s[end:]) {
		if isSignal(word) {
			d.Signals = append(d.Signals, strings.ToUpper(word))
		}
	}
	return d, true
}

// precedenceWord spells out a prosign (ACP 127: Z O P R, doubled or not) or
// takes the word itself.
func precedenceWord(s string) (word string, ok bool) {
	switch strings.ToUpper(s) {
	case "Z", "ZZ", "FLASH":
		return "FLASH", true
	case "O", "OO", "IMMEDIATE":
		return "IMMEDIATE", true
	case "P", "PP", "PRIORITY":
		return "PRIORITY", true
	case "R", "RR", "ROUTINE":
		return "ROUTINE", true
	case "NIACT":
		return "NIACT", true
	}
	return "", false
}

// isSignal says whether a word is an operating signal: Z, two letters and
// perhaps a digit (ACP 131).
func isSignal(w string) bool {
	if len(w) == 4 && isDigit(w[3]) {
		w = w[:3]
	}
	return len(w) == 3 && w[0]|0x20 == 'z' && isLetter(w[1]) && isLetter(w[2])
}

// findDTG finds the first date-time group in s: DDHHMM ZONE MON YY.
func findDTG(s string) (at, end int, t time.Time, ok bool) {
	for i := 0; i+6 < len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		n := i
		for n < len(s) && isDigit(s[n]) {
			n++
		}
		if n-i == 6 && (i == 0 || !isLetter(s[i-1]) || i == 1 || !isLetter(s[i-2])) {
			if end, t, ok = groupAt(s, i); ok {
				return i, end, t, true
			}
		}
		i = n
	}
	return 0, 0, time.Time{}, false
}

// groupAt reads a date-time group whose six digits begin at i.
func groupAt(s string, i int) (end int, t time.Time, ok bool) {
	day, hour, minute := two(s[i:]), two(s[i+2:]), two(s[i+4:])
	j := skipBlanks(s, i+6)
	if j == len(s) || !isLetter(s[j]) {
		return 0, t, false
	}
	zone, ok := zoneHours(s[j])
	if !ok {
		return 0, t, false
	}
	j = skipBlanks(s, j+1)
	month, n := monthAt(s[j:])
	if n == 0 {
		return 0, t, false
	}
	j = skipBlanks(s, j+n)
	k := j
	for k < len(s) && isDigit(s[k]) {
		k++
	}
	if k-j != 2 && k-j != 4 {
		return 0, t, false
	}
	year := two(s[j:])
	if k-j == 4 {
		year = year*100 + two(s[j+2:])
	}
	year, ok = fullYear(year)
	if !ok || hour > 23 || minute > 59 || day < 1 || day > daysIn(year, month) {
		return 0, t, false
	}
	return k, time.Date(year, month, day, hour-zone, minute, 0, 0, time.UTC), true
}

// two reads two digits.
func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

func skipBlanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	return i
}

// zoneHours is the offset from UTC of a military time zone letter: A to M
// without J run east, N to Y west, Z is UTC.
func zoneHours(c byte) (hours int, ok bool) {
	switch c &^= 0x20; {
	case c == 'Z':
		return 0, true
	case c == 'J':
		return 0, false
	case c <= 'I':
		return int(c-'A') + 1, true
	case c <= 'M':
		return int(c - 'A'), true
	}
	return -int(c-'N') - 1, true
}

// months in the order of the calendar; a name may be cut to three letters.
var monthNames = [...]string{
	"JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE",
	"JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
}

// monthAt reads the name of a month at the head of s, whole or cut short;
// n is its length, 0 when there is none.
func monthAt(s string) (m time.Month, n int) {
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	if n < 3 || n > len("SEPTEMBER") {
		return 0, 0
	}
	for i, name := range monthNames {
		if n <= len(name) && strings.EqualFold(s[:n], name[:n]) {
			return time.Month(i + 1), n
		}
	}
	return 0, 0
}

func daysIn(year int, m time.Month) int {
	return time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// newspaperDate reads "Friday, 23 February 2001, 15:53", which publishers put
// in the place of the envelope.
func newspaperDate(s string) (d DTG, ok bool) {
	s = strings.TrimSpace(s)
	t, err := time.Parse("Monday, 2 January 2006, 15:04", s)
	if err != nil {
		return DTG{}, false
	}
	if _, ok = fullYear(t.Year()); !ok || t.Year() < 100 {
		return DTG{}, false
	}
	return DTG{Time: t, Text: s}, true
}
