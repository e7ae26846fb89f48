package desk

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
)

// disk is a made-up folder that can break at any byte. It knows what is only
// in the memory of the system (written, not synced) and would be lost if the
// power went.
type disk struct {
	mu     sync.Mutex
	now    map[string]*inode // what a program sees
	safe   map[string]*inode // names that are on disk
	moved  []func(map[string]*inode)
	locked bool
	left   int // bytes and calls until the program is killed; negative: never
	spent  int
	dead   bool
	fault  func(call, name string) error // an error of the disk
	short  bool                          // writes are short
}

type inode struct {
	data []byte
	safe []byte // what is on disk
	at   time.Time
}

var (
	errKilled = errors.New("killed")
	errFull   = errors.New("no space left on device")
)

func newDisk() *disk {
	return &disk{now: map[string]*inode{}, safe: map[string]*inode{}, left: -1}
}

// spend counts what a call costs, and kills the program when that is due.
func (d *disk) spend(n int) int {
	if d.dead {
		return 0
	}
	d.spent += n
	if d.left < 0 {
		return n
	}
	if d.left < n {
		n, d.dead = d.left, true
	}
	d.left -= n
	return n
}

// call begins a call that is not a write.
func (d *disk) call(call, name string) error {
	if d.spend(1) < 1 {
		return errKilled
	}
	if d.fault != nil {
		return d.fault(call, name)
	}
	return nil
}

// crash gives the disk as it is after the program was killed; with power, what
// was not synced is lost from some point on.
func (d *disk) crash(r *rand.Rand, power bool) *disk {
	after := newDisk()
	names := maps.Clone(d.now)
	if power {
		names = maps.Clone(d.safe)
		for _, move := range d.moved[:r.IntN(len(d.moved)+1)] {
			move(names)
		}
	}
	for name, i := range names {
		data := i.data
		if power && !slices.Equal(i.data, i.safe) {
			data = i.safe
			if n := len(i.safe); len(i.data) > n && string(i.data[:n]) == string(i.safe) {
				data = i.data[:n+r.IntN(len(i.data)-n+1)]
				if r.IntN(4) == 0 { // the size was written, the bytes were not
					data = append(slices.Clone(data), make([]byte, r.IntN(30))...)
				}
			}
		}
		data = slices.Clone(data)
		after.now[name] = &inode{data, data, i.at}
	}
	after.safe = maps.Clone(after.now)
	return after
}

func (d *disk) prepare() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.call("prepare", "")
}

func (d *disk) read(name string) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call("read", name); err != nil {
		return nil, err
	}
	if i := d.now[name]; i != nil {
		return slices.Clone(i.data), nil
	}
	return nil, fs.ErrNotExist
}

func (d *disk) open(name string, add bool) (file, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call("open", name); err != nil {
		return nil, err
	}
	if d.now[name] == nil {
		if !add {
			return nil, fs.ErrNotExist
		}
		d.make(name)
	}
	return &opened{d, d.now[name], name}, nil
}

func (d *disk) make(name string) {
	i := &inode{}
	d.now[name] = i
	d.moved = append(d.moved, func(names map[string]*inode) { names[name] = i })
}

func (d *disk) create(name string) (file, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call("create", name); err != nil {
		return nil, err
	}
	if i := d.now[name]; i != nil {
		i.data = nil
	} else {
		d.make(name)
	}
	return &opened{d, d.now[name], name}, nil
}

func (d *disk) rename(old, now string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call("rename", now); err != nil {
		return err
	}
	i := d.now[old]
	if i == nil {
		return fs.ErrNotExist
	}
	move := func(names map[string]*inode) {
		delete(names, old)
		names[now] = i
	}
	move(d.now)
	d.moved = append(d.moved, move)
	return nil
}

func (d *disk) sync() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call("sync folder", ""); err != nil {
		return err
	}
	d.safe, d.moved = maps.Clone(d.now), nil
	return nil
}

func (d *disk) stat(name string) (fs.FileInfo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call("stat", name); err != nil {
		return nil, err
	}
	if i := d.now[name]; i != nil {
		return info{name, int64(len(i.data)), i}, nil
	}
	return nil, fs.ErrNotExist
}

func (d *disk) names() ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.now)), nil
}

func (d *disk) lock() (func() error, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call("lock", lockName); err != nil || d.locked {
		return nil, false, err
	}
	d.locked = true
	return func() error { d.locked = false; return nil }, true, nil
}

// opened is an open file of a disk.
type opened struct {
	d    *disk
	i    *inode
	name string
}

func (o *opened) Write(text []byte) (int, error) {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	if o.d.dead {
		return 0, errKilled
	}
	if o.d.fault != nil {
		if err := o.d.fault("write", o.name); err != nil {
			n := len(text) / 2
			o.i.data = append(o.i.data, text[:n]...)
			return n, err
		}
	}
	if o.d.short {
		text = text[:len(text)*2/3]
	}
	n := o.d.spend(len(text))
	o.i.data = append(o.i.data, text[:n]...)
	o.i.at = o.i.at.Add(1)
	if n < len(text) {
		return n, errKilled
	}
	return n, nil
}

func (o *opened) ReadAt(to []byte, at int64) (int, error) {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	if at >= int64(len(o.i.data)) {
		return 0, io.EOF
	}
	n := copy(to, o.i.data[at:])
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}

func (o *opened) Sync() error {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	if err := o.d.call("sync", o.name); err != nil {
		return err
	}
	o.i.safe = slices.Clone(o.i.data)
	return nil
}

func (o *opened) Truncate(size int64) error {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	if err := o.d.call("truncate", o.name); err != nil {
		return err
	}
	o.i.data = slices.Clone(o.i.data[:size])
	return nil
}

func (o *opened) Close() error { return nil }

func (o *opened) Stat() (fs.FileInfo, error) {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	return info{o.name, int64(len(o.i.data)), o.i}, nil
}

type info struct {
	name string
	size int64
	i    *inode
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return 0o600 }
func (i info) ModTime() time.Time { return i.i.at }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return i }

func (i info) same(other any) bool {
	o, ok := other.(info)
	return ok && o.i == i.i
}

// journals gives the text of all files of a disk, for a message.
func (d *disk) String() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(d.now)) {
		b.WriteString("--- " + name + "\n" + string(d.now[name].data) + "\n")
	}
	return b.String()
}
