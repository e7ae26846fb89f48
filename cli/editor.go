package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"

	"chancery/ui"
)

// ownEditor is the reader's editor: the words of VISUAL or EDITOR, which no
// shell reads.
type ownEditor struct{ words []string }

// editorOf gives the editor that the environment names; CR_EDITOR goes before
// the others, and "inline" there means that notes are written on the screen.
func editorOf(env func(string) string) ui.Editor {
	for _, name := range []string{"CR_EDITOR", "VISUAL", "EDITOR"} {
		words := strings.Fields(env(name))
		switch {
		case len(words) == 0:
		case name == "CR_EDITOR" && words[0] == "inline":
			return nil
		default:
			return ownEditor{words}
		}
	}
	return nil
}

// editedMost bounds what is read back, in bytes.
const editedMost = 1 << 20

// Begin puts the text into a file in a folder of its own, which only the reader
// may enter.
func (e ownEditor) Begin(ctx context.Context, text string) (*exec.Cmd, func() (string, error), error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	program, err := exec.LookPath(e.words[0])
	if err != nil {
		return nil, nil, err
	}
	base := filepath.Join(xdg.CacheHome, "chancery")
	if err := os.MkdirAll(base, 0o700); err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp(base, "note-")
	if err != nil {
		return nil, nil, err
	}
	file := filepath.Join(dir, "note.md")
	if text != "" {
		text += "\n"
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	end := func() (string, error) {
		text, err := readBack(file)
		if err != nil && text != "" {
			return text, err // what could not be taken is not thrown away
		}
		return text, errors.Join(err, os.RemoveAll(dir))
	}
	return exec.Command(program, append(e.words[1:len(e.words):len(e.words)], file)...), end, nil
}

// readBack reads what the editor left.
func readBack(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, editedMost+1))
	if len(b) > editedMost {
		return string(b[:editedMost]), fmt.Errorf("%s is larger than a note can be, and was left there", file)
	}
	return string(b), err
}
