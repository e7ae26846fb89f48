package export

import (
	"strings"

	"chancery/model"
	"chancery/model/safe"
)

// archive is what a record itself shows of the archive it is from.
type archive struct {
	number string // of the record there
	name   string // series, group and archives
	digits int    // of telegram numbers there
	paper  bool   // known only by a printout: type, title and date name it
}

// National Archives, cable-format 5.5 and 8.2: telegrams of July 1973 to 1979.
const (
	centralFiles  = "Central Foreign Policy Files, 1973-79"
	recordGroup   = "RG 59: General Records of the Department of State, National Archives"
	archiveDigits = 5
)

// archiveOf reads the evidence. The year alone proves nothing: a cable of 1974
// whose source is a text file is cited from that file.
func archiveOf(c *model.Cable) archive {
	m := c.Metadata
	if m == nil {
		return archive{}
	}
	if n := m.Attribute("Document Number"); n != "" {
		a := archive{number: safe.Line(n), digits: archiveDigits, name: centralFiles + "/Electronic Telegrams, " + recordGroup}
		if film := safe.Line(m.Film); film != "" && !hasText(c) {
			switch film[0] {
			case 'D':
				a.number, a.name = film, centralFiles+"/D-Reel Microfilm, "+recordGroup
			case 'P':
				a.number, a.name, a.paper = film, centralFiles+"/P-Reel Printouts, "+recordGroup, true
			}
		}
		return a
	}
	if n := m.Attribute("Canonical ID"); n != "" && strings.Contains(m.Attribute("Archive Status"), "Electronic Telegrams") {
		n, _, _ = strings.Cut(n, "_")
		return archive{number: safe.Line(n), digits: archiveDigits, name: centralFiles + "/Electronic Telegrams, " + recordGroup + ", as copied in " + publicLibrary}
	}
	return archive{}
}

// hasText says whether the record holds the message.
func hasText(c *model.Cable) bool {
	for _, b := range c.Blocks {
		if b.Kind != model.Footer && b.Kind != model.Marker {
			return true
		}
	}
	return false
}

// publicLibrary is the title under which the pages with its labels appear.
const publicLibrary = "WikiLeaks Public Library of US Diplomacy"

// published is the collection or release that the copy shows itself to be
// from. The host a page was fetched from is none.
func (k cited) published() []string {
	if k.from.Published != "" {
		return []string{safe.Line(k.from.Published)}
	}
	m := k.c.Metadata
	switch {
	case m == nil:
		return nil
	case m.Release != nil && (m.Release.Case != "" || m.Release.Document != ""):
		return released(m.Release)
	case m.Attribute("Document Number") != "":
		return []string{centralFiles, recordGroup}
	case m.Attribute("Canonical ID") != "":
		return []string{publicLibrary}
	}
	return nil
}

// released is the form of a release under the Freedom of Information Act.
func released(r *model.Release) []string {
	parts := []string{"U.S. Department of State"}
	if r.Case != "" {
		parts = append(parts, "Case No. "+safe.Line(r.Case))
	}
	if r.Document != "" {
		parts = append(parts, "Doc No. "+safe.Line(r.Document))
	}
	switch when := r.Date; {
	case r.Decision != "" && !when.IsZero():
		parts = append(parts, strings.ToLower(safe.Line(r.Decision))+", "+when.Format(americanDate))
	case r.Decision != "":
		parts = append(parts, strings.ToLower(safe.Line(r.Decision)))
	case !when.IsZero():
		parts = append(parts, "released "+when.Format(americanDate))
	}
	return parts
}
