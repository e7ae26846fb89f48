package model

import (
	"strings"
	"time"
)

// Attribute is one thing that a wrapper says of a cable, as it prints it.
type Attribute struct{ Name, Value string }

// Attribute gives the value printed under a name, "" when there is none.
func (m *Metadata) Attribute(name string) string {
	for _, a := range m.Attributes {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Release is what stamps and archives say of a record that was reviewed: who
// declassified it and when (cable-format 5.5), or what was held back of it
// under the Freedom of Information Act (5.7).
type Release struct {
	Words      string    // the evidence as printed: "Declassified/Released US Department of State EO Systematic Review 06 JUL 2006"
	Done       bool      // the record was declassified; a release in part of a classified record does not show that
	Date       time.Time // of the review or release, zero when not printed
	Decision   string    // RELEASE IN FULL, RELEASE IN PART, DENY IN FULL, EXCISED
	Case       string    // case number, F-2099-00000
	Document   string    // document number, C00000001
	Exemptions []string  // B1, 1.4(D), B6 ... each once, in the order met
}

// Declassified gives the instruction of a record that was declassified: the
// cable's own E.O. line stays what it was, evidence of release outweighs what
// it set (cable-format 4.5).
func (d Declassification) Declassified(by *Release) Declassification {
	if by == nil || !by.Done {
		return d
	}
	d.Kind, d.Literal, d.Date = DeclassDone, strings.ToUpper(by.Words), by.Date
	d.Computed, d.Review, d.Basis = false, false, ""
	return d
}
