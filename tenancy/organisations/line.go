package organisations

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// NewLine lets Lower send to Upper from the first of the month From ("2026-11") on. Figures nil is the rule of the house:
// within the 政协 and within one party or federation the upper unit sees the figures of all below, across systems not.
type NewLine struct {
	Lower   string
	Upper   string
	Figures *bool
	From    string
}

// shanghai is where months begin. China has one time zone and no summer time.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

func parseMonth(field, text string) (time.Time, error) {
	month, err := time.Parse("2006-01", text)
	if err != nil || month.Year() < 2000 || month.Year() > 2100 {
		return time.Time{}, errs.InvalidField(field, "请填写月份，格式如 2026-11")
	}
	return month, nil
}

// folded tells whether events of that month or later may be in the sums already.
func folded(month, now time.Time) bool { return !month.After(now.In(shanghai)) }

func figuresByDefault(lower, upper tenancy.Tenant) bool {
	switch lower.Kind {
	case "cppcc", "party", "federation":
		return lower.Kind == upper.Kind && lower.Party == upper.Party
	}
	return false
}

// OpenLine opens a reporting line. It refuses a second line between the same two at a time, a second upper unit that sees
// the figures, and a circle.
func (s *Service) OpenLine(ctx context.Context, n NewLine) (uuid.UUID, error) {
	from, err := parseMonth("from", n.From)
	if err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	err = s.changeLines(ctx, func(tx *tenancy.Tx) error {
		lower, upper, err := ends(ctx, tx, n)
		if err != nil {
			return err
		}
		l := line{ID: id, Lower: lower, Upper: upper, Figures: figuresByDefault(lower, upper), From: from}
		if n.Figures != nil {
			l.Figures = *n.Figures
		}
		if err := refuse(ctx, tx, l); err != nil {
			return err
		}
		if err := insertLine(ctx, tx, l); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "line.opened", Subject: tenancy.Subject{Kind: "line", ID: id},
			Detail: map[string]any{"lower": lower.Code, "upper": upper.Code, "figures": l.Figures, "from": n.From}})
		return redraw(ctx, tx, l.Figures, from)
	})
	return tenancy.Changed(id, err)
}

// line is a reporting line about to be opened.
type line struct {
	ID      uuid.UUID
	Lower   tenancy.Tenant
	Upper   tenancy.Tenant
	Figures bool
	From    time.Time
}

func ends(ctx context.Context, tx *tenancy.Tx, n NewLine) (lower, upper tenancy.Tenant, err error) {
	found, err := tenantsByCode(ctx, tx, []string{n.Lower, n.Upper})
	if err != nil {
		return lower, upper, err
	}
	var faults errs.Fields
	pick := func(field, label, code string) tenancy.Tenant {
		for _, t := range found {
			if t.Code == strings.TrimSpace(code) && t.ID != tenancy.OperatorTenant {
				return t
			}
		}
		faults.Add(field, "没有找到%s“%s”", label, code)
		return tenancy.Tenant{}
	}
	lower, upper = pick("lower", "下级单位", n.Lower), pick("upper", "上级单位", n.Upper)
	if len(faults) == 0 && lower.ID == upper.ID {
		faults.Add("upper", "单位不能向自己报送")
	}
	return lower, upper, faults.Err()
}

func refuse(ctx context.Context, tx *tenancy.Tx, l line) error {
	obstacles, err := findObstacles(ctx, tx, l)
	switch {
	case err != nil:
		return err
	case obstacles.Same:
		return errs.New(errs.Conflict, "%s到%s的报送关系在这段时间已经存在", l.Lower.ShortName, l.Upper.ShortName)
	case obstacles.Circle:
		return errs.New(errs.Conflict, "不能建立：%s已经直接或间接向%s报送，会形成循环", l.Upper.ShortName, l.Lower.ShortName)
	case obstacles.Watched:
		return errs.New(errs.Conflict, "%s的统计在这段时间已由另一上级单位汇总，一个时期只能有一个", l.Lower.ShortName)
	}
	return nil
}

// CloseLine ends a line with the month before to: from the first of to on nothing is sent, and new figures go elsewhere.
func (s *Service) CloseLine(ctx context.Context, id uuid.UUID, to string) error {
	end, err := parseMonth("to", to)
	if err != nil {
		return err
	}
	err = s.changeLines(ctx, func(tx *tenancy.Tx) error {
		l, err := findLine(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case l.To != nil:
			return errs.New(errs.Conflict, "这条报送关系已经终止")
		case end.Before(l.From):
			return errs.InvalidField("to", "终止月份不能早于开始月份 %s", l.From.Format("2006-01"))
		}
		if err := closeLine(ctx, tx, id, end); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "line.closed", Subject: tenancy.Subject{Kind: "line", ID: id}, Detail: map[string]any{"to": to}})
		return redraw(ctx, tx, l.Figures, end)
	})
	_, err = tenancy.Changed(id, err)
	return err
}

// StopLine stops all sending along a line at once; the figures of the past stay where they are.
func (s *Service) StopLine(ctx context.Context, id uuid.UUID) error {
	err := s.changeLines(ctx, func(tx *tenancy.Tx) error {
		l, err := findLine(ctx, tx, id)
		if err != nil {
			return err
		}
		if l.StoppedAt != nil {
			return errs.New(errs.Conflict, "这条报送关系已经暂停")
		}
		if err := stopLine(ctx, tx, id); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "line.stopped", Subject: tenancy.Subject{Kind: "line", ID: id}})
		return nil
	})
	_, err = tenancy.Changed(id, err)
	return err
}

// changeLines lets one change at a time look at all lines.
func (s *Service) changeLines(ctx context.Context, change func(*tenancy.Tx) error) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := operate(tx.Principal(), authz.LineWrite); err != nil {
			return err
		}
		if err := lock(ctx, tx, lockOfLines); err != nil {
			return err
		}
		return change(tx)
	})
}

// redraw brings the closure in line with the lines and, where months are touched that may be folded already, asks for a
// rebuild of the figures: a moved unit's past stays with the old parent, its future goes to the new one.
func redraw(ctx context.Context, tx *tenancy.Tx, figures bool, month time.Time) error {
	if !figures {
		return nil
	}
	if err := rebuildClosure(ctx, tx); err != nil {
		return err
	}
	if !folded(month, tx.Now()) {
		return nil
	}
	return markStale(ctx, tx)
}

// AllLines lists every line of the platform for the operator.
func (s *Service) AllLines(ctx context.Context) ([]LineView, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := operate(q.Principal(), authz.TenantRead); err != nil {
		return nil, err
	}
	return listLines(ctx, q)
}

// LineByID is one line, for the operator.
func (s *Service) LineByID(ctx context.Context, id uuid.UUID) (LineView, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return LineView{}, err
	}
	if err := operate(q.Principal(), authz.TenantRead); err != nil {
		return LineView{}, err
	}
	return findLine(ctx, q, id)
}

// Lines are the lines of the caller's own tenant: up, along which it sends, and down, along which it is sent to.
func (s *Service) Lines(ctx context.Context) (up, down []LineView, err error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := authz.Holds(q.Principal(), authz.OrganRead); err != nil {
		return nil, nil, err
	}
	lines, err := linesOf(ctx, q)
	for _, l := range lines {
		if l.LowerID == q.Tenant() {
			up = append(up, l)
		} else {
			down = append(down, l)
		}
	}
	return up, down, err
}
