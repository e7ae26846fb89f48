package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"

	"chancery/ui"
)

// errNoHome says that there is no place for what the program remembers.
var errNoHome = errors.New("neither HOME nor XDG_STATE_HOME says where")

// stateFile is a file below the folder where the last collection and the
// places in collections are kept; "" where nothing says where that is. If it
// is lost, reading starts at the top; nothing else is.
func stateFile(name ...string) string {
	if _, err := os.UserHomeDir(); err != nil && os.Getenv("XDG_STATE_HOME") == "" {
		return ""
	}
	return filepath.Join(append([]string{xdg.StateHome, "chancery"}, name...)...)
}

// last is the file with the collection that was opened last.
type last struct {
	Paths []string `json:"paths"` // absolute
}

func lastFile() string { return stateFile("last.json") }

// lastOpened gives the paths of the last collection; none when there was none.
func lastOpened() []string {
	var l last
	if readState(lastFile(), &l) != nil {
		return nil
	}
	return l.Paths
}

func rememberLast(paths []string) error { return writeState(lastFile(), last{paths}) }

// places keeps the reader's place in one collection (ui.Places). Collections
// are told apart by their paths.
type places struct{ file string }

func placesOf(paths []string) places {
	sum := sha256.Sum256([]byte(strings.Join(paths, "\x00")))
	return places{stateFile("places", hex.EncodeToString(sum[:12])+".json")}
}

// Load gives the last place; the zero Place when there is none, or when its
// file is damaged: the reader then starts at the top.
func (p places) Load(ctx context.Context) (ui.Place, error) {
	if err := ctx.Err(); err != nil {
		return ui.Place{}, err
	}
	var at ui.Place
	if err := readState(p.file, &at); err != nil {
		return ui.Place{}, nil
	}
	return at, nil
}

// Save replaces the place as a whole: whoever reads the file sees the old one
// or the new one.
func (p places) Save(ctx context.Context, at ui.Place) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return writeState(p.file, at)
}

func readState(file string, into any) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}

// writeState replaces a file of what the program remembers.
func writeState(file string, v any) error {
	if file == "" {
		return errNoHome
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return replaceFile(file, append(b, '\n'))
}

// replaceFile writes a file beside its place, waits until it is on the disk,
// and then moves it there. Only the user may read it: what somebody reads is
// nobody else's business.
func replaceFile(file string, text []byte) error {
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// absolute makes paths that still mean the same from another folder.
func absolute(paths []string) ([]string, error) {
	out := make([]string, len(paths))
	for i, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		out[i] = abs
	}
	return out, nil
}

// present says whether any of the paths is still there.
func present(paths []string) bool {
	for _, p := range paths {
		if _, err := os.Stat(p); err == nil || !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}
