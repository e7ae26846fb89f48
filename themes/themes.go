// Package themes says how the program looks: a theme is a TOML file that gives
// roles (what a thing means) a style (how it is drawn). The default theme lies
// underneath; a user's file changes only what it names. Colour is never the
// only sign of anything.
package themes
