package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/adrg/xdg"

	"chancery/ui"
)

// searches keeps the queries that were given a name (ui.Searches), one list for
// all collections. It is the reader's own work and cannot be made again: a file
// that cannot be read is never written over.
type searches struct {
	file string
	mu   sync.Mutex // held from reading to writing, so that no change is lost
}

// searchesFile is what stands in the file.
type searchesFile struct {
	Searches []ui.Search `json:"searches"` // the one saved last comes first
}

// errNoData says that there is no place for what a reader makes.
var errNoData = errors.New("neither HOME nor XDG_DATA_HOME says where queries are kept")

func savedSearches() *searches {
	if _, err := os.UserHomeDir(); err != nil && os.Getenv("XDG_DATA_HOME") == "" {
		return &searches{}
	}
	return &searches{file: filepath.Join(xdg.DataHome, "chancery", "searches.json")}
}

// Load gives the saved queries; none when nothing was saved yet.
func (s *searches) Load(ctx context.Context) ([]ui.Search, error) {
	if err := ctx.Err(); err != nil || s.file == "" {
		return nil, err
	}
	b, err := os.ReadFile(s.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("saved queries: %w", err)
	}
	var kept searchesFile
	if err := json.Unmarshal(b, &kept); err != nil {
		return nil, fmt.Errorf("saved queries: %s is damaged and is left as it is: %w", s.file, err)
	}
	return kept.Searches, nil
}

// Change reads the list, changes it and writes it back, one change after the
// other.
func (s *searches) Change(ctx context.Context, change func([]ui.Search) []ui.Search) ([]ui.Search, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.Load(ctx)
	if err != nil {
		return nil, err
	}
	all = change(all)
	return all, s.save(ctx, all)
}

// save replaces the list as a whole: whoever reads the file sees the old one or
// the new one, after a loss of power too.
func (s *searches) save(ctx context.Context, all []ui.Search) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.file == "" {
		return errNoData
	}
	if _, err := s.Load(ctx); err != nil {
		return err
	}
	b, err := json.MarshalIndent(searchesFile{all}, "", "  ")
	if err == nil {
		err = replaceFile(s.file, append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("saved queries: %w", err)
	}
	return nil
}
