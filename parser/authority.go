package parser

import (
	"slices"
	"strings"

	"chancery/model"
)

// cutColumn is where the software of the 2000s cut the Classified By line
// hard, in the middle of a word if need be (counted in 148 of 1,295 cables).
const cutColumn = 71

// authority reads the Classified By line: who classified the cable and why.
func (r *reader) authority(run []fieldPiece) {
	text := r.joinCut(run)
	_, skip := keyword(text)
	span := model.Span{Start: run[0].from, End: run[len(run)-1].to}
	r.setAuthority(squeeze(text[skip:]), span)
}

// setAuthority notes the authority from its words, those after the label.
func (r *reader) setAuthority(text string, span model.Span) {
	if text == "" {
		return
	}
	by := &model.ClassifiedBy{Text: text, Span: span}
	who := text
	if n := reasonsAt(text); n < len(text) {
		who = text[:n]
		by.ReasonSection, by.Letters = readReasons(text[n:])
	}
	by.Name, by.Title = splitWho(who)
	r.c.ClassifiedBy = by
}

// authorityInText looks for the authority in the first paragraphs, where it
// stood before the front had a line for it: "1. (U) Classified by ...".
func (r *reader) authorityInText() {
	if r.c.ClassifiedBy != nil {
		return
	}
	for i, b := range r.c.Blocks {
		if i == 4 {
			return
		}
		if at := classifiedBy(b.Text); at > 0 && isProse(b.Kind) {
			text := squeeze(b.Text[at:min(len(b.Text), at+maxAuthority)])
			r.setAuthority(text[:endOfAuthority(text)], b.Span)
			return
		}
	}
}

// maxAuthority is how long the words of the authority can be.
const maxAuthority = 400

// endOfAuthority gives where the authority ends when the paragraph goes on:
// after the sentence with the reasons.
func endOfAuthority(s string) int {
	from := reasonsAt(s)
	for from < len(s) {
		n := strings.Index(s[from:], ". ")
		if n < 0 {
			return len(s)
		}
		from += n + 1
		if _, letters := readReasons(s[min(reasonsAt(s), from):from]); len(letters) > 0 {
			return from
		}
	}
	return len(s)
}

// joinCut joins the lines of a field. Where the line above was cut at the
// hard column, nothing stands between but the blank the next line begins with.
func (r *reader) joinCut(run []fieldPiece) string {
	if len(run) == 1 {
		return r.text[run[0].from:run[0].to]
	}
	n := 0
	for _, p := range run {
		n += len(" ") + p.to - p.from
	}
	var b strings.Builder
	b.Grow(n)
	for i, p := range run {
		from := p.from
		if i > 0 {
			above := run[i-1]
			width := above.to - r.lines[above.line].start
			if r.lines[p.line].start < from || width != cutColumn && !r.cutWord(above, from, p.to, width) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(r.text[from:p.to])
	}
	return b.String()
}

// cutWord says whether a line that is a little short of the hard column (a
// publisher has since made double blanks single) ends in the middle of a word.
func (r *reader) cutWord(above fieldPiece, next, to, width int) bool {
	if width < cutColumn-6 || width > cutColumn || !isLetter(r.text[above.to-1]) || !isLetter(r.text[next]) {
		return false
	}
	head := r.text[above.from:above.to]
	head = head[strings.LastIndexByte(head, ' ')+1:]
	tail := r.text[next:to]
	n := 0
	for n < len(tail) && isLetter(tail[n]) {
		n++
	}
	whole := head + tail[:n]
	for _, w := range []string{"AND", "REASON", "REASONS", "FOR", "AFFAIRS", "COUNSELOR", "AMBASSADOR"} {
		if isFold(whole, w) {
			return true
		}
	}
	return len(head) == 1 && isUpper(head[0]) && isLower(tail[0]) || n == 1 && isLower(tail[0])
}

// reasonsAt finds where the reasons begin: "for reasons 1.4 (b)", "REASON:",
// "1.4 (b)", "per 1.5", "under section 1.4", "based on". The length of s when
// there are none.
func reasonsAt(s string) int {
	at := len(s)
	for i := 0; i < len(s); i++ {
		c := upper(s[i])
		switch c {
		case '1':
			if (i == 0 || !isWordByte(s[i-1])) && reasonSection(s[i:]) != "" {
				at = i
			}
		case 'R':
			if reasonWord(s[i:]) || hasFold(s[i:], "REAON") || hasWord(s[i:], "REAS") || hasFold(s[i:], "REAS0N") || hasFold(s[i:], "RESON") || hasFold(s[i:], "REQ#") {
				at = i
			}
		case 'E':
			if i > 0 && s[i-1] == ' ' && isOrder(s[i:]) {
				at = i
			}
		}
		if at < len(s) {
			break
		}
	}
	return at
}

// reasonWord says whether s begins with the word reason; the hard cut left a
// blank in it where lines were joined later: "rea sons".
func reasonWord(s string) bool {
	const word = "REASON"
	for i, n := 0, 0; i < len(s); i++ {
		if s[i] == ' ' && n > 0 {
			continue
		}
		if upper(s[i]) != word[n] || i > len(word) {
			return false
		}
		if n++; n == len(word) {
			return true
		}
	}
	return false
}

// reasonSection reads the section of the Executive Order the reasons are
// numbered in: "1.4", "1.5", "1. 4".
func reasonSection(s string) string {
	if len(s) < 3 || s[0] != '1' || s[1] != '.' {
		return ""
	}
	at := blanks(s, 2)
	if at >= len(s) || s[at] < '2' || s[at] > '8' || at+1 < len(s) && isDigit(s[at+1]) {
		return ""
	}
	return "1." + s[at:at+1]
}

// readReasons reads the section and the letters of the reasons. The letters
// are in order, each once.
func readReasons(s string) (section string, letters []string) {
	at := 0
	for i := range s {
		if sec := reasonSection(s[i:]); sec != "" && (i == 0 || !isDigit(s[i-1])) {
			section, at = sec, blanks(s, i+2)+1
			break
		}
	}
	if section == "" {
		for at < len(s) && isLetter(s[at]) {
			at++
		}
	}
	for at < len(s) {
		if !isLetter(s[at]) {
			at++
			continue
		}
		end := at
		for end < len(s) && isWordByte(s[end]) {
			end++
		}
		switch w := s[at:end]; {
		case len(w) == 1 && upper(w[0]) <= 'H':
			if l := string(lower(w[0])); !slices.Contains(letters, l) {
				if letters == nil {
					letters = make([]string, 0, 4)
				}
				letters = append(letters, l)
			}
		case isFold(w, "AND") || isFold(w, "OR") || isFold(w, "S"):
		case len(letters) > 0:
			slices.Sort(letters)
			return section, letters
		}
		at = end
	}
	slices.Sort(letters)
	return section, letters
}

// splitWho takes the words before the reasons apart into name and title:
// "Ambassador Jane Doe", "Jane Doe, Ambassador, State", "RSO - JOHN DOE".
func splitWho(s string) (name, title string) {
	s = strings.Trim(dropEnd(s), " ,;.:-")
	for {
		at := indexFold(s, "CLASSIFIED BY")
		if at < 0 || at > 24 {
			break
		}
		s = strings.TrimLeft(s[at+len("CLASSIFIED BY"):], " :")
	}
	parts := strings.Split(s, ",")
	for i, p := range parts {
		words := whoWords(p)
		n := nameFrom(words)
		if n == len(words) {
			continue
		}
		name = strings.Join(words[n:], " ")
		rest := make([]string, 0, len(parts))
		if n > 0 {
			rest = append(rest, strings.Join(words[:n], " "))
		}
		after := parts[i+1:]
		if len(after) > 0 && isSuffix(strings.TrimSpace(after[0])) {
			name += ", " + strings.TrimSpace(after[0])
			after = after[1:]
		}
		for _, t := range slices.Concat(parts[:i], after) {
			if t = strings.TrimSpace(t); t != "" {
				rest = append(rest, t)
			}
		}
		return strings.TrimRight(name, ".:;- "), strings.Trim(squeeze(strings.Join(rest, ", ")), " ,;:-")
	}
	return "", squeeze(s)
}

// dropEnd takes off the words that lead to the reasons.
func dropEnd(s string) string {
	for {
		s = strings.TrimRight(s, " ,;.:-(")
		cut := false
		for _, w := range []string{" FOR", " PER", " UNDER", " SECTION", " BASED ON", " BASED 0N", " PARA", " AND", " DUE TO", " IN ACCORDANCE WITH", " PURSUANT TO", " E"} {
			if n := len(s) - len(w); n > 0 && hasFold(s[n:], w) {
				s, cut = s[:n], true
			}
		}
		if !cut {
			return s
		}
	}
}

// whoWords cuts a stretch into words, and words like AMB:DOE and DCM/Jane where
// their title ends.
func whoWords(s string) []string {
	words := strings.Fields(s)
	out := make([]string, 0, len(words)+1)
	for _, w := range words {
		if n := strings.LastIndexByte(w, ':'); n > 0 && n+1 < len(w) {
			out = append(out, w[:n+1], w[n+1:])
			continue
		}
		if n := strings.LastIndexByte(w, '/'); n > 0 && n+2 < len(w) && isUpper(w[n+1]) && isLower(w[n+2]) && isUpper(w[n-1]) && !isTitle(w[n+1:]) {
			out = append(out, w[:n], w[n+1:])
			continue
		}
		out = append(out, w)
	}
	return out
}

// nameFrom gives the index of the first word of the name that ends the
// words, len(words) when they end in none.
func nameFrom(words []string) int {
	if len(words) == 0 {
		return 0
	}
	capitals := countLower(words[len(words)-1]) == 0 && !isSuffix(words[len(words)-1])
	n := len(words)
	for n > 0 && len(words)-n < 5 {
		w := words[n-1]
		if isSuffix(w) && n == len(words) && n > 1 {
			n--
			continue
		}
		if strings.HasSuffix(w, ":") || strings.ContainsAny(w, "/&()") || w == "-" || isTitle(w) {
			break
		}
		if c := w[0]; !isUpper(c) && c < 0x80 && !isParticle(w) && w != "0." && c != '"' {
			break
		}
		if !capitals && len(w) > 1 && countLower(w) == 0 && !strings.Contains(w, ".") && w[0] < 0x80 {
			break
		}
		n--
	}
	for n < len(words) && isParticle(words[n]) && isLower(words[n][0]) {
		n++
	}
	return n
}

// isSuffix knows what follows a family name.
func isSuffix(w string) bool {
	if w == "" || w[0] < 0x80 && strings.IndexByte("JSI", upper(w[0])) < 0 {
		return false
	}
	switch strings.TrimRight(strings.ToUpper(w), ".") {
	case "JR", "SR", "II", "III", "IV":
		return true
	}
	return false
}

// isParticle knows the small words within names.
func isParticle(w string) bool {
	switch strings.ToLower(w) {
	case "de", "la", "van", "von", "der", "den", "di", "da", "del", "al", "el", "bin", "du", "le":
		return true
	}
	return false
}
