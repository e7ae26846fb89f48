package library

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"chancery/model"
	"chancery/model/query"
)

// sentencesMost is how many citing cables are read for the sentence in which
// they speak of a cable; a cable that hundreds cite is told without.
const sentencesMost = 100

// Links gives what the cable with this id cites and what cites it; the cable
// itself need not be held.
func (l *Library) Links(ctx context.Context, id string) (model.Links, error) {
	if canonical, ok := model.CanonicalID(id); ok {
		id = canonical
	}
	out := model.Links{ID: id}
	v, err := l.whole(ctx)
	if err != nil {
		return out, err
	}
	g, err := v.graph(ctx)
	if err != nil {
		return out, err
	}
	if rows := g.rowsOf(id); len(rows) > 0 {
		out.Entry = v.show(int(rows[0]))
		c, err := l.Cable(ctx, out.Entry.Key)
		if err != nil {
			return out, err
		}
		g.citesOf(&out, c, int(rows[0]))
	}
	seen := map[string]bool{}
	for _, r := range g.citing(id) {
		e := v.show(int(r))
		if e.ID != "" && seen[e.ID] || e.ID == id {
			continue
		}
		seen[e.ID] = true
		out.CitedBy = append(out.CitedBy, model.Link{ID: e.ID, Entry: e})
	}
	slices.SortFunc(out.CitedBy, func(a, b model.Link) int {
		return cmp.Or(a.Entry.Date.Compare(b.Entry.Date), compareIDs(a.ID, b.ID))
	})
	for i := range out.CitedBy[:min(len(out.CitedBy), sentencesMost)] {
		k := &out.CitedBy[i]
		c, err := l.Cable(ctx, k.Entry.Key)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if err != nil { // its source has changed, say: it is told without its sentence
			continue
		}
		for _, r := range c.References {
			if r.Kind == model.RefCable && g.meant(r, c) == id {
				k.Label, k.Inferred = r.Label, r.YearInferred
				k.Number, k.Sentence = speaksOf(c, r)
				break
			}
		}
	}
	return out, nil
}

// meant is the id of a reference of a cable, its year found out.
func (g *graph) meant(r model.Reference, c *model.Cable) string {
	if r.YearInferred {
		return g.resolve(r.ID, c.Date())
	}
	return r.ID
}

// citesOf lists what a cable refers to.
func (g *graph) citesOf(out *model.Links, c *model.Cable, row int) {
	for _, r := range c.References {
		if r.Kind != model.RefCable || r.ID == "" {
			out.Others = append(out.Others, r)
			continue
		}
		id := g.meant(r, c)
		k := model.Link{ID: id, Label: r.Label, Inferred: r.YearInferred}
		if rows := g.rowsOf(id); len(rows) > 0 {
			k.Entry = g.v.show(int(rows[0]))
		}
		k.Number, k.Sentence = speaksOf(c, r)
		out.Cites = append(out.Cites, k)
	}
}

// speaksOf finds the paragraph and the sentence in which a cable speaks of one
// of its references: by its letter, "REF A", "REFTEL" of the only one, or by
// post and number. Both are "" when only the REF line does.
func speaksOf(c *model.Cable, r model.Reference) (number, sentence string) {
	only := len(c.References) == 1
	last := ""
	for _, b := range c.Blocks {
		if b.Number != "" {
			last = b.Number
		}
		if at := mention(b.Text, r, only); at >= 0 {
			return last, sentenceAt(b.Text, at)
		}
	}
	return "", ""
}

// mention gives the place at which a text speaks of a reference, -1 for none.
func mention(text string, r model.Reference, only bool) int {
	up := strings.ToUpper(text)
	if len(up) != len(text) { // a letter that grows in capitals: places would not fit
		up = text
	}
	for from := 0; ; {
		i := strings.Index(up[from:], "REF")
		if i < 0 {
			break
		}
		i += from
		from = i + 3
		if i > 0 && isLetter(up[i-1]) {
			continue
		}
		rest := strings.TrimPrefix(strings.TrimPrefix(up[from:], "TEL"), "S")
		if only && (strings.HasPrefix(up[from:], "TEL") || rest == "" || !isLetter(rest[0])) {
			return i
		}
		if label := strings.ToUpper(r.Label); label != "" && lists(rest, label) {
			return i
		}
	}
	_, post, digits, ok := model.SplitID(r.ID)
	if !ok || digits < 10 {
		return -1
	}
	for from := 0; ; { // "Astana 9911"
		i := strings.Index(up[from:], post)
		if i < 0 {
			return -1
		}
		i += from
		from = i + len(post)
		if n := leadingNumber(strings.TrimLeft(up[from:], " 0")); n == digits {
			return i
		}
	}
}

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

// lists says whether a list of letters behind REF names a label: " A", "S A
// AND B", " A-C" does not name B.
func lists(s, label string) bool {
	s = s[:min(len(s), 40)]
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == ',' || r == '(' || r == ')' || r == '\n' || r == '"' || r == '\'' || r == '/'
	}) {
		w = strings.TrimRight(w, ".;:)")
		switch {
		case w == label:
			return true
		case w == "AND" || w == "OR" || w == "&" || len(w) == 1:
		default:
			return false
		}
	}
	return false
}

func leadingNumber(s string) int {
	n, i := 0, 0
	for i < len(s) && i < 8 && '0' <= s[i] && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	if i == 0 {
		return -1
	}
	return n
}

// sentenceAt cuts the sentence around a place, on one line.
func sentenceAt(text string, at int) string {
	const longest = 400
	start, end := 0, len(text)
	for i := at - 1; i > 0; i-- {
		if (text[i] == ' ' || text[i] == '\n') && endsSentence(text[:i]) {
			start = i + 1
			break
		}
	}
	for i := at; i < len(text); i++ {
		if (text[i] == ' ' || text[i] == '\n') && endsSentence(text[:i]) {
			end = i
			break
		}
	}
	s := strings.Join(strings.Fields(text[start:end]), " ")
	if len(s) > longest {
		cut := max(0, min(len(s)-longest, at-start-longest/2))
		s = strings.ToValidUTF8(s[cut:cut+longest], "")
	}
	return s
}

// endsSentence says whether a text ends in a stop that is no abbreviation of
// one letter.
func endsSentence(s string) bool {
	n := len(s)
	if n < 3 {
		return false
	}
	switch s[n-1] {
	case '.', '!', '?':
		return isLetter(s[n-2]) && isLetter(s[n-3]) || s[n-2] == ')' || s[n-2] == '"' || '0' <= s[n-2] && s[n-2] <= '9'
	}
	return false
}

// Wanted gives the cables that are cited by those that answer q and are not
// held, the most cited first, and how many there are in all.
func (l *Library) Wanted(ctx context.Context, q *query.Query, most int) ([]model.Wanted, int, error) {
	v, s, err := l.answered(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	g, err := v.graph(ctx)
	if err != nil {
		return nil, 0, err
	}
	const few = 5
	found := map[uint32]*model.Wanted{}
	at := 0
	for i := range v.rows {
		from, to := at, int(g.out.ends[i])
		at = to
		if !s.has(i) {
			continue
		}
		for j := from; j < to; j++ {
			n := g.out.vals[j]
			if len(g.holding(n)) > 0 {
				continue
			}
			w := found[n]
			if w == nil {
				w = &model.Wanted{ID: g.ids.list[n]}
				found[n] = w
			}
			citedOnce(w, &v.rows[i], g.sure[j], few)
		}
	}
	out := make([]model.Wanted, 0, len(found))
	for _, w := range found {
		out = append(out, *w)
	}
	slices.SortFunc(out, func(a, b model.Wanted) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), compareIDs(a.ID, b.ID))
	})
	return out[:min(most, len(out))], len(out), ctx.Err()
}

// citedOnce counts one more cable that cites a wanted one.
func citedOnce(w *model.Wanted, r *row, sure bool, few int) {
	w.Count++
	if !sure {
		w.Inferred++
	}
	if at := r.time(); !at.IsZero() {
		if w.First.IsZero() || at.Before(w.First) {
			w.First = at
		}
		if at.After(w.Last) {
			w.Last = at
		}
	}
	if len(w.By) < few && r.id != "" {
		w.By = append(w.By, r.id)
	}
}
