package model

import "strings"

// ParseAddress reads one addressee without TO or INFO:
// "RUEHC/SECSTATE WASHDC PRIORITY 0901" (cable-format 1.6).
// The name is given as written but for runs of blanks.
func ParseAddress(s string) Address {
	s = oneSpaced(s)
	var a Address
	if n := strings.IndexByte(s[:min(len(s), longestRoute)], '/'); n > 0 {
		if route := strings.TrimSpace(s[:n]); isRoute(route) {
			a.Route, s = strings.ToUpper(route), strings.TrimSpace(s[n+1:])
		}
	}
	s, a.Number = cutNumber(s)
	s, a.Precedence = cutPrecedence(s)
	if a.Precedence != "" && a.Number == "" { // QUIRK: number and precedence turned round
		s, a.Number = cutNumber(s)
	}
	a.Name = s
	return a
}

// longestRoute is how far into an addressee the slash behind its routing
// indicator can stand: nine letters, a blank, the slash.
const longestRoute = 11

// oneSpaced is s without blanks around it and with every run of them within
// made one space.
func oneSpaced(s string) string {
	s = strings.TrimSpace(s)
	for i := range len(s) {
		c := s[i]
		if c > ' ' && c < 0x80 || c == ' ' && s[i+1] != ' ' {
			continue
		}
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}

// isRoute says whether s is a routing indicator: ZEN, or R and three to eight
// letters.
func isRoute(s string) bool {
	if strings.EqualFold(s, "ZEN") {
		return true
	}
	if len(s) < 4 || len(s) > 9 || s[0]|0x20 != 'r' {
		return false
	}
	for i := range len(s) {
		if !isLetter(s[i]) {
			return false
		}
	}
	return true
}

// cutNumber takes a message continuity number off the end: four digits, or
// two groups of four for a message of several sections.
func cutNumber(s string) (rest, number string) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s, ""
	}
	w := s[i+1:]
	first, last, several := strings.Cut(w, "-")
	if !fourDigits(first) || several && !fourDigits(last) {
		return s, ""
	}
	return strings.TrimRight(s[:i], " "), w
}

func fourDigits(s string) bool {
	return len(s) == 4 && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2]) && isDigit(s[3])
}

// cutPrecedence takes a precedence word off the end.
func cutPrecedence(s string) (rest, precedence string) {
	for _, word := range [...]string{"NIACT IMMEDIATE", "IMMEDIATE", "PRIORITY", "ROUTINE", "FLASH"} {
		at := len(s) - len(word)
		if at > 0 && s[at-1] == ' ' && s[at]|0x20 == word[0]|0x20 && strings.EqualFold(s[at:], word) {
			return strings.TrimRight(s[:at], " "), word
		}
	}
	return s, ""
}
