package library

import (
	"cmp"
	"strings"

	"chancery/model"
)

// headOf makes what is kept of a cable as a row. Its strings are copies: a
// slice of the cable's text would keep the whole text in memory.
func headOf(c *model.Cable, f *facts) head {
	return head{
		Entry: model.Entry{
			ID: strings.Clone(c.ID), Date: c.Date(), Mark: markOf(c), From: strings.Clone(fromOf(c)),
			Subject: strings.Clone(subjectOf(c)), Problems: len(c.Problems),
		},
		entry: c.Source.Entry, class: f.class, high: f.high, traits: f.traits, ord: uint32(c.Source.Index),
		words: uint32(f.words), size: uint32(c.Source.Bytes), declas: dayOf(f.declas), sum: sumOf(c.Source.SHA256),
	}
}

// compareIDs orders ids by year, post and number; what is no id comes first.
func compareIDs(a, b string) int {
	yearA, postA, numberA, okA := model.SplitID(a)
	yearB, postB, numberB, okB := model.SplitID(b)
	if !okA || !okB {
		if okA != okB {
			return cmp.Compare(len(postA), len(postB))
		}
		return cmp.Compare(a, b)
	}
	return cmp.Or(cmp.Compare(yearA, yearB), cmp.Compare(postA, postB), cmp.Compare(numberA, numberB))
}

// beginOfID is an id as a number that never contradicts compareIDs.
func beginOfID(id string) uint64 {
	year, post, _, ok := model.SplitID(id)
	if !ok {
		return 0
	}
	return uint64(year)<<48 | letters(post, false)>>16
}

// pathOf is where a cable stands, as a list shows it.
func pathOf(s model.Source) string {
	if s.Entry == "" {
		return s.Path // the user's, or found on the walk: no slice of a text
	}
	return s.Path + "/" + s.Entry
}

// markOf is the marking of the cable's own line with its captions; where it
// has none, that of its highest portion; where there is none either, what the
// wrapper says.
func markOf(c *model.Cable) model.Marking {
	m := c.Banner()
	if m.Level == model.LevelUnknown {
		m = c.Classification.Highest
	}
	if m.Level == model.LevelUnknown {
		m = model.Marking{Level: c.Classification.Metadata}
	}
	m.Raw = ""
	controls := make([]string, len(m.Controls))
	for i, s := range m.Controls {
		controls[i] = strings.Clone(s)
	}
	m.Controls = controls
	return m
}

func subjectOf(c *model.Cable) string {
	if c.Subject == "" && c.Metadata != nil {
		return c.Metadata.Title
	}
	return c.Subject
}

// What stands before the name of a post in a plain-language address.
var missions = map[string]bool{
	"AMEMBASSY": true, "AMEMB": true, "USEMBASSY": true, "AMCONSUL": true, "AMCONSULATE": true, "AMCONGEN": true,
	"USMISSION": true, "USDEL": true, "USLO": true, "USINT": true, "USOFFICE": true, "AMLEGATION": true,
	"EMBASSY": true, "CONSULATE": true, "MISSION": true,
}

// fromOf is the sender in short: the post without the kind of mission, STATE
// for the Department. The envelope is believed before the id, because the
// id's post is not always the sender (cable-format 0, rule 7).
func fromOf(c *model.Cable) string {
	name := c.From.Name
	if name == "" {
		if _, post, _, ok := model.SplitID(c.ID); ok {
			return post
		}
		if c.Metadata != nil {
			name = c.Metadata.Origin
		}
	}
	words := strings.Fields(strings.ToUpper(name))
	if len(words) > 1 && missions[words[0]] {
		words = words[1:]
	}
	if len(words) > 0 && (words[0] == "SECSTATE" || strings.Join(words, " ") == "SECRETARY OF STATE") {
		return "STATE"
	}
	if n := len(words); n > 1 && words[n-1] == "WASHDC" {
		words = words[:n-1]
	}
	return strings.Join(words, " ")
}
