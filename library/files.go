package library

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"chancery/model"
	"chancery/parser/source"
)

// files numbers the files of a collection and knows which of them were read.
type files struct {
	roots []root
	list  []file
	paths []string // of each
	ids   map[fileName]uint32
}

// root is a path of the collection: as it was given, and as the paths of what
// lies below it begin.
type root struct{ given, clean string }

func rootsOf(paths []string) []root {
	out := make([]root, len(paths))
	for i, p := range paths {
		out[i] = root{p, filepath.Clean(p)}
	}
	return out
}

// file is one of them.
type file struct {
	name   fileName
	path   string
	size   int64
	time   int64 // of its last change, nanoseconds
	known  bool  // size and time are those it was read with
	whole  bool  // it was read to its end, and all that was in it is stored
	closed bool  // it could not be opened
	now    bool  // this reading has met it
	gone   bool  // it is not there any more, or was not at the last reading
	piped  bool  // it is standard input, which no walk meets
	from   int   // the batch in which its last reading began

	refused []model.Refusal // what of it gave no cable
}

func (f *files) id(name fileName) uint32 {
	if id, ok := f.ids[name]; ok {
		return id
	}
	if f.ids == nil {
		f.ids = map[fileName]uint32{}
	}
	id := uint32(len(f.list))
	path := f.path(name)
	f.list, f.paths = append(f.list, file{name: name, path: path}), append(f.paths, path)
	f.ids[name] = id
	return id
}

// path is where a file is now, below the paths of the collection.
func (f *files) path(n fileName) string {
	switch {
	case n.Root >= len(f.roots):
		return n.Rest
	case n.Rest == "":
		return f.roots[n.Root].given
	case f.roots[n.Root].clean == ".": // below "." no name begins with it
		return n.Rest
	}
	return f.roots[n.Root].clean + n.Rest
}

// nameOf finds the root that a path lies below.
func (f *files) nameOf(path string) fileName {
	best, found := fileName{len(f.roots), path}, -1
	for i, root := range f.roots {
		if path == root.given || path == root.clean {
			return fileName{Root: i}
		}
		if root.clean == "." {
			if found < 0 && !filepath.IsAbs(path) {
				best, found = fileName{i, path}, 0
			}
			continue
		}
		rest, ok := strings.CutPrefix(path, root.clean)
		if ok && len(root.clean) > found && (isSeparator(rest[0]) || isSeparator(root.clean[len(root.clean)-1])) {
			best, found = fileName{i, rest}, len(root.clean)
		}
	}
	return best
}

func isSeparator(c byte) bool { return c == '/' || c == filepath.Separator }

// below says whether a refusal's path is that of a file or of an entry in it.
func below(path, file string) bool {
	rest, ok := strings.CutPrefix(path, file)
	return ok && (rest == "" || isSeparator(rest[0]))
}

// asIs says whether a file is the one that was read, by size and time of its
// last change: its bytes are not read for that.
func (f *file) asIs(info fs.FileInfo) bool {
	return f.known && f.size == info.Size() && f.time == info.ModTime().UnixNano()
}

// opens says whether a file can be read.
func opens(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	_, err = f.Read(make([]byte, 1))
	return err == nil || errors.Is(err, io.EOF)
}

// keepable says whether an index of the paths may be kept: standard input and
// what is embedded cannot be opened another day.
func (o Options) keepable() bool {
	if o.Cache == "" || o.FS != nil || len(o.Paths) == 0 {
		return false
	}
	for _, p := range o.Paths {
		if p == source.Stdin {
			return false
		}
		if st, err := os.Stat(p); err == nil && !st.IsDir() && !st.Mode().IsRegular() {
			return false // to look into a pipe would wait, and take from it
		}
	}
	return true
}
