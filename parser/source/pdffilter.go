package source

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/ascii85"
	"io"
	"slices"
)

// unpack undoes the filters of a stream. A stream that breaks off gives what
// came before. Pictures are not unpacked.
func (f *pdfFile) unpack(s pdfStream) ([]byte, error) {
	data := s.data
	if f.out += len(data); f.out > f.room {
		return nil, errPDFWork
	}
	names := f.array(s.pdfDict["Filter"])
	if names == nil && s.pdfDict["Filter"] != nil {
		names = pdfArray{s.pdfDict["Filter"]}
	}
	parms := f.array(s.pdfDict["DecodeParms"])
	if parms == nil {
		parms = pdfArray{s.pdfDict["DecodeParms"]}
	}
	for i, x := range names[:min(len(names), 4)] {
		name, _ := f.value(x).(pdfName)
		var parm pdfDict
		if i < len(parms) {
			parm = f.dict(parms[i])
		}
		room := f.room - f.out
		var r io.Reader
		switch name {
		case "FlateDecode", "Fl":
			z, err := zlib.NewReader(bytes.NewReader(data))
			if err != nil && len(data) > 2 { // its first two bytes are damaged
				z, err = flate.NewReader(bytes.NewReader(data[2:])), nil
			}
			if err != nil {
				return nil, nil // nothing can be read of it
			}
			r = z
		case "ASCII85Decode", "A85":
			if n := bytes.Index(data, []byte("~>")); n >= 0 {
				data = data[:n]
			}
			r = ascii85.NewDecoder(bytes.NewReader(bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~"))))
		case "ASCIIHexDecode", "AHx":
			l := pdfLexer{b: append([]byte("<"), data...)}
			r = bytes.NewReader([]byte(l.hex()))
		case "LZWDecode", "LZW":
			early, ok := f.number(parm["EarlyChange"])
			r = bytes.NewReader(unpackLZW(data, room+1, !ok || early != 0))
		default:
			return nil, nil
		}
		data, _ = io.ReadAll(io.LimitReader(r, int64(room)+1)) // what came before an error counts
		if f.out += len(data); f.out > f.room {
			return nil, errPDFWork
		}
		data = f.unpredict(data, parm)
	}
	return data, nil
}

// unpredict undoes the PNG predictors, by which rows are written as their
// difference from the row above (RFC 2083, 6).
func (f *pdfFile) unpredict(data []byte, parm pdfDict) []byte {
	kind, _ := f.number(parm["Predictor"])
	if kind < 10 {
		return data
	}
	get := func(name pdfName, or int) int {
		if v, ok := f.number(parm[name]); ok && v >= 1 && v <= 1<<20 {
			return int(v)
		}
		return or
	}
	pixel := (get("Colors", 1)*get("BitsPerComponent", 8) + 7) / 8
	width := (get("Colors", 1)*get("BitsPerComponent", 8)*get("Columns", 1) + 7) / 8
	out := make([]byte, 0, len(data))
	var above []byte
	for len(data) > 1 {
		row := slices.Clone(data[1:min(len(data), 1+width)])
		for i := range row {
			var a, b, c int
			if i >= pixel {
				a = int(row[i-pixel])
			}
			if i < len(above) {
				b = int(above[i])
				if i >= pixel {
					c = int(above[i-pixel])
				}
			}
			switch data[0] {
			case 1:
				row[i] += byte(a)
			case 2:
				row[i] += byte(b)
			case 3:
				row[i] += byte((a + b) / 2)
			case 4:
				row[i] += byte(paeth(a, b, c))
			}
		}
		out = append(out, row...)
		above = row
		data = data[min(len(data), 1+width):]
	}
	return out
}

func paeth(a, b, c int) int {
	p := a + b - c
	da, db, dc := max(p-a, a-p), max(p-b, b-p), max(p-c, c-p)
	switch {
	case da <= db && da <= dc:
		return a
	case db <= dc:
		return b
	}
	return c
}

// unpackLZW undoes the packing of the first PDFs (ISO 32000-1, 7.4.4), up to a
// length. early says that codes grow one code sooner, as they mostly do.
func unpackLZW(data []byte, most int, early bool) []byte {
	type entry struct {
		prefix int
		last   byte
		length int
	}
	const clearCode, endCode = 256, 257
	var table [4096]entry
	for i := range 256 {
		table[i] = entry{-1, byte(i), 1}
	}
	var out []byte
	next, width, prev := 258, 9, -1
	bits, have := 0, 0
	for _, c := range data {
		bits, have = bits<<8|int(c), have+8
		if have < width {
			continue
		}
		code := bits >> (have - width) & (1<<width - 1)
		have -= width
		bits &= 1<<have - 1
		switch {
		case code == clearCode:
			next, width, prev = 258, 9, -1
			continue
		case code == endCode || code > next || code == next && prev < 0 || len(out) > most:
			return out
		}
		from := len(out)
		if code < next {
			out = append(out, make([]byte, table[code].length)...)
			for at, k := len(out)-1, code; k >= 0 && at >= from; at, k = at-1, table[k].prefix {
				out[at] = table[k].last
			}
		} else { // the code that is only being made
			start := from - table[prev].length
			out = append(out, out[start:from]...)
			out = append(out, out[start])
		}
		if prev >= 0 && next < len(table) {
			table[next] = entry{prev, out[from], table[prev].length + 1}
			next++
		}
		prev = code
		grow := next
		if early {
			grow++
		}
		switch {
		case grow >= 2048:
			width = 12
		case grow >= 1024:
			width = 11
		case grow >= 512:
			width = 10
		}
	}
	return out
}
