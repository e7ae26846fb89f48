package glossary_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"chancery/model/glossary"
)

// Nearly every TAG of the labelled cables has a meaning (cable-format 10 counts 97.6 % sure).
func TestGoldTagsHaveMeanings(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "gold", "hand.jsonl"))
	if err != nil {
		if os.Getenv("CHANCERY_MUST") == "1" {
			t.Fatal(err)
		}
		t.Skip("the labelled data is not here: ", err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 8<<20)
	explained, of := 0, 0
	for s.Scan() {
		var c struct {
			DTG  string
			Tags []string
		}
		if err := json.Unmarshal(s.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		at, _ := time.Parse(time.RFC3339, c.DTG)
		for _, tag := range c.Tags {
			of++
			if _, ok := glossary.Tag(tag, at); ok {
				explained++
			} else {
				t.Logf("no meaning: %q", tag)
			}
		}
	}
	t.Logf("%d of %d", explained, of)
	if of == 0 || explained*100 < 95*of {
		t.Errorf("%d of %d TAGS have a meaning", explained, of)
	}
}
