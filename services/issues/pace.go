package issues

import (
	"context"

	"shangda/tenancy"
)

// Pace is how long reports took to reach their readers, from their submission to the release of their issue, by kind of journal:
// what a 直通车 is kept for is seen beside the ordinary queue (S02-10). An issue of several reports counts from the earliest;
// withdrawn ones do not count.
type Pace struct {
	Kind   string  `json:"kind" enum:"ordinary,special,express"`
	Issues int     `json:"issues" doc:"How many issues of the year are measured"`
	Median float64 `json:"median" doc:"Hours, half of the issues took no longer"`
	Most   float64 `json:"most" doc:"Hours of the slowest"`
}

// took is the hours from the earliest submission of an issue's reports, as they were printed, to its release.
const took = `(select extract(epoch from i.released_at - min((x->>'submitted_at')::timestamptz)) / 3600
	from jsonb_array_elements(convert_from(p.content, 'UTF8')::jsonb->'items') x where x->>'submitted_at' is not null)`

// Paces are those of the issues that were numbered in the year.
func (s *Service) Paces(ctx context.Context, year int) ([]Pace, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	return tenancy.Collect[Pace](ctx, q, `
		select kind, count(*)::int as issues, round(percentile_cont(0.5) within group (order by hours)::numeric, 1)::float8 as median, round(max(hours), 1)::float8 as most
		from (select j.kind, `+took+` as hours
		      from issues i join journals j on j.tenant_id = i.tenant_id and j.id = i.journal_id
		      join issue_prints p on p.tenant_id = i.tenant_id and p.issue_id = i.id
		      where i.tenant_id = $1 and i.year = $2 and i.state = 'released') measured
		where hours is not null group by kind order by array_position(array['express', 'special', 'ordinary'], kind)`, q.Tenant(), year)
}
