package sample_test

import (
	"bytes"
	"io/fs"
	"testing"

	"chancery/parser/source/sample"
)

// attacks is what the hostile folder must hold, as bytes on disk.
var attacks = []struct {
	name  string
	bytes string
}{
	{"CSI", "\x1b[2J"},
	{"alternate screen", "\x1b[?1049l"},
	{"OSC 0, window title", "\x1b]0;"},
	{"OSC 8, link", "\x1b]8;;"},
	{"OSC 52, clipboard", "\x1b]52;c;"},
	{"OSC 9, run a program", "\x1b]9;7;"},
	{"DCS", "\x1bP"},
	{"APC", "\x1b_"},
	{"reset", "\x1bc"},
	{"C1 CSI as a code point", "\u009b2J"},
	{"C1 OSC as a code point", "\u009d0;"},
	{"C1 CSI as a lone byte", " \x9b "},
	{"BEL", "\a"},
	{"NUL", "\x00"},
	{"DEL", "\x7f"},
	{"backspace", "\b"},
	{"right-to-left override", "\u202e"},
	{"left-to-right isolate", "\u2066"},
	{"zero-width space", "\u200b"},
	{"tag characters", "\U000e0001"},
	{"a thousand combining marks", string(bytes.Repeat([]byte("\u0301"), 1000))},
	{"entity of ESC, decimal", "&#27;"},
	{"entity of ESC, hexadecimal", "&#x1b;"},
	{"entity of ESC, encoded twice", "&amp;#27;"},
	{"entity split over tags", "&#<b></b>27;"},
	{"carriage return within a line", "HARMLESS\rPWNED"},
	{"line separator", "\u2028"},
	{"overlong slash", "\xc0\xaf"},
	{"overlong C1", "\xe0\x80\x9b"},
	{"UTF-16 little endian", "\xff\xfeV\x00"},
	{"UTF-16 big endian", "\xfe\xff\x00V"},
	{"encoded surrogate", "\xed\xa0\xbd"},
	{"20,000 columns", string(bytes.Repeat([]byte("W"), 20000))},
	{"spreadsheet formula", "SUBJECT: =cmd"},
	{"command substitution", "$(id)"},
	{"backticks", "`id`"},
	{"our own footer", "q quit"},
}

func TestHostileFolderHoldsEveryAttack(t *testing.T) {
	entries, err := fs.ReadDir(sample.Hostile(), ".")
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for _, e := range entries {
		b, err := fs.ReadFile(sample.Hostile(), e.Name())
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	for _, a := range attacks {
		found := false
		for _, b := range all {
			found = found || bytes.Contains(b, []byte(a.bytes))
		}
		if !found {
			t.Errorf("no hostile cable holds %s (%q)", a.name, a.bytes[:min(len(a.bytes), 20)])
		}
	}
}

// Nothing hostile may slip into what every user sees first.
func TestHostileIsNoPartOfTheCollection(t *testing.T) {
	entries, err := fs.ReadDir(sample.Hostile(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, err := fs.Stat(sample.FS(), e.Name()); err == nil {
			t.Errorf("%s stands in both", e.Name())
		}
	}
}
