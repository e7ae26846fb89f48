package ui

import (
	"fmt"
	"strings"

	"chancery/model"
	"chancery/model/glossary"
	"chancery/model/safe"
	"chancery/themes"
)

// authority says who classified the cable and, in words, why.
func (g *gathering) authority() {
	k := g.c.ClassifiedBy
	if k == nil {
		return
	}
	at := g.at(model.FieldClassifiedBy, 0, "classified-by")
	if who := strings.TrimSpace(k.Title + " " + k.Name); who != "" {
		g.add(field{group: groupAuthority, value: who, term: termOf("by", k.Name), at: at})
	} else {
		g.add(field{group: groupAuthority, value: k.Text, at: at})
	}
	for _, letter := range k.Letters {
		f := field{group: groupAuthority, value: strings.TrimSpace(k.ReasonSection + " (" + letter + ")"), at: at}
		f.code = f.value
		if e, ok := glossary.Reason(k.ReasonSection, letter, g.c.Date()); ok {
			f.note = e.Meaning
		}
		g.add(f)
	}
}

// routing says from whom and to whom the cable went.
func (g *gathering) routing() {
	c := g.c
	if c.From.Name != "" {
		g.add(field{group: groupFrom, value: c.From.Name, note: postWords(c.From.Name), code: c.From.Name, term: termOf("origin", shortName(c.From.Name)), at: g.at(model.FieldFrom, 0, "from")})
	}
	g.addressees(groupTo, c.To, model.FieldTo, "to")
	g.addressees(groupInfo, c.Info, model.FieldInfo, "info")
	g.addressees(groupExempt, c.Exempt, model.FieldExempt, "xmt")
}

// addressees lists a role's addressees; unfolded, with what their routing
// indicators mean.
func (g *gathering) addressees(group string, list []model.Address, at model.Field, part string) {
	for i, a := range list {
		if g.folded(group, i, len(list), "addressees") {
			return
		}
		note := strings.TrimSpace(a.Precedence + " " + a.Number)
		if g.open[group] {
			note = strings.TrimSpace(note + " " + routeWords(a.Route))
		}
		f := field{group: group, value: a.Name, note: note, code: a.Name, at: g.at(at, i, part)}
		if group != groupExempt {
			f.term = termOf(strings.ToLower(group), a.Name)
		}
		g.add(f)
	}
}

// postWords says what a post is, where that is known.
func postWords(name string) string {
	if e, ok := glossary.Post(shortName(name)); ok {
		return "(" + e.Meaning + ")"
	}
	return ""
}

// routeWords explains a routing indicator: one serves several addressees, so
// it never replaces the addressee's name.
func routeWords(route string) string {
	switch route {
	case "":
		return ""
	case "ZEN":
		return "via ZEN (delivered by other means)"
	}
	if e, ok := glossary.Routing(route); ok {
		return "via " + route + " (" + e.Meaning + ")"
	}
	return "via " + route
}

// briefly is the first sentence of an explanation, with a sign where there is
// more.
func briefly(s string) string {
	if i := strings.IndexAny(s, ".:"); i > 0 && i+1 < len(s) && s[i+1] == ' ' {
		return s[:i] + " ..."
	}
	return s
}

// captions explains handling words, folded in a sentence, and lists attention
// lines.
func (g *gathering) captions() {
	for i, s := range g.c.Captions {
		f := field{group: groupCaptions, value: s, code: s, term: termOf("caveat", s), at: g.at(model.FieldCaptions, i, "caption")}
		if e, ok := glossary.Caption(s); ok {
			f.note = e.Meaning
			if !g.open[groupCaptions] {
				f.note = briefly(f.note)
			}
		}
		g.add(f)
	}
	for i, s := range g.c.Attention {
		g.add(field{group: groupCaptions, name: "Attention", value: s, at: g.at(model.FieldAttention, i, "attention")})
	}
}

// tags explains TAGS as of the cable's date, because a code of two letters
// named other countries at other times (cable-format 2.5).
func (g *gathering) tags() {
	for i, t := range g.c.Tags {
		if i >= 12 && g.folded(groupTags, i, len(g.c.Tags), "TAGS") {
			return
		}
		f := field{group: groupTags, value: t, code: t, term: termOf("tag", t), at: g.at(model.FieldTags, i, "tags")}
		switch e, ok := glossary.Tag(t, g.c.Date()); {
		case !ok:
			f.note = "(not in the glossary)"
		case e.Sure:
			f.note = e.Meaning
		default:
			f.role, f.note = themes.Guess, "? "+e.Meaning
		}
		if width(f.value) < 5 { // so that the meanings stand in a column
			f.value += blanks(5 - width(f.value))
		}
		g.add(f)
	}
}

// references lists what the cable refers to, as written, and what was made of
// it: an inferred year is marked, as in "08? STATE 4321".
func (g *gathering) references() {
	for i, r := range g.c.References {
		if i >= 8 && g.folded(groupReferences, i, len(g.c.References), "references") {
			return
		}
		f := field{group: groupReferences, name: r.Label, value: r.Text, id: r.ID, code: r.ID, at: g.at(model.FieldReferences, i, "ref")}
		switch {
		case r.ID != "" && r.YearInferred:
			f.role, f.note = themes.Guess, "= "+inferredID(r.ID)+" (year inferred)"
		case r.ID != "" && !strings.EqualFold(strings.ReplaceAll(r.Text, " ", ""), r.ID):
			f.note = "= " + r.ID
		case r.ID == "":
			f.note = "(" + referenceWords(r.Kind) + ")"
		}
		f.note = strings.TrimSpace(f.note + " " + g.heldWords(r.ID))
		g.add(f)
	}
}

// inferredID writes an id whose year was inferred: "08? STATE 4321".
func inferredID(id string) string {
	year, post, number, ok := model.SplitID(id)
	if !ok {
		return safe.Line(id) + "?"
	}
	return fmt.Sprintf("%02d? %s %d", year%100, post, number)
}

// referenceWords says what sort of thing a reference that is no cable names.
func referenceWords(k model.ReferenceKind) string {
	switch k {
	case model.RefMail:
		return "e-mail, no cable"
	case model.RefReport:
		return "another agency's report"
	case model.RefDTG:
		return "a message by date-time group"
	case model.RefCable:
		return "a cable; its id cannot be told"
	}
	return "no cable"
}
