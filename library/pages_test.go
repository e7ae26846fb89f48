package library

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The rows that are read from the pages of the full text are those that FTS5
// gives, however small its pages are and in however many pieces it is.
func TestListsAreThoseOfFTS5(t *testing.T) {
	for _, page := range []int{32, 70, 300, 4050} {
		s, err := openShard(t.Context(), "", true)
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		r := rand.New(rand.NewPCG(uint64(page), 3))
		if _, err := s.write.ExecContext(t.Context(), "INSERT INTO words(words, rank) VALUES('pgsz', ?)", page); err != nil {
			t.Fatal(err)
		}
		key := 0
		for step := range 9 {
			for range 1 + r.IntN(150) {
				key += 1 + r.IntN(3)*r.IntN(200)
				if _, err := s.write.ExecContext(t.Context(), "INSERT INTO words(rowid, text, subject) VALUES(?,?,?)", key, nonsense(r, 200), nonsense(r, 6)); err != nil {
					t.Fatal(err)
				}
			}
			if step == 5 {
				if err := s.tidy(t.Context(), nil); err != nil {
					t.Fatal(err)
				}
			}
			if step%4 == 0 || step == 5 {
				sameRows(t, s, r)
			}
		}
	}
}

// nonsense is up to n words, a few of them often and many seldom.
func nonsense(r *rand.Rand, n int) string {
	var b strings.Builder
	for range r.IntN(n) {
		word := fmt.Sprintf("w%d", int(r.ExpFloat64()*r.ExpFloat64()*9))
		if r.IntN(50) == 0 {
			word = strings.Repeat("long", r.IntN(40)) + paraEnd
		}
		b.WriteString(word + " ")
	}
	return b.String()
}

func sameRows(t *testing.T, s *shard, r *rand.Rand) {
	t.Helper()
	for i := range 200 {
		words := strings.Fields(nonsense(r, 5) + " w1")
		if i < 60 {
			words = []string{fmt.Sprintf("w%d", i)}
		}
		n := run{words: words, prefix: r.IntN(4) == 0, column: pick(r, inBoth, inText, inSubject)}
		var want, got, counted []int
		if err := s.match(t.Context(), n.String(), func(key int) { want = append(want, key) }); err != nil {
			t.Fatal(err)
		}
		often := 0
		err := s.reading(t.Context(), func(r *wordReader) error {
			if err := r.rows(n, func(key int) { got = append(got, key) }); err != nil {
				return err
			}
			return r.count(n, func(key, text, subject int) {
				if text < 0 || subject < 0 || text+subject == 0 {
					t.Errorf("%v: %d times in the text of %d, %d in the subject", n, text, key, subject)
				}
				if n.column == inBoth || n.column == inText && text > 0 || n.column == inSubject && subject > 0 {
					counted = append(counted, key)
				}
				often += text + subject
			})
		})
		slices.Sort(got)
		slices.Sort(counted)
		got, counted = slices.Compact(got), slices.Compact(counted)
		if err != nil || !slices.Equal(got, want) || !slices.Equal(counted, want) {
			t.Fatalf("%v: %v; %d rows, %d counted, FTS5 gives %d", n, err, len(got), len(counted), len(want))
		}
		if len(words) == 1 && !n.prefix && n.column == inBoth {
			if real := s.instances(t, words[0]); real != often {
				t.Fatalf("%v: stands %d times, FTS5 says %d", n, often, real)
			}
		}
	}
}

// The vocabulary is that of FTS5.
func TestVocabulary(t *testing.T) {
	a := shaped(t, "folder", 300)
	l := opened(t, a.open(t, hooks{batch: 32}))
	v, err := l.whole(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := l.vocabulary(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, s := range v.shards {
		rows, err := s.read.QueryContext(t.Context(), "SELECT term FROM vocabulary")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var w string
			if err := rows.Scan(&w); err != nil {
				t.Fatal(err)
			}
			want = append(want, w)
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
	}
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(got, want) {
		t.Errorf("%d words, FTS5 has %d", len(got), len(want))
	}
}

// instances is how often a word stands in all, as FTS5 says.
func (s *shard) instances(t *testing.T, word string) (n int) {
	t.Helper()
	err := s.read.QueryRowContext(t.Context(), "SELECT coalesce(sum(cnt), 0) FROM vocabulary WHERE term=?", word).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// match gives the keys of the cables whose words match an expression, as FTS5
// says.
func (s *shard) match(ctx context.Context, expr string, found func(key int)) error {
	var all sql.NullString
	err := s.read.QueryRowContext(ctx, "SELECT group_concat(rowid, ' ') FROM words WHERE words MATCH ?", expr).Scan(&all)
	if err != nil {
		return damage(err)
	}
	for _, f := range strings.Fields(all.String) {
		var key int
		if _, err := fmt.Sscan(f, &key); err != nil {
			return err
		}
		found(key)
	}
	return nil
}

// A damaged page is told as damage, and nothing worse.
func TestDamagedLists(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 3))
	for range 20000 {
		b := make([]byte, r.IntN(60))
		for i := range b {
			b[i] = byte(r.IntN(256)) & pick(r, byte(0xff), 0x07, 0x1f)
		}
		if len(b) > 6 {
			b[2], b[5] = 0, mainIndex
		}
		p := pageReader{decide: func([]byte) what { return read }, list: list{found: func(int, []byte) {}}}
		for more, ok := p.page(b); more && ok && r.IntN(3) > 0; {
			more, ok = p.page(b)
		}
		_ = placesOf(nil, b, inBoth)
		_, _ = countPlaces(b)
	}
}
