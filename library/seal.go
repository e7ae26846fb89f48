package library

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
)

// An index at rest is sealed: a file beside the databases says how large each
// is, when it was changed last, and its checksum. Whoever opens it compares the
// first two, which costs nothing, and the checksum only when they differ. So
// what another program did to it is noticed, where the database itself might
// give wrong rows. While an index is being written it has no seal.
//
// The snapshot of what is held in memory is sealed along with the databases; it
// is read only while they all are as they were left.
//
// What turns out damaged later, while it is searched, leaves the mark: the next
// opening builds the index again.
const (
	sealFile = "seal.json"
	markFile = "damaged"
)

type sealing struct {
	Size int64  `json:"size"`
	Time int64  `json:"time"` // nanoseconds
	Sum  uint32 `json:"sum"`
}

func stampOf(file string) (s sealing, err error) {
	st, err := os.Stat(file)
	if err != nil {
		return s, err
	}
	return sealing{Size: st.Size(), Time: st.ModTime().UnixNano()}, nil
}

func checksum(ctx context.Context, file string) (uint32, error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	for ctx.Err() == nil {
		if _, err := io.CopyN(sum, f, 16<<20); err != nil {
			if errors.Is(err, io.EOF) {
				return sum.Sum32(), nil
			}
			return 0, err
		}
	}
	return 0, ctx.Err()
}

func sealed(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, sealFile))
	return err == nil
}

func breakSeal(dir string) { _ = os.Remove(filepath.Join(dir, sealFile)) }

// seal puts all that was written into the databases themselves and seals them.
// While another process reads, that may not be possible: then they stay
// without, until they are opened again.
func seal(ctx context.Context, dir string, shards []*shard) error {
	seals := make([]sealing, len(shards), len(shards)+1)
	for i, s := range shards {
		whole, err := s.settle(ctx)
		if err != nil || !whole {
			return err
		}
		if seals[i], err = stampOf(shardFile(dir, i)); err != nil {
			return err
		}
		if seals[i].Sum, err = checksum(ctx, shardFile(dir, i)); err != nil {
			return err
		}
	}
	if snap, err := stampOf(filepath.Join(dir, snapshotFile)); err == nil {
		seals = append(seals, snap)
	}
	b, err := json.Marshal(seals)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, sealFile)
	if err := os.WriteFile(file+".new", append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

// checkSeal says whether an index is as it was left: errDamaged if not.
func checkSeal(ctx context.Context, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, markFile)); err == nil {
		return errDamaged
	}
	seals, err := readSeal(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil || len(seals) < shardCount {
		return errDamaged
	}
	for i, want := range seals[:shardCount] {
		got, err := stampOf(shardFile(dir, i))
		if err != nil || got.Size != want.Size {
			return errDamaged
		}
		if got.Time == want.Time {
			continue
		}
		if got.Sum, err = checksum(ctx, shardFile(dir, i)); err != nil {
			return err
		}
		if got.Sum != want.Sum {
			return errDamaged
		}
	}
	return nil
}

func readSeal(dir string) (seals []sealing, err error) {
	b, err := os.ReadFile(filepath.Join(dir, sealFile))
	if err == nil {
		err = json.Unmarshal(b, &seals)
	}
	return seals, err
}

// openSnapshot opens the snapshot of an index that is as it was sealed, and
// tells its size; nil when there is none.
func openSnapshot(dir string) (*os.File, int64) {
	seals, err := readSeal(dir)
	if err != nil || len(seals) != shardCount+1 {
		return nil, 0
	}
	for i, want := range seals {
		file := filepath.Join(dir, snapshotFile)
		if i < shardCount {
			file = shardFile(dir, i)
		}
		if got, err := stampOf(file); err != nil || got.Size != want.Size || got.Time != want.Time {
			return nil, 0
		}
	}
	f, err := os.Open(filepath.Join(dir, snapshotFile))
	if err != nil {
		return nil, 0
	}
	return f, seals[shardCount].Size
}

// spoilt marks the index to be built again at the next opening if err says that
// it is damaged, and gives err back.
func (l *Library) spoilt(err error) error {
	if errors.Is(err, errDamaged) {
		l.mu.Lock()
		dir := l.dir
		l.mu.Unlock()
		if dir != "" {
			_ = os.WriteFile(filepath.Join(dir, markFile), nil, 0o600)
		}
	}
	return err
}

// together says whether shards are of one index: when they are made they are
// given the same mark. One that was lost and made anew has another.
func together(ctx context.Context, shards []*shard) error {
	const key = "index"
	made := false
	var mark []byte
	for i, s := range shards {
		m, err := s.meta(ctx, key)
		if err != nil {
			return err
		}
		if i > 0 && !bytes.Equal(m, mark) {
			return errDamaged
		}
		mark, made = m, len(m) == 0
	}
	if !made {
		return nil
	}
	mark = []byte(rand.Text())
	for _, s := range shards {
		if err := s.setMeta(ctx, key, mark); err != nil {
			return err
		}
	}
	return nil
}

// madeBy says whether this version of the program made an index: another may
// read cables otherwise. One whose source is gone is better than none.
func (l *Library) madeBy(ctx context.Context, s *shard, gone string) error {
	const key = "program"
	mine := l.o.program()
	made, err := s.meta(ctx, key)
	switch {
	case err != nil:
		return err
	case len(made) == 0:
		return s.setMeta(ctx, key, []byte(mine))
	case string(made) != mine && gone == "":
		return errOther
	}
	return nil
}

// program is the version of the program, "-" where it has none.
func (o *Options) program() string {
	mine := o.hooks.program
	if info, ok := debug.ReadBuildInfo(); ok && mine == "" {
		mine = info.Main.Version
	}
	return cmp.Or(mine, "-")
}
