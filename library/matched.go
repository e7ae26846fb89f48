package library

// matched is a set of rows for a part of a query.
type matched struct {
	set  bitset // those that may answer: no other does
	sure bitset // of set, those that are known to; nil when all are
}

func (m *matched) exact() bool { return m.sure == nil }

// certain gives the rows that are known to answer.
func (m *matched) certain() bitset {
	if m.sure == nil {
		return m.set
	}
	return m.sure
}

// and, or and turn change m; what is handed in stays.
func (m *matched) and(o matched) {
	if m.sure != nil || o.sure != nil {
		m.sure = m.certain().clone().and(o.certain())
	}
	m.set.and(o.set)
}

func (m *matched) or(o matched) {
	if m.sure != nil || o.sure != nil {
		m.sure = m.certain().clone().or(o.certain())
	}
	m.set.or(o.set)
}

// turn makes it the rows of all that do not answer.
func (m *matched) turn(all bitset) {
	may := all.clone().without(m.certain())
	if m.sure != nil {
		m.sure = all.clone().without(m.set)
	}
	m.set = may
}
