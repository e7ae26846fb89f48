package themes_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"chancery/model"
	"chancery/themes"
)

// The numbers of the levels are those of the model: each level is drawn in
// the role that has its name.
func TestRolesOfLevels(t *testing.T) {
	names := map[model.Level]string{
		model.LevelUnknown: "unknown", model.Unclassified: "unclassified", model.Sensitive: "sensitive", model.Restricted: "restricted",
		model.Confidential: "confidential", model.Secret: "secret", model.TopSecret: "topsecret", model.TopSecret + 1: "unknown",
	}
	for level, name := range names {
		if got := themes.Mark(int(level)); got != themes.Role("mark."+name) {
			t.Errorf("a paragraph of level %q is drawn as %s", level, got)
		}
		if got := themes.Banner(int(level)); got != themes.Role("banner."+name) {
			t.Errorf("a banner of level %q is drawn as %s", level, got)
		}
	}
	if got := themes.Mark(-1); got != themes.MarkUnknown {
		t.Errorf("no level at all is drawn as %s", got)
	}
	for _, r := range themes.Roles() {
		if kind, name, _ := strings.Cut(string(r), "."); (kind == "mark" || kind == "banner") && !slices.Contains(slices.Collect(maps.Values(names)), name) {
			t.Errorf("no level is drawn as %s", r)
		}
	}
}
