package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"

	"chancery/library"
	"chancery/parser/source"
	"chancery/parser/source/sample"
)

// collection is what a command works on: paths, or the sample.
type collection struct {
	name   string
	paths  []string      // empty: the sample
	notice string        // what the user should know of the choice, on the screen
	lost   bool          // it is not what was meant
	last   bool          // nobody named it: it is what was opened last
	stays  bool          // it is opened for longer than one question
	keys   *library.Keys // of who is at the screen meanwhile; nil: nobody

	desk library.Desk // the reader's work on it; nil: queries find none
}

// choose decides what is worked on: the paths given, else -C, else
// CR_COLLECTION, else what was opened last, else the sample.
func choose(ctx context.Context, w *world, l *looks, paths []string) collection {
	if len(paths) == 0 {
		if l.collection != "" {
			paths = namedBy(ctx, l.collection)
		} else if p := w.env("CR_COLLECTION"); p != "" {
			paths = namedBy(ctx, p)
		}
	}
	if len(paths) > 0 {
		return collection{name: nameOf(paths), paths: paths}
	}
	before := lastOpened()
	_, indexed := library.IndexOf(ctx, cacheFolder(), before)
	switch {
	case len(before) > 0 && (indexed || present(before)):
		return collection{name: nameOf(before), paths: before, last: true}
	case len(before) > 0:
		return collection{name: "sample", lost: true, notice: fmt.Sprintf("what you read last, %s, is not there any more: this is the sample of made-up cables", before[0])}
	}
	return collection{name: "sample", notice: "sample of made-up cables   ? shows keys   chancery PATH opens your own"}
}

// namedBy gives the paths that -C means: a path, or the name of a collection
// that was indexed under it alone.
func namedBy(ctx context.Context, name string) []string {
	if isPath(name) || strings.ContainsAny(name, `/\`) {
		return []string{name}
	}
	var found [][]string
	for _, x := range library.Indexes(ctx, cacheFolder()) {
		if x.Name == name {
			found = append(found, x.Paths)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return []string{name}
}

// nameOf is what a collection is called in a header.
func nameOf(paths []string) string {
	name := paths[0]
	switch {
	case name == source.Stdin:
		name = "standard input"
	default:
		if abs, err := filepath.Abs(name); err == nil {
			name = abs
		}
		name = filepath.Base(name)
	}
	if n := len(paths) - 1; n > 0 {
		name += fmt.Sprintf(" and %d more", n)
	}
	return name
}

// keepable says whether a collection can be opened again another day.
func (c collection) keepable() bool {
	return len(c.paths) > 0 && !slices.Contains(c.paths, source.Stdin)
}

// open begins to read the collection. Its index is kept in the cache folder,
// if the paths can be opened another day.
func (c collection) open(ctx context.Context, w *world) *library.Library {
	o := library.Options{Name: c.name, Paths: c.paths, Stdin: w.in, Limits: w.limits, Cache: cacheFolder(), Brief: !c.stays, Keys: c.keys, Desk: c.desk}
	if len(c.paths) == 0 {
		o.FS = sample.FS()
	}
	withoutCollecting()
	l := library.Open(ctx, o)
	go collect(ctx, l, c.keys != nil)
	return l
}

// cacheFolder is where indexes are kept; "" where nothing says where that is.
func cacheFolder() string {
	if _, err := os.UserHomeDir(); err != nil && os.Getenv("XDG_CACHE_HOME") == "" {
		return ""
	}
	return filepath.Join(xdg.CacheHome, "chancery")
}
