package query

import (
	"unicode"
	"unicode/utf8"
)

// The letters of Latin, Greek and Cyrillic without their accents, from the
// first of a block on. A point stands for what has no other form than its
// small letter, or is not a letter at all.
const (
	latinFrom = 0xc0 // Latin-1, Extended-A and Extended-B
	latin     = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y" +
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkklllllll" +
		"lllnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs" +
		"bbbb...ccdddd....ffg...ikkl..nnooo..pp.....ttttuu.vyyzz........." +
		".............aaiioouuuuuuuuuu.aaaa..ggggkkoooo..j...gg..nnaa..oo" +
		"aaaaeeeeiiiioooorrrruuuusstt..hh.d..zzaaeeooooooooyylntj..acclts" +
		"z..bu.eejjqqrryy"
	moreLatinFrom = 0x1e00 // Latin Extended Additional
	moreLatin     = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" +
		"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" +
		"wwwwwwwwwwxxxxyyzzzzzzhtwy.s...daaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
		"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......"
)

// runeBlock is a block the letters of which are not ASCII without accents.
type runeBlock struct {
	from    rune
	letters []rune
}

var runeBlocks = [...]runeBlock{
	{0x370, []rune("ͱͱͳͳʹ.ͷͷ...ͻͼͽ.ϳ......α.εηι.ο.υωιαβγδεζηθικλμνξοπρ.στυφχψωιυαεηι" +
		"υαβγδεζηθικλμνξοπρσστυφχψωιυουωϗβθυυυφπϗϙϙϛϛϝϝϟϟϡϡϣϣϥϥϧϧϩϩϫϫϭϭϯϯ" +
		"κρσϳθε.ϸϸσϻϻϼͻͼͽ")},
	{0x400, []rune("ееђгєѕііјљњћкиуџабвгдежзииклмнопрстуфхцчшщъыьэюяабвгдежзииклмноп" +
		"рстуфхцчшщъыьэюяееђгєѕііјљњћкиуџѡѡѣѣѥѥѧѧѩѩѫѫѭѭѯѯѱѱѳѳѵѵѵѵѹѹѻѻѽѽѿѿ" +
		"ҁҁ........ҋҋҍҍҏҏґґғғҕҕҗҗҙҙққҝҝҟҟҡҡңңҥҥҧҧҩҩҫҫҭҭүүұұҳҳҵҵҷҷҹҹһһҽҽҿҿ" +
		"ӏжжӄӄӆӆӈӈӊӊӌӌӎӎӏааааӕӕееәәәәжжззӡӡииииооөөөөээууууууччӷӷыыӻӻӽӽӿӿ")},
	{0x1f00, []rune("ααααααααααααααααεεεεεε..εεεεεε..ηηηηηηηηηηηηηηηηιιιιιιιιιιιιιιιι" +
		"οοοοοο..οοοοοο..υυυυυυυυ.υ.υ.υ.υωωωωωωωωωωωωωωωωααεεηηιιοουυωω.." +
		"ααααααααααααααααηηηηηηηηηηηηηηηηωωωωωωωωωωωωωωωωααααα.ααααααα.ι." +
		"..ηηη.ηηεεηηη...ιιιι..ιιιιιι....υυυυρρυυυυυυρ.....ωωω.ωωοοωωω...")},
}

// pair gives the letters that stand for one that is written as two or three,
// "" for any other.
func pair(r rune) string {
	switch r {
	case 'æ', 'Æ', 'ǽ', 'Ǽ', 'ǣ', 'Ǣ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'ß', 'ẞ':
		return "ss"
	case 'þ', 'Þ':
		return "th"
	case 'ĳ', 'Ĳ':
		return "ij"
	case 'ﬀ':
		return "ff"
	case 'ﬁ':
		return "fi"
	case 'ﬂ':
		return "fl"
	case 'ﬃ':
		return "ffi"
	case 'ﬄ':
		return "ffl"
	case 'ﬅ', 'ﬆ':
		return "st"
	}
	return ""
}

// isSign says whether a rune is of the blocks that nearly all Chinese, Japanese
// and Korean text is written in.
func isSign(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3 || r >= 0x3041 && r <= 0x3096 || r >= 0x30a1 && r <= 0x30fa
}

// appendFolded appends a rune of a word as it is compared.
func appendFolded(dst []byte, r rune) []byte {
	if isSign(r) {
		return utf8.AppendRune(dst, r)
	}
	if s := pair(r); s != "" {
		return append(dst, s...)
	}
	if f := folded(r); f != r {
		return utf8.AppendRune(dst, f)
	}
	f := unicode.ToLower(r)
	return utf8.AppendRune(dst, folded(f)) // the sign of the Angstrom is an å
}

// folded is a letter without its accent and as a small letter, as far as the
// tables know it; else the rune itself.
func folded(r rune) rune {
	switch {
	case r < latinFrom:
		if r == 'ª' {
			return 'a'
		}
		if r == 'º' {
			return 'o'
		}
		return unicode.ToLower(r)
	case r == 'Ǯ', r == 'ǯ':
		return 'ʒ'
	case r < latinFrom+rune(len(latin)):
		if c := latin[r-latinFrom]; c != '.' {
			return rune(c)
		}
		return r
	case r >= moreLatinFrom && r < moreLatinFrom+rune(len(moreLatin)):
		if c := moreLatin[r-moreLatinFrom]; c != '.' {
			return rune(c)
		}
		return r
	case r >= 0xff21 && r <= 0xff3a: // of full width
		return r - 0xff21 + 'a'
	case r >= 0xff41 && r <= 0xff5a:
		return r - 0xff41 + 'a'
	}
	for i := range runeBlocks {
		b := &runeBlocks[i]
		if r >= b.from && r < b.from+rune(len(b.letters)) && b.letters[r-b.from] != '.' {
			return b.letters[r-b.from]
		}
	}
	if unicode.Is(unicode.Nd, r) {
		return digit(r)
	}
	return r
}

// digit gives a decimal digit of any script as one of ours: every table of
// them begins at a zero and holds whole tens.
func digit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if uint32(r) <= uint32(t.Hi) && uint32(r) >= uint32(t.Lo) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if uint32(r) <= t.Hi && uint32(r) >= t.Lo {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// class says what a rune is to the words of a text.
type class uint8

const (
	between class = iota // ends a word
	letter               // a letter or digit
	alone                // a word of its own: Chinese, Japanese, Korean
	mute                 // an accent or a sign that draws nothing: as if it were not there
)

// classOf tells it of any rune that is not ASCII.
func classOf(r rune) class {
	switch {
	case r < 0x300:
		switch {
		case r == 0xad:
			return mute
		case unicode.IsLetter(r):
			return letter
		}
		return between
	case r < 0x530 && r >= 0x370 && unicode.IsLetter(r): // Greek and Cyrillic, told apart at once
		return letter
	case isSign(r):
		return alone
	case r == 0x200b, r == utf8.RuneError: // a blank of no width; a byte that is no UTF-8
		return between
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) && unicode.IsLetter(r):
		return alone
	case unicode.IsLetter(r), unicode.Is(unicode.Nd, r), unicode.Is(unicode.Mc, r):
		return letter
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return mute
	}
	return between
}
