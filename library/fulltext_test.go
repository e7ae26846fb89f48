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

// madeWords gives texts of which some words are everywhere and most are rare.
func madeWords(r *rand.Rand, n int) []wording {
	all := make([]wording, n)
	for i := range all {
		var text, subject []string
		for range r.IntN(60) {
			switch r.IntN(6) {
			case 0:
				text = append(text, "the")
			case 1:
				text = append(text, fmt.Sprint("w", r.IntN(9)))
			case 2:
				text = append(text, strings.TrimSpace(paraEnd), "été")
			case 3:
				text = append(text, strings.Repeat("x", 1+r.IntN(90)))
			default:
				text = append(text, fmt.Sprint(r.IntN(5000)))
			}
		}
		for range r.IntN(4) {
			subject = append(subject, fmt.Sprint("w", r.IntN(20)), "THE")
		}
		all[i] = wording{text: []byte(strings.Join(text, " ")), subject: []byte(strings.Join(subject, " - "))}
	}
	return all
}

// fullOf gives all that a full text says: each place of each word, what its
// ranks are, and what some searches find.
func fullOf(t *testing.T, db *sql.DB) []string {
	t.Helper()
	var all []string
	ask := func(query string, args ...any) {
		t.Helper()
		var s sql.NullString
		if err := db.QueryRowContext(t.Context(), query, args...).Scan(&s); err != nil {
			t.Fatal(query, err)
		}
		all = append(all, s.String)
	}
	if _, err := db.ExecContext(t.Context(), "INSERT INTO words(words) VALUES('integrity-check')"); err != nil {
		t.Fatal("integrity: ", err)
	}
	ask("SELECT group_concat(term||' '||doc||' '||cnt) FROM vocabulary")
	ask("SELECT group_concat(term||' '||doc||' '||col||' '||offset) FROM instances")
	for _, w := range []string{"the", `"the w3"`, "w1 AND w2 AND 77", "the NOT w3", "w1*", "subject:w11", "NEAR(w1 w2, 3)", "9", "no", "the AND 1234"} {
		ask("SELECT group_concat(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid)", w)
		ask("SELECT group_concat(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC)", w)
		ask("SELECT group_concat(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN 300 AND 350)", w)
		ask("SELECT group_concat(n||' '||b) FROM (SELECT rowid n, round(bm25(words, 1.0, 3.0), 9) b FROM words WHERE words MATCH ? ORDER BY rowid LIMIT 1000000)", w)
	}
	return all
}

// What is written as segments is what FTS5 makes of the same texts, whatever
// the size of the leaves, before it is merged and after.
func TestSegmentsAreThoseOfFTS5(t *testing.T) {
	const most = 7 // segments of a level
	const instances = "CREATE VIRTUAL TABLE instances USING fts5vocab(words, 'instance')"
	for _, leaf := range []int{40, 100, 500, leafSize} {
		t.Run(fmt.Sprint(leaf), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(leaf), 3))
			ours, theirs := memoryShard(t), memoryShard(t)
			for _, s := range []*shard{ours, theirs} {
				if _, err := s.write.ExecContext(t.Context(), instances); err != nil {
					t.Fatal(err)
				}
			}
			key := 1
			for batch := range most*most + 2*most + 3 {
				words := madeWords(r, r.IntN(30))
				for i, w := range words {
					if _, err := theirs.write.ExecContext(t.Context(), "INSERT INTO words(rowid, text, subject) VALUES(?,?,?)", key+i, string(w.text), string(w.subject)); err != nil {
						t.Fatal(err)
					}
				}
				within(t, ours, leaf, most, func(f *fulltext) error {
					var v inverter
					v.start()
					for i := range words {
						v.add(key+i, &words[i])
					}
					if err := f.add(&v); err != nil {
						return err
					}
					return f.close()
				})
				key += len(words) + r.IntN(40)
				if batch%20 == 5 || batch > most*most+2*most {
					sameFull(t, fmt.Sprint("batch ", batch), ours, theirs)
				}
			}
			for range 2 {
				within(t, ours, leaf, most, func(f *fulltext) error { return f.tidy() })
				sameFull(t, "tidied", ours, theirs)
			}
			if n := leaves(t, ours, 1<<skipShift); n == 0 && leaf < leafSize {
				t.Error("no list has an index")
			}
			if n := leaves(t, ours, 1<<skipShift+1<<skipLevel); n == 0 && leaf < 100 {
				t.Error("no list has an index of two levels")
			}
		})
	}
}

func leaves(t *testing.T, s *shard, bits int64) (n int) {
	t.Helper()
	if err := s.read.QueryRowContext(t.Context(), "SELECT count(*) FROM words_data WHERE id>10 AND id&?=?", bits, bits).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func sameFull(t *testing.T, what string, ours, theirs *shard) {
	t.Helper()
	got, want := fullOf(t, ours.write), fullOf(t, theirs.write)
	if !slices.Equal(got, want) {
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%s: answer %d is %.300q, of FTS5 %.300q", what, i, got[i], want[i])
			}
		}
	}
}

func memoryShard(t testing.TB) *shard {
	t.Helper()
	s, err := openShard(t.Context(), "", true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.close() })
	return s
}

// within changes the full text of a shard.
func within(t *testing.T, s *shard, leaf, most int, change func(f *fulltext) error) {
	t.Helper()
	tx, err := s.write.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to take back
	f, err := openFulltext(t.Context(), tx, nil)
	if err == nil {
		f.leaf, f.most = leaf, most
		err = change(f)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		t.Fatal(err)
	}
}
