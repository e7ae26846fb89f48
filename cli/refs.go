package cli

import (
	"bufio"
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"chancery/model"
)

// referring is what refs prints.
type referring struct {
	form
	missing bool
	depth   int
	limit   int
}

func newRefs(w *world, l *looks) *cobra.Command {
	how := referring{}
	c := &cobra.Command{
		Use:   "refs [PATH...] ID...",
		Short: "Print what a cable refers to and what refers to it",
		Long: "Prints, for each id, the cables that it cites and those that cite it, with the sentence\n" +
			"that does; the cable itself need not be held. --depth 2 goes on to what those refer to,\n" +
			"and so on. refs --missing [PATH...] [QUERY...] ranks what is cited and not held. Exits 1\n" +
			"when there is nothing.",
		Example: "  chancery refs folder 07ASTANA9901\n" +
			"  chancery refs 07ASTANA9901 --depth 3 --json\n" +
			"  chancery refs --missing cables.zip -n 20 origin:astana",
	}
	asks(w, l, c, func(c *cobra.Command, paths, rest []string) error {
		switch {
		case c.Flags().Changed("limit") && !how.missing:
			return usage("-n goes with --missing: of one cable all references are printed")
		case how.missing && c.Flags().Changed("depth"):
			return usage("--depth goes with an ID, not with --missing")
		case how.missing:
			return missing(c.Context(), w, l, how, paths, rest)
		}
		return refs(c.Context(), w, l, how, paths, rest)
	})
	f := c.Flags()
	how.flags(c, recordFormats)
	f.BoolVar(&how.missing, "missing", false, "what is cited and not held, the most cited first")
	f.IntVar(&how.depth, "depth", 1, "follow references over `N` steps")
	f.IntVarP(&how.limit, "limit", "n", 0, "with --missing: at most `N` cables")
	minusIsQuery(c)
	return c
}

// mostFollowed is how many cables of a chain are looked at.
const mostFollowed = 10_000

// refs prints the references of cables.
func refs(ctx context.Context, w *world, l *looks, how referring, paths, ids []string) error {
	switch {
	case len(ids) == 0:
		return usage("refs needs an ID (chancery refs --help shows examples)")
	case how.depth < 1:
		return usage("--depth is a number of steps from 1 on, not %d", how.depth)
	}
	for i, id := range ids {
		canonical, ok := model.CanonicalID(id)
		if !ok {
			return usage("%q is no cable id: two-digit year, post, number, such as 07ASTANA9901", id)
		}
		ids[i] = canonical
	}
	a, err := ask(ctx, w, l, paths, nil)
	if err != nil {
		return err
	}
	defer a.close()
	found := 0
	err = w.print(l, func(out *bufio.Writer, k ink) error {
		p := &refsPrinter{w: w, ink: k, out: out, sheet: newSheet(out, w, k, &how.form, refHeads)}
		if err := a.chain(ctx, ids, how.depth, p.links); err != nil {
			return err
		}
		found = p.found
		return p.close()
	})
	if err != nil {
		return err
	}
	if found == 0 && a.unread == 0 && a.receipt.Cables > 0 {
		tell(w, "nothing in %s refers to %s, and it refers to nothing", a.from.name, strings.Join(ids, ", "))
	}
	return a.end(found)
}

// chain gives the links of cables, and of those that they lead to over so many
// steps, each cable once, the nearest first.
func (a *asked) chain(ctx context.Context, ids []string, depth int, each func(model.Links, int) error) error {
	seen := map[string]bool{}
	for step := 1; step <= depth && len(ids) > 0; step++ {
		var next []string
		for _, id := range ids {
			if seen[id] {
				continue
			}
			if len(seen) >= mostFollowed {
				tell(a.w, "the chain is longer than %s cables: the rest is left out", model.Thousands(mostFollowed))
				return nil
			}
			seen[id] = true
			links, err := a.lib.Links(ctx, id)
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				say(a.w, "%s: %s", id, err)
				a.unread++
				continue
			}
			if err := each(links, step); err != nil {
				return err
			}
			for _, list := range [...][]model.Link{links.Cites, links.CitedBy} {
				for _, k := range list {
					if k.ID != "" {
						next = append(next, k.ID)
					}
				}
			}
		}
		ids = next
	}
	return nil
}

// missing ranks what is cited and not held.
func missing(ctx context.Context, w *world, l *looks, how referring, paths, words []string) error {
	if how.limit < 0 {
		return usage("-n is a number of cables, not %d", how.limit)
	}
	a, err := ask(ctx, w, l, paths, words)
	if err != nil {
		return err
	}
	defer a.close()
	most := how.limit
	if most == 0 {
		most = 1 << 30
	}
	wanted, total, err := a.lib.Wanted(ctx, a.q, most)
	if err != nil {
		return unread(err)
	}
	if err := w.print(l, func(out *bufio.Writer, k ink) error {
		return putWanted(newSheet(out, w, k, &how.form, wantedHeads), wanted)
	}); err != nil {
		return err
	}
	if total > len(wanted) && how.in(w) == "table" {
		tell(w, "%s cables are cited and not held; these are the first %s", model.Thousands(total), model.Thousands(len(wanted)))
	}
	if total == 0 && a.receipt.Cables > 0 {
		tell(w, "%s holds all that is cited in it", a.from.name)
		return exitError{code: exitNothing}
	}
	return a.end(total)
}

var wantedHeads = []string{"id", "cited", "inferred", "first", "last", "by"}

// putWanted prints a record a cable.
func putWanted(s *sheet, wanted []model.Wanted) error {
	for _, m := range wanted {
		cells := []string{m.ID, strconv.Itoa(m.Count), strconv.Itoa(m.Inferred), dayIn(m.First), dayIn(m.Last), strings.Join(m.By, " ")}
		j := jsonWanted{cableSchema, m.ID, m.Count, m.Inferred, maybe(dayIn(m.First)), maybe(dayIn(m.Last)), list(m.By)}
		if err := s.put(cells, j); err != nil {
			return err
		}
	}
	return s.close()
}

// jsonWanted is a cable in refs --missing --json.
type jsonWanted struct {
	Schema   int      `json:"schema"`
	ID       string   `json:"id"`
	Cited    int      `json:"cited"`    // by how many cables
	Inferred int      `json:"inferred"` // of these, how many give no year
	First    *string  `json:"first"`
	Last     *string  `json:"last"`
	By       []string `json:"by"` // the first few
}
