package parser

import (
	"strings"

	"chancery/model"
)

// envelope reads the transmission header (ACP 127 format lines 1 to 11) from
// line i on and gives the line on which the front of the cable begins.
//
// The lines come in a fixed order but any of them may be missing: partial
// extracts have none, records before 2003 no routing, prints of the
// Department a distribution block instead (cable-format 1.1, 1.7).
func (r *reader) envelope(i int) int {
	i = r.skipPrint(i)
	e := envelopeReader{r: r}
	for ; i < len(r.lines); i++ {
		l := r.lines[i]
		switch r.kinds[i] {
		case blankLine:
			e.blank = true
			continue
		case pageLine:
			r.furniture("page-line", l.from, l.to)
			continue
		case dotLine:
			r.furniture("residue", l.from, l.to)
			continue
		case sipdisLine:
			return e.done(i)
		case rulerLine:
			if !e.distribution {
				return e.done(i)
			}
			r.part(model.PartEnvelope, "distribution", l.from, l.to)
			e.distribution = false
			continue
		case levelLine:
			if !e.pageHead(i) {
				return e.done(i)
			}
			r.furniture("page-level", l.from, l.to)
			continue
		}
		if !e.line(i) {
			return e.done(i)
		}
		e.blank = false
	}
	return e.done(i)
}

// envelopeReader knows where in the header the reading is.
type envelopeReader struct {
	r            *reader
	list         *[]model.Address // the addressees that are being listed
	field        model.Field      // and which field they are
	name         string           // and what their parts are called
	routing      bool             // format line 2 may go on
	distribution bool             // inside a distribution block
	blank        bool             // a blank line since the last line
	seen         bool             // something of an envelope was met
	printed      bool             // labels of a post's own print were met: its INFO: lists no addressees
	looked       int              // lines before this one were looked at for prose
}

// done gives the cable its addressees and says what is odd about the envelope,
// once it is read.
func (e *envelopeReader) done(i int) int {
	r := e.r
	r.c.To, r.c.Info, r.c.Exempt = exactly(r.to), exactly(r.info), exactly(r.exempt)
	if !e.seen && e.r.c.From.Name == "" {
		e.r.problem("no-envelope", 0, 0)
	}
	return i
}

// line reads one line of text; false when it is no line of an envelope.
func (e *envelopeReader) line(i int) bool {
	r, l := e.r, e.r.lines[i]
	s := r.of(i)
	if r.kinds[i] == mixedLine {
		return e.mixed(i)
	}
	switch {
	case e.list != nil && s[0] == 'R' && hasRoute(s):
		e.note(e.name, l)
		e.add(l.from, l.to)
	case strings.HasPrefix(s, "VZCZC"):
		e.note("serial", l)
		if r.c.Envelope.Serial == "" {
			r.c.Envelope.Serial = word(s)
			r.place(model.FieldSerial, 0, l.from, l.from+len(r.c.Envelope.Serial))
		}
		e.list = nil
	case isNotice(s):
		e.note("notice", l)
		e.list = nil
		if hasFold(s, "THIS RECORD IS A PARTIAL") {
			r.problem("partial-extract", l.from, l.to)
		}
	case e.isRouting(s):
		e.note("routing", l)
	case strings.HasPrefix(s, "DE R") && e.list == nil:
		e.note("station", l)
		e.station(l)
	case strings.HasPrefix(s, "ZNY ") || strings.HasPrefix(s, "ZNR "):
		e.note("security", l)
		if r.c.Envelope.Security == "" {
			r.c.Envelope.Security = s
			r.place(model.FieldSecurity, 0, l.from, l.to)
		}
	case e.dtg(l):
		e.note("dtg", l)
		e.list = nil
	case hasWord(s, "FM") && r.c.From.Name == "":
		e.note("from", l)
		r.c.From = model.ParseAddress(squeeze(s[2:]))
		r.place(model.FieldFrom, 0, l.from+len("FM"), l.to)
		e.list = nil
	case e.isDistribution(s):
		e.note("distribution", l)
		e.distribution = true
		e.list = nil
	default:
		return e.addressees(i, s)
	}
	return true
}

// note records a line of the envelope.
func (e *envelopeReader) note(name string, l line) {
	e.routing = name == "routing"
	e.seen = e.seen || name != "notice"
	e.r.part(model.PartEnvelope, name, l.from, l.to)
}

// isNotice knows what publishers put where an envelope is missing.
func isNotice(s string) bool {
	return s == "null" || hasFold(s, "THIS RECORD IS A PARTIAL EXTRACT") || hasFold(s, "THE FULL TEXT OF THE ORIGINAL CABLE IS NOT")
}

// isRouting knows format line 2, a doubled precedence and routing indicators,
// and the lines it goes on upon.
func (e *envelopeReader) isRouting(s string) bool {
	if len(s) > 3 && s[0] == s[1] && s[2] == ' ' && strings.IndexByte("ZOPR", s[0]) >= 0 {
		return isIndicator(word(strings.TrimLeft(s[3:], " ")))
	}
	if !e.routing {
		return false
	}
	for s != "" {
		w := word(s)
		if !isIndicator(w) {
			return false
		}
		s = strings.TrimLeft(s[len(w):], " \t")
	}
	return true
}

// isIndicator says whether w has the shape of a routing indicator.
func isIndicator(w string) bool {
	if len(w) < 4 || len(w) > 9 || w[0] != 'R' && w != "ZEN" {
		return false
	}
	for i := 0; i < len(w); i++ {
		if !isUpper(w[i]) {
			return false
		}
	}
	return true
}

// station reads format line 3: DE RUEHTA #9911/01 2880813. The first one counts.
func (e *envelopeReader) station(l line) {
	r, v := e.r, &e.r.c.Envelope
	if v.Station != "" {
		return
	}
	for at := l.from + len("DE "); at < l.to; {
		at = skipBlanks(r.text, at, l.to)
		w := word(r.text[at:l.to])
		end := at + len(w)
		switch {
		case w == "":
			return
		case v.Station == "":
			v.Station = w
			r.place(model.FieldStation, 0, at, end)
		case w[0] == '#':
			v.StationSerial, v.Section, _ = strings.Cut(w[1:], "/")
			r.place(model.FieldStationSerial, 0, at+1, at+1+len(v.StationSerial))
			r.place(model.FieldEnvelopeSection, 0, end-len(v.Section), end)
		case digits(w) == 7:
			v.Filed = w[:7]
			r.place(model.FieldFiled, 0, at, at+7)
		}
		at = end
	}
}

// isDTG says whether s holds a preamble: precedences and a date-time group.
func (e *envelopeReader) isDTG(s string) bool {
	_, ok := preamble(s)
	return ok
}

// preamble reads format line 5. It looks for the six digits and zone letter
// before it asks for more, because it is tried on many lines.
func preamble(s string) (d model.DTG, ok bool) {
	at := 0
	for at < len(s) && at < 14 && !isDigit(s[at]) {
		at++
	}
	if n := digits(s[at:]); n != 6 || at+6 >= len(s) || upper(s[at+6]) != 'Z' {
		return d, false
	}
	return model.ParseDTG(s)
}

// dtg reads format line 5; the first one counts.
func (e *envelopeReader) dtg(l line) bool {
	d, ok := preamble(e.r.text[l.from:l.to])
	if !ok {
		return false
	}
	v := &e.r.c.Envelope
	if v.DTG.IsZero() {
		v.DTG, v.DTGText, v.Precedence, v.Signals = d.Time, d.Text, d.Precedence, d.Signals
		e.r.placeDTG(d, l.from, l.to)
	}
	return true
}

// begin opens a list of addressees.
func (e *envelopeReader) begin(role string) {
	r := e.r
	e.distribution = false
	switch role {
	case "TO":
		e.list, e.name, e.field = &r.to, "to", model.FieldTo
	case "INFO":
		e.list, e.name, e.field = &r.info, "info", model.FieldInfo
	default:
		e.list, e.name, e.field = &r.exempt, "xmt", model.FieldExempt
	}
}

// addressees reads a line that begins a list or goes on with it.
func (e *envelopeReader) addressees(i int, s string) bool {
	r, l := e.r, e.r.lines[i]
	if isTransmissionWord(s) {
		e.note("accounting", l)
		return true
	}
	if isPrintLabel(s) || e.printed && strings.HasPrefix(s, "INFO:") {
		r.part(model.PartEnvelope, "print", l.from, l.to)
		e.list, e.printed = nil, true
		return true
	}
	if isDateline(s) || r.beginsFront(i) {
		return false
	}
	for _, role := range []string{"TO", "INFO", "XMT"} {
		if !strings.HasPrefix(s, role) || len(s) > len(role) && s[len(role)] != ' ' && s[len(role)] != '/' && s[len(role)] != ':' {
			continue
		}
		e.begin(role)
		e.note(e.name, l)
		e.add(l.from+skipAny(s, len(role), " /:"), l.to)
		return true
	}
	if e.list != nil && (!e.blank && !e.prose(i) || hasRoute(s)) {
		e.note(e.name, l)
		e.add(l.from, l.to)
		return true
	}
	if e.list != nil || r.isProse(i) || e.r.c.From.Name != "" && r.c.Envelope.DTGText != "" {
		return false
	}
	r.part(model.PartEnvelope, "note", l.from, l.to)
	return true
}

// add appends the addressee that stands between two places.
func (e *envelopeReader) add(from, to int) {
	s := strings.TrimSpace(e.r.text[from:to])
	if s == "" || s == "XMT" {
		return
	}
	e.r.place(e.field, len(*e.list), from, to)
	*e.list = append(*e.list, model.ParseAddress(s))
}

// hasRoute says whether s begins with a routing indicator and a slash.
func hasRoute(s string) bool {
	n := strings.IndexByte(s, '/')
	return n > 0 && isIndicator(s[:n])
}

// isTransmissionWord knows format lines 10 and 11: GR25 and BT.
func isTransmissionWord(s string) bool {
	return s == "BT" || strings.HasPrefix(s, "GR") && len(s) > 2 && digits(s[2:]) == len(s)-2
}

// isDateline knows the date a newspaper put before the text: Friday, 23
// February 2001, 15:53.
func isDateline(s string) bool {
	if !isUpper(s[0]) {
		return false
	}
	n := strings.Index(s[:min(len(s), len("Wednesday, "))], "day, ")
	if n < 3 {
		return false
	}
	return n+5 < len(s) && isDigit(s[n+5])
}

// beginsFront says whether the front, or the text, begins on a line.
func (r *reader) beginsFront(i int) bool {
	s := r.of(i)
	if f, _ := keyword(s); f != noField {
		return true
	}
	if n, ok := numberAt(s); ok && (n.value <= 2 || n.rest < len(s) && s[n.rest] == '(') {
		return true
	}
	if isCaptionLine(s) || isTextHeading(s) {
		return true
	}
	return r.isClassLine(stretch{r.lines[i].from, r.lines[i].to, i})
}
