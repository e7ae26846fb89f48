package model_test

import (
	"slices"
	"testing"
	"time"

	"chancery/model"
)

// Format line 5 as cable-format 1.4 and oddities 1 show it.
func TestParseDTG(t *testing.T) {
	for _, c := range []struct {
		in, time, text string
		precedence     []string
		signals        []string
	}{
		{"P 150813Z OCT 07", "2007-10-15T08:13:00Z", "150813Z OCT 07", []string{"PRIORITY"}, nil},
		{"P R 281848Z DEC 66", "1966-12-28T18:48:00Z", "281848Z DEC 66", []string{"PRIORITY", "ROUTINE"}, nil},
		{"O R 141437Z NOV 07 ZDK", "2007-11-14T14:37:00Z", "141437Z NOV 07", []string{"IMMEDIATE", "ROUTINE"}, []string{"ZDK"}},
		{"O R 181205Z NOV 75 ZFF4", "1975-11-18T12:05:00Z", "181205Z NOV 75", []string{"IMMEDIATE", "ROUTINE"}, []string{"ZFF4"}},
		{"P 161623Z MAR 09 ZDK CTG RUEHSD 0020 1580042", "2009-03-16T16:23:00Z", "161623Z MAR 09", []string{"PRIORITY"}, []string{"ZDK"}},
		{"P 161623Z MAR 09 ZDS ZDK", "2009-03-16T16:23:00Z", "161623Z MAR 09", []string{"PRIORITY"}, []string{"ZDS", "ZDK"}},
		{"Z 161623Z MAR 09", "2009-03-16T16:23:00Z", "161623Z MAR 09", []string{"FLASH"}, nil},
		{"NIACT IMMEDIATE 161623Z MAR 09", "2009-03-16T16:23:00Z", "161623Z MAR 09", []string{"NIACT IMMEDIATE"}, nil},
		{"131448Z Aug 05", "2005-08-13T14:48:00Z", "131448Z Aug 05", nil, nil},
		{"  r  231510z  sep  2000 \r", "2000-09-23T15:10:00Z", "231510z  sep  2000", []string{"ROUTINE"}, nil},
		{"O 231510Z JUNE 00", "2000-06-23T15:10:00Z", "231510Z JUNE 00", []string{"IMMEDIATE"}, nil},
		{"R162245Z OCT 08", "2008-10-16T22:45:00Z", "162245Z OCT 08", []string{"ROUTINE"}, nil},
		{"P 010030A JAN 08", "2007-12-31T23:30:00Z", "010030A JAN 08", []string{"PRIORITY"}, nil}, // zone A is an hour ahead of UTC
		{"P 312330R DEC 07", "2008-01-01T04:30:00Z", "312330R DEC 07", []string{"PRIORITY"}, nil}, // zone R is five hours behind
		{"Friday, 23 February 2001, 15:53", "2001-02-23T15:53:00Z", "Friday, 23 February 2001, 15:53", nil, nil},
	} {
		d, ok := model.ParseDTG(c.in)
		if !ok || d.Time.Format(time.RFC3339) != c.time || d.Text != c.text || !slices.Equal(d.Precedence, c.precedence) || !slices.Equal(d.Signals, c.signals) {
			t.Errorf("ParseDTG(%q) = %+v %v", c.in, d, ok)
		}
	}
	for _, in := range []string{
		"", "P", "FM AMEMBASSY ASTANA", "150813Z", "P 320813Z OCT 07", "P 152513Z OCT 07", "P 150860Z OCT 07", "P 310813Z NOV 07",
		"P 150813J OCT 07", "P 150813Z OCT 7", "P 150813Z FOO 07", "the message 150813Z OCT 07 said", "1508130Z OCT 07", "290813Z FEB 07",
	} {
		if d, ok := model.ParseDTG(in); ok {
			t.Errorf("ParseDTG(%q) = %+v, want none", in, d)
		}
	}
}

// Addressees of cable-format 1.6.
func TestParseAddress(t *testing.T) {
	for in, want := range map[string]model.Address{
		"RUEHC/SECSTATE WASHDC PRIORITY 0901":            {"RUEHC", "SECSTATE WASHDC", "PRIORITY", "0901"},
		"RUEHC/SECSTATE WASHDC 0901":                     {"RUEHC", "SECSTATE WASHDC", "", "0901"},
		"RUEHC/SECSTATE WASHDC":                          {"RUEHC", "SECSTATE WASHDC", "", ""},
		"ruehc/secstate  washdc  priority":               {"RUEHC", "secstate washdc", "PRIORITY", ""},
		"AMEMBASSY LONDON":                               {"", "AMEMBASSY LONDON", "", ""},
		"AMEMBASSY NEW DELHI PRIORITY":                   {"", "AMEMBASSY NEW DELHI", "PRIORITY", ""},
		"USMISSION USUN NEWYORK NIACT IMMEDIATE":         {"", "USMISSION USUN NEWYORK", "NIACT IMMEDIATE", ""},
		"RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 9912":     {"RUEHC", "SECSTATE WASHDC", "NIACT IMMEDIATE", "9912"},
		"RUEHC/SECSTATE WASHDC IMMEDIATE 2276-2279":      {"RUEHC", "SECSTATE WASHDC", "IMMEDIATE", "2276-2279"},
		"RUEHC/SECSTATE WASHDC 9912 PRIORITY":            {"RUEHC", "SECSTATE WASHDC", "PRIORITY", "9912"},
		"RUCJACC/USCENTCOM MACDILL AFB FL//CCJ2/POLAD//": {"RUCJACC", "USCENTCOM MACDILL AFB FL//CCJ2/POLAD//", "", ""},
		"USCENTCOM MACDILL AFB FL//CCJ2/POLAD//":         {"", "USCENTCOM MACDILL AFB FL//CCJ2/POLAD//", "", ""},
		"RUEUITH/DET 1 39LG ANKARA TU":                   {"RUEUITH", "DET 1 39LG ANKARA TU", "", ""},
		"ZEN/AMEMBASSY MOSCOW":                           {"ZEN", "AMEMBASSY MOSCOW", "", ""},
		"WASHDC, SECSTATE ROUTINE":                       {"", "WASHDC, SECSTATE", "ROUTINE", ""},
		"":                                               {},
		"IMMEDIATE":                                      {"", "IMMEDIATE", "", ""},
	} {
		if got := model.ParseAddress(in); got != want {
			t.Errorf("ParseAddress(%q) = %+v, want %+v", in, got, want)
		}
	}
}
