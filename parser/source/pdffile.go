package source

import (
	"bytes"
	"errors"
	"slices"
	"sort"
)

// Limits of one PDF. Work is counted in bytes that are unpacked and objects
// that are looked at, not in time, so that the same file gives the same answer
// on every machine.
const (
	MaxPDF      = 64 << 20 // bytes of the file
	maxPDFPages = 2000
	maxPDFOut   = 64 << 20  // bytes that its streams unpack to, in all; of a smaller file fewer
	maxPDFText  = MaxFile   // bytes of text
	maxPDFWork  = 4_000_000 // glyphs and operators; of a smaller file fewer
	maxPDFParts = 250_000   // objects
)

var (
	errPDFDamaged = errors.New("it is a PDF document whose pages cannot be found: it is damaged or cut short; open it in a PDF program, save it anew and open that")
	errPDFLocked  = errors.New("it is a PDF document that is encrypted: save it without a password (qpdf --decrypt FILE NEW) and open that")
	errPDFNoText  = errors.New("it is a PDF document of pictures without text: have its text recognised (ocrmypdf FILE NEW) and open that")
	errPDFLarge   = errors.New("it is a PDF document larger than the 64 MB that one may have")
	errPDFWork    = errors.New("it is a PDF document that unpacks to more than one of its size may have")
)

// pdfFile finds the objects of a PDF by looking through all of its bytes for
// their heads, "12 0 obj". The tables that say where objects lie are not
// believed: a damaged file is read as well as a whole one, and a table cannot
// ask for memory. Of an object that stands twice the last one counts, as after
// a change that was saved behind the old file.
type pdfFile struct {
	b      []byte
	heads  map[int]int      // where an object begins, behind "obj"
	packed map[int][2]int   // of an object in a stream of objects: that stream's place among parts, and where in it
	parts  [][]byte         // streams of objects, unpacked
	cache  map[int]any      // objects that were read
	root   any              // the catalog
	out    int              // bytes unpacked so far
	work   int              // glyphs and operators so far
	locked bool             // an encryption dictionary was met
	fonts  map[any]*pdfFont // by reference
	order  []int            // numbers of objects in the order of the file
	ends   []int            // where heads of objects begin, in order: no object goes on beyond the next
	room   int              // bytes its streams may unpack to
	effort int              // glyphs and operators it may have
}

func isPDF(b []byte) bool {
	return bytes.HasPrefix(b, []byte("%PDF-")) || bytes.Contains(b[:min(len(b), 1024)], []byte("\n%PDF-1."))
}

// openPDF finds the objects of a file.
func openPDF(b []byte) (*pdfFile, error) {
	if len(b) > MaxPDF {
		return nil, errPDFLarge
	}
	f := &pdfFile{b: b, heads: map[int]int{}, packed: map[int][2]int{}, cache: map[int]any{}, fonts: map[any]*pdfFont{}}
	f.room = min(maxPDFOut, 2<<20+12*len(b))
	f.effort = min(maxPDFWork, 200_000+4*len(b))
	type head struct{ number, at int }
	var heads []head
	for at := 0; len(heads) < maxPDFParts; {
		n := bytes.Index(b[at:], []byte("obj"))
		if n < 0 {
			break
		}
		at += n + 3
		if number, ok := headBefore(b, at-3); ok {
			heads = append(heads, head{number, at})
			f.ends = append(f.ends, at-3)
			f.heads[number] = at
		}
	}
	var streams, catalogs []int
	for _, h := range heads {
		if f.heads[h.number] != h.at {
			continue
		}
		f.order = append(f.order, h.number)
		near := b[h.at:min(len(b), h.at+400)]
		if bytes.Contains(near, []byte("ObjStm")) {
			streams = append(streams, h.number)
		}
		if bytes.Contains(near, []byte("Catalog")) {
			catalogs = append(catalogs, h.number)
		}
		if bytes.Contains(near, []byte("XRef")) {
			f.trailer(f.object(h.number))
		}
	}
	for at := 0; ; {
		n := bytes.Index(b[at:], []byte("trailer"))
		if n < 0 {
			break
		}
		at += n + len("trailer")
		l := pdfLexer{b: b[at:min(len(b), at+1<<16)]}
		if x, ok := l.object(); ok {
			f.trailer(x)
		}
	}
	if f.locked {
		return nil, errPDFLocked
	}
	for _, n := range streams {
		f.unpackObjects(n)
	}
	if f.dict(f.root)["Pages"] == nil && len(catalogs) > 0 {
		f.root = pdfRef(catalogs[len(catalogs)-1])
	}
	return f, nil
}

// headBefore reads "12 0 " before the word obj.
func headBefore(b []byte, at int) (number int, ok bool) {
	back := func() (v, n int) {
		for unit := 1; at > 0 && b[at-1] >= '0' && b[at-1] <= '9' && n < 8; n++ {
			at--
			v += int(b[at]-'0') * unit
			unit *= 10
		}
		return v, n
	}
	blank := func() bool {
		from := at
		for at > 0 && pdfBlank(b[at-1]) && from-at < 4 {
			at--
		}
		return at < from
	}
	if !blank() {
		return 0, false
	}
	if _, n := back(); n == 0 || !blank() {
		return 0, false
	}
	number, n := back()
	return number, n > 0 && number > 0
}

// trailer reads what the end of a file says: where the catalog is, and whether
// the file is encrypted.
func (f *pdfFile) trailer(x any) {
	d := f.dict(x)
	if d["Encrypt"] != nil {
		f.locked = true
	}
	if d["Root"] != nil {
		f.root = d["Root"]
	}
}

// object reads an object by its number; nil when there is none.
func (f *pdfFile) object(number int) any {
	if x, ok := f.cache[number]; ok {
		return x
	}
	f.cache[number] = nil // an object that is made of itself is none
	var x any
	if at, ok := f.heads[number]; ok {
		x = f.read(at)
	} else if p, ok := f.packed[number]; ok {
		l := pdfLexer{b: f.parts[p[0]], at: p[1]}
		x, _ = l.object()
	}
	f.cache[number] = x
	return x
}

// read reads the object at a place of the file, with the stream that may
// follow its dictionary.
func (f *pdfFile) read(at int) any {
	limit := len(f.b)
	if n := sort.SearchInts(f.ends, at); n < len(f.ends) {
		limit = f.ends[n]
	}
	l := pdfLexer{b: f.b[:limit], at: at}
	x, _ := l.object()
	d, ok := x.(pdfDict)
	if !ok {
		return x
	}
	l.skip()
	if !bytes.HasPrefix(l.b[l.at:], []byte("stream")) {
		return d
	}
	from := l.at + len("stream")
	if from < len(f.b) && f.b[from] == '\r' {
		from++
	}
	if from < len(f.b) && f.b[from] == '\n' {
		from++
	}
	if n, ok := f.number(d["Length"]); ok && n >= 0 && n <= float64(len(f.b)-from) && closes(f.b[from+int(n):]) {
		return pdfStream{d, f.b[from : from+int(n)]}
	}
	end := max(from, limit)
	if n := bytes.Index(f.b[from:end], []byte("endstream")); n >= 0 {
		end = from + n
	}
	return pdfStream{d, f.b[from:end]}
}

// closes says whether the end of a stream stands here.
func closes(b []byte) bool {
	b = b[:min(len(b), 24)]
	return bytes.HasPrefix(bytes.TrimLeft(b, "\r\n \t"), []byte("endstream"))
}

// value follows references to the object they mean.
func (f *pdfFile) value(x any) any {
	for range 16 {
		ref, ok := x.(pdfRef)
		if !ok {
			return x
		}
		x = f.object(int(ref))
	}
	return nil
}

// dict gives the dictionary that x is or means, that of a stream too.
func (f *pdfFile) dict(x any) pdfDict {
	switch x := f.value(x).(type) {
	case pdfDict:
		return x
	case pdfStream:
		return x.pdfDict
	}
	return nil
}

func (f *pdfFile) array(x any) pdfArray {
	a, _ := f.value(x).(pdfArray)
	return a
}

func (f *pdfFile) number(x any) (v float64, ok bool) {
	v, ok = f.value(x).(float64)
	return v, ok
}

// unpackObjects reads where the objects of a stream of objects begin (ISO
// 32000-1, 7.5.7). One that stands in the file by itself too is taken there.
func (f *pdfFile) unpackObjects(number int) {
	s, ok := f.object(number).(pdfStream)
	if !ok || s.pdfDict["Type"] != pdfName("ObjStm") {
		return
	}
	data, err := f.unpack(s)
	first, ok := f.number(s.pdfDict["First"])
	if err != nil || !ok || first < 0 || int(first) > len(data) {
		return
	}
	f.parts = append(f.parts, data)
	l := pdfLexer{b: data[:int(first)]}
	for len(f.packed) < maxPDFParts {
		n, ok1 := l.object()
		at, ok2 := l.object()
		id, is1 := n.(float64)
		place, is2 := at.(float64)
		if !ok1 || !ok2 || !is1 || !is2 || place < 0 || int(first+place) >= len(data) {
			return
		}
		f.packed[int(id)] = [2]int{len(f.parts) - 1, int(first + place)}
		f.order = append(f.order, int(id))
		if f.root == nil && bytes.Contains(data[int(first+place):min(len(data), int(first+place)+200)], []byte("/Catalog")) {
			f.root = pdfRef(int(id))
		}
	}
}

// pages gives the pages in order: as the tree of pages has them, or, when that
// is broken, as they stand in the file.
func (f *pdfFile) pages() (pages []pdfDict) {
	type node struct {
		x      any
		parent pdfDict
	}
	seen := map[pdfRef]bool{}
	stack := []node{{f.dict(f.root)["Pages"], nil}}
	for steps := 0; len(stack) > 0 && len(pages) < maxPDFPages && steps < maxPDFParts; steps++ {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if ref, ok := top.x.(pdfRef); ok {
			if seen[ref] {
				continue
			}
			seen[ref] = true
		}
		d := f.dict(top.x)
		if d == nil {
			continue
		}
		d = inherit(d, top.parent)
		kids := f.array(d["Kids"])
		if kids == nil {
			if d["Contents"] != nil {
				pages = append(pages, d)
			}
			continue
		}
		for i := len(kids) - 1; i >= 0; i-- {
			stack = append(stack, node{kids[i], d})
		}
	}
	if len(pages) > 0 {
		return pages
	}
	sort.Ints(f.order)
	for _, n := range slices.Compact(f.order) {
		if d := f.dict(pdfRef(n)); d["Type"] == pdfName("Page") && d["Contents"] != nil && len(pages) < maxPDFPages {
			pages = append(pages, inherit(d, f.dict(d["Parent"])))
		}
	}
	return pages
}

// inherit gives a page what it has from the nodes above it.
func inherit(d, parent pdfDict) pdfDict {
	own := pdfDict{}
	for _, k := range [...]pdfName{"Resources", "Rotate"} {
		if parent[k] != nil {
			own[k] = parent[k]
		}
	}
	for k, v := range d {
		own[k] = v
	}
	return own
}
