package source

import (
	"regexp"
	"sort"
	"strings"
	"time"

	"chancery/model"
	"chancery/parser"
)

// reviewStamp is what the Department printed over every page of a record that
// its systematic review released, often after the name of the official in
// charge (cable-format 5.5). It falls between pages and into sentences.
var reviewStamp = regexp.MustCompile(`(?:[A-Z][a-z]+ [A-Z]\. [A-Z][a-z]+\s+)?Declassified/Released\s+US Department of State\s+EO Systematic Review\s+(\d{1,2} [A-Za-z]{3} \d{4})`)

// lastLines are what the archive's system printed at the end of a message.
var lastLines = regexp.MustCompile(`(?m)^[ \t\f]*(\*\*\* Current [A-Za-z ]+ \*\*\*[^\r\n]*|<< ?END OF DOCUMENT ?>>)[ \t]*\r?$`)

// releaseIn finds evidence of declassification in words of an archive.
func releaseIn(s string) *model.Release {
	at := reviewStamp.FindStringSubmatchIndex(s)
	if at == nil {
		return nil
	}
	words := strings.Join(strings.Fields(s[at[0]:at[1]]), " ")
	words = words[strings.Index(words, "Declassified/"):]
	return &model.Release{Words: words, Done: true, Date: archiveDay(s[at[2]:at[3]])}
}

// archiveDay reads "06 JUL 2006"; zero when it is no date.
func archiveDay(s string) time.Time {
	s = strings.TrimSpace(s)
	if len(s) > 20 {
		s = s[:20]
	}
	for _, form := range [...]string{"2 Jan 2006", "2 Jan 2006 15:04", "2 January 2006", "01/02/2006", "1/2/2006", "2006-01-02"} {
		if t, err := time.Parse(form, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// stampAll notes every place of the message where a form matches as a stamp.
func stampAll(m *parser.Message, name string, form *regexp.Regexp) {
	from, to := m.Start, len(m.Text)
	if m.End > 0 {
		to = m.End
	}
	for _, at := range form.FindAllStringIndex(m.Text[from:to], -1) {
		m.Stamps = append(m.Stamps, parser.Stamp{Name: name, Span: model.Span{Start: from + at[0], End: from + at[1]}})
	}
}

// reviewed notes the stamps of the Department's review in a message, and takes
// them as evidence of release where the wrapper has none.
func reviewed(m *parser.Message) {
	stampAll(m, "review", reviewStamp)
	if len(m.Stamps) > 0 {
		if r := releaseIn(m.Stamps[0].Span.Of(m.Text)); r != nil && (m.Metadata.Release == nil || !m.Metadata.Release.Done) {
			evidence(m.Metadata, r)
		}
	}
	stampAll(m, "archive-line", lastLines)
	sortStamps(m)
}

// evidence adds that a record was declassified to what else is known of its
// release.
func evidence(m *model.Metadata, r *model.Release) {
	if m.Release == nil {
		m.Release, m.Released = r, r.Date
		return
	}
	m.Release.Words, m.Release.Done = r.Words, true
	if m.Release.Date.IsZero() {
		m.Release.Date, m.Released = r.Date, r.Date
	}
}

func sortStamps(m *parser.Message) {
	sort.SliceStable(m.Stamps, func(i, j int) bool { return m.Stamps[i].Span.Start < m.Stamps[j].Span.Start })
}
