package issues

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Service keeps journals and issues. Printer, Signatures and Files are wired by cmd.
type Service struct {
	db         *tenancy.DB
	reports    Reports
	Signatures Signatures
	Printer    documents.Printer
	Files      Files
	numbers    numbering
}

// numbering takes the next number of a journal in a year, 0 for the running one, beginning with first.
type numbering func(ctx context.Context, tx *tenancy.Tx, journal uuid.UUID, year, first int) (int, error)

// New prints the reports.
func New(db *tenancy.DB, reports Reports) *Service {
	return &Service{db: db, reports: reports, numbers: takeNumber}
}

func (s *Service) read(ctx context.Context) (tenancy.Querier, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	return q, authz.Check(q.Principal(), authz.IssueRead, object)
}

// Journals lists the unit's journals with the numbers their next issues get.
func (s *Service) Journals(ctx context.Context) ([]Journal, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.SettingRead); err != nil {
		return nil, err
	}
	return listJournals(ctx, q, yearOf(q))
}

// CreateJournal founds a journal.
func (s *Service) CreateJournal(ctx context.Context, in JournalInput) (uuid.UUID, error) {
	in, err := in.check()
	if err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	return id, s.changeJournal(ctx, id, "journal.created", in, func(tx *tenancy.Tx) error {
		return insertJournal(ctx, tx, id, in, yearOf(tx))
	})
}

// UpdateJournal changes a journal, based on the version the caller read. Issues that were printed stay as they are; once a
// number was taken, kind and first numbers stay as well.
func (s *Service) UpdateJournal(ctx context.Context, id uuid.UUID, version int, in JournalInput) (uuid.UUID, error) {
	in, err := in.check()
	if err != nil {
		return uuid.Nil, err
	}
	return id, s.changeJournal(ctx, id, "journal.changed", in, func(tx *tenancy.Tx) error {
		j, err := findJournal(ctx, tx, id, yearOf(tx))
		if err != nil {
			return err
		}
		if begun := j.NextTotal > j.Start.Total; begun && (in.Kind != j.Kind || in.Start != j.Start) {
			return errs.InvalidField("start", "刊物已经编发过，类型和起始期号不能再改")
		}
		changed, err := updateJournal(ctx, tx, id, version, in)
		if err == nil && !changed {
			err = errs.New(errs.Stale, "刊物设置已被他人修改，请刷新后重新设置")
		}
		return err
	})
}

func (s *Service) changeJournal(ctx context.Context, id uuid.UUID, kind string, in JournalInput, change func(tx *tenancy.Tx) error) error {
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.SettingWrite); err != nil {
			return err
		}
		if in.TemplateID != nil {
			if t, err := findTemplate(ctx, tx, *in.TemplateID); err != nil || t.Purpose != PurposeIssue {
				return errs.InvalidField("template_id", "没有这个刊物模板")
			}
		}
		tx.Record(tenancy.Event{Kind: kind, Subject: tenancy.Subject{Kind: "journal", ID: id}, Detail: map[string]string{"name": in.Name}})
		return change(tx)
	})
	if taken(err, "journals_tenant_id_name_key") {
		return errs.InvalidField("name", "已经有《%s》了", in.Name)
	}
	return err
}

// Create begins an issue of a journal with these reports, in this order.
func (s *Service) Create(ctx context.Context, journal uuid.UUID, reports []uuid.UUID) (uuid.UUID, error) {
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.IssueRead, object); err != nil {
			return err
		}
		j, err := findJournal(ctx, tx, journal, yearOf(tx))
		if err != nil {
			return err
		}
		if err := check(tx.Principal(), authz.IssueEdit, j.Kind); err != nil {
			return err
		}
		if !j.Active {
			return errs.InvalidField("journal_id", "《%s》已停用", j.Name)
		}
		c := Content{}
		for _, report := range reports {
			c.Items = append(c.Items, ItemInput{ReportID: report})
		}
		if c, _, err = c.check(tx.Now()); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "issue.created", Subject: subject(id), Detail: map[string]string{"journal": j.Name}})
		if err := insertIssue(ctx, tx, id, j); err != nil {
			return err
		}
		return s.arrange(ctx, tx, row{ID: id, JournalID: j.ID, Journal: j.Name, Kind: j.Kind}, c.Items, nil)
	})
}

// arrange puts the reports into the issue; those that were not in it before must be allowed to enter it.
func (s *Service) arrange(ctx context.Context, tx *tenancy.Tx, r row, items []ItemInput, before []itemRow) error {
	fresh := []uuid.UUID{}
	for _, item := range items {
		if !slices.ContainsFunc(before, func(b itemRow) bool { return b.ReportID == item.ReportID }) {
			fresh = append(fresh, item.ReportID)
		}
	}
	for _, id := range sorted(fresh) {
		if _, err := s.reports.Arrange(ctx, tx, id, r.Kind == Express); err != nil {
			return err
		}
	}
	return replaceItems(ctx, tx, r, items)
}

// sorted is the order in which reports are locked.
func sorted(ids []uuid.UUID) []uuid.UUID {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return ids
}

// open locks an issue for a change by who holds the right to it.
func (s *Service) open(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, right authz.Permission, state string) (row, error) {
	r, err := lockIssue(ctx, tx, id)
	if err != nil {
		return r, err
	}
	if err := check(tx.Principal(), right, r.Kind); err != nil {
		return r, err
	}
	if r.State != state {
		return r, errs.New(errs.Conflict, "这一期现在的状态是“%s”，不能这样办理", stateText[r.State])
	}
	return r, nil
}

// Update arranges a draft anew, based on the version the caller read.
func (s *Service) Update(ctx context.Context, id uuid.UUID, version int, c Content) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, id, authz.IssueEdit, Draft)
		if err != nil {
			return err
		}
		if r.Version != version {
			return errs.New(errs.Stale, "这一期已被他人修改，请刷新后重新编排")
		}
		c, dated, err := c.check(tx.Now())
		if err != nil {
			return err
		}
		before, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "issue.arranged", Subject: subject(id)})
		if err := updateContent(ctx, tx, r, c, dated); err != nil {
			return err
		}
		return s.arrange(ctx, tx, r, c.Items, before)
	})
}

// Add puts one more report at the end of a draft.
func (s *Service) Add(ctx context.Context, id, report uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, id, authz.IssueEdit, Draft)
		if err != nil {
			return err
		}
		before, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(before) >= MaxReports {
			return errs.New(errs.Conflict, "一期最多 %d 篇", MaxReports)
		}
		if slices.ContainsFunc(before, func(b itemRow) bool { return b.ReportID == report }) {
			return errs.New(errs.Conflict, "这篇信息已在这一期里")
		}
		if _, err := s.reports.Arrange(ctx, tx, report, r.Kind == Express); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "issue.arranged", Subject: subject(id)})
		if err := insertItem(ctx, tx, r, ItemInput{ReportID: report}, len(before)+1); err != nil {
			return err
		}
		return touchIssue(ctx, tx, id)
	})
}

// Discard gives up a draft; its reports are free again.
func (s *Service) Discard(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if _, err := s.open(ctx, tx, id, authz.IssueEdit, Draft); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "issue.discarded", Subject: subject(id)})
		return discardIssue(ctx, tx, id)
	})
}

// Get is one issue: a draft with the texts as they stand, a printed one with the texts as they were printed.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (*Issue, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	r, err := findIssue(ctx, q, id)
	if err != nil {
		return nil, err
	}
	v := r.view(q.Principal())
	if r.State != Draft {
		return &v, s.addPrinted(ctx, q, &v)
	}
	items, err := itemsOf(ctx, q, id)
	if err != nil {
		return nil, err
	}
	v.Items, err = s.withTexts(ctx, q, items)
	return &v, err
}

func (s *Service) withTexts(ctx context.Context, q tenancy.Querier, items []itemRow) ([]Item, error) {
	ids := make([]uuid.UUID, 0, len(items))
	for _, item := range items {
		ids = append(ids, item.ReportID)
	}
	texts, err := s.reports.Texts(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Item, 0, len(texts))
	for _, text := range texts {
		i := slices.IndexFunc(items, func(item itemRow) bool { return item.ReportID == text.ID })
		list = append(list, Item{Heading: items[i].Heading, Text: text})
	}
	return list, nil
}
