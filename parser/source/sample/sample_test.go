package sample_test

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"chancery/parser/source/sample"
)

// must is what the collection has to show, so that a new user meets every
// trait of the field and no test of the program wants for a cable.
var must = strings.Fields(`
	level-u level-sbu level-fouo level-lou level-r level-c level-s level-ts
	control-nf control-rel control-fgi control-orcon portion-sbu-nf portion-fouo portion-r portion-lou
	nodis exdis stadis limdis roger-channel noforn-caption sensitive-caption
	sections section-header-repeated page-line page-line-mid-sentence page-line-run-on page-line-mixed-case
	sipdis-mid-text sipdis-line-start repeated-front corrected-copy zds zdk zff
	ref-lettered ref-unlettered ref-doubled-letters ref-all-on-one-line ref-separators ref-pilcrow-letters
	ref-email ref-iir ref-dtg ref-and-previous ref-secstate ref-exdis reftel refs-keyword airgram-ref no-ref
	table page-action-info distribution-block page-line-with-subject page-line-with-paragraph
	eo-11652-gds eo-12065-gds-date eo-12356-oadr eo-12356-decl-date decl-x1 decl-25x1-human decl-mr decl-event
	decl-na dng decl-past decl-future decl-damaged-date decl-yyyy-mm-dd eo-typo no-eo
	redaction redacted-paragraph paragraph-after-redaction name-removed
	damaged-marking marking-words marking-lower-case marking-blank-control level-line-damaged
	unmarked marked-over marked-under metadata-differs entire-text no-portion-marks
	partial-extract page-text cablegate-html latin-1 crlf pilcrow-b6 utf8-curly-quotes pilcrow false-pilcrow
	classified-by-column-71 classified-by-smart derived-from derived-from-multiple-sources
	tags-commas tags-persons tags-misspelt tags-wrapped no-tags subject-wrapped subject-marked sentence-cased
	heading-ruled heading-double-ruled heading-unruled heading-between-rulers heading-one-line-ruler heading-slashes heading-stars
	bullets-all-forms line-start-dash subparagraph subparagraph-letters subparagraph-roman subparagraph-nested
	summary-several-paragraphs end-summary-broken comment-no-end note talking-points embedded-text embedded-text-numbers
	signature-line-end signature-doubled signature-two-words signature-mixed-case no-signature nnnn
	minimize website-notice website-notice-after-signature collective exempt-xmt niact-immediate double-precedence
	cjk arabic accented line-noise character-damage quotes-damaged aldac archive-1962 very-long single-paragraph unwrapped
`)

// files gives the names of everything in the collection.
func files(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(sample.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func keys(t *testing.T) []sample.Key {
	t.Helper()
	k, err := sample.Keys()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestEveryFileHasAKey(t *testing.T) {
	var keyed []string
	for _, k := range keys(t) {
		keyed = append(keyed, k.File)
	}
	slices.Sort(keyed)
	got := files(t)
	slices.Sort(got)
	if !slices.Equal(got, keyed) {
		t.Errorf("files and keys differ:\nfiles %v\nkeys  %v", got, keyed)
	}
	if len(got) < 45 {
		t.Errorf("only %d cables; the collection should have at least 45", len(got))
	}
}

func TestEveryTraitIsShown(t *testing.T) {
	shown := map[string]bool{}
	for _, k := range keys(t) {
		for _, trait := range k.Traits {
			shown[trait] = true
		}
	}
	for _, trait := range must {
		if !shown[trait] {
			t.Errorf("no cable shows %s", trait)
		}
	}
}

// The ids must be recognisable as invented, and no two cables may share one.
func TestIDsAreFictional(t *testing.T) {
	shape := regexp.MustCompile(`^(\d\d)([A-Z]+?)(\d+)$`)
	seen := map[string]bool{}
	for _, k := range keys(t) {
		m := shape.FindStringSubmatch(k.ID)
		if m == nil {
			t.Errorf("%s: %q is no id", k.File, k.ID)
			continue
		}
		n, err := strconv.Atoi(m[3])
		if err != nil {
			t.Fatal(err)
		}
		low, high := 9900, 9999
		if m[2] == "STATE" {
			low, high = 99000, 99999
		}
		if n < low || n > high {
			t.Errorf("%s: number %d is outside %d to %d", k.ID, n, low, high)
		}
		if seen[k.ID] {
			t.Errorf("%s stands twice", k.ID)
		}
		seen[k.ID] = true
		if base := strings.TrimSuffix(k.File, path.Ext(k.File)); base != k.ID {
			t.Errorf("%s is in file %s", k.ID, k.File)
		}
	}
}

// References must lead somewhere: most of them to another cable of the
// collection, so that a chain can be followed.
func TestReferencesHangTogether(t *testing.T) {
	held := map[string]bool{}
	for _, k := range keys(t) {
		held[k.ID] = true
	}
	all, inside := 0, 0
	for _, k := range keys(t) {
		for _, ref := range k.References {
			all++
			if held[ref] {
				inside++
			}
			if ref == k.ID {
				t.Errorf("%s refers to itself", k.ID)
			}
		}
	}
	if inside*10 < all*8 {
		t.Errorf("only %d of %d references are in the collection", inside, all)
	}
	if inside == all {
		t.Error("every reference is held: a cable that is cited and missing must be shown too")
	}
}

// A user's first screen must be safe even if the gate for foreign text were
// not: the sample holds no control character but line ends.
func TestNoControlCharacters(t *testing.T) {
	for _, name := range files(t) {
		b, err := fs.ReadFile(sample.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		latin := !utf8.Valid(b)
		for i, c := range b {
			if c == '\n' || c == '\r' && i+1 < len(b) && b[i+1] == '\n' {
				continue
			}
			if c < 0x20 || c == 0x7f || latin && c >= 0x80 && c < 0xa0 {
				t.Errorf("%s: control character %#02x at byte %d", name, c, i)
			}
		}
		if latin {
			continue
		}
		for i, r := range string(b) {
			if r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				t.Errorf("%s: %U at byte %d", name, r, i)
			}
		}
	}
}

// Good reading is not padding: no paragraph may stand twice in the collection.
func TestNoBoilerplate(t *testing.T) {
	seen := map[string]string{}
	for _, name := range files(t) {
		b, err := fs.ReadFile(sample.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, para := range regexp.MustCompile(`\r?\n[ \r]*\n`).Split(string(b), -1) {
			para = strings.Join(strings.Fields(para), " ")
			if len(para) < 160 || strings.Contains(para, "TAGS") || strings.Contains(para, "INFO ") {
				continue
			}
			if other, ok := seen[para]; ok && other != name {
				t.Errorf("%s and %s share a paragraph: %.70s", other, name, para)
			}
			seen[para] = name
		}
	}
}
