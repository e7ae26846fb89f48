package glossary_test

import (
	"strings"
	"testing"
	"time"

	"chancery/model/glossary"
)

func TestRepairTag(t *testing.T) {
	at2008 := time.Date(2008, 6, 1, 0, 0, 0, 0, time.UTC)
	at1975 := time.Date(1975, 6, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		code string
		at   time.Time
		want string
	}{
		{"ENRGKZ", at2008, "ENRG KZ"},
		{"EAIDEAGRSENV", at2008, "EAID EAGR SENV"},
		{"PRELNATO", at2008, "PREL NATO"},
		{"KPALNOIS", at2008, "KPAL NO IS"},
		{"ENRGNOIS", at2008, ""}, // two places behind a subject may be any word
		{"MOPPS", at2008, "MOPS"},
		{"KWWMN", at2008, "KWMN"},
		{"PREL", at2008, ""},
		{"PECON", at2008, ""},  // listed as a slip, but of another kind
		{"ASEAN", at2008, ""},  // a code as it is
		{"ENRGQQ", at2008, ""}, // QQ is no place
		{"ENRGK", at2008, ""},
		{"NATOPREL", at2008, ""}, // an organization may be any word
		{"SOCIAL", at2008, ""},
		{"MILIIN", at2008, ""}, // MILI is of the 1970s
		{"MILIIN", at1975, "MILI IN"},
		{"ORCHARDS", at2008, ""},
		{"", at2008, ""},
	} {
		if got := strings.Join(glossary.RepairTag(c.code, c.at), " "); got != c.want {
			t.Errorf("%s of %d is read as %q, not %q", c.code, c.at.Year(), got, c.want)
		}
	}
}
