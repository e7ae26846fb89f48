package library

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The column of markings gives back what was put in, however many markings
// there are; what was cut or is of other markings does not fit.
func TestBlockMarks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.Uint32Range(0, 300), 0, 70), 1, 9).Draw(t, "rows")
		most := uint32(0)
		var m blockMarks
		for _, row := range rows {
			for _, id := range row {
				m.add(id)
				most = max(most, id)
			}
			m.close()
		}
		for i, row := range rows {
			var got []uint32
			for all := m.of(i); len(all) > 0; {
				got = append(got, all.next())
			}
			if !slices.Equal(got, row) || m.of(i).count() != len(row) {
				t.Fatalf("row %d is %v, counted %d; want %v", i, got, m.of(i).count(), row)
			}
			for want := uint32(1); want <= most; want += 7 {
				holds := make(markSet, 400)
				holds[want] = true
				w := &paraPart{marks: holds, blocks: &m}
				w.seek(int32(i+1), anyPlace)
				for k, id := range row {
					if (w.from(k, make([]uint32, len(row))) == k) != (id == want) {
						t.Fatalf("row %d, block %d: wrong", i, k)
					}
				}
			}
		}
		for want := range most + 1 {
			holds := make(markSet, 400)
			holds[want] = true
			var got []int
			first := rapid.IntRange(0, len(rows)).Draw(t, "first")
			end := rapid.IntRange(first, len(rows)).Draw(t, "end")
			if err := m.some(context.Background(), holds, first, end, func(row int) { got = append(got, row) }); err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				if slices.Contains(got, i) != (i >= first && i < end && slices.Contains(row, want)) {
					t.Fatalf("%d: the rows are %v", want, got)
				}
			}
		}
		if !m.fit(len(rows), int(most)+1) || m.fit(len(rows)+1, int(most)+1) || len(m.ids) > 0 && m.fit(len(rows), int(most)) {
			t.Fatal("what fits does not, or the other way round")
		}
		if len(m.ids) > 0 {
			m.ids = m.ids[:len(m.ids)-1]
			if m.fit(len(rows), int(most)+1) {
				t.Fatal("it was cut and fits")
			}
		}
	})
}
