package ui

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// A key means one thing in a pane, and a key that begins a sequence means
// nothing by itself.
func TestNoKeyBoundTwice(t *testing.T) {
	for _, s := range scopes() {
		seen := map[string]string{}
		for _, c := range commands() {
			if c.scope&s == 0 {
				continue
			}
			for _, k := range c.keys {
				if other := seen[k]; other != "" {
					t.Errorf("in %s key %q is bound to both %s and %s", s, k, other, c.name)
				}
				seen[k] = c.name
			}
		}
		for k, name := range seen {
			if head, _, ok := strings.Cut(k, " "); ok && seen[head] != "" {
				t.Errorf("in %s key %q is bound to %s and begins the sequence of %s", s, head, seen[head], name)
			}
		}
	}
}

// Only these keys differ between panes; every other means the same wherever it
// means anything (keys-and-query B.1).
func TestOneKeyOneMeaning(t *testing.T) {
	differ := map[string]bool{"enter": true, "n": true, "N": true, "space": true, "/": true, "x": true, "J": true, "K": true}
	seen := map[string]string{}
	for _, c := range commands() {
		for _, k := range c.keys {
			if other := seen[k]; other != "" && !differ[k] {
				t.Errorf("key %q means both %s and %s", k, other, c.name)
			}
			seen[k] = c.name
		}
	}
}

func TestCommandsAreComplete(t *testing.T) {
	names, known := map[string]bool{}, map[string]bool{}
	for _, g := range groups() {
		known[g] = true
	}
	reserved := []string{"ctrl+s", "ctrl+q", "ctrl+b", "ctrl+a", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+[", "ctrl+^", "~"}
	for _, c := range commands() {
		switch {
		case names[c.name]:
			t.Errorf("two commands are called %s", c.name)
		case c.title == "" || strings.HasSuffix(c.title, "."):
			t.Errorf("%s needs a title without a full stop: %q", c.name, c.title)
		case !known[c.group]:
			t.Errorf("%s is in group %q, which the help does not show", c.name, c.group)
		case c.scope == 0 || c.run == nil:
			t.Errorf("%s can never be run", c.name)
		case strings.ContainsAny(c.name, " ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
			t.Errorf("%q is not a name to type", c.name)
		}
		names[c.name] = true
		for _, k := range c.keys {
			head, _, chord := strings.Cut(k, " ")
			if chord && prefixes()[head] == "" {
				t.Errorf("%s: nothing says what %q begins", c.name, head)
			}
			for _, r := range reserved {
				if k == r {
					t.Errorf("%s: %s belongs to terminals and multiplexers", c.name, k)
				}
			}
			if len(k) == 1 && k[0] >= '0' && k[0] <= '9' {
				t.Errorf("%s: digits are counts", c.name)
			}
		}
	}
}

// Every command is in the help of a pane in which it works, with its keys, and
// in the palette.
func TestHelpAndPaletteShowEveryCommand(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(3))), 120, 35)
		pages := map[scope]string{}
		for _, s := range scopes() {
			pages[s] = ansi.Strip(strings.Join(render(a.keys.markdown(s, "", 120), a.list.st, 120), "\n"))
		}
		for _, c := range commands() {
			s := inList
			for ; c.scope&s == 0; s <<= 1 {
			}
			lines := pages[s]
			if !strings.Contains(lines, ":"+c.name) || !strings.Contains(lines, c.title) {
				t.Errorf("the help of %s does not show %s", s, c.name)
			}
			for _, k := range c.keys {
				if !strings.Contains(lines, keyName(k)) {
					t.Errorf("the help of %s does not show key %s", s, k)
				}
			}
			p := &palette{}
			p.field.set(c.name)
			p.search(a)
			if len(p.found) == 0 || p.found[0].cmd.name != c.name {
				t.Errorf("the palette does not find %s by its name", c.name)
			}
		}
	})
}

// No command does harm when there is nothing to do it to: each says why or does
// nothing.
func TestCommandsWithoutCables(t *testing.T) {
	calmly(t, func(t *testing.T) {
		if testing.Short() {
			t.Skip("drawing alone: nothing in it runs beside anything else")
		}
		for _, size := range [][2]int{{80, 24}, {200, 50}, {1, 1}} {
			for _, c := range commands() {
				a := still(t, optionsFor(newFake(nil)), size[0], size[1])
				a.run(a.keys.byName[c.name], call{})
				a.settle()
				exactFrame(t, a, size[0], size[1], c.name)
			}
		}
	})
}

func TestDisabledCommandSaysWhy(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(3))), 80, 24)
		for key, why := range map[string]string{
			"H": "no cable was read before", "+": "narrower than 100", "p": "narrower than 100",
		} {
			give(a, keyMsg(key))
			if !strings.Contains(seen(a, 80, 24), why) {
				t.Errorf("%s does not say %q:\n%s", key, why, seen(a, 80, 24))
			}
		}
		o := optionsFor(newFake(nil))
		o.Local = false
		a = still(t, o, 80, 24)
		give(a, keyMsg("ctrl+z"))
		give(a, tea.WindowSizeMsg{Width: 80, Height: 24})
		if !strings.Contains(seen(a, 80, 24), "local screen only") {
			t.Error("suspending is not refused on a served screen")
		}
		give(a, keyMsg("enter"))
		if !strings.Contains(seen(a, 80, 24), "there is no cable") {
			t.Errorf("Enter on an empty list says nothing:\n%s", seen(a, 80, 24))
		}
	})
}

func TestFooterShowsAtMostEightKeysThatApply(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(40))), 200, 50)
		for _, p := range []pane{listPane, readerPane, sidePane} {
			a.enter(p)
			hs := a.hints()
			if len(hs) > 8 {
				t.Errorf("%d keys in the footer of pane %d", len(hs), p)
			}
			if last := hs[len(hs)-1]; last.key != "?" {
				t.Errorf("the footer of pane %d ends with %s, not with the key for help", p, last.key)
			}
		}
		a = still(t, optionsFor(newFake(made(40))), 40, 10)
		if line := strings.Split(seen(a, 40, 10), "\n")[9]; !strings.Contains(line, "? keys") || !strings.Contains(line, "Enter read") {
			t.Errorf("the narrow footer is %q", line)
		}
	})
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	good := optionsFor(newFake(nil))
	for what, spoil := range map[string]func(*Options){
		"library": func(o *Options) { o.Library = nil },
		"themes":  func(o *Options) { o.Themes = nil },
		"mouse":   func(o *Options) { o.Mouse = 9 },
		"no-such": func(o *Options) { o.Theme = "no-such" },
	} {
		o := good
		o.Context = context.Background()
		spoil(&o)
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("without %s: %v", what, err)
		}
	}
}

// However narrow the screen, the help cuts nothing off: it wraps.
func TestHelpIsWholeOnNarrowScreens(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(3))), 40, 10)
		for _, w := range []int{40, 60, 64, 80, 97, 98, 120} {
			for _, line := range render(a.keys.markdown(inReader, "", w), a.list.st, w) {
				if strings.Contains(line, "…") || ansi.StringWidth(line) != w {
					t.Errorf("at %d columns: %q", w, ansi.Strip(line))
				}
			}
		}
	})
}
