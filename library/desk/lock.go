package desk

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// holder is who writes on a desk, for the others to read. It stands in a file
// of its own: on some systems a locked file cannot be read.
type holder struct {
	Process int       `json:"process"`
	Host    string    `json:"host"`
	Since   time.Time `json:"since"`
}

// take takes the lock, if nobody else has it.
func (d *Desk) take() error {
	if d.unlock != nil {
		return nil
	}
	d.asked = time.Now()
	if err := d.files.prepare(); err != nil {
		return fmt.Errorf("make the folder of the desk: %w", err)
	}
	unlock, ok, err := d.files.lock()
	if err != nil {
		return fmt.Errorf("lock the desk: %w", err)
	}
	if !ok {
		return ErrHeld
	}
	d.unlock = unlock
	host, _ := os.Hostname()
	if text, err := json.Marshal(holder{os.Getpid(), host, d.now()}); err == nil {
		_ = d.tell(append(text, '\n')) // who cannot read it still sees that the desk is held
	}
	return nil
}

// tell says who holds the desk.
func (d *Desk) tell(text []byte) error {
	f, err := d.files.create(holderName)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(text)
	return err
}

// leave gives the lock back.
func (d *Desk) leave() error {
	if d.unlock == nil {
		return nil
	}
	_ = d.tell(nil)
	unlock := d.unlock
	d.unlock = nil
	return unlock()
}

// heldBy says who holds the desk, for a person.
func (d *Desk) heldBy() string {
	text, err := d.files.read(holderName)
	var h holder
	if err != nil || json.Unmarshal(text, &h) != nil {
		return "another chancery"
	}
	since := h.Since.Local()
	when := since.Format("15:04")
	if now := d.now().Local(); now.YearDay() != since.YearDay() || now.Year() != since.Year() {
		when = since.Format("2006-01-02 15:04")
	}
	return fmt.Sprintf("another chancery (process %d on %s, since %s)", h.Process, h.Host, when)
}
