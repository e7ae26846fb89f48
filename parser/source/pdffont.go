package source

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// pdfFont says what the codes of a font mean and how wide they are.
type pdfFont struct {
	wide   bool            // codes have two bytes
	codes  map[int]string  // from the font's own table of meanings, or its differences
	base   *[256]rune      // else by its encoding; nil when there is none
	widths map[int]float64 // in thousandths of the size
	other  float64         // width of the codes that are not in widths
}

// most entries read of one table of a font
const maxPDFCodes = 1 << 17

// font reads a font once.
func (f *pdfFile) font(x any) *pdfFont {
	ref, isRef := x.(pdfRef)
	if isRef {
		if got := f.fonts[ref]; got != nil {
			return got
		}
	}
	d := f.dict(x)
	out := &pdfFont{widths: map[int]float64{}, other: 500}
	if d["Subtype"] == pdfName("Type0") {
		f.compositeFont(d, out)
	} else {
		f.simpleFont(d, out)
	}
	if s, ok := f.value(d["ToUnicode"]).(pdfStream); ok {
		if data, err := f.unpack(s); err == nil {
			if codes := unicodeTable(data); len(codes) > 0 {
				if out.codes == nil {
					out.codes = codes
				}
				for k, v := range codes {
					out.codes[k] = v
				}
			}
		}
	}
	if isRef {
		f.fonts[ref] = out
	}
	return out
}

// compositeFont reads the widths of a font with codes of two bytes (ISO
// 32000-1, 9.7.4.3): [first [w w w] first last w ...].
func (f *pdfFile) compositeFont(d pdfDict, out *pdfFont) {
	out.wide, out.other = true, 1000
	kids := f.array(d["DescendantFonts"])
	if len(kids) == 0 {
		return
	}
	kid := f.dict(kids[0])
	if w, ok := f.number(kid["DW"]); ok {
		out.other = w
	}
	w := f.array(kid["W"])
	for i := 0; i+1 < len(w) && len(out.widths) < maxPDFCodes; {
		first, ok := f.number(w[i])
		if !ok {
			return
		}
		if list := f.array(w[i+1]); list != nil {
			for k, x := range list[:min(len(list), 1<<16)] {
				if v, ok := f.number(x); ok {
					out.widths[int(first)+k] = v
				}
			}
			i += 2
			continue
		}
		last, ok := f.number(w[i+1])
		if !ok || i+2 >= len(w) {
			return
		}
		v, _ := f.number(w[i+2])
		for k := int(first); k <= int(last) && k < 1<<16 && k >= 0; k++ {
			out.widths[k] = v
		}
		i += 3
	}
}

// simpleFont reads the encoding and widths of a font with codes of one byte.
func (f *pdfFile) simpleFont(d pdfDict, out *pdfFont) {
	out.base = &winAnsi
	name, _ := f.value(d["BaseFont"]).(pdfName)
	if strings.Contains(string(name), "Courier") {
		out.other = 600
	}
	if v, ok := f.number(f.dict(d["FontDescriptor"])["MissingWidth"]); ok && v > 0 {
		out.other = v
	}
	first, _ := f.number(d["FirstChar"])
	widths := f.array(d["Widths"])
	for i, x := range widths[:min(len(widths), 256)] {
		if v, ok := f.number(x); ok {
			out.widths[int(first)+i] = v
		}
	}
	encoding := f.value(d["Encoding"])
	differences := f.dict(encoding)
	if differences != nil {
		encoding = f.value(differences["BaseEncoding"])
	}
	if encoding == pdfName("MacRomanEncoding") {
		out.base = &macRoman
	}
	code := 0
	list := f.array(differences["Differences"])
	for _, x := range list[:min(len(list), 1024)] {
		switch x := f.value(x).(type) {
		case float64:
			code = int(x)
		case pdfName:
			if s := glyphText(string(x)); s != "" {
				if out.codes == nil {
					out.codes = map[int]string{}
				}
				out.codes[code] = s
			}
			code++
		}
	}
}

// text gives what a code means; "" when the font does not tell.
func (p *pdfFont) text(code int) string {
	if s, ok := p.codes[code]; ok {
		return s
	}
	if p.base != nil && code >= 0 && code < 256 && p.base[code] != 0 {
		return string(p.base[code])
	}
	return ""
}

func (p *pdfFont) width(code int) float64 {
	if w, ok := p.widths[code]; ok {
		return w
	}
	return p.other
}

// unicodeTable reads a font's table of meanings (ISO 32000-1, 9.10.3): blocks
// of pairs "<0041> <0061>" and of ranges "<0041> <005A> <0061>".
func unicodeTable(data []byte) map[int]string {
	codes := map[int]string{}
	l := pdfLexer{b: data}
	var args []any
	for len(codes) < maxPDFCodes {
		x, ok := l.object()
		if !ok {
			break
		}
		word, isWord := x.(pdfWord)
		if !isWord {
			if args = append(args, x); len(args) > maxPDFCodes {
				break
			}
			continue
		}
		switch word {
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				from, ok1 := args[i].(pdfString)
				to, ok2 := args[i+1].(pdfString)
				if ok1 && ok2 {
					codes[codeOf(from)] = utf16Text(to)
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				unicodeRange(codes, args[i], args[i+1], args[i+2])
			}
		}
		args = args[:0]
	}
	return codes
}

// unicodeRange adds one range of a table.
func unicodeRange(codes map[int]string, first, last, to any) {
	a, ok1 := first.(pdfString)
	b, ok2 := last.(pdfString)
	if !ok1 || !ok2 {
		return
	}
	from, end := codeOf(a), codeOf(b)
	end = min(end, from+1<<16, from+maxPDFCodes-len(codes))
	switch to := to.(type) {
	case pdfArray:
		for i, x := range to {
			if s, ok := x.(pdfString); ok && from+i <= end {
				codes[from+i] = utf16Text(s)
			}
		}
	case pdfString:
		if len(to) == 0 || len(to) > 64 {
			return
		}
		units := utf16Units(to)
		for code := from; code <= end; code++ {
			codes[code] = string(utf16.Decode(units))
			units[len(units)-1]++
		}
	}
}

// codeOf is the number that the bytes of a code are.
func codeOf(s pdfString) (n int) {
	for i := range min(len(s), 4) {
		n = n<<8 | int(s[i])
	}
	return n
}

func utf16Units(s pdfString) []uint16 {
	if len(s) == 1 {
		return []uint16{uint16(s[0])}
	}
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return units
}

func utf16Text(s pdfString) string { return string(utf16.Decode(utf16Units(s[:min(len(s), 64)]))) }

// winAnsi and macRoman are the encodings that simple fonts name (ISO 32000-1,
// annex D). Codes below 32 mean nothing.
var winAnsi, macRoman = func() (win, mac [256]rune) {
	for i := 32; i < 127; i++ {
		win[i], mac[i] = rune(i), rune(i)
	}
	for i := 128; i < 256; i++ {
		win[i] = rune(i)
		if i < 160 {
			win[i] = windows1252[i-128]
		}
	}
	for i, r := range []rune("ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ") {
		mac[128+i] = r
	}
	return win, mac
}()

// glyphNames are the names of glyphs that are no letters (Adobe Glyph List).
var glyphNames = func() map[string]string {
	names := map[string]string{"space": " ", "nbspace": " ", "nonbreakingspace": " "}
	pairs := strings.Fields(`exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' quoteright ’ parenleft ( parenright )
		asterisk * plus + comma , hyphen - minus − period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9
		colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \ bracketright ] asciicircum ^ underscore _
		grave ` + "`" + ` quoteleft ‘ braceleft { bar | braceright } asciitilde ~ quotedblleft “ quotedblright ” quotedblbase „ quotesinglbase ‚
		endash – emdash — bullet • ellipsis … fi fi fl fl ff ff ffi ffi ffl ffl paragraph ¶ section § dagger † daggerdbl ‡ degree ° cent ¢
		sterling £ yen ¥ Euro € copyright © registered ® trademark ™ guillemotleft « guillemotright » exclamdown ¡ questiondown ¿
		AE Æ ae æ OE Œ oe œ Oslash Ø oslash ø germandbls ß dotlessi ı Lslash Ł lslash ł Eth Ð eth ð Thorn Þ thorn þ
		onehalf ½ onequarter ¼ threequarters ¾ multiply × divide ÷ plusminus ± periodcentered · mu µ logicalnot ¬`)
	for i := 0; i+1 < len(pairs); i += 2 {
		names[pairs[i]] = pairs[i+1]
	}
	for accent, letters := range map[string]string{
		"acute": "AÁaáEÉeéIÍiíOÓoóUÚuúYÝyýCĆcćNŃnńSŚsśZŹzź", "grave": "AÀaàEÈeèIÌiìOÒoòUÙuù",
		"circumflex": "AÂaâEÊeêIÎiîOÔoôUÛuû", "dieresis": "AÄaäEËeëIÏiïOÖoöUÜuüYŸyÿ", "tilde": "AÃaãNÑnñOÕoõ",
		"ring": "AÅaå", "cedilla": "CÇcçSŞsş", "caron": "CČcčSŠsšZŽzžEĚeěRŘrř",
	} {
		list := []rune(letters)
		for i := 0; i+1 < len(list); i += 2 {
			names[string(list[i])+accent] = string(list[i+1])
		}
	}
	return names
}()

// glyphText is the text that the name of a glyph stands for, "" when it is not
// known.
func glyphText(name string) string {
	if base, _, ok := strings.Cut(name, "."); ok && base != "" {
		name = base
	}
	if len(name) == 1 {
		return name
	}
	if s, ok := glyphNames[name]; ok {
		return s
	}
	for _, head := range [...]string{"uni", "u"} {
		if rest, ok := strings.CutPrefix(name, head); ok && len(rest) >= 4 && len(rest) <= 6 {
			if n, err := strconv.ParseUint(rest, 16, 32); err == nil && n > 0 && n < 0xd800 {
				return string(rune(n))
			}
		}
	}
	return ""
}
