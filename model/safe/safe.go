// Package safe is the one gate between foreign text and a terminal.
//
// Every string that comes from a file, an archive, a path or the environment
// passes it exactly once, after all decoding, right before layout or printing.
package safe

// Text makes foreign text harmless and visible: controls become ^[ or \x9b,
// bidi controls <RLO>, invisible characters go, invalid bytes become U+FFFD,
// tabs become spaces, CR LF, CR and NEL become LF. LF stays.
func Text(s string) string { panic("to be written") }

// Line is Text on one line: line breaks become a blank.
func Line(s string) string { panic("to be written") }

// Bytes makes raw source bytes visible for the raw view, losing nothing: each
// byte that is not plain printable text stands as an escape, LF ends a line.
func Bytes(b []byte) string { panic("to be written") }
