package library

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"chancery/model"
	"chancery/model/query"
)

// deskQuestions are what is asked while somebody judges.
var deskQuestions = []struct{ name, text string }{
	{"unjudged", "is:unjudged"},
	{"relevant", "is:relevant"},
	{"label", "label:gas"},
	{"words of notes", `note:"end user"`},
	{"unjudged tag level", "is:unjudged tag:PREL class>=secret"},
	{"unjudged common word", "is:unjudged government"},
	{"unjudged expression", "is:unjudged /uraniu[mn] enrich/"},
}

// BenchmarkDesk asks each question after one judgement more, as the screen does
// while somebody judges: the first 50 by date, and the counts by judgement. What
// was asked of the cables before is kept; what was asked of the desk is not. The
// work of a thousand to fifty thousand cables is there already. first is the
// first question of all, which finds the cables that the work is on.
func BenchmarkDesk(b *testing.B) {
	for _, n := range []int{5000, 50000} {
		desk := newMadeDesk()
		l := benched(b)
		l.o.Desk = desk
		rows := deskRows(b, l, desk, n)
		b.Run(fmt.Sprint(n, " works/first"), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				l.forget()
				begun := time.Now()
				askDesk(b, l, "is:relevant", "date")
				took = append(took, time.Since(begun))
			}
			spread(b, took)
		})
		for _, q := range deskQuestions {
			for _, what := range []string{"date", "judgement"} {
				b.Run(fmt.Sprint(n, " works/", q.name, "/", what), func(b *testing.B) {
					askDesk(b, l, q.text, what)
					var took []time.Duration
					for i := 0; b.Loop(); i++ {
						desk.put(model.Work{Handle: rows[i%len(rows)].Handle(), Judgement: model.Relevant})
						begun := time.Now()
						askDesk(b, l, q.text, what)
						took = append(took, time.Since(begun))
					}
					spread(b, took)
				})
			}
		}
	}
}

// deskRows makes up the work on n cables, and gives some rows.
func deskRows(b *testing.B, l *Library, desk *madeDesk, n int) []model.Entry {
	b.Helper()
	p, err := l.List(context.Background(), nil, model.Ask{N: 1 << 30})
	if err != nil {
		b.Fatal(err)
	}
	m := maker{rand.New(rand.NewPCG(1, 2))}
	for i := range min(n, len(p.Entries)) {
		desk.put(m.work(p.Entries[i*len(p.Entries)/min(n, len(p.Entries))].Handle()))
	}
	return p.Entries
}

func askDesk(b *testing.B, l *Library, text, what string) {
	b.Helper()
	q, err := query.Parse(text, query.Options{Desk: true})
	if err == nil && what == "judgement" {
		_, err = l.Facets(context.Background(), q, []string{"judgement"}, 10)
	} else if err == nil {
		_, err = l.List(context.Background(), q, model.Ask{N: 50})
	}
	if err != nil {
		b.Fatal(err)
	}
}
