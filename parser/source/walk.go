package source

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"chancery/model"
)

// tree is a place with files: the machine's, or one embedded in the program.
type tree struct {
	list  func(name string) ([]fs.DirEntry, error) // sorted by name
	stat  func(name string) (fs.FileInfo, error)   // follows links: only for what the user named
	open  func(name string) (fs.File, error)
	join  func(dir, name string) string
	clean func(name string) string // absolute, for places that are never walked
}

func (s *Set) tree() tree {
	if s.FS == nil {
		return tree{
			list: os.ReadDir, stat: os.Stat,
			open: func(name string) (fs.File, error) { return os.Open(name) },
			join: func(dir, name string) string { return filepath.Join(dir, name) },
			clean: func(name string) string {
				if abs, err := filepath.Abs(name); err == nil {
					return abs
				}
				return name
			},
		}
	}
	f := s.FS
	return tree{
		list:  func(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f, name) },
		stat:  func(name string) (fs.FileInfo, error) { return fs.Stat(f, name) },
		open:  f.Open,
		join:  func(dir, name string) string { return path.Join(dir, name) },
		clean: func(name string) string { return name },
	}
}

// place is one file to read.
type place struct {
	set   *Set
	path  string
	named bool // by the user, not found in a folder
}

// places lists every file of the set in order. A link that the user named is
// followed, as with other programs; one found in a folder never is, so a walk
// cannot go round.
func (s *Set) places(ctx context.Context, give func(task) error) error {
	t := s.tree()
	for _, name := range s.Paths {
		if name == Stdin && s.FS == nil {
			if err := give(place{s, name, true}); err != nil {
				return err
			}
			continue
		}
		st, err := t.stat(name)
		switch {
		case err != nil:
			err = give(unread(name, plain(err)))
		case st.IsDir():
			err = s.folder(ctx, t, name, give)
		case !st.Mode().IsRegular():
			err = give(refused(name, kindOf(st.Mode())))
		case !s.skips(name, st):
			err = give(place{s, name, true})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// folder lists a folder that the user named and all below it. It keeps its
// own stack: a folder a thousand deep costs no depth of calls.
func (s *Set) folder(ctx context.Context, t tree, root string, give func(task) error) error {
	type step struct {
		dir     string
		entries []fs.DirEntry
	}
	entries, err := t.list(root)
	if err != nil && len(entries) == 0 {
		return give(unread(root, plain(err)))
	}
	if len(entries) == 0 {
		return give(refused(root, "the folder is empty"))
	}
	stack := []step{{root, entries}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if len(top.entries) == 0 {
			stack = stack[:len(stack)-1]
			continue
		}
		e := top.entries[0]
		top.entries = top.entries[1:]
		name := t.join(top.dir, e.Name())
		if err := ctx.Err(); err != nil {
			return err
		}
		if !e.IsDir() {
			p := task(place{s, name, false})
			if !e.Type().IsRegular() {
				p = refused(name, kindOf(e.Type()))
			} else if s.Known != nil {
				if info, err := e.Info(); err == nil && s.skips(name, info) {
					continue
				}
			}
			if err := give(p); err != nil {
				return err
			}
			continue
		}
		if why := avoided(t.clean(name), e.Name()); why != "" {
			if err := give(refused(name, why)); err != nil {
				return err
			}
			continue
		}
		below, err := t.list(name)
		if err != nil {
			if err := give(unread(name, plain(err))); err != nil {
				return err
			}
		}
		stack = append(stack, step{name, below})
	}
	return nil
}

// skips says whether a file is to be left out.
func (s *Set) skips(name string, info fs.FileInfo) bool { return s.Known != nil && s.Known(name, info) }

// avoided says why a folder met on a walk is not looked into, "" when it is.
func avoided(abs, name string) string {
	switch abs {
	case "/proc", "/sys", "/dev":
		return "it belongs to the system and holds no documents"
	}
	if strings.HasPrefix(name, ".") {
		return "it is a hidden folder and was not looked into; name it to open it"
	}
	return ""
}

// kindOf says what something is that is no plain file.
func kindOf(m fs.FileMode) string {
	switch {
	case m&fs.ModeSymlink != 0:
		return "it is a symbolic link; links found in a folder are not followed"
	case m&fs.ModeNamedPipe != 0:
		return "it is a pipe, not a file; use - to read standard input"
	case m&fs.ModeSocket != 0:
		return "it is a socket, not a file"
	case m&(fs.ModeDevice|fs.ModeCharDevice) != 0:
		return "it is a device, not a file"
	case m.IsDir():
		return "it is a folder, not a file"
	}
	return "it is not a plain file"
}

func refused(name, why string) task {
	return finding{{Refusal: &model.Refusal{Path: name, Why: why, Fate: model.NotCable}}}
}

func unread(name string, err error) task {
	return finding{{Refusal: &model.Refusal{Path: name, Why: err.Error(), Fate: model.Unread}}}
}
