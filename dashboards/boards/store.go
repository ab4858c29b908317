package boards

import (
	"context"
	"encoding/json"
	"time"

	"shangda/dashboards/rollup"
	"shangda/tenancy"
)

// figures are sums by measure.
type figures map[string]int

// raw is what one statement tells of a board.
type raw struct {
	AsOf       time.Time `json:"as_of"`
	Seen       bool      `json:"seen"`
	Own        figures   `json:"own"`
	Tree       figures   `json:"tree"`
	Months     []rawPart `json:"months"`
	Categories []rawPart `json:"categories"`
	Units      []rawUnit `json:"units"`
}

type rawPart struct {
	Name    string  `json:"name"`
	Figures figures `json:"figures"`
}

type rawUnit struct {
	Code        string  `json:"code"`
	Name        string  `json:"name"`
	ShortName   string  `json:"short_name"`
	Kind        string  `json:"kind"`
	Party       string  `json:"party"`
	Class       string  `json:"class"`
	Division    string  `json:"division"`
	Basis       string  `json:"basis"`
	HasChildren bool    `json:"has_children"`
	Figures     figures `json:"figures"`
}

var (
	allSums  = rollup.Columns(rollup.Measures, "coalesce(sum(m.@), 0)::int as @")
	ownSums  = rollup.Columns(rollup.OwnMeasures, "coalesce(sum(m.@), 0)::int as @")
	treeSums = rollup.Columns(rollup.TreeMeasures, "coalesce(sum(m.@), 0)::int as @")
)

// Both boards take: $1 the viewer, $2 and $3 the period, $4 the first month of the trend, $5 whether only the viewer's
// own reports count as tree, $6 the unit looked at (the viewer, or one below), $7 whether units are ranked.

// mineSQL is the viewer's sums, by the direct children of the viewer.
var mineSQL = `
	with mine as materialized (
		select s.child, s.month, s.category, ` + rollup.Columns(rollup.Measures, "s.@") + `
		from sums s where s.tenant_id = $1::int and s.month >= least($2::date, $4::date) and s.month < $3::date
	), categorised as (
		select * from mine where month >= $2 and (not $5 or child = $1)
	)`

// underSQL is the viewer's sums of single units, by the direct children of a unit below: each unit and month is looked
// up by its key (offset 0 keeps it so), not found among all the viewer sees. Categories are kept only for the viewer's
// own children.
var underSQL = `
	with way as (
		select child, descendant, valid_from, valid_to from platform.closure where ancestor = $6::int
		union all select $6, $6, '-infinity', 'infinity'
	), month as (
		select m::date as month from generate_series(least($2::date, $4::date), $3::date - interval '1 month', interval '1 month') m
	), mine as materialized (
		select w.child, s.month, ` + rollup.Columns(rollup.Measures, "s.@") + `
		from way w join month m on m.month >= w.valid_from and m.month < w.valid_to,
		lateral (select * from unit_sums u where u.tenant_id = $1::int and u.month = m.month and u.unit = w.descendant offset 0) s
	), categorised as (
		select s.* from sums s where s.tenant_id = $1 and s.child = $6 and s.month >= $2 and s.month < $3
	)`

var boardSQL = `, tree as (
		select * from mine where not $5::bool or child = $1
	), below as (
		select distinct child as id from platform.closure
		where ancestor = $6::int and descendant = child and valid_from < $3 and valid_to > $2
	), unit as (
		select id, 'tree' as basis from below
		union all
		select id, 'own' from (
			(select lower as id from platform.lines where $6 = $1 and upper = $1 and valid_from < $3 and valid_to > $2
			 union select child from mine where $6 = $1 and child <> $1 and month >= $2)
			except select id from below) sender
	), ranked as (
		select u.id, u.basis, ` + allSums + ` from unit u left join mine m on m.child = u.id and m.month >= $2 where $7::bool group by u.id, u.basis
	)
	select json_build_object(
		'as_of', (select as_of from platform.watermark),
		'seen', $6 = $1 or exists (select from platform.closure where descendant = $6 and ancestor = $1 and valid_from < $3 and valid_to > $2),
		'own', (select to_json(f) from (select ` + ownSums + ` from mine m where month >= $2) f),
		'tree', (select to_json(f) from (select ` + treeSums + ` from tree m where month >= $2) f),
		'months', (select json_agg(json_build_object('name', to_char(month, 'YYYY-MM'), 'figures', to_jsonb(f) - 'month')) from (
			select m.month, ` + treeSums + ` from tree m where month >= $4 group by m.month) f),
		'categories', (select json_agg(json_build_object('name', category, 'figures', to_jsonb(f) - 'category')) from (
			select m.category, ` + treeSums + ` from categorised m group by m.category) f),
		'units', (
			select json_agg(json_build_object('code', t.code, 'name', t.name, 'short_name', t.short_name, 'kind', t.kind, 'party', t.party,
				'class', t.class, 'division', t.division, 'basis', f.basis, 'figures', to_jsonb(f) - 'id' - 'basis',
				'has_children', (
					select true from platform.closure c where c.ancestor = f.id and c.valid_from < $3 and c.valid_to > $2 order by c.child limit 1) is not null))
			from ranked f join platform.tenants t on t.id = f.id))`

var (
	wholeSQL  = mineSQL + boardSQL
	insideSQL = underSQL + boardSQL
)

// statement is the one statement of a board and its arguments.
func statement(viewer, root int32, q Query, now time.Time) (string, []any) {
	sql := wholeSQL
	if root != viewer {
		sql = insideSQL
	}
	tree := q.Scope == ScopeTree
	return sql, []any{viewer, q.Period.From, q.Period.To, q.Period.trendEnd(now).AddDate(-1, 0, 0), !tree, root, tree}
}

func load(ctx context.Context, q tenancy.Querier, root int32, query Query) (raw, error) {
	sql, args := statement(q.Tenant(), root, query, q.Now())
	text, err := tenancy.Scalar[[]byte](ctx, q, sql, args...)
	if err != nil {
		return raw{}, err
	}
	var r raw
	return r, json.Unmarshal(text, &r)
}
