package source

import (
	"fmt"
	"strings"
	"testing"

	"chancery/model"
)

// madeLetter puts a message into a letter of an mbox.
func madeLetter(text string) string {
	return "From astana@state.example Mon Oct 15 08:13:00 2007\nFrom: Embassy Astana <astana@state.example>\nTo: SECSTATE WASHDC <secstate@state.example>\n" +
		"Date: Mon, 15 Oct 2007 08:13:00 +0000\nSubject: A MEETING\n THAT NEVER WAS\nX-Classification: CONFIDENTIAL\n\n" + text + "\n"
}

func TestSeveralMessages(t *testing.T) {
	other := strings.NewReplacer("150813Z", "160900Z", "9911", "9912").Replace
	plain := strings.TrimPrefix(made, "VZCZCXYZ9901\nPP RUEHWEB\n\nDE RUEHTA #9911/01 2880813\nZNY CCCCC ZZH\n")
	crlf := strings.NewReplacer("\n", "\r\n").Replace
	for name, c := range map[string]struct {
		text string
		want []string // how each begins
	}{
		"NNNN between":                    {made + "NNNN\n\n" + made2, []string{"VZCZCXYZ9901\nPP", "VZCZCXYZ9901\nPP"}},
		"NNNN between, CR LF":             {crlf(made + "NNNN\n\n" + made2), []string{"VZCZC", "VZCZC"}},
		"NNNN, then no VZCZC":             {plain + "NNNN\n\n" + other(plain) + "NNNN\n", []string{"P 15", "P 16"}},
		"a signature, then VZCZC":         {made + made2 + strings.ReplaceAll(made2, "160900Z", "170900Z"), []string{"VZCZC", "VZCZC", "VZCZC"}},
		"an empty line, then VZCZC":       {made + "It ends here without a name.\n\n" + made2, []string{"VZCZC", "VZCZC"}},
		"mbox":                            {madeLetter(made) + madeLetter(made2), []string{"From ", "From "}},
		"export":                          {"ID: 990648\nORIGIN: 07ASTANA9911\nDATE: 2007-10-15\n" + made + "\nID: 990649\nORIGIN: 07ASTANA9912\nDATE: 2007-10-16\n" + made2, []string{"ID: 990648", "ID: 990649"}},
		"the same front again":            {made + "\n" + made, []string{"VZCZC"}},
		"the front twice":                 {strings.Replace(made, "SIPDIS", "SIPDIS\n\n"+made[:strings.Index(made, "E.O.")], 1), []string{"VZCZC"}},
		"a cable that is quoted":          {strings.Replace(made, "1. (C)", "1. (C) BEGIN QUOTE:\n\n"+made2+"\nEND QUOTE\n\n2. (C)", 1), []string{"VZCZC"}},
		"a cable that is quoted plainly":  {strings.Replace(made, "1. (C)", "1. (C) FOLLOWS TEXT OF ASTANA 9912\n\n"+other(plain)+"\nUNQUOTE\n\n2. (C)", 1), []string{"VZCZC"}},
		"one within a sentence":           {strings.Replace(made, "1. (C)", "1. (C) as we said in the telegram\n"+made2+"\n2. (C)", 1), []string{"VZCZC"}},
		"VZCZC without a header":          {made + "\nVZCZC was all it said.\n\n2. (C) Nothing more.\n", []string{"VZCZC"}},
		"NNNN and what is no cable":       {made + "NNNN\n\nMessage Attributes\n\nTo: STATE\n", []string{"VZCZC"}},
		"From in a text":                  {made + "\nFrom Astana Mon Oct 15 08:13:00 2007 on\nTo: X\n", []string{"VZCZC"}},
		"a letter quoted within a letter": {madeLetter(made + "\n>From x Mon Oct 15 08:13:00 2007\nTo: me\n"), []string{"From "}},
	} {
		t.Run(name, func(t *testing.T) {
			_, items := foundIn(t, "x.txt", c.text)
			if len(items) != len(c.want) {
				t.Fatalf("%d messages, want %d: %q", len(items), len(c.want), spell(items))
			}
			all := ""
			for i, it := range items {
				if it.Refusal != nil {
					t.Fatal(it.Refusal.Why)
				}
				m := it.Message
				if !strings.HasPrefix(m.Text, c.want[i]) || m.Source.Index != i || int(m.Source.Offset) != len(all) || len(items) > 1 && int(m.Source.Length) != len(m.Text) {
					t.Errorf("%+v begins %.30q, want %q", m.Source, m.Text, c.want[i])
				}
				all += m.Text
			}
			if all != c.text {
				t.Error("together they are not the file")
			}
		})
	}
}

func TestLetters(t *testing.T) {
	_, items := foundIn(t, "x", madeLetter(made))
	m := items[0].Message
	if !strings.HasPrefix(m.Text[m.Start:], "VZCZC") || m.Metadata.Title != "A MEETING THAT NEVER WAS" || m.Metadata.Classification != "CONFIDENTIAL" || m.Metadata.Created.Hour() != 8 {
		t.Errorf("start %d, metadata %+v", m.Start, m.Metadata)
	}
}

// A file of messages may be larger than one text, and a message of it too large.
func TestManyMessages(t *testing.T) {
	var b strings.Builder
	want := 0
	for ; b.Len() < MaxFile+1<<20; want++ {
		fmt.Fprint(&b, strings.NewReplacer("150813Z", fmt.Sprintf("%02d%02d%02dZ", want/3600%28+1, want/60%24, want%60)).Replace(made), strings.Repeat("2. (U) Nothing more was said, at length.\n", 100), "NNNN\n\n")
	}
	_, items := foundIn(t, "x", b.String())
	if len(items) != want {
		t.Errorf("%d messages, want %d", len(items), want)
	}
	_, items = foundIn(t, "x", made+"NNNN\n"+made2+strings.Repeat("2. (U) Nothing more was said, at length.\n", MaxFile/40)+"NNNN\n"+made)
	got := spell(items)
	if len(got) < 3 || got[0] != "0" || got[len(got)-1] != fmt.Sprint(len(got)-1) || items[1].Refusal == nil || items[1].Refusal.Why != saysMessageLarge {
		t.Errorf("found %.300q", got)
	}
}

// What only looks like the seams between messages is looked at once, not once
// for each seam: a file twice as long takes twice the work.
func BenchmarkSeams(b *testing.B) {
	for name, line := range map[string]string{
		"VZCZC": "\nVZCZC\n", "NNNN": "NNNN\nx\n", "From": "\nFrom x Mon Oct 15 08:13:00 2007\n", "DTG": "NNNN\nP 150813Z OCT 07\n", "text": "1. (C) Nothing of interest was said at all.\n",
	} {
		text := []byte(made + strings.Repeat(line, (1<<20)/len(line)))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if n, _ := messageEnd(text, true); n != len(text) {
					b.Fatal(n)
				}
			}
		})
	}
}

func FuzzSeveral(f *testing.F) {
	f.Add([]byte(made + "NNNN\n" + made2))
	f.Add([]byte(madeLetter(made) + madeLetter(made2)))
	f.Fuzz(func(t *testing.T, b []byte) {
		at := int64(0)
		for i, it := range texts(b, model.Source{Path: "x"}, true) {
			if it.Refusal != nil {
				continue
			}
			src := it.Message.Source
			if src.Length > 0 && (src.Offset < at || src.Offset+src.Length > int64(len(b)) || src.Index != i) {
				t.Fatalf("%+v after %d, in %d", src, at, len(b))
			}
			at = src.Offset + src.Length
			if again := read(b[src.Offset:at+int64(len(b))*btoi(src.Length == 0)], src, true); again.Message.Text != it.Message.Text {
				t.Fatal("read again it is another text")
			}
		}
	})
}

func btoi(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
