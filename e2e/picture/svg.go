package main

import (
	"fmt"
	"strings"
)

// The measures of a cell in pixels. Width and height are the advance and the
// line of the first font named below, so that a run of letters stays on the
// grid even where a renderer does not know textLength, and lines drawn with
// letters join.
const (
	fontSize   = 16.0
	cellWidth  = fontSize * 1233 / 2048
	cellHeight = fontSize * 2384 / 2048
	baseline   = fontSize * 1901 / 2048
	margin     = 12.0
	fonts      = "'DejaVu Sans Mono','Noto Sans Mono CJK JP','Menlo','Consolas',monospace"
)

// paper is the colours of the terminal itself.
type paper struct{ fg, bg string }

// svg draws a grid. about is said to those who do not see the picture.
func svg(rows [][]cell, p paper, about string) string {
	columns := 0
	for _, r := range rows {
		columns = max(columns, len(r))
	}
	w, h := float64(columns)*cellWidth+2*margin, float64(len(rows))*cellHeight+2*margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="%.0f" height="%.0f" viewBox="0 0 %.2f %.2f">`+"\n", w, h, w, h)
	fmt.Fprintf(&b, "<title>%s</title>\n", escape(about))
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="6" fill="%s"/>`+"\n", p.bg)
	fmt.Fprintf(&b, `<g font-family="%s" font-size="%g" xml:space="preserve">`+"\n", fonts, fontSize)
	for y, r := range rows {
		grounds(&b, r, y, p)
		for x := 0; x < len(r); {
			x = word(&b, r, x, y, p)
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// grounds draws the backgrounds of a row, one rectangle for each stretch of
// one colour.
func grounds(b *strings.Builder, r []cell, y int, p paper) {
	for x := 0; x < len(r); {
		_, bg := r[x].style.colours(p)
		end := x + 1
		for end < len(r) {
			if _, next := r[end].style.colours(p); next != bg {
				break
			}
			end++
		}
		if bg != p.bg {
			fmt.Fprintf(b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s"/>`+"\n",
				left(x), top(y), float64(end-x)*cellWidth, cellHeight, bg)
		}
		x = end
	}
}

// word draws the run of cells of one style that begins at x, up to a blank,
// and gives the cell after it. A wide character is a run of its own, so that
// a font with another idea of its width moves nothing else.
func word(b *strings.Builder, r []cell, x, y int, p paper) int {
	first := r[x]
	if blank(first) && !first.style.underline && !first.style.struck {
		return x + 1
	}
	end, text := x+max(first.width, 1), first.text
	for first.width == 1 && end < len(r) && r[end].width == 1 && r[end].style == first.style && !blank(r[end]) {
		text += r[end].text
		end++
	}
	fg, _ := first.style.colours(p)
	fmt.Fprintf(b, `<text x="%.2f" y="%.2f" textLength="%.2f" fill="%s"%s>%s</text>`+"\n",
		left(x), top(y)+baseline, float64(end-x)*cellWidth, fg, first.style.attributes(), escape(text))
	return end
}

func blank(c cell) bool  { return strings.TrimSpace(c.text) == "" }
func left(x int) float64 { return margin + float64(x)*cellWidth }
func top(y int) float64  { return margin + float64(y)*cellHeight }
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// colours are the two colours a cell is drawn in, after reverse.
func (s style) colours(p paper) (fg, bg string) {
	fg, bg = p.fg, p.bg
	if s.fg != "" {
		fg = s.fg
	}
	if s.bg != "" {
		bg = s.bg
	}
	if s.reverse {
		fg, bg = bg, fg
	}
	return fg, bg
}

// attributes are the rest of the style, as SVG says it.
func (s style) attributes() string {
	out := ""
	if s.bold {
		out += ` font-weight="bold"`
	}
	if s.italic {
		out += ` font-style="italic"`
	}
	if s.faint {
		out += ` opacity="0.65"`
	}
	switch {
	case s.underline && s.struck:
		out += ` text-decoration="underline line-through"`
	case s.underline:
		out += ` text-decoration="underline"`
	case s.struck:
		out += ` text-decoration="line-through"`
	}
	return out
}
