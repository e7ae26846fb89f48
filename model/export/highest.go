package export

import (
	"slices"
	"strings"

	"chancery/model"
	"chancery/model/safe"
)

// bannerOf is what a cable as a whole was marked: its own line, else the
// highest of its portions, else what its source says.
func bannerOf(c *model.Cable) model.Marking {
	if m := c.Banner(); m.Level != model.LevelUnknown {
		return m
	}
	if m := c.Classification.Highest; m.Level != model.LevelUnknown {
		return m
	}
	return model.Marking{Level: c.Classification.Metadata}
}

// sum collects the markings of all that is quoted.
type sum struct {
	level    model.Level
	controls []string
	unmarked int // passages of which nothing says how they were marked
	quoted   int
	cited    *sum   // of the cables as a whole, for a document that quotes nothing
	years    [2]int // of the first and the last cable, 0 when not known
	cables   map[string]bool
	undated  bool
	released int // cables that show that they were declassified
}

// marking is the line on the highest marking of all items, "" when there are
// none.
func (d Document) marking(f Format, o Options) (string, error) {
	s := sum{cables: map[string]bool{}, cited: &sum{}}
	r := resolver{o: o, seen: map[string]bool{}}
	kind, _ := KindOf(f)
	titled := o.Header || !kind.Quotes || f == JSON || f == CSV || o.style() == Chicago
	for it, err := range d.Items {
		if err != nil {
			return "", err
		}
		s.add(r.entry(it), titled)
	}
	what := "this export"
	if d.Brief {
		what = "this brief"
	}
	return s.words(what), nil
}

// add takes an item in. titled says that its subject is written too, which may
// carry a marking of its own.
func (s *sum) add(e *entry, titled bool) {
	for i := range e.passages {
		m := e.passages[i].mark
		if !hasMark(m) {
			m = bannerOf(e.c)
		}
		s.quoted++
		s.take(m)
	}
	if len(e.passages) == 0 {
		s.cited.quoted++
		s.cited.take(bannerOf(e.c))
	}
	if m, ok := model.ParseMarking(e.c.SubjectMarking); ok && titled {
		s.take(m)
	}
	s.cable(e)
}

func (s *sum) take(m model.Marking) {
	if !hasMark(m) {
		s.unmarked++
		return
	}
	s.level = max(s.level, m.Level)
	for _, c := range m.Controls {
		if !slices.Contains(s.controls, c) {
			s.controls = append(s.controls, c)
		}
	}
}

func (s *sum) cable(e *entry) {
	key := keyOf(e.c, e.item.Handle)
	if s.cables[key] && key != "" {
		return
	}
	if key == "" {
		key = "item " + itoa(e.n)
	}
	s.cables[key] = true
	year, _, _, ok := model.SplitID(e.c.ID)
	if d := e.c.Date(); !d.IsZero() {
		year, ok = d.UTC().Year(), true
	}
	if !ok {
		s.undated = true
	} else {
		if s.years[0] == 0 || year < s.years[0] {
			s.years[0] = year
		}
		s.years[1] = max(s.years[1], year)
	}
	if declassified(e.c) {
		s.released++
	}
}

// declassified says whether the cable or its archive shows that it was; a date
// that passed does not.
func declassified(c *model.Cable) bool {
	return c.Declass.Kind == model.DeclassDone || c.Metadata != nil && c.Metadata.Release != nil && c.Metadata.Release.Done
}

// highest is the marking of all together: the level, and the union of the
// controls. NOFORN beats REL, and the sorts of SBU end where a higher level
// begins.
func (s *sum) highest() model.Marking {
	m := model.Marking{Level: s.level}
	for _, c := range s.controls {
		switch {
		case strings.HasPrefix(c, "REL") && c != "RELIDO" && slices.Contains(s.controls, "NF"):
		case s.level > model.Sensitive && (c == "FOUO" || c == "LOU" || c == "CUI"):
		default:
			m.Controls = append(m.Controls, c)
		}
	}
	// A sort of SBU is named first.
	slices.SortStableFunc(m.Controls, func(a, b string) int { return order(a) - order(b) })
	return m
}

func order(control string) int {
	switch control {
	case "FOUO", "LOU", "CUI":
		return 0
	case "NF":
		return 1
	}
	return 2
}

// words is the sentence that stands above and below: what the marking was, and
// that nothing of it is a marking of today.
func (s *sum) words(what string) string {
	if len(s.cables) == 0 {
		return ""
	}
	line, of := "Highest marking in "+what+": ", s
	if s.quoted == 0 {
		line, of = "Nothing is quoted. Highest marking of the cables cited in "+what+": ", s.cited
	}
	if m := of.highest(); hasMark(m) || len(m.Controls) > 0 {
		line += safe.Line(m.Words())
	} else {
		line += "none is known"
	}
	line += "."
	if of.unmarked > 0 {
		line += " Of " + itoa(of.unmarked) + " of " + itoa(of.quoted) + " nothing says how " + plural(of.unmarked, "it was", "they were") + " marked."
	}
	line += " As marked"
	switch {
	case s.years[0] == 0:
		line += " in a year not known"
	case s.years[0] == s.years[1]:
		line += " in " + itoa(s.years[0])
	default:
		line += " from " + itoa(s.years[0]) + " to " + itoa(s.years[1])
	}
	if s.undated && s.years[0] > 0 {
		line += " and in years not known"
	}
	return line + "; " + s.status()
}

func (s *sum) status() string {
	switch n := len(s.cables); {
	case s.released == 0:
		return "current status not known."
	case s.released == n:
		return plural(n, "the cable shows that it was declassified.", "all "+itoa(n)+" cables show that they were declassified.")
	}
	return itoa(s.released) + " of " + itoa(len(s.cables)) + " cables " + plural(s.released, "shows", "show") + " that " + plural(s.released, "it was", "they were") + " declassified, of the others the current status is not known."
}
