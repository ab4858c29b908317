package reports

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Link is that two reports belong together, seen from one of them.
type Link struct {
	ID       *uuid.UUID `json:"id,omitempty" doc:"Left out where the link follows from a split or a merger"`
	Kind     string     `json:"kind" enum:"duplicate,related,continues,continued_by,part,whole,merged_in,merged_into"`
	ReportID uuid.UUID  `json:"report_id"`
	Number   string     `json:"number"`
	Title    string     `json:"title"`
	State    State      `json:"state" enum:"submitted,taken_up,editing,returned,kept,declined,merged,reviewing,signed,recalled,split,draft"`
	Note     string     `json:"note,omitempty"`
	LinkedAt *time.Time `json:"linked_at,omitempty"`
}

// The kinds of link a person makes.
const (
	LinkDuplicate = "duplicate"
	LinkRelated   = "related"
	LinkContinued = "continued"
)

// Links are the reports that belong together with this one, as far as the caller may read them.
func (s *Service) Links(ctx context.Context, id uuid.UUID) ([]Link, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.MayRead(ctx, q, id); err != nil {
		return nil, err
	}
	all, err := linksOf(ctx, q, id)
	if err != nil {
		return nil, err
	}
	list := []Link{}
	for _, l := range all {
		if err := s.MayRead(ctx, q, l.ReportID); err == nil {
			list = append(list, l)
		} else if !errs.Is(err, errs.NotFound) {
			return nil, err
		}
	}
	return list, nil
}

// Link says that two reports belong together: duplicates, related ones, or that this one goes on where the other ended.
func (s *Service) Link(ctx context.Context, id, other uuid.UUID, kind, note string) (uuid.UUID, error) {
	note = plain(note)
	var faults errs.Fields
	if kind != LinkDuplicate && kind != LinkRelated && kind != LinkContinued {
		faults.Add("kind", "请选择关联的种类")
	}
	if id == other {
		faults.Add("other", "不能与自己关联")
	}
	checkNote(&faults, "note", note)
	if documents.Marked(note) {
		faults.Add("note", "%s", documents.PaperOnlyText)
	}
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := s.MayRead(ctx, tx, id); err != nil { // whatever the order in which the two are locked
			return err
		}
		pair := map[uuid.UUID]*Report{}
		for _, one := range sorted([]uuid.UUID{id, other}) {
			r, _, err := s.take(ctx, tx, one, ActLink)
			if errs.Is(err, errs.NotFound) && one == other {
				return errs.InvalidField("other", "没有找到要关联的信息")
			}
			if err != nil {
				return err
			}
			pair[one] = r
		}
		fresh, err := insertLink(ctx, tx, id, other, kind, note)
		if err != nil {
			return err
		}
		if !fresh {
			return errs.New(errs.Conflict, "这两篇信息已经关联")
		}
		record(tx, pair[id], "linked", nil, map[string]string{"title": pair[other].Title, "link": kind, "reason": note})
		record(tx, pair[other], "linked", nil, map[string]string{"title": pair[id].Title, "link": kind, "reason": note})
		return nil
	})
}

// Unlink takes a link away; that it stood is kept.
func (s *Service) Unlink(ctx context.Context, link uuid.UUID) (uuid.UUID, error) {
	var report uuid.UUID
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		one, other, err := lockLink(ctx, tx, link)
		if err != nil {
			return err
		}
		report = one
		for _, id := range sorted([]uuid.UUID{one, other}) {
			r, _, err := s.take(ctx, tx, id, ActLink)
			if err != nil {
				return err
			}
			record(tx, r, "unlinked", nil, nil)
		}
		return removeLink(ctx, tx, link)
	})
	return report, err
}

// Absorb merges a duplicate into another report: it is linked, its authors hear what becomes of the other, and it counts in
// no figure of adoption, because the matter is counted there.
func (s *Service) Absorb(ctx context.Context, id, into uuid.UUID) (uuid.UUID, error) {
	if id == into {
		return uuid.Nil, errs.InvalidField("into", "不能并入自己")
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := s.MayRead(ctx, tx, id); err != nil {
			return err
		}
		var duplicate, other *Report
		for _, one := range sorted([]uuid.UUID{id, into}) {
			if one == id {
				r, t, err := s.take(ctx, tx, id, ActAbsorb)
				if err != nil {
					return err
				}
				t.move(r)
				duplicate = r
				continue
			}
			r, err := lock(ctx, tx, into)
			if err == nil {
				err = authz.Check(tx.Principal(), authz.ReportCombine, r.object())
			}
			if errs.Is(err, errs.NotFound) {
				return errs.InvalidField("into", "没有找到要并入的信息")
			}
			if err != nil {
				return err
			}
			other = r
		}
		return s.absorb(ctx, tx, duplicate, other)
	})
}

func (s *Service) absorb(ctx context.Context, tx *tenancy.Tx, duplicate, other *Report) error {
	switch other.State {
	case Submitted, TakenUp, Editing, Reviewing, Signed:
	default:
		return errs.InvalidField("into", "要并入的信息是“%s”，不能再并入", stateText[other.State])
	}
	if duplicate.Absorbed {
		return errs.New(errs.Conflict, "这篇信息已经并入了别的信息，请把它作为主稿")
	}
	existing, err := sources(ctx, tx, other.ID)
	if err != nil {
		return err
	}
	if err := insertDuplicate(ctx, tx, other.ID, duplicate.ID, len(existing)+1); err != nil {
		return err
	}
	if _, err := insertLink(ctx, tx, duplicate.ID, other.ID, LinkDuplicate, ""); err != nil {
		return err
	}
	other.Absorbed = true
	record(tx, duplicate, "absorbed", nil, map[string]string{"report": other.ID.String(), "title": other.Title})
	record(tx, other, "absorbs", nil, map[string]string{"title": duplicate.Title})
	if err := save(ctx, tx, duplicate); err != nil {
		return err
	}
	if err := save(ctx, tx, other); err != nil {
		return err
	}
	return s.tellAuthor(ctx, tx, duplicate, "report.absorbed", "《"+duplicate.Title+"》与同类信息并为一篇办理，办理结果会一并告知您")
}

const linkColumns = ` r.id as report_id, r.number, r.title, r.state `

func linksOf(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]Link, error) {
	return tenancy.Collect[Link](ctx, q, `
		select l.id, case when l.kind <> 'continued' then l.kind when l.report_id = $2 then 'continues' else 'continued_by' end as kind, `+linkColumns+`, l.note, l.linked_at
		from report_links l join reports r on r.tenant_id = l.tenant_id and r.id = case when l.report_id = $2 then l.other_id else l.report_id end
		where l.tenant_id = $1 and (l.report_id = $2 or l.other_id = $2) and l.removed_at is null
		union all
		select null, 'part', `+linkColumns+`, '', null from reports r where r.tenant_id = $1 and r.split_from = $2
		union all
		select null, 'whole', `+linkColumns+`, '', null from reports p join reports r on r.tenant_id = p.tenant_id and r.id = p.split_from where p.tenant_id = $1 and p.id = $2
		union all
		select null, case when s.report_id = $2 then 'merged_in' else 'merged_into' end, `+linkColumns+`, '', null
		from report_sources s join reports r on r.tenant_id = s.tenant_id and r.id = case when s.report_id = $2 then s.source_id else s.report_id end
		where s.tenant_id = $1 and (s.report_id = $2 and s.kind = 'duplicate' or s.source_id = $2)
		order by kind, number, report_id`, q.Tenant(), id)
}

// insertLink is false where the two are linked so already.
func insertLink(ctx context.Context, tx *tenancy.Tx, id, other uuid.UUID, kind, note string) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into report_links (tenant_id, id, report_id, other_id, kind, note, linked_by, linked_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (tenant_id, least(report_id, other_id), greatest(report_id, other_id), kind) where removed_at is null do nothing`,
		tx.Tenant(), tenancy.NewID(), id, other, kind, note, optional(tx.Principal().Membership), tx.Now())
	return n == 1, err
}

func lockLink(ctx context.Context, tx *tenancy.Tx, link uuid.UUID) (one, other uuid.UUID, err error) {
	type ends struct{ ReportID, OtherID uuid.UUID }
	l, err := tenancy.Get[ends](ctx, tx, `
		select report_id, other_id from report_links where tenant_id = $1 and id = $2 and removed_at is null for update`, tx.Tenant(), link)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return l.ReportID, l.OtherID, err
}

func removeLink(ctx context.Context, tx *tenancy.Tx, link uuid.UUID) error {
	_, err := tx.Exec(ctx, `update report_links set removed_at = $3 where tenant_id = $1 and id = $2`, tx.Tenant(), link, tx.Now())
	return err
}

func insertDuplicate(ctx context.Context, tx *tenancy.Tx, report, duplicate uuid.UUID, position int) error {
	_, err := tx.Exec(ctx, `
		insert into report_sources (tenant_id, report_id, source_id, position, share, kind) values ($1, $2, $3, $4, 0, 'duplicate')`,
		tx.Tenant(), report, duplicate, position)
	return err
}
