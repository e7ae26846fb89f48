package library

import (
	"testing"

	"chancery/model/query"
)

// ask reads a query.
func ask(t testing.TB, text string) *query.Query {
	t.Helper()
	q, err := query.Parse(text, query.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return q
}
