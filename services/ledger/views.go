package ledger

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// View is a way of looking at the ledger that somebody saved by name. Shared ones everybody of the unit sees.
type View struct {
	ID      uuid.UUID `json:"id"`
	Name    string    `json:"name"`
	Shared  bool      `json:"shared"`
	Own     bool      `json:"own"`
	By      string    `json:"by,omitempty"`
	Filter  Filter    `json:"filter"`
	Columns []string  `json:"columns"`
}

// NewView is a view to be saved; one of the caller's with that name is replaced.
type NewView struct {
	Name    string
	Shared  bool
	Filter  Filter
	Columns []string
}

const maxViewName = 20

func (n NewView) check() (NewView, error) {
	n.Name = documents.Line(n.Name)
	var faults errs.Fields
	if size := utf8.RuneCountInString(n.Name); size == 0 || size > maxViewName {
		faults.Add("name", "请填写名称，最多 %d 个字", maxViewName)
	}
	if documents.Marked(n.Name) || documents.Marked(n.Filter.Query) {
		faults.Add("name", "%s", documents.PaperOnlyText)
	}
	if _, err := chosen(n.Columns); err != nil {
		faults.Add("columns", "没有所选的列，或重复选择")
	}
	if err := n.Filter.check(); err != nil {
		faults.Add("filter", "筛选条件无效")
	}
	return n, faults.Err()
}

// Views are the caller's own and those shared in the unit, by name.
func (s *Service) Views(ctx context.Context) ([]View, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	return tenancy.Collect[View](ctx, q, `
		select v.id, v.name, v.shared, v.membership_id = $2 as own, m.name as by, v.filter, v.columns
		from ledger_views v join memberships m on m.tenant_id = v.tenant_id and m.id = v.membership_id
		where v.tenant_id = $1 and v.removed_at is null and (v.membership_id = $2 or v.shared) order by v.shared, v.name, v.id`,
		q.Tenant(), q.Principal().Membership)
}

// SaveView saves a view of the caller's. To share it with the unit needs the right to keep the ledger.
func (s *Service) SaveView(ctx context.Context, n NewView) (uuid.UUID, error) {
	n, err := n.check()
	if err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		right := authz.LedgerRead
		if n.Shared {
			right = authz.LedgerWrite
		}
		if err := authz.Check(tx.Principal(), right, object); err != nil {
			return err
		}
		me := tx.Principal().Membership
		if _, err := tx.Exec(ctx, `update ledger_views set removed_at = $4 where tenant_id = $1 and membership_id = $2 and name = $3 and removed_at is null`,
			tx.Tenant(), me, n.Name, tx.Now()); err != nil {
			return err
		}
		if n.Columns == nil {
			n.Columns = []string{}
		}
		tx.Record(tenancy.Event{Kind: "ledger.view_saved", Subject: tenancy.Subject{Kind: "ledger_view", ID: id}, Detail: map[string]any{"name": n.Name, "shared": n.Shared}})
		_, err := tx.Exec(ctx, `
			insert into ledger_views (tenant_id, id, membership_id, name, shared, filter, columns, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			tx.Tenant(), id, me, n.Name, n.Shared, n.Filter, n.Columns, tx.Now())
		return err
	})
}

// RemoveView takes a view of the caller's away.
func (s *Service) RemoveView(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.LedgerRead, object); err != nil {
			return err
		}
		owner, err := tenancy.Scalar[uuid.UUID](ctx, tx, `
			select membership_id from ledger_views where tenant_id = $1 and id = $2 and removed_at is null and (shared or membership_id = $3)`,
			tx.Tenant(), id, tx.Principal().Membership)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return errs.Missing()
		case err != nil:
			return err
		case owner != tx.Principal().Membership:
			return errs.New(errs.Forbidden, "只能删除自己保存的视图")
		}
		tx.Record(tenancy.Event{Kind: "ledger.view_removed", Subject: tenancy.Subject{Kind: "ledger_view", ID: id}})
		_, err = tx.Exec(ctx, `update ledger_views set removed_at = $3 where tenant_id = $1 and id = $2`, tx.Tenant(), id, tx.Now())
		return err
	})
}

// chosen are the columns of those names, in that order; all of them where none is named.
func chosen(names []string) ([]column, error) {
	if len(names) == 0 {
		return columns, nil
	}
	list := make([]column, 0, len(names))
	for i, name := range names {
		at := slices.IndexFunc(columns, func(c column) bool { return c.Key == name })
		if at < 0 || slices.Contains(names[:i], name) {
			return nil, errs.InvalidField("columns", "没有“%s”这一列，或重复选择", name)
		}
		list = append(list, columns[at])
	}
	return list, nil
}
