package model

import (
	"strings"
	"time"
)

// findDate finds the first date in s, which is in capitals: month first
// ("02/14/2018", "2/14/18"), year first ("2018/02/14", "2018-02-14",
// "20180214") or with the month in words ("JUNE 21, 2006", "21 JUN 06").
// odd says that it was damaged and read as meant ("011/2/2019", day before
// month, a day the month does not have). origin helps to choose the century.
func findDate(s string, origin time.Time) (t time.Time, odd, ok bool) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isDigit(c) && (i == 0 || !isDigit(s[i-1]) && !isLetter(s[i-1])):
			if t, odd, ok = numberDate(s[i:], origin); ok {
				return t, odd, true
			}
			if t, odd, ok = dayFirst(s[i:], origin); ok {
				return t, odd, true
			}
		case c == 'O' && i+1 < len(s) && isDigit(s[i+1]) && (i == 0 || s[i-1] == ' '): // O for 0
			if t, _, ok = numberDate("0"+s[i+1:], origin); ok {
				return t, true, true
			}
		case isLetter(c) && (i == 0 || !isLetter(s[i-1])):
			if t, odd, ok = monthFirst(s[i:], origin); ok {
				return t, odd, true
			}
		}
	}
	return time.Time{}, false, false
}

// numbers reads up to three numbers and what parts them.
func numbers(s string) (n [3]string, count int) {
	i := 0
	for count < 3 {
		j := i
		for j < len(s) && (isDigit(s[j]) || s[j] == 'O' && j > i && (j+1 == len(s) || isDigit(s[j+1]))) {
			j++
		}
		if j == i {
			return n, count
		}
		n[count] = strings.ReplaceAll(s[i:j], "O", "0")
		count++
		k := j
		for k < len(s) && strings.IndexByte(" /-.\\", s[k]) >= 0 {
			k++
		}
		if k == j || k-j > 3 || strings.Trim(s[j:k], " ") == "" {
			return n, count
		}
		i = k
	}
	return n, count
}

func numberDate(s string, origin time.Time) (t time.Time, odd, ok bool) {
	n, count := numbers(s)
	switch {
	case count == 1 && len(n[0]) == 8, count == 2 && len(n[0])+len(n[1]) == 8: // 20180214, 0214/2018
		return solidDate(n[0]+n[1], count == 2)
	case count == 2 && len(n[1]) == 4 && len(n[0]) <= 2: // 02/2018: to the end of the month
		m := number(n[0])
		if m < 1 || m > 12 {
			return t, false, false
		}
		y := number(n[1])
		t, _, ok = civil(y, m, daysIn(y, time.Month(m)))
		return t, true, ok
	case count < 3:
		return t, false, false
	case len(n[0]) == 4:
		return civil(number(n[0]), number(n[1]), number(n[2]))
	}
	if len(n[0]) > 3 || len(n[1]) > 3 || len(n[2]) != 4 && len(n[2]) != 2 {
		return t, false, false
	}
	year := number(n[2])
	if len(n[2]) == 2 {
		year = century(year, origin)
	}
	t, odd, ok = civil(year, number(n[0]), number(n[1]))
	return t, odd || len(n[0]) > 2 || len(n[1]) > 2, ok
}

// solidDate reads eight digits: year first, or, damaged, month first. split
// says that something parted them at the wrong place.
func solidDate(s string, split bool) (t time.Time, odd, ok bool) {
	if t, odd, ok = civil(number(s[:4]), number(s[4:6]), number(s[6:])); ok {
		return t, odd || split, ok
	}
	t, _, ok = civil(number(s[4:]), number(s[:2]), number(s[2:4]))
	return t, true, ok
}

// dayFirst reads "21 JUNE 2006" and "21JUN06".
func dayFirst(s string, origin time.Time) (t time.Time, odd, ok bool) {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i > 2 {
		return t, false, false
	}
	rest := strings.TrimLeft(s[i:], " -./")
	m, n := monthAt(rest)
	if n == 0 {
		return t, false, false
	}
	year, ok := yearIn(strings.TrimLeft(rest[n:], " ,-./"), origin)
	if !ok {
		return t, false, false
	}
	return civil(year, int(m), number(s[:i]))
}

// monthFirst reads "JUNE 21, 2006" and "JUNE 2006".
func monthFirst(s string, origin time.Time) (t time.Time, odd, ok bool) {
	m, n := monthAt(s)
	if n == 0 {
		return t, false, false
	}
	rest := strings.TrimLeft(s[n:], " .,-/")
	i := 0
	for i < len(rest) && isDigit(rest[i]) {
		i++
	}
	if i == 4 {
		y := number(rest[:4])
		t, _, ok = civil(y, int(m), daysIn(y, m))
		return t, true, ok
	}
	if i == 0 || i > 2 {
		return t, false, false
	}
	after := strings.TrimLeft(strings.TrimLeft(rest[i:], "STNDRH"), " ,-./")
	year, ok := yearIn(after, origin)
	if !ok {
		return t, false, false
	}
	return civil(year, int(m), number(rest[:i]))
}

// yearIn reads a year of two or four digits at the head of s.
func yearIn(s string, origin time.Time) (int, bool) {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	switch i {
	case 2:
		return century(number(s[:2]), origin), true
	case 4:
		return number(s[:4]), true
	}
	return 0, false
}

// bareYear reads an instruction that is a year and nothing more.
func bareYear(s string) (time.Time, bool) {
	s = strings.Trim(s, " .")
	if len(s) != 4 || !allDigits(s) {
		return time.Time{}, false
	}
	t, _, ok := civil(number(s), 12, 31)
	return t, ok
}

// century gives a two-digit year the century in which it is not before the
// cable; without a cable's date, 45-99 are of the 1900s.
func century(yy int, origin time.Time) int {
	if origin.IsZero() {
		year, _ := fullYear(yy)
		return year
	}
	year := origin.Year()/100*100 + yy
	if year < origin.Year()-1 {
		year += 100
	}
	return year
}

// civil makes a date. A month over 12 with a day that could be one is day and
// month turned round; a day the month does not have is its last. Both are odd.
func civil(year, month, day int) (t time.Time, odd, ok bool) {
	if month > 12 && day <= 12 {
		month, day, odd = day, month, true
	}
	if year < 1945 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31 {
		return t, false, false
	}
	if last := daysIn(year, time.Month(month)); day > last {
		day, odd = last, true
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC), odd, true
}

// number reads a run of at most eight digits.
func number(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 8; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
