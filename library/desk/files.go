package desk

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/gofrs/flock"
)

// files is the folder of a desk. Tests put one in its place that breaks.
type files interface {
	// prepare makes the folder.
	prepare() error
	// read gives a whole file.
	read(name string) ([]byte, error)
	// open opens a file to be read, and to be added to if so asked; one that
	// is not there is made then.
	open(name string, add bool) (file, error)
	// create makes a file anew, whatever was there.
	create(name string) (file, error)
	// rename puts a file in the place of another.
	rename(old, now string) error
	// sync makes what was made and renamed in the folder last.
	sync() error
	// stat tells of the file that has the name now.
	stat(name string) (fs.FileInfo, error)
	// names gives the names of all files.
	names() ([]string, error)
	// lock takes the lock without waiting. It is false if another has it.
	lock() (unlock func() error, ok bool, err error)
}

// file is an open file. What is written is added at its end.
type file interface {
	io.ReaderAt
	io.Writer
	io.Closer
	Sync() error
	Truncate(size int64) error
	Stat() (fs.FileInfo, error)
}

// sameFile says whether two are one file.
func sameFile(a, b fs.FileInfo) bool {
	if x, ok := a.Sys().(interface{ same(any) bool }); ok { // made up by a test
		return x.same(b.Sys())
	}
	return os.SameFile(a, b)
}

// folder is a real folder.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), name) }

func (f folder) prepare() error {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return err
	}
	if info, err := os.Stat(string(f)); err == nil && info.Mode().Perm()&0o077 != 0 {
		_ = os.Chmod(string(f), 0o700) // not ours to insist on
	}
	return nil
}

func (f folder) read(name string) ([]byte, error) { return os.ReadFile(f.path(name)) }

func (f folder) open(name string, add bool) (file, error) {
	if !add {
		return os.Open(f.path(name))
	}
	o, err := os.OpenFile(f.path(name), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	if info, err := o.Stat(); err == nil && info.Mode().Perm()&0o077 != 0 {
		_ = o.Chmod(0o600)
	}
	return added{o}, nil
}

// added is a file that is added to. On Windows such a one cannot be cut by its
// own handle.
type added struct{ *os.File }

func (a added) Truncate(size int64) error {
	if runtime.GOOS != "windows" {
		return a.File.Truncate(size)
	}
	o, err := os.OpenFile(a.Name(), os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(o.Truncate(size), o.Sync(), o.Close())
}

func (f folder) create(name string) (file, error) {
	return os.OpenFile(f.path(name), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
}

func (f folder) rename(old, now string) error { return os.Rename(f.path(old), f.path(now)) }

func (f folder) sync() error {
	if runtime.GOOS == "windows" {
		return nil // there a folder cannot be synced, and need not be
	}
	d, err := os.Open(string(f))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (f folder) stat(name string) (fs.FileInfo, error) { return os.Stat(f.path(name)) }

func (f folder) names() ([]string, error) {
	entries, err := os.ReadDir(string(f))
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// lock is a lock of the system's, which ends with the process however that
// ends. The file itself stays.
func (f folder) lock() (func() error, bool, error) {
	l := flock.New(f.path(lockName), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if !ok || err != nil {
		return nil, false, errors.Join(err, l.Close())
	}
	return l.Close, true, nil
}

// replace writes a file so that at any moment the old or the new one is there
// and whole.
func replace(f files, name string, text []byte) error {
	temporary := name + ".new"
	o, err := f.create(temporary)
	if err != nil {
		return err
	}
	n, err := o.Write(text)
	if err == nil && n < len(text) {
		err = io.ErrShortWrite
	}
	if err == nil {
		err = o.Sync()
	}
	if err != nil {
		_ = o.Truncate(0) // a full disk needs the room
	}
	if err = errors.Join(err, o.Close()); err != nil {
		return err
	}
	if err := f.rename(temporary, name); err != nil {
		return err
	}
	return f.sync()
}

// readFrom gives a file from a place to its end.
func readFrom(f file, at int64) ([]byte, error) {
	var b bytes.Buffer
	_, err := b.ReadFrom(io.NewSectionReader(f, at, 1<<62-at))
	return b.Bytes(), err
}
