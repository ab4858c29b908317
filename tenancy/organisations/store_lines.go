package organisations

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// LineView is a reporting line with both its ends. From is its first month, To the first month it no longer stands,
// nil while it is open.
type LineView struct {
	ID         uuid.UUID
	LowerID    int32
	LowerCode  string
	LowerName  string
	LowerKind  string
	LowerLevel string
	UpperID    int32
	UpperCode  string
	UpperName  string
	UpperKind  string
	UpperLevel string
	Figures    bool
	From       time.Time
	To         *time.Time
	StoppedAt  *time.Time
}

const selectLines = `
	select l.id, b.id as lower_id, b.code as lower_code, b.short_name as lower_name, b.kind as lower_kind, b.level as lower_level,
	       a.id as upper_id, a.code as upper_code, a.short_name as upper_name, a.kind as upper_kind, a.level as upper_level,
	       l.figures, l.valid_from as "from", nullif(l.valid_to, 'infinity') as "to", l.stopped_at
	from platform.lines l
	join platform.tenants b on b.id = l.lower
	join platform.tenants a on a.id = l.upper`

func listLines(ctx context.Context, q tenancy.Querier) ([]LineView, error) {
	return tenancy.Collect[LineView](ctx, q, selectLines+` where $1::int is not null order by b.code, a.code, l.valid_from`, q.Tenant())
}

func linesOf(ctx context.Context, q tenancy.Querier) ([]LineView, error) {
	return tenancy.Collect[LineView](ctx, q, selectLines+` where l.lower = $1 or l.upper = $1 order by b.code, a.code, l.valid_from`, q.Tenant())
}

func insertLine(ctx context.Context, tx *tenancy.Tx, l line) error {
	_, err := tx.Exec(ctx, `
		insert into platform.lines (id, lower, upper, figures, valid_from, opened_at) values ($1, $2, $3, $4, $5, $6)`,
		l.ID, l.Lower.ID, l.Upper.ID, l.Figures, l.From, tx.Now())
	return err
}

func closeLine(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, end time.Time) error {
	_, err := tx.Exec(ctx, `update platform.lines set valid_to = $2 where id = $1`, id, end)
	return err
}

func stopLine(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `update platform.lines set stopped_at = $2 where id = $1`, id, tx.Now())
	return err
}

// obstacles are what stands against a new line from its month on.
type obstacles struct {
	Same    bool // the two have a line already
	Watched bool // another unit sees the lower one's figures
	Circle  bool // a way leads from the upper unit to the lower one, in some month all of it at once
}

func findObstacles(ctx context.Context, tx *tenancy.Tx, l line) (obstacles, error) {
	return tenancy.Get[obstacles](ctx, tx, `
		with recursive way (unit, since, till) as (
			select $2::int, $4::date, 'infinity'::date
			union
			select n.upper, greatest(w.since, n.valid_from), least(w.till, n.valid_to)
			from way w join platform.lines n on n.lower = w.unit
			where greatest(w.since, n.valid_from) < least(w.till, n.valid_to)
		)
		select exists (select from platform.lines where lower = $1 and upper = $2 and valid_to > $4) as same,
		       $3 and exists (select from platform.lines where lower = $1 and figures and valid_to > $4) as watched,
		       exists (select from way where unit = $1) as circle`,
		l.Lower.ID, l.Upper.ID, l.Figures, l.From)
}

// rebuildClosure makes platform.closure what the lines say: for every way of figures lines, through which direct child of
// its upper end it leads, and in which months all of it stood at once. Rows that are right already are left alone.
func rebuildClosure(ctx context.Context, tx *tenancy.Tx) error {
	const way = `
		with recursive way (ancestor, child, descendant, depth, valid_from, valid_to) as (
			select upper, lower, lower, 1, valid_from, valid_to from platform.lines where figures and valid_from < valid_to
			union all
			select n.upper, n.lower, w.descendant, w.depth + 1, greatest(w.valid_from, n.valid_from), least(w.valid_to, n.valid_to)
			from way w join platform.lines n on n.lower = w.ancestor and n.figures
			where w.depth < $1 and greatest(w.valid_from, n.valid_from) < least(w.valid_to, n.valid_to)
		)`
	const deepest = 16 // far more than any country has; ends the recursion whatever the lines say
	_, err := tx.Exec(ctx, way+`
		delete from platform.closure c where not exists (
			select from way w where (w.ancestor, w.child, w.descendant, w.depth, w.valid_from, w.valid_to)
			                      = (c.ancestor, c.child, c.descendant, c.depth, c.valid_from, c.valid_to))`, deepest)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, way+`
		insert into platform.closure (ancestor, child, descendant, depth, valid_from, valid_to)
		select ancestor, child, descendant, depth, valid_from, valid_to from way
		except select ancestor, child, descendant, depth, valid_from, valid_to from platform.closure`, deepest)
	return err
}

// markStale asks the fold to rebuild the figures; where it has never run there is nothing to rebuild.
func markStale(ctx context.Context, tx *tenancy.Tx) error {
	_, err := tx.Exec(ctx, `update platform.watermark set stale = true where one = $1`, true)
	return err
}
