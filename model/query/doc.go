package query

import (
	"time"

	"chancery/model"
)

// Doc is a cable as a query sees it: what each field is compared with. It is
// made from a cable alone, but for what only a collection knows.
type Doc struct {
	ID        string
	Date      time.Time     // zero when it is not known: no date condition holds
	Mark      model.Marking // class: of the cable's own line, captions taken in; zero when it has none
	Origin    []string      // origin: the sender in short and whole, the post of the id
	To, Info  []string      // action and information addressees, as the envelope names them
	Countries []string      // country: of the post, and of the country TAGS by the cable's date
	Tags      []string
	Caveats   []string // caveat: captions, and controls of the line and of the portions
	Declas    time.Time
	Cites     []string // ids
	Subject   string
	Paras     []Paragraph
	By, Sign  string // who classified it, who signed
	Words     int    // of subject and text
	File      string // path of the source, and name within an archive
	Missing   []string
	Is        []string // broken partial duplicate new; what the reader made of it
	Has       []string // ref table redaction unknown-mark attachment-line; note label

	Notes, Labels []string // the reader's own, where Options.Desk lets a query ask for them

	CitedBy func(id string) bool // the cable with this id cites this one; nil: none does
	Thread  func(id string) bool // both stand in one chain of references: this one is that one, or leads back to it, or that one leads back here
}

// Paragraph is a block of the text with its marking.
type Paragraph struct {
	Mark model.Marking
	Text string
}
