package source

import (
	"regexp"
	"slices"
	"strings"

	"chancery/model"
	"chancery/parser"
)

// The stamps of a release under the Freedom of Information Act (cable-format
// 5.7). Each stands on lines of its own; readers of scanned pages break the
// long one in two.
var (
	caseStamp = regexp.MustCompile(`(?m)^[ \t\f]*(?:(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|SBU|SENSITIVE BUT UNCLASSIFIED)[ \t]+)?U\.? ?S\.? Department of State[ \t]+Case No\.?:?[ \t]*([A-Z]{1,2}-\d{4}-\d{4,5})?(?:\s+Doc No\.?:?[ \t]*([A-Z][0-9O]{8}))?(?:\s+Date:?[ \t]*\s?(\d{1,2}/\d{1,2}/\d{2,4}))?[^\r\n]{0,40}\r?$`)
	decision  = regexp.MustCompile(`(?m)^[ \t\f]*(RELEASED? IN (?:FULL|PART)|(?:DENY|DENIED) IN FULL|EXCISED)\b([ \t,;:/-]*` + exemptions + `)?[ \t]*\r?$`)
	exempt    = regexp.MustCompile(`(?m)^[ \t\f]*` + exemptions + `[ \t]*\r?$`)
	authority = regexp.MustCompile(`(?m)^[ \t\f]*REVIEW AUTHORITY:[^\r\n]*\r?$`)
	// the foot of a page of the later form, the handling under it
	pageCount = regexp.MustCompile(`(?m)^[ \t\f]*(?:(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|SBU)[ \t]+)?Page \d{1,3} of \d{1,3}[ \t]*\r?$(?:\n[ \t]*SBU[ \t]*\r?$)?`)
	// and the head of the next: level and handling
	pageLevel = regexp.MustCompile(`(?m)^[ \t\f]*(?:UNCLASSIFIED|CONFIDENTIAL|SECRET)[ \t]*\r?\n[ \t]*SBU[ \t]*\r?$`)
	// the new mark, and the old one that was struck through
	declassified = regexp.MustCompile(`(?m)^[ \t\f]*DECLASSIFIED(?:[ \t]*[/-][ \t]*(?:TOP SECRET|SECRET|CONFIDENTIAL|LIMITED OFFICIAL USE|RELEASED? IN (?:FULL|PART)))?(?:[ \t]+(?:BY|ON|PER|PURSUANT|AUTHORITY|IN FULL|IN PART)\b[^\r\n]{0,60})?[ \t]*\r?$`)
)

const (
	// B1 to B9, with a letter in parentheses; 1.4(D), 1.5 (B)
	exemption  = `(?:\(?b\)?\(?[1-9]\)?(?:\([A-Fa-f]\))?|B[1-9](?: ?\([A-F]\))?|1\.[45] ?\([A-Ha-h]\))`
	exemptions = exemption + `(?:[ \t]*[,;/][ \t]*` + exemption + `|[ \t]+` + exemption + `)*`
)

var oneExemption = regexp.MustCompile(exemption)

// isRelease knows a release by the stamp with its case number, or by the
// decision with the reviewer or the exemptions beside it.
func isRelease(text string) bool {
	head := text[:min(len(text), sniffed)]
	// A word of each stamp is looked for before its form, which costs more.
	if strings.Contains(head, "Case No") {
		if at := caseStamp.FindStringSubmatchIndex(head); at != nil && (at[2] >= 0 || at[4] >= 0) {
			return true
		}
	}
	return hasDecision(head) && (authority.MatchString(head) || exempt.MatchString(head))
}

// hasDecision looks for a line that is the stamp of a decision.
func hasDecision(text string) bool {
	for _, word := range [...]string{"RELEASE", "DENY", "DENIED", "EXCISED"} {
		for at := 0; ; at += len(word) {
			n := strings.Index(text[at:], word)
			if n < 0 {
				break
			}
			at += n
			start := strings.LastIndexByte(text[max(0, at-80):at], '\n') + 1 + max(0, at-80)
			if strings.Trim(text[start:at], " \t\f") != "" {
				continue
			}
			if line, _ := lineAt(text, at); len(line) < 200 && decision.MatchString(line) {
				return true
			}
		}
	}
	return false
}

// isSMART knows a message of the later form by its labels.
func isSMART(text string) bool {
	if !strings.Contains(text[:min(len(text), sniffed)], "MRN") {
		return false
	}
	seen := map[string]bool{}
	for at, n := 0, 0; at < len(text) && n < 200; n++ {
		line, next := lineAt(text, at)
		at = next
		name, _, ok := strings.Cut(strings.TrimSpace(line[:min(len(line), 40)]), ":")
		switch name = strings.TrimSpace(name); name {
		case "MRN", "Date/DTG", "E.O.", "Captions", "Action", "From", "TAGS", "Subject":
			seen[name] = ok
		}
		if seen["MRN"] && len(seen) >= 3 {
			return true
		}
	}
	return false
}

// smartText notes the heads and feet of the pages of a message of the later
// form. The level above its first label is the message's own.
func smartText(m *parser.Message) {
	others := m.Stamps
	m.Stamps = nil
	stampAll(m, "page-line", pageCount)
	stampAll(m, "page-level", pageLevel)
	first := strings.Index(m.Text, "MRN")
	m.Stamps = slices.DeleteFunc(m.Stamps, func(s parser.Stamp) bool { return s.Span.Start < first })
	m.Stamps = append(m.Stamps, others...)
	sortStamps(m)
}

// releasedText reads what was released under the Act: stamps are furniture,
// and what they say is gathered. ok is false when no cable is under them, for
// the Department releases letters and mail in the same way.
func releasedText(m *parser.Message) (ok bool) {
	release := &model.Release{}
	kinds := []struct {
		name string
		form *regexp.Regexp
	}{{"case", caseStamp}, {"release", decision}, {"exemption", exempt}, {"reviewer", authority}, {"declassified", declassified}}
	for _, k := range kinds {
		stampAll(m, k.name, k.form)
	}
	if isSMART(m.Text) {
		smartText(m)
	}
	sortStamps(m)
	under := []byte(m.Text)
	end := 0
	for _, s := range m.Stamps {
		if s.Span.Start < end { // the parser leaves it out too
			continue
		}
		end = s.Span.End
		stampSays(release, s.Name, strings.Join(strings.Fields(s.Span.Of(m.Text)), " "))
		for i := s.Span.Start; i < s.Span.End; i++ {
			if under[i] != '\n' {
				under[i] = ' '
			}
		}
	}
	m.Metadata = &model.Metadata{ID: smartID(m.Text), Release: release, Released: release.Date}
	stamps := m.Stamps
	m.Stamps = nil
	reviewed(m) // the archive may have stamped it too
	m.Stamps = append(m.Stamps, stamps...)
	sortStamps(m)
	return isSMART(string(under)) || isMessage(string(under), false)
}

// stampSays adds what one stamp says.
func stampSays(r *model.Release, name, words string) {
	switch name {
	case "case":
		at := caseStamp.FindStringSubmatch(words)
		if at == nil {
			return
		}
		if r.Case == "" {
			r.Case = at[1]
		}
		if r.Document == "" && at[2] != "" {
			// QUIRK: readers of scanned pages take a zero for the letter O.
			r.Document = at[2][:1] + strings.ReplaceAll(at[2][1:], "O", "0")
		}
		if r.Date.IsZero() {
			r.Date = archiveDay(at[3])
		}
	case "release":
		at := decision.FindStringSubmatch(words)
		if at != nil && r.Decision == "" {
			r.Decision = strings.Replace(strings.Replace(at[1], "RELEASED", "RELEASE", 1), "DENIED", "DENY", 1)
		}
		addExemptions(r, words)
	case "exemption":
		addExemptions(r, words)
	case "declassified":
		r.Done, r.Words = true, "DECLASSIFIED U.S. Department of State"
	}
}

// addExemptions notes each exemption once, in one spelling: B1, B3(A), 1.4(D).
func addExemptions(r *model.Release, words string) {
	for _, e := range oneExemption.FindAllString(words, -1) {
		e = strings.ToUpper(strings.ReplaceAll(e, " ", ""))
		if rest, ok := strings.CutPrefix(e, "(B)("); ok {
			e = "B" + strings.Replace(rest, ")", "", 1)
		}
		if !slices.Contains(r.Exemptions, e) {
			r.Exemptions = append(r.Exemptions, e)
		}
	}
}

// smartID gives the number that a message of the later form prints of itself.
func smartID(text string) string {
	for at, n := 0, 0; at < len(text) && n < 200; n++ {
		line, next := lineAt(text, at)
		at = next
		if name, value, ok := strings.Cut(strings.TrimSpace(line[:min(len(line), 80)]), ":"); ok && strings.TrimSpace(name) == "MRN" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
