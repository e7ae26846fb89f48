package ui

import (
	"fmt"
	"strings"
	"time"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// bannerWords says what the cable was marked, always in words, and that the
// marking is historical: nothing on this screen is a marking of today.
func bannerWords(c *model.Cable) (words, remark string) {
	words, remark = c.BannerWords()
	return safe.Line(words), safe.Line(remark)
}

// bannerLevel is the role that colours the banner.
func bannerLevel(c *model.Cable) themes.Role {
	if c.Declass.Kind == model.DeclassDone {
		return themes.BannerUnclassified
	}
	return bannerRole(c.Banner().Level)
}

// bannerSays is how much of what the banner should say there was room for.
type bannerSays struct{ remark, id, time, all bool }

// drawBanner draws the row that stays at the top of the pane: the marking and,
// as far as there is room, which cable it is and when it was sent. Where only
// one fits, the id goes before the remark; the head says what is left out.
func (r *reader) drawBanner() (row string, says bannerSays) {
	words, remark := bannerWords(r.c)
	p := newPen(r.st)
	p.put(bannerLevel(r.c), clip(" "+words+" ", r.w))
	r.putStanding(p)
	put := func(s string) bool {
		if s == "" || p.cells+2+width(s) > r.w {
			return false
		}
		p.put(themes.Dim, " "+s+" ")
		return true
	}
	id, sent, who := safe.Line(r.c.ID), sentWords(r.c), between(r.c)
	remark = "(" + remark + ")"
	if p.cells+2+width(remark)+2+width(id) <= r.w || p.cells+2+width(id) > r.w || id == "" {
		says.remark = put(remark)
	}
	says.id = put(id)
	if says.time = put(sent); !says.time {
		put(day(r.c.Date()))
	}
	says.all = says.time && put(who)
	return p.row(r.w), says
}

// sentWords is when the cable was sent, "" when that is not known.
func sentWords(c *model.Cable) string {
	if d := c.Date(); !d.IsZero() {
		return d.UTC().Format("2006-01-02 15:04 UTC")
	}
	return ""
}

// day is a date as the list shows it, "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02")
}

// between says from whom to whom a cable went: "ASTANA to SECSTATE WASHDC +4".
func between(c *model.Cable) string {
	from := shortName(c.From.Name)
	if from == "" {
		if _, post, _, ok := model.SplitID(c.ID); ok {
			from = post
		}
	}
	if len(c.To) == 0 {
		if from == "" {
			return ""
		}
		return "from " + safe.Line(from)
	}
	s := "to " + shortName(c.To[0].Name)
	if from != "" {
		s = from + " " + s
	}
	if n := len(c.To) + len(c.Info) - 1; n > 0 {
		s += " +" + count(n)
	}
	return safe.Line(s)
}

// shortName is a plain-language address without its commonest prefix.
func shortName(name string) string { return strings.TrimPrefix(name, "AMEMBASSY ") }

// headFlow is what stands above the text: who and when, the subject whole, and
// the header in a line or two, or in full.
func (r *reader) headFlow() *flow {
	c := r.c
	var w flowing
	if !r.bannered() || r.head != headNone && !r.says.all {
		r.headFirst(&w)
	}
	if !r.bannered() && r.stands != "" {
		w.own(themes.Value, "  "+r.stands)
	}
	if r.head != headNone {
		w.line(themes.Subject, 0)
		if c.Subject == "" {
			w.own(themes.Dim, "(no subject line found)")
		} else {
			if c.SubjectMarking != "" {
				w.foreign(themes.Subject, "("+c.SubjectMarking+") ")
			}
			w.foreign(themes.Subject, c.Subject)
		}
		headBriefly(&w, c, r.absentWords)
	}
	if r.head == headFull {
		headFields(&w, c)
	}
	w.rule()
	return w.done()
}

// headFirst writes the line of id, time and addresses, and the marking where
// there is no room for a banner.
func (r *reader) headFirst(w *flowing) {
	c := r.c
	w.line(themes.Dim, 2)
	if !r.bannered() {
		words, _ := bannerWords(c)
		w.own(bannerLevel(c), words)
		w.own(themes.Dim, " ")
	}
	switch {
	case c.ID == "":
		w.own(themes.Text, "(no id found)  ")
	case !r.bannered() || !r.says.id:
		w.own(themes.Text, safe.Line(c.ID)+"  ")
	}
	if _, remark := bannerWords(c); r.bannered() && !r.says.remark {
		w.own(themes.Dim, "("+remark+")  ")
	}
	if s := sentWords(c); s != "" && !(r.bannered() && r.says.time) {
		w.own(themes.Dim, s+"  ")
	}
	w.own(themes.Dim, between(c))
}

// headBriefly writes TAGS and references, then declassification and authority.
func headBriefly(w *flowing, c *model.Cable, after func(w *flowing, id string)) {
	if len(c.Tags)+len(c.References) > 0 {
		w.line(themes.Text, 2)
	}
	if len(c.Tags) > 0 {
		w.own(themes.Dim, "TAGS ")
		w.own(themes.Text, safe.Line(strings.Join(c.Tags, " "))+"   ")
	}
	for i, ref := range c.References {
		if i == 0 {
			w.own(themes.Dim, "REF ")
		} else {
			w.own(themes.Text, "   ")
		}
		if ref.Label != "" {
			w.own(themes.Dim, safe.Line(ref.Label)+" ")
		}
		if year, _, _, ok := model.SplitID(ref.ID); ok && ref.YearInferred {
			w.own(themes.Guess, fmt.Sprintf("%02d? ", year%100))
		}
		w.reference(themes.Text, ref.Text, ref.ID)
		after(w, ref.ID)
	}
	w.line(themes.Text, 2)
	if d := c.SaysDeclass(time.Time{}); d != "" {
		w.own(themes.Text, safe.Line(upperFirst(d))+"   ")
	}
	if k := c.ClassifiedBy; k != nil {
		w.own(themes.Dim, "Classified by ")
		w.own(themes.Text, authority(k))
	}
}

// authority is who classified and why, short: "CHARGE KEVIN MILAS, reasons 1.4
// (b) (d)".
func authority(k *model.ClassifiedBy) string {
	who := strings.TrimSpace(k.Title + " " + k.Name)
	if who == "" {
		return safe.Line(k.Text)
	}
	if len(k.Letters) > 0 {
		who += ", reasons " + strings.TrimSpace(k.ReasonSection+" ("+strings.Join(k.Letters, ") (")+")")
	}
	return safe.Line(who)
}

// headFields writes every part of wrapper, envelope and front as it stands.
func headFields(w *flowing, c *model.Cable) {
	section := model.NoPart
	for _, p := range c.Parts {
		switch p.Kind {
		case model.PartWrapper, model.PartEnvelope, model.PartFront:
		default:
			continue
		}
		text := strings.TrimRight(p.Span.Of(c.Text), " \t\r\n")
		if text == "" {
			continue
		}
		if p.Kind != section {
			section = p.Kind
			w.line(themes.Field, 0)
			w.own(themes.Field, headSection(section))
		}
		w.verbatim(themes.Text, text, false)
	}
}

func headSection(k model.PartKind) string {
	switch k {
	case model.PartWrapper:
		return "What its source says about it"
	case model.PartEnvelope:
		return "Envelope"
	}
	return "Front"
}

// footFlow closes the cable with its marking.
func (r *reader) footFlow() *flow {
	var w flowing
	words, remark := bannerWords(r.c)
	w.line(themes.Dim, 0)
	w.own(bannerLevel(r.c), " "+words+" ")
	w.own(themes.Dim, " ("+remark+")  end")
	if r.c.ID != "" {
		w.own(themes.Dim, " of "+safe.Line(r.c.ID))
	}
	return w.done()
}
