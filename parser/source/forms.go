package source

import "chancery/parser"

// The formats of archives and releases, as parse --json names them.
const (
	PlusDHTML = "plusd-html"
	PlusDText = "plusd-text"
	AADText   = "aad-text"
	FOIAText  = "foia-text"
)

// readForm reads a text in a wrapper of an archive: it finds where the message
// stands in it, what the wrapper says, and what was stamped over the message.
// The order is that of cable-format 5: each of these forms has labels that the
// forms after it never have. false when the text is in none of them.
func readForm(m *parser.Message) bool {
	switch text := m.Text; {
	case isAAD(text):
		m.Source.Format = AADText
		aadText(m)
	case isPlusDHTML(text):
		m.Source.Format = PlusDHTML
		plusdPage(m)
	case isPlusDText(text):
		m.Source.Format = PlusDText
		plusdText(m)
	default:
		return false
	}
	return true
}
