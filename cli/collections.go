package cli

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

func newCollections(w *world, l *looks) *cobra.Command {
	how := form{}
	c := &cobra.Command{
		Use:   "collections [list|info|forget]",
		Short: "List the collections that are indexed",
		Long: "Lists the collections whose index is kept: name, cables, size of the index, when it was\n" +
			"read last, whether its sources are still there. Exits 1 when there is none.",
		Example: "  chancery collections\n  chancery collections info cables.zip\n  chancery collections forget cables.zip",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return listIndexes(w, l, &how, library.Indexes(c.Context(), cacheFolder()))
		},
	}
	how.flags(c, recordFormats)
	listed := &cobra.Command{
		Use: "list", Short: "List them", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return listIndexes(w, l, &how, library.Indexes(c.Context(), cacheFolder()))
		},
	}
	how.flags(listed, recordFormats)
	var asJSON, all bool
	info := &cobra.Command{
		Use: "info [NAME-or-PATH...]", Short: "Say where an index is and of what", ValidArgsFunction: indexNames,
		RunE: func(c *cobra.Command, names []string) error {
			xs, err := indexesNamed(c.Context(), names, len(names) == 0)
			if err != nil {
				return err
			}
			if len(xs) == 0 {
				return nothingIndexed(w)
			}
			return infoOf(w, l, xs, asJSON)
		},
	}
	info.Flags().BoolVar(&asJSON, "json", false, "one JSON object for each")
	gone := &cobra.Command{
		Use: "forget NAME-or-PATH...", Short: "Take an index away; the sources stay", ValidArgsFunction: indexNames,
		RunE: func(c *cobra.Command, names []string) error {
			if len(names) == 0 && !all {
				return usage("forget needs the NAME or a PATH of a collection, or --all")
			}
			if len(names) > 0 && all {
				return usage("forget takes names or --all, not both: --all is every collection")
			}
			xs, err := indexesNamed(c.Context(), names, all)
			if err != nil {
				return err
			}
			for _, x := range xs {
				if err := forget(c.Context(), w, x); err != nil {
					return err
				}
			}
			return nil
		},
	}
	gone.Flags().BoolVar(&all, "all", false, "the index of every collection")
	c.AddCommand(listed, info, gone)
	return c
}

func nothingIndexed(w *world) error {
	tell(w, "no collection is indexed yet (chancery index PATH, or opening one, does)")
	return exitError{code: exitNothing}
}

// indexesNamed finds indexes by the names of their collections or by a path.
func indexesNamed(ctx context.Context, names []string, all bool) ([]library.Index, error) {
	xs := library.Indexes(ctx, cacheFolder())
	if all {
		return xs, nil
	}
	var out []library.Index
	for _, name := range names {
		abs, err := absolute([]string{name})
		if err != nil {
			return nil, err
		}
		var found []library.Index
		for _, x := range xs {
			if x.Name == name || slices.Equal(x.Paths, abs) {
				found = append(found, x)
			}
		}
		switch {
		case len(found) == 0:
			return nil, exitError{exitNothing, fmt.Errorf("there is no index of %s", name)}
		case len(found) > 1:
			return nil, usage("%d collections are called %s: name the PATH (chancery collections lists them)", len(found), name)
		}
		out = append(out, found[0])
	}
	return out, nil
}

// indexNames completes the name of a collection.
func indexNames(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, x := range library.Indexes(c.Context(), cacheFolder()) {
		if strings.HasPrefix(x.Name, begin) && shellSafe(x.Name) {
			names = append(names, x.Name)
		}
	}
	return names, cobra.ShellCompDirectiveDefault
}

// jsonIndex is an index in collections --json.
type jsonIndex struct {
	Schema int        `json:"schema"`
	Name   string     `json:"name"`
	Paths  []jsonPath `json:"paths"`
	Cables int        `json:"cables"`
	Size   int64      `json:"size"` // of the index, bytes
	Read   *string    `json:"read"`
	Folder string     `json:"folder"` // of the index
	Wrong  *string    `json:"wrong"`  // why it cannot be looked into
}

type jsonPath struct {
	Path    string `json:"path"`
	Present bool   `json:"present"`
}

func indexJSON(x library.Index) jsonIndex {
	j := jsonIndex{cableSchema, x.Name, []jsonPath{}, x.Cables, x.Size, moment(x.Read), x.Dir, maybe(x.Wrong)}
	for _, p := range x.Paths {
		_, err := os.Stat(p)
		j.Paths = append(j.Paths, jsonPath{p, err == nil})
	}
	return j
}

// sourcesOf says whether the sources of an index are still there.
func sourcesOf(x library.Index) string {
	gone := 0
	for _, p := range x.Paths {
		if _, err := os.Stat(p); err != nil {
			gone++
		}
	}
	switch {
	case x.Wrong != "":
		return "damaged"
	case gone == 0:
		return "there"
	case gone == len(x.Paths):
		return "gone"
	}
	return "some gone"
}

// listIndexes prints a record an index.
func listIndexes(w *world, l *looks, how *form, xs []library.Index) error {
	if len(xs) == 0 {
		return nothingIndexed(w)
	}
	return w.print(l, func(out *bufio.Writer, k ink) error {
		s := newSheet(out, w, k, how, []string{"name", "cables", "size", "read", "sources", "paths"})
		for _, x := range xs {
			cables, size := strconv.Itoa(x.Cables), strconv.FormatInt(x.Size, 10)
			if s.format == "table" {
				cables, size = model.Thousands(x.Cables), sizeOf(x.Size)
			}
			if err := s.put([]string{x.Name, cables, size, dateOf(x.Read), sourcesOf(x), several(x.Paths)}, indexJSON(x)); err != nil {
				return err
			}
		}
		return s.close()
	})
}

// infoOf prints all that is known of indexes.
func infoOf(w *world, l *looks, xs []library.Index, asJSON bool) error {
	k, err := l.ink(w)
	if err != nil {
		return err
	}
	out := w.buffer()
	for i, x := range xs {
		if asJSON {
			b, err := encode(indexJSON(x))
			if err != nil {
				return err
			}
			_, _ = out.Write(b) // what goes wrong is told by Flush
			continue
		}
		if i > 0 {
			fmt.Fprintln(out)
		}
		line := func(name, value string) {
			fmt.Fprintf(out, "%s %s\n", k.draw(themes.Field, fit(name, 10)), safe.Line(value))
		}
		line("Name", x.Name)
		if x.Wrong != "" {
			line("Damaged", x.Wrong+"; it is built again when the collection is opened")
		} else {
			line("Cables", model.Thousands(x.Cables))
		}
		for i, p := range x.Paths {
			line(map[bool]string{true: "Sources"}[i == 0], p+" ("+presence(p)+")")
		}
		line("Index", x.Dir)
		line("Size", sizeOf(x.Size))
		if x.Read.IsZero() {
			line("Read", "not to the end yet")
		} else {
			line("Read", dateOf(x.Read))
		}
	}
	return out.Flush()
}

// presence says whether a source is there.
func presence(path string) string {
	switch _, err := os.Stat(path); {
	case err == nil:
		return "there"
	case os.IsNotExist(err):
		return "not there any more"
	default:
		if e, ok := err.(*fs.PathError); ok { //nolint:errorlint // os.Stat gives nothing else
			return e.Err.Error()
		}
		return err.Error()
	}
}
