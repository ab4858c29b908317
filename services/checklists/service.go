package checklists

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Reports says what the caller may do with a report; services/reports fulfils it. Not found for who may not see it.
type Reports interface {
	MayAny(ctx context.Context, q tenancy.Querier, id uuid.UUID, permissions ...authz.Permission) error
}

// Service keeps the checklists of all tenants, one at a time.
type Service struct {
	db      *tenancy.DB
	reports Reports
}

// New makes the service.
func New(db *tenancy.DB, reports Reports) *Service { return &Service{db: db, reports: reports} }

// all are the unit's lists: those that ship, where the unit has not made them its own, and its own.
func all(ctx context.Context, q tenancy.Querier) ([]List, error) {
	own, err := lists(ctx, q)
	if err != nil {
		return nil, err
	}
	list := slices.Clone(Shipped)
	for _, r := range own {
		l := List{Code: r.Code, Name: r.Name, Moment: r.Moment, Position: r.Position, Active: r.Active, Required: r.Required, Items: r.Items, Version: r.Version}
		at := slices.IndexFunc(list, func(known List) bool { return known.Code == r.Code })
		if at < 0 {
			list = append(list, l)
			continue
		}
		l.Shipped = true
		list[at] = l
	}
	slices.SortStableFunc(list, func(a, b List) int { return a.Position - b.Position })
	return list, nil
}

// List is every list of the caller's unit, also those switched off.
func (s *Service) List(ctx context.Context) ([]List, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.ChecklistRead); err != nil {
		return nil, err
	}
	return all(ctx, q)
}

// Create makes a list of the unit's own; its code is new.
func (s *Service) Create(ctx context.Context, l List) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		known, others, err := s.known(ctx, tx, l.Code)
		switch {
		case err != nil:
			return err
		case known != nil:
			return errs.InvalidField("code", "代码已用在“%s”", known.Name)
		case len(others) >= maxCodes:
			return errs.New(errs.Conflict, "清单太多，请先停用和合并")
		}
		return put(ctx, tx, l, others)
	})
}

// Save puts another version of a list in force, based on the one the caller read; Stale where somebody was faster.
func (s *Service) Save(ctx context.Context, base int, l List) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		known, others, err := s.known(ctx, tx, l.Code)
		if err != nil {
			return err
		}
		if known == nil {
			return errs.Missing()
		}
		l.Version = base
		return put(ctx, tx, l, others)
	})
}

// known is the list of that code, nil for none, and the codes of the items of all other lists, for who may set them.
func (s *Service) known(ctx context.Context, tx *tenancy.Tx, code string) (*List, map[string]string, error) {
	if err := authz.Holds(tx.Principal(), authz.SettingWrite); err != nil {
		return nil, nil, err
	}
	lists, err := all(ctx, tx)
	var found *List
	others := map[string]string{}
	for _, l := range lists {
		if l.Code == code {
			found = &l
			continue
		}
		for _, i := range l.Items {
			others[i.Code] = l.Name
		}
	}
	return found, others, err
}

func put(ctx context.Context, tx *tenancy.Tx, l List, others map[string]string) error {
	l, err := l.check(others)
	if err != nil {
		return err
	}
	l.Version++
	saved, err := insertVersion(ctx, tx, l)
	if err != nil {
		return err
	}
	if !saved {
		return errs.New(errs.Stale, "“%s”已被他人修改，请刷新后重新设置", l.Name)
	}
	tx.Record(tenancy.Event{Kind: "checklist.changed", Subject: subject(l.Code), Detail: map[string]any{"code": l.Code, "name": l.Name, "version": l.Version}})
	return nil
}

// subject is a list in events: its id follows from its code.
func subject(code string) tenancy.Subject {
	return tenancy.Subject{Kind: "checklist", ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("checklist:"+code))}
}

// tickers are who may tick at each moment: the author while he writes, the office afterwards.
var tickers = map[string][]authz.Permission{
	Topic:     {authz.ReportWrite, authz.ReportScreen},
	Writing:   {authz.ReportWrite, authz.ReportScreen},
	Screening: {authz.ReportScreen},
	Editing:   {authz.ReportScreen},
	Review:    {authz.ReviewAct, authz.ReportScreen},
	Release:   {authz.ReportScreen, authz.ReportAdopt, authz.ReviewAct},
}

// Tick keeps what somebody ticked of one list for a report, with the words as they stand now.
func (s *Service) Tick(ctx context.Context, report uuid.UUID, code string, version int, given []NewTick) (uuid.UUID, error) {
	return report, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := s.reports.MayAny(ctx, tx, report, authz.ReportRead); err != nil {
			return err
		}
		l, err := one(ctx, tx, code)
		if err != nil {
			return err
		}
		if err := s.reports.MayAny(ctx, tx, report, tickers[l.Moment]...); err != nil {
			return err
		}
		if l.Version != version {
			return errs.New(errs.Stale, "清单“%s”刚刚改过，请刷新后按新的内容核对", l.Name)
		}
		if len(given) == 0 || len(given) > maxItems {
			return errs.InvalidField("ticks", "没有要保存的内容")
		}
		for _, t := range given {
			i, found := l.item(t.Item)
			t.Remark = strings.TrimSpace(t.Remark)
			switch {
			case !found:
				return errs.InvalidField("ticks", "清单里没有这一项")
			case utf8.RuneCountInString(t.Remark) > maxRemark:
				return errs.InvalidField("remark", "备注最多 %d 个字", maxRemark)
			case documents.Marked(t.Remark):
				return documents.PaperOnly("remark")
			}
			if err := insertTick(ctx, tx, report, l, i, t); err != nil {
				return err
			}
		}
		tx.Record(tenancy.Event{Kind: "checklist.ticked", Subject: tenancy.Subject{Kind: "report", ID: report}, Detail: map[string]any{"list": l.Code, "name": l.Name}})
		return nil
	})
}

// one is a list that is in use.
func one(ctx context.Context, q tenancy.Querier, code string) (List, error) {
	known, err := all(ctx, q)
	if err != nil {
		return List{}, err
	}
	at := slices.IndexFunc(known, func(l List) bool { return l.Code == code && l.Active })
	if at < 0 {
		return List{}, errs.InvalidField("list", "没有这份清单")
	}
	return known[at], nil
}

// Ticks are the items of a report as they were left, with who and when.
func (s *Service) Ticks(ctx context.Context, report uuid.UUID) ([]Ticked, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.reports.MayAny(ctx, q, report, authz.ReportRead); err != nil {
		return nil, err
	}
	return ticks(ctx, q, report)
}

// Refusal is a reason of the unit for returning, keeping or declining.
type Refusal struct {
	Code string
	Text string
	For  []string
}

// Refusals are what the unit's lists say must not be, and its other reasons; last always words of one's own.
func (s *Service) Refusals(ctx context.Context, q tenancy.Querier) ([]Refusal, error) {
	known, err := all(ctx, q)
	if err != nil {
		return nil, err
	}
	var list []Refusal
	for _, l := range known {
		for _, i := range l.Items {
			if !l.Active || len(i.For) == 0 {
				continue
			}
			text := i.Reason
			if text == "" {
				text = i.Text
			}
			list = append(list, Refusal{i.Code, text, i.For})
		}
	}
	return append(list, Refusal{Other, "其他", slices.Clone(decisions)}), nil
}

// stepOf is the moment that a step of a report must have behind it.
var stepOf = map[string]string{"send_for_review": Editing, "approve": Review, "adopt_single": Release, "adopt_relayed": Release, "forward": Release}

// Before holds up a step until what must be ticked is, where the unit made a list of that moment compulsory.
func (s *Service) Before(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, action string) error {
	moment := stepOf[action]
	if moment == "" {
		return nil
	}
	known, err := all(ctx, tx)
	if err != nil {
		return err
	}
	known = slices.DeleteFunc(known, func(l List) bool { return !l.Active || !l.Required || l.Moment != moment })
	if len(known) == 0 {
		return nil
	}
	done, err := ticks(ctx, tx, report)
	if err != nil {
		return err
	}
	for _, l := range known {
		for _, i := range l.Items {
			ticked := slices.ContainsFunc(done, func(t Ticked) bool { return t.List == l.Code && t.Item == i.Code && t.Ticked })
			if i.Kind == Must && !ticked {
				return errs.New(errs.Conflict, "请先完成核对清单“%s”：%s", l.Name, i.Text)
			}
		}
	}
	return nil
}
