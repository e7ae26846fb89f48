package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// takeaway writes what a reader takes away from the screen, below the folder
// the program was started in unless the name says otherwise.
type takeaway struct{}

// Write makes a file, never over another.
func (takeaway) Write(ctx context.Context, name string, text []byte) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		name = filepath.Join(home, rest)
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return writeFile(path, false, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
