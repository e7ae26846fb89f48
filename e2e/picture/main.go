// Picture runs a program in a terminal, presses keys and draws the screen as
// an SVG file, for the manual:
//
//	go run ./e2e/picture -size 120x35 -keys "j j Enter" -o docs/reading.svg -- ./chancery PATH
//
// Keys are tmux names separated by blanks; "=word" is typed letter by letter.
// rsvg-convert makes a PNG of the result.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"chancery/e2e/terminal"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run() error {
	size := flag.String("size", "120x35", "columns x rows")
	keys := flag.String("keys", "", "keys to press, separated by blanks")
	out := flag.String("o", "", "SVG file to write (default: standard output)")
	env := flag.String("env", "", "environment of the program, NAME=VALUE separated by blanks")
	light := flag.Bool("light", false, "a terminal with dark letters on white")
	text := flag.Bool("text", false, "print the screen as text as well")
	wait := flag.Duration("wait", 400*time.Millisecond, "how long the screen must be still after each key")
	flag.Parse()
	if flag.NArg() == 0 {
		return fmt.Errorf("no command; say it after --")
	}
	var w, h int
	if _, err := fmt.Sscanf(*size, "%dx%d", &w, &h); err != nil || w < 1 || h < 1 {
		return fmt.Errorf("size %q is not like 120x35", *size)
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	s, err := terminal.Start(terminal.Options{Width: w, Height: h, Dir: dir, Env: strings.Fields(*env), Command: flag.Args()})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Still(*wait, 20*time.Second); err != nil {
		return err
	}
	for _, k := range strings.Fields(*keys) {
		if err := s.Press(k); err != nil {
			return err
		}
		if err := s.Still(*wait, 20*time.Second); err != nil {
			return err
		}
	}
	if *text {
		screen, err := s.Text()
		if err != nil {
			return err
		}
		fmt.Fprint(os.Stderr, screen)
	}
	screen, err := s.Styled()
	if err != nil {
		return err
	}
	p := paper{fg: "#d8d8d8", bg: "#1c1c1c"}
	if *light {
		p = paper{fg: "#1c1c1c", bg: "#ffffff"}
	}
	drawing := svg(grid(screen, w, h), p, "Screen of "+strings.Join(flag.Args(), " ")+" "+*keys)
	if *out == "" {
		_, err = os.Stdout.WriteString(drawing)
		return err
	}
	return os.WriteFile(*out, []byte(drawing), 0o644)
}
