package library

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"chancery/model"
)

// idsLike gives ids that begin so, in any spelling of what is there already;
// also ones that are cited and not held, with how often.
func (l *Library) idsLike(ctx context.Context, v *view, s bitset, field, begin string, most int) ([]model.FacetValue, error) {
	g, err := v.graph(ctx)
	if err != nil {
		return nil, err
	}
	want := idBegin(begin)
	var out []model.FacetValue
	for n, id := range g.ids.list {
		if !strings.HasPrefix(id, want) {
			continue
		}
		rows := g.holding(uint32(n))
		if field == "id" && (len(rows) == 0 || !s.has(int(rows[0]))) {
			continue
		}
		out = append(out, v.idValue(g, uint32(n)))
	}
	return rankIDs(out, field, most), nil
}

// idBegin is the beginning of an id as ids are kept.
func idBegin(begin string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '"' || r == '-' {
			return -1
		}
		return r
	}, begin))
}

// idValue says of an id which cable it is, or that it is not held.
func (v *view) idValue(g *graph, n uint32) model.FacetValue {
	rows, cited := g.holding(n), len(g.in.of(int(n)))
	val := model.FacetValue{Value: g.ids.list[n], Count: len(rows), All: cited}
	switch {
	case len(rows) > 0:
		val.Meaning = v.rows[rows[0]].subject
	case cited > 0:
		val.Meaning = "not held, cited by " + strconv.Itoa(cited)
	}
	return val
}

// rankIDs puts the most cited first, and gives them their terms.
func rankIDs(ids []model.FacetValue, field string, most int) []model.FacetValue {
	slices.SortFunc(ids, func(a, b model.FacetValue) int {
		return cmp.Or(cmp.Compare(b.All, a.All), compareIDs(a.Value, b.Value))
	})
	ids = ids[:min(most, len(ids))]
	for i := range ids {
		ids[i].Term = field + ":" + ids[i].Value
	}
	return ids
}

// The ids are kept for those who complete a query without opening the
// collection, too: of each year a list of lines, in order, so that a beginning
// is found without reading the rest.
//
//	ids 07:  07ASTANA9911 \t held \t cited \t subject

const (
	idsKey     = "ids "
	subjectCut = 60 // bytes of a subject, which is there to be known again
)

// saveIDs keeps the ids of a collection.
func (l *Library) saveIDs(ctx context.Context, s *shard) error {
	v, err := l.whole(ctx)
	if err != nil {
		return err
	}
	g, err := v.graph(ctx)
	if err != nil {
		return err
	}
	order := make([]uint32, 0, len(g.ids.list))
	for n, id := range g.ids.list {
		if len(id) > 2 {
			order = append(order, uint32(n))
		}
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(g.ids.list[a], g.ids.list[b]) })
	lists := map[string][]byte{}
	for _, n := range order {
		val := v.idValue(g, n)
		if val.Count+val.All == 0 {
			continue
		}
		year := val.Value[:2]
		lists[year] = appendID(lists[year], val)
	}
	// Of some years there may be none any more.
	if _, err := s.write.ExecContext(ctx, "DELETE FROM meta WHERE k >= ? AND k < ?", idsKey, idsKey+"\x7f"); err != nil {
		return damage(err)
	}
	for year, b := range lists {
		if err := s.setMeta(ctx, idsKey+year, b); err != nil {
			return err
		}
	}
	return nil
}

func appendID(b []byte, val model.FacetValue) []byte {
	b = append(b, val.Value...)
	b = strconv.AppendInt(append(b, '\t'), int64(val.Count), 10)
	b = strconv.AppendInt(append(b, '\t'), int64(val.All), 10)
	subject := strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' {
			return ' '
		}
		return r
	}, val.Meaning)
	if len(subject) > subjectCut {
		subject = strings.ToValidUTF8(subject[:subjectCut], "") + "..."
	}
	return append(append(append(b, '\t'), subject...), '\n')
}

// knownIDs gives the ids that begin so, as the index kept them. A year at least
// must be there to begin with.
func knownIDs(ctx context.Context, dir, field, begin string) []model.FacetValue {
	want := idBegin(begin)
	if len(want) < 2 {
		return nil
	}
	b, err := peek(ctx, dir, func(ctx context.Context, s *shard) ([]byte, error) { return s.meta(ctx, idsKey+want[:2]) })
	if err != nil {
		return nil
	}
	if !bytes.HasPrefix(b, []byte(want)) {
		_, b, _ = bytes.Cut(b, []byte("\n"+want))
		b = append([]byte(want), b...)
	}
	var out []model.FacetValue
	for line := range bytes.Lines(b) {
		parts := strings.SplitN(strings.TrimSuffix(string(line), "\n"), "\t", 4)
		if len(parts) < 4 || !strings.HasPrefix(parts[0], want) {
			break
		}
		held, _ := strconv.Atoi(parts[1])
		cited, _ := strconv.Atoi(parts[2])
		if field == "id" && held == 0 {
			continue
		}
		out = append(out, model.FacetValue{Value: parts[0], Meaning: parts[3], Count: held, All: cited})
	}
	return rankIDs(out, field, len(out))
}
