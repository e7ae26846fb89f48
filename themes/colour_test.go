package themes_test

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// rgb is a colour of the sRGB space, each part from 0 to 1.
type rgb [3]float64

func hex(s string) rgb {
	var r, g, b int
	if n, err := fmt.Sscanf(s, "#%02x%02x%02x", &r, &g, &b); n != 3 || err != nil {
		panic("no colour: " + s)
	}
	return rgb{float64(r) / 255, float64(g) / 255, float64(b) / 255}
}

// drawn is what a theme's colour looks like on a terminal of true colour or,
// indexed, on one of 256, where the framework picks the entry.
func drawn(s string, indexed bool) rgb {
	if n, err := strconv.Atoi(s); err == nil {
		return entry(n)
	}
	c := hex(s)
	if !indexed {
		return c
	}
	part := func(f float64) uint8 { return uint8(math.Round(f * 255)) }
	return entry(int(ansi.Convert256(color.RGBA{part(c[0]), part(c[1]), part(c[2]), 255})))
}

// entry is a colour of the 256 palette from 16 on: a cube of 6 by 6 by 6 and
// 24 greys.
func entry(n int) rgb {
	if n < 16 {
		panic("the first 16 colours are the user's own")
	}
	if n >= 232 {
		v := float64(8+10*(n-232)) / 255
		return rgb{v, v, v}
	}
	level := [...]float64{0, 95, 135, 175, 215, 255}
	n -= 16
	return rgb{level[n/36] / 255, level[n/6%6] / 255, level[n%6] / 255}
}

// linear takes the gamma out of sRGB (IEC 61966-2-1).
func (c rgb) linear() rgb {
	var out rgb
	for i, v := range c {
		if v <= 0.04045 {
			out[i] = v / 12.92
		} else {
			out[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return out
}

// contrast is the ratio of WCAG 2, from 1 to 21.
func contrast(a, b rgb) float64 {
	light := func(c rgb) float64 {
		l := c.linear()
		return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// sight is a way of seeing colours: a matrix on linear light. Those of colour
// blindness are of Machado, Oliveira and Fernandes 2009, severity 1.0.
type sight struct {
	name string
	m    [3][3]float64
}

func sights() []sight {
	return []sight{
		{"normal", [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
		{"protan", [3][3]float64{
			{0.152286, 1.052583, -0.204868},
			{0.114503, 0.786281, 0.099216},
			{-0.003882, -0.048116, 1.051998},
		}},
		{"deutan", [3][3]float64{
			{0.367322, 0.860646, -0.227968},
			{0.280085, 0.672501, 0.047413},
			{-0.011820, 0.042940, 0.968881},
		}},
		{"tritan", [3][3]float64{
			{1.255528, -0.076749, -0.178779},
			{-0.078411, 0.930809, 0.147602},
			{0.004733, 0.691367, 0.303900},
		}},
	}
}

// lab is a colour in CIELAB (D65) as it is seen.
func (s sight) lab(c rgb) [3]float64 {
	l := c.linear()
	var o [3]float64
	for i, row := range s.m {
		o[i] = min(1, max(0, row[0]*l[0]+row[1]*l[1]+row[2]*l[2]))
	}
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*o[0] + 0.3575761*o[1] + 0.1804375*o[2]) / 0.95047)
	y := f(0.2126729*o[0] + 0.7151522*o[1] + 0.0721750*o[2])
	z := f((0.0193339*o[0] + 0.1191920*o[1] + 0.9503041*o[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// distance is CIE76 between two colours as they are seen.
func (s sight) distance(a, b rgb) float64 {
	p, q := s.lab(a), s.lab(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

// The measures themselves, against values that are published elsewhere.
func TestMeasures(t *testing.T) {
	near := func(what string, got, want, within float64) {
		t.Helper()
		if math.Abs(got-want) > within {
			t.Errorf("%s is %.3f, want %.3f", what, got, want)
		}
	}
	near("contrast of black and white", contrast(hex("#000000"), hex("#ffffff")), 21, 0.001)
	near("contrast of #767676 on white, the known limit", contrast(hex("#767676"), hex("#ffffff")), 4.54, 0.01)
	normal := sights()[0]
	near("distance of black and white", normal.distance(hex("#000000"), hex("#ffffff")), 100, 0.01)
	red := normal.lab(hex("#ff0000"))
	near("L of red", red[0], 53.24, 0.02)
	near("a of red", red[1], 80.09, 0.02)
	near("b of red", red[2], 67.20, 0.02)
	for _, s := range sights() {
		for i, row := range s.m {
			near(fmt.Sprintf("row %d of %s, which keeps grey grey", i, s.name), row[0]+row[1]+row[2], 1, 0.00001)
		}
	}
	if got := entry(208); got != hex("#ff8700") {
		t.Errorf("entry 208 is %v", got)
	}
	if got := entry(240); got != hex("#585858") {
		t.Errorf("entry 240 is %v", got)
	}
}
