package source

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"chancery/model"
	"chancery/parser"
)

// reading reads bytes as a file of this name would be.
func reading(b []byte, name string, named bool) Item { return read(b, model.Source{Path: name}, named) }

// madeCable reads a made-up file of testdata/forms and its cable.
func madeCable(t testing.TB, name string) (Item, *model.Cable) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "forms", name))
	must(t, err)
	it := reading(b, name, false)
	if it.Refusal != nil {
		t.Fatalf("%s: %s", name, it.Refusal.Why)
	}
	c := parser.Parse(it.Message)
	tiled(t, c)
	return it, c
}

// tiles says when the parts of a cable lose or double a byte of its text.
func tiles(t testing.TB, c *model.Cable) {
	t.Helper()
	at := 0
	for _, p := range c.Parts {
		if p.Span.Start != at || p.Span.End <= at {
			t.Fatalf("%s: part %s %q spans %v after %d", c.Source.Path, p.Kind, p.Name, p.Span, at)
		}
		at = p.Span.End
	}
	if at != len(c.Text) {
		t.Fatalf("%s: the parts end at %d of %d", c.Source.Path, at, len(c.Text))
	}
}

// tiled says when they do not tile, or stand on other lines than they say.
func tiled(t testing.TB, c *model.Cable) {
	t.Helper()
	tiles(t, c)
	for _, p := range c.Parts {
		before := c.Text[:p.Span.Start]
		if want := 1 + strings.Count(before, "\n") + strings.Count(before, "\f"); p.Line != want {
			t.Fatalf("%s: part %s %q on line %d, not %d", c.Source.Path, p.Kind, p.Name, p.Line, want)
		}
	}
}

// wrapped gives the text of all parts of the wrapper.
func wrapped(c *model.Cable) (s string) {
	for _, p := range c.Parts {
		if p.Kind == model.PartWrapper {
			s += p.Span.Of(c.Text)
		}
	}
	return s
}

// furniture gives the text of the furniture with a name, lines joined.
func furniture(c *model.Cable, name string) (s []string) {
	for _, p := range c.Furniture() {
		if p.Name == name {
			s = append(s, strings.Join(strings.Fields(p.Span.Of(c.Text)), " "))
		}
	}
	return s
}

// flowing is the text of a block on one line.
func flowing(b model.Block) string { return strings.Join(strings.Fields(b.Text), " ") }

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %#v, not %#v", what, got, want)
	}
}

func TestPlusDText(t *testing.T) {
	it, c := madeCable(t, "plusd.txt")
	equal(t, "format", it.Message.Source.Format, PlusDText)
	m := c.Metadata
	equal(t, "title", m.Title, "FISHERIES TALKS END WITHOUT FISH")
	equal(t, "id", m.ID, "1978REYKJA09911")
	equal(t, "classification", m.Classification, "CONFIDENTIAL")
	equal(t, "current", m.Current, "UNCLASSIFIED")
	equal(t, "created", m.Created, date(1978, time.November, 22))
	equal(t, "tags", m.Tags, []string{"EFIS", "PBOR", "IC"})
	equal(t, "origin", m.Origin, "Iceland Reykjavik")
	equal(t, "to", m.To, "Department of State, United Kingdom London")
	equal(t, "concepts", m.Attribute("Concepts"), "FISHING LIMITS | NEGOTIATIONS")
	equal(t, "released", m.Released, date(2014, time.March, 20))

	equal(t, "id of the cable", c.ID, "78REYKJAVIK9911")
	equal(t, "from", c.From.Name, "AMEMBASSY REYKJAVIK")
	equal(t, "dtg", c.Envelope.DTG, time.Date(1978, time.November, 22, 11, 40, 0, 0, time.UTC))
	equal(t, "subject", c.Subject, "FISHERIES TALKS END WITHOUT FISH")
	equal(t, "level", c.Classification.Level, model.Confidential)
	equal(t, "E.O. line", c.Declass.Line, "E.O. 11652: GDS")
	equal(t, "declassification", c.Declass.Says(time.Time{}), "declassified 2014-03-20 (State review)")
	equal(t, "signature", c.Signature, "NOBODYSON")
	if len(c.Blocks) != 2 {
		t.Fatalf("%d blocks", len(c.Blocks))
	}
	equal(t, "paragraph 2", flowing(c.Blocks[1]), "THE MINISTER SAID THAT HE WOULD LOOK FOR IT IN THE SPRING, WHEN THE ICE IS GONE.")
	stamp := "Quentin P. Exemplar Declassified/Released US Department of State EO Systematic Review 20 Mar 2014"
	equal(t, "stamps", furniture(c, "review"), []string{stamp, stamp})
	w := wrapped(c)
	for _, s := range []string{"BEGIN PGP", "How to contact nobody", "Canonical ID", "Show Headers", "Raw Metadata", "Help Expand"} {
		if !strings.Contains(w, s) {
			t.Errorf("the wrapper lacks %q", s)
		}
	}
}

func TestPlusDPage(t *testing.T) {
	it, c := madeCable(t, "plusd.html")
	equal(t, "format", it.Message.Source.Format, PlusDHTML)
	m := c.Metadata
	equal(t, "title", m.Title, "OIL RIG ADRIFT & RECLAIMED")
	equal(t, "id", m.ID, "1976OSLO09921")
	equal(t, "created", m.Created, time.Date(1976, time.March, 4, 9, 30, 0, 0, time.UTC))
	equal(t, "classification", m.Classification, "LIMITED OFFICIAL USE")
	equal(t, "tags", m.Tags, []string{"ENRG", "NO"})
	equal(t, "origin", m.Origin, "Norway Oslo")
	equal(t, "to", m.To, "Department of State")

	equal(t, "id of the cable", c.ID, "76OSLO9921")
	equal(t, "signature", c.Signature, "QUISTGAARD")
	equal(t, "E.O. line", c.Declass.Line, "E.O. 11652: N/A")
	equal(t, "declassified", c.Declass.Date, date(2006, time.May, 4))
	if len(c.Blocks) != 2 {
		t.Fatalf("%d blocks", len(c.Blocks))
	}
	equal(t, "paragraph 1", flowing(c.Blocks[0]), `THE RIG THAT BROKE LOOSE ON MARCH 1 WAS FOUND ON A BEACH WHERE "IT LOOKED AT HOME", <SAYS THE POLICE.`)
	if strings.Contains(c.Text, "NOT TEXT") || strings.Contains(c.Text, "PGP") {
		t.Errorf("the text holds what the page is made of:\n%s", c.Text)
	}
}

// The body of a page may be paragraphs and line breaks instead of a pre.
func TestPlusDPageOfParagraphs(t *testing.T) {
	page := `<html><body><table id='synopsis'><tr><td><div class='s_key'>Canonical ID:</div><div class='s_val'>09OSLO9925_a</div></td></tr></table>` +
		`<p>UNCLAS OSLO 009925<br/>SIPDIS</p><p>E.O. 12958: N/A</p><p>TAGS: PREL NO</p><p>SUBJECT: A <b>BOLD</b> PLAN</p><p>1. (U) It was &#x1b;[31mred.</p><p>NOBODYSON</p></body></html>`
	it := reading([]byte(page), "x", false)
	if it.Refusal != nil {
		t.Fatal(it.Refusal.Why)
	}
	c := parser.Parse(it.Message)
	tiled(t, c)
	equal(t, "id", c.ID, "09OSLO9925")
	equal(t, "subject", c.Subject, "A BOLD PLAN")
	equal(t, "captions", c.Captions, []string{"SIPDIS"})
	equal(t, "signature", c.Signature, "NOBODYSON")
}

func TestAADText(t *testing.T) {
	it, c := madeCable(t, "aad.txt")
	equal(t, "format", it.Message.Source.Format, AADText)
	m := c.Metadata
	equal(t, "id", m.ID, "1975ASTANA09912")
	equal(t, "created", m.Created, date(1975, time.February, 14))
	equal(t, "classification", m.Classification, "CONFIDENTIAL")
	equal(t, "current", m.Current, "UNCLASSIFIED")
	equal(t, "origin", m.Origin, "ASTANA")
	equal(t, "to", m.To, "STATE")
	equal(t, "title", m.Title, "THE STEPPE AS SEEN FROM A TRAIN")
	equal(t, "tags", m.Tags, []string{"PFOR", "OVIP", "NOBODY, JANE", "KZ"})
	equal(t, "references", m.References, []string{"75 STATE 99044", "75 ASTANA 9901"})
	equal(t, "film", m.Film, "D750055-9912")
	equal(t, "a value over two lines", m.Attribute("Concepts"), "RAILWAYS, TRAVEL, STEPPES")

	equal(t, "id of the cable", c.ID, "75ASTANA9912")
	equal(t, "level", c.Classification.Level, model.Confidential)
	equal(t, "E.O. line", c.Declass.Line, "E.O. 11652: GDS")
	equal(t, "kind", c.Declass.Kind, model.DeclassDone)
	equal(t, "declassification", c.Declass.Says(time.Time{}), "declassified 2006-07-06 (State review)")
	equal(t, "signature", c.Signature, "EXEMPLAR")
	equal(t, "summary", c.Summary, "THE STEPPE IS LONG. THE TRAIN IS NOT.")
	if len(c.Blocks) != 3 {
		t.Fatalf("%d blocks", len(c.Blocks))
	}
	equal(t, "paragraph 2", flowing(c.Blocks[1]), "PASSENGERS ASKED WHETHER THE LINE WOULD EVER REACH THE SEA, AND WERE TOLD THAT IT WOULD NOT.")
	equal(t, "lines of the archive", furniture(c, "archive-line"), []string{"*** Current Handling Restrictions *** n/a", "*** Current Classification *** CONFIDENTIAL", "<< END OF DOCUMENT >>"})
	if w := wrapped(c); !strings.HasPrefix(w, "Message Text\n") || !strings.Contains(w, "Message Attributes\n") || strings.Contains(w, "END OF DOCUMENT") {
		t.Errorf("the wrapper is %q", w)
	}
	for _, p := range c.Problems {
		t.Errorf("problem %s: %s", p.Code, p.Text)
	}
}

// What the archive has lost or withholds is a cable with a sentence.
func TestAADWithoutText(t *testing.T) {
	for _, x := range []struct{ file, id, title, code, says string }{
		{"aad-lost.txt", "75OSLO9923", "A TEXT THAT NOBODY HAS", "text-lost", "text lost; film D750419-9923"},
		{"aad-withdrawn.txt", "75OSLO9924", "", "withheld", "text withheld: this is a withdrawal card; ask for the record under the Freedom of Information Act"},
	} {
		it, c := madeCable(t, x.file)
		equal(t, x.file+": format", it.Message.Source.Format, AADText)
		equal(t, x.file+": id", c.ID, x.id)
		equal(t, x.file+": title", c.Metadata.Title, x.title)
		equal(t, x.file+": level", c.Classification.Metadata, model.Secret)
		equal(t, x.file+": blocks", len(c.Blocks), 0)
		if len(c.Problems) != 1 || c.Problems[0].Code != x.code || c.Problems[0].Text != x.says {
			t.Errorf("%s: problems %+v", x.file, c.Problems)
		}
	}
}

// A stamp within a line is taken out of the sentence it stands in.
func TestStampWithinALine(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("testdata", "forms", "aad.txt"))
	must(t, err)
	text := strings.Replace(string(b), "THE STEPPE IS LONG. THE", "THE STEPPE IS LONG. Quentin P. Exemplar Declassified/Released US Department of State EO Systematic Review 06 JUL 2006 THE", 1)
	c := parser.Parse(reading([]byte(text), "x", false).Message)
	tiled(t, c)
	if len(c.Blocks) != 3 {
		t.Fatalf("%d blocks", len(c.Blocks))
	}
	equal(t, "paragraph 1", flowing(c.Blocks[0]), "SUMMARY: THE STEPPE IS LONG. THE TRAIN IS NOT. END SUMMARY.")
	equal(t, "stamps", len(furniture(c, "review")), 3) // one within the line, and the two lines of the other
}

func TestFOIARelease(t *testing.T) {
	it, c := madeCable(t, "foia.txt")
	equal(t, "format", it.Message.Source.Format, FOIAText)
	r := c.Metadata.Release
	equal(t, "release", *r, model.Release{
		Date: date(2099, time.January, 2), Decision: "RELEASE IN PART", Case: "F-2099-00000", Document: "C00000001",
		Exemptions: []string{"B1", "1.4(D)", "B6"},
	})
	equal(t, "id", c.ID, "12ASTANA9913")
	equal(t, "printed by the source", c.IDInferred, false)
	equal(t, "mrn", c.MRN, "ASTANA 9913")
	equal(t, "dtg", c.Envelope.DTG, time.Date(2012, time.February, 14, 12, 30, 0, 0, time.UTC))
	equal(t, "precedence", c.Envelope.Precedence, []string{"ROUTINE"})
	equal(t, "from", c.From, model.Address{Name: "AMEMBASSY ASTANA"})
	equal(t, "to", c.To, []model.Address{{Name: "WASHDC, SECSTATE", Precedence: "ROUTINE"}})
	equal(t, "info", c.Info, []model.Address{{Name: "LONDON, AMEMBASSY", Precedence: "ROUTINE"}, {Name: "OSLO, AMEMBASSY", Precedence: "ROUTINE"}})
	equal(t, "level", c.Classification.Level, model.Confidential)
	equal(t, "captions", c.Captions, []string{"SENSITIVE", "SIPDIS"})
	equal(t, "attention", c.Attention, []string{"STATE FOR SCA/CEN"})
	equal(t, "order", c.Declass.Order, "13526")
	equal(t, "kind", c.Declass.Kind, model.DeclassAbsent) // a release in part declassifies nothing
	equal(t, "tags", c.Tags, []string{"PREL", "PGOV", "KZ"})
	equal(t, "subject", c.Subject, "THE BRIDGE THAT WAS BUILT TWICE")
	var refs []string
	for _, x := range c.References {
		refs = append(refs, x.Label+" "+x.ID)
	}
	equal(t, "references", refs, []string{"A 12STATE99321", "B 11ASTANA9920"})
	if c.ClassifiedBy == nil {
		t.Fatal("nobody classified it")
	}
	equal(t, "classified by", c.ClassifiedBy.Name, "Jane Exemplar")
	equal(t, "reasons", c.ClassifiedBy.Letters, []string{"d"})
	equal(t, "signature", c.Signature, "EXEMPLAR")
	if len(c.Blocks) != 2 {
		t.Fatalf("%d blocks: %+v", len(c.Blocks), c.Blocks)
	}
	equal(t, "paragraph 2", flowing(c.Blocks[1]), "The engineer, whose name is not given here, said that the first bridge had been built from the wrong end.")
	equal(t, "exemptions", furniture(c, "exemption"), []string{"B1,1.4(D),B6", "B6", "B1"})
	equal(t, "stamps of the case", len(furniture(c, "case")), 4)
	for _, name := range []string{"mrn", "dtg", "from", "to", "eo", "tags", "subject", "ref", "signature", "drafted-by", "info"} {
		if _, ok := c.Place(name); !ok {
			t.Errorf("%s has no place", name)
		}
	}
}

func TestFOIATelegram(t *testing.T) {
	it, c := madeCable(t, "foia-telegram.txt")
	equal(t, "format", it.Message.Source.Format, FOIAText)
	r := c.Metadata.Release
	equal(t, "case", r.Case, "FL-2098-09914")
	equal(t, "document", r.Document, "C09999914")
	equal(t, "decision", r.Decision, "RELEASE IN FULL")
	equal(t, "id", c.ID, "86REYKJAVIK9914")
	equal(t, "level", c.Classification.Level, model.Confidential)
	equal(t, "E.O. line", c.Declass.Line, "E.O. 12356: DECL: OADR")
	equal(t, "declassification", c.Declass.Says(time.Time{}), "declassified 2098-12-31 (State review)")
	if len(c.Blocks) != 2 {
		t.Fatalf("%d blocks: %+v", len(c.Blocks), c.Blocks)
	}
}

func TestSMARTMessage(t *testing.T) {
	it, c := madeCable(t, "smart.txt")
	equal(t, "format", it.Message.Source.Format, RawMessage)
	equal(t, "id", c.ID, "13STATE99345")
	equal(t, "level", c.Classification.Level, model.Unclassified)
	equal(t, "captions", c.Captions, []string{"SBU", "SENSITIVE"})
	equal(t, "to", c.To, []model.Address{{Name: "OSLO, AMEMBASSY", Precedence: "IMMEDIATE"}})
	equal(t, "subject", c.Subject, "A VISIT THAT MAY NOT TAKE PLACE")
	equal(t, "signature", c.Signature, "NEMO")
	equal(t, "check", c.Classification.Check, model.CheckMatch)
	if len(c.Blocks) != 3 {
		t.Fatalf("%d blocks: %+v", len(c.Blocks), c.Blocks)
	}
	equal(t, "an action request", c.Blocks[0].Kind, model.ActionBlock)
	equal(t, "a sentence over two pages", flowing(c.Blocks[1]), "Post is asked to find out whether the visit is real.")
}

// The Department releases mail under the same stamps; that is no cable.
func TestReleasedMailIsNoCable(t *testing.T) {
	mail := "UNCLASSIFIED U.S. Department of State Case No. F-2099-09999 Doc No. C09999999 Date: 01/02/2099\n" +
		"RELEASE IN PART\nB6\n\nFrom: Nobody, Jane\nSent: Monday, March 2, 2099 9:14 AM\nTo: Nemo, N.\nSubject: Lunch\n\nAt noon?\n"
	it := reading([]byte(mail), "mail.txt", false)
	if it.Refusal == nil || !strings.Contains(it.Refusal.Why, "no cable under the stamps") {
		t.Errorf("read as %q, %+v", it.Message.Source.Format, it.Refusal)
	}
}
