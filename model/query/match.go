package query

import (
	"slices"

	"chancery/model"
)

// Match says whether a cable answers the query: the reference meaning of the
// language, which every index must agree with.
//
//   - A word, phrase or expression that stands alone looks into the subject and
//     into each paragraph, never across two of them; in para{} only into the
//     text of that paragraph.
//   - mark outside para{} asks for some paragraph whose marking compares so:
//     mark!=s holds when a paragraph has a known level that is not secret. In
//     para{} it asks for that paragraph's own marking; one that has none
//     compares with nothing. All other fields ask the cable, in para{} too.
//   - A NOT in para{} speaks of that paragraph: para{mark:s -iran} is a secret
//     paragraph without Iran, -para{iran} a cable without such a paragraph.
//   - != of other fields means that no value of the cable is one of these, so
//     a cable without any TAGS answers tag!=PREL. Of class, date, declas and
//     mark it asks for a known one: what is not known answers nothing.
func (q *Query) Match(d *Doc) bool {
	if q == nil || q.Root == nil {
		return true
	}
	t := trial{doc: d}
	return t.holds(q.Root, outside)
}

// outside is the paragraph of what stands in no para{}.
const outside = -1

// trial is one cable against one query; the words of its text are made once.
type trial struct {
	doc     *Doc
	subject []byte
	paras   [][]byte
}

func (t *trial) subjectWords() []byte {
	if t.subject == nil {
		t.subject = stream(t.doc.Subject)
	}
	return t.subject
}

func (t *trial) paraWords(i int) []byte {
	if t.paras == nil {
		t.paras = make([][]byte, len(t.doc.Paras))
	}
	if t.paras[i] == nil {
		t.paras[i] = stream(t.doc.Paras[i].Text)
	}
	return t.paras[i]
}

// holds says whether a node holds, of a paragraph or of the cable.
func (t *trial) holds(n Node, para int) bool {
	switch n := n.(type) {
	case *And:
		return !slices.ContainsFunc(n.Kids, func(k Node) bool { return !t.holds(k, para) })
	case *Or:
		return slices.ContainsFunc(n.Kids, func(k Node) bool { return t.holds(k, para) })
	case *Not:
		return !t.holds(n.Kid, para)
	case *Para:
		return t.somePara(func(i int) bool { return t.holds(n.Kid, i) })
	case *Term:
		return t.finds(para, func(text string, words []byte) bool { return n.in(text, words) })
	case *Regexp:
		return t.finds(para, func(text string, words []byte) bool { return mayMatch(n.needs, words) && n.In(text) })
	case *Field:
		return t.field(n, para)
	}
	return false
}

func (t *trial) somePara(holds func(int) bool) bool {
	for i := range t.doc.Paras {
		if holds(i) {
			return true
		}
	}
	return false
}

// finds looks where a term looks: into the paragraph, or else into subject and
// paragraphs.
func (t *trial) finds(para int, in func(text string, words []byte) bool) bool {
	inPara := func(i int) bool { return in(t.doc.Paras[i].Text, t.paraWords(i)) }
	if para != outside {
		return inPara(para)
	}
	return in(t.doc.Subject, t.subjectWords()) || t.somePara(inPara)
}

// field says whether a field holds.
func (t *trial) field(f *Field, para int) bool {
	d := t.doc
	switch f.Name {
	case "class":
		return f.HoldsMark(d.Mark)
	case "mark":
		if para != outside {
			return f.HoldsMark(d.Paras[para].Mark)
		}
		return t.somePara(func(i int) bool { return f.HoldsMark(d.Paras[i].Mark) })
	case "date", "after", "before":
		return f.HoldsDate(d.Date)
	case "declas":
		return f.HoldsDate(d.Declas)
	case "words":
		return f.HoldsNumber(d.Words)
	}
	return t.some(f) != (f.Op == NotEqual)
}

// some says whether a value of the cable is one of those a field names.
func (t *trial) some(f *Field) bool {
	d := t.doc
	switch f.Name {
	case "tag":
		return slices.ContainsFunc(d.Tags, f.Holds)
	case "origin":
		return len(d.Origin) > 0 && (f.Holds(d.Origin[0]) || slices.ContainsFunc(d.Origin[1:], f.HoldsAlias))
	case "to":
		return slices.ContainsFunc(d.To, f.Holds)
	case "info":
		return slices.ContainsFunc(d.Info, f.Holds)
	case "country":
		return slices.ContainsFunc(d.Countries, f.Holds)
	case "caveat":
		return slices.ContainsFunc(d.Caveats, f.Holds)
	case "label":
		return slices.ContainsFunc(d.Labels, f.Holds)
	case "is":
		return slices.ContainsFunc(d.Is, f.Holds)
	case "has":
		return slices.ContainsFunc(d.Has, f.Holds)
	case "missing":
		return slices.ContainsFunc(d.Missing, f.Holds)
	case "cites":
		return slices.ContainsFunc(d.Cites, f.Holds)
	case "note":
		return slices.ContainsFunc(d.Notes, f.Holds)
	case "subject":
		return f.holdsIn(d.Subject, t.subjectWords())
	case "body":
		return t.somePara(func(i int) bool { return f.holdsIn(d.Paras[i].Text, t.paraWords(i)) })
	case "by":
		return f.Holds(d.By)
	case "sign":
		return f.Holds(d.Sign)
	case "file":
		return f.Holds(d.File)
	case "id":
		return f.Holds(d.ID)
	case "citedby":
		return d.CitedBy != nil && slices.ContainsFunc(f.Values, func(v Value) bool { return d.CitedBy(v.ID) })
	case "thread":
		return slices.ContainsFunc(f.Values, func(v Value) bool {
			return d.ID == v.ID && d.ID != "" || d.Thread != nil && d.Thread(v.ID)
		})
	}
	return false
}

// Holds says whether one of the field's values holds of a text, name or word:
// what != turns round is left to the caller.
//
//   - Of text: the value's words follow each other in it, or its expression
//     matches. Of a file's name: the value is a part of it, in any capitals.
//   - Of a name: the value, blanks taken out, is a whole word of it or several
//     that follow each other, or its expression matches. So origin:newdelhi and
//     origin:"new delhi" both hold of NEW DELHI, of AMEMBASSY NEW DELHI and of
//     NEWDELHI. A control is known by its code and by its word, NF and NOFORN.
//     With = before it the value is the whole of the name, in any capitals.
//   - Of a cable: the id is the same. Of is, has and missing: the word is.
func (f *Field) Holds(s string) bool {
	info := fieldOf(f.Name)
	if info == nil {
		return false
	}
	switch info.Kind {
	case OfText:
		if f.Name == "file" {
			return slices.ContainsFunc(f.Values, func(v Value) bool { return v.inFile(s) })
		}
		return f.holdsIn(s, nil)
	case OfName:
		return slices.ContainsFunc(f.Values, func(v Value) bool { return v.Whole && v.isName(s) }) || f.holdsName(s)
	case OfCable:
		return s != "" && slices.ContainsFunc(f.Values, func(v Value) bool { return v.ID == s })
	case OfWord:
		return slices.ContainsFunc(f.Values, func(v Value) bool { return v.Text == s })
	}
	return false
}

// HoldsAlias says the same of another name of what a name was given for: a post
// has the one that lists show and others that the envelope and the id give. The
// whole of a post's name is the one that lists show.
func (f *Field) HoldsAlias(s string) bool {
	if f.Name == "origin" {
		return f.holdsName(s)
	}
	return f.Holds(s)
}

// holdsIn says whether one of the values holds of a text; words are those of
// the text, nil when they are not known yet.
func (f *Field) holdsIn(text string, words []byte) bool {
	for i := range f.Values {
		v := &f.Values[i]
		if words == nil {
			words = stream(text)
		}
		if v.Re != nil {
			if mayMatch(v.needs, words) && v.Re.MatchString(flat(text)) {
				return true
			}
			continue
		}
		if (&Term{Words: v.Words}).in(text, words) {
			return true
		}
	}
	return false
}

// holdsName says whether one of the values that need not be the whole of a name
// holds of it.
func (f *Field) holdsName(name string) bool {
	if f.holdsOfName(name) {
		return true
	}
	if f.Name != "caveat" {
		return false
	}
	code, ok := model.ControlCode(name)
	return ok && (f.holdsOfName(code) || f.holdsOfName(model.ControlWords(code)) || f.hasCode(code))
}

// hasCode says whether one of the values is a spelling of a control: EYES ONLY
// and NOFORN have slips that the marking knows.
func (f *Field) hasCode(code string) bool {
	return slices.ContainsFunc(f.Values, func(v Value) bool {
		c, ok := model.ControlCode(v.Text)
		return ok && !v.Whole && c == code
	})
}

func (f *Field) holdsOfName(name string) bool {
	var words *passage
	for i := range f.Values {
		v := &f.Values[i]
		if v.Re != nil {
			if v.Re.MatchString(flat(name)) {
				return true
			}
			continue
		}
		if words == nil {
			words = apart(name)
		}
		if v.inName(words) {
			return true
		}
	}
	return false
}
