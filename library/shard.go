package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// The index of a collection is cut into shards, each a database of its own
// that holds whole batches: their rows, their texts, and the full text of
// them. So each is written by one goroutine and searched by one, and two cores
// build the index in half the time. What is in a shard is there whole or not
// at all: a batch is one transaction.
//
//	batch 0 ─► shard 0: heads, facts, places, bodies, words
//	batch 1 ─► shard 1
//	batch 2 ─► shard 0 ...
const shardCount = 2

// schema is raised when what is stored changes; an index with another one is
// built again.
const schema = 6

// The full text has no copy of what it indexes (content=”): texts are stored
// compressed beside it. Its words are already in the form in which they are
// compared, so the plainest tokenizer does. text stands before subject, which
// makes the index a fifth smaller (measured in engine.md).
const shardSchema = `
CREATE TABLE meta(k TEXT PRIMARY KEY, v BLOB) WITHOUT ROWID;
CREATE TABLE batch(seq INTEGER PRIMARY KEY, first INTEGER, n INTEGER, run INTEGER, heads BLOB, facts BLOB, places BLOB);
CREATE TABLE chunk(first INTEGER PRIMARY KEY, n INTEGER, z BLOB);
CREATE VIRTUAL TABLE words USING fts5(text, subject, content='', tokenize='ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');
`

// shard is one of them. One connection writes; a few read beside it.
type shard struct {
	write, read *sql.DB
	chunks      chunks
	spare       sync.Pool // of *placed
}

// maxBody is how large a stored cable may become: what a text may be, and its
// wrapper's words.
const maxBody = 64 << 20

// openShard opens the database at file, or makes it; "" keeps it in memory.
// A database with another schema, or that is none, is errDamaged.
func openShard(ctx context.Context, file string, writing bool) (*shard, error) {
	s := &shard{}
	var err error
	if file == "" {
		if s.write, err = sql.Open("sqlite", "file::memory:?_pragma=page_size(16384)"); err != nil {
			return nil, err
		}
		s.write.SetMaxOpenConns(1)
		s.write.SetConnMaxLifetime(0)
		s.read = s.write
		if err := s.prepare(ctx); err != nil {
			return nil, errors.Join(err, s.close())
		}
		return s, nil
	}
	if writing {
		// Without a sync after each batch a crash of the machine, not of the
		// program, may damage the index; it is then built again.
		s.write, err = sql.Open("sqlite", uri(file, "rwc", "page_size(16384)", "journal_mode(wal)", "synchronous(off)", "cache_size(-16384)", "busy_timeout(5000)", "wal_autocheckpoint(4096)"))
		if err != nil {
			return nil, err
		}
		s.write.SetMaxOpenConns(1)
		if err := s.prepare(ctx); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	if s.read, err = sql.Open("sqlite", uri(file, "ro", "cache_size(-8192)", "busy_timeout(5000)", "query_only(1)")); err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.read.SetMaxOpenConns(3)
	s.read.SetMaxIdleConns(3)
	if !writing {
		if err := s.check(ctx, s.read); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

func uri(file, mode string, pragmas ...string) string {
	u := url.URL{Scheme: "file", Opaque: url.PathEscape(file)}
	return strings.ReplaceAll(u.String(), "%2F", "/") + "?" + url.Values{"mode": {mode}, "_pragma": pragmas}.Encode()
}

// prepare makes the tables, where there are none.
func (s *shard) prepare(ctx context.Context) error {
	var version int
	if err := s.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return damage(err)
	}
	if version == 0 {
		_, err := s.write.ExecContext(ctx, "BEGIN;"+shardSchema+fmt.Sprintf("PRAGMA user_version=%d;COMMIT", schema))
		return damage(err)
	}
	return s.check(ctx, s.write)
}

// check says whether the database is one of ours.
func (s *shard) check(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return damage(err)
	}
	if version != schema {
		return errOther
	}
	return nil
}

// errWorn says that most of what an index holds is not in the collection any
// more: building it again is cheaper than carrying that along.
var errWorn = errors.New("most of what was indexed has changed since")

// errOther says that an index was made by another version of the program.
var errOther = errors.New("the index was made by another version of chancery")

// damage says of an error of the database that it is damaged, if that is what
// it says.
func damage(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	for _, sign := range []string{"malformed", "not a database", "disk image", "corrupt", "no such table", "no such column", "file is encrypted", "Scan error"} {
		if strings.Contains(err.Error(), sign) {
			return fmt.Errorf("%w (%w)", errDamaged, err)
		}
	}
	return err
}

func (s *shard) close() error {
	var errs []error
	if s.read != nil && s.read != s.write {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	return errors.Join(errs...)
}

// stored is a batch as it is written.
type stored struct {
	batch
	heads, facts, places []byte
	bodies               [][]byte // of each row, "" where none is kept
	words                []wording
}

// press is what batches are brought into the form of a shard with. It is used
// again for each, and let go with who writes: its room is that of a batch.
type press struct {
	chunker
	inverter
	keys *Keys // to whom writing gives way
}

// put writes a batch, whole or not at all.
func (s *shard) put(ctx context.Context, b *stored, with *press) error {
	with.keys.begin()
	defer with.keys.end()
	keys := s.within(with.keys)
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return damage(err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to take back
	if _, err := tx.ExecContext(ctx, "INSERT INTO batch VALUES(?,?,?,?,?,?,?)", b.seq, b.first, len(b.words), b.run, b.heads, b.facts, b.places); err != nil {
		return damage(err)
	}
	if err := putBodies(ctx, tx, b, &with.chunker, keys); err != nil {
		return damage(err)
	}
	if err := putWords(ctx, tx, b, &with.inverter, keys); err != nil {
		return damage(err)
	}
	return damage(tx.Commit())
}

// within gives those for whose keys a transaction is held up: nobody where they
// would wait for its end, because the shard has one connection for all.
func (s *shard) within(keys *Keys) *Keys {
	if s.read == s.write {
		return nil
	}
	return keys
}

func putWords(ctx context.Context, tx *sql.Tx, b *stored, v *inverter, keys *Keys) error {
	v.start()
	for i := range b.words {
		keys.giveWay()
		v.add(b.first+i, &b.words[i])
	}
	f, err := openFulltext(ctx, tx, keys)
	if err != nil {
		return err
	}
	if err := f.add(v); err != nil {
		return err
	}
	return f.close()
}

func putBodies(ctx context.Context, tx *sql.Tx, b *stored, k *chunker, keys *Keys) error {
	put, err := tx.PrepareContext(ctx, "INSERT INTO chunk VALUES(?,?,?)")
	if err != nil {
		return err
	}
	defer put.Close()
	return k.each(b.first, b.bodies, func(first, n int, z []byte) error {
		keys.giveWay()
		_, err := put.ExecContext(ctx, first, n, z)
		return err
	})
}

// tidy merges the full text into one piece, which makes searches faster.
func (s *shard) tidy(ctx context.Context, keys *Keys) error {
	keys.begin()
	defer keys.end()
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return damage(err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to take back
	f, err := openFulltext(ctx, tx, s.within(keys))
	if err != nil {
		return damage(err)
	}
	if err := f.tidy(); err != nil {
		return damage(err)
	}
	return damage(tx.Commit())
}

// settle puts all that was written into the file itself; false when somebody
// else who reads it stands in the way.
func (s *shard) settle(ctx context.Context) (whole bool, err error) {
	var busy, frames, moved int
	err = s.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	return busy == 0 && frames <= 0, damage(err)
}

func (s *shard) meta(ctx context.Context, k string) ([]byte, error) {
	var v []byte
	err := s.read.QueryRowContext(ctx, "SELECT v FROM meta WHERE k=?", k).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return v, damage(err)
}

func (s *shard) setMeta(ctx context.Context, k string, v []byte) error {
	_, err := s.write.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES(?,?)", k, v)
	return damage(err)
}
