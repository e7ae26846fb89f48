package library

import (
	"syscall"
	"testing"
)

// nice reads the nice value of the calling thread (the call gives 20 minus it).
func nice(t *testing.T) int {
	n, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
	if err != nil {
		t.Error(err)
	}
	return 20 - n
}

// Only the thread that is sent to the background comes last, and it ends with
// its goroutine.
func TestBackgroundIsOfOneThread(t *testing.T) {
	before := nice(t)
	behindIs := max(before, backgroundNice) // who is further behind stays there
	for range 50 {
		behind := make(chan int)
		go func() {
			background()
			behind <- nice(t)
		}()
		if n := <-behind; n != behindIs {
			t.Fatalf("the thread is at nice %d", n)
		}
		after := make(chan int)
		go func() { after <- nice(t) }()
		if n := <-after; n != before {
			t.Fatalf("another goroutine runs at nice %d", n)
		}
	}
}

// What is read in the background is what is read otherwise.
func TestReadInTheBackground(t *testing.T) {
	a := shaped(t, "folder", 60)
	want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
	l := Open(t.Context(), Options{Name: "x", Paths: []string{a.path}, Cache: a.cache, Background: true})
	defer l.Close()
	same(t, "read in the background", state(t, l, a.base), want)
}
