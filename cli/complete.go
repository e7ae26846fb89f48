package cli

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
)

// completionTime is how long a shell waits for suggestions.
const completionTime = 50 * time.Millisecond

// completeQuery completes the arguments of the commands that ask a collection:
// file names, then fields of the query and their values, as the cached index
// knows them. Nothing is opened for that, and what goes wrong gives no
// suggestions.
func completeQuery(w *world, l *looks) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, begin string) ([]string, cobra.ShellCompDirective) {
		begun := time.Now()
		ctx, stop := context.WithDeadline(c.Context(), begun.Add(completionTime))
		defer stop()
		done := make(chan []string, 1)
		go func() { done <- suggestions(ctx, w, l, args, begin) }()
		select {
		case found := <-done:
			switch {
			case len(found) == 0:
			case strings.ContainsAny(begin, ":=<>"):
				return found, cobra.ShellCompDirectiveNoFileComp
			default: // a field, whose value comes next
				return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
			}
		case <-ctx.Done():
		}
		return nil, cobra.ShellCompDirectiveDefault // file names
	}
}

// suggestions gives what may stand for the word that is being typed, with its
// meaning behind a tab.
func suggestions(ctx context.Context, w *world, l *looks, args []string, begin string) []string {
	var paths []string
	for _, a := range args {
		if !isPath(a) {
			break
		}
		paths = append(paths, a)
	}
	if near, _ := filepath.Glob(begin + "*"); len(paths) == len(args) && (len(near) > 0 && begin != "" || len(args) == 0 && begin == "") {
		return nil // a file name
	}
	done := query.Complete(begin, len(begin), query.Options{Desk: true})
	head := begin[:min(done.Span.Start, len(begin))]
	var out []string
	add := func(text, meaning string) {
		if text = head + text; shellSafe(text) && strings.HasPrefix(text, begin[:min(done.Span.Start, len(begin))]) {
			out = append(out, strings.TrimRight(text+"\t"+safe.Line(meaning), "\t"))
		}
	}
	for _, r := range done.Ready {
		if r.Text != "para{" { // a shell has its own use for braces
			add(r.Text, r.Meaning)
		}
	}
	if done.Field == "q" {
		all, _ := savedSearches().Load(ctx)
		for _, s := range all {
			if strings.HasPrefix(strings.ToLower(s.Name), strings.ToLower(done.Begin)) {
				add(hyphened(s.Name), s.Query)
			}
		}
		return out
	}
	if done.Field == "" {
		return out
	}
	from := choose(ctx, w, l, paths)
	values := library.KnownValues(ctx, cacheFolder(), from.paths, done.Field, done.Begin)
	if done.Field == "label" {
		values = from.knownLabels(ctx, w, done.Begin)
	}
	for i, v := range values {
		if i == mostSuggested {
			break
		}
		meaning := model.Thousands(v.Count) + " " + plural(v.Count, "cable")
		switch {
		case isID(done.Field):
			meaning = v.Meaning
		case v.Meaning != "":
			meaning = v.Meaning + ", " + meaning
		}
		value := v.Value
		if !done.Whole { // then a hyphen is no blank
			value = hyphened(value)
		}
		add(value, meaning)
	}
	return out
}

// completeIDs gives the ids of the collection that begin so.
func completeIDs(ctx context.Context, w *world, l *looks, begin string) []string {
	ctx, stop := context.WithTimeout(ctx, completionTime)
	defer stop()
	var out []string
	for i, v := range library.KnownValues(ctx, cacheFolder(), choose(ctx, w, l, nil).paths, "id", begin) {
		if i < mostSuggested && shellSafe(v.Value) {
			out = append(out, v.Value+"\t"+safe.Line(v.Meaning))
		}
	}
	return out
}

// knownLabels gives the labels that begin so, with how many cables have them.
func (c collection) knownLabels(ctx context.Context, w *world, begin string) []model.FacetValue {
	own, err := c.peekDesk(ctx, w)
	if err != nil || own == nil {
		return nil
	}
	defer own.Close() // nothing was written
	counts := map[string]int{}
	own.Each(func(on *model.Work) {
		for _, label := range on.AllLabels() {
			counts[label]++
		}
	})
	var out []model.FacetValue
	for label, n := range counts {
		if strings.HasPrefix(strings.ToLower(label), strings.ToLower(begin)) {
			out = append(out, model.FacetValue{Value: label, Count: n})
		}
	}
	slices.SortFunc(out, func(a, b model.FacetValue) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Value, b.Value)) })
	return out
}

// isID says whether the values of a field are cables, of which there is one of
// each.
func isID(field string) bool {
	return slices.ContainsFunc(query.Fields(), func(f query.FieldInfo) bool { return f.Name == field && f.Kind == query.OfCable })
}

// mostSuggested is how many values a shell is given.
const mostSuggested = 50

// hyphened writes a name as one word: a blank would end the argument, and to
// a query a hyphen parts words as a blank does.
func hyphened(name string) string { return strings.ReplaceAll(name, " ", "-") }

// shellSafe says whether a word means to a shell only itself: names of files
// and values are foreign text, and a suggestion may be run.
func shellSafe(word string) bool {
	if word == "" || strings.HasPrefix(word, "-") {
		return false
	}
	for i := range len(word) {
		c := word[i]
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("._-:=,/+@", c) >= 0 {
			continue
		}
		return false
	}
	return true
}
