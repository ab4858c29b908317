package issues

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"shangda/internal/errs"
	"shangda/tenancy"
)

type journalRow struct {
	ID                                     uuid.UUID
	Name, Kind                             string
	Head                                   Head
	ReportTo, SendTo, IssueTo, Scope       string
	Copies, StartYear, StartNo, StartTotal int
	TemplateID                             *uuid.UUID
	Active                                 bool
	Version, LastNo, LastTotal             int
}

func (r journalRow) journal(year int) Journal {
	j := Journal{ID: r.ID, StartYear: r.StartYear, Version: r.Version, JournalInput: JournalInput{Name: r.Name, Kind: r.Kind, Head: r.Head, TemplateID: r.TemplateID,
		Active: r.Active, Addressees: Addressees{r.ReportTo, r.SendTo, r.IssueTo, r.Scope, r.Copies}}}
	j.Start.No, j.Start.Total = r.StartNo, r.StartTotal
	j.Next, j.NextTotal = r.LastNo+1, r.LastTotal+1
	if r.LastNo == 0 {
		j.Next = j.first(year)
	}
	if r.LastTotal == 0 {
		j.NextTotal = r.StartTotal
	}
	return j
}

// first is the first number of the journal in a year.
func (j Journal) first(year int) int {
	if year == j.StartYear {
		return j.Start.No
	}
	return 1
}

const journalColumns = `
	select j.id, j.name, j.kind, j.head, j.report_to, j.send_to, j.issue_to, j.scope, j.copies, j.start_year, j.start_no, j.start_total, j.template_id, j.active, j.version,
	       coalesce(n.last, 0) as last_no, coalesce(t.last, 0) as last_total
	from journals j
	left join journal_numbers n on n.tenant_id = j.tenant_id and n.journal_id = j.id and n.year = $2
	left join journal_numbers t on t.tenant_id = j.tenant_id and t.journal_id = j.id and t.year = 0 `

func listJournals(ctx context.Context, q tenancy.Querier, year int) ([]Journal, error) {
	rows, err := tenancy.Collect[journalRow](ctx, q, journalColumns+`where j.tenant_id = $1 order by j.active desc, j.kind, j.created_at, j.id`, q.Tenant(), year)
	list := make([]Journal, 0, len(rows))
	for _, r := range rows {
		list = append(list, r.journal(year))
	}
	return list, err
}

func findJournal(ctx context.Context, q tenancy.Querier, id uuid.UUID, year int) (Journal, error) {
	r, err := found(tenancy.Get[journalRow](ctx, q, journalColumns+`where j.tenant_id = $1 and j.id = $3`, q.Tenant(), year, id))
	return r.journal(year), err
}

// found turns no row into not found.
func found[T any](v T, err error) (T, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return v, err
}

// taken tells whether an insert met a unique constraint or index of that name.
func taken(err error, constraint string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505" && pg.ConstraintName == constraint
}

func insertJournal(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, in JournalInput, year int) error {
	_, err := tx.Exec(ctx, `
		insert into journals (tenant_id, id, name, kind, head, report_to, send_to, issue_to, scope, copies, start_year, start_no, start_total, template_id, active, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		tx.Tenant(), id, in.Name, in.Kind, in.Head, in.ReportTo, in.SendTo, in.IssueTo, in.Scope, in.Copies, year, in.Start.No, in.Start.Total, in.TemplateID, in.Active, tx.Now())
	return err
}

// updateJournal is false where the version is not the one that was read. Kind and beginning stay once a number was taken.
func updateJournal(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, version int, in JournalInput) (bool, error) {
	n, err := tx.Exec(ctx, `
		update journals set name = $4, kind = $5, head = $6, report_to = $7, send_to = $8, issue_to = $9, scope = $10, copies = $11, start_no = $12, start_total = $13,
		       template_id = $14, active = $15, version = version + 1
		where tenant_id = $1 and id = $2 and version = $3`,
		tx.Tenant(), id, version, in.Name, in.Kind, in.Head, in.ReportTo, in.SendTo, in.IssueTo, in.Scope, in.Copies, in.Start.No, in.Start.Total, in.TemplateID, in.Active)
	return n == 1, err
}

// takeNumber is the next number of the journal in the year (0: through all years). Who comes second waits for the first one's
// end: what a release that failed had taken, the next one takes.
func takeNumber(ctx context.Context, tx *tenancy.Tx, journal uuid.UUID, year, first int) (int, error) {
	rows, err := tx.Query(ctx, `
		insert into journal_numbers as n (tenant_id, journal_id, year, last) values ($1, $2, $3, $4)
		on conflict (tenant_id, journal_id, year) do update set last = n.last + 1 returning last`, tx.Tenant(), journal, year, first)
	if err != nil {
		return 0, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[int])
}

// row is an issue as it stands in the database.
type row struct {
	ID, JournalID                            uuid.UUID
	Journal, Kind                            string
	Head                                     Head
	TemplateID                               *uuid.UUID
	State, Title, Introduction               string
	ReportTo, SendTo, IssueTo, Scope, Signer string
	Copies                                   int
	Dated                                    time.Time
	Year, No, Total                          int
	NextNo, NextTotal                        int
	Version, Reports                         int
	CreatedAt                                time.Time
	CreatedBy                                string
	ReleasedAt, WithdrawnAt                  *time.Time
	ReleasedBy, WithdrawnBy, Reason          string
	Digest                                   []byte
	ListedAt                                 time.Time
}

const issueColumns = `
	select i.id, i.journal_id, j.name as journal, j.kind, j.head, j.template_id, i.state, i.title, i.introduction, i.report_to, i.send_to, i.issue_to, i.scope, i.signer, i.copies, i.dated,
	       coalesce(i.year, 0) as year, coalesce(i.no, 0) as no, coalesce(i.total, 0) as total,
	       coalesce(n.last + 1, case when j.start_year = $2 then j.start_no else 1 end) as next_no, coalesce(t.last + 1, j.start_total) as next_total,
	       i.version, (select count(*)::int from issue_items x where x.tenant_id = i.tenant_id and x.issue_id = i.id) as reports,
	       i.created_at, c.name as created_by, i.released_at, i.withdrawn_at, coalesce(r.name, '') as released_by, coalesce(w.name, '') as withdrawn_by, i.reason, p.digest, i.listed_at
	from issues i
	join journals j on j.tenant_id = i.tenant_id and j.id = i.journal_id
	join memberships c on c.tenant_id = i.tenant_id and c.id = i.created_by
	left join memberships r on r.tenant_id = i.tenant_id and r.id = i.released_by
	left join memberships w on w.tenant_id = i.tenant_id and w.id = i.withdrawn_by
	left join issue_prints p on p.tenant_id = i.tenant_id and p.issue_id = i.id
	left join journal_numbers n on n.tenant_id = i.tenant_id and n.journal_id = i.journal_id and n.year = $2
	left join journal_numbers t on t.tenant_id = i.tenant_id and t.journal_id = i.journal_id and t.year = 0 `

func yearOf(q tenancy.Querier) int { return q.Now().In(shanghai).Year() }

func findIssue(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	return found(tenancy.Get[row](ctx, q, issueColumns+`where i.tenant_id = $1 and i.id = $3 and i.state <> 'discarded'`, q.Tenant(), yearOf(q), id))
}

// lockIssue locks the issue; who comes second waits and then sees the first one's change.
func lockIssue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) {
	return found(tenancy.Get[row](ctx, tx, issueColumns+`where i.tenant_id = $1 and i.id = $3 and i.state <> 'discarded' for update of i`, tx.Tenant(), yearOf(tx), id))
}

type itemRow struct {
	ReportID uuid.UUID
	Heading  string
	Adopted  bool
}

func itemsOf(ctx context.Context, q tenancy.Querier, issue uuid.UUID) ([]itemRow, error) {
	return tenancy.Collect[itemRow](ctx, q, `
		select report_id, heading, adopted from issue_items where tenant_id = $1 and issue_id = $2 order by position`, q.Tenant(), issue)
}

func insertIssue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, j Journal) error {
	_, err := tx.Exec(ctx, `
		insert into issues (tenant_id, id, journal_id, state, report_to, send_to, issue_to, scope, copies, dated, created_by, created_at, updated_at)
		values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
		tx.Tenant(), id, j.ID, j.ReportTo, j.SendTo, j.IssueTo, j.Scope, j.Copies, tx.Now().In(shanghai).Format(time.DateOnly), tx.Principal().Membership, tx.Now())
	return err
}

func updateContent(ctx context.Context, tx *tenancy.Tx, r row, c Content, dated time.Time) error {
	_, err := tx.Exec(ctx, `
		update issues set title = $3, introduction = $4, report_to = $5, send_to = $6, issue_to = $7, scope = $8, copies = $9, signer = $10, dated = $11,
		       version = version + 1, updated_at = $12
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), r.ID, c.Title, c.Introduction, c.ReportTo, c.SendTo, c.IssueTo, c.Scope, c.Copies, c.Signer, dated.Format(time.DateOnly), tx.Now())
	return err
}

func touchIssue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `update issues set version = version + 1, updated_at = $3 where tenant_id = $1 and id = $2`, tx.Tenant(), id, tx.Now())
	return err
}

// replaceItems puts the reports in their new order. Of a draft nothing is history yet.
func replaceItems(ctx context.Context, tx *tenancy.Tx, r row, items []ItemInput) error {
	if _, err := tx.Exec(ctx, `delete from issue_items where tenant_id = $1 and issue_id = $2`, tx.Tenant(), r.ID); err != nil {
		return err
	}
	for i, item := range items {
		if err := insertItem(ctx, tx, r, item, i+1); err != nil {
			return err
		}
	}
	return nil
}

func insertItem(ctx context.Context, tx *tenancy.Tx, r row, item ItemInput, position int) error {
	_, err := tx.Exec(ctx, `
		insert into issue_items (tenant_id, issue_id, report_id, journal_id, position, heading) values ($1, $2, $3, $4, $5, $6)`,
		tx.Tenant(), r.ID, item.ReportID, r.JournalID, position, item.Heading)
	if taken(err, "issue_items_live") || taken(err, "issue_items_pkey") {
		return errs.New(errs.Conflict, "有一篇信息已经编入《%s》的另一期，请先从那一期移出", r.Journal)
	}
	return err
}

func discardIssue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	if _, err := tx.Exec(ctx, `delete from issue_items where tenant_id = $1 and issue_id = $2`, tx.Tenant(), id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `update issues set state = 'discarded', version = version + 1, updated_at = $3 where tenant_id = $1 and id = $2`, tx.Tenant(), id, tx.Now())
	return err
}

func releaseIssue(ctx context.Context, tx *tenancy.Tx, r row, adopted []uuid.UUID, content, digest []byte) error {
	by := tx.Principal().Membership
	if _, err := tx.Exec(ctx, `
		update issues set state = 'released', title = $3, year = $4, no = $5, total = $6, released_by = $7, released_at = $8, version = version + 1, updated_at = $8
		where tenant_id = $1 and id = $2`, tx.Tenant(), r.ID, r.Title, r.Year, r.No, r.Total, by, tx.Now()); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update issue_items set adopted = report_id = any($3) where tenant_id = $1 and issue_id = $2`, tx.Tenant(), r.ID, adopted); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		insert into issue_prints (tenant_id, issue_id, content, digest, printed_by, printed_at) values ($1, $2, $3, $4, $5, $6)`,
		tx.Tenant(), r.ID, content, digest, by, tx.Now())
	return err
}

func withdrawIssue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, reason string) error {
	if _, err := tx.Exec(ctx, `
		update issues set state = 'withdrawn', withdrawn_by = $3, withdrawn_at = $4, reason = $5, version = version + 1, updated_at = $4 where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, tx.Principal().Membership, tx.Now(), reason); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `update issue_items set live = false where tenant_id = $1 and issue_id = $2`, tx.Tenant(), id)
	return err
}

type printRow struct {
	Content []byte
	Digest  []byte
}

func printOf(ctx context.Context, q tenancy.Querier, id uuid.UUID) (printRow, error) {
	return found(tenancy.Get[printRow](ctx, q, `select content, digest from issue_prints where tenant_id = $1 and issue_id = $2`, q.Tenant(), id))
}

// addresseesOf are those of the issues in force, or being arranged, that a report stands in.
func addresseesOf(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Addressees, error) {
	return tenancy.Collect[Addressees](ctx, q, `
		select i.report_to, i.send_to, i.issue_to, i.scope, i.copies from issue_items x join issues i on i.tenant_id = x.tenant_id and i.id = x.issue_id
		where x.tenant_id = $1 and x.report_id = $2 and x.live order by i.created_at`, q.Tenant(), report)
}
