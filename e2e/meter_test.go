package e2e

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// meter is the program on a pseudo-terminal of its own, for benchmarks. It
// answers what the program asks of a terminal, and notes when each frame has
// come whole.
//
// A frame is whole when its end sign has been read: the meter says that it
// knows synchronized output (mode 2026), and from then on the program sets a
// sign before and behind each frame. What is measured is therefore the time
// until the last byte of a frame is there for a terminal to draw, on a
// pseudo-terminal that is emptied at once; no time of a terminal's is in it.
type meter struct {
	testing.TB
	tty    *os.File
	cmd    *exec.Cmd
	frames chan shot
	begun  time.Time
	told   bool // it answers which background it has
}

// shot is a frame as it came: its bytes, and when the last of them was read.
type shot struct {
	at    time.Time
	bytes []byte
}

// The quiet after which nothing more is said to come of a key. It is shorter
// than the rest after which the reader shows what the cursor is on (120 ms),
// so that a move of the list is measured without the cable that follows it.
const quietAfterKey = 60 * time.Millisecond

// size is that of a terminal.
type size struct{ w, h int }

func (s size) String() string { return fmt.Sprintf("%dx%d", s.w, s.h) }

// untold is a terminal that does not say which background it has, so that the
// program paints one.
const untold = "untold"

// startMeter starts the program. How is nothing, or untold.
func startMeter(b *testing.B, s size, cache, how string, args ...string) *meter {
	b.Helper()
	state := b.TempDir()
	m := &meter{TB: b, cmd: exec.Command(binary, args...), frames: make(chan shot, 1<<14), told: how != untold}
	m.cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8", "HOME=" + state,
		"XDG_CACHE_HOME=" + cache, "XDG_STATE_HOME=" + state, "XDG_CONFIG_HOME=" + state, "XDG_DATA_HOME=" + state,
	}
	for _, v := range os.Environ() { // for trials: GOMAXPROCS=4 go test ...
		if strings.HasPrefix(v, "GOMAXPROCS=") || strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GODEBUG=") {
			m.cmd.Env = append(m.cmd.Env, v)
		}
	}
	m.begun = time.Now()
	tty, err := pty.StartWithSize(m.cmd, &pty.Winsize{Cols: uint16(s.w), Rows: uint16(s.h)})
	if err != nil {
		b.Skipf("no pseudo-terminal here: %v", err)
	}
	m.tty = tty
	go m.listen()
	return m
}

// stop ends the program at once.
func (m *meter) stop() {
	_ = m.cmd.Process.Kill() // no harm when it has ended
	_ = m.cmd.Wait()
	_ = m.tty.Close()
}

// listen reads what the program writes, answers its questions and cuts it into
// frames.
func (m *meter) listen() {
	defer close(m.frames)
	answers := map[string]string{"\x1b[?2026$p": "\x1b[?2026;2$y"}
	if m.told {
		answers["\x1b]11;?\x07"] = "\x1b]11;rgb:1e1e/1e1e/1e1e\x07"
	}
	end := []byte("\x1b[?2026l")
	var held []byte
	buf := make([]byte, 1<<16)
	for {
		n, err := m.tty.Read(buf)
		at := time.Now()
		held = append(held, buf[:n]...)
		for question, answer := range answers {
			if bytes.Contains(held, []byte(question)) {
				delete(answers, question)
				_, _ = m.tty.WriteString(answer)
			}
		}
		for i := bytes.Index(held, end); i >= 0; i = bytes.Index(held, end) {
			m.frames <- shot{at, bytes.Clone(held[:i+len(end)])}
			held = held[i+len(end):]
		}
		if err != nil {
			return // the terminal is gone: the program has ended
		}
	}
}

// text is what a frame writes, without the sequences in it.
func (s shot) text() string { return ansi.Strip(string(s.bytes)) }

// next waits for a frame; false when none comes in time.
func (m *meter) next(limit time.Duration) (shot, bool) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case s, ok := <-m.frames:
		if !ok {
			m.Fatal("the program has ended")
		}
		return s, true
	case <-timer.C:
		return shot{}, false
	}
}

// until waits for a frame that fits.
func (m *meter) until(what string, fits func(shot) bool) shot {
	m.Helper()
	for end := time.Now().Add(deadline); time.Now().Before(end); {
		if s, ok := m.next(time.Until(end)); ok && fits(s) {
			return s
		}
	}
	m.Fatalf("%s has not come", what)
	return shot{}
}

// rest waits until no frame has come for a while, and gives the last of them
// and the bytes of all; false when none came.
func (m *meter) rest(first, quiet time.Duration) (last shot, n int, any bool) {
	for limit := first; ; limit = quiet {
		s, ok := m.next(limit)
		if !ok {
			return last, n, any
		}
		last, n, any = s, n+len(s.bytes), true
	}
}

// press sends a key and waits until the burst of frames that comes of it has
// ended: no frame for quietAfterKey. took is from before the key is written to
// the end of the last frame of the burst, n the bytes of the burst; false when
// the key changes nothing.
func (m *meter) press(key string) (took time.Duration, n int, ok bool) {
	m.rest(0, 0) // what comes of itself is not of the key
	begun := m.write(key)
	last, n, ok := m.rest(400*time.Millisecond, quietAfterKey)
	return last.at.Sub(begun), n, ok
}

// pressAmid sends a key while frames come by themselves, and waits for the first
// that fits.
func (m *meter) pressAmid(key string, fits func(shot) bool) (took time.Duration, n int, ok bool) {
	m.rest(0, 0)
	begun := m.write(key)
	for end := begun.Add(2 * time.Second); time.Now().Before(end); {
		if s, got := m.next(time.Until(end)); got && fits(s) {
			return s.at.Sub(begun), len(s.bytes), true
		}
	}
	return 0, 0, false
}

func (m *meter) write(keys string) time.Time {
	begun := time.Now()
	if _, err := m.tty.WriteString(keys); err != nil {
		m.Fatalf("the program has ended: %v", err)
	}
	return begun
}

// selected is a row of the list under the cursor: its sign and its date. (The
// sign alone stands in what a program asks of a terminal too.)
var selected = regexp.MustCompile(`> +\d{4}-\d\d-\d\d`)

func showsRow(s shot) bool { return selected.MatchString(s.text()) }

// tally gathers measurements of one kind.
type tally struct {
	took []time.Duration
	n    []int
}

func (t *tally) add(took time.Duration, n int) {
	t.took, t.n = append(t.took, took), append(t.n, n)
}

// report gives median and 99th percentile of the times, mean and most of bytes.
func (t *tally) report(b *testing.B) {
	if len(t.took) == 0 {
		b.Fatal("no key has changed anything")
	}
	sum := 0
	for _, n := range t.n {
		sum += n
	}
	b.ReportMetric(t.at(0.5), "p50-ms")
	b.ReportMetric(t.at(0.99), "p99-ms")
	b.ReportMetric(float64(sum)/float64(len(t.n)), "B/key")
	b.ReportMetric(float64(slices.Max(t.n)), "most-B/key")
	b.ReportMetric(float64(len(t.n)), "keys")
	b.ReportMetric(0, "ns/op") // it would count the waiting
}

// at is a percentile of the times in ms.
func (t *tally) at(p float64) float64 {
	sorted := slices.Sorted(slices.Values(t.took))
	return float64(sorted[int(p*float64(len(sorted)-1))].Microseconds()) / 1000
}

// subject is the collection that is measured: what CHANCERY_BENCH names, or a
// table of 3,000 made-up cables.
func subject(b *testing.B) string {
	b.Helper()
	if path := os.Getenv("CHANCERY_BENCH"); path != "" {
		return path
	}
	path := filepath.Join(b.TempDir(), "cables.csv")
	var t strings.Builder
	body := strings.Repeat("¶2. (C) The minister said that the offer stands until the winter and\nno longer. He did not say who had made it, nor when it was made.\n\n", 40)
	for i := range 3000 {
		fmt.Fprintf(&t, "\"%d\",\"%d/15/2007 8:13\",\"07ASTANA%d\",\"Embassy Astana\",\"CONFIDENTIAL\",\"\",\"P 150813Z OCT 07\nFM AMEMBASSY ASTANA\",\"TAGS: PREL, KZ\nSUBJECT: ROW %d\n\n¶1. (C) Number %d.\n\n%s\"\n",
			i+1, i%12+1, 9900+i, i+1, i+1, body)
	}
	if err := os.WriteFile(path, []byte(t.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	return path
}

// indexed gives a cache folder in which the collection is indexed: that of
// CHANCERY_CACHE (the program's own folder in it, chancery), or a new one.
func indexed(b *testing.B, path string) string {
	b.Helper()
	if cache := os.Getenv("CHANCERY_CACHE"); cache != "" {
		return filepath.Dir(filepath.Clean(cache))
	}
	cache := b.TempDir()
	cmd := exec.Command(binary, "index", path)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache)
	if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 3 { // 3: some of it could not be read
		b.Fatalf("index: %v\n%s", err, out)
	}
	return cache
}

// zipped packs a file into an archive of its own.
func zipped(b *testing.B, path string) string {
	b.Helper()
	in, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(filepath.Join(b.TempDir(), "cables.zip"))
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	z := zip.NewWriter(out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	w, err := z.Create(filepath.Base(path))
	if err == nil {
		_, err = io.Copy(w, in)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
	return out.Name()
}
