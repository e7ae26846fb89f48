package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/creack/pty"
)

// BenchmarkFirstFrame measures from starting the built program to the moment
// the first rows of the list have reached the terminal, at 200x50. Give a
// collection in CHANCERY_BENCH; without it the embedded sample is opened.
func BenchmarkFirstFrame(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "chancery")
	if out, err := exec.Command("go", "build", "-o", bin, "..").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	var args []string
	if dir := os.Getenv("CHANCERY_BENCH"); dir != "" {
		args = append(args, dir)
	}
	for b.Loop() {
		firstRows(b, bin, args)
	}
}

// firstRows starts the program in a pseudo-terminal and returns when the
// cursor sign of the list's first row is drawn.
func firstRows(b *testing.B, bin string, args []string) {
	cmd := exec.Command(bin, args...)
	home := b.TempDir()
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_STATE_HOME="+home, "XDG_CONFIG_HOME="+home, "TERM=xterm-256color")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 200, Rows: 50})
	if err != nil {
		b.Skipf("no pseudo-terminal here: %v", err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = tty.Close()
		_ = cmd.Wait()
	}()
	_ = tty.SetReadDeadline(time.Now().Add(20 * time.Second))
	var seen bytes.Buffer
	buf := make([]byte, 1<<16)
	for !bytes.Contains(seen.Bytes(), []byte(">")) || !bytes.Contains(seen.Bytes(), []byte("Subject")) {
		n, err := tty.Read(buf)
		seen.Write(buf[:n])
		if err != nil {
			b.Fatalf("no first frame: %v\n%q", err, seen.String())
		}
	}
}
