package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// The full text is read here from the tables in which FTS5 keeps its lists: to
// step through the rows of a common word by SQL costs many times what the list
// itself does, and SQL gives no places.
//
//	words_data id 10 ─► the segments: id, first and last page of each
//	words_idx        ─► for each page of a segment the term it begins with, or one between that and the last before
//	words_data id segment<<37 + page ─► a page:
//	    2 bytes, not used here; 2 bytes: where the content ends
//	    content: the rest of the list of the page before; term, list; term, list ...
//	    after it: where the terms of this page begin
//	list of a term: row, twice the size of its places, places; row ...
//
// A row is written as its distance from the one before; the first of a list and
// the first of a page as it is. The words of a cable may be in several segments,
// while these are being merged; one word of it is in one.

// readSegments reads which pieces there are.
func readSegments(ctx context.Context, tx *sql.Tx) (all []segment, err error) {
	var b []byte
	if err := tx.QueryRowContext(ctx, "SELECT block FROM words_data WHERE id=?", structureID).Scan(&b); err != nil {
		return nil, damage(err)
	}
	s, err := parseSegments(b)
	for _, level := range s.levels {
		all = append(all, level...)
	}
	return all, err
}

// mainIndex stands before each term: other indexes, of prefixes, are not made.
const mainIndex = '0'

// listReader reads the numbers of FTS5: seven bits a byte, the high ones first.
type listReader struct {
	b   []byte
	bad bool
}

func (u *listReader) number() uint64 {
	if len(u.b) > 0 && u.b[0] < 0x80 {
		n := u.b[0]
		u.b = u.b[1:]
		return uint64(n)
	}
	return u.long()
}

func (u *listReader) long() uint64 {
	n, size, ok := getVarint(u.b)
	if !ok {
		u.b, u.bad = nil, true
		return 0
	}
	u.b = u.b[size:]
	return n
}

// what says what is to be done with a term.
type what int

const (
	pass what = iota
	read
	stop
)

// pages goes through the terms of a segment, from the page on which the term
// from would stand, in order; of those that decide takes, found is given the
// rows and places.
func (g segment) pages(ctx context.Context, tx *sql.Tx, from string, decide func(term []byte) what, found func(key int, places []byte)) error {
	var page int
	err := tx.QueryRowContext(ctx, "SELECT pgno>>1 FROM words_idx WHERE segid=? AND term<=? ORDER BY term DESC LIMIT 1", g.id, append([]byte{mainIndex}, from...)).Scan(&page)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return damage(err)
	}
	rows, err := tx.QueryContext(ctx, "SELECT block FROM words_data WHERE id BETWEEN ? AND ? ORDER BY id", int64(g.id)<<segmentShift+int64(max(page, g.first)), int64(g.id)<<segmentShift+int64(g.last))
	if err != nil {
		return damage(err)
	}
	defer rows.Close()
	p := pageReader{decide: decide, list: list{found: found}}
	var b sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&b); err != nil {
			return damage(err)
		}
		more, ok := p.page(b)
		if !ok {
			return fmt.Errorf("%w (full text, segment %d)", errDamaged, g.id)
		}
		if !more {
			return nil
		}
	}
	return damage(rows.Err())
}

// pageReader reads page after page.
type pageReader struct {
	decide func(term []byte) what
	term   []byte
	what   what // is done with the term at hand
	list   list
}

// page reads one; more is false when no other is wanted.
func (p *pageReader) page(b []byte) (more, ok bool) {
	end, err := leafEnd(b)
	if err != nil {
		return false, false
	}
	at := listReader{b: b[end:]}
	from, next := leafHead, end
	if len(at.b) > 0 {
		next = int(at.number())
	}
	if next < from || next > end {
		return false, false
	}
	p.list.fresh = true
	if p.what == read && !p.list.read(b[from:next]) {
		return false, false
	}
	for first := true; next < end; first = false {
		from, next = next, end
		if len(at.b) > 0 {
			next = from + int(at.number())
		}
		if next <= from || next > end || at.bad {
			return false, false
		}
		u := listReader{b: b[from:next]}
		kept := 0
		if !first {
			kept = int(u.number())
		}
		size := int(u.number())
		if u.bad || kept < 0 || kept > len(p.term) || size < 0 || size > len(u.b) || p.what == read && p.list.size > 0 {
			return false, false
		}
		p.term = append(p.term[:kept], u.b[:size]...)
		if len(p.term) == 0 || p.term[0] != mainIndex {
			return false, len(p.term) > 0
		}
		if p.what = p.decide(p.term[1:]); p.what == stop {
			return false, true
		}
		p.list = list{found: p.list.found, fresh: true, part: p.list.part[:0]}
		if p.what == read && !p.list.read(u.b[size:]) {
			return false, false
		}
	}
	return true, true
}

// list reads the rows of a term, piece by piece as they stand on the pages.
type list struct {
	found func(key int, places []byte)
	key   uint64
	fresh bool // the next row is written as it is
	begun bool // a row was read and its size was not
	size  int  // so many bytes of its places are still to come
	part  []byte
}

func (l *list) read(b []byte) bool {
	u := listReader{b: b}
	for len(u.b) > 0 {
		if l.size > 0 { // its places begin on the page before
			n := min(l.size, len(u.b))
			l.part = append(l.part, u.b[:n]...)
			u.b, l.size = u.b[n:], l.size-n
			if l.size == 0 {
				l.found(int(l.key), l.part)
			}
			continue
		}
		if !l.begun && !l.fresh {
			if u.b = l.near(u.b); len(u.b) == 0 {
				break
			}
		}
		if !l.begun {
			n := u.number()
			if l.fresh {
				l.key, l.fresh = 0, false
			}
			l.key += n
			l.begun = true
			if len(u.b) == 0 {
				break
			}
		}
		size := u.number()
		l.begun = false
		if u.bad || size&1 != 0 || size>>1 > 1<<30 || l.key > 1<<31 { // a row that is forgotten: none ever is
			return false
		}
		if n := int(size >> 1); n <= len(u.b) {
			l.found(int(l.key), u.b[:n])
			u.b = u.b[n:]
		} else {
			l.part, l.size = append(l.part[:0], u.b...), n-len(u.b)
			u.b = nil
		}
	}
	return !u.bad
}

// near reads rows that stand here whole and not far from each other, which
// nearly all of a common word do, and gives what is left.
func (l *list) near(b []byte) []byte {
	key, found := l.key, l.found
	for len(b) > 2 && b[0] < 0x80 {
		size, from := int(b[1]), 2
		if size >= 0x80 {
			if b[2] >= 0x80 {
				break
			}
			size, from = size&0x7f<<7|int(b[2]), 3
		}
		end := from + size>>1
		if size&1 != 0 || end > len(b) || key > 1<<30 {
			break
		}
		key += uint64(b[0])
		found(int(key), b[from:end])
		b = b[end:]
	}
	l.key = key
	return b
}
