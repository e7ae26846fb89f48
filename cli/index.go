package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/model"
	"chancery/parser/source"
)

func newIndex(w *world) *cobra.Command {
	var rebuild, drop bool
	c := &cobra.Command{
		Use:   "index PATH...",
		Short: "Read a collection and keep its index",
		Long: "Reads a collection, keeps its index in the cache folder so that opening and asking it\n" +
			"take a moment from then on, and waits until nothing more is done to it. What is indexed\n" +
			"already is not read again. The index may be deleted at any time: it is built from the\n" +
			"sources, and nothing of yours is in it. Exits as check does, 1 when it cannot be kept.",
		Example: "  chancery index cables.zip\n  chancery index folder --rebuild\n  chancery index folder --drop",
		Args:    needs("a PATH"),
		RunE: func(c *cobra.Command, paths []string) error {
			for _, p := range paths {
				if p == source.Stdin {
					return usage("standard input cannot be opened another day: its index is not kept")
				}
			}
			if cacheFolder() == "" {
				return usage("neither HOME nor XDG_CACHE_HOME says where an index is kept")
			}
			if drop || rebuild {
				if err := dropped(c.Context(), w, paths, drop); err != nil || drop {
					return err
				}
			}
			return index(c.Context(), w, paths)
		},
	}
	c.Flags().BoolVar(&rebuild, "rebuild", false, "forget what is indexed and read everything again")
	c.Flags().BoolVar(&drop, "drop", false, "take the index away")
	c.MarkFlagsMutuallyExclusive("rebuild", "drop")
	return c
}

// dropped takes the index of paths away, and says so when that was what was
// asked for. To be built again it stays until its sources are known to be there:
// of what is gone, the index is all there is.
func dropped(ctx context.Context, w *world, paths []string, asked bool) error {
	x, ok := library.IndexOf(ctx, cacheFolder(), paths)
	if !ok {
		if asked {
			say(w, "there is no index of %s", nameOf(paths))
			return exitError{code: exitNothing}
		}
		return nil
	}
	if !asked {
		for _, p := range paths {
			if _, err := os.Stat(p); err != nil {
				return exitError{exitUnread, fmt.Errorf("%s is %s: its index is kept, for it is all there is of it; "+
					"put the source back, or take the index away with --drop", p, presence(p))}
			}
		}
	}
	return forget(ctx, w, x)
}

// forget takes an index away.
func forget(ctx context.Context, w *world, x library.Index) error {
	if err := library.Drop(ctx, x); err != nil {
		return exitError{exitUnread, fmt.Errorf("the index of %s stays: %w", x.Name, err)}
	}
	tell(w, "the index of %s is gone: %s of the cache are free", x.Name, sizeOf(x.Size))
	return nil
}

// index reads a collection and waits until its index has settled.
func index(ctx context.Context, w *world, paths []string) error {
	c := collection{name: nameOf(paths), paths: paths, stays: true}
	begun := time.Now()
	a, err := read(ctx, w, c, nil)
	if err != nil {
		return err
	}
	defer a.close()
	r := receipt{Receipt: a.receipt, name: c.name, took: time.Since(begun), levels: map[model.Level]int{}}
	if err := r.count(ctx, a.lib); err != nil {
		return err
	}
	line := &progressLine{w: w}
	line.draw("merging the index")
	kept, err := a.lib.Settled(ctx)
	line.wipe()
	if err != nil {
		return err
	}
	out := w.buffer()
	r.print(out)
	x, ok := library.IndexOf(ctx, cacheFolder(), paths)
	kept = kept && ok
	if kept {
		fmt.Fprintf(out, "\n  Index %s for %s of text", sizeOf(x.Size), sizeOf(r.Bytes))
		if r.Bytes >= 1<<20 { // below that the empty database is most of it
			fmt.Fprintf(out, " (%.2f)", float64(x.Size)/float64(r.Bytes))
		}
		fmt.Fprintln(out)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if !kept && r.Cables > 0 {
		return exitError{exitNothing, errors.New("there is no index on disk")} // why was said while reading
	}
	return exitFor(r.Cables, r.Count(model.Unread), r.Count(model.Refused))
}
