package library

import (
	"cmp"
	"strings"
	"time"

	"chancery/model"
)

// row is a cable as the collection keeps it in memory: what the list shows
// and is sorted by, and what is one value a cable, in about a hundred bytes.
// What repeats is a number; the table says of what. Everything of which a cable
// may have several is in a column of its own.
type row struct {
	id, subject string
	entry       string // of its file, "" where that is the cable itself
	date        int64  // seconds since 1970; noTime when it is not known
	from        uint32 // number of the sender in short
	mark        uint32 // number of what the list shows as its marking
	class       uint32 // number of the marking of its own line
	file        uint32
	ord         uint32 // which item of its file, from 0
	words       uint32
	size        uint32 // bytes of the message in its source
	declas      int32  // day, since 1970; noDay when there is none
	problems    uint32
	traits      traits
	high        model.Level
	dead        bool // its source has changed or gone: it is in no list
	sum         sum
}

// head is what a message brings of a row, and what is stored of it: everything
// by name.
type head struct {
	model.Entry // but its key and its path
	name        fileName
	entry       string
	class       model.Marking
	high        model.Level
	traits      traits
	ord         uint32
	words       uint32
	size        uint32
	declas      int32
	sum         sum
}

// noDay is the day of a date that is not known, noTime the second.
const (
	noDay  = -1 << 31
	noTime = -1 << 62
)

func dayOf(t time.Time) int32 {
	if t.IsZero() {
		return noDay
	}
	return int32(t.Unix() / (24 * 60 * 60)) // dates are of midnight, UTC; none is before 1970 by less than a day
}

func secondOf(t time.Time) int64 {
	if t.IsZero() {
		return noTime
	}
	return t.Unix()
}

func (r *row) time() time.Time {
	if r.date == noTime {
		return time.Time{}
	}
	return time.Unix(r.date, 0).UTC()
}

func (r *row) declasDate() time.Time {
	if r.declas == noDay {
		return time.Time{}
	}
	return time.Unix(int64(r.declas)*24*60*60, 0).UTC()
}

// table is rows with what their numbers stand for. A copy of it is a view that
// does not change: to each list things are only added.
type table struct {
	rows  []row
	names []string        // of senders
	marks []model.Marking // of markings
	paths []string        // of files
}

func (t *table) path(r *row) string {
	p := t.paths[r.file]
	if r.entry != "" {
		p += "/" + r.entry
	}
	return p
}

// show gives what a list shows of a row.
func (t *table) show(i int) model.Entry {
	r := &t.rows[i]
	return model.Entry{
		Key: model.Key(i + 1), ID: r.id, Date: r.time(), Mark: t.marks[r.mark], From: t.names[r.from], Subject: r.subject,
		Path: t.path(r), Problems: int(r.problems), Copy: r.traits&isCopy != 0, Sum: r.sum.String(),
	}
}

// comparePlaces orders rows by where they were read.
func (t *table) comparePlaces(a, b *row) int {
	if a.file == b.file {
		return cmp.Or(strings.Compare(a.entry, b.entry), cmp.Compare(a.ord, b.ord))
	}
	return cmp.Or(strings.Compare(t.path(a), t.path(b)), cmp.Compare(a.ord, b.ord))
}
