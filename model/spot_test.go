package model

import "testing"

func TestSpotsAreFoundAgain(t *testing.T) {
	c := &Cable{Blocks: []Block{
		{Text: "SUMMARY"},
		{Number: "1", Text: "The talks\nwent on."},
		{Number: "2", Text: "Nothing was said."},
		{Number: "1", Text: "A second part."},
		{Text: "He spoke."},
	}}
	broken := &Cable{Blocks: []Block{{Number: "1", Text: "The  talks went\non. "}, {Number: "2", Text: "Nothing at all was said."}, {Number: "1", Text: "Other."}}}
	for _, x := range []struct {
		name string
		in   *Cable
		at   int
		want int
		ok   bool
	}{
		{"in the cable itself", c, 3, 3, true},
		{"by its text, broken elsewhere", broken, 1, 0, true},
		{"by its number, where the text is another", broken, 2, 1, true},
		{"without a number, in its place", broken, 0, 0, true},
		{"without a number, beyond the end", broken, 4, -1, false},
		{"of a cable that has nothing", &Cable{}, 1, -1, false},
	} {
		if got, ok := x.in.FindSpot(c.SpotOf(x.at)); got != x.want || ok != x.ok {
			t.Errorf("%s: block %d, %v", x.name, got, ok)
		}
	}
	if s := c.SpotOf(9); s != (Spot{Block: 9}) {
		t.Errorf("a block that is not there: %v", s)
	}
	if s := c.SpotOf(1); len(s.Sum) != 16 || s.Sum == c.SpotOf(2).Sum {
		t.Errorf("its sum is %q", s.Sum)
	}
}
