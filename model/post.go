package model

import (
	_ "embed"
	"encoding/csv"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// PostFact is one row of the post list.
type PostFact struct {
	Name       string // as ids spell it: capitals without blanks
	Type       string // embassy, consulate, mission ...
	CountryTag string // TAG of the country in the 2000s, "" for none
	Country    string
	Display    string // with blanks, "RIO DE JANEIRO"
	Six        string // the form of 1973-79, six letters of Display without blanks
	Note       string
}

// postsCSV is the post list: cable-format 10, posts.csv, without the one row
// of it that is a damaged id.
//
//go:embed posts.csv
var postsCSV string

// Posts is the post list, in order of name. It must not be changed.
var Posts = sync.OnceValue(func() []PostFact {
	rows, err := csv.NewReader(strings.NewReader(postsCSV)).ReadAll()
	if err != nil {
		panic("the embedded post list: " + err.Error())
	}
	facts := make([]PostFact, 0, len(rows))
	for _, r := range rows[1:] {
		facts = append(facts, PostFact{r[0], r[1], r[2], r[3], r[4], r[5], r[6]})
	}
	slices.SortFunc(facts, func(a, b PostFact) int { return strings.Compare(a.Name, b.Name) })
	return facts
})

// postAliases are the names that drafters use for a post beside the one of
// the list (cable-format 6.5). Names that belong to other times of the same
// city (KIEV and KYIV) are posts of their own: ids keep them.
var postAliases = map[string]string{
	"SECSTATE": "STATE", "STAT": "STATE", "TATE": "STATE", "DEPTEL": "STATE", "DEPTOFSTATE": "STATE",
	"DEPARTMENTOFSTATE": "STATE", "STATEDEPARTMENT": "STATE", "STATEDEPT": "STATE", "DEPSTATE": "STATE",
	"WASHDC": "STATE", "WASHINGTONDC": "STATE", "WASHINGTON": "STATE",
	"USUN": "USUNNEWYORK", "NEWYORK": "USUNNEWYORK", "USUNNY": "USUNNEWYORK", "USUNNYC": "USUNNEWYORK", "USUNNEWYORKNY": "USUNNEWYORK",
	"USEU": "USEUBRUSSELS", "EUBRUSSELS": "USEUBRUSSELS",
	"AIT": "AITTAIPEI", "MEXICOCITY": "MEXICO", "MEXICODF": "MEXICO", "GUATEMALACITY": "GUATEMALA", "PANAMACITY": "PANAMA",
	"KUWAITCITY": "KUWAIT", "VATICANCITY": "VATICAN", "HOLYSEE": "VATICAN", "QUEBECCITY": "QUEBEC",
	"HCMC": "HOCHIMINHCITY", "HCMCITY": "HOCHIMINHCITY", "HOCHIMINH": "HOCHIMINHCITY",
	"KL": "KUALALUMPUR", "BKK": "BANGKOK", "POS": "PORTOFSPAIN", "PAP": "PORTAUPRINCE", "BA": "BUENOSAIRES", "HK": "HONGKONG",
	"HAGUE": "THEHAGUE", "RIO": "RIODEJANEIRO", "BRAZIL": "BRASILIA", "ADDIS": "ADDISABABA",
	"OUAGA": "OUAGADOUGOU", "TEGUC": "TEGUCIGALPA", "BSB": "BANDARSERIBEGAWAN",
	"UNVIE": "UNVIEVIENNA", "UNVIENNA": "UNVIEVIENNA", "USUNVIENNA": "UNVIEVIENNA", "USUNVIE": "UNVIEVIENNA", "USMISSIONVIENNA": "UNVIEVIENNA",
	"UNESCO": "UNESCOPARISFR", "USUNESCO": "UNESCOPARISFR", "USOECD": "OECDPARIS", "OECD": "OECDPARIS",
	"USUNROME": "UNROME", "FODAGROME": "UNROME", "NATO": "USNATO", "NATOBRUSSELS": "USNATO", "USNATOBRUSSELS": "USNATO",
	"USOSCEVIENNA": "USOSCE", "OSCE": "USOSCE", "USMISSIONGENEVA": "GENEVA", "USUNGENEVA": "GENEVA",
	"SAINTPETERSBURG": "STPETERSBURG", "STPETE": "STPETERSBURG",
	"DELHI":       "NEWDELHI",
	"USINTHAVANA": "HAVANA", "USBRUSSELS": "BRUSSELS", "DAR": "DARESSALAAM", "DARESALAAM": "DARESSALAAM",
	"JIDDAH": "JEDDAH", "SANA": "SANAA", "BELIZECITY": "BELIZE", "STODOMINGO": "SANTODOMINGO", "OSAKA": "OSAKAKOBE", "JOBURG": "JOHANNESBURG",
	"COMMERCE": "USDOC", "USDACFAS": "USDAFAS", "FAS": "USDAFAS",
}

// postTitles may stand before the name of a post; words of the classification
// line that damaged ids have swallowed are among them (cable-format 6.2).
var postTitles = []string{
	"USDELEGATION", "USMISSION", "AMEMBASSY", "AMEMB", "EMBASSY", "AMCONSULATE", "AMCONSUL", "AMCOMSUL", "AMCONGEN", "CONSULATE", "CONGEN",
	"USINT", "USLO", "USOFFICE", "REO",
	"UNCLASSIFIED", "UNCLASS", "UNCLAS", "SIFIED", "CONFIDENTIAL", "SECRET", "SENSITIVE", "NOFORN", "EFTO", "SIPDIS", "SBU",
}

// postTails may stand after the name of an agency of Washington.
var postTails = []string{"WASHINGTONDC", "WASHDC", "WASHINGTON", "WASH"}

// postIndex answers the questions about post names.
type postIndex struct {
	exact map[string]string // spelling → name, aliases and six-letter forms included
	names []string          // what a damaged spelling is held against
	signs []uint32          // the letters that are in each of them, one bit a letter
	to    []string          // the post each of them stands for
}

var posts = sync.OnceValue(func() *postIndex {
	x := &postIndex{exact: map[string]string{}}
	for _, p := range Posts() {
		x.exact[p.Name] = p.Name
		x.names, x.to = append(x.names, p.Name), append(x.to, p.Name)
	}
	for alias, name := range postAliases {
		x.exact[alias] = name
		if len(alias) >= 8 {
			x.names, x.to = append(x.names, alias), append(x.to, name)
		}
	}
	for _, p := range Posts() {
		if _, taken := x.exact[p.Six]; !taken {
			x.exact[p.Six] = p.Name
		}
	}
	for _, n := range x.names {
		x.signs = append(x.signs, letterSigns(n))
	}
	return x
})

// CanonicalPost maps the post names and aliases that cables use to the one
// of the post list: "RIO" to "RIODEJANEIRO", "SECSTATE" to "STATE",
// "AMEMBASSY LA PAZ" to "LAPAZ", "PHNOM PEN" to "PHNOMPENH". An unknown name
// comes back in capitals without blanks and titles.
func CanonicalPost(name string) (post string, known bool) {
	return canonicalPost(postLetters(name))
}

func canonicalPost(s string) (post string, known bool) {
	x := posts()
	if post, known = x.exact[s]; known {
		return post, true
	}
	bare := s
	for again := true; again; {
		again = false
		for _, title := range postTitles {
			if rest, ok := strings.CutPrefix(bare, title); ok && len(rest) > 2 {
				bare, again = rest, true
				if post, known = x.exact[bare]; known {
					return post, true
				}
			}
		}
	}
	for _, tail := range postTails {
		if rest, ok := strings.CutSuffix(bare, tail); ok && len(rest) > 2 {
			if post, known = x.exact[rest]; known {
				return post, true
			}
		}
	}
	if post, known = x.begun(bare); known {
		return post, true
	}
	if post, known = x.nearest(bare); known {
		return post, true
	}
	return bare, false
}

// FindPost gives the facts on a post named by its own name, an alias or an
// address ("AMEMBASSY LA PAZ"). Unlike CanonicalPost it mends no spelling, so
// that it may be asked about any word.
func FindPost(name string) (PostFact, bool) {
	s := postLetters(name)
	post, ok := posts().exact[s]
	for i := 0; !ok && i < len(postTitles); i++ {
		if rest, found := strings.CutPrefix(s, postTitles[i]); found {
			post, ok = posts().exact[rest]
		}
	}
	if !ok {
		return PostFact{}, false
	}
	facts := Posts()
	i, ok := slices.BinarySearchFunc(facts, post, func(p PostFact, name string) int { return strings.Compare(p.Name, name) })
	if !ok {
		return PostFact{}, false
	}
	return facts[i], true
}

// begun finds the one post whose name begins with s: page lines cut names to
// ten letters, AAD to six.
func (x *postIndex) begun(s string) (post string, ok bool) {
	if len(s) < 6 {
		return "", false
	}
	for i, n := range x.names {
		if strings.HasPrefix(n, s) && x.to[i] != post {
			if post != "" {
				return "", false
			}
			post = x.to[i]
		}
	}
	return post, post != ""
}

// nearest finds the one post that a misspelt name must mean: one edit away,
// two for long names. Two candidates equally near are none.
func (x *postIndex) nearest(s string) (post string, ok bool) {
	if len(s) < 5 || len(s) > 30 {
		return "", false
	}
	best := 1
	if len(s) >= 9 {
		best = 2
	}
	clash := false
	signs := letterSigns(s)
	for i, n := range x.names {
		// An edit brings in one letter at most and takes out one at most.
		if len(n) < 5 || bits.OnesCount32(signs&^x.signs[i]) > best || bits.OnesCount32(x.signs[i]&^signs) > best {
			continue
		}
		d := edits(s, n, best)
		switch {
		case d > best:
		case d < best || post == "":
			best, post, clash = d, x.to[i], false
		case post != x.to[i]:
			clash = true
		}
	}
	return post, post != "" && !clash
}

// letterSigns has a bit set for each letter that is in a name in capitals.
func letterSigns(s string) (signs uint32) {
	for i := range len(s) {
		signs |= 1 << (s[i] & 31)
	}
	return signs
}

// shortened finds the one post whose short name has lost a letter: "RME",
// "KABL". Only ids may be mended so far, because there nothing but a post can
// stand.
func (x *postIndex) shortened(s string) (post string, ok bool) {
	if len(s) != 3 && len(s) != 4 {
		return "", false
	}
	for i, n := range x.names {
		if len(n) == len(s)+1 && edits(s, n, 1) == 1 {
			if post != "" {
				return "", false
			}
			post = x.to[i]
		}
	}
	return post, post != ""
}

// ending finds the longest known post name that ends s, for ids whose stem
// is garbage: "FSCCHARLESTON".
func (x *postIndex) ending(s string) (post string, ok bool) {
	for i := 1; i+5 <= len(s); i++ {
		if p, known := x.exact[s[i:]]; known {
			return p, true
		}
	}
	return "", false
}

// postLetters is the name in capitals with everything but letters taken out;
// a zero between letters is the letter O mistyped.
func postLetters(name string) string {
	clean := true
	for i := range len(name) {
		if name[i] < 'A' || name[i] > 'Z' {
			clean = false
			break
		}
	}
	if clean {
		return name
	}
	out := make([]byte, 0, len(name))
	for i := range len(name) {
		switch c := name[i]; {
		case isLetter(c):
			out = append(out, c&^0x20)
		case c == '0' && i > 0 && isLetter(name[i-1]):
			out = append(out, 'O')
		}
	}
	return string(out)
}

// edits counts the letters to add, drop, change or swap with a neighbour to
// make b of a; it gives most+1 as soon as it must be more than most.
func edits(a, b string, most int) int {
	if len(a) > 31 || len(b) > 31 || len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	var rows [3][32]int
	before, last, next := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		low := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, next[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			next[j] = d
			low = min(low, d)
		}
		if low > most {
			return most + 1
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
}
