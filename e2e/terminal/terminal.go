// Package terminal runs a program in a real terminal (tmux on a socket of its
// own), presses keys and reads the screen. Tests and the picture maker share
// it. It touches no other tmux of the user's.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// ErrNoTmux says that there is no tmux here to run anything in.
var ErrNoTmux = errors.New("tmux is not installed")

// settings keep the terminal plain: no status line, no delay after Escape,
// and the last screen stays when the program has ended.
const settings = `set -g default-terminal "tmux-256color"
set -g status off
set -s escape-time 0
set -s set-clipboard off
set -g remain-on-exit on
set -gq remain-on-exit-format ""
set -g history-limit 0
`

// Options say what to run and where.
type Options struct {
	Width, Height int
	Command       []string
	Dir           string
	Env           []string // added to a clean environment: "NO_COLOR=1"
}

// Session is a program in its terminal.
type Session struct {
	folder string // its own, for the socket and the settings
}

// Available is ErrNoTmux where nothing can be run.
func Available() error {
	if _, err := exec.LookPath("tmux"); err != nil {
		return ErrNoTmux
	}
	return nil
}

// Start runs the command in a new terminal of the given size.
func Start(o Options) (*Session, error) {
	if err := Available(); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "chancery-terminal-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the terminal: %w", err)
	}
	s := &Session{folder: folder}
	conf := filepath.Join(folder, "tmux.conf")
	if err := os.WriteFile(conf, []byte(settings), 0o600); err != nil {
		s.Close()
		return nil, fmt.Errorf("write the settings of the terminal: %w", err)
	}
	args := []string{"-f", conf, "new-session", "-d", "-x", fmt.Sprint(o.Width), "-y", fmt.Sprint(o.Height)}
	if o.Dir != "" {
		args = append(args, "-c", o.Dir)
	}
	args = append(args, "--", "env", "-i", "TERM=tmux-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
		"PATH="+os.Getenv("PATH"), "HOME="+folder)
	args = append(append(args, o.Env...), o.Command...)
	if _, err := s.tmux(args...); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close ends the terminal and what runs in it.
func (s *Session) Close() {
	_, _ = s.tmux("kill-server") // it may have ended by itself
	_ = os.RemoveAll(s.folder)
}

// Press sends keys by their tmux names: "j", "Enter", "C-c", "Space". A key
// that begins with "=" is typed letter by letter: "=hello".
func (s *Session) Press(keys ...string) error {
	for _, k := range keys {
		args := []string{"send-keys", k}
		if text, ok := strings.CutPrefix(k, "="); ok && text != "" {
			args = []string{"send-keys", "-l", text}
		}
		if _, err := s.tmux(args...); err != nil {
			return fmt.Errorf("press %s: %w", k, err)
		}
	}
	return nil
}

// Resize gives the terminal another size.
func (s *Session) Resize(width, height int) error {
	_, err := s.tmux("resize-window", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height))
	return err
}

// Text is the screen as a person sees it, without colours; lines have no
// blanks at their ends.
func (s *Session) Text() (string, error) { return s.tmux("capture-pane", "-p") }

// Styled is the screen with SGR sequences, and blanks at the ends of lines
// where they are coloured.
func (s *Session) Styled() (string, error) { return s.tmux("capture-pane", "-p", "-e", "-N") }

// Title is what the program has set the title of the terminal to.
func (s *Session) Title() (string, error) {
	out, err := s.tmux("display-message", "-p", "#{pane_title}")
	return strings.TrimRight(out, "\n"), err
}

// Modes says which of the modes that a program must leave behind clean are on:
// the alternate screen, a hidden cursor, mouse reports.
func (s *Session) Modes() (alternate, cursor, mouse bool, err error) {
	out, err := s.tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}")
	if err != nil {
		return false, false, false, err
	}
	f := strings.Fields(out)
	if len(f) != 3 {
		return false, false, false, fmt.Errorf("tmux answered %q", out)
	}
	return f[0] == "1", f[1] == "1", f[2] == "1", nil
}

// Ended says whether the program has ended, and with which exit code (or by
// which signal). The terminal knows that its program is gone a little before
// it knows how: until then it has not ended.
func (s *Session) Ended() (ended bool, code string, err error) {
	out, err := s.tmux("display-message", "-p", "#{pane_dead} #{pane_dead_status}#{pane_dead_signal}")
	if err != nil {
		return false, "", err
	}
	f := append(strings.Fields(out), "", "")
	return f[0] == "1" && f[1] != "", f[1], nil
}

// Until waits for the screen to be as wanted and gives it. When that has not
// come about within the deadline, the error shows the screen as it was.
func (s *Session) Until(deadline time.Duration, wanted func(screen string) bool) (string, error) {
	last := ""
	for end := time.Now().Add(deadline); ; time.Sleep(20 * time.Millisecond) {
		screen, err := s.Text()
		if err != nil {
			return last, err
		}
		if wanted(screen) {
			return screen, nil
		}
		if last = screen; time.Now().After(end) {
			return screen, fmt.Errorf("not seen within %v; the screen was:\n%s", deadline, Framed(screen))
		}
	}
}

// Still waits until the screen has not changed for a while, for pictures.
func (s *Session) Still(quiet, deadline time.Duration) error {
	before, since := "", time.Now()
	for end := time.Now().Add(deadline); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		screen, err := s.Styled()
		if err != nil {
			return err
		}
		if screen != before {
			before, since = screen, time.Now()
		} else if time.Since(since) >= quiet && strings.TrimSpace(screen) != "" {
			return nil
		}
	}
	return fmt.Errorf("the screen did not come to rest within %v:\n%s", deadline, Framed(before))
}

// Framed is a screen with a bar before each line, for messages.
func Framed(screen string) string {
	return "| " + strings.ReplaceAll(strings.TrimRight(screen, "\n"), "\n", "\n| ")
}

// tmux runs one command on the session's own socket.
func (s *Session) tmux(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "tmux", append([]string{"-u", "-L", "own"}, args...)...)
	cmd.Env = append(os.Environ(), "TMUX_TMPDIR="+s.folder, "TMUX=")
	out, err := cmd.Output()
	if err != nil {
		why := ""
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			why = strings.TrimSpace(string(exit.Stderr))
		}
		return "", fmt.Errorf("tmux %s: %w %s", args[0], err, why)
	}
	return string(out), nil
}
