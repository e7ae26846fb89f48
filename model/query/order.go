package query

import (
	"strings"
	"time"

	"chancery/model"
)

// markValue reads a classification: a level in words or letters, with or
// without controls, or controls alone.
func (p *parser) markValue(v *Value, w written, info *FieldInfo, op Op) *Error {
	m, ok := parseMark(w.text)
	if !ok {
		var names []string
		for _, m := range marks {
			names = append(names, m.word)
		}
		all := "one of: " + strings.Join(names, ", ")
		e := p.wrong(w.start, w.end, "\"%s\" is not a classification", w.text)
		if near := nearest(w.text, names); near != "" {
			all = "did you mean " + near + "?  " + all
		}
		return e.hint("%s", all)
	}
	if m.Level == model.LevelUnknown && op != Is && op != NotEqual {
		return p.wrong(w.start, w.end, "\"%s\" names no level, so %q cannot be used", w.text, op).hint("use %s:%s", info.Name, w.text)
	}
	v.Mark = m
	return nil
}

// parseMark reads a marking as a query writes it.
func parseMark(s string) (model.Marking, bool) {
	up := strings.ToUpper(strings.TrimSpace(s))
	for _, solid := range [...]string{"TOPSECRET", "TOP-SECRET", "TOP_SECRET"} {
		if after, ok := strings.CutPrefix(up, solid); ok {
			up = "TOP SECRET" + after
		}
	}
	return model.ParseMarking(up)
}

// dateValue reads a year, month or day, or a range of them.
func (p *parser) dateValue(v *Value, w written, info *FieldInfo, op Op) *Error {
	first, last, isRange := strings.Cut(w.text, "..")
	if !isRange {
		var ok bool
		if v.From, v.To, ok = period(w.text); !ok {
			return p.noDate(w.start, w.end, w.text)
		}
		switch info.Name {
		case "after":
			v.To = time.Time{}
		case "before":
			v.From, v.To = time.Time{}, v.From
		}
		return nil
	}
	if !info.ordered() || op != Is && op != NotEqual {
		return p.wrong(w.start, w.end, "a range cannot be compared with").name(info, op).hint("write date:%s", w.text)
	}
	if first == "" && last == "" {
		return p.noDate(w.start, w.end, w.text)
	}
	var from, to [2]time.Time
	var ok bool
	if first != "" {
		if from[0], from[1], ok = period(first); !ok {
			return p.noDate(w.in, w.in+len(first), first)
		}
	}
	if last != "" {
		if to[0], to[1], ok = period(last); !ok {
			return p.noDate(w.in+len(first)+2, w.in+len(w.text), last)
		}
	}
	if first != "" && last != "" && !from[0].Before(to[1]) {
		return p.wrong(w.start, w.end, "the range runs backwards").hint("write %s:%s..%s", info.Name, last, first)
	}
	v.From, v.To = from[0], to[1]
	return nil
}

// name ends an error's sentence with what a range was compared by.
func (e *Error) name(info *FieldInfo, op Op) *Error {
	if info.ordered() {
		e.What += " \"" + string(op) + "\""
	} else {
		e.What += " " + info.Name + ":"
	}
	return e
}

func (p *parser) noDate(start, end int, text string) *Error {
	return p.wrong(start, end, "\"%s\" is not a date", text).hint(`write YYYY, YYYY-MM or YYYY-MM-DD (cables are old: words like "yesterday" are not taken)`)
}

// period reads YYYY, YYYY-MM or YYYY-MM-DD and gives the first moment in it
// and the first after it.
func period(s string) (from, to time.Time, ok bool) {
	for i, layout := range [...]string{"2006", "2006-01", "2006-01-02"} {
		if len(s) != len(layout) || s[0] == '0' {
			continue
		}
		from, err := time.Parse(layout, s)
		if err != nil {
			return time.Time{}, time.Time{}, false
		}
		switch i {
		case 0:
			return from, from.AddDate(1, 0, 0), true
		case 1:
			return from, from.AddDate(0, 1, 0), true
		}
		return from, from.AddDate(0, 0, 1), true
	}
	return time.Time{}, time.Time{}, false
}

// HoldsMark says whether a marking compares with one of the values as the
// field asks, by level alone; with : and != the controls of the value must be
// there too. An unknown level compares with nothing, not even with !=; a value
// of controls alone is the one that asks for no level.
func (f *Field) HoldsMark(m model.Marking) bool {
	if f.Op == NotEqual {
		if m.Level == model.LevelUnknown {
			return false
		}
		for i := range f.Values {
			if isMark(m, f.Values[i].Mark) {
				return false
			}
		}
		return true
	}
	for i := range f.Values {
		if f.Op == Is {
			if isMark(m, f.Values[i].Mark) {
				return true
			}
			continue
		}
		if m.Level != model.LevelUnknown && compares(f.Op, int(m.Level), int(f.Values[i].Mark.Level)) {
			return true
		}
	}
	return false
}

// isMark says whether a marking has the level and the controls of another.
func isMark(m, want model.Marking) bool {
	if want.Level != model.LevelUnknown && m.Level != want.Level {
		return false
	}
	for _, c := range want.Controls {
		if !hasControl(m.Controls, c) {
			return false
		}
	}
	return true
}

func hasControl(controls []string, want string) bool {
	for _, c := range controls {
		if c == want {
			return true
		}
	}
	return false
}

func compares(op Op, a, b int) bool {
	switch op {
	case Less:
		return a < b
	case AtMost:
		return a <= b
	case More:
		return a > b
	case AtLeast:
		return a >= b
	}
	return a == b
}

// HoldsDate says whether a date compares with one of the values as the field
// asks. A value is the whole of its year, month or day: > is after its end, >=
// from its beginning on. The zero time compares with nothing, not even with !=.
func (f *Field) HoldsDate(t time.Time) bool {
	if t.IsZero() {
		return false
	}
	for i := range f.Values {
		v := &f.Values[i]
		in := (v.From.IsZero() || !t.Before(v.From)) && (v.To.IsZero() || t.Before(v.To))
		switch f.Op {
		case NotEqual:
			if in {
				return false
			}
			continue
		case Less:
			in = t.Before(v.From)
		case AtMost:
			in = t.Before(v.To)
		case More:
			in = !t.Before(v.To)
		case AtLeast:
			in = !t.Before(v.From)
		}
		if in {
			return true
		}
	}
	return f.Op == NotEqual
}

// HoldsNumber says whether a number compares with one of the values as the
// field asks.
func (f *Field) HoldsNumber(n int) bool {
	for i := range f.Values {
		if f.Op == NotEqual {
			if n == f.Values[i].Number {
				return false
			}
		} else if compares(f.Op, n, f.Values[i].Number) {
			return true
		}
	}
	return f.Op == NotEqual
}
