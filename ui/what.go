package ui

import (
	"strings"
	"time"

	"chancery/model/glossary"
	"chancery/model/safe"
	"chancery/themes"
)

// explanation is a line of the glossary's answer, with its role.
type explanation struct {
	role themes.Role
	text string
}

// explain says what the glossary knows of each term, best meaning first. post
// is where the cable came from and at its date, because both change what a
// code means; an unsure meaning is marked with a question mark.
func explain(terms []string, post string, at time.Time) []explanation {
	var out []explanation
	for _, term := range terms {
		entries := glossary.Look(term, post, at)
		if len(entries) == 0 {
			continue
		}
		if len(out) > 0 {
			out = append(out, explanation{themes.Text, ""})
		}
		out = append(out, explanation{themes.Heading, safe.Line(term)})
		for _, e := range entries {
			out = append(out, explainEntry(term, e)...)
		}
	}
	if len(out) == 0 && len(terms) > 0 {
		out = append(out, explanation{themes.Dim, "The glossary knows nothing of " + safe.Line(strings.Join(terms[:min(3, len(terms))], ", ")) + "."})
	}
	return out
}

// explainEntry writes one meaning: "  TAG: External relations (2000s)".
func explainEntry(term string, e glossary.Entry) []explanation {
	s := "  " + kindWord(e.Kind) + ": "
	if !strings.EqualFold(e.Code, term) && e.Code != "" {
		s += e.Code + ", "
	}
	role := themes.Value
	if !e.Sure {
		role, s = themes.Guess, s+"? "
	}
	s += e.Meaning
	if e.Period != "" {
		s += " (" + e.Period + ")"
	}
	out := []explanation{{role, safe.Line(s)}}
	if e.Detail != "" {
		out = append(out, explanation{themes.Dim, "    " + safe.Line(e.Detail)})
	}
	if e.Source != "" {
		out = append(out, explanation{themes.Dim, "    source: " + safe.Line(e.Source)})
	}
	return out
}

func kindWord(kind string) string {
	switch kind {
	case "tag":
		return "TAG"
	case "routing":
		return "routing indicator"
	case "reason":
		return "reason for classification"
	}
	return kind
}
