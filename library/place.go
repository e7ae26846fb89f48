package library

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// An index is a folder below the cache, named after what it indexes: a file by
// its content, so that it is known again where it was moved to, a folder by its
// place, so that what changes in it is read again and nothing else.
//
//	chancery/index-3f7ac01b9d5e2f44/   where.json  0.db 1.db  rows.bin  seal.json  lock.db

const (
	indexPrefix = "index-"
	whereFile   = "where.json"
	lockFile    = "lock.db"
)

// where is what a folder of an index says of itself, for lists of indexes and
// for finding it again when its sources are gone.
type where struct {
	Name  string   `json:"name"`
	Paths []string `json:"paths"` // absolute
}

// indexDir names the folder of the index of paths, and the first path that is
// not there: then it is looked for in the indexes that there are.
func indexDir(cache string, paths []string) (dir, gone string) {
	h := sha256.New()
	for _, p := range paths {
		st, err := os.Stat(p)
		switch {
		case err != nil:
			return indexOf(cache, paths), p
		case st.IsDir():
			abs, _ := filepath.Abs(p)
			fmt.Fprintf(h, "folder %s\n", abs)
		default:
			fmt.Fprintf(h, "file %d %s\n", st.Size(), fingerprint(p, st.Size()))
		}
	}
	return filepath.Join(cache, indexPrefix+hex.EncodeToString(h.Sum(nil)[:8])), ""
}

// fingerprint is a hash of the beginning, the middle and the end of a file:
// hashing all of a large one would take as long as reading it.
func fingerprint(path string, size int64) string {
	const piece = 64 << 10
	f, err := os.Open(path)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	h := sha256.New()
	for _, at := range [...]int64{0, size/2 - piece/2, size - piece} {
		_, _ = io.Copy(h, io.NewSectionReader(f, max(0, at), piece))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// indexOf finds the index that was made of paths; "" when there is none.
func indexOf(cache string, paths []string) string {
	want := absolutes(paths)
	for _, dir := range indexes(cache) {
		if w, err := readWhere(dir); err == nil && strings.Join(w.Paths, "\x00") == strings.Join(want, "\x00") {
			return dir
		}
	}
	return ""
}

func absolutes(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = p
		if abs, err := filepath.Abs(p); err == nil {
			out[i] = abs
		}
	}
	return out
}

// indexes lists the folders of indexes.
func indexes(cache string) []string {
	dirs, _ := filepath.Glob(filepath.Join(cache, indexPrefix+"*", whereFile))
	for i := range dirs {
		dirs[i] = filepath.Dir(dirs[i])
	}
	return dirs
}

func readWhere(dir string) (w where, err error) {
	b, err := os.ReadFile(filepath.Join(dir, whereFile))
	if err != nil {
		return w, err
	}
	return w, json.Unmarshal(b, &w)
}

// settleIn makes the folder of an index. Only the user may look into it: what
// somebody reads is nobody else's business. Indexes of the same file in an
// earlier state are taken away.
func (l *Library) settleIn(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	w := where{l.o.Name, absolutes(l.o.Paths)}
	b, err := json.Marshal(w)
	if err != nil {
		return err
	}
	if old, err := readWhere(dir); err == nil && old.Name == w.Name && strings.Join(old.Paths, "\x00") == strings.Join(w.Paths, "\x00") {
		return nil
	}
	for _, other := range indexes(l.o.Cache) {
		if o, err := readWhere(other); err == nil && other != dir && strings.Join(o.Paths, "\x00") == strings.Join(w.Paths, "\x00") {
			_ = dropIndex(context.Background(), other) // one that is in use stays
		}
	}
	return os.WriteFile(filepath.Join(dir, whereFile), append(b, '\n'), 0o600)
}

// lock is held by the one process that writes an index. It is a transaction of
// a database of its own, so it ends with the process, however that ends.
type lock struct {
	db *sql.DB
	tx *sql.Conn
}

// errLocked says that another process holds the lock.
var errLocked = errors.New("another chancery is reading this collection")

func takeLock(ctx context.Context, dir string) (*lock, error) {
	k, err := tryLock(ctx, dir)
	if errors.Is(err, errDamaged) { // it holds nothing: emptied in place it is the same file to all
		if err = os.Truncate(filepath.Join(dir, lockFile), 0); err == nil {
			k, err = tryLock(ctx, dir)
		}
	}
	return k, err
}

func tryLock(ctx context.Context, dir string) (*lock, error) {
	db, err := sql.Open("sqlite", uri(filepath.Join(dir, lockFile), "rwc", "busy_timeout(0)", "journal_mode(memory)"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	c, err := db.Conn(ctx)
	if err == nil {
		_, err = c.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	if err != nil {
		_ = db.Close()
		if s := err.Error(); strings.Contains(s, "locked") || strings.Contains(s, "busy") {
			return nil, errLocked
		}
		return nil, damage(err)
	}
	return &lock{db, c}, nil
}

func (k *lock) release() {
	_ = k.tx.Close()
	_ = k.db.Close()
}

// dropIndex takes an index away, unless somebody is writing it.
func dropIndex(ctx context.Context, dir string) error {
	k, err := takeLock(ctx, dir)
	if errors.Is(err, errLocked) {
		return err
	}
	if err == nil {
		err = removeShards(dir) // while nobody can begin to write it
		k.release()
		if err != nil {
			return err
		}
	}
	return os.RemoveAll(dir)
}

// removeShards takes the databases of an index away, to build them again. The
// mark that it is damaged goes last.
func removeShards(dir string) error {
	files := []string{filepath.Join(dir, sealFile), filepath.Join(dir, snapshotFile)}
	for i := range shardCount {
		for _, tail := range [...]string{"", "-wal", "-shm", "-journal"} {
			files = append(files, shardFile(dir, i)+tail)
		}
	}
	for _, f := range append(files, filepath.Join(dir, markFile)) {
		if err := os.RemoveAll(f); err != nil {
			return err
		}
	}
	return nil
}

func shardFile(dir string, i int) string { return filepath.Join(dir, fmt.Sprintf("%d.db", i)) }
