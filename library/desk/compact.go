package desk

// compactIfWorth compacts the journal if it has grown enough for that.
func (d *Desk) compactIfWorth() {}
