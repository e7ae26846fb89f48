package library

import (
	"cmp"
	"context"
	"encoding/hex"

	"chancery/model"
)

// past is what a reading must know of what was read before: which cables of a
// file that was read in part are there, and which bytes. It is found out when
// the first file has to be read, which most openings never come to.
type past struct {
	sums   []sum // of each row
	firsts map[sum]uint32
	files  map[fileSum]bool // when there was a reading before
	only   map[uint32]int   // of each file its row, when it has one alone; else several
}

// several stands for the rows of a file that has more than one.
const several = -1

// sum tells the bytes of messages apart.
type sum [16]byte

// String writes it as hexadecimal digits; "" when it is not known.
func (s sum) String() string {
	if s == (sum{}) {
		return ""
	}
	return hex.EncodeToString(s[:])
}

type fileSum struct {
	file uint32
	sum  sum
}

func sumOf(sha256 string) (s sum) {
	_, _ = hex.Decode(s[:], []byte(sha256[:min(2*len(s), len(sha256))]))
	return s
}

// prepare gets ready to read.
func (in *intake) prepare(ctx context.Context) error {
	if err := in.learn(ctx); err != nil {
		return err
	}
	l := in.l
	l.mu.Lock()
	defer l.mu.Unlock()
	in.unsaved = true
	in.seq, in.run = l.held.next, l.held.run
	if l.held.done || in.run == 0 { // what was stopped is gone on with
		in.run++
	}
	l.held.reading(in.run)
	return nil
}

// learn finds out what of each file is in the index already.
func (in *intake) learn(ctx context.Context) error {
	l := in.l
	l.mu.Lock()
	batches, shards, n := l.held.batches, l.held.shards, len(l.held.rows)
	l.mu.Unlock()
	in.rec.known = map[string]map[uint64]bool{}
	in.past = past{make([]sum, n), map[sum]uint32{}, map[fileSum]bool{}, map[uint32]int{}}
	for _, b := range batches {
		u, err := shards[b.shard].pack(ctx, "places", b)
		if err != nil {
			return err
		}
		l.mu.Lock()
		for i := range b.n {
			from := u.place()
			in.remember(uint32(b.first-1+i), &from)
		}
		l.mu.Unlock()
		if u.bad {
			return errDamaged
		}
	}
	return nil
}

// remember notes a cable that is in the index: its hash, and its place if its
// file was not read to the end. The lock is held.
func (in *intake) remember(i uint32, from *model.Source) {
	h := &in.l.held
	r := &h.rows[i]
	if r.dead {
		return
	}
	s := sumOf(from.SHA256)
	in.sums[i] = s
	in.files[fileSum{r.file, s}] = true
	if _, more := in.only[r.file]; more {
		in.only[r.file] = several
	} else {
		in.only[r.file] = int(i)
	}
	in.meet(i, s)
	f := &h.files.list[r.file]
	if f.whole {
		return
	}
	from.Entry = r.entry
	if in.rec.known[f.path] == nil {
		in.rec.known[f.path] = map[uint64]bool{}
	}
	in.rec.known[f.path][identity(from)] = true
}

// had says whether a file had a cable of these bytes before.
func (in *intake) had(file uint32, sha256 string) bool {
	return in.files[fileSum{file, sumOf(sha256)}]
}

// copied notes a new row and says whether it has the bytes of another that was
// met. In the end the first by path and place is the original, in whatever
// order they came: see markCopies.
func (in *intake) copied(i uint32, sha256 string) bool {
	s := sumOf(sha256)
	for uint32(len(in.sums)) <= i {
		in.sums = append(in.sums, sum{})
	}
	in.sums[i] = s
	return in.meet(i, s)
}

// meet gives whether the first row with these bytes that lives is another.
func (in *intake) meet(i uint32, s sum) bool {
	h := &in.l.held
	j, known := in.firsts[s]
	if known && !h.rows[j].dead && int(j) >= h.stale[h.rows[j].file] && h.before(j, i) {
		return true
	}
	in.firsts[s] = i
	return false
}

// before says which of two rows with the same bytes is the original.
func (h *held) before(i, j uint32) bool {
	t := h.table()
	return cmp.Or(t.comparePlaces(&t.rows[i], &t.rows[j]), cmp.Compare(i, j)) < 0
}

// markCopies says which rows are copies, now that all are known. The lock is
// held.
func (in *intake) markCopies() {
	h := &in.l.held
	first := make(map[sum]uint32, len(in.sums))
	copies := map[uint32]bool{}
	for k, s := range in.sums {
		i := uint32(k)
		if s == (sum{}) || h.rows[i].dead {
			continue
		}
		j, known := first[s]
		switch {
		case !known:
			first[s] = i
		case h.before(j, i):
			copies[i] = true
		default:
			first[s], copies[j] = i, true
		}
	}
	h.setCopies(copies)
}

func (r *row) setCopy(yes bool) {
	r.traits &^= isCopy
	if yes {
		r.traits |= isCopy
	}
}
