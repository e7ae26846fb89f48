//go:build !linux

package library

// background does nothing here: these systems have no value for single threads
// that any program may change.
func background() {}
