package ui

import (
	"charm.land/glamour/v2/ansi"

	"chancery/themes"
)

// noteStyle is the theme for notes, as the Markdown renderer wants it. What
// colour and weight say is said by signs too.
func noteStyle(st *styles) ansi.StyleConfig {
	plain, heading, strong := st.primitive(themes.Text), st.primitive(themes.Heading), st.primitive(themes.Heading)
	yes := true
	strong.Color, strong.Underline = nil, nil
	strong.Bold = &yes
	emph := ansi.StylePrimitive{Underline: &yes}
	code := st.primitive(themes.Value)
	heading.Prefix = "# "
	bullet, number := plain, plain
	bullet.BlockPrefix, number.BlockPrefix = st.glyph("• ", "- "), ". "
	quote, indent := st.glyph("▏ ", "> "), uint(1)
	rule := plain
	rule.Format = "----"
	code.Prefix, code.Suffix = "`", "`"
	margin := uint(2)
	sep, col, cross := st.glyph("│", "|"), st.glyph("─", "-"), st.glyph("┼", "+")
	return ansi.StyleConfig{
		Document:       ansi.StyleBlock{StylePrimitive: plain},
		Paragraph:      ansi.StyleBlock{StylePrimitive: plain},
		BlockQuote:     ansi.StyleBlock{StylePrimitive: plain, Indent: &indent, IndentToken: &quote},
		Heading:        ansi.StyleBlock{StylePrimitive: heading},
		List:           ansi.StyleList{StyleBlock: ansi.StyleBlock{StylePrimitive: plain}, LevelIndent: 2},
		Item:           bullet,
		Enumeration:    number,
		Task:           ansi.StyleTask{StylePrimitive: plain, Ticked: "[x] ", Unticked: "[ ] "},
		Text:           plain,
		Strong:         strong,
		Emph:           emph,
		HorizontalRule: rule,
		Link:           plain,
		LinkText:       plain,
		Code:           ansi.StyleBlock{StylePrimitive: code},
		CodeBlock:      ansi.StyleCodeBlock{StyleBlock: ansi.StyleBlock{StylePrimitive: st.primitive(themes.Value), Margin: &margin}},
		Table: ansi.StyleTable{
			StyleBlock: ansi.StyleBlock{StylePrimitive: plain}, CenterSeparator: &cross, ColumnSeparator: &sep, RowSeparator: &col,
		},
	}
}
