package library

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"chancery/model"
)

// Index is an index that is kept in the cache, as lists of them show it.
type Index struct {
	Dir    string // its folder
	Name   string // of the collection
	Paths  []string
	Cables int
	Size   int64     // on disk, bytes
	Read   time.Time // when the sources were read whole last; zero: never, or not known
	Wrong  string    // why it could not be looked into, "" when it could
}

// Indexes lists the indexes of a cache folder, by name.
func Indexes(ctx context.Context, cache string) []Index {
	var all []Index
	for _, dir := range indexes(cache) {
		if x, err := readIndex(ctx, dir); err == nil {
			all = append(all, x)
		}
	}
	slices.SortFunc(all, func(a, b Index) int {
		if a.Name != b.Name {
			return strings.Compare(a.Name, b.Name)
		}
		return slices.Compare(a.Paths, b.Paths)
	})
	return all
}

// IndexOf finds the index of a collection, whether its sources are there or
// not.
func IndexOf(ctx context.Context, cache string, paths []string) (Index, bool) {
	if cache == "" || len(paths) == 0 {
		return Index{}, false
	}
	dir, _ := indexDir(cache, paths)
	if dir == "" {
		return Index{}, false
	}
	x, err := readIndex(ctx, dir)
	return x, err == nil
}

func readIndex(ctx context.Context, dir string) (Index, error) {
	w, err := readWhere(dir)
	if err != nil {
		return Index{}, err
	}
	x := Index{Dir: dir, Name: w.Name, Paths: w.Paths}
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		if info, err := f.Info(); err == nil && info.Mode().IsRegular() {
			x.Size += info.Size()
		}
	}
	r, err := peek(ctx, dir, loadRemarks)
	if err != nil {
		x.Wrong = plainWords(err)
		return x, nil
	}
	x.Cables = r.Cables
	x.Read, _ = time.Parse(time.RFC3339, r.Read)
	return x, nil
}

// peek reads something of the first shard of an index, and nothing else of it.
func peek[T any](ctx context.Context, dir string, read func(context.Context, *shard) (T, error)) (T, error) {
	var none T
	file := shardFile(dir, 0)
	if _, err := os.Stat(file); err != nil {
		return none, err
	}
	s, err := openShard(ctx, file, false)
	if err != nil {
		return none, err
	}
	v, err := read(ctx, s)
	if e := s.close(); err == nil {
		err = e
	}
	return v, err
}

// Drop takes an index away. Nothing of the reader's own is in it. One that
// another process is writing stays, and the error says so.
func Drop(ctx context.Context, x Index) error {
	if !strings.HasPrefix(filepath.Base(x.Dir), indexPrefix) {
		return &fs.PathError{Op: "drop", Path: x.Dir, Err: fs.ErrInvalid}
	}
	return dropIndex(ctx, x.Dir)
}

// Settled waits until nothing more is done to the index: what makes searches
// faster goes on for a while after reading is over. It says whether the index
// is kept on disk.
func (l *Library) Settled(ctx context.Context) (kept bool, err error) {
	select {
	case <-l.end:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dir != "" && !l.held.spilt, nil
}

// Facts gives what the index knows of a cable beside its row.
func (l *Library) Facts(ctx context.Context, key model.Key) (model.Facts, error) {
	v, err := l.whole(ctx)
	if err != nil {
		return model.Facts{}, err
	}
	i := int(key) - 1
	if i < 0 || i >= len(v.rows) || v.rows[i].dead {
		return model.Facts{}, ErrNoCable
	}
	r := &v.rows[i]
	f := model.Facts{
		Words: int(r.words), Bytes: int(r.size), Declas: r.declasDate(), Class: v.cols.marks.list[r.class], Highest: r.high,
		Is: r.traits.names("is"), Has: r.traits.names("has"), Missing: r.traits.names("missing"),
	}
	for _, c := range []struct {
		into *[]string
		from *many
	}{{&f.Tags, &v.cols.tag}, {&f.Countries, &v.cols.country}, {&f.Caveats, &v.cols.caveat}, {&f.To, &v.cols.to}, {&f.Info, &v.cols.info}} {
		for _, id := range c.from.of(i) {
			*c.into = append(*c.into, v.cols.names.list[id])
		}
	}
	return f, nil
}

// The values that are kept for those who complete a query without opening the
// collection, of each field.
const (
	valuesKey  = "values"
	valuesKept = 1000
)

func valueFields() []string { return []string{"tag", "origin", "country", "caveat", "to", "info"} }

// saveValues keeps the values of fields.
func (l *Library) saveValues(ctx context.Context, s *shard) error {
	v, err := l.whole(ctx)
	if err != nil {
		return err
	}
	kept := map[string][]model.FacetValue{}
	for _, name := range valueFields() {
		f, err := v.facet(ctx, name, v.live, valuesKept)
		if err != nil {
			return err
		}
		if err := v.finish(ctx, &f); err != nil {
			return err
		}
		kept[name] = f.Values
	}
	b, err := json.Marshal(kept)
	if err == nil {
		err = s.setMeta(ctx, valuesKey, b)
	}
	if err != nil {
		return err
	}
	return l.saveIDs(ctx, s)
}

// KnownValues gives the values of a field that begin so, as the index kept
// them when it was last brought up to date: neither it nor its sources are
// read for that.
func KnownValues(ctx context.Context, cache string, paths []string, field, begin string) []model.FacetValue {
	if cache == "" || len(paths) == 0 {
		return nil
	}
	dir := indexOf(cache, paths)
	if dir == "" {
		return nil
	}
	switch field {
	case "id", "cites", "citedby", "thread":
		return knownIDs(ctx, dir, field, begin)
	}
	b, err := peek(ctx, dir, func(ctx context.Context, s *shard) ([]byte, error) { return s.meta(ctx, valuesKey) })
	if err != nil {
		return nil
	}
	var kept map[string][]model.FacetValue
	if json.Unmarshal(b, &kept) != nil {
		return nil
	}
	begin = strings.ToLower(begin)
	return slices.DeleteFunc(kept[field], func(v model.FacetValue) bool { return !strings.HasPrefix(strings.ToLower(v.Value), begin) })
}
