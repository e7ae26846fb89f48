package e2e

import (
	"strings"
	"testing"
)

// The sample is counted and narrowed; what it cites and does not hold is listed;
// a chain is opened and read from.
func TestCountingAndChains(t *testing.T) {
	p := play(t, 120, 35, home(t))
	p.reads()
	p.press("D")
	p.sees("OVERVIEW   everything", "by year", "TAGS (")
	p.press("Tab")
	p.press("Enter")
	p.sees("asked for", " 1 of ")
	p.everything()
	p.press("M")
	p.sees("CITED, NOT HELD HERE", "cited by")
	p.press("q")

	p.goTo("09REYKJAVIK9902")
	p.sees("THE ROCK IS BOUGHT")
	p.press("R")
	p.sees("REFERENCE CHAIN of 09REYKJAVIK9902", "cites ", "* 09REYKJAVIK9902")
	p.press("k", "Enter")
	p.loses("REFERENCE CHAIN")
	p.press("H")
	p.sees("THE ROCK IS BOUGHT")
}

// everything drops the query. Esc first stops what is still under way, if anything
// is, and says so.
func (p *player) everything() {
	p.Helper()
	for range 3 {
		p.press("Escape")
		if strings.Contains(p.until("all 61 cables, or that something was stopped", func(screen string) bool {
			return strings.Contains(screen, " of 61") || strings.Contains(screen, " stopped ")
		}), " of 61") {
			return
		}
	}
	p.Error("three Esc do not drop the query")
}
