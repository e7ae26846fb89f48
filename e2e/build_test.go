package e2e

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	_ "chancery/cli" // a result that go test has kept must not be taken for that of a program that has changed since
	"chancery/e2e/terminal"
	"chancery/parser/source/sample"
)

// deadline is how long a screen may take to become what it should be. It is
// long because nothing is being timed: a test that waits that long fails.
const deadline = 20 * time.Second

// binary is the program, built once for all tests of the package.
var binary string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "chancery-e2e-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "chancery")
	if out, err := exec.Command("go", "build", "-o", binary, "chancery").CombinedOutput(); err != nil {
		panic("build: " + err.Error() + "\n" + string(out))
	}
	return m.Run()
}

// lack skips a test for want of a tool, or fails it where all tools must be.
func lack(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("CHANCERY_MUST") == "1" {
		t.Fatal(err)
	}
	t.Skip(err)
}

// home is an empty place for what the program remembers, as environment.
func home(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	var env []string
	for _, name := range []string{"HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"} {
		env = append(env, name+"="+dir)
	}
	return env
}

// laid writes a folder of made-up files to disk and gives its path.
func laid(t *testing.T, files fs.FS) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "cables")
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir
}

// hostile lays the hostile folder out, with files whose names are hostile too.
func hostile(t *testing.T) string {
	t.Helper()
	dir := laid(t, sample.Hostile())
	cable, err := fs.ReadFile(sample.Hostile(), "shell-subject.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"new\nline.txt":                 cable,
		"esc\x1b]0;PWNED\x07title.txt":  cable,
		"esc\x1b[2Jclear.bin":           []byte("no cable"),
		"c1\u009b2Jclear.txt":           cable,
		"byte\x9b2J.txt":                cable,
		"bidi\u202etxt.exe":             cable,
		"--output=PWNED":                cable,
		"$(touch PWNED) `touch PWNED`":  cable,
		"=cmd|' _C calc'!A0.txt":        []byte("no cable"),
		"cr\rPWNED.txt":                 []byte("no cable"),
		strings.Repeat("long", 60):      []byte("no cable"),
		"zero\u200bwidth\U000e0041.txt": cable,
	} {
		err := os.WriteFile(filepath.Join(dir, name), content, 0o600)
		if errors.Is(err, fs.ErrInvalid) || err != nil && runtime.GOOS != "linux" {
			continue // this file system knows no such name
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// player is a person at a terminal.
type player struct {
	*testing.T
	s *terminal.Session
}

// afterwards keeps the terminal when the program has ended, as a shell would.
const afterwards = `"$@"; echo "ended with $?"; read -r line`

// play starts the program in a terminal of the given size.
func play(t *testing.T, width, height int, env []string, args ...string) *player {
	t.Helper()
	if err := terminal.Available(); err != nil {
		lack(t, err)
	}
	s, err := terminal.Start(terminal.Options{Width: width, Height: height, Env: env, Command: append([]string{"sh", "-c", afterwards, "sh", binary}, args...)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return &player{t, s}
}

// press sends keys one after another.
func (p *player) press(keys ...string) {
	p.Helper()
	if err := p.s.Press(keys...); err != nil {
		p.Fatal(err)
	}
}

// sees waits until all the words stand on the screen, and gives the screen.
func (p *player) sees(words ...string) string {
	p.Helper()
	return p.until(strings.Join(words, ", "), func(screen string) bool {
		for _, w := range words {
			if !strings.Contains(screen, w) {
				return false
			}
		}
		return true
	})
}

// reads waits until the collection is read and its list is there: what is typed
// before has no row yet that it could mean.
func (p *player) reads() {
	p.Helper()
	p.until("a list that is read", func(screen string) bool {
		head, _, _ := strings.Cut(screen, "\n")
		return strings.Contains(head, " cables") && !strings.Contains(head, "reading") && strings.Contains(screen, "> ")
	})
}

// loses waits until none of the words stands on the screen any more.
func (p *player) loses(words ...string) string {
	p.Helper()
	return p.until("no "+strings.Join(words, ", no "), func(screen string) bool {
		for _, w := range words {
			if strings.Contains(screen, w) {
				return false
			}
		}
		return true
	})
}

// until waits for the screen to be as wanted.
func (p *player) until(what string, wanted func(screen string) bool) string {
	p.Helper()
	screen, err := p.s.Until(deadline, wanted)
	if err != nil {
		p.Fatalf("%s: %v", what, err)
	}
	return screen
}

// ends waits until the program has ended with the exit code, and sees that
// what it switched on in the terminal is off.
func (p *player) ends(code string) {
	p.Helper()
	p.sees("ended with " + code)
	alternate, cursor, mouse, err := p.s.Modes()
	if err != nil {
		p.Fatal(err)
	}
	if alternate || !cursor || mouse {
		p.Errorf("left behind: alternate screen %v, cursor %v, mouse %v", alternate, cursor, mouse)
	}
}
