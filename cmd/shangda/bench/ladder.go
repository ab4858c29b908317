package bench

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"shangda/services/forwardings"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/organisations"
)

// rung is one committee on the way up, with the one person who does everything in it.
type rung struct {
	code, level string
	id          int32
	clerk       context.Context
	upper       string // empty at the top
}

// ladder is a place with committees of four levels, several of them counties.
type ladder struct {
	*place
	rungs []*rung // from the counties to the nation
	look  *pgxpool.Pool
}

// counties is how many of them send reports.
const counties = 4

// climb builds the committees and the lines between them.
func climb(ctx context.Context) (l *ladder, err error) {
	p, err := start(ctx)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	if err := p.found(ctx); err != nil {
		return nil, err
	}
	l = &ladder{place: p}
	if l.look, err = pgxpool.New(ctx, p.admin); err != nil {
		return nil, err
	}
	p.end = append(p.end, l.look.Close)
	for i := range counties {
		l.rungs = append(l.rungs, &rung{code: fmt.Sprintf("bench-county-%d", i), level: "county", upper: "bench-city"})
	}
	l.rungs = append(l.rungs, &rung{code: "bench-city", level: "city", upper: "bench-province"},
		&rung{code: "bench-province", level: "province", upper: "bench-nation"}, &rung{code: "bench-nation", level: "national"})
	for i, r := range l.rungs {
		if err := p.open(ctx, r.code, r.level, fmt.Sprintf("99%02d00", i)); err != nil {
			return nil, err
		}
		if r.clerk, err = p.join(ctx, r.code, r.code+".clerk", "editor", "reviewer", "signer"); err != nil {
			return nil, err
		}
		r.id = tenancy.From(r.clerk).Tenant.ID
	}
	return l, p.as(ctx, "platform", "system", func(operator context.Context) error {
		for _, r := range l.rungs {
			if r.upper == "" {
				continue
			}
			line := organisations.NewLine{Lower: r.code, Upper: r.upper, From: time.Now().AddDate(0, -1, 0).Format("2006-01")}
			if _, err := p.Organisations.OpenLine(operator, line); err != nil {
				return err
			}
		}
		return nil
	})
}

// signed lets the clerk of a committee take a report up and sign it.
func (l *ladder) signed(r *rung, id uuid.UUID) error {
	if _, err := l.Reports.TakeUp(r.clerk, id); err != nil {
		return err
	}
	for _, step := range []func(context.Context, *tenancy.Tx, uuid.UUID) error{l.Reports.BeginReview, l.Reports.Sign} {
		err := l.DB.InTx(r.clerk, func(tx *tenancy.Tx) error {
			tx.Record(tenancy.Event{Kind: "bench.reviewed", Subject: tenancy.Subject{Kind: "report", ID: id}})
			return step(r.clerk, tx, id)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// written is a new report of a county, signed.
func (l *ladder) written(r *rung) (uuid.UUID, error) {
	id, err := l.Reports.Create(r.clerk, submission())
	if err != nil {
		return id, err
	}
	return id, l.signed(r, id)
}

func (l *ladder) send(r *rung, id uuid.UUID) error {
	_, err := l.Forwardings.Send(r.clerk, id, []string{r.upper}, forwardings.Options{})
	return err
}

// handle does the work of a committee on a report that came: it is signed and sent on; the top adopts it.
func (l *ladder) handle(r *rung, id uuid.UUID) error {
	if r.upper == "" {
		if _, err := l.Reports.TakeUp(r.clerk, id); err != nil {
			return err
		}
		_, err := l.Reports.Adopt(r.clerk, id, reports.NewAdoption{Form: reports.FormSingle})
		return err
	}
	if err := l.signed(r, id); err != nil {
		return err
	}
	return l.send(r, id)
}

// work lets the clerks of the upper committees handle what comes until done is closed; it gives the first fault.
func (l *ladder) work(ctx context.Context, done <-chan struct{}) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var clerks sync.WaitGroup
	for _, r := range l.rungs[counties:] {
		clerks.Go(func() {
			for {
				select {
				case <-done:
					return
				case <-ctx.Done():
					return
				case <-time.After(20 * time.Millisecond): // a look into the inbox
				}
				if err := l.clear(ctx, r); err != nil {
					cancel(fmt.Errorf("%s: %w", r.code, err))
				}
			}
		})
	}
	clerks.Wait()
	return context.Cause(ctx)
}

// clear handles what lies in the inbox of a committee now.
func (l *ladder) clear(ctx context.Context, r *rung) error {
	var ids []uuid.UUID
	err := l.look.QueryRow(ctx, `select coalesce(array_agg(id), '{}') from (select id from reports where tenant_id = $1 and state = 'submitted' limit 200) as waiting`, r.id).Scan(&ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := l.handle(r, id); err != nil {
			return err
		}
	}
	return nil
}

// count is one number as superuser.
func (l *ladder) count(ctx context.Context, sql string, args ...any) (n int, err error) {
	err = l.look.QueryRow(ctx, sql, args...).Scan(&n)
	return n, err
}
