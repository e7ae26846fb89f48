package parser

import (
	"slices"

	"chancery/model"
)

// captionWords are the captions a line may consist of (5 FAH-2 H-440), the
// longer before those they begin with.
var captionWords = []string{
	"SIPDIS", "NOFORN", spelledSBU, "SENSITIVE", "NODIS", "EXDIS", "STADIS", "LIMDIS", "ORCON",
	"NOCONTRACT", "PROPIN", "AIDAC", "EFTO", "TERREP", "FODAG", "EYES ONLY", "CHEROKEE", "NIACT", "SPECAT",
	"ROGER CHANNEL", "DISSENT CHANNEL", "AGREMENT CHANNEL", "DIRGEN CHANNEL", "MED CHANNEL", "TM CHANNEL", "DS CHANNEL",
	"SY CHANNEL", "HR CHANNEL", "OIG CHANNEL", "VISAS DONKEY", "VISAS CONDOR", "VISAS MANTIS", "VISAS VIPER",
	"VISAS EAGLE", "VISAS ROGER", "INFORM CONSULS", "OFFICIAL INFORMAL", "OFFICIAL-INFORMAL", "ECON SENSITIVE",
	"LITIGATION SENSITIVE", "NO DOUBLE STANDARD", "DISSEMINATION STATE ONLY", "FOUO", "SBU", "NSDM", "TOSEC", "SECTO",
}

// spelledSBU is the caption that often stands with words behind it that say how
// to treat the cable.
const spelledSBU = "SENSITIVE BUT UNCLASSIFIED"

// captionsBy are the captions by their first letter.
var captionsBy = func() (by [26][]string) {
	for _, w := range captionWords {
		by[w[0]-'A'] = append(by[w[0]-'A'], w)
	}
	return by
}()

// captionAt gives the caption s begins with, "" when there is none.
func captionAt(s string) string {
	if s == "" || !isLetter(s[0]) {
		return ""
	}
	for _, w := range captionsBy[upper(s[0])-'A'] {
		if hasWord(s, w) {
			return w
		}
	}
	return ""
}

// isCaptionLine says whether a line is made of captions, or says that the
// copy is a corrected one.
func isCaptionLine(s string) bool {
	if s == "" || len(s) > 200 {
		return false
	}
	if isCorrected(s) {
		return true
	}
	for s != "" {
		w := captionAt(s)
		if w == "" {
			return unspaced(s) != ""
		}
		s = s[skipAny(s, len(w), " \t,/.-"):]
	}
	return true
}

// unspaced reads one caption written with blanks between its letters, S E N S
// I T I V E; "" when s is none.
func unspaced(s string) string {
	if len(s) < 9 || len(s) > 80 || s[1] != ' ' || s[3] != ' ' {
		return ""
	}
	for _, w := range captionWords {
		if isSpaced(s, w) {
			return w
		}
	}
	return ""
}

// isSpaced says whether s is the upper-case word in any case when the blanks
// of both are left out.
func isSpaced(s, word string) bool {
	at := 0
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' {
			continue
		}
		for at < len(word) && word[at] == ' ' {
			at++
		}
		if at == len(word) || upper(s[i]) != word[at] {
			return false
		}
		at++
	}
	return at == len(word)
}

// isCorrected knows the line of a corrected copy in its spacings: C O R R E C
// T E D  C O P Y (REASON), CORRECTED COPY.
func isCorrected(s string) bool {
	s = s[skipAny(s, 0, "- *"):]
	return hasFold(s, "C O R R E C T E D") || hasFold(s, "CORRECTED COPY") || hasWord(s, "C O P Y")
}

// handling reads a line of captions, or one that says whom the cable is for.
// It stands between the classification line and the E.O. line.
func (r *reader) handling(from, to int) {
	for from < to {
		s := r.text[from:to]
		if isCorrected(s) {
			r.caption("CORRECTED COPY", from, to)
			return
		}
		w := captionAt(s)
		if w == "" {
			break
		}
		r.caption(w, from, from+len(w))
		from += skipAny(s, len(w), " \t,/.-")
	}
	if from >= to {
		return
	}
	if w := unspaced(r.text[from:to]); w != "" {
		r.caption(w, from, to)
		return
	}
	r.place(model.FieldAttention, len(r.c.Attention), from, to)
	r.c.Attention = append(r.c.Attention, squeeze(r.text[from:to]))
}

// caption notes a caption once, and where it stands.
func (r *reader) caption(w string, from, to int) {
	if !slices.Contains(r.c.Captions, w) {
		r.place(model.FieldCaptions, len(r.c.Captions), from, to)
		r.c.Captions = append(r.c.Captions, w)
	}
}
