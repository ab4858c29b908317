// Package settings keeps what a tenant sets for itself, such as the limits of its texts or the words it uses.
//
// Each setting is a typed value that lives with its noun as a Kind; here is only how it is kept and changed. A tenant that
// has set nothing has the shipped value, and what a later version of the program adds to a value is the shipped one too.
package settings

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Kind is one setting. Name stands in the address and in the table; Title says in Chinese what is set. Default is the
// shipped value for a tenant; Check cleans a new value and names its faults, nil where every value will do.
type Kind[T any] struct {
	Name    string
	Title   string
	Default func(tenancy.Tenant) T
	Check   func(*T) error
}

// row is a setting as it is kept. Version 0 is the shipped value.
type row struct {
	Value   json.RawMessage
	Version int
}

// Get is the value in force.
func (k Kind[T]) Get(ctx context.Context, q tenancy.Querier) (T, error) {
	value, _, err := k.read(ctx, q)
	return value, err
}

func (k Kind[T]) read(ctx context.Context, q tenancy.Querier) (T, int, error) {
	value := k.Default(q.Principal().Tenant)
	r, err := tenancy.Get[row](ctx, q, `select value, version from settings where tenant_id = $1 and name = $2`, q.Tenant(), k.Name)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return value, 0, nil
	case err != nil:
		return value, 0, err
	}
	return value, r.Version, json.Unmarshal(r.Value, &value)
}

// Set puts a value in force, based on the version the caller read: Stale where somebody was faster, Invalid for what
// Check refuses.
func (k Kind[T]) Set(ctx context.Context, db *tenancy.DB, version int, value T) error {
	if k.Check != nil {
		if err := k.Check(&value); err != nil {
			return err
		}
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.SettingWrite); err != nil {
			return err
		}
		changed, err := put(ctx, tx, k.Name, text, version)
		if err != nil {
			return err
		}
		if !changed {
			return errs.New(errs.Stale, "“%s”已被他人修改，请刷新后重新设置", k.Title)
		}
		tx.Record(tenancy.Event{Kind: "setting.changed", Subject: k.subject(), Detail: map[string]string{"name": k.Name, "title": k.Title}})
		return nil
	})
}

// subject is the setting in events: its id follows from its name.
func (k Kind[T]) subject() tenancy.Subject {
	return tenancy.Subject{Kind: "setting", ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("setting:"+k.Name))}
}

// put writes the value where the version still stands.
func put(ctx context.Context, tx *tenancy.Tx, name string, value []byte, version int) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into settings as s (tenant_id, name, value, version, changed_by, changed_at)
		select $1, $2, $3, 1, $5, $6 where $4 = 0
		on conflict (tenant_id, name) do nothing`, tx.Tenant(), name, value, version, tx.Principal().Membership, tx.Now())
	if err != nil || version == 0 {
		return n == 1, err
	}
	n, err = tx.Exec(ctx, `
		update settings set value = $3, version = version + 1, changed_by = $5, changed_at = $6
		where tenant_id = $1 and name = $2 and version = $4`, tx.Tenant(), name, value, version, tx.Principal().Membership, tx.Now())
	return n == 1, err
}
