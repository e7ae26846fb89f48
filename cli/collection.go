package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/adrg/xdg"

	"chancery/library"
	"chancery/parser/source"
	"chancery/parser/source/sample"
)

// collection is what a command works on: paths, or the sample.
type collection struct {
	name   string
	paths  []string // empty: the sample
	notice string   // what the user should know of the choice
}

// choose decides what is worked on: the paths given, else -C, else
// CR_COLLECTION, else what was opened last, else the sample.
func choose(w *world, l *looks, paths []string) collection {
	if len(paths) == 0 {
		if l.collection != "" {
			paths = []string{l.collection}
		} else if p := w.env("CR_COLLECTION"); p != "" {
			paths = []string{p}
		}
	}
	if len(paths) > 0 {
		return collection{name: nameOf(paths), paths: paths}
	}
	switch before := lastOpened(); {
	case len(before) > 0 && present(before):
		return collection{name: nameOf(before), paths: before}
	case len(before) > 0:
		return collection{name: "sample", notice: fmt.Sprintf("what you read last, %s, is not there any more: this is the sample of made-up cables", before[0])}
	}
	return collection{name: "sample", notice: "sample of made-up cables   ? shows keys   chancery PATH opens your own"}
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
	o := library.Options{Name: c.name, Paths: c.paths, Stdin: w.in, Limits: w.limits, Cache: cacheFolder()}
	if len(c.paths) == 0 {
		o.FS = sample.FS()
	}
	return library.Open(ctx, o)
}

// cacheFolder is where indexes are kept; "" where nothing says where that is.
func cacheFolder() string {
	if _, err := os.UserHomeDir(); err != nil && os.Getenv("XDG_CACHE_HOME") == "" {
		return ""
	}
	return filepath.Join(xdg.CacheHome, "chancery")
}
