package library

// places finds where a run stands: where the first of its words does. Of rows,
// where it is not nil, no other is looked at. What it gives is good until the
// reader leaves.
func (r *wordReader) places(steps []step, column string, rows bitset) (*placed, error) {
	p := r.room()
	if len(steps) == 0 {
		return p, nil
	}
	if err := r.begin(p, steps[0], column, rows); err != nil {
		return nil, err
	}
	for _, s := range steps[1:] {
		if len(p.keys) == 0 {
			break
		}
		p.unmark()
		at := 0
		err := r.step(s, func(key int, places []byte) {
			if at = p.find(at, key); at < len(p.keys) && int(p.keys[at]) == key {
				p.mark(at, places, s.k)
			}
		})
		if err != nil {
			return nil, err
		}
		p.keep()
	}
	return p, nil
}

// begin finds where a run may stand by one of its words.
func (r *wordReader) begin(p *placed, s step, column string, rows bitset) error {
	rising := true
	err := r.step(s, func(key int, places []byte) {
		if rows != nil && !rows.has(key-1) {
			return
		}
		if n := len(p.keys); n > 0 && int(p.keys[n-1]) >= key { // of another word or segment
			rising = false
		}
		p.add(key, appendStarts(p.at, places, s.k, column))
	})
	if err == nil && !rising {
		p.arrange(r.room())
	}
	return err
}
