// Package library holds a collection: what was read, in what order, and how
// to get each cable back. This first one lives in memory and keeps rows, not
// texts; a cable is read again from its source when it is opened.
package library
