package ui

import (
	"slices"
	"strings"

	"chancery/model"
	"chancery/model/safe"
)

// pairing says how a paragraph of one copy stands to one of another.
type pairing byte

const (
	pairSame    pairing = '='
	pairChanged pairing = '~'
	pairLeft    pairing = '-' // only in the first copy
	pairRight   pairing = '+' // only in the second
)

// pair is a paragraph of each of two copies, or of one alone.
type pair struct {
	kind        pairing
	name        string // "para 4", or a fact of the header: "Subject"
	left, right string // texts, safe; of a paragraph with its marking
	words       []wordStep
}

// wordStep is some words that both copies have, or one of them.
type wordStep struct {
	kind pairing
	text string
}

// The most that is aligned with care: beyond it, a paragraph of a thousand
// words or a cable of a thousand paragraphs is compared as a whole.
const (
	alignMost = 600
	wordsMost = 1200
)

// compared sets two copies of a cable against each other: what their headers
// say where it differs, then paragraph by paragraph.
func compared(a, b *model.Cable) []pair {
	out := comparedFacts(a, b)
	for _, at := range aligned(a.Blocks, b.Blocks) {
		p := pair{kind: pairSame}
		if at[0] >= 0 {
			p.name, p.left = paraWords(a, at[0]), markedText(&a.Blocks[at[0]])
		}
		if at[1] >= 0 {
			p.right = markedText(&b.Blocks[at[1]])
			if at[0] < 0 {
				p.name = paraWords(b, at[1])
			}
		}
		switch {
		case at[0] < 0:
			p.kind = pairRight
		case at[1] < 0:
			p.kind = pairLeft
		case p.left != p.right:
			p.kind, p.words = pairChanged, wordSteps(p.left, p.right)
		}
		out = append(out, p)
	}
	return out
}

// comparedFacts are the things of the header that differ.
func comparedFacts(a, b *model.Cable) []pair {
	var out []pair
	facts := func(c *model.Cable) [][2]string {
		return [][2]string{
			{"Marking line", c.Classification.Line},
			{"Sent", c.Envelope.DTGText},
			{"Subject", c.Subject},
			{"TAGS", strings.Join(c.Tags, " ")},
			{"Captions", strings.Join(c.Captions, " ")},
			{"Declassify", c.Declass.Line},
			{"From", c.From.Name},
			{"Signed", c.Signature},
		}
	}
	left, right := facts(a), facts(b)
	for i := range left {
		x, y := foldedLine(left[i][1]), foldedLine(right[i][1])
		if x != y {
			out = append(out, pair{pairChanged, left[i][0], x, y, wordSteps(x, y)})
		}
	}
	return out
}

func foldedLine(s string) string { return strings.Join(strings.Fields(safe.Line(s)), " ") }

// markedText is the text of a block behind its marking.
func markedText(b *model.Block) string {
	s := foldedLine(b.Text)
	if known(b.Mark) && !b.Inherit {
		return "(" + safe.Line(b.Mark.Code()) + ") " + s
	}
	return s
}

// aligned pairs the blocks of two copies, in the order of both: those of the
// same text, then those of the same number, then those of like text. A block
// that has no partner stands alone, with -1.
func aligned(a, b []model.Block) [][2]int {
	n, m := len(a), len(b)
	if n > alignMost || m > alignMost {
		return oneByOne(n, m)
	}
	x, y := textsOf(a), textsOf(b)
	best := make([][]int, n+1) // of what is behind i and j
	for i := range best {
		best[i] = make([]int, m+1)
	}
	worth := func(i, j int) int {
		switch {
		case x[i] == y[j] && x[i] != "":
			return 8
		case a[i].Number != "" && a[i].Number == b[j].Number:
			return 5
		case a[i].Number == "" && b[j].Number == "" && a[i].Kind == b[j].Kind && like(x[i], y[j]):
			return 3
		}
		return 0
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if w := worth(i, j); w > 0 {
				best[i][j] = max(best[i][j], w+best[i+1][j+1])
			}
		}
	}
	var out [][2]int
	i, j := 0, 0
	for i < n && j < m {
		switch w := worth(i, j); {
		case w > 0 && best[i][j] == w+best[i+1][j+1]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			out = append(out, [2]int{i, -1})
			i++
		default:
			out = append(out, [2]int{-1, j})
			j++
		}
	}
	for ; i < n; i++ {
		out = append(out, [2]int{i, -1})
	}
	for ; j < m; j++ {
		out = append(out, [2]int{-1, j})
	}
	return out
}

// oneByOne pairs what stands in the same place.
func oneByOne(n, m int) [][2]int {
	var out [][2]int
	for i := range max(n, m) {
		p := [2]int{i, i}
		if i >= n {
			p[0] = -1
		}
		if i >= m {
			p[1] = -1
		}
		out = append(out, p)
	}
	return out
}

func textsOf(bs []model.Block) []string {
	out := make([]string, len(bs))
	for i := range bs {
		out[i] = foldedLine(bs[i].Text)
	}
	return out
}

// like says whether two texts begin or end alike: those of one paragraph that
// was corrected do.
func like(x, y string) bool {
	n := min(len(x), len(y), 24)
	return n > 0 && (x[:n] == y[:n] || x[len(x)-n:] == y[len(y)-n:])
}

// wordSteps says word by word how one text becomes another.
func wordSteps(left, right string) []wordStep {
	x, y := strings.Fields(left), strings.Fields(right)
	if len(x) > wordsMost || len(y) > wordsMost {
		return []wordStep{{pairLeft, left}, {pairRight, right}}
	}
	best := make([]uint16, (len(x)+1)*(len(y)+1))
	at := func(i, j int) *uint16 { return &best[i*(len(y)+1)+j] }
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				*at(i, j) = *at(i+1, j+1) + 1
			} else {
				*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			}
		}
	}
	var out []wordStep
	put := func(k pairing, word string) {
		if n := len(out); n > 0 && out[n-1].kind == k {
			out[n-1].text += " " + word
			return
		}
		out = append(out, wordStep{k, word})
	}
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			put(pairSame, x[i])
			i, j = i+1, j+1
		case j == len(y) || i < len(x) && *at(i+1, j) >= *at(i, j+1):
			put(pairLeft, x[i])
			i++
		default:
			put(pairRight, y[j])
			j++
		}
	}
	return out
}

// comparedWords sums a comparison up.
func comparedWords(ps []pair) string {
	n := map[pairing]int{}
	for _, p := range ps {
		n[p.kind]++
	}
	if n[pairSame] == len(ps) {
		return "the same text"
	}
	var out []string
	for _, k := range []struct {
		kind  pairing
		words string
	}{{pairChanged, "changed"}, {pairLeft, "only in the first"}, {pairRight, "only in the second"}, {pairSame, "the same"}} {
		if c := n[k.kind]; c > 0 {
			out = append(out, string(k.kind)+" "+count(c)+" "+k.words)
		}
	}
	return strings.Join(slices.Clip(out), "   ")
}
