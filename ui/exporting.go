package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/export"
	"chancery/model/query"
	"chancery/model/safe"
)

// Writer writes what the reader takes away to a file. A session over SSH has
// none: nothing is written on the server.
type Writer interface {
	// Write makes a file of what is given, never over another: where the name
	// is taken it gets a number. It gives the path as it is now.
	Write(ctx context.Context, name string, text []byte) (path string, err error)
}

// exportMost is how many cables the screen exports at once; more is for the
// command line, which keeps none of them.
const exportMost = 500

// parcel says what is exported.
type parcel struct {
	words  string       // "brief 'Pipeline'", "1 cable"
	title  string       // of the document
	brief  string       // name of the brief, "" for cables
	keys   []model.Key  // cables
	answer *query.Query // or what answers it; all when it is nil and whole is set
	whole  bool         // the answer, not keys
	order  model.Order
	back   bool
	args   []string // that name it on the command line
	most   int      // cables in the answer, as far as they are counted
}

// parcels are what can be exported from here, the nearest first.
func (a *App) parcels() []parcel {
	var out []parcel
	brief, ok := a.brief()
	inBriefNow := a.scope() == inBrief
	if ok && inBriefNow {
		out = append(out, briefParcel(brief))
	}
	if a.selecting() {
		p := parcel{title: "Selected cables"}
		var ids []string
		for _, x := range a.list.allPicked() {
			p.keys = append(p.keys, x.key)
			ids = append(ids, "id:"+x.handle.ID)
		}
		p.words = plural(len(p.keys), "selected cable")
		p.args = []string{strings.Join(ids, " OR ")}
		out = append(out, p)
	}
	if p, ok := a.cableParcel(); ok {
		out = append(out, p)
	}
	if ok && !inBriefNow {
		out = append(out, briefParcel(brief))
	}
	if n := a.list.total; n > 0 {
		p := parcel{title: "All cables", whole: true, answer: a.asked.query, order: a.list.order, back: a.list.reverse, most: n, words: "all " + plural(n, "cable")}
		if a.asked.query != nil {
			p.title, p.args = safe.Line(a.asked.text), []string{a.asked.text}
			p.words = "the answer: " + plural(n, "cable")
		}
		out = append(out, p)
	}
	return out
}

func briefParcel(b model.Brief) parcel {
	return parcel{words: "brief " + briefTitle(b) + ", " + plural(len(b.Pins), "paragraph"), title: b.Name, brief: b.Name, args: []string{"--brief", b.Name}}
}

// cableParcel is the cable at hand.
func (a *App) cableParcel() (parcel, bool) {
	key, id := a.reading.shown, ""
	if row, ok := a.list.current(); ok && a.scope() == inList {
		key, id = row.key, row.handle.ID
	} else if c := a.reader.cable(); c != nil {
		id = c.ID
	}
	if key == 0 {
		return parcel{}, false
	}
	p := parcel{words: "the cable " + cableWords(model.Handle{ID: id}), title: id, keys: []model.Key{key}}
	if id != "" {
		p.args = []string{"id:" + id}
	} else {
		p.title = "A cable without id"
	}
	return p, true
}

// gathered are the cables of a parcel, read once.
type gatheredItems struct {
	title string
	brief bool
	items []export.Item
	held  int // cables of them
}

// gather reads the cables of a parcel, with the reader's notes on them.
func gather(ctx context.Context, lib Library, desk Desk, p parcel, from export.Source) (gatheredItems, error) {
	g := gatheredItems{title: p.title, brief: p.brief != ""}
	var state model.DeskState
	if desk != nil {
		var err error
		if state, err = desk.State(ctx); err != nil {
			return g, err
		}
	}
	if p.brief != "" {
		return g, g.pins(ctx, lib, state, p.brief, from)
	}
	keys := p.keys
	if p.whole {
		var err error
		if keys, err = answerKeys(ctx, lib, p); err != nil {
			return g, err
		}
	}
	for _, k := range keys {
		c, err := lib.Cable(ctx, k)
		if err != nil {
			return g, err
		}
		g.items = append(g.items, export.Item{Cable: c, Handle: c.Handle(), Notes: state.Works[c.Handle().Key()].Notes, Source: from})
	}
	g.held = len(keys)
	return g, nil
}

// pins reads the cables of a brief. One that is not held is quoted from its
// pin.
func (g *gatheredItems) pins(ctx context.Context, lib Library, state model.DeskState, name string, from export.Source) error {
	cables := map[string]*model.Cable{}
	for _, b := range state.Briefs {
		if b.Name != name {
			continue
		}
		doc := export.BriefOf(b, func(p model.Pin) (*model.Cable, model.Work, export.Source, error) {
			key := p.Key()
			c, known := cables[key]
			if !known && p.ID != "" {
				k, ok, err := lib.Find(ctx, p.ID)
				if err == nil && ok {
					c, err = lib.Cable(ctx, k)
				}
				if err != nil {
					return nil, model.Work{}, from, err
				}
				cables[key] = c
			}
			return c, state.Works[key], from, nil
		})
		for it, err := range doc.Items {
			if err != nil {
				return err
			}
			g.items = append(g.items, it)
		}
		g.held = len(cables)
		return nil
	}
	return fmt.Errorf("there is no brief %q", name)
}

// answerKeys are the cables of an answer, in its order.
func answerKeys(ctx context.Context, lib Library, p parcel) ([]model.Key, error) {
	ask := model.Ask{Order: p.order, Reverse: p.back, N: exportMost + 1}
	page, err := lib.List(ctx, p.answer, ask)
	switch {
	case err != nil:
		return nil, err
	case page.Total > exportMost || page.Counting:
		return nil, fmt.Errorf("%s or more: the screen exports %s at once; the command below exports all", plural(page.Total, "cable"), count(exportMost))
	}
	keys := make([]model.Key, 0, len(page.Entries))
	for _, e := range page.Entries {
		keys = append(keys, e.Key)
	}
	return keys, nil
}

// bytes writes the document. What the screen shows, copies and writes to a
// file is this and nothing else.
func (g *gatheredItems) bytes(f export.Format, o export.Options) ([]byte, error) {
	var b bytes.Buffer
	err := export.Write(&b, f, export.Document{Title: g.title, Brief: g.brief, Items: export.List(g.items...)}, o)
	return b.Bytes(), err
}

// exportedMsg brings the document, and what it was made of.
type exportedMsg struct {
	gen   int
	items *gatheredItems
	text  []byte
	err   error
}

// wroteMsg says where a file was written.
type wroteMsg struct {
	path string
	n    int
	err  error
}

// exportSource is where the cables are read, for the citations.
func (a *App) exportSource() export.Source {
	return export.Source{Collection: a.collection(), Accessed: a.o.Today}
}

// write has a file written, and says where it is.
func (a *App) write(name string, text []byte) tea.Cmd {
	w, ctx := a.o.Writer, a.ctx
	return func() tea.Msg {
		path, err := w.Write(ctx, name, text)
		return wroteMsg{path, len(text), err}
	}
}

func (a *App) wrote(m wroteMsg) {
	switch {
	case errors.Is(m.err, context.Canceled):
	case m.err != nil:
		a.fail(m.err)
	default:
		a.say("written: " + safe.Line(m.path) + ", " + plural(m.n, "byte"))
		if p, ok := a.over.(*exportPanel); ok {
			p.written = safe.Line(m.path)
			a.overStale = true
		}
	}
}

// needWriter says why no file can be written.
func needWriter(a *App) string {
	if a.o.Writer == nil {
		return "files are written on a local screen only; y copies instead"
	}
	return ""
}

// shellWord writes a word as a shell takes it.
func shellWord(s string) string {
	s = safe.Line(s)
	if s != "" && s[0] != '#' && strings.IndexFunc(s, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("-_./:=,+@%#", r))
	}) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// shellLine is a command as a shell takes it.
func shellLine(words ...string) string {
	for i, w := range words {
		words[i] = shellWord(w)
	}
	return strings.Join(words, " ")
}
