package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"chancery/model"
	"chancery/model/query"
)

// fakeLibrary is a collection in memory that keeps the contract of Library.
type fakeLibrary struct {
	mu       sync.Mutex
	entries  []model.Entry // by date
	cables   map[model.Key]*model.Cable
	progress model.Progress
	grown    chan struct{} // closed when the collection changes; nil: nobody waits
	asked    int           // questions for rows
	stops    int           // times that reading was to end
	fail     error         // what Cable answers instead

	slow      time.Duration // how long a query takes
	counting  bool          // counts go on
	fails     error         // what answers a query instead
	queries   []string      // asked, in order
	cancelled int           // of them, called off
	counts    counting
	desk      *fakeDesk // what is: and has: ask, or nil
}

func newFake(entries []model.Entry) *fakeLibrary {
	f := &fakeLibrary{entries: entries, cables: map[model.Key]*model.Cable{}}
	f.progress = model.Progress{
		Version: 1, Name: "made-up.zip", Cables: len(entries), Files: len(entries) + 1, Done: true,
		Receipt: model.Receipt{
			Files: len(entries) + 1, Cables: len(entries), Bytes: 123_456,
			NotCables: []model.Refusal{{Path: "cover.jpg", Why: "a picture"}},
		},
	}
	return f
}

// grow adds entries as reading does, and wakes who listens.
func (f *fakeLibrary) grow(done bool, more ...model.Entry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.entries = append(f.entries, more...)
	slices.SortStableFunc(f.entries, func(x, y model.Entry) int { return x.Date.Compare(y.Date) })
	f.progress.Version++
	f.progress.Cables, f.progress.Files, f.progress.Done = len(f.entries), len(f.entries)+1, done
	if f.grown != nil {
		close(f.grown)
		f.grown = nil
	}
}

func (f *fakeLibrary) Progress(ctx context.Context, after int) (model.Progress, error) {
	for {
		f.mu.Lock()
		if f.grown == nil { // made where somebody waits, so that synctest knows it
			f.grown = make(chan struct{})
		}
		p, grown := f.progress, f.grown
		f.mu.Unlock()
		if p.Version > after || p.Done {
			return p, nil
		}
		select {
		case <-grown:
		case <-ctx.Done():
			return p, ctx.Err()
		}
	}
}

// ordered gives the entries in the order asked for; only the default one is
// kept ready, as the big collection needs it.
func (f *fakeLibrary) ordered(o model.Order, reverse bool) []model.Entry {
	if (o == model.ByDate || o == "") && !reverse {
		return f.entries
	}
	es := slices.Clone(f.entries)
	slices.SortStableFunc(es, func(x, y model.Entry) int {
		switch o {
		case model.ByMark:
			return cmp.Compare(x.Mark.Level, y.Mark.Level)
		case model.ByFrom:
			return strings.Compare(x.From, y.From)
		case model.BySubject:
			return strings.Compare(x.Subject, y.Subject)
		case model.ByID:
			return strings.Compare(x.ID, y.ID)
		}
		return x.Date.Compare(y.Date)
	})
	if reverse {
		slices.Reverse(es)
	}
	return es
}

// waits lets a query take its time, unless it is called off.
func (f *fakeLibrary) waits(ctx context.Context, q *query.Query) error {
	f.mu.Lock()
	slow, fails := f.slow, f.fails
	f.queries = append(f.queries, q.Text)
	f.mu.Unlock()
	if fails != nil {
		return fails
	}
	if slow == 0 {
		return ctx.Err()
	}
	select {
	case <-time.After(slow):
	case <-ctx.Done():
		f.mu.Lock()
		f.cancelled++
		f.mu.Unlock()
	}
	return ctx.Err()
}

// answering gives those of entries that answer a query.
func (f *fakeLibrary) answering(es []model.Entry, q *query.Query) []model.Entry {
	if q == nil {
		return es
	}
	var out []model.Entry
	for _, e := range es {
		c := f.cables[e.Key]
		if c == nil {
			c = cableOf(e)
		}
		d := docOf(e, c)
		f.desk.tell(d, e)
		if q.Match(d) {
			out = append(out, e)
		}
	}
	return out
}

// docOf is a cable as a query sees it.
func docOf(e model.Entry, c *model.Cable) *query.Doc {
	d := &query.Doc{ID: e.ID, Date: e.Date, Mark: e.Mark, Origin: []string{e.From}, Tags: c.Tags, Caveats: c.Captions, Subject: e.Subject, Sign: c.Signature}
	for _, b := range c.Blocks {
		d.Paras = append(d.Paras, query.Paragraph{Mark: b.Mark, Text: b.Text})
	}
	for _, r := range c.References {
		d.Cites = append(d.Cites, r.ID)
	}
	for _, to := range c.To {
		d.To = append(d.To, to.Name)
	}
	return d
}

func (f *fakeLibrary) List(ctx context.Context, q *query.Query, ask model.Ask) (model.Page, error) {
	if q != nil {
		if err := f.waits(ctx, q); err != nil {
			return model.Page{}, err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	es := f.answering(f.ordered(ask.Order, ask.Reverse), q)
	from, to := 0, len(es)
	if ask.From != 0 {
		i := int(ask.From) - 1
		if i >= len(es) || es[i].Key != ask.From {
			i = slices.IndexFunc(es, func(e model.Entry) bool { return e.Key == ask.From })
		}
		if i < 0 {
			return model.Page{}, fmt.Errorf("no cable %d", ask.From)
		}
		switch {
		case ask.Back && ask.Include:
			to = i + 1
		case ask.Back:
			to = i
		case ask.Include:
			from = i
		default:
			from = i + 1
		}
	}
	if ask.Back {
		from = max(from, to-ask.N)
	} else {
		to = min(to, from+ask.N)
	}
	return model.Page{Entries: slices.Clone(es[from:to]), Rank: from, Total: len(es), Counting: f.counting && q != nil}, nil
}

func (f *fakeLibrary) Cable(_ context.Context, key model.Key) (*model.Cable, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		return nil, f.fail
	}
	if c := f.cables[key]; c != nil {
		return c, nil
	}
	i := slices.IndexFunc(f.entries, func(e model.Entry) bool { return e.Key == key })
	if i < 0 {
		return nil, fmt.Errorf("no cable %d", key)
	}
	return cableOf(f.entries[i]), nil
}

// Raw gives the cable's text in a wrapper that the cable does not have.
func (f *fakeLibrary) Raw(ctx context.Context, key model.Key) ([]byte, error) {
	c, err := f.Cable(ctx, key)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "RAW SOURCE OF %d\n%s%s", key, strings.Repeat("a line of the wrapper\n", 99), c.Text), nil
}

func (f *fakeLibrary) Find(_ context.Context, id string) (model.Key, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range f.entries {
		if e.ID == id {
			return e.Key, true, nil
		}
	}
	return 0, false, nil
}

// fakePlaces remembers one place.
type fakePlaces struct {
	mu    sync.Mutex
	place Place
	saves int
}

func (f *fakePlaces) Load(context.Context) (Place, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.place, nil
}

func (f *fakePlaces) Save(_ context.Context, p Place) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.place = p
	f.saves++
	return nil
}

// kept is what was saved last, and how often.
func (f *fakePlaces) kept() (Place, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.place, f.saves
}

// fakeSearches keeps saved queries.
type fakeSearches struct {
	mu   sync.Mutex
	all  []Search
	fail error
}

func (f *fakeSearches) Load(context.Context) ([]Search, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.all), f.fail
}

func (f *fakeSearches) Change(_ context.Context, change func([]Search) []Search) ([]Search, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		return nil, f.fail
	}
	f.all = change(slices.Clone(f.all))
	return slices.Clone(f.all), nil
}

// made makes n entries of fictional cables, in order of date.
func made(n int) []model.Entry {
	posts := []string{"ASTANA", "ANKARA", "KINGSTON", "MOSCOW", "BERN", "TBILISI", "PORT MORESBY", "RABAT"}
	subjects := []string{
		"PIPELINE TALKS: THE MINISTER'S VIEW", "SCENESETTER FOR THE OCTOBER VISIT", "VETTING REQUEST, MARCH COURSE",
		"GAS TRANSIT: WHAT THE DEPUTY SAID", "WEEKLY ECONOMIC ROUND-UP", "ELECTION LAW: OPPOSITION DIVIDED",
		"FISHERIES AGREEMENT, SECOND ROUND",
	}
	marks := []model.Marking{
		{Raw: "S/NF", Level: model.Secret, Controls: []string{"NF"}},
		{Raw: "C", Level: model.Confidential},
		{Raw: "U", Level: model.Unclassified},
		{Raw: "SBU", Level: model.Sensitive},
		{},
	}
	out := make([]model.Entry, n)
	for i := range out {
		post := posts[i%len(posts)]
		out[i] = model.Entry{
			Key: model.Key(i + 1), ID: fmt.Sprintf("07%s%d", strings.ReplaceAll(post, " ", ""), 9900+i),
			Date: time.Date(2007, 10, 2, 9, 0, 0, 0, time.UTC).Add(time.Duration(i) * 7 * time.Hour),
			Mark: marks[i%len(marks)], From: post, Subject: subjects[i%len(subjects)], Sum: madeSum(model.Key(i + 1))[:32],
		}
	}
	return out
}

// madeSum is the checksum of a made-up cable.
func madeSum(k model.Key) string {
	return fmt.Sprintf("5d205d20%024x", int(k)) + strings.Repeat("5d20", 8)
}

// cableOf writes a short fictional cable for an entry.
func cableOf(e model.Entry) *model.Cable {
	c := &model.Cable{
		ID: e.ID, Subject: e.Subject, From: model.Address{Name: "AMEMBASSY " + e.From},
		Source: model.Source{Path: "made/" + e.ID + ".txt", Format: "page-text", Charset: "utf-8", Bytes: 2048, SHA256: madeSum(e.Key)},
		Tags:   []string{"PREL", "ENRG"}, Captions: []string{"NOFORN"},
		Classification: model.Classification{Line: e.Mark.Level.String(), Level: e.Mark.Level, Highest: e.Mark, Check: model.CheckMatch},
		To:             []model.Address{{Route: "RUEHC", Name: "SECSTATE WASHDC", Precedence: "PRIORITY"}},
		Envelope:       model.Envelope{DTG: e.Date, DTGText: "020900Z OCT 07", Precedence: []string{"PRIORITY"}},
		Signature:      "MADEUP",
	}
	front := "REF: A. 07STATE99120\nB. 07ANKARA9901\n\n"
	c.Text = front
	c.References = []model.Reference{
		{Label: "A", Text: "07STATE99120", Kind: model.RefCable, ID: "07STATE99120", Span: model.Span{Start: 8, End: 20}},
		{Label: "B", Text: "07ANKARA9901", Kind: model.RefCable, ID: "07ANKARA9901", Span: model.Span{Start: 24, End: 36}},
	}
	c.Parts = append(c.Parts, model.Part{Kind: model.PartFront, Name: "ref", Span: model.Span{Start: 0, End: len(front)}, Line: 1, Block: -1})
	line := 4
	for i := range 9 {
		mark := e.Mark
		text := "This is invented text that stands for a paragraph. It runs on for a few lines,\nso that the width of the column can be judged. Paragraph " + fmt.Sprint(i+1) + " of\n" + e.ID + " says nothing of anybody."
		if i == 3 {
			text += " The price was named here, and the price again."
		}
		raw := fmt.Sprintf("%d. (%s) %s\n\n", i+1, mark.Raw, text)
		start := len(c.Text)
		c.Text += raw
		c.Blocks = append(c.Blocks, model.Block{
			Kind: model.Paragraph, Line: line, Span: model.Span{Start: start, End: len(c.Text) - 1}, Number: fmt.Sprint(i + 1), Mark: mark, Text: text,
		})
		c.Parts = append(c.Parts,
			model.Part{Kind: model.PartBlock, Span: model.Span{Start: start, End: len(c.Text) - 1}, Line: line, Block: i},
			model.Part{Kind: model.PartBlank, Span: model.Span{Start: len(c.Text) - 1, End: len(c.Text)}, Line: line + 3, Block: -1})
		line += 4
	}
	return c
}

// Values knows the TAGS, the posts and the ids.
func (f *fakeLibrary) Values(_ context.Context, q *query.Query, field, begin string, most int) ([]model.FacetValue, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	counts := map[string]int{}
	for _, e := range f.answering(f.entries, q) {
		switch field {
		case "tag":
			counts["PREL"]++
			counts["ENRG"]++
		case "origin":
			counts[e.From]++
		case "id", "cites", "citedby", "thread":
			counts[e.ID]++
		}
	}
	var out []model.FacetValue
	for v, n := range counts {
		if strings.HasPrefix(strings.ToLower(v), strings.ToLower(begin)) {
			out = append(out, model.FacetValue{Value: v, Meaning: "what " + v + " means", Term: field + ":" + v, Count: n})
			if strings.Contains(v, " ") {
				out[len(out)-1].Term = field + `:"` + v + `"`
			}
		}
	}
	slices.SortFunc(out, func(x, y model.FacetValue) int { return cmp.Or(y.Count-x.Count, strings.Compare(x.Value, y.Value)) })
	return out[:min(len(out), most)], nil
}
