package ui

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"chancery/model"
)

// linkPlace is the reference under the cursor: which link of which item; on is
// false when there is none.
type linkPlace struct {
	item, nth int
	on        bool
}

// citing finds in a text the words that name other cables, and says which one:
//
//	REF A, refs A and C, reftel (B)  the reference with this label
//	reftel, ref                      the first one
//	Astana 9911, 07 ASTANA 9911      the one with this post and number
//	07ASTANA9911                     any cable
type citing struct {
	words  *regexp.Regexp
	letter *regexp.Regexp
	label  map[string]string // label, upper case, to id; "" for the first cable
	number map[string]string // post and number as an id has them, to id
}

func newCiting(c *model.Cable) *citing {
	k := &citing{
		letter: regexp.MustCompile(`\b[A-Z]\b`),
		label:  make(map[string]string),
		number: make(map[string]string),
	}
	posts := make(map[string]bool)
	for _, ref := range c.References[:min(len(c.References), 200)] {
		if ref.ID == "" {
			continue
		}
		if _, ok := k.label[""]; !ok {
			k.label[""] = ref.ID
		}
		k.label[strings.ToUpper(ref.Label)] = ref.ID
		if _, post, number, ok := model.SplitID(ref.ID); ok {
			k.number[post+strconv.Itoa(number)] = ref.ID
			posts[regexp.QuoteMeta(post)] = true
			if as := strings.Fields(strings.Trim(ref.Text, "0123456789 ./-")); len(as) < 5 && wordsOnly(as) {
				posts[strings.Join(as, `\s+`)] = true
			}
		}
	}
	forms := []string{
		`(?i:ref(?:tel)?s?)\s+\(?[A-Z]\)?(?:(?:,\s*|\s+(?i:and|or)\s+|\s*-\s*)\(?[A-Z]\b\)?)*`,
		`(?i:reftels?|refs?)`,
		`\d{2}[A-Z]{3,24}\d{1,7}`,
	}
	if len(posts) > 0 {
		names := make([]string, 0, len(posts))
		for p := range posts {
			names = append(names, p)
		}
		sort.Strings(names)
		forms = append([]string{`(?:\d{2}(?:\d{2})?\s*)?(?i:` + strings.Join(names, "|") + `)\s*\d{1,7}`}, forms...)
	}
	k.words = regexp.MustCompile(`\b(?:` + strings.Join(forms, "|") + `)\b`)
	return k
}

// wordsOnly says that a post is written with letters alone: what else a
// reference holds is no name, and nothing of it may reach a pattern.
func wordsOnly(words []string) bool {
	for _, w := range words {
		for i := 0; i < len(w); i++ {
			if !letter(w[i]) {
				return false
			}
		}
	}
	return len(words) > 0
}

// in finds the links of a stretch of text that begins at byte at of a flow.
func (k *citing) in(text string, at int) []link {
	var out []link
	for _, m := range k.words.FindAllStringIndex(text, -1) {
		s := text[m[0]:m[1]]
		if len(s) > 2 && strings.EqualFold(s[:3], "ref") {
			out = append(out, k.labels(s, at+m[0])...)
			continue
		}
		if id := k.resolve(s); id != "" {
			out = append(out, link{at + m[0], at + m[1], id})
		}
	}
	return out
}

// labels gives a link for each label of "refs A and C"; the first one covers
// the word before it too.
func (k *citing) labels(s string, at int) []link {
	letters := k.letter.FindAllStringIndex(s, -1)
	if len(letters) == 0 {
		if id := k.label[""]; id != "" {
			return []link{{at, at + len(s), id}}
		}
		return nil
	}
	var out []link
	from := 0
	for _, l := range letters {
		if id := k.label[s[l[0]:l[1]]]; id != "" {
			out = append(out, link{at + from, at + l[1], id})
		}
		if from = l[1]; from < len(s) {
			from += strings.IndexAny(s[from:]+"A", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		}
	}
	return out
}

// resolve reads "Astana 9911" or an id as the id of a cable.
func (k *citing) resolve(s string) string {
	squeezed := strings.ToUpper(strings.Join(strings.Fields(s), ""))
	post := strings.TrimRight(squeezed, "0123456789")
	number := strings.TrimLeft(squeezed[len(post):], "0")
	if id := k.number[strings.TrimLeft(post, "0123456789")+number]; id != "" {
		return id
	}
	if id, ok := model.CanonicalID(squeezed); ok {
		return id
	}
	return ""
}

// linksOf gives the links of an item, looking for them once.
func (r *reader) linksOf(i int) []link {
	it := &r.items[i]
	if it.flow == nil {
		it.flow = r.flowOf(i)
	}
	f := it.flow
	if f.known {
		return f.links
	}
	f.known = true
	if it.kind == itemBlock {
		if r.cites == nil {
			r.cites = newCiting(r.c)
		}
		for _, s := range f.seek {
			f.links = append(f.links, r.cites.in(f.text[s[0]:s[1]], s[0])...)
		}
	}
	return f.links
}

// reference goes to the next or previous reference, from the one under the
// cursor or from the first row in view.
func (r *reader) reference(step int) bool {
	if r.c == nil || step == 0 || len(r.frame) == 0 {
		return false
	}
	i, n := r.linkFrom(step)
	for i >= 0 && i < len(r.items) {
		if links := r.linksOf(i); n >= 0 && n < len(links) {
			r.setLink(linkPlace{i, n, true})
			r.reveal(i, links[n].from)
			return true
		}
		if step > 0 {
			i, n = r.next(i), 0
		} else if i = r.prev(i); i >= 0 {
			n = len(r.linksOf(i)) - 1
		}
	}
	return false
}

// linkFrom is the first link to try in a direction.
func (r *reader) linkFrom(step int) (item, nth int) {
	if r.link.on && r.inView(r.link.item) {
		if step > 0 {
			return r.link.item, r.link.nth + 1
		}
		return r.link.item, r.link.nth - 1
	}
	f := r.frame[0]
	if step < 0 {
		f = r.frame[len(r.frame)-1]
	}
	links, at := r.linksOf(f.item), 0
	if it := &r.items[f.item]; f.row < len(it.rows) {
		at = it.rows[f.row].from
	} else {
		at = len(it.flow.text)
	}
	n := sort.Search(len(links), func(i int) bool { return links[i].from >= at })
	if step < 0 {
		n--
	}
	return f.item, n
}

// setLink puts the cursor on a link; the items concerned are drawn again.
func (r *reader) setLink(to linkPlace) {
	for _, l := range []linkPlace{r.link, to} {
		if l.on && l.item < len(r.items) {
			r.items[l.item].drawn = nil
		}
	}
	r.link = to
}

// linkIn is the link under the cursor when it stands in item i.
func (r *reader) linkIn(i int) (link, bool) {
	if !r.link.on || r.link.item != i {
		return link{}, false
	}
	if links := r.items[i].flow.links; r.link.nth < len(links) {
		return links[r.link.nth], true
	}
	return link{}, false
}

// takeLink puts the cursor on the link at column x of a row, if there is one.
func (r *reader) takeLink(at spot, x int) {
	it := &r.items[at.item]
	if at.row >= len(it.rows) {
		return
	}
	row := it.rows[at.row]
	left := 1 + r.sides.width()
	if it.kind == itemHead {
		left = 2
	}
	byteAt := row.from + len(clip(it.flow.text[row.from:row.to], x-left-row.indent))
	for n, l := range r.linksOf(at.item) {
		if l.from <= byteAt && byteAt < l.to {
			r.setLink(linkPlace{at.item, n, true})
			r.settle()
			return
		}
	}
}

// followed gives the canonical id of the reference under the cursor, while it
// is in view.
func (r *reader) followed() (id string, ok bool) {
	if !r.link.on || r.c == nil || !r.inView(r.link.item) {
		return "", false
	}
	l, ok := r.linkIn(r.link.item)
	return l.id, ok
}
