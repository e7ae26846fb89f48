package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// wire is the program on a pseudo-terminal that keeps every byte it writes.
type wire struct {
	*testing.T
	tty  *os.File
	cmd  *exec.Cmd
	mu   sync.Mutex
	seen []byte
	last time.Time
	done chan struct{}
}

// plug starts the program on a pseudo-terminal of 120 columns and 35 lines.
func plug(t *testing.T, env []string, args ...string) *wire {
	t.Helper()
	w := &wire{T: t, cmd: exec.Command(binary, args...), done: make(chan struct{}), last: time.Now()}
	w.cmd.Env = append(append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR="), env...)
	tty, err := pty.StartWithSize(w.cmd, &pty.Winsize{Cols: 120, Rows: 35})
	if err != nil {
		lack(t, err)
	}
	w.tty = tty
	go w.listen()
	t.Cleanup(func() {
		_ = w.cmd.Process.Kill() // no harm when it has ended
		_ = w.cmd.Wait()
		_ = tty.Close()
	})
	return w
}

func (w *wire) listen() {
	defer close(w.done)
	buf := make([]byte, 1<<16)
	for {
		n, err := w.tty.Read(buf)
		w.mu.Lock()
		w.seen, w.last = append(w.seen, buf[:n]...), time.Now()
		w.mu.Unlock()
		if err != nil {
			return // the terminal is gone: the program has ended
		}
	}
}

// send writes bytes as keys and waits until the answer has come to rest.
func (w *wire) send(keys ...string) {
	w.Helper()
	for _, k := range keys {
		w.mu.Lock()
		w.last = time.Now()
		w.mu.Unlock()
		if _, err := w.tty.WriteString(k); err != nil {
			w.Fatalf("the program ended at %q: %v\n%q", k, err, w.tail())
		}
		quiet := 25 * time.Millisecond
		if strings.HasSuffix(k, "\x1b") {
			quiet = 150 * time.Millisecond // an Escape that a key follows at once would be Alt and that key
		}
		w.rest(quiet)
	}
}

// rest waits until nothing has been written for a while.
func (w *wire) rest(quiet time.Duration) {
	for end := time.Now().Add(deadline); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		w.mu.Lock()
		still := time.Since(w.last) > quiet
		w.mu.Unlock()
		if still {
			return
		}
	}
}

// until waits for words to have been written.
func (w *wire) until(words string) {
	w.Helper()
	for end := time.Now().Add(deadline); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if bytes.Contains(w.bytes(), []byte(words)) {
			return
		}
	}
	w.Fatalf("%q was not written: %q", words, w.tail())
}

func (w *wire) bytes() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Clone(w.seen)
}

func (w *wire) tail() []byte {
	b := w.bytes()
	return b[max(0, len(b)-600):]
}

// ended waits for the program to end by itself.
func (w *wire) ended() {
	w.Helper()
	select {
	case <-w.done:
	case <-time.After(deadline):
		w.Fatalf("the program did not end: %q", w.tail())
	}
}

// Whatever is done with a folder of hostile cables, every byte that reaches
// the terminal is text, colour, a cursor move, an erase or a sequence of our
// own.
func TestReadingHostileCables(t *testing.T) {
	dir := hostile(t)
	w := plug(t, home(t), dir)
	w.until("Subject")
	w.send("=", "\x1b", "g")
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	w.send("\r")
	for i := range files {
		w.send("g G})")
		switch i % 3 {
		case 0:
			w.send("o", " G", "q") // the source
		case 1:
			w.send("-uzR", "-m-u") // as sent, all unfolded
		case 2:
			w.send("i\t", "Gg", "W", "\x1b", "ih") // the sidebar
		}
		w.send("l/PWNED\r", "n", "\x1b", "J")
	}
	w.send("?", "G", "\x1b", "\x1b", ":the", "\x1b", "\x1b", "W", "\x1b", "\x1b")
	w.send("h", "SfSsSi", "Gg")
	w.send("Q")
	w.ended()
	whole(t, w.bytes())
}

// What a user pastes, and what a terminal answers, is data too.
func TestPastingHostileText(t *testing.T) {
	w := plug(t, home(t))
	w.until("Subject")
	paste := "\x1b[200~\x1b]0;PWNED\x07\x1b[2J\u009b2J\u202eTXT\nq\rQ\x00\x1b[201~"
	w.send("\r", paste, "/", paste, "\r", "\x1b", ":", paste, "\r", "\x1b", "W", paste, "\r", "\x1b", "\x1b")
	w.send("\x1b]11;rgb:0000/0000/0000\x07", "\x1b[24;80R", "\x1b[?2026;2$y", "\x1bP>|PWNED\x1b\\", "\x1b]52;c;UFdORUQ=\x07")
	w.send("Q")
	w.ended()
	whole(t, w.bytes())
}

// whole holds a session's bytes against the grammar of the screen and sees
// that the terminal is left as it was found.
func whole(t *testing.T, b []byte) {
	t.Helper()
	for _, o := range onScreen().offences(b) {
		t.Error(o)
	}
	if n := len(b); n < 1000 {
		t.Errorf("only %d bytes were written: was there a screen at all?", n)
	}
	for _, mode := range []string{"1049", "1000", "1002", "1003", "1006", "2004", "1004"} {
		on, off := strings.LastIndex(string(b), "\x1b[?"+mode+"h"), strings.LastIndex(string(b), "\x1b[?"+mode+"l")
		if on > off {
			t.Errorf("mode %s was left on", mode)
		}
	}
	if hide, show := bytes.LastIndex(b, []byte("\x1b[?25l")), bytes.LastIndex(b, []byte("\x1b[?25h")); hide > show {
		t.Error("the cursor was left hidden")
	}
}
