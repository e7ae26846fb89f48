package library

import (
	"context"
	"slices"
	"time"

	"chancery/model"
	"chancery/model/query"
)

// answersKept is how many answers are kept, so that paging through one, and
// going back to the one before, asks nothing again.
const answersKept = 8

// lookTime is how long after a question was asked more of its answer is looked at
// before a page is given though more may answer.
const lookTime = 15 * time.Millisecond

// answer is the list that answers a query, in one order.
type answer struct {
	*find
	order   model.Order
	reverse bool
	rank    []int32 // of each row in that order

	turn turn    // of who reads on in it
	rows []int32 // that may answer, in order
	at   int     // those before are told apart
	list []int32 // those that answer, of them
}

// answer gives the answer to a query, made or found again.
func (l *Library) answer(ctx context.Context, v *view, q *query.Query, by model.Order, reverse bool) (*answer, error) {
	f, err := l.find(ctx, v, q)
	if err != nil {
		return nil, err
	}
	l.asking.Lock()
	for i, a := range l.answers {
		if a.find == f && a.order == by && a.reverse == reverse {
			l.answers = append(append(l.answers[:i:i], l.answers[i+1:]...), a)
			l.asking.Unlock()
			return a, nil
		}
	}
	a := &answer{find: f, order: by, reverse: reverse, turn: newTurn()}
	o, err := l.order(v, by)
	if err != nil {
		l.asking.Unlock()
		return nil, err
	}
	keys, rank := o.keys, o.rank // made anew when rows come, never changed
	l.asking.Unlock()
	if by == model.ByRelevance {
		if err := a.byRelevance(ctx, l, keys); err != nil {
			return nil, err
		}
	} else {
		a.rank, a.rows = rank, listed(keys, f.may)
	}
	if reverse {
		slices.Reverse(a.rows)
	}
	if f.exact || by == model.ByRelevance {
		a.list, a.at = a.rows, len(a.rows)
	}
	l.asking.Lock()
	defer l.asking.Unlock()
	// answers of an earlier view are of no more use, and hold its rows
	l.answers = slices.DeleteFunc(l.answers, func(old *answer) bool { return old.v != v })
	l.answers = append(l.answers, a)
	if n := len(l.answers); n > answersKept {
		l.answers = slices.Clone(l.answers[n-answersKept:])
	}
	return a, nil
}

// page cuts a stretch of the answer. Of an answer that is not exact as much is
// looked at as the stretch needs, and more as long as nobody has waited long.
func (a *answer) page(ctx context.Context, l *Library, ask model.Ask, begun time.Time) (model.Page, error) {
	if err := a.turn.take(ctx); err != nil {
		return model.Page{}, err
	}
	defer a.turn.give()
	ask.Reverse = false // the list stands as it is read
	var p model.Page
	var err error
	for {
		p, err = a.hits().page(ask)
		if err != nil || a.at == len(a.rows) {
			break
		}
		if a.enough(&p, ask) && time.Since(begun) > lookTime {
			break
		}
		if err = a.readOn(ctx, l); err != nil {
			break
		}
	}
	p.Counting = a.at < len(a.rows)
	p.Searched, p.Unread = a.v.searchable.count(), int(a.unread.Load())
	return p, err
}

// enough says whether a page will not change when more is looked at.
func (a *answer) enough(p *model.Page, ask model.Ask) bool {
	if !ask.Back {
		return len(p.Entries) >= ask.N
	}
	return ask.From != 0 && a.apart(a.rows[a.at], int32(ask.From-1)) > 0
}

// apart is how far one row stands behind another as the answer is read.
func (a *answer) apart(row, from int32) int {
	n := int(a.rank[row]) - int(a.rank[from])
	if a.reverse {
		return -n
	}
	return n
}

// hits is what is known to answer, as a list. Rows that came after the view
// was taken stand at the end.
func (a *answer) hits() sequence {
	return sequence{
		of: &a.v.table, n: len(a.list),
		list: func(i int) int32 { return a.list[i] },
		place: func(r int32) int {
			if int(r) >= len(a.rank) {
				return len(a.list)
			}
			i, _ := slices.BinarySearchFunc(a.list, r, a.apart)
			return i
		},
	}
}

// readOn tells apart the next rows. Those that nobody has looked at yet are
// looked at, so many at once.
func (a *answer) readOn(ctx context.Context, l *Library) error {
	n, err := a.tell(ctx, l, a.rows[a.at:], func(row int32) { a.list = append(a.list, row) })
	a.at += n
	return err
}
