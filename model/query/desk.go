package query

import "slices"

// AsksDesk says whether a query asks for the reader's own work, so that its
// answer changes with that.
func AsksDesk(n Node) bool {
	switch n := n.(type) {
	case *And:
		return slices.ContainsFunc(n.Kids, AsksDesk)
	case *Or:
		return slices.ContainsFunc(n.Kids, AsksDesk)
	case *Not:
		return AsksDesk(n.Kid)
	case *Para:
		return AsksDesk(n.Kid)
	case *Field:
		info := fieldOf(n.Name)
		return info != nil && (info.Desk || slices.ContainsFunc(n.Values, func(v Value) bool { return slices.Contains(info.DeskWords, v.Text) }))
	}
	return false
}
