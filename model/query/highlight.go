package query

import "chancery/model"

// lights is what of a query is shown in a text.
type lights struct{}

func lightsOf(Node) *lights { return nil }

// Highlight gives the places of a text that the terms of the query match, in
// order, none overlapping; what a NOT forbids is not marked.
func (q *Query) Highlight(text string) []model.Span { return nil }
