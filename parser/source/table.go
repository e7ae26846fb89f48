package source

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"chancery/model"
	"chancery/parser"
)

const (
	freeBuffers = 16        // that wait to be used again
	batchBytes  = 256 << 10 // of a table, that one core reads at a time
	headBytes   = 256 << 10 // of a table, from which its layout is learned
)

// The sentences of tables.
const (
	saysNoText = "it is a table without a column that holds the text of cables"
	saysShort  = "a row of the table has the wrong number of fields"
	saysOpen   = "a row of the table has a field whose closing quotation mark is missing"
	saysLarge  = "a row of the table is larger than one text may be"
	saysEmpty  = "a row of the table holds no text"
	saysNoRow  = "the table has no rows"
)

// table is a table of cables that is read as a stream, row after row, in
// constant memory. buf holds what was read and not given yet; it begins at
// byte at and line line of the table.
type table struct {
	layout
	in     io.Reader
	src    model.Source
	most   int // bytes of a row
	buf    []byte
	at     int64
	line   int
	index  int
	end    bool // in is at its end
	failed error
	lost   bool        // within a broken row whose end is not known
	looked int64       // bytes of broken rows that were looked at more than once
	free   chan []byte // that batches are done with
}

// tableStream gives the rows of a table.
func tableStream(in io.Reader, src model.Source, l Limits) stream {
	return func(ctx context.Context, give func(task) error) error {
		return tableOf(in, src, l).run(ctx, give)
	}
}

func tableOf(in io.Reader, src model.Source, l Limits) *table {
	return &table{in: in, src: src, most: int(l.Text), line: 1, free: make(chan []byte, freeBuffers)}
}

// fill reads on until n bytes are held or the table ends.
func (t *table) fill(n int) {
	if cap(t.buf) < n {
		t.buf = append(make([]byte, 0, n), t.buf...)
	}
	for len(t.buf) < n && !t.end {
		got, err := t.in.Read(t.buf[len(t.buf):n])
		t.buf = t.buf[:len(t.buf)+got]
		if err != nil {
			t.end = true
			if !errors.Is(err, io.EOF) {
				t.failed = err
			}
		}
	}
}

// learn learns the layout, from more rows where the first are very long. ok is
// false when the table holds no text of cables.
func (t *table) learn() (ok bool) {
	for n := headBytes; ; n *= 2 {
		t.fill(n)
		if t.layout, ok = layoutOf(t.buf, t.end); ok || t.end || n > t.most {
			return ok
		}
	}
}

func (t *table) run(ctx context.Context, give func(task) error) error {
	if !t.learn() {
		return give(finding{refusal(t.src, model.NotCable, saysNoText)})
	}
	t.begin()
	for {
		b := batch{src: t.src, layout: &t.layout, free: t.free}
		t.cutBatch(&b)
		if len(b.rows) > 0 {
			if err := give(b); err != nil {
				return err
			}
		}
		if t.end && len(t.buf) == 0 {
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		t.fill(max(batchBytes, 2*len(t.buf)))
	}
	return t.finish(give)
}

// begin steps over what stands before the first row.
func (t *table) begin() {
	if bytes.HasPrefix(t.buf, byteOrderMark) {
		t.drop(len(byteOrderMark))
	}
	if t.header {
		if _, n, _ := t.cut(t.buf, t.end, nil); n > 0 {
			t.drop(n)
		}
	}
}

func (t *table) drop(n int) {
	t.line += bytes.Count(t.buf[:n], lineEnd)
	t.at += int64(n)
	t.buf = t.buf[n:]
}

var lineEnd = []byte("\n")

func (t *table) finish(give func(task) error) error {
	switch {
	case t.failed != nil:
		return give(finding{unreadItem(t.src, t.failed)})
	case t.index == 0:
		return give(finding{refusal(t.src, model.NotCable, saysNoRow)})
	}
	return nil
}

// rowAt is a row of a batch: where its bytes and its cells are, or why it is
// broken.
type rowAt struct {
	from, to, cells int // bytes of the batch; first cell
	index, line     int
	broken          string
}

// batch is a stretch of whole rows for one core.
type batch struct {
	src    model.Source
	layout *layout
	bytes  []byte
	free   chan<- []byte // takes bytes back
	at     int64         // of the table
	rows   []rowAt
	cells  []cell
}

// cutBatch moves the whole rows that are held into a batch, which then owns
// their bytes.
func (t *table) cutBatch(b *batch) {
	b.bytes, b.at = t.buf, t.at
	from, line := 0, t.line
	var cells []cell
	for from < len(t.buf) {
		rest := t.buf[from:]
		if t.lost {
			n := t.rowAfter(rest)
			if t.lost = n < 0; t.lost {
				n = max(0, len(rest)-2048)
				if t.end {
					n = len(rest)
				}
			}
			line += bytes.Count(rest[:n], lineEnd)
			from += n
			if t.lost {
				break
			}
			continue
		}
		var n int
		var closed bool
		cells, n, closed = t.cut(rest, t.end, cells)
		row := rowAt{from: from, index: t.index, line: line, cells: len(b.cells)}
		switch {
		case n == 0 && len(rest) <= t.most:
			n = -1 // it is not here whole
		case n == 0 || n > t.most:
			row.broken = saysLarge
		case n > 0 && len(bytes.TrimRight(rest[:n], "\r\n")) == 0:
			line, from = line+1, from+n
			continue
		case !closed:
			row.broken = saysOpen
		case len(cells) != t.columns:
			row.broken = saysShort
		}
		if n < 0 {
			break
		}
		if row.broken != "" {
			n = t.pass(rest, n)
		} else {
			b.cells = append(b.cells, cells...)
		}
		row.to = from + n
		b.rows = append(b.rows, row)
		t.index++
		line += bytes.Count(rest[:n], lineEnd)
		from += n
	}
	// The rest goes into memory of its own: the batch's is another core's now.
	t.buf = append(t.room(max(batchBytes, 2*(len(t.buf)-from))), t.buf[from:]...)
	t.at += int64(from)
	t.line = line
}

// pass gives the length of a broken row: up to where the next one surely
// begins. n is where it would end if it were not broken, 0 when that is not
// known.
func (t *table) pass(rest []byte, n int) int {
	within := rest
	if n > 0 {
		within = rest[:n]
	}
	// What was looked at in vain is looked at again: not without end.
	if t.looked < 8*int64(t.most)+t.at {
		t.looked += int64(len(within))
		if next := t.rowAfter(within); next > 0 {
			return next
		}
	}
	if n == 0 || within[n-1] != '\n' {
		t.lost = true
		return len(within)
	}
	return n
}

// rowAfter finds where a row surely begins after a line end; -1: nowhere.
func (t *table) rowAfter(b []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 || at+i+1 >= len(b) {
			return -1
		}
		at += i + 1
		if t.begins(b[at:]) {
			return at
		}
	}
}

// room gives room for n bytes, that of a batch that was read where there is one.
func (t *table) room(n int) []byte {
	select {
	case b := <-t.free:
		if cap(b) >= n {
			return b
		}
	default:
	}
	return make([]byte, 0, n)
}

// read makes items of the rows, once: the bytes are given back, but for those of
// giants, and items are made of copies.
func (b batch) read(ctx context.Context) ([]Item, stream) {
	items := make([]Item, 0, len(b.rows))
	var text []byte // of one row after the other
	for _, r := range b.rows {
		if ctx.Err() != nil {
			break
		}
		src := b.src
		src.Index, src.Offset, src.Length = r.index, b.src.Offset+b.at+int64(r.from), int64(r.to-r.from)
		var it Item
		if r.broken != "" {
			it = refusal(src, model.Unread, r.broken)
		} else {
			it, text = b.layout.item(text[:0], b.bytes[r.from:r.to], b.cells[r.cells:r.cells+b.layout.columns], src)
		}
		if it.Refusal != nil {
			it.Refusal.Line = r.line
		}
		items = append(items, it)
	}
	if cap(b.bytes) <= 2*batchBytes {
		select {
		case b.free <- b.bytes[:0]:
		default: // there are enough
		}
	}
	return items, nil
}

// item makes the message of a row: its envelope, a line end, its body. It uses
// the room for the text and gives it back, for the next row.
func (l *layout) item(room, row []byte, cells []cell, src model.Source) (it Item, text []byte) {
	text = slices.Grow(room, len(row))
	for _, kind := range [...]column{envelopeColumn, bodyColumn} {
		i := l.at[kind]
		if i < 0 || cells[i].from == cells[i].to {
			continue
		}
		if len(text) > 0 {
			text = append(text, '\n')
		}
		text = l.text(text, row, cells[i])
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return refusal(src, model.NotCable, saysEmpty), text
	}
	m := parser.Message{Source: src, Metadata: l.metadata(row, cells)}
	m.Text, m.Source.Charset = decode(text)
	m.Source.Format, m.Source.SHA256, m.Source.Bytes = CablesCSV, sumOf(text), len(row)
	return Item{Message: m}, text
}

// again reads one row of a table once more. r stands at the table's start.
func (l *layout) again(r io.Reader, from model.Source, most int64) ([]byte, Item, error) {
	row, err := stretchOf(r, from, most)
	if err != nil {
		return nil, Item{}, err
	}
	cells, n, _ := l.cut(row, true, nil)
	if n != len(row) || len(cells) != l.columns {
		return nil, Item{}, ErrChanged
	}
	it, _ := l.item(nil, row, cells, from)
	return row, it, nil
}
