package tenancy

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shangda/internal/errs"
)

// Directory knows the tenants by id and by code. It keeps a copy in the process, renewed when older than a second or
// when something is not in it; what it says of a tenant's state is therefore at most that old.
type Directory struct {
	pool *pgxpool.Pool

	mu     sync.Mutex
	loaded time.Time
	byID   map[int32]Tenant
	byCode map[string]Tenant
}

// NewDirectory reads through the pool.
func NewDirectory(pool *pgxpool.Pool) *Directory { return &Directory{pool: pool} }

const directoryAge = time.Second

// ByID finds a tenant; a not-found error where there is none.
func (d *Directory) ByID(ctx context.Context, id int32) (Tenant, error) {
	return find(ctx, d, func() (Tenant, bool) { t, ok := d.byID[id]; return t, ok })
}

// ByCode finds a tenant by the code that stands in addresses.
func (d *Directory) ByCode(ctx context.Context, code string) (Tenant, error) {
	return find(ctx, d, func() (Tenant, bool) { t, ok := d.byCode[code]; return t, ok })
}

// All lists every tenant, by id.
func (d *Directory) All(ctx context.Context) ([]Tenant, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.load(ctx); err != nil {
		return nil, err
	}
	all := slices.Collect(maps.Values(d.byID))
	slices.SortFunc(all, func(a, b Tenant) int { return int(a.ID - b.ID) })
	return all, nil
}

func find(ctx context.Context, d *Directory, look func() (Tenant, bool)) (Tenant, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, ok := look()
	if !ok || time.Since(d.loaded) > directoryAge {
		if err := d.load(ctx); err != nil {
			return Tenant{}, err
		}
		t, ok = look()
	}
	if !ok {
		return Tenant{}, errs.Missing()
	}
	return t, nil
}

func (d *Directory) load(ctx context.Context) error {
	rows, err := d.pool.Query(ctx, `
		select id, code, name, short_name, kind, party, level, division, class, journal, state from platform.tenants`)
	if err != nil {
		return err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByName[Tenant])
	if err != nil {
		return err
	}
	d.byID, d.byCode = make(map[int32]Tenant, len(all)), make(map[string]Tenant, len(all))
	for _, t := range all {
		d.byID[t.ID], d.byCode[t.Code] = t, t
	}
	d.loaded = time.Now()
	return nil
}
