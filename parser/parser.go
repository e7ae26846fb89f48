// Package parser turns the text of one message into a model.Cable.
//
// It is pure: no files, no clock, no logging. It never fails: whatever the
// text, a readable cable comes back, and Problems says what was odd. It runs
// in time linear in the text, and loses no byte: the parts of the cable tile
// the text it was given.
//
// A message has four layers, read in this order, so that the failure of one
// never loses the text of another:
//
//	wrapper  → envelope → front                  → text            → ending
//	(source)   FM, TO     level, E.O., TAGS ...    paragraphs        signature
package parser

import (
	"slices"
	"strings"

	"chancery/model"
)

// Message is a text as a source gives it.
type Message struct {
	Text     string // decoded to UTF-8, line ends as they were
	Start    int    // where the message begins; before it stands the wrapper
	End      int    // where it ends and the wrapper goes on; 0: at the end of the text
	Source   model.Source
	Metadata *model.Metadata // what the wrapper says, nil when there is none
	Stamps   []Stamp         // what was printed over the message, in order of place
	Problems []model.Problem // what the source found odd; their lines are set here
}

// Parse reads one message.
func Parse(m Message) *model.Cable {
	whole := m.Text
	message := m.untilEnd()
	m.Text = firstLines(message)
	r := newReader(m)
	r.stamped(m.Stamps)
	first := r.firstLine()
	at, smart := r.smart(first)
	if !smart {
		at = r.front(r.envelope(first))
	}
	r.identify()
	r.body(at, r.end(at, smart))
	r.finish()
	r.excess(message)
	r.wrapperAfter(whole, m.Problems)
	c := r.c
	r.release()
	return c
}

// reader holds what is known of a message while it is read.
type reader struct {
	scratch
	text   string
	start  int
	hasCR  bool
	c      *model.Cable
	post   string  // of the classification line
	serial int     // number of the classification line, 0 when there is none
	stamps []Stamp // what was printed over the message
	summed [2]int  // the first and the last block of the summary whose end was found last
}

// newReader splits the message into lines.
func newReader(m Message) *reader {
	r := takeReader()
	r.text, r.start = m.Text, min(max(m.Start, 0), len(m.Text))
	r.c = &model.Cable{Source: m.Source, Text: m.Text, Metadata: m.Metadata}
	r.hasCR = strings.IndexByte(m.Text, '\r') >= 0
	r.splitLines()
	r.parts = slices.Grow(r.parts, len(r.lines))
	return r
}

// firstLine gives the line on which the message begins and notes the wrapper
// before it. A message that begins in mid line has that line cut.
func (r *reader) firstLine() int {
	if r.start == 0 {
		return 0
	}
	r.part(model.PartWrapper, "", 0, r.start)
	for i, l := range r.lines {
		if l.start >= r.start {
			return i
		}
		if i+1 == len(r.lines) || r.lines[i+1].start > r.start {
			l.from, l.to = trim(r.text, r.start, max(l.to, r.start))
			r.lines[i], r.kinds[i] = l, kindOf(r.text[l.from:l.to], true, true)
			return i
		}
	}
	return len(r.lines)
}

// of gives the text of a line without the blanks around it.
func (r *reader) of(i int) string { return r.text[r.lines[i].from:r.lines[i].to] }

// next gives the first line from i that holds text (or a ruler), skipping
// blank lines and furniture; len(lines) when there is none.
func (r *reader) next(i int) int {
	for i < len(r.lines) && r.kinds[i] != textLine && r.kinds[i] != mixedLine && r.kinds[i] != rulerLine {
		i++
	}
	return i
}

// finish draws the conclusions that need the whole cable.
func (r *reader) finish() {
	c := r.c
	r.authorityInText()
	c.Summary = r.summary()
	r.placed()
	c.Parts = r.tile()
	c.Classification.Highest, c.Classification.Check = model.CheckMarkings(c)
	r.check()
}
