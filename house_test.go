package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The rules of the house that the compiler does not keep. Each is a function
// from a file to what it does wrong; TestHouse runs them over every file,
// TestHouseRules shows that each of them bites.

// may says which of our packages a package may import, outside tests. The
// bytes become a cable, the cable a collection, the collection a screen: data
// flows one way.
func may() map[string][]string {
	return map[string][]string{
		"main":           {"*"},
		"cli":            {"*"},
		"serve":          {"ui"},
		"ui":             {"model", "model/glossary", "model/safe", "model/query", "model/export", "themes"},
		"library":        {"parser/source", "parser", "model", "model/query", "model/glossary"},
		"library/desk":   {"model"},
		"parser/source":  {"parser", "model"},
		"parser":         {"model", "model/glossary"},
		"model":          {"model"},
		"model/glossary": {"model"},
		"model/safe":     {"model"},
		"model/query":    {"model", "model/safe"},
		"model/export":   {"model", "model/safe", "model/glossary"},
		"themes":         {},

		"parser/source/sample": {},
	}
}

// only says which packages may import what is not ours, outside tests: path
// begins, then packages.
func only() map[string][]string {
	screen := []string{"ui", "serve", "cli"}
	return map[string][]string{
		"charm.land/":                   screen,
		"charm.land/wish":               {"serve"},
		"charm.land/ssh":                {"serve"},
		"golang.org/x/crypto/ssh":       {"serve"},
		"github.com/charmbracelet/":     screen,
		"github.com/muesli/":            screen,
		"golang.org/x/term":             screen,
		"github.com/spf13/":             {"cli"},
		"modernc.org/":                  {"library"},
		"database/sql":                  {"library"},
		"charm.land/lipgloss/v2/compat": {},
	}
}

// where says in which files alone something may be named, outside tests: a
// package's path and name, then how the files' names begin.
func where() map[string][]string {
	return map[string][]string{
		"os.Exit":                                    {"main.go"},
		"charm.land/lipgloss/v2.NewStyle":            {"ui/styles.go", "cli/colour.go"}, // one file for the screen, one for what is printed
		"charm.land/bubbletea/v2.ReadClipboard":      {},                                // we never ask for the clipboard
		"charm.land/bubbletea/v2.WithoutCatchPanics": {},                                // one session's panic would end all
		"time.Now":   {"cli/", "library/", "serve/"}, // elsewhere the clock is handed in
		"time.Sleep": {"cli/", "library/", "serve/"},
	}
}

// forTests says whether a package is there for tests and tools alone: what
// drives a real terminal and draws pictures of it, and the suite that every
// collection and every desk, the made-up ones of tests too, must pass.
func forTests(pkg string) bool {
	return pkg == "e2e" || strings.HasPrefix(pkg, "e2e/") || pkg == "library/contract" || pkg == "library/desk/desktest"
}

// goFile is a file of ours as it was read.
type goFile struct {
	name string // with the folder, slashes
	pkg  string // folder of the package, "main" at the root
	test bool   // a test, or of a package that is only there for tests
	set  *token.FileSet
	tree *ast.File
	text []byte
}

// read parses a file.
func readGo(t *testing.T, name string, text []byte) goFile {
	t.Helper()
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, name, text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	pkg := path.Dir(name)
	if pkg == "." {
		pkg = "main"
	}
	return goFile{name, pkg, strings.HasSuffix(name, "_test.go") || forTests(pkg), set, tree, text}
}

// at is an offence with its place.
func (f goFile) at(n ast.Node, format string, a ...any) string {
	return fmt.Sprintf("%s:%d: %s", f.name, f.line(n.Pos()), fmt.Sprintf(format, a...))
}

func (f goFile) line(p token.Pos) int { return f.set.Position(p).Line }

// importsOf gives the paths a file imports, by the name they have in it. A
// version at the end of a path is no name.
func (f goFile) importsOf() map[string]string {
	version := regexp.MustCompile(`^v[0-9]+$`)
	out := map[string]string{}
	for _, i := range f.tree.Imports {
		p := strings.Trim(i.Path.Value, `"`)
		name := path.Base(p)
		if version.MatchString(name) {
			name = path.Base(path.Dir(p))
		}
		if name == "bubbletea" {
			name = "tea"
		}
		if i.Name != nil {
			name = i.Name.Name
		}
		out[name] = p
	}
	return out
}

// importRule: a package imports only what the plan of the house lets it.
func importRule(f goFile) (wrong []string) {
	allowed, known := may()[f.pkg]
	if !known && !forTests(f.pkg) {
		return []string{fmt.Sprintf("%s: package %s has no place in the plan of the house", f.name, f.pkg)}
	}
	for _, i := range f.tree.Imports {
		p := strings.Trim(i.Path.Value, `"`)
		ours, isOurs := strings.CutPrefix(p, "chancery/")
		switch {
		case f.test:
			if f.pkg == "ui" && isOurs && notForTestsOfUI(ours) {
				wrong = append(wrong, f.at(i, "tests of ui use a library made up for them, not %s", p))
			}
		case isOurs:
			if forTests(ours) || !slices.Contains(allowed, ours) && !slices.Contains(allowed, "*") {
				wrong = append(wrong, f.at(i, "%s may not import %s", f.pkg, p))
			}
		case (f.pkg == "model" || strings.HasPrefix(f.pkg, "model/") || f.pkg == "parser") && strings.Contains(strings.Split(p, "/")[0], "."):
			wrong = append(wrong, f.at(i, "%s has only the standard library, not %s", f.pkg, p))
		case f.pkg == "parser" && p == "regexp":
			wrong = append(wrong, f.at(i, "the parser reads by hand, in linear time, not with %s", p))
		default:
			wrong = append(wrong, f.foreign(i, p)...)
		}
	}
	return wrong
}

// notForTestsOfUI: the screen is tested with a made-up library, which passes
// the same suite as the real one.
func notForTestsOfUI(ours string) bool {
	room, _, _ := strings.Cut(ours, "/")
	return (room == "library" || room == "parser") && !forTests(ours)
}

// foreign judges the import of something that is not ours, by the longest
// path that says something of it.
func (f goFile) foreign(i *ast.ImportSpec, p string) []string {
	longest, packages := "", []string(nil)
	for begin, who := range only() {
		if (p == begin || strings.HasPrefix(p, strings.TrimSuffix(begin, "/")+"/")) && len(begin) > len(longest) {
			longest, packages = begin, who
		}
	}
	if longest == "" || slices.Contains(packages, f.pkg) {
		return nil
	}
	return []string{f.at(i, "%s may not import %s", f.pkg, p)}
}

// namesRule: some things are named in one place, or in none.
func namesRule(f goFile) (wrong []string) {
	if f.test {
		return nil
	}
	imports := f.importsOf()
	ast.Inspect(f.tree, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := s.X.(*ast.Ident)
		if !ok {
			return true
		}
		if files, ok := where()[imports[x.Name]+"."+s.Sel.Name]; ok && !slices.ContainsFunc(files, func(w string) bool { return strings.HasPrefix(f.name, w) }) {
			wrong = append(wrong, f.at(s, "%s.%s does not belong here", x.Name, s.Sel.Name))
		}
		return true
	})
	return wrong
}

// stateRule: ui and themes keep nothing in package variables but errors and
// embedded files, so that sessions cannot meet; and ui starts no goroutine,
// since what waits is a command.
func stateRule(f goFile) (wrong []string) {
	if f.test || f.pkg != "ui" && f.pkg != "themes" {
		return nil
	}
	for _, d := range f.tree.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if !embedded(g.Doc) && !embedded(v.Doc) && !isError(v) && v.Names[0].Name != "_" {
				wrong = append(wrong, f.at(v, "%s is a package variable", v.Names[0].Name))
			}
		}
	}
	ast.Inspect(f.tree, func(n ast.Node) bool {
		if g, ok := n.(*ast.GoStmt); ok {
			wrong = append(wrong, f.at(g, "a goroutine that the framework does not know"))
		}
		return true
	})
	return wrong
}

// embedded says whether a declaration takes a file into the binary.
func embedded(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
}

// isError says whether a variable is an error made once and for all.
func isError(v *ast.ValueSpec) bool {
	if len(v.Values) != 1 {
		return false
	}
	call, ok := v.Values[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := call.Fun.(*ast.SelectorExpr)
	return ok && (s.Sel.Name == "New" || s.Sel.Name == "Errorf") && strings.HasPrefix(strings.ToLower(v.Names[0].Name), "err")
}

const (
	longestFile     = 450 // lines
	longestFunction = 70  // lines outside tables
)

// lengthRule: a file tells one story, a function does one thing. Lines of a
// table (a literal, a switch of short arms) do not count for a function.
func lengthRule(f goFile) (wrong []string) {
	if n := bytes.Count(f.text, []byte("\n")); n > longestFile {
		wrong = append(wrong, fmt.Sprintf("%s: longer than %d lines: %d", f.name, longestFile, n))
	}
	for _, d := range f.tree.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		if n := f.span(fn) - f.tables(fn.Body); n > longestFunction {
			wrong = append(wrong, f.at(fn, "%s has %d lines outside its tables, want %d or fewer", fn.Name.Name, n, longestFunction))
		}
	}
	return wrong
}

func (f goFile) span(n ast.Node) int { return f.line(n.End()) - f.line(n.Pos()) + 1 }

// tables counts the lines of the tables within a function.
func (f goFile) tables(body ast.Node) int {
	lines := 0
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			lines += f.span(n)
			return false
		case *ast.SwitchStmt:
			if f.short(n.Body) {
				lines += f.span(n)
				return false
			}
		case *ast.TypeSwitchStmt:
			if f.short(n.Body) {
				lines += f.span(n)
				return false
			}
		}
		return true
	})
	return lines
}

// short says whether the arms of a switch are of three lines at most.
func (f goFile) short(arms *ast.BlockStmt) bool {
	return !slices.ContainsFunc(arms.List, func(a ast.Stmt) bool {
		body := a.(*ast.CaseClause).Body
		return len(body) > 0 && f.line(body[len(body)-1].End())-f.line(body[0].Pos())+1 > 3
	})
}

// wordsRule: names are words of the field, the program never says that a date
// alone has declassified anything, and names no folder that is not the user's.
func wordsRule(f goFile) (wrong []string) {
	for _, word := range []string{"helper", "util", "common", "manager"} {
		if strings.Contains(path.Base(f.name), word) || strings.Contains(f.tree.Name.Name, word) {
			wrong = append(wrong, fmt.Sprintf("%s: %q says nothing of the field", f.name, word))
		}
	}
	if f.test {
		return wrong
	}
	ast.Inspect(f.tree, func(n ast.Node) bool {
		s, ok := n.(*ast.BasicLit)
		if ok && strings.HasPrefix(s.Value, `"/tmp`) {
			wrong = append(wrong, f.at(s, "%s: nothing is written to a place of nobody's choice", s.Value))
		}
		if ok && s.Kind == token.STRING && strings.Contains(strings.ToLower(s.Value), "declassified on") {
			wrong = append(wrong, f.at(s, "says %q: a date alone declassifies nothing, it is marked for declassification", "declassified on"))
		}
		return true
	})
	return wrong
}

// rules are all of them.
func rules() []func(goFile) []string {
	return []func(goFile) []string{importRule, namesRule, stateRule, lengthRule, wordsRule}
}

// known are the offences that stood when their rule was written. Nothing is
// added here; one that is gone is struck off.
func known() []string {
	return nil
}

func TestHouse(t *testing.T) {
	place := regexp.MustCompile(`:[0-9]+: `)
	left := known()
	files := 0
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		f := readGo(t, name, text)
		for _, rule := range rules() {
			for _, wrong := range rule(f) {
				bare := place.ReplaceAllString(wrong, ": ")
				if i := slices.IndexFunc(left, func(k string) bool { return strings.HasPrefix(bare, k) }); i >= 0 {
					left = slices.Delete(left, i, i+1)
					continue
				}
				t.Error(wrong)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range left {
		t.Errorf("strike off the known offence, it is gone: %s", gone)
	}
	if files < 20 {
		t.Errorf("only %d files were looked at", files)
	}
}

func TestHouseRules(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("\tx++\n", n) }
	arms := strings.Repeat("\tcase 1:\n\t\tx++\n", 60)
	for _, c := range []struct{ name, text, want string }{
		{"ui/a.go", "package ui\nimport _ \"chancery/library\"", "ui may not import chancery/library"},
		{"ui/a_test.go", "package ui\nimport _ \"chancery/parser/source\"", "tests of ui use a library made up for them"},
		{"ui/a_test.go", "package ui\nimport _ \"chancery/library/contract\"", ""},
		{"ui/a.go", "package ui\nimport _ \"chancery/model/safe\"", ""},
		{"parser/a.go", "package parser\nimport _ \"chancery/parser/source\"", "parser may not import"},
		{"parser/a.go", "package parser\nimport _ \"regexp\"", "the parser reads by hand"},
		{"parser/a.go", "package parser\nimport _ \"golang.org/x/text/width\"", "parser has only the standard library"},
		{"model/id.go", "package model\nimport _ \"chancery/parser\"", "model may not import"},
		{"themes/a.go", "package themes\nimport _ \"chancery/model\"", "themes may not import"},
		{"themes/a.go", "package themes\nimport _ \"charm.land/lipgloss/v2\"", "themes may not import"},
		{"cli/a.go", "package cli\nimport _ \"charm.land/bubbletea/v2\"", ""},
		{"cli/a.go", "package cli\nimport _ \"charm.land/wish/v2\"", "cli may not import"},
		{"ui/a.go", "package ui\nimport _ \"charm.land/lipgloss/v2/compat\"", "ui may not import"},
		{"library/a.go", "package library\nimport _ \"database/sql\"", ""},
		{"ui/a.go", "package ui\nimport _ \"database/sql\"", "ui may not import"},
		{"cli/a.go", "package cli\nimport _ \"chancery/e2e/terminal\"", "cli may not import"},
		{"e2e/terminal/a.go", "package terminal\nimport \"time\"\nfunc f() { time.Now() }", ""},
		{"attic/a.go", "package attic", "has no place in the plan"},
		{"cli/a.go", "package cli\nimport \"os\"\nfunc f() { os.Exit(1) }", "os.Exit does not belong here"},
		{"main.go", "package main\nimport \"os\"\nfunc main() { os.Exit(1) }", ""},
		{"ui/a.go", "package ui\nimport \"charm.land/lipgloss/v2\"\nfunc f() { lipgloss.NewStyle() }", "lipgloss.NewStyle does not belong here"},
		{"cli/list.go", "package cli\nimport \"charm.land/lipgloss/v2\"\nfunc f() { lipgloss.NewStyle() }", "lipgloss.NewStyle does not belong here"},
		{"cli/colour.go", "package cli\nimport \"charm.land/lipgloss/v2\"\nfunc f() { lipgloss.NewStyle() }", ""},
		{"ui/styles.go", "package ui\nimport lg \"charm.land/lipgloss/v2\"\nfunc f() { lg.NewStyle() }", ""},
		{"ui/a.go", "package ui\nimport tea \"charm.land/bubbletea/v2\"\nfunc f() { tea.ReadClipboard() }", "tea.ReadClipboard does not"},
		{"ui/a.go", "package ui\nimport \"time\"\nfunc f() { time.Now() }", "time.Now does not belong here"},
		{"cli/a.go", "package cli\nimport \"time\"\nfunc f() { time.Now() }", ""},
		{"ui/a.go", "package ui\nvar cache = map[string]int{}", "cache is a package variable"},
		{"ui/a.go", "package ui\nvar (\n\terrGone = errors.New(\"gone\")\n\t_ tea.Model = (*App)(nil)\n)", ""},
		{"themes/a.go", "package themes\n//go:embed *.toml\nvar files embed.FS", ""},
		{"model/a.go", "package model\nvar table = map[string]int{}", ""},
		{"ui/a.go", "package ui\nfunc f() { go f() }", "a goroutine"},
		{"cli/a.go", "package cli\nfunc f() {\n" + lines(68) + "}\n", ""},
		{"cli/a.go", "package cli\nfunc f() {\n" + lines(69) + "}\n", "f has 71 lines"},
		{"cli/a.go", "package cli\nvar x = []int{\n" + strings.Repeat("\t1,\n", 447) + "}\n", ""},
		{"cli/a.go", "package cli\nvar x = []int{\n" + strings.Repeat("\t1,\n", 448) + "}\n", "longer than 450 lines: 451"},
		{"cli/a.go", "package cli\nfunc f() {\n\tswitch x {\n" + arms + "\t}\n" + lines(60) + "}\n", ""},
		{"cli/a.go", "package cli\nfunc f() {\n\tswitch x {\n" + arms + "\tcase 2:\n" + lines(4) + "\t}\n}\n", "f has 129 lines"},
		{"cli/a.go", "package cli\nfunc f() {\n\ty := []int{\n" + strings.Repeat("\t\t1,\n", 90) + "\t}\n}\n", ""},
		{"cli/helpers.go", "package cli", "says nothing of the field"},
		{"cli/a.go", "package cliutil", "says nothing of the field"},
		{"ui/a.go", "package ui\nconst s = \"Declassified on 2017\"", "a date alone declassifies nothing"},
		{"ui/a_test.go", "package ui\nconst s = \"declassified on\"", ""},
		{"library/a.go", "package library\nconst s = \"/tmp/log\"", "a place of nobody's choice"},
	} {
		var got []string
		for _, rule := range rules() {
			got = append(got, rule(readGo(t, c.name, []byte(c.text)))...)
		}
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("%s\n%.120s\n got %q\nwant %q", c.name, c.text, got, c.want)
		}
	}
}
