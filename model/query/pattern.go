package query

import (
	"bytes"
	"regexp"
	"regexp/syntax"
	"strings"

	"chancery/model"
)

// biggest bounds a regular expression, its repetitions written out: what it
// costs on each byte of a text grows with it.
const biggest = 5000

// pattern reads a regular expression that is a term.
func (p *parser) pattern() (Node, *Error) {
	start := p.at
	re, needs, err := p.expression()
	if err != nil {
		return nil, err
	}
	return &Regexp{Re: re, Span: p.span(start, p.at), needs: needs}, p.parted("regular expression")
}

// expression reads a regular expression between slashes, and finds what a text
// needs to be matched by it.
func (p *parser) expression() (re *regexp.Regexp, needs []string, err *Error) {
	start := p.at
	pattern, err := p.slashed()
	if err != nil {
		return nil, nil, err
	}
	if pattern == "" {
		return nil, nil, p.wrong(start, p.at, "nothing stands between these slashes").hint("for example: /urani(um|a)/")
	}
	const phrase = `escape the character with \ or search it as a phrase`
	tree, bad := syntax.Parse(pattern, syntax.Perl|syntax.FoldCase)
	if bad != nil {
		at, what := regexpFault(pattern, bad)
		return nil, nil, p.wrong(start+1+at.Start, start+1+at.End, "not a valid regular expression: %s", what).hint(phrase)
	}
	if size(tree) > biggest {
		return nil, nil, p.wrong(start, p.at, "this regular expression is too big").hint("ask for fewer repetitions")
	}
	re, bad = regexp.Compile("(?i)" + pattern)
	if bad != nil {
		return nil, nil, p.wrong(start, p.at, "not a valid regular expression: %v", bad).hint(phrase)
	}
	return re, appendNeeds(nil, tree), nil
}

// appendNeeds appends runs of letters that stand in every text an expression
// matches: each of them within one word of the text, in the form of
// AppendWords. To look for them is far cheaper than the expression.
func appendNeeds(needs []string, re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return appendRuns(needs, re.Rune)
	case syntax.OpConcat, syntax.OpCapture, syntax.OpPlus:
		for _, sub := range re.Sub {
			needs = appendNeeds(needs, sub)
		}
	case syntax.OpRepeat:
		if re.Min > 0 {
			needs = appendNeeds(needs, re.Sub[0])
		}
	}
	return needs
}

// appendRuns appends the runs of three letters and more. Digits alone would
// not do: a number loses its zeros.
func appendRuns(needs []string, literal []rune) []string {
	var run []byte
	letters := 0
	for _, r := range append(literal[:len(literal):len(literal)], ' ') {
		c := byte(' ')
		if r < 0x80 {
			c = ascii[r]
		}
		if c != ' ' {
			run = append(run, c)
			if c >= 'a' {
				letters++
			}
			continue
		}
		if len(run) >= 3 && letters > 0 {
			needs = append(needs, string(run))
		}
		run, letters = run[:0], 0
	}
	return needs
}

// mayMatch says whether all that an expression needs stands in words.
func mayMatch(needs []string, words []byte) bool {
	for _, s := range needs {
		var room [64]byte
		if !bytes.Contains(words, append(room[:0], s...)) {
			return false
		}
	}
	return true
}

// size counts the steps of an expression.
func size(re *syntax.Regexp) int {
	n := 1 + len(re.Rune)
	for _, sub := range re.Sub {
		n = min(n+size(sub), 1<<20)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(1, re.Min, re.Max)
	}
	return min(n, 1<<20)
}

// pattern is an expression as it was written between its slashes.
func pattern(re *regexp.Regexp) string { return strings.TrimPrefix(re.String(), "(?i)") }

// flat is a text for an expression to look into: of the same length, line ends
// made blanks, because where a line of a cable ends means nothing.
func flat(text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		return text
	}
	out := []byte(text)
	for i, c := range out {
		if c == '\n' || c == '\r' {
			out[i] = ' '
		}
	}
	return string(out)
}

// In says whether the expression matches somewhere in a text. A line end of
// the text is a blank to it.
func (r *Regexp) In(text string) bool { return r.Re.MatchString(flat(text)) }

// slashed takes what stands between slashes; \/ does not end it.
func (p *parser) slashed() (text string, err *Error) {
	start := p.at
	rest := p.rest()
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '/':
			p.at += i + 1
			return rest[1:i], nil
		}
	}
	return "", p.wrong(start, len(p.text), "this regular expression is never closed").hint(`close it: %s/`, rest)
}

// regexpFault says what is wrong with a pattern, and where in it.
func regexpFault(pattern string, err error) (at model.Span, what string) {
	bad, ok := err.(*syntax.Error)
	if !ok {
		return model.Span{End: len(pattern)}, err.Error()
	}
	at = model.Span{End: len(pattern)}
	if i := strings.Index(pattern, bad.Expr); i >= 0 && bad.Expr != "" {
		at = model.Span{Start: i, End: i + len(bad.Expr)}
	}
	switch bad.Code {
	case syntax.ErrMissingParen:
		if i := openParen(pattern); i >= 0 {
			at = model.Span{Start: i, End: i + 1}
		}
		return at, "missing ), unterminated subpattern"
	case syntax.ErrUnexpectedParen:
		return at, "this ) closes nothing"
	case syntax.ErrMissingBracket:
		return at, "missing ], unterminated character set"
	case syntax.ErrTrailingBackslash:
		return model.Span{Start: len(pattern) - 1, End: len(pattern)}, "nothing stands after the last \\"
	case syntax.ErrMissingRepeatArgument:
		return at, "nothing to repeat"
	}
	return at, bad.Code.String()
}

// openParen finds the first parenthesis of a pattern that is not closed.
func openParen(pattern string) int {
	var open []int
	set := false
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case set:
			set = c != ']'
		case c == '[':
			set = true
			if strings.HasPrefix(pattern[i+1:], "]") || strings.HasPrefix(pattern[i+1:], "^]") {
				i = strings.IndexByte(pattern[i:], ']') + i
			}
		case c == '(':
			open = append(open, i)
		case c == ')' && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return -1
	}
	return open[0]
}
