// Package themes says how the program looks: a theme is a TOML file that gives
// roles (what a thing means) a style (how it is drawn). The default theme lies
// underneath; a user's file changes only what it names. Colour is never the
// only sign of anything.
package themes

// Role names what a thing on the screen means.
type Role string

// The roles. Every theme gives each a style, through the default underneath.
const (
	Text      Role = "text"       // plain document text
	Dim       Role = "dim"        // secondary text, rulers, folded furniture
	Border    Role = "border"     // lines between panes
	Title     Role = "title"      // the program's header line
	Status    Role = "status"     // the footer and status line
	Key       Role = "key"        // a key in the footer or help
	Error     Role = "error"      // what went wrong, in the status line
	Warning   Role = "warning"    // problems of a cable
	Select    Role = "select"     // the row or paragraph under the cursor, pane in focus
	SelectOff Role = "select.off" // the same where the pane is not in focus
	Field     Role = "field"      // name of a sidebar field
	Value     Role = "value"      // its value
	Guess     Role = "guess"      // an inferred value
	Heading   Role = "heading"
	Bullet    Role = "bullet"
	Summary   Role = "summary" // text of a summary
	Comment   Role = "comment" // text of a comment
	Note      Role = "note"
	Control   Role = "control"   // an escape that stands for a control character
	Match     Role = "match"     // a search hit
	MatchNow  Role = "match.now" // the hit the cursor is on
	Overlay   Role = "overlay"   // help, palette, pop-ups
	Subject   Role = "subject"   // the cable's subject at the head of the reader

	MarkUnclassified Role = "mark.unclassified"
	MarkSensitive    Role = "mark.sensitive"
	MarkRestricted   Role = "mark.restricted"
	MarkConfidential Role = "mark.confidential"
	MarkSecret       Role = "mark.secret"
	MarkTopSecret    Role = "mark.topsecret"
	MarkUnknown      Role = "mark.unknown"

	BannerUnclassified Role = "banner.unclassified" // the cable's banner line
	BannerSensitive    Role = "banner.sensitive"
	BannerRestricted   Role = "banner.restricted"
	BannerConfidential Role = "banner.confidential"
	BannerSecret       Role = "banner.secret"
	BannerTopSecret    Role = "banner.topsecret"
	BannerUnknown      Role = "banner.unknown"
)

// Style is how a role is drawn. Colours are "#rrggbb", a number of the 256
// (or 16) palette, or "" for the terminal's own.
type Style struct {
	Fg, Bg                                  string
	Fg256, Bg256                            string // for terminals of 256 colours, where the nearest entry will not do
	Bold, Faint, Italic, Underline, Reverse bool
}

// Theme is a complete set of styles.
type Theme struct {
	Name   string // as -t and --theme take it
	Title  string // as the palette shows it
	Dark   bool   // made for a dark background
	Styles map[Role]Style
}

// Ground gives the letters and the background that are painted under a theme made
// for a dark background, or for a light one, where the terminal's own may not fit.
// They are of the palette of 256, so that they are short to send: they come back
// with every change of style.
func Ground(dark bool) Style {
	if dark {
		return Style{Fg: "#dadada", Bg: "#1c1c1c"}
	}
	return Style{Fg: "#1c1c1c", Bg: "#ffffff"}
}

// Style gives the style of a role; an unknown role is plain.
func (t Theme) Style(r Role) Style { return t.Styles[r] }

// In256 gives the theme for a terminal of 256 colours: where the palette's
// nearest entry would be hard to read or to tell from another, the theme
// names a better one.
func (t Theme) In256() Theme {
	styles := make(map[Role]Style, len(t.Styles))
	for r, s := range t.Styles {
		if s.Fg256 != "" {
			s.Fg = s.Fg256
		}
		if s.Bg256 != "" {
			s.Bg = s.Bg256
		}
		styles[r] = s
	}
	t.Styles = styles
	return t
}

// Mark is the role of a classification level beside a paragraph: levels rise
// from 0, unknown, over unclassified, sensitive, restricted, confidential and
// secret to 6, top secret. Any other number is unknown.
func Mark(level int) Role {
	return ofLevel(level, [...]Role{MarkUnknown, MarkUnclassified, MarkSensitive, MarkRestricted, MarkConfidential, MarkSecret, MarkTopSecret})
}

// Banner is the role of a classification level, as Mark counts them, in a
// cable's banner line.
func Banner(level int) Role {
	return ofLevel(level, [...]Role{BannerUnknown, BannerUnclassified, BannerSensitive, BannerRestricted, BannerConfidential, BannerSecret, BannerTopSecret})
}

func ofLevel(level int, roles [7]Role) Role {
	if level < 0 || level >= len(roles) {
		return roles[0]
	}
	return roles[level]
}

// Roles lists every role in the order above.
func Roles() []Role {
	return []Role{
		Text, Dim, Border, Title, Status, Key, Error, Warning, Select, SelectOff, Field, Value, Guess,
		Heading, Bullet, Summary, Comment, Note, Control, Match, MatchNow, Overlay, Subject,
		MarkUnclassified, MarkSensitive, MarkRestricted, MarkConfidential, MarkSecret, MarkTopSecret, MarkUnknown,
		BannerUnclassified, BannerSensitive, BannerRestricted, BannerConfidential, BannerSecret, BannerTopSecret, BannerUnknown,
	}
}
