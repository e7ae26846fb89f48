package model

import (
	"slices"
	"strings"
)

// Check says how a cable's classification line agrees with its paragraphs.
type Check string

// The outcomes of the check (cable-format 4.3).
const (
	CheckMatch          Check = "match"
	CheckOver           Check = "over"            // line higher than any portion
	CheckUnder          Check = "under"           // a portion higher than the line
	CheckUnmarked       Check = "unmarked"        // no portion markings
	CheckControlMissing Check = "control-missing" // a portion carries a control the cable does not
	CheckControlUnused  Check = "control-unused"  // the cable carries a control no portion does
	CheckMetadata       Check = "metadata-differs"
)

// CheckMarkings compares the cable's own line with its portions
// (cable-format 4.3) and gives the highest portion marking with all controls.
// A SENSITIVE caption makes an UNCLASSIFIED line SBU. The gravest outcome is
// given: under, over, metadata-differs, unmarked, then the controls. SBU under
// a plain UNCLAS line is a control that is missing, not a higher level: both
// are unclassified. The check is "" when the cable has portions but no level
// to hold against them.
func CheckMarkings(c *Cable) (highest Marking, check Check) {
	for i := range c.Blocks {
		b := &c.Blocks[i]
		if !b.Marked() {
			continue
		}
		if b.Mark.Level > highest.Level || highest.Raw == "" {
			highest.Raw, highest.Level, highest.Odd = b.Mark.Raw, b.Mark.Level, b.Mark.Odd
		}
		highest.Controls = union(highest.Controls, b.Mark.Controls)
	}
	line, plain := c.level()
	known := c.Classification.Metadata
	portions := highest.Level
	switch {
	case line != LevelUnknown && portions > line && portions > Sensitive:
		return highest, CheckUnder
	case portions != LevelUnknown && portions < line && line > Sensitive:
		return highest, CheckOver
	case plain != LevelUnknown && known != LevelUnknown && known != line && known != plain:
		return highest, CheckMetadata
	case portions == LevelUnknown:
		return highest, CheckUnmarked
	case line == LevelUnknown:
		return highest, ""
	case portions > line:
		return highest, CheckControlMissing
	case portions < line:
		return highest, CheckControlUnused
	}
	return highest, checkControls(highest.Controls, c.controls())
}

// Banner is what the cable as a whole was marked: the level of its own line,
// raised by a SENSITIVE caption, with the controls of the line and of the
// captions below it (cable-format 4.3). LevelUnknown when it has no line.
func (c *Cable) Banner() Marking {
	if c.Classification.Level == LevelUnknown {
		return Marking{}
	}
	level, _ := c.level()
	return Marking{Level: level, Controls: c.controls()}
}

// LineWords is the marking of Banner in words: an UNCLASSIFIED line keeps its
// word beside the caption that makes it SBU.
func (c *Cable) LineWords() string {
	m := c.Banner()
	if m.Level == Sensitive && c.Classification.Level == Unclassified {
		m.Level = Unclassified
		return strings.Replace(m.Words(), "UNCLASSIFIED", "UNCLASSIFIED//SENSITIVE", 1)
	}
	return m.Words()
}

// BannerWords says what the cable was marked, always in words, and on what
// that rests: nothing of it is a marking of today, and what portions or a
// wrapper say is no line of the cable's own.
func (c *Cable) BannerWords() (words, remark string) {
	k := c.Classification
	switch {
	case c.Declass.Kind == DeclassDone && k.Level != LevelUnknown:
		return "DECLASSIFIED", "was " + c.LineWords()
	case k.Level != LevelUnknown:
		return c.LineWords(), "original marking"
	case k.Highest.Level != LevelUnknown:
		return "NO CLASSIFICATION LINE", "highest portion " + k.Highest.Words()
	case k.Metadata != LevelUnknown:
		return "NO CLASSIFICATION LINE", "its source says " + k.Metadata.String()
	}
	return "NO CLASSIFICATION LINE", "nothing says how it was marked"
}

// level is the level the cable claims, and the one its line alone gives: an
// UNCLAS line is raised by a SENSITIVE caption. A cable without a line is
// held to what its wrapper says.
func (c *Cable) level() (claimed, line Level) {
	line = c.Classification.Level
	claimed = line
	if line == LevelUnknown {
		claimed = c.Classification.Metadata
	}
	if claimed != Unclassified {
		return claimed, line
	}
	for _, caption := range c.Captions {
		switch caption {
		case "SENSITIVE", "SBU", "SENSITIVE BUT UNCLASSIFIED", "FOUO", "SENSITIVE NOFORN", "LIMITED OFFICIAL USE":
			return Sensitive, line
		}
	}
	return claimed, line
}

// controls are those that the line and the captions carry.
func (c *Cable) controls() []string {
	var out []string
	for _, words := range [...][]string{c.Classification.Controls, c.Captions} {
		for _, w := range words {
			if w == "SENSITIVE NOFORN" {
				w = "NOFORN"
			}
			if code, ok := ControlCode(w); ok && !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	return out
}

// checkControls holds the controls of the portions against those of the
// cable. The sorts of SBU are levels here, EFTO concerns the transmission, and
// distribution captions are not repeated in portions.
func checkControls(portions, cable []string) Check {
	for _, p := range portions {
		if strings.HasPrefix(p, "REL") && slices.Contains(cable, "NF") {
			continue // NOFORN beats REL
		}
		if counts(p) && !slices.Contains(cable, p) {
			return CheckControlMissing
		}
	}
	for _, c := range cable {
		if counts(c) && !slices.Contains(portions, c) {
			return CheckControlUnused
		}
	}
	return CheckMatch
}

func counts(control string) bool {
	switch control {
	case "FOUO", "LOU", "CUI", "EFTO", "ND", "XD", "LIMDIS", "STADIS", "EYES ONLY":
		return false
	}
	return true
}

func union(a, b []string) []string {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a[:len(a):len(a)], x)
		}
	}
	return a
}
