package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/rogpeppe/go-internal/lockedfile"

	"chancery/ui"
)

// searches keeps the queries that were given a name (ui.Searches), one list for
// all collections. It is the reader's own work and cannot be made again: a file
// that cannot be read is never written over.
type searches struct{ file string }

// searchesFile is what stands in the file.
type searchesFile struct {
	Searches []ui.Search `json:"searches"` // the one saved last comes first
}

// errNoData says that there is no place for what a reader makes.
var errNoData = errors.New("neither HOME nor XDG_DATA_HOME says where your work is kept")

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
// other, whichever program makes them: none is lost.
func (s *searches) Change(ctx context.Context, change func([]ui.Search) []ui.Search) ([]ui.Search, error) {
	if s.file == "" {
		return nil, errNoData
	}
	release, err := waitForLock(ctx, s.file+".lock")
	if err != nil {
		return nil, fmt.Errorf("saved queries: %w", err)
	}
	defer release()
	all, err := s.Load(ctx)
	if err != nil {
		return nil, err
	}
	all = change(all)
	return all, s.save(ctx, all)
}

// lockTime is how long somebody waits for another program that changes the
// saved queries, which takes it no time.
const lockTime = 5 * time.Second

// waitForLock takes a lock that ends with the program, however that ends. The
// lock is of an empty file that stays: taken away it could be another to each.
func waitForLock(ctx context.Context, file string) (release func(), err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	type taken struct {
		release func()
		err     error
	}
	done := make(chan taken, 1)
	go func() {
		release, err := lockedfile.MutexAt(file).Lock()
		done <- taken{release, err}
	}()
	ctx, stop := context.WithTimeoutCause(ctx, lockTime, errSearchesHeld)
	defer stop()
	select {
	case t := <-done:
		return t.release, t.err
	case <-ctx.Done():
		go func() { // what comes too late is given back
			if t := <-done; t.err == nil {
				t.release()
			}
		}()
		return nil, context.Cause(ctx)
	}
}

// errSearchesHeld says that another program does not let go of them.
var errSearchesHeld = errors.New("another chancery is changing them and does not come to an end; nothing was saved")

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
