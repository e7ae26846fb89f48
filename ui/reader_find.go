package ui

import (
	"regexp"
	"sort"
	"strings"

	"chancery/model/query"
	"chancery/themes"
)

// finder finds places in a text, none overlapping.
type finder interface{ in(text string) [][]int }

// terms finds what the words of a query match.
type terms struct{ query *query.Query }

func (t terms) in(text string) [][]int {
	spans := t.query.Highlight(text)
	out := make([][]int, len(spans))
	for i, s := range spans {
		out[i] = []int{s.Start, s.End}
	}
	return out
}

// finderOf finds words, or else what the query matches; nil when there is
// neither.
func finderOf(words string, q *query.Query) finder {
	if n := newNeedle(words); n != nil {
		return n
	}
	if q.Marks() {
		return terms{q}
	}
	return nil
}

// needle is what is looked for: words with blanks or line ends between them,
// in any case.
type needle struct {
	words   []string       // in lower case
	plain   bool           // all ASCII
	pattern *regexp.Regexp // the same, for text that is not
}

// newNeedle reads what was typed; nil when it is nothing but blanks.
func newNeedle(text string) *needle {
	words := strings.Fields(strings.ToValidUTF8(text, "\ufffd"))
	if len(words) == 0 {
		return nil
	}
	n := &needle{plain: ascii(text)}
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
		n.words = append(n.words, strings.ToLower(w))
	}
	n.pattern = regexp.MustCompile("(?i)" + strings.Join(quoted, `\s+`))
	return n
}

// in finds every place of the needle in a text, none overlapping.
func (n *needle) in(text string) [][]int {
	if !n.plain || !ascii(text) {
		return n.pattern.FindAllStringIndex(text, -1)
	}
	low := strings.ToLower(text)
	var out [][]int
	for at := 0; ; {
		from := strings.Index(low[at:], n.words[0])
		if from < 0 {
			return out
		}
		from += at
		if to := n.end(low, from); to >= 0 {
			out, at = append(out, []int{from, to}), to
		} else {
			at = from + 1
		}
	}
}

// end is where the needle that begins at a place ends; -1 when only its first
// word is there.
func (n *needle) end(low string, at int) int {
	for i, w := range n.words {
		if i > 0 {
			from := at
			for at < len(low) && (low[at] == ' ' || low[at] == '\n') {
				at++
			}
			if at == from {
				return -1
			}
		}
		if !strings.HasPrefix(low[at:], w) {
			return -1
		}
		at += len(w)
	}
	return at
}

// hit is a match: bytes [from, to) of the text of an item.
type hit struct{ item, from, to int }

// find looks for text in the cable, ignoring case and how lines were broken,
// and goes to the first match at or after the place, else to the first of all;
// it gives how many there are. "" clears.
func (r *reader) find(text string) int {
	r.mark(finderOf(text, nil))
	if len(r.hits) > 0 {
		r.showHit(r.firstHitFromTop())
	}
	return len(r.hits)
}

// mark marks what is found in the cable and stays where it is; nil clears.
func (r *reader) mark(f finder) {
	r.forgetHits()
	r.query = f
	if r.c == nil || f == nil {
		r.query = nil
		r.only = false
		r.filter()
		return
	}
	r.search()
	r.only = r.only && len(r.hits) > 0
	r.filter()
}

// search finds the matches in every item; folded furniture is not searched.
func (r *reader) search() {
	r.hits, r.hit = nil, -1
	for i := range r.items {
		it := &r.items[i]
		if it.kind == itemFold && !it.open || it.kind == itemFoot || r.sent && it.inside {
			continue
		}
		if it.flow == nil {
			it.flow = r.flowOf(i)
		}
		for _, s := range it.flow.seek {
			for _, m := range r.query.in(it.flow.text[s[0]:s[1]]) {
				r.hits = append(r.hits, hit{i, s[0] + m[0], s[0] + m[1]})
			}
		}
	}
	for _, h := range r.hits {
		r.items[h.item].drawn = nil
	}
}

// searchAgain finds the matches anew after the text of items changed; the
// cursor stays on the match it was on, counted, where there still are as many.
func (r *reader) searchAgain() {
	if r.query == nil {
		return
	}
	n, total := r.hit, len(r.hits)
	r.forgetHits()
	r.search()
	if len(r.hits) == total {
		r.hit = n
	}
}

// forgetHits lets the items with matches be drawn again.
func (r *reader) forgetHits() {
	for _, h := range r.hits {
		r.items[h.item].drawn = nil
	}
	r.hits, r.hit = nil, -1
}

// firstHitFromTop is the first match that is not above the pane, or the first.
func (r *reader) firstHitFromTop() int {
	if i := r.hitFromTop(); i < len(r.hits) {
		return i
	}
	return 0
}

// hitFromTop counts the matches above the pane.
func (r *reader) hitFromTop() int {
	from := 0
	if it := &r.items[r.first.item]; r.first.row < len(it.rows) {
		from = it.rows[r.first.row].from
	}
	return sort.Search(len(r.hits), func(i int) bool {
		h := r.hits[i]
		return h.item > r.first.item || h.item == r.first.item && h.from >= from
	})
}

// match goes to the next or previous match; false past the last one.
func (r *reader) match(step int) bool {
	to := r.hit + step
	if r.hit < 0 && len(r.hits) > 0 { // none was gone to yet
		to = r.hitFromTop()
		if step < 0 {
			to--
		}
	}
	if r.c == nil || step == 0 || to < 0 || to >= len(r.hits) {
		return false
	}
	r.showHit(to)
	return true
}

// matches tells which match the cursor is on, from 1, and how many there are.
func (r *reader) matches() (at, total int) { return r.hit + 1, len(r.hits) }

// showHit makes a match the current one and brings its row into view.
func (r *reader) showHit(n int) {
	for _, i := range []int{r.hit, n} {
		if i >= 0 && i < len(r.hits) {
			r.items[r.hits[i].item].drawn = nil
		}
	}
	r.hit = n
	h := r.hits[n]
	r.reveal(h.item, h.from)
}

// reveal puts the cursor on an item and brings the row with a byte of its text
// into view, a third down the pane when it was outside.
func (r *reader) reveal(i, at int) {
	if r.items[i].hidden {
		return
	}
	rows := r.lay(i).rows
	n := max(0, sort.Search(len(rows), func(k int) bool { return rows[k].from > at })-1)
	r.cur = i
	for _, f := range r.frame {
		if f.spot == (spot{i, n}) {
			r.settle()
			return
		}
	}
	r.first = r.up(spot{i, n}, r.body()/3)
	r.settle()
	r.cur = i
}

// onlyMatches shows only the paragraphs that match, or all again.
func (r *reader) onlyMatches(on bool) {
	if r.c == nil {
		return
	}
	r.only = on && len(r.hits) > 0
	r.filter()
	if r.only && r.hit >= 0 {
		r.reveal(r.hits[r.hit].item, r.hits[r.hit].from)
	}
}

// filter hides the items that do not match, if that is asked for.
func (r *reader) filter() {
	if r.c == nil {
		return
	}
	matching := make(map[int]bool)
	for _, h := range r.hits {
		matching[h.item] = true
	}
	for i := range r.items {
		it := &r.items[i]
		it.hidden = r.only && it.kind != itemHead && it.kind != itemFoot && !matching[i]
	}
	if r.skipped(r.first.item) {
		r.first = spot{item: max(0, r.prev(r.first.item))}
	}
	r.settle()
}

// hitsWithin gives the matches and the link under the cursor that touch the
// bytes [from, to) of an item, as inks.
func (r *reader) hitsWithin(i, from, to int) []ink {
	a := sort.Search(len(r.hits), func(n int) bool {
		h := r.hits[n]
		return h.item > i || h.item == i && h.to > from
	})
	var out []ink
	for ; a < len(r.hits) && r.hits[a].item == i && r.hits[a].from < to; a++ {
		role := themes.Match
		if a == r.hit {
			role = themes.MatchNow
		}
		out = append(out, ink{r.hits[a].from, r.hits[a].to, role})
	}
	if l, ok := r.linkIn(i); ok && l.from < to && l.to > from {
		out = merge([]ink{{l.from, l.to, themes.Select}}, out)
	}
	return out
}
