package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// scope says in which pane a command's keys mean it.
type scope uint16

const (
	inList scope = 1 << iota
	inReader
	inSide
	inRaw
	inOverview
	inChain
	inBrief
	inPassages
	inCompare
	anywhere   = inList | inReader | inSide | inRaw                                 // the panes
	everywhere = anywhere | inOverview | inChain | inBrief | inPassages | inCompare // and the views over them
)

// scopes are all of them, one by one.
func scopes() []scope {
	return []scope{inList, inReader, inSide, inRaw, inOverview, inChain, inBrief, inPassages, inCompare}
}

// call is how a command was asked for: with a count before its key, or with
// words after its name in the palette.
type call struct {
	count int // 0: none was given
	arg   string
}

// times is the count, or one.
func (c call) times() int { return max(1, c.count) }

// command is one thing that can be done. Dispatch, footer, help and palette
// are all read from this table, so they cannot disagree.
type command struct {
	name, title, group string
	scope              scope
	keys               []string // "j", "ctrl+d"; "z a" is a after z
	takes              string   // the argument's name in the palette, "" for none
	choices            func(*App) []string
	ready              func(*App) string // why it cannot be done now, "" when it can
	run                func(*App, call) tea.Cmd
}

// The groups of the help, in the order they stand there.
const (
	groupMove    = "Moving"
	groupRead    = "Reading"
	groupFind    = "Finding"
	groupJudge   = "Judging"
	groupView    = "The screen"
	groupOptions = "View options"
	groupDeskDo  = "Labels, notes, briefs"
	groupCopy    = "Copying"
	groupOther   = "Everything else"
)

func groups() []string {
	return []string{groupMove, groupRead, groupFind, groupJudge, groupDeskDo, groupCopy, groupView, groupOptions, groupOther}
}

// prefixes names the keys that begin a sequence.
func prefixes() map[string]string {
	return map[string]string{"z": "Fold", "-": "View options", "S": "Sort by", "y": "Copy"}
}

// commands is the table, by what they are for.
func commands() []command {
	return slices.Concat(moveCommands(), readCommands(), findCommands(), viewCommands(), otherCommands(), wholeCommands(), judgeCommands(), mineCommands())
}

func moveCommands() []command {
	return []command{
		{"down", "Next row, line or field", groupMove, everywhere, []string{"j", "down"}, "", nil, nil, moves(1)},
		{"up", "Previous row, line or field", groupMove, everywhere, []string{"k", "up"}, "", nil, nil, moves(-1)},
		{"half-down", "Half a page down", groupMove, everywhere, []string{"d", "ctrl+d"}, "", nil, nil, halves(1)},
		{"half-up", "Half a page up", groupMove, everywhere, []string{"u", "ctrl+u"}, "", nil, nil, halves(-1)},
		{"page-down", "Page down", groupMove, everywhere, []string{"f", "pgdown"}, "", nil, nil, halves(2)},
		{"page-up", "Page up", groupMove, everywhere, []string{"b", "pgup"}, "", nil, nil, halves(-2)},
		{"first", "First row or top; with a count, that row or paragraph", groupMove, everywhere, []string{"g", "home"}, "", nil, nil, (*App).first},
		{"last", "Last row or bottom", groupMove, everywhere, []string{"G", "end"}, "", nil, nil, (*App).last},
		{"next-paragraph", "Next paragraph", groupMove, inReader, []string{"}"}, "", nil, needCable, paragraphs(1)},
		{"previous-paragraph", "Previous paragraph", groupMove, inReader, []string{"{"}, "", nil, needCable, paragraphs(-1)},
		{"next-highest", "Next paragraph at the cable's highest marking", groupMove, inReader, []string{"]"}, "", nil, needHighest, highest(1)},
		{"previous-highest", "Previous such paragraph", groupMove, inReader, []string{"["}, "", nil, needHighest, highest(-1)},
		{"next-reference", "Next reference", groupMove, inReader, []string{")"}, "", nil, needCable, references(1)},
		{"previous-reference", "Previous reference", groupMove, inReader, []string{"("}, "", nil, needCable, references(-1)},
		{"next-section", "Next section of the details", groupMove, inSide, []string{"n"}, "", nil, needCable, sections(1)},
		{"previous-section", "Previous section of the details", groupMove, inSide, []string{"N"}, "", nil, needCable, sections(-1)},
		{"rest-right", "Push cut lines of a table to the left, to see their end", groupMove, inReader, []string{">"}, "", nil, needCable, pushes(1)},
		{"rest-left", "Push them back", groupMove, inReader, []string{"<"}, "", nil, needCable, pushes(-1)},
		{"para", "Go to the paragraph with this number", groupMove, anywhere, nil, "N", nil, needCable, (*App).goPara},
	}
}

func readCommands() []command {
	return []command{
		{"open", "Read the cable", groupRead, inList, []string{"enter"}, "", nil, needRow, (*App).openCable},
		{"follow", "Follow the reference under the cursor", groupRead, inReader, []string{"enter"}, "", nil, needCable, (*App).follow},
		{"unfold", "Follow a reference, unfold a group, or ask for the value", groupRead, inSide, []string{"enter"}, "", nil, needCable, (*App).unfold},
		{"read-on", "Page down; at the end, the next cable", groupRead, inReader, []string{"space"}, "", nil, needCable, (*App).readOn},
		{"next-cable", "Next cable of the list", groupRead, anywhere, []string{"J"}, "", nil, needRow, cables(1)},
		{"previous-cable", "Previous cable of the list", groupRead, anywhere, []string{"K"}, "", nil, needRow, cables(-1)},
		{"back", "Back to the cable read before", groupRead, everywhere, []string{"H", "backspace"}, "", nil, needPast, (*App).back},
		{"forward", "Forward again", groupRead, everywhere, []string{"L"}, "", nil, needFuture, (*App).forward},
		{"goto", "Go to the cable with this id, in any spelling", groupRead, everywhere, nil, "ID", nil, nil, (*App).goID},
		{"source", "Show the source as it is, every byte visible", groupRead, anywhere, []string{"o"}, "", nil, needRow, (*App).source},
		{"what", "What is this? TAG, post, caption, abbreviation", groupRead, everywhere, []string{"W"}, "TERM", nil, nil, (*App).what},
		{"where", "Where am I; on a detail: the line it was read from", groupRead, anywhere, []string{"="}, "", nil, nil, (*App).where},
	}
}

func findCommands() []command {
	return []command{
		{"query", "Ask the collection: edit the query", groupFind, everywhere, []string{`\`}, "QUERY", nil, nil, (*App).editQuery},
		{"query-list", "Ask the collection, as you type", groupFind, inList, []string{"/"}, "", nil, nil, (*App).editQuery},
		{"clear", "Show all cables again, without a query", groupFind, everywhere, nil, "", nil, needQuery, (*App).clearQuery},
		{"explain", "How the query was understood", groupFind, everywhere, nil, "", nil, needQuery, (*App).explain},
		{"saved", "Saved queries", groupFind, everywhere, []string{"B"}, "", nil, needSearches, (*App).savedQueries},
		{"save-query", "Give the query in force a name", groupFind, anywhere, nil, "NAME", nil, needSearchesAndQuery, (*App).saveQuery},
		{"rename-query", "Give a saved query another name", groupFind, anywhere, nil, "NAME NEW", (*App).searchNames, needSearches, (*App).renameQuery},
		{"delete-query", "Forget a saved query", groupFind, anywhere, nil, "NAME", (*App).searchNames, needSearches, (*App).deleteQuery},
		{"find", "Find in this cable", groupFind, inReader, []string{"/"}, "TEXT", nil, needCable, (*App).find},
		{"next-match", "Next match; past the last, the next cable with one", groupFind, inReader, []string{"n"}, "", nil, needWords, matches(1)},
		{"previous-match", "Previous match; before the first, the cable before", groupFind, inReader, []string{"N"}, "", nil, needWords, matches(-1)},
		{"only-matches", "Only paragraphs that match; again: all", groupFind, inReader, []string{"&"}, "", nil, needMatches, (*App).only},
	}
}

func viewCommands() []command {
	return []command{
		{"next-pane", "Next pane, or block of a view", groupView, everywhere, []string{"tab"}, "", nil, nil, panesOn(1)},
		{"previous-pane", "Previous pane, or block of a view", groupView, everywhere, []string{"shift+tab"}, "", nil, nil, panesOn(-1)},
		{"left", "Pane to the left; narrow: the list; in a chain: fold", groupView, everywhere, []string{"h", "left"}, "", nil, nil, (*App).left},
		{"right", "Pane to the right; narrow: open; in a chain: a step on", groupView, everywhere, []string{"l", "right"}, "", nil, nil, (*App).right},
		{"sidebar", "Show or hide the details", groupView, anywhere, []string{"i"}, "on/off", words("on", "off"), nil, (*App).toggleSide},
		{"reader", "Show or hide the reader beside the list", groupView, anywhere, []string{"p"}, "", nil, needRoom, (*App).beside},
		{"bigger", "This pane: normal, half, full", groupView, anywhere, []string{"+"}, "", nil, needRoom, zooms(1)},
		{"smaller", "The same backwards", groupView, anywhere, []string{"_"}, "", nil, needRoom, zooms(-1)},
		{"sort", "Sort the list by date, mark, from, subject, id, relevance", groupView, anywhere, nil, "KEY", words("date", "mark", "from", "subject", "id", "relevance"), nil, (*App).sort},
		{"sort-date", "Sort by date", groupView, inList, []string{"S d"}, "", nil, nil, sorted("date")},
		{"sort-mark", "Sort by marking", groupView, inList, []string{"S m"}, "", nil, nil, sorted("mark")},
		{"sort-from", "Sort by post", groupView, inList, []string{"S f"}, "", nil, nil, sorted("from")},
		{"sort-subject", "Sort by subject", groupView, inList, []string{"S s"}, "", nil, nil, sorted("subject")},
		{"sort-id", "Sort by id", groupView, inList, []string{"S i"}, "", nil, nil, sorted("id")},
		{"sort-relevance", "Sort by how well the query's words fit", groupView, inList, []string{"S r"}, "", nil, needTerms, sorted("relevance")},
		{"sort-reverse", "Turn the order round", groupView, inList, []string{"S -"}, "", nil, nil, (*App).turn},
		{"fold", "Open or fold what is folded here", groupView, inReader | inSide, []string{"z a"}, "", nil, needCable, (*App).foldHere},
		{"fold-all", "Fold all that is not the cable's text", groupView, inReader, []string{"z M"}, "", nil, needCable, folds(foldCloseAll, "all folded")},
		{"unfold-all", "Open all folds", groupView, inReader, []string{"z R"}, "", nil, needCable, folds(foldOpenAll, "all folds open")},

		{"header", "Header of the cable: none, brief, full", groupOptions, anywhere, []string{"- h"}, "", nil, needCable, options(optHeader)},
		{"as-sent", "As transmitted, or reflowed", groupOptions, anywhere, []string{"- u"}, "", nil, needCable, options(optSent)},
		{"numbers", "Paragraph numbers on or off", groupOptions, anywhere, []string{"- n"}, "", nil, needCable, options(optNumbers)},
		{"marks", "Portion marks: gutter, inline, both", groupOptions, anywhere, []string{"- m"}, "", nil, needCable, options(optMarks)},
		{"colours", "Colours on or off", groupOptions, everywhere, []string{"- c"}, "", nil, nil, (*App).colours},
		{"ascii", "ASCII only on or off", groupOptions, everywhere, []string{"- a"}, "", nil, nil, (*App).ascii},
		{"next-theme", "Next theme", groupOptions, everywhere, []string{"- t"}, "", nil, nil, (*App).nextTheme},
		{"theme", "Change the theme", groupOptions, everywhere, nil, "NAME", (*App).themeNames, nil, (*App).chooseTheme},
		{"mouse", "Mouse: scroll, full, off", groupOptions, everywhere, []string{"f2"}, "MODE", words("scroll", "full", "off"), nil, (*App).mouse},
	}
}

func otherCommands() []command {
	return []command{
		{"help", "Keys for this view", groupOther, everywhere, []string{"?", "f1"}, "WORD", nil, nil, (*App).help},
		{"palette", "Commands by name", groupOther, everywhere, []string{":", "ctrl+p"}, "", nil, nil, (*App).palette},
		{"cancel", "Cancel; clear what was found; never quits", groupOther, everywhere, []string{"esc"}, "", nil, nil, (*App).escape},
		{"close", "Close this view; at the list, quit", groupOther, everywhere, []string{"q"}, "", nil, nil, (*App).close},
		{"quit", "Quit from anywhere; your place is kept", groupOther, everywhere, []string{"Q"}, "", nil, nil, (*App).quit},
		{"redraw", "Draw the screen again", groupOther, everywhere, []string{"ctrl+l"}, "", nil, nil, (*App).redraw},
		{"suspend", "Suspend", groupOther, everywhere, []string{"ctrl+z"}, "", nil, localOnly, (*App).suspend},
		{"stop", "Stop what is running; twice: quit", groupOther, everywhere, []string{"ctrl+c"}, "", nil, nil, (*App).stop},
	}
}

// words are fixed choices of an argument.
func words(ws ...string) func(*App) []string {
	return func(*App) []string { return ws }
}

// keymap finds commands by key, for each scope, and by name.
type keymap struct {
	table  []command
	byName map[string]*command
	byKey  map[scope]map[string]*command
	begins map[scope]map[string]bool // keys that begin a sequence
}

func newKeymap() keymap {
	k := keymap{
		table: commands(), byName: map[string]*command{},
		byKey: map[scope]map[string]*command{}, begins: map[scope]map[string]bool{},
	}
	for _, s := range scopes() {
		k.byKey[s], k.begins[s] = map[string]*command{}, map[string]bool{}
	}
	for i := range k.table {
		c := &k.table[i]
		k.byName[c.name] = c
		for s, keys := range k.byKey {
			if c.scope&s == 0 {
				continue
			}
			for _, key := range c.keys {
				keys[key] = c
				if head, _, ok := strings.Cut(key, " "); ok {
					k.begins[s][head] = true
				}
			}
		}
	}
	return k
}

// keyName is a key as the screen writes it: C-d, S-Tab, PgDn, z a.
func keyName(key string) string {
	parts := strings.Split(key, " ")
	for i, p := range parts {
		if rest, ok := strings.CutPrefix(p, "ctrl+"); ok {
			parts[i] = "C-" + rest
			continue
		}
		switch p {
		case "shift+tab":
			p = "S-Tab"
		case "pgdown":
			p = "PgDn"
		case "pgup":
			p = "PgUp"
		case "enter", "space", "tab", "esc", "home", "end", "left", "right", "up", "down", "backspace", "f1", "f2":
			p = strings.ToUpper(p[:1]) + p[1:]
		}
		parts[i] = p
	}
	return strings.Join(parts, " ")
}

// keyNames lists the keys of a command.
func (c *command) keyNames() string {
	out := make([]string, len(c.keys))
	for i, k := range c.keys {
		out[i] = keyName(k)
	}
	return strings.Join(out, "  ")
}
