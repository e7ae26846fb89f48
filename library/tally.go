package library

import (
	"context"
	"fmt"

	"chancery/model"
)

// tally is how often the values of a field stand, by their number: in an
// answer and in all cables.
type tally struct {
	in, all []int
	none    int // cables of the answer that have none
}

// counter counts the values of one field on one view. What all cables give is
// counted once.
type counter struct {
	count func(row int, in []int, none *int)
	first int // of years and months: the one with number 0
	all   []int
	none  int
}

// counter gives the counter of a field.
func (v *view) counter(ctx context.Context, name string) (*counter, error) {
	return v.kept.counters.get(ctx, name, func() (*counter, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := &counter{}
		switch name {
		case "year":
			c.ofTimes(ctx, v, func(r *row) int { return r.time().Year() })
		case "month":
			c.ofTimes(ctx, v, func(r *row) int { t := r.time(); return t.Year()*12 + int(t.Month()) - 1 })
		case "class":
			c.ofLevels(func(row int) model.Level { return v.cols.marks.list[v.rows[row].class].Level })
		case "mark":
			c.ofLevels(func(row int) model.Level { return v.rows[row].high })
		default:
			m := v.cols.column(name)
			if m == nil {
				return nil, fmt.Errorf("there is nothing to count by %q; there are year, month, origin, to, info, country, tag, class, mark, caveat, judgement and label", name)
			}
			c.ofNames(v, m, name == "origin")
		}
		return c, v.live.eachWhile(ctx, func(i int) { c.count(i, c.all, &c.none) })
	})
}

// ofNames counts the values of a column; of the senders only the one in short,
// which stands first.
func (c *counter) ofNames(v *view, m *many, origin bool) {
	c.all = make([]int, len(v.cols.names.list))
	c.count = func(row int, in []int, none *int) {
		ids := m.of(row)
		if origin && len(ids) > 0 {
			ids = ids[:1]
			if v.names[v.rows[row].from] == "" {
				ids = nil
			}
		}
		if len(ids) == 0 {
			*none++
		}
		for _, id := range ids {
			in[id]++
		}
	}
}

func (c *counter) ofLevels(level func(row int) model.Level) {
	c.all = make([]int, model.TopSecret+1)
	c.count = func(row int, in []int, _ *int) { in[level(row)]++ }
}

// ofTimes counts what the dates are numbered by. The numbers are worked out
// once: a calendar is dear.
func (c *counter) ofTimes(ctx context.Context, v *view, number func(r *row) int) {
	of := make([]int32, len(v.rows)) // of each row that has a date
	first, last := 0, -1
	_ = v.live.eachWhile(ctx, func(i int) { // who counts with it finds out that it was called off
		if v.rows[i].date == noTime {
			return
		}
		n := number(&v.rows[i])
		if last < first {
			first, last = n, n
		}
		first, last = min(first, n), max(last, n)
		of[i] = int32(n)
	})
	c.first, c.all = first, make([]int, last-first+1)
	c.count = func(row int, in []int, none *int) {
		if v.rows[row].date == noTime {
			*none++
			return
		}
		in[int(of[row])-first]++
	}
}
