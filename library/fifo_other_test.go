//go:build !unix

package library

import "errors"

func mkfifo(string) error { return errors.New("there are no named pipes") }
