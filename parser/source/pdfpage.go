package source

import (
	"math"
	"strings"
)

// pdfRun is a stretch of text as a page draws it: where its baseline begins
// and ends, in points from the left and from below.
type pdfRun struct {
	text     string
	x, y, to float64
	size     float64
}

// matrix is [a b c d e f] of ISO 32000-1, 8.3.3.
type matrix [6]float64

func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// pdfState is what operators set (8.4, 9.3).
type pdfState struct {
	ctm                     matrix
	font                    *pdfFont
	size, char, word, scale float64
	leading, rise           float64
}

// pdfPage draws one page and notes the text.
type pdfPage struct {
	f     *pdfFile
	state pdfState
	saved []pdfState
	text  matrix // of the text, and of its line
	line  matrix
	runs  []pdfRun
}

const (
	maxPDFRuns   = 100_000 // of a page
	maxPDFSaved  = 256     // states kept, deeper ones are not kept
	maxPDFNested = 8       // forms drawn within forms
)

// runs gives the text of a page, as it was drawn.
func (f *pdfFile) runs(page pdfDict) ([]pdfRun, error) {
	content, err := f.content(page["Contents"])
	if err != nil {
		return nil, err
	}
	p := pdfPage{f: f}
	p.state = pdfState{ctm: turned(f, page), scale: 1}
	err = p.draw(content, f.dict(page["Resources"]), 0)
	return p.runs, err
}

// turned is the matrix of a page that is shown turned.
func turned(f *pdfFile, page pdfDict) matrix {
	by, _ := f.number(page["Rotate"])
	switch (int(by)%360 + 360) % 360 {
	case 90:
		return matrix{0, -1, 1, 0, 0, 0}
	case 180:
		return matrix{-1, 0, 0, -1, 0, 0}
	case 270:
		return matrix{0, 1, -1, 0, 0, 0}
	}
	return matrix{1, 0, 0, 1, 0, 0}
}

// content joins the streams of a page.
func (f *pdfFile) content(x any) ([]byte, error) {
	list := f.array(x)
	if list == nil {
		list = pdfArray{x}
	}
	var all []byte
	for _, one := range list[:min(len(list), 4096)] {
		s, ok := f.value(one).(pdfStream)
		if !ok {
			continue
		}
		data, err := f.unpack(s)
		if err != nil {
			return nil, err
		}
		all = append(append(all, data...), '\n')
	}
	return all, nil
}

// draw follows the operators of a content.
func (p *pdfPage) draw(content []byte, resources pdfDict, nested int) error {
	l := pdfLexer{b: content}
	args := make([]any, 0, 16)
	for {
		x, ok := l.object()
		if !ok {
			return nil
		}
		if p.f.work++; p.f.work > p.f.effort {
			return errPDFWork
		}
		word, isWord := x.(pdfWord)
		if !isWord {
			if len(args) < 64 {
				args = append(args, x)
			}
			continue
		}
		var err error
		switch word {
		case "BI":
			skipPicture(&l)
		case "Do":
			err = p.form(args, resources, nested)
		case "Tf":
			p.setFont(args, resources)
		default:
			p.operator(word, args)
		}
		if err != nil || len(p.runs) > maxPDFRuns {
			return err
		}
		args = args[:0]
	}
}

// skipPicture passes over a picture within the content, up to "EI".
func skipPicture(l *pdfLexer) {
	for ; l.at+3 < len(l.b); l.at++ {
		if pdfBlank(l.b[l.at]) && l.b[l.at+1] == 'E' && l.b[l.at+2] == 'I' && pdfBlank(l.b[l.at+3]) {
			l.at += 3
			return
		}
	}
	l.at = len(l.b)
}

// form draws what stands apart under a name.
func (p *pdfPage) form(args []any, resources pdfDict, nested int) error {
	if len(args) == 0 || nested >= maxPDFNested {
		return nil
	}
	name, _ := args[len(args)-1].(pdfName)
	s, ok := p.f.value(p.f.dict(resources["XObject"])[name]).(pdfStream)
	if !ok || p.f.value(s.pdfDict["Subtype"]) != pdfName("Form") {
		return nil
	}
	data, err := p.f.unpack(s)
	if err != nil {
		return err
	}
	own := p.f.dict(s.pdfDict["Resources"])
	if own == nil {
		own = resources
	}
	state, saved := p.state, p.saved
	p.saved = nil
	if m, ok := matrixOf(p.f, p.f.array(s.pdfDict["Matrix"])); ok {
		p.state.ctm = m.times(p.state.ctm)
	}
	err = p.draw(data, own, nested+1)
	p.state, p.saved = state, saved
	return err
}

func matrixOf(f *pdfFile, list []any) (m matrix, ok bool) {
	if len(list) < 6 {
		return m, false
	}
	for i := range m {
		m[i], _ = f.number(list[len(list)-6+i])
	}
	return m, true
}

func (p *pdfPage) setFont(args []any, resources pdfDict) {
	if len(args) < 2 {
		return
	}
	name, _ := args[len(args)-2].(pdfName)
	p.state.font = p.f.font(p.f.dict(resources["Font"])[name])
	p.state.size, _ = args[len(args)-1].(float64)
}

// operator follows one operator that needs no resources.
func (p *pdfPage) operator(word pdfWord, args []any) {
	s := &p.state
	arg := func(fromEnd int) float64 {
		if fromEnd >= len(args) {
			return 0
		}
		v, _ := args[len(args)-1-fromEnd].(float64)
		return v
	}
	switch word {
	case "q":
		if len(p.saved) < maxPDFSaved {
			p.saved = append(p.saved, *s)
		}
	case "Q":
		if n := len(p.saved); n > 0 {
			*s, p.saved = p.saved[n-1], p.saved[:n-1]
		}
	case "cm":
		if m, ok := matrixOf(p.f, args); ok {
			s.ctm = m.times(s.ctm)
		}
	case "BT":
		p.text, p.line = matrix{1, 0, 0, 1, 0, 0}, matrix{1, 0, 0, 1, 0, 0}
	case "Tm":
		if m, ok := matrixOf(p.f, args); ok {
			p.text, p.line = m, m
		}
	case "Td":
		p.move(arg(1), arg(0))
	case "TD":
		s.leading = -arg(0)
		p.move(arg(1), arg(0))
	case "T*":
		p.move(0, -s.leading)
	case "TL":
		s.leading = arg(0)
	case "Tc":
		s.char = arg(0)
	case "Tw":
		s.word = arg(0)
	case "Tz":
		s.scale = arg(0) / 100
	case "Ts":
		s.rise = arg(0)
	case "'", "\"":
		if word == "\"" {
			s.word, s.char = arg(2), arg(1)
		}
		p.move(0, -s.leading)
		p.show(args)
	case "Tj", "TJ":
		p.show(args)
	}
}

func (p *pdfPage) move(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.times(p.line)
	p.text = p.line
}

// show draws a string, or strings with gaps between them in thousandths.
func (p *pdfPage) show(args []any) {
	if len(args) == 0 || p.state.font == nil {
		return
	}
	switch x := args[len(args)-1].(type) {
	case pdfString:
		p.draws(x)
	case pdfArray:
		for _, one := range x {
			switch one := one.(type) {
			case pdfString:
				p.draws(one)
			case float64:
				p.advance(-one / 1000 * p.state.size)
			}
		}
	}
}

func (p *pdfPage) advance(by float64) {
	p.text = matrix{1, 0, 0, 1, by * p.state.scale, 0}.times(p.text)
}

// draws draws one string: a run of the page, or more where blanks within it
// are wide.
func (p *pdfPage) draws(s pdfString) {
	st := &p.state
	place := func() (x, y float64) {
		m := matrix{1, 0, 0, 1, 0, st.rise}.times(p.text).times(st.ctm)
		return m[4], m[5]
	}
	run := pdfRun{}
	run.x, run.y = place()
	all := p.text.times(st.ctm)
	run.size = math.Abs(st.size) * math.Hypot(all[2], all[3])
	var out strings.Builder
	step := 1
	if st.font.wide {
		step = 2
	}
	for i := 0; i+step <= len(s); i += step {
		p.f.work++
		code := codeOf(s[i : i+step])
		out.WriteString(st.font.text(code))
		by := st.font.width(code)/1000*st.size + st.char
		if step == 1 && code == ' ' {
			by += st.word
		}
		p.advance(by)
	}
	run.to, _ = place()
	if run.text = out.String(); run.text == "" || run.size < 0.5 || run.size > 500 || bad(run.x) || bad(run.y) || bad(run.to) {
		return
	}
	if run.to < run.x {
		run.x, run.to = run.to, run.x
	}
	p.runs = append(p.runs, run)
}

// bad says whether a place is none that can be on a page.
func bad(v float64) bool { return math.IsNaN(v) || v > 1e5 || v < -1e5 }
