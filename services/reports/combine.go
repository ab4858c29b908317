package reports

import (
	"context"
	"math"
	"slices"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// Combination makes one report of several. Shares are per cent of the credit by source; without them it is split evenly.
type Combination struct {
	Text
	Category string
	Reports  []uuid.UUID
	Shares   map[uuid.UUID]float64
}

// The number of reports that make a combined one.
const (
	MinSources = 2
	MaxSources = 10
)

const whole = 100_00 // hundredths of a per cent

// split gives each source its hundredths of a per cent; together they are the whole.
func (c Combination) split(faults *errs.Fields) []int {
	n := len(c.Reports)
	parts := make([]int, n)
	if len(c.Shares) == 0 {
		for i := range parts {
			parts[i] = whole / n
			if i < whole%n {
				parts[i]++
			}
		}
		return parts
	}
	sum := 0
	for i, id := range c.Reports {
		share, ok := c.Shares[id]
		if !ok || share < 0 || share > 100 {
			faults.Add("shares", "请为每一篇填写 0 到 100 的份额")
			return parts
		}
		parts[i] = int(math.Round(share * 100))
		sum += parts[i]
	}
	if sum != whole || len(c.Shares) != n {
		faults.Add("shares", "各篇份额合计应为 100%%")
	}
	return parts
}

func (c Combination) check(ctx context.Context, q tenancy.Querier) (Input, []int, error) {
	in, err := checked(ctx, q, Input{Text: c.Text, Category: c.Category}, asKept, Text{})
	faults, err := faultsIn(err)
	if err != nil {
		return in, nil, err
	}
	if n := len(c.Reports); n < MinSources || n > MaxSources {
		faults.Add("reports", "请选择 %d 到 %d 篇信息", MinSources, MaxSources)
		return in, nil, faults.Err()
	}
	if ids := sorted(c.Reports); len(slices.Compact(ids)) != len(c.Reports) {
		faults.Add("reports", "选择的信息有重复")
	}
	parts := c.split(&faults)
	return in, parts, faults.Err()
}

// Combine makes a new report, in editing, of 2 to 10 reports on this unit's desk or signed; these are merged into it and
// share what becomes of it.
func (s *Service) Combine(ctx context.Context, c Combination) (uuid.UUID, error) {
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		in, shares, err := c.check(ctx, tx)
		if err != nil {
			return err
		}
		parts, err := s.takeAll(ctx, tx, c.Reports)
		if err != nil {
			return err
		}
		r := combined(tx, id, in, parts)
		if _, err := insert(ctx, tx, r, versionEdited); err != nil {
			return err
		}
		record(tx, r, "combined", nil, map[string]string{"number": r.Number})
		for i, source := range c.Reports {
			if err := insertSource(ctx, tx, id, source, i+1, shares[i]); err != nil {
				return err
			}
		}
		for _, part := range parts {
			part.State = Merged
			record(tx, part, "merged", nil, map[string]string{"report": id.String(), "title": r.Title})
			if err := save(ctx, tx, part); err != nil {
				return err
			}
		}
		return nil
	})
}

// ChangeSources sets the order and the shares of a combined report's sources, based on the version the caller read, until
// it is signed. Both are per source; the list names each of them once.
func (s *Service) ChangeSources(ctx context.Context, id uuid.UUID, version int, c Combination) (uuid.UUID, error) {
	return s.act(ctx, id, ActShares, func(tx *tenancy.Tx, r *Report, _ transition) error {
		if r.Version != version {
			return errs.New(errs.Stale, "信息已被他人修改，请刷新后在最新内容上重新修改")
		}
		all, err := sources(ctx, tx, id)
		if err != nil {
			return err
		}
		var faults errs.Fields
		known := []uuid.UUID{}
		for _, part := range all {
			if part.Kind == sourcePart {
				known = append(known, part.SourceID)
			}
		}
		if !slices.Equal(sorted(known), sorted(c.Reports)) {
			faults.Add("reports", "请列出全部来源稿件，每篇一次")
			return faults.Err()
		}
		shares := c.split(&faults)
		if err := faults.Err(); err != nil {
			return err
		}
		for i, source := range c.Reports {
			if err := updateSource(ctx, tx, id, source, i+1, shares[i]); err != nil {
				return err
			}
		}
		record(tx, r, "sources_changed", nil, nil)
		return save(ctx, tx, r)
	})
}

// takeAll locks the sources, always in the same order, and checks each.
func (s *Service) takeAll(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID) ([]*Report, error) {
	list := make([]*Report, 0, len(ids))
	for _, id := range sorted(ids) {
		r, _, err := s.take(ctx, tx, id, ActCombine)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// combined is as urgent and as important as the most urgent and the most important of its sources.
func combined(tx *tenancy.Tx, id uuid.UUID, in Input, parts []*Report) *Report {
	r := fresh(tx, id, in)
	r.submit(tx)
	r.State, r.Combined, r.SourceKind, r.Mode = Editing, true, "combined", ModeDug
	for _, part := range parts {
		if slices.Index(urgencies, part.Urgency) > slices.Index(urgencies, r.Urgency) {
			r.Urgency = part.Urgency
		}
		if part.Class == "important" {
			r.Class = part.Class
		}
		for _, flag := range part.Flags {
			if !slices.Contains(r.Flags, flag) {
				r.Flags = append(r.Flags, flag)
			}
		}
	}
	return r
}

// sorted is the order in which reports are locked.
func sorted(ids []uuid.UUID) []uuid.UUID {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return ids
}
