package source

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"

	"chancery/model"
)

// PDF is the format of a document of pages whose text is drawn.
const PDF = "pdf"

// readPDF reads a PDF with a text layer: the text of its pages is read as that
// of a file would be, for a PDF may hold a raw message as well as a record of
// an archive or a release with its stamps.
func readPDF(b []byte, src model.Source, named bool) (it Item) {
	no := func(why string) Item { return refusal(src, model.NotCable, why) }
	// The reader below has no known way to fail so; a file that finds one
	// costs a sentence.
	defer func() {
		if recover() != nil {
			it = no(errPDFDamaged.Error())
		}
	}()
	text, err := pdfText(b)
	if err != nil {
		return no(err.Error())
	}
	if strings.HasPrefix(text, "%PDF-") {
		return no("it is a PDF document that shows the source of another")
	}
	it = read([]byte(text), src, named)
	if it.Refusal != nil {
		it.Refusal.Why = "it is a PDF document, and of its text: " + it.Refusal.Why
		return it
	}
	sum := sha256.Sum256(b)
	s := &it.Message.Source
	s.Format, s.Charset, s.Bytes, s.SHA256 = PDF, "utf-8", len(b), hex.EncodeToString(sum[:])
	return it
}

// pdfText gives the text of a PDF, lines that end in LF.
func pdfText(b []byte) (string, error) {
	f, err := openPDF(b)
	if err != nil {
		return "", err
	}
	pages := f.pages()
	if len(pages) == 0 {
		return "", errPDFDamaged
	}
	var out strings.Builder
	for _, page := range pages {
		runs, err := f.runs(page)
		if err != nil {
			return "", err
		}
		if lines := layLines(runs); len(lines) > 0 {
			if out.Len() > 0 {
				out.WriteByte('\n') // no empty line: sentences go on over the page
			}
			out.WriteString(strings.Join(lines, "\n"))
		}
		if out.Len() > maxPDFText {
			return "", errPDFWork
		}
	}
	if strings.TrimSpace(out.String()) == "" {
		return "", errPDFNoText
	}
	return out.String() + "\n", nil
}

// pdfLine is what stands on one baseline.
type pdfLine struct {
	y, size float64
	runs    []pdfRun
}

// layLines puts the runs of a page into lines: those on about one baseline
// belong together, from left to right, with as many blanks between them and
// before them as there is room for. Where a line is missing, an empty one is
// put, for it is by these that paragraphs are known.
func layLines(runs []pdfRun) []string {
	lines := baselines(runs)
	if len(lines) == 0 {
		return nil
	}
	left, wide := math.Inf(1), glyphWidth(runs)
	for _, l := range lines {
		left = min(left, l.runs[0].x)
	}
	leading := usualLeading(lines)
	var out []string
	for i, l := range lines {
		if i > 0 {
			for range blankLines(lines[i-1].y-l.y, leading) {
				out = append(out, "")
			}
		}
		out = append(out, l.text(left, wide))
	}
	return out
}

// baselines sorts runs into lines, from above to below.
func baselines(runs []pdfRun) (lines []pdfLine) {
	slices.SortStableFunc(runs, func(a, b pdfRun) int { return cmp.Compare(b.y, a.y) })
	for _, r := range runs {
		if strings.TrimSpace(r.text) == "" {
			continue // blanks are told by the gaps
		}
		if n := len(lines) - 1; n >= 0 && lines[n].y-r.y < 0.4*min(lines[n].size, r.size) {
			lines[n].runs = append(lines[n].runs, r)
			lines[n].size = max(lines[n].size, r.size)
			continue
		}
		lines = append(lines, pdfLine{r.y, r.size, []pdfRun{r}})
	}
	for _, l := range lines {
		slices.SortStableFunc(l.runs, func(a, b pdfRun) int { return cmp.Compare(a.x, b.x) })
	}
	return lines
}

// glyphWidth is how wide a glyph of the page is, about: the median over its
// runs.
func glyphWidth(runs []pdfRun) float64 {
	var widths []float64
	for _, r := range runs {
		if n := len([]rune(r.text)); n > 0 && r.to > r.x {
			widths = append(widths, (r.to-r.x)/float64(n))
		}
	}
	if len(widths) == 0 {
		return 6
	}
	slices.Sort(widths)
	return max(widths[len(widths)/2], 1)
}

// usualLeading is the distance of most lines from the one above, to a quarter
// of a point; of distances as frequent the smaller.
func usualLeading(lines []pdfLine) float64 {
	count := map[int]int{}
	for i := 1; i < len(lines); i++ {
		if d := lines[i-1].y - lines[i].y; d < 4*lines[i].size {
			count[int(math.Round(d*4))]++
		}
	}
	best := 0
	for d, n := range count {
		if n > count[best] || n == count[best] && d < best {
			best = d
		}
	}
	return float64(best) / 4
}

// maxBlankLines is how many empty lines a gap on a page gives at most.
const maxBlankLines = 3

func blankLines(gap, leading float64) int {
	if leading <= 0 {
		return 0
	}
	return min(max(int(math.Round(gap/leading))-1, 0), maxBlankLines)
}

// text writes a line. Glyphs that are drawn twice in one place, as some
// programs make letters bold, are written once.
func (l pdfLine) text(left, wide float64) string {
	var out strings.Builder
	out.WriteString(strings.Repeat(" ", min(max(int(math.Round((l.runs[0].x-left)/wide)), 0), 60)))
	var last pdfRun
	for i, r := range l.runs {
		if i > 0 {
			if r.text == last.text && r.x-last.x < 0.1*r.size {
				continue
			}
			gap := r.x - last.to
			blank := strings.HasSuffix(last.text, " ") || strings.HasPrefix(r.text, " ")
			switch {
			case gap > 1.5*wide:
				out.WriteString(strings.Repeat(" ", min(int(math.Round(gap/wide)), 60)))
			case gap > 0.15*r.size && !blank:
				out.WriteByte(' ')
			}
		}
		out.WriteString(plainLetters.Replace(r.text))
		last = r
	}
	return strings.TrimRight(out.String(), " ")
}

// plainLetters takes ligatures apart and drops what has no place in a line.
var plainLetters = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st",
	"\u00a0", " ", "\n", " ", "\r", " ", "\f", " ", "\t", " ", "\x00", "")
