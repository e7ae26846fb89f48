package library

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"

	"chancery/model"
	"chancery/model/query"
	"chancery/parser"
)

// A stored text has three parts: what its wrapper says, as JSON; where the text
// of each paragraph stands in it; and the text itself, byte for byte. So it can
// be parsed again without its source, and a query can be asked of its
// paragraphs without parsing it, which is most of the work.

// bodyOf writes a message and the cable that was made of it, in room that is lent.
func bodyOf(m parser.Message, c *model.Cable, from *rooms) []byte {
	text := m.Text
	m.Text = ""
	head, err := json.Marshal(m)
	if err != nil { // a date that JSON does not know: the wrapper's words are lost to the index, not the text
		head = []byte("{}")
	}
	var p packer
	p.number(uint64(len(c.Blocks)))
	for i := range c.Blocks {
		p.block(text, &c.Blocks[i])
	}
	b := binary.AppendUvarint(from.lend(len(head)+len(p.b)+len(text)+2*binary.MaxVarintLen64), uint64(len(head)))
	b = append(b, head...)
	b = binary.AppendUvarint(b, uint64(len(p.b)))
	return append(append(b, p.b...), text...)
}

// block writes the marking of a block and where its text stands: pieces of the
// message, as furniture and line ends may stand between them. A text that is
// not made of pieces is written whole.
func (p *packer) block(text string, b *model.Block) {
	p.word(markKey(b.Mark))
	pieces, ok := piecesOf(text, b)
	if !ok {
		p.number(0)
		p.text(b.Text)
		return
	}
	p.number(uint64(len(pieces)) + 1)
	at := 0
	for _, s := range pieces {
		p.signed(int64(s.Start - at))
		p.number(uint64(s.Len()))
		at = s.End
	}
}

// piecesMost is of how many pieces a block may be; few are of more than five.
const piecesMost = 200

// piecesOf finds the pieces of the message that make up the text of a block.
func piecesOf(text string, b *model.Block) ([]model.Span, bool) {
	const sure = 12 // so many letters that are the same are no chance
	end := min(b.Span.End, len(text))
	at := min(max(b.Span.Start, 0), end)
	var pieces []model.Span
	for want := b.Text; want != ""; {
		i := strings.Index(text[at:end], want[:min(len(want), sure)])
		if i < 0 || len(pieces) == piecesMost {
			return nil, false
		}
		at += i
		n := 0
		for n < len(want) && at+n < end && text[at+n] == want[n] {
			n++
		}
		pieces = append(pieces, model.Span{Start: at, End: at + n})
		at += n
		want = want[n:]
	}
	return pieces, true
}

// bodyParts cuts a stored text.
func bodyParts(b []byte) (head, blocks, text []byte, err error) {
	cut := func() []byte {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			err = errDamaged
			return nil
		}
		part := b[k : k+int(n)]
		b = b[k+int(n):]
		return part
	}
	head = cut()
	blocks = cut()
	return head, blocks, b, err
}

// messageOf reads the message back.
func messageOf(b []byte) (parser.Message, error) {
	var m parser.Message
	head, _, text, err := bodyParts(b)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(head, &m); err != nil {
		return m, fmt.Errorf("%w (%w)", errDamaged, err)
	}
	m.Text = string(text)
	return m, nil
}

// parasOf reads the paragraphs back.
func parasOf(b []byte) ([]query.Paragraph, error) {
	_, blocks, rest, err := bodyParts(b)
	if err != nil {
		return nil, err
	}
	text := string(rest)
	u := &unpacker{s: string(blocks)}
	paras := make([]query.Paragraph, u.count())
	for i := range paras {
		paras[i].Mark = u.mark()
		n := u.number()
		if n == 0 {
			paras[i].Text = u.text()
			continue
		}
		paras[i].Text = u.joined(text, n-1)
	}
	if u.bad {
		return nil, errDamaged
	}
	return paras, nil
}

// joined reads n pieces and joins them.
func (u *unpacker) joined(text string, n uint64) string {
	var all strings.Builder
	at := int64(0)
	for range n {
		at += u.signed()
		size := int64(u.number())
		if u.bad || at < 0 || size < 0 || at > int64(len(text)) || size > int64(len(text))-at {
			u.bad = true
			return ""
		}
		piece := text[at : at+size]
		at += size
		if n == 1 {
			return piece
		}
		all.WriteString(piece)
	}
	return all.String()
}
