package library

import (
	"io/fs"
	"path/filepath"
	"strings"

	"chancery/model"
	"chancery/parser/source"
)

// files numbers the files of a collection and knows which of them were read.
type files struct {
	roots []string
	list  []file
	ids   map[fileName]uint32
}

// file is one of them.
type file struct {
	name  fileName
	path  string
	size  int64
	time  int64 // of its last change, nanoseconds; 0 when it was not looked at
	whole bool  // it was read to its end, and all that was in it is stored
	now   bool  // this reading has met it
	gone  bool  // it is not there any more, or was not at the last reading
	piped bool  // it is standard input, which no walk meets

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
	f.list = append(f.list, file{name: name, path: f.path(name)})
	f.ids[name] = id
	return id
}

// path is where a file is now, below the paths of the collection.
func (f *files) path(n fileName) string {
	if n.Root >= len(f.roots) || f.roots[n.Root] == "." { // below "." no name begins with it
		return n.Rest
	}
	return f.roots[n.Root] + n.Rest
}

// nameOf finds the root that a path lies below.
func (f *files) nameOf(path string) fileName {
	best, found := fileName{0, path}, -1
	for i, root := range f.roots {
		if root == "." {
			if found < 0 && !filepath.IsAbs(path) {
				best, found = fileName{i, path}, 0
			}
			continue
		}
		rest, ok := strings.CutPrefix(path, root)
		if ok && len(root) > found && (rest == "" || isSeparator(rest[0]) || isSeparator(root[len(root)-1])) {
			best, found = fileName{i, rest}, len(root)
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
	return f.time != 0 && f.size == info.Size() && f.time == info.ModTime().UnixNano()
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
	}
	return true
}
