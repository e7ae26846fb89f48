package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/adrg/xdg"

	"chancery/library/desk"
	"chancery/parser/source"
)

// openDesk opens the reader's work on the collection, for the screen and for
// every command. For who only looks it is read-only: nothing is made, and who
// holds the desk is not disturbed. Where another holds it, or it cannot be
// written, its state says so.
func (c collection) openDesk(ctx context.Context, w *world, readOnly bool) (*desk.Desk, error) {
	dir, err := c.deskFolder()
	switch {
	case err != nil:
		return nil, err
	case dir == "":
		return nil, errNoData
	}
	return desk.Open(ctx, desk.Options{Dir: dir, Reader: readerName(w), ReadOnly: readOnly, Program: version()})
}

// peekDesk opens it for a command that only asks; nil where nothing was done
// yet.
func (c collection) peekDesk(ctx context.Context, w *world) (*desk.Desk, error) {
	dir, err := c.deskFolder()
	if err != nil || dir == "" {
		return nil, err
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return c.openDesk(ctx, w, true)
}

// readerName is whose work it is: where nobody says, the user's of the machine.
func readerName(w *world) string {
	if w.reader != "" {
		return w.reader
	}
	for _, name := range []string{"USER", "LOGNAME", "USERNAME"} {
		if s := w.env(name); s != "" {
			return s
		}
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "reader"
}

// deskFolder is where the reader's work on a collection is kept, for the screen
// and for every command; "" where nothing says where that is. Nothing is made.
//
//	~/.local/share/chancery/collections/cables-2010.zip-5d2091ab77c0f1e2
//
// The name is for people. The number says which paths it is the work on: in
// whatever order they were given, from whatever folder.
func (c collection) deskFolder() (string, error) {
	if _, err := os.UserHomeDir(); err != nil && os.Getenv("XDG_DATA_HOME") == "" {
		return "", nil
	}
	paths := make([]string, 0, len(c.paths))
	for _, p := range c.paths {
		if p != source.Stdin { // which is the same everywhere
			abs, err := filepath.Abs(p)
			if err != nil {
				return "", err
			}
			p = abs
		}
		paths = append(paths, p)
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	sum := sha256.Sum256([]byte(strings.Join(paths, "\x00"))) // of no path: the sample
	name := c.name
	if len(paths) > 0 {
		name = nameOf(paths) // which is that of the first of them
	}
	all, number := filepath.Join(xdg.DataHome, "chancery", "collections"), "-"+hex.EncodeToString(sum[:8])
	return filepath.Join(all, folderNamed(all, plainName(name)+number, number)), nil
}

// folderNamed gives the name of the folder with a number: the one it is to have, or,
// where there is only another one of that number, the name of that.
func folderNamed(all, name, number string) string {
	if _, err := os.Stat(filepath.Join(all, name)); err == nil {
		return name
	}
	folders, _ := os.ReadDir(all) // none: nothing was done yet
	for _, f := range folders {
		if f.IsDir() && strings.HasSuffix(f.Name(), number) {
			return f.Name()
		}
	}
	return name
}

// longestName is how much of the name of a collection is the name of a folder,
// in bytes: with what is added to it, any system takes it.
const longestName = 64

// plainName makes of what a collection is called the name of a folder that
// means only itself to any system and shell.
func plainName(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r), r == '.', r == '-', r == '_':
			return r
		}
		return '-'
	}, name)
	if len(plain) > longestName {
		plain = strings.ToValidUTF8(plain[:longestName], "")
	}
	if plain = strings.Trim(plain, "-."); plain == "" {
		return "collection"
	}
	return plain
}
