package library

import (
	"context"

	"chancery/model"
	"chancery/model/query"
)

// Facets counts nothing yet.
func (m *Memory) Facets(context.Context, *query.Query, []string, int) (model.Overview, error) {
	return model.Overview{}, nil
}

// Values knows none yet.
func (m *Memory) Values(context.Context, *query.Query, string, string, int) ([]model.FacetValue, error) {
	return nil, nil
}

// Links follows none yet.
func (m *Memory) Links(_ context.Context, id string) (model.Links, error) {
	return model.Links{ID: id}, nil
}

// Wanted knows none yet.
func (m *Memory) Wanted(context.Context, *query.Query, int) ([]model.Wanted, int, error) {
	return nil, 0, nil
}
