package ui

import (
	"strconv"
	"strings"

	"chancery/model"
	"chancery/model/safe"
)

// copied is the block under the cursor as a table with tabs, years and months
// each by itself.
func (v *overview) copied() (text, what string, cut int) {
	if v.cur.block >= len(v.blocks) || len(v.blocks[v.cur.block].values) == 0 {
		return "", "", 0
	}
	b := &v.blocks[v.cur.block]
	lines := []string{b.field + "\tmeaning\tanswer\tall\tquery"}
	if b.cited {
		lines = wantedTable(v.wanted)
	}
	for _, f := range v.counts.Facets {
		if f.Field != b.field {
			continue
		}
		whole := block{field: b.field}
		whole.take(&f)
		for _, t := range whole.values {
			all := strconv.Itoa(t.all)
			if t.all == unknownAll {
				all = ""
			}
			lines = append(lines, tabbed(t.value, t.meaning, strconv.Itoa(t.count), all, t.term))
		}
	}
	text, cut = clipped(lines)
	return text, b.title + " as a table, " + plural(strings.Count(text, "\n")-1, "row"), cut
}

// wantedTable lists what is cited and not held, as one would ask an archive
// for it.
func wantedTable(ws []model.Wanted) []string {
	out := []string{"id\tcited_by\tyear_inferred\tfirst\tlast\tby"}
	for _, w := range ws {
		out = append(out, tabbed(w.ID, strconv.Itoa(w.Count), strconv.Itoa(w.Inferred), day(w.First), day(w.Last), strings.Join(w.By, " ")))
	}
	return out
}

// tabbed joins the cells of a row: each of them safe, and without a tab of its
// own.
func tabbed(cells ...string) string {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(safe.Line(c), "\t", " ")
	}
	return strings.Join(cells, "\t")
}
