package source

import (
	"regexp"
	"strings"
)

// A sign is a line by which a cable may be known (cable-format 5.6). One that
// other texts hardly have is strong, if it stands near the top.
type sign struct {
	form   *regexp.Regexp
	strong bool
}

// preamble is format line 5 of the envelope: precedence and date-time group.
// The bare group heads what partial extracts have left of it.
var preamble = regexp.MustCompile(`^[ZOPRYM]( [ZOPR])? \d{6}Z ?[A-Za-z]{3} ?\d{2}\b`)

const (
	spacedLevel = `(T ?O ?P +)?S ?E ?C ?R ?E ?T|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|U ?N ?C ?L ?A ?S( ?S ?I ?F ?I ?E ?D)?|L ?I ?M ?I ?T ?E ?D +O ?F ?F ?I ?C ?I ?A ?L +U ?S ?E|R ?E ?S ?T ?R ?I ?C ?T ?E ?D`
	marking     = `TS|[CSUR]|SBU|LOU|FOUO|(?i:secret|confidential|unclassified|unclas)`
)

var signs = [...]sign{
	{regexp.MustCompile(`^VZCZC`), true},
	{preamble, true},
	{regexp.MustCompile(`^\d{6}Z [A-Za-z]{3} \d{2}(\d{2})?$`), false},
	// the classification line with post and number, or spaced out
	{regexp.MustCompile(`^(` + spacedLevel + `)\b.*\b[A-Za-z]{3,} ?\d{3,6}$`), true},
	{regexp.MustCompile(`^(S E C R E T|C O N F I D E N T I A L|U N C L A S)\b`), true},
	{regexp.MustCompile(`^(UNCLAS|(SECRET|CONFIDENTIAL|UNCLASSIFIED|LIMITED OFFICIAL USE)(//[A-Z/ ]+)?$)`), false},
	{regexp.MustCompile(`^DE [A-Z]{4,8} #?\d`), true},
	{regexp.MustCompile(`^ZN[RY] [A-Z]{5}`), true},
	{regexp.MustCompile(`^PAGE 0?\d+ +[A-Z]`), false},
	{regexp.MustCompile(`^FM +[A-Z]{2}`), false},
	{regexp.MustCompile(`^(TO|INFO) +[A-Z]{3,}[/ ]`), false},
	{regexp.MustCompile(`(?i)^e\. ?o\.:? *1\d{4}\b|^EO:? *1\d{4}\b`), false},
	{regexp.MustCompile(`^(TAGS?|Tags?)(:| +[A-Z])`), false},
	{regexp.MustCompile(`^(SUBJECT|SUBJ|Subject) ?: *`), false},
	{regexp.MustCompile(`^(REF|REFS|REFTEL|Ref)[:.] *`), false},
	{regexp.MustCompile(`(?i)^(classified by:? |derived from: )`), false},
	// a numbered paragraph with its marking, or a marked one without number
	{regexp.MustCompile(`^¶? ?\d{1,3}[.,)]? *\((` + marking + `|[csu])([ /-][^)]*)?\)|^¶ ?\d{1,3}\.|^\((` + marking + `)(//?[A-Z][^)]*)?\) +[A-Za-z"]`), false},
}

// lines near the top, in which a strong sign is enough by itself
const nearTop = 40

// isMessage looks for signs of a cable in the first 64 KB. A file that the
// user named needs one; one met in a folder two different ones, or a strong
// one near its top, so that a text which speaks of cables is none.
func isMessage(text string, named bool) bool {
	text = text[:min(len(text), sniffed)]
	var seen [len(signs)]bool
	count := 0
	for at, n := 0, 0; at < len(text); n++ {
		line, next := lineAt(text, at)
		at = next
		line = strings.TrimSpace(line[:min(len(line), 400)])
		if line == "" {
			continue
		}
		if !named && strings.HasPrefix(line, "```") {
			return false // an example in a text about cables
		}
		if ofLicence(line) {
			continue
		}
		for i := range signs {
			if seen[i] || !signs[i].form.MatchString(line) {
				continue
			}
			if named || signs[i].strong && n < nearTop {
				return true
			}
			seen[i] = true
			if count++; count >= 2 {
				return true
			}
		}
	}
	return false
}

// ofLicence says whether a line is of the kind that licences have and that
// looks like a cable's: "(C) Copyright 1999", "TO THE EXTENT PERMITTED".
func ofLicence(line string) bool {
	return strings.HasPrefix(line, "TO THE ") || strings.Contains(line, "opyright") || strings.Contains(line, "OPYRIGHT")
}
