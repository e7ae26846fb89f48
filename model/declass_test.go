package model_test

import (
	"testing"
	"time"

	"chancery/model"
)

func date(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// E.O. lines of cable-format 2.3 and 4.5 and of oddities 4, with what the
// sidebar says of them on 1 July 2020.
func TestParseDeclass(t *testing.T) {
	for _, c := range []struct {
		line, origin string
		level        model.Level
		order, kind  string
		date         string
		repaired     bool
		says         string
	}{
		{"E.O. 12958: DECL: 10/11/2017", "2007-10-15", 0, "12958", "deadline", "2017-10-11", false, "marked for declassification 2017-10-11 (date passed)"},
		{"EO 12958 DECL: 07/01/2034", "2009-07-01", 0, "12958", "deadline", "2034-07-01", false, "marked for declassification 2034-07-01"},
		{"E.O. 12958: DECL: 07/01/2020", "2010-07-01", 0, "12958", "deadline", "2020-07-01", false, "marked for declassification 2020-07-01 (date passed)"},
		{"E.O. 12958: DECL: 07/02/2020", "2010-07-01", 0, "12958", "deadline", "2020-07-02", false, "marked for declassification 2020-07-02"},
		{"E.O. 12958:DECL: 03/18/2018", "2008-03-18", 0, "12958", "deadline", "2018-03-18", false, ""},
		{"E.o. 12958: decl: 07/01/2034", "", 0, "12958", "deadline", "2034-07-01", false, ""},
		{"EO 12958 DECL: 2020/02/19", "", 0, "12958", "deadline", "2020-02-19", false, ""},
		{"EO 12958 DECL: 2019-02-12", "", 0, "12958", "deadline", "2019-02-12", false, ""},
		{"EO 12958 DECL: 20190212", "", 0, "12958", "deadline", "2019-02-12", false, ""},
		{"EO 12958: decl: 6/30/08", "", 0, "12958", "deadline", "2008-06-30", false, ""},
		{"EO 12958 DECL: 11/29/10", "2000-11-29", 0, "12958", "deadline", "2010-11-29", false, ""},
		{"EO 12958 DECL: 1 /20/ 2035", "", 0, "12958", "deadline", "2035-01-20", false, ""},
		{"E.O. 12958: DECL: JUNE 21, 2016", "", 0, "12958", "deadline", "2016-06-21", false, ""},
		{"E.O. 12958: DECL: 21 June 2016", "", 0, "12958", "deadline", "2016-06-21", false, ""},
		{"E.O. 12958: DECL: 21JUN16", "2006-06-21", 0, "12958", "deadline", "2016-06-21", false, ""},
		{"E.O. 13526: DECL: 02/14/2022", "", 0, "13526", "deadline", "2022-02-14", false, ""},
		{"E.O. 12356: DECL: 5/9/95", "1989-05-09", 0, "12356", "deadline", "1995-05-09", false, ""},
		{"E.O. 12958: Declassify on 9/11/2019", "", 0, "12958", "deadline", "2019-09-11", false, ""},
		{"E.O. 12958: DECL: 10/11/2017 TAGS: PREL, KZ", "", 0, "12958", "deadline", "2017-10-11", false, ""},
		// damage, read as meant and flagged
		{"E.O. 12958: 03/24/2019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O. 12958: DECLl: 03/24/2019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O 12958: DECL: 03/24/2019", "", 0, "12958", "deadline", "2019-03-24", false, ""},
		{"E.0. 12958: DECL: 03/24/2019", "", 0, "12958", "deadline", "2019-03-24", false, ""},
		{"E.O. 12598: DECL: 03/24/2019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O. 19528: DECL: 03/24/2019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O. 19523: DECL: 03/24/2019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O. 12958: DECL: 011/2/2019", "", 0, "12958", "deadline", "2019-11-02", true, ""},
		{"E.O. 12958: DECL: O3/24/2019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O. 12958: DECL: 24/03/2019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O. 12958: DECL: 02/29/2019", "", 0, "12958", "deadline", "2019-02-28", true, ""},
		{"E.O. 12958: DECL: 2019", "", 0, "12958", "deadline", "2019-12-31", true, ""},
		{"E.O. 12958: DECL: 03242019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O. 12958: DECL: 0324/2019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O. 12958: DECL: 03/242019", "", 0, "12958", "deadline", "2019-03-24", true, ""},
		{"E.O. 12958: DECL: 03/24/20119", "", 0, "12958", "absent", "", true, "declassification instruction not understood: 03/24/20119"},
		{"E.O. 12958: 1.4 (B) AND (D)", "", 0, "12958", "absent", "", true, "declassification instruction not understood: 1.4 (B) AND (D)"},
		{"E.O. 12958: DECL: TEN YEARS", "2008-05-01", 0, "12958", "deadline", "2018-05-01", false, "marked for declassification 2018-05-01 (date passed; computed: TEN YEARS from the cable)"},
		// nothing to declassify, no date, an event
		{"E.O. 12958: N/A", "2007-01-01", model.Unclassified, "12958", "none", "", false, "not classified (E.O. N/A)"},
		{"E.O. 12958:N/A", "", 0, "12958", "none", "", false, ""},
		{"EO 12958 N/A TAGS: PGOV BR", "", 0, "12958", "none", "", false, ""},
		{"E.O. 12958: DECL: N/A", "", 0, "12958", "none", "", false, ""},
		{"E.O. 12958: DECL: MR", "", 0, "12958", "indefinite", "", false, "no date: MR"},
		{"E.O. 12356: DECL: OADR", "1986-05-01", 0, "12356", "indefinite", "", false, "no date: OADR"},
		{"E.O. 12356: OADR", "1986-05-01", 0, "12356", "indefinite", "", false, "no date: OADR"},
		{"E.O. 12958: DECL: X1", "", 0, "12958", "indefinite", "", false, "no date: X1"},
		{"E.O. 12958: DECL: 1.6X5", "", 0, "12958", "indefinite", "", false, "no date: X5"},
		{"E.O. 12958: X8", "", 0, "12958", "indefinite", "", false, "no date: X8"},
		{"E.O. 12958: DECL: 25X1-human", "", 0, "12958", "indefinite", "", false, "no date: 25X1-HUMAN"},
		{"E.O. 13526: DECL: 50X1-HUM", "", 0, "13526", "indefinite", "", false, "no date: 50X1-HUM"},
		{"Declassify on: Source marked 25X1-human, Date of source: October 30, 2008", "", 0, "", "indefinite", "", false, "no date: 25X1-HUMAN"},
		{"E.O. 12958: DECL: TEN YEARS AFTER KOREAN UNIFICATION", "", 0, "12958", "event", "", false, "on event: TEN YEARS AFTER KOREAN UNIFICATION"},
		{"E.O. 12958: DECL: CLOSURE OF ICTY", "", 0, "12958", "event", "", false, "on event: CLOSURE OF ICTY"},
		{"E.O. 12958: DECL: XXXXXXXXXX", "", 0, "12958", "redacted", "", false, "declassification instruction redacted"},
		{"", "", 0, "", "absent", "", false, "no declassification instruction found"},
		{"E.O. 12958:", "", 0, "12958", "absent", "", false, "no declassification instruction found"},
		// downgrading
		{"E.O. 12958: DNG: CO 01/26/2021", "2006-01-26", 0, "12958", "downgrade", "2021-01-26", false, "marked for downgrading to CONFIDENTIAL 2021-01-26"},
		{"E.O. 12958: DNG: CO 01/26/2011 DECL: 01/26/2016", "2006-01-26", 0, "12958", "deadline", "2016-01-26", false, "marked for declassification 2016-01-26 (date passed); downgrading as DNG: CO 01/26/2011"},
		// release evidence
		{"E.O. 12958: DECL: DECLASSIFIED BY NARA 09/02/2009", "1966-12-28", 0, "12958", "declassified", "2009-09-02", false, "declassified 2009-09-02 (NARA)"},
		{"E.O. 12958: AS AMENDED; DECLASSIFIED JUNE 21, 2006", "1972-02-25", 0, "12958", "declassified", "2006-06-21", false, "declassified 2006-06-21 (so the cable's text says)"},
		{"E.O. 12958: TO BE DECLASSIFIED ON 06/21/2016", "2006-06-21", 0, "12958", "deadline", "2016-06-21", false, "marked for declassification 2016-06-21 (date passed)"},
		// the schedules before 1982
		{"E.O. 11652: GDS", "1975-03-04", model.Confidential, "11652", "gds", "1981-12-31", false, "marked for declassification 1981-12-31 (date passed; computed: GDS, CONFIDENTIAL)"},
		{"¶E. O. 11652: GDS", "1975-03-04", model.Secret, "11652", "gds", "1983-12-31", false, "marked for declassification 1983-12-31 (date passed; computed: GDS, SECRET)"},
		{"E.O. 11652: GDS", "1975-03-04", model.TopSecret, "11652", "gds", "1985-12-31", false, "marked for declassification 1985-12-31 (date passed; computed: GDS, TOP SECRET)"},
		{"E.O. 11652: GDS", "", model.Secret, "11652", "gds", "", false, "no date: GDS"},
		{"E.O. 12065: GDS 8/12/85 (DOE, JANE) OR-P", "1979-08-12", model.Confidential, "12065", "gds", "1985-08-12", false, "marked for declassification 1985-08-12 (date passed)"},
		{"E.O. 12065: RDS-1 8/12/99 (DOE, JANE) OR-P", "1979-08-12", model.Secret, "12065", "gds", "1999-08-12", false, "marked for review 1999-08-12 (date passed)"},
		{"E.O. 11652: ADS DECLAS 12/31/80", "1975-01-05", model.Secret, "11652", "gds", "1980-12-31", false, "marked for declassification 1980-12-31 (date passed)"},
		{"E.O. 11652: XGDS-3", "1975-01-05", model.Secret, "11652", "indefinite", "", false, "no date: XGDS-3"},
		{"E.O. 11652: XGDS (2)", "1975-01-05", model.Secret, "11652", "indefinite", "", false, "no date: XGDS-2"},
		{"E.O. 11652: NGDS", "1975-01-05", model.Secret, "11652", "indefinite", "", false, "no date: NGDS"},
		{"E.O. 11652: N/A", "1975-01-05", model.Unclassified, "11652", "none", "", false, ""},
		{"GROUP 4", "1966-12-28", model.Confidential, "", "gds", "1978-12-28", false, "marked for declassification 1978-12-28 (date passed; computed: GROUP 4, twelve years)"},
		{"GP-3", "1966-12-28", model.Confidential, "", "indefinite", "", false, "no date: GROUP 3"},
	} {
		d := model.ParseDeclass(c.line, date(c.origin), c.level)
		if d.Order != c.order || string(d.Kind) != c.kind || !d.Date.Equal(date(c.date)) || d.Repaired != c.repaired {
			t.Errorf("ParseDeclass(%q) = %+v", c.line, d)
		}
		if got := d.Says(date("2020-07-01")); c.says != "" && got != c.says {
			t.Errorf("%q says %q, want %q", c.line, got, c.says)
		}
	}
}

// Without a day to compare with, nothing is said of a date having passed.
func TestSaysWithoutToday(t *testing.T) {
	d := model.ParseDeclass("E.O. 12958: DECL: 10/11/2017", time.Time{}, 0)
	if got := d.Says(time.Time{}); got != "marked for declassification 2017-10-11" {
		t.Errorf("says %q", got)
	}
}

// The 25-year rule: E.O. 12958 s.3.4, E.O. 13526 s.3.3.
func TestDeclassNote(t *testing.T) {
	for _, c := range []struct{ line, origin, note string }{
		{"E.O. 12356: DECL: OADR", "1986-05-01", "25-year rule: 31 Dec 2011 (computed; exemptions possible)"},
		{"E.O. 12958: X1", "1998-05-01", "25-year rule: 31 Dec 2023 (computed; exemptions possible)"},
		{"E.O. 12958: DECL: 25X1-HUMAN", "2008-05-01", "25-year rule: 31 Dec 2033 (computed; marked exempt from it)"},
		{"E.O. 12958: DECL: CLOSURE OF ICTY", "2004-05-01", "25-year rule: 31 Dec 2029 (computed; exemptions possible)"},
		{"E.O. 12958: DECL: 05/01/2018", "2008-05-01", ""},
		{"E.O. 12958: DECL: 05/01/2033", "2008-05-01", ""},
		{"E.O. 12958: DECL: 10/20/2050", "2009-10-20", "the date is more than 25 years after the cable"},
		{"E.O. 12958: DECL: 05/01/2007", "2008-05-01", "the date lies before the cable"},
		{"E.O. 12356: DECL: OADR", "", ""},
		{"E.O. 12958: N/A", "2008-05-01", ""},
	} {
		d := model.ParseDeclass(c.line, date(c.origin), 0)
		if got := d.Note(date(c.origin)); got != c.note {
			t.Errorf("%q of %s: %q, want %q", c.line, c.origin, got, c.note)
		}
	}
}
