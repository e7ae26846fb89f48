package source

import (
	"bytes"
	"context"
	"io"
	"regexp"

	"chancery/model"
)

// Several messages may stand one after the other in a file: transmissions with
// NNNN between them, an mbox, an export that heads each with an ID. Cables
// quote cables and repeat their own front, so a new one is taken to begin only
// where it surely does, with a transmission header of its own:
//
//	... text of the first            ← has FM and DTG
//	DOE                              ← signature, NNNN or an empty line
//	NNNN
//	VZCZCXYZ9902                     ← the second begins
//	R 150813Z OCT 07                 ← its DTG
//	FM AMEMBASSY NOWHERE             ← its FM; not both the same as above

const saysMessageLarge = "a message of the file is larger than one text may be"

// near is how far from its first line the header of a message is looked for.
const near = 4 << 10

var (
	mboxLine   = regexp.MustCompile(`^From \S+ +[A-Z][a-z]{2} +[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d(:\d\d)? .*\d{4}\s*$`)
	exportLine = regexp.MustCompile(`^ID: ?\d+\s*\n(ORIGIN|DATE|SOURCE):|^<<\d+>>\s*\n\d`)
	signature  = regexp.MustCompile(`^[A-Z][A-Z .'-]{1,40}$`)
	quoting    = regexp.MustCompile(`(?i)\b(quote|begin|follow(s|ing)|repeat(ed)?|forward(ed|ing)?|text|original|retransmi\w+)\b|:$`)
)

// headerLines is within how many lines DTG and sender stand.
const headerLines = 40

// header finds DTG and sender in the first lines of a message. It is read by
// hand: a file may ask for it at each of a million lines.
func header(b []byte) (dtg, from string, ok bool) {
	b = b[:min(len(b), near)]
	for n := 0; n < headerLines && len(b) > 0; n++ {
		var line []byte
		line, b, _ = bytes.Cut(b, lineEnd)
		line = bytes.TrimSpace(line)
		switch {
		case dtg == "":
			dtg = dtgOf(line)
		case bytes.HasPrefix(line, []byte("FM ")):
			return dtg, string(bytes.TrimSpace(line[3:])), len(line) > 5
		}
	}
	return "", "", false
}

// dtgOf gives the date-time group of format line 5, which begins with one or
// two precedences: "O R 150813Z OCT 07"; "" when the line is another.
func dtgOf(line []byte) string {
	if len(line) < 2 || !bytes.ContainsRune([]byte("ZOPRYM"), rune(line[0])) || line[1] != ' ' {
		return ""
	}
	if line = line[2:]; len(line) > 2 && line[1] == ' ' {
		line = line[2:]
	}
	if len(line) < 12 || line[6] != 'Z' {
		return ""
	}
	for _, c := range line[:6] {
		if c < '0' || c > '9' {
			return ""
		}
	}
	return string(line[:min(len(line), 14)])
}

// isSeveral says whether the start of a file is that of a message, so that
// others may follow it.
func isSeveral(head []byte) bool {
	_, _, ok := header(head)
	return ok || mailBegins(head) || exportLine.Match(head[:min(len(head), 200)])
}

// messageEnd gives the length of the message at the start of b: where the next
// one surely begins, or all of b. ok is false when more of the file is needed
// to tell; final says that there is no more.
func messageEnd(b []byte, final bool) (n int, ok bool) {
	if isUTF16(b) || len(b) > 0 && b[0] == '<' && !bytes.HasPrefix(b, []byte("<<")) {
		return len(b), final
	}
	s := seam{b: b, mail: mailBegins(b), export: exportLine.Match(b[:min(len(b), 200)])}
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 || at+i+1 >= len(b) {
			return len(b), final
		}
		line := b[at : at+i]
		at += i + 1
		if !s.mayBegin(line, b[at:]) {
			continue
		}
		if !final && len(b)-at < near {
			return len(b), false
		}
		if s.begins(at) {
			return at, true
		}
	}
}

// seam looks for the place where one message ends and the next begins.
type seam struct {
	b            []byte
	mail, export bool // what the file's first message begins with
	ended        bool // an end of message stood on the last line that was not empty
}

// mayBegin says whether a new message may begin after a line: the cheap part
// of the question, asked for each line.
func (s *seam) mayBegin(line, rest []byte) bool {
	blank := len(line) == 0 || line[0] <= ' ' && len(bytes.TrimSpace(line)) == 0
	if !blank {
		s.ended = endOfMessage(line)
	}
	switch c := rest[0]; {
	case c <= ' ':
		return false
	case s.ended:
		return true
	case c == 'V', c == 'Z':
		return bytes.HasPrefix(rest, []byte("VZCZC")) || bytes.HasPrefix(rest, []byte("ZCZC"))
	case c == 'F':
		return s.mail && blank && bytes.HasPrefix(rest, []byte("From "))
	case c == 'I', c == '<':
		return s.export && (bytes.HasPrefix(rest, []byte("ID:")) || bytes.HasPrefix(rest, []byte("<<")))
	}
	return false
}

// endOfMessage knows the end of a transmission (ACP 127, format line 16).
func endOfMessage(line []byte) bool {
	if len(line) > 40 || len(line) < 3 {
		return false
	}
	switch string(bytes.TrimSpace(line)) {
	case "NNNN", "NNN", "<< END OF DOCUMENT >>":
		return true
	}
	return false
}

// begins judges a place at which a message may begin.
func (s *seam) begins(at int) bool {
	rest := s.b[at:]
	if s.mail {
		return mailBegins(rest)
	}
	if s.export && exportLine.Match(rest[:min(len(rest), 200)]) {
		return true
	}
	dtg, from, ok := header(rest)
	if !ok {
		return false
	}
	ownDTG, ownFrom, ok := header(s.b[:at])
	if !ok || dtg == ownDTG && from == ownFrom {
		return false // the front of the same cable, once more
	}
	if s.ended {
		return true
	}
	before := bytes.TrimRight(s.b[:at], "\r\n \t")
	last := bytes.TrimSpace(before[bytes.LastIndexByte(before, '\n')+1:])
	last = last[max(0, len(last)-400):]
	if quoting.Match(last) {
		return false
	}
	gap := bytes.Count(s.b[len(before):at], lineEnd)
	return gap > 1 || signature.Match(last)
}

// several is a file of messages that is too large to be held.
type several struct {
	in    io.Reader
	src   model.Source
	named bool
	most  int64
}

func severalStream(in io.Reader, src model.Source, named bool, l Limits) stream {
	return (&several{in, src, named, l.Text}).run
}

// oneOf is one message of a file.
type oneOf struct {
	src   model.Source
	bytes []byte
	named bool
}

func (o oneOf) read(context.Context) ([]Item, stream) {
	return []Item{read(o.bytes, o.src, o.named)}, nil
}

func (s *several) run(ctx context.Context, give func(task) error) error {
	var buf []byte // held; what stands before next has been given
	var failed error
	next, at, index, line, end := 0, int64(0), 0, 1, false
	for {
		n, ok := messageEnd(buf[next:], end)
		if !ok && int64(len(buf)-next) <= s.most {
			buf, next = append(buf[:0], buf[next:]...), 0
			want := max(int64(batchBytes), 2*int64(len(buf)))
			buf, failed = readOn(buf, s.in, want)
			end = failed != nil || int64(len(buf)) < want
			continue
		}
		if next == len(buf) && end {
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		src := s.src
		src.Index, src.Offset, src.Length = index, at, int64(n)
		var t task = oneOf{src, bytes.Clone(buf[next : next+n]), s.named}
		if int64(n) > s.most {
			no := refusal(src, model.Unread, saysMessageLarge)
			no.Refusal.Line = line
			t = finding{no}
		}
		if err := give(t); err != nil {
			return err
		}
		line += bytes.Count(buf[next:next+n], lineEnd)
		at, index, next = at+int64(n), index+1, next+n
	}
	if failed != nil {
		return give(finding{unreadItem(s.src, readError(failed))})
	}
	return nil
}
