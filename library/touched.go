package library

import (
	"crypto/sha256"
	"io"
	"io/fs"
	"os"
)

// touched says whether a file that is of another time than it was read at has
// the same bytes all the same: it was copied back, unpacked again, checked out.
// That can be told of a file that is one message and no more, for the hash of a
// message is kept. It is then noted to have been read at its new time, and its
// cable stays what it is.
func (in *intake) touched(path string, info fs.FileInfo) bool {
	was, known := in.sumOf(path, info)
	if !known {
		return false
	}
	now, err := sumOfFile(path, info.Size())
	if err != nil || now != was {
		return false
	}
	in.l.mu.Lock()
	defer in.l.mu.Unlock()
	files := &in.l.held.files
	in.coming = append(in.coming, found{id: files.id(files.nameOf(path)), path: path, size: info.Size(), time: info.ModTime().UnixNano()})
	return true
}

// sumOf gives the hash of all bytes of a file as it was read, if it can be that
// of the file still: it was one cable and nothing else, and as long.
func (in *intake) sumOf(path string, info fs.FileInfo) (sum, bool) {
	in.l.mu.Lock()
	defer in.l.mu.Unlock()
	h := &in.l.held
	id := h.files.id(h.files.nameOf(path))
	f := &h.files.list[id]
	row, held := in.only[id]
	if !held || row == several || !f.whole || f.gone || f.piped || f.size != info.Size() || len(f.refused) > 0 {
		return sum{}, false
	}
	r := &h.rows[row]
	if r.dead || r.entry != "" || int64(r.size) != f.size {
		return sum{}, false
	}
	return in.sums[row], true
}

// sumOfFile hashes a file of so many bytes.
func sumOfFile(path string, size int64) (s sum, err error) {
	f, err := os.Open(path)
	if err != nil {
		return s, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, io.LimitReader(f, size+1)); err != nil { // one that grows is another
		return s, err
	}
	copy(s[:], h.Sum(nil))
	return s, nil
}
