package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"chancery/model/export"
)

// mostNumbers is how many files of one name are looked through for a free one.
const mostNumbers = 10000

// writeFile writes a file that another may rely on: an old one of the name is
// kept, and the new one gets a number (brief-2.md), unless it is to be replaced.
// The text goes to a file of another name first and gets its own when it is on
// disk, so that neither a full disk nor a crash leaves half of it. It gives the
// name that the file got.
//
// What a reader exports may hold notes, so only they may read it.
func writeFile(path string, replace bool, fill func(io.Writer) error) (name string, err error) {
	draft, err := os.CreateTemp(filepath.Dir(path), ".chancery-*.part")
	if err != nil {
		return "", unwritten(path, err)
	}
	defer func() {
		draft.Close()
		os.Remove(draft.Name()) // gone already when it got its name by renaming
	}()
	if err := fill(draft); err != nil {
		return "", unwritten(path, err)
	}
	if err := errors.Join(draft.Sync(), draft.Close()); err != nil {
		return "", unwritten(path, err)
	}
	if replace {
		if err := os.Rename(draft.Name(), path); err != nil {
			return "", unwritten(path, err)
		}
		keepNames(path)
		return path, nil
	}
	for n := 1; n < mostNumbers; n++ {
		name := numberedName(path, n)
		err := giveName(draft.Name(), name)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", unwritten(path, err)
		}
		keepNames(name)
		return name, nil
	}
	return "", fmt.Errorf("%s cannot be written: there are %d files of this name", path, mostNumbers)
}

// giveName gives a file the name it is to have; it fails where there is one of
// that name already. A second link does both at once. Where the file system has
// no links, the name is taken by an empty file, which is then replaced.
func giveName(draft, name string) error {
	err := os.Link(draft, name)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	f.Close()
	if err := os.Rename(draft, name); err != nil {
		os.Remove(name)
		return err
	}
	return nil
}

// keepNames has the folder of a file written to disk. Systems that cannot do
// that keep names in their own way.
func keepNames(path string) {
	if d, err := os.Open(filepath.Dir(path)); err == nil {
		_ = d.Sync()
		d.Close()
	}
}

// numberedName is the nth name that is tried: brief.md, brief-2.md and so on.
func numberedName(path string, n int) string {
	if n == 1 {
		return path
	}
	ending := filepath.Ext(path)
	for _, k := range export.Formats() {
		if strings.HasSuffix(path, k.Ending) && len(k.Ending) > len(ending) {
			ending = k.Ending // of two parts
		}
	}
	stem := strings.TrimSuffix(path, ending)
	if filepath.Base(stem) == "." || strings.HasSuffix(stem, string(filepath.Separator)) || stem == "" {
		stem, ending = path, "" // a name that begins with its dot
	}
	return stem + "-" + strconv.Itoa(n) + ending
}

// unwritten says in plain words that a file could not be written.
func unwritten(path string, err error) error {
	var at *fs.PathError
	var to *os.LinkError
	switch {
	case errors.As(err, &at): // without the name of the draft
		err = at.Err
	case errors.As(err, &to):
		err = to.Err
	}
	return fmt.Errorf("%s cannot be written: %w", path, err)
}
