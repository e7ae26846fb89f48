package parser

import "strings"

// longTitles are words of titles that are met misspelt; one or two letters may
// differ.
var longTitles = strings.Fields(`AMBASSADOR COUNSELOR COUNSELLOR COUNCILOR MCOUNSELOR MINISTER DIRECTOR OFFICER OFFICE
	CHARGE AFFAIRES D'AFFAIRES AFFAIRS DEPUTY CHIEF MISSION CONSUL GENERAL SECRETARY UNDERSECRETARY ASSISTANT ACTING
	PRINCIPAL POLITICAL ECONOMIC SECTION REPRESENTATIVE PERMANENT COORDINATOR ADVISOR ADVISER ATTACHE ADMINISTRATOR
	MANAGER SECURITY DIPLOMATIC MILITARY PUBLIC COMMERCIAL CONSULAR REGIONAL SPECIAL SENIOR CHAIRMAN ENVOY
	INTERNATIONAL DEPARTMENT POLCOUNS ECONCOUNS ECONOFF POLMINCONS POLOFF MINCONS SUPERVISOR ANALYST EMBASSY`)

// longTitlesBy are the same by their first letter, the same letter that the
// misspelt word begins with.
var longTitlesBy = func() (by [256][]string) {
	for _, t := range longTitles {
		by[t[0]] = append(by[t[0]], t)
	}
	return by
}()

// titleWord says whether a word belongs to titles and offices.
func titleWord(w string) bool {
	switch w {
	case "DCM", "ADCM", "A/DCM", "CDA", "COM", "AMB", "POL", "ECON", "DAS", "PDAS", "RSO", "ARSO", "DIR", "MC", "M-C", "AI",
		"A.I", "PRT", "TEAM", "LEADER", "VICE", "COUNS", "ASIA", "CENTRAL", "SOUTH", "AFRICA", "EUROPE", "NORTH", "EAST", "WEST",
		"STATE", "OF", "THE", "FOR", "AND", "AT", "IN", "TO", "U.S", "US", "USG", "THIS", "MESSAGE", "CLASSIFIED", "BY", "AIT",
		"ISN", "USEU", "POLMIL", "POL-MIL", "UNIT", "HEAD", "DESK", "EST&H", "ECOPOL", "COORD", "REP", "PERMREP", "CG", "PO",
		"BUREAU", "STAFF", "POST", "LABOR", "AID", "USAID", "TRADE", "UN", "NATO", "EU", "ON", "PAO", "DATT", "LEGATT", "REO",
		"AFFAIRE", "D'AFFAIR", "ECONCOUNSELOR", "POLCHIEF", "ECONCHIEF", "MGT", "DOS", "EXEC", "ACTG", "DEP", "SEC", "PERM",
		"AMBASSADOR-DESIGNATE", "AMBASSADOR-AT-LARGE", "CHARGÉ", "POLAD", "WATCHER", "DERIVED", "FROM", "MULTIPLE", "SOURCES", "MULTILATERAL", "NUCLEAR", "ENERGY", "SCIENCE":
		return true
	}
	return false
}

// isTitle says whether a word is one of a title, misspelt or not.
func isTitle(w string) bool {
	u := strings.Trim(w, ".,;:-\"'")
	if !isCapitals(u) {
		u = strings.ReplaceAll(strings.ToUpper(u), "0", "O")
	}
	if u == "" {
		return true
	}
	if titleWord(u) || strings.HasPrefix(u, "AMBASSADOR-") || strings.HasPrefix(u, "MINISTER-") || strings.HasPrefix(u, "D'A") || strings.HasPrefix(u, "D’A") || strings.HasPrefix(u, "D,A") || strings.HasPrefix(u, "D\\'A") || strings.HasPrefix(u, "DE'A") {
		return true
	}
	for _, t := range longTitlesBy[u[0]] {
		may := 1
		if len(t) >= 7 {
			may = 2
		}
		if nearly(u, t, may) {
			return true
		}
	}
	return false
}

// isCapitals says whether a word is all in capitals of ASCII.
func isCapitals(w string) bool {
	for i := 0; i < len(w); i++ {
		if !isUpper(w[i]) {
			return false
		}
	}
	return true
}

// nearly says whether a and b differ by at most may letters left out, put in
// or changed, two neighbours that changed places counting as two.
func nearly(a, b string, may int) bool {
	if d := len(a) - len(b); d > may || -d > may {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	if len(a) == 0 || len(b) == 0 {
		return len(a)+len(b) <= may
	}
	if may == 0 {
		return false
	}
	return nearly(a[1:], b[1:], may-1) || nearly(a[1:], b, may-1) || nearly(a, b[1:], may-1)
}
