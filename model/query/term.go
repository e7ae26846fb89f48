package query

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bare reads a word that stands without quotation marks, with the * = or ~
// that says how it is meant.
func (p *parser) bare() (Node, *Error) {
	start := p.at
	text := p.bareText("")
	if err := p.noQuote(); err != nil {
		return nil, err
	}
	words, err := p.words(start, text, false, 2)
	if err != nil {
		return nil, err
	}
	p.remark(start, text, words)
	if p.typed(words, 2) {
		words[len(words)-1].Prefix = true
		p.note(start, p.at, "%s* is taken for the beginning of a word until a blank or Enter ends it", text)
	}
	return &Term{Words: words, Span: p.span(start, p.at)}, nil
}

// remark notes what a bare word is not, where another reading lies near.
func (p *parser) remark(start int, text string, words []Word) {
	r, _ := utf8.DecodeRuneInString(text)
	switch op := strings.ToUpper(text); {
	case op == "OR" || op == "AND" || op == "NOT":
		p.note(start, p.at, "%q is searched as a word; the operator is %s in capitals", text, op)
	case strings.ContainsRune(text, ',') && len(words) > 1:
		p.note(start, p.at, "%q is searched as words that follow each other; for one of them write OR", text)
	case r == '\'' || r == '‘':
		p.note(start, p.at, `%c makes no phrase; write "end user"`, r)
	case r == '+':
		p.note(start, p.at, "+ means nothing here: every word must be found")
	}
}

// typed says whether words that end here are the unfinished end of a query
// that is being typed, the last of them with so many letters at least.
func (p *parser) typed(words []Word, least int) bool {
	if !p.o.Typing || p.whole != nil || p.at < len(p.text) || len(words) == 0 {
		return false
	}
	w := words[len(words)-1]
	last, _ := utf8.DecodeLastRuneInString(p.text)
	return !w.Prefix && !w.Fuzzy && w.Exact == "" && (unicode.IsLetter(last) || unicode.IsDigit(last)) && utf8.RuneCountInString(w.Text) >= least
}

// bareText takes what stands up to a blank, a bracket, a bar, a quotation mark
// or one of the signs of stop.
func (p *parser) bareText(stop string) string {
	rest := p.rest()
	for i, r := range rest {
		if endsBare(rest[i:]) || strings.ContainsRune(stop, r) {
			p.at += i
			return rest[:i]
		}
	}
	p.at = len(p.text)
	return rest
}

// noQuote refuses a quotation mark within a word.
func (p *parser) noQuote() *Error {
	if r, size := utf8.DecodeRuneInString(p.rest()); isQuote(r) {
		return p.wrong(p.at, p.at+size, "a quotation mark cannot stand inside a word").hint("put a blank before it")
	}
	return nil
}

// words reads the words of a term or of a value that stands at a place, quoted
// or not. A beginning, urani*, must have so many letters at least.
func (p *parser) words(at int, text string, quoted bool, least int) ([]Word, *Error) {
	how := byte(0)
	if !quoted && text != "" && (text[0] == '=' || text[0] == '~') {
		how = text[0]
		at, text = at+1, text[1:]
	}
	var words []Word
	s := scanner{text: text}
	last, begin := 0, 0 // where the word before begins and ends
	for {
		word, start, end := s.next(nil)
		if len(word) == 0 {
			start = len(text)
		}
		if err := p.stars(at, text, last, begin, start, quoted, words, least); err != nil {
			return nil, err
		}
		if len(word) == 0 {
			break
		}
		w := Word{Text: string(word)}
		switch how {
		case '=':
			w.Exact = text[start:end]
		case '~':
			w.Fuzzy = true
			if utf8.RuneCountInString(w.Text) < 3 {
				return nil, p.wrong(at-1, at+len(text), "%q is too short to be misspelt", w.Text).hint("write three letters at least after ~")
			}
		}
		words = append(words, w)
		last, begin = start, end
	}
	if len(words) == 0 {
		if how != 0 {
			at--
		}
		return nil, p.noWord(at, text, how)
	}
	if how != 0 && words[len(words)-1].Prefix {
		return nil, p.wrong(at-1, at, "%c and * cannot both be asked of a word", how).hint("write %s or %c%s", text, how, strings.TrimRight(text, "*"))
	}
	return words, nil
}

func (p *parser) noWord(at int, text string, how byte) *Error {
	switch {
	case how != 0 && text == "":
		return p.wrong(at, at+1, "%c needs a word right after it", how).hint("for example: %csecret", how)
	case strings.TrimSpace(text) == "":
		return p.wrong(at, at+max(1, len(text)), "nothing stands here to be searched").hint("write a word, or take it away")
	}
	return p.wrong(at, at+len(text), "no letter or digit stands here, and only they are searched").hint("for signs write a regular expression: /%s/", quoteMeta(text))
}

// stars looks for * in what stands between two words, text[begin:end], and
// makes the word before it, text[word:begin], a prefix. In a phrase, a * that
// touches no word is a sign as any other.
func (p *parser) stars(at int, text string, word, begin, end int, quoted bool, words []Word, least int) *Error {
	first, last := len(words) == 0, end == len(text)
	for i := begin; i < end; i++ {
		if text[i] != '*' {
			continue
		}
		after, before := i == begin && !first, i == end-1 && !last // touches the word after which, before which it stands
		switch {
		case after && (last && i == end-1 || quoted && i < end-1 && text[i+1] != '*'):
			w := &words[len(words)-1]
			if utf8.RuneCountInString(w.Text) < least {
				return p.wrong(at+word, at+i+1, "%q is too short a beginning", text[word:i+1]).hint("write two letters at least before *")
			}
			w.Prefix = true
		case quoted && !after && !before: // a sign
		default:
			return p.wrong(at+i, at+i+1, "* is allowed only at the end of a word").
				hint("for a pattern write a regular expression: /%s/", strings.ReplaceAll(quoteMeta(text), `\*`, ".*"))
		}
	}
	return nil
}

// quoteMeta is text as a regular expression between slashes.
func quoteMeta(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(`\.+*?()|[]{}^$/`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// quoted takes what stands in quotation marks, of any shape.
func (p *parser) quoted() (text string, err *Error) {
	start := p.at
	_, size := utf8.DecodeRuneInString(p.rest())
	p.at += size
	for i, r := range p.rest() {
		if isQuote(r) {
			text = p.rest()[:i]
			p.at += i + utf8.RuneLen(r)
			return text, nil
		}
	}
	return "", p.wrong(start, len(p.text), "this quotation mark is never closed").hint(`close the phrase: "%s"`, strings.TrimSpace(p.rest()))
}

// farthest is the greatest distance that "a b"~n may ask for.
const farthest = 100

// phrase reads words in quotation marks and the distance after them.
func (p *parser) phrase() (Node, *Error) {
	start := p.at
	text, err := p.quoted()
	if err != nil {
		return nil, err
	}
	_, size := utf8.DecodeRuneInString(p.text[start:])
	words, err := p.words(start+size, text, true, 2)
	if err != nil {
		if strings.TrimSpace(text) == "" {
			return nil, p.wrong(start, p.at, "nothing stands in these quotation marks").hint("write the words that must follow each other")
		}
		return nil, err
	}
	t := &Term{Words: words}
	if strings.HasPrefix(p.rest(), "~") {
		if t.Near, err = p.distance(); err != nil {
			return nil, err
		}
		if len(words) > mostNear {
			return nil, p.wrong(start, p.at, "too many words are asked to stand near each other").hint("name %d at most", mostNear)
		}
	}
	t.Span = p.span(start, p.at)
	return t, p.parted("phrase")
}

// distance reads the ~n after a phrase.
func (p *parser) distance() (int, *Error) {
	start := p.at
	p.at++
	digits := p.bareText(",")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > farthest || digits[0] == '+' {
		return 0, p.wrong(start, max(p.at, start+1), "%q is not a distance", "~"+digits).
			hint("write how many other words may stand between them, 1 to %d: \"end user\"~5", farthest)
	}
	return n, nil
}

// parted wants a blank, a bracket or the end after something that was closed.
func (p *parser) parted(what string) *Error {
	if p.at >= len(p.text) || endsBare(p.rest()) && p.noQuote() == nil {
		return nil
	}
	_, size := utf8.DecodeRuneInString(p.rest())
	return p.wrong(p.at, p.at+size, "a blank is missing after this %s", what).hint("put one before what follows")
}
