package library

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"chancery/model"
)

// readAll reads a pack as everything that a pack may be.
func readAll(b []byte) {
	for _, read := range []func(u *unpacker){
		func(u *unpacker) { u.head() },
		func(u *unpacker) { u.facts() },
		func(u *unpacker) { u.place() },
		func(u *unpacker) { u.refused() },
		func(u *unpacker) { u.reach() },
		func(u *unpacker) { u.batch() },
	} {
		u := &unpacker{s: string(b)}
		for len(u.s) > 0 && !u.bad {
			was := len(u.s)
			if read(u); len(u.s) == was && !u.bad {
				panic("nothing was read")
			}
		}
	}
	_, _ = messageOf(b)
	_, _ = parasOf(b)
	d := unpackHeads(batchRow{batch{n: 1 << 40}, b})
	_ = d.err
	u := &unpacker{s: string(b)}
	row := batchRow{batch: u.batch()}
	p := packer{b: b}
	row.heads = p.sealed()
	_ = unpackHeads(row)
}

func FuzzUnpack(f *testing.F) {
	c := Parse(messageOfText(cableTexts(1, 8)[0]))
	fs := factsOf(c, wordingOf(c, nil))
	r := headOf(c, &fs)
	r.name, r.entry = fileName{1, "/a"}, "b"
	var p packer
	p.batch(batch{seq: 3, first: 10, n: 1, run: 2})
	p.head(&r)
	p.number(1)
	p.reach(&reach{file: fileName{0, "/a"}, size: 5, time: -1, from: 3, before: 2, state: isWhole})
	f.Add(p.b)
	p = packer{}
	p.facts(&fs)
	p.place(&c.Source)
	f.Add(p.b)
	f.Add(bodyOf(messageOfText("x"), Parse(messageOfText("x")), nil))
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(_ *testing.T, b []byte) { readAll(b) })
}

// What is packed comes back.
func TestPackComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 6, -1)
		list := rapid.Map(rapid.SliceOfN(text, 0, 4), func(s []string) []string {
			if len(s) == 0 {
				return nil
			}
			return s
		})
		marks := rapid.Map(rapid.SliceOfN(rapid.IntRange(0, 2), 0, 5), func(levels []int) (all []model.Marking) {
			for _, level := range levels {
				m := model.Marking{Level: model.Level(level)}
				if level == 2 {
					m.Controls = []string{"NF"}
				}
				all = append(all, m)
			}
			return all
		})
		want := []any{
			reach{fileName{rapid.IntRange(0, 9).Draw(t, "root"), text.Draw(t, "rest")}, rapid.Int64().Draw(t, "size"), rapid.Int64().Draw(t, "time"), rapid.IntRange(0, 1<<40).Draw(t, "from"), 7, isClosed},
			facts{origin: list.Draw(t, "origin"), to: list.Draw(t, "to"), tag: list.Draw(t, "tag"), marks: marks.Draw(t, "marks"), by: text.Draw(t, "by"), sign: text.Draw(t, "sign")},
			model.Source{EntryAt: rapid.Int64().Draw(t, "at"), Offset: -1, Length: 3, Index: rapid.IntRange(-5, 1<<40).Draw(t, "index"), Format: text.Draw(t, "format"), SHA256: text.Draw(t, "sum")},
		}
		var p packer
		r, f, s := want[0].(reach), want[1].(facts), want[2].(model.Source)
		p.reach(&r)
		p.facts(&f)
		p.place(&s)
		u, err := unseal(p.sealed())
		if err != nil {
			t.Fatal(err)
		}
		if got := []any{u.reach(), u.facts(), u.place()}; !reflect.DeepEqual(got, want) || u.bad || u.s != "" {
			t.Fatalf("%+v came back as %+v, bad %v, %d bytes left", want, got, u.bad, len(u.s))
		}
	})
}
