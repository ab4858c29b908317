package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/reports"
)

// seed makes every year the same: who writes what, and what becomes of it.
const seed = 20241

const day = 24 * time.Hour

// year is the play: the country, what is still to happen, and the matters that wait for all their districts.
type year struct {
	*country
	calendar
	ctx     context.Context
	today   time.Time
	waiting map[string][]uuid.UUID
	missing map[string]int
	writers map[string]int
}

// play lives through the twelve months up to today. What would happen later stays undone: the inboxes are alive.
func (c *country) play(ctx context.Context, today time.Time) error {
	y := &year{country: c, ctx: ctx, today: today, calendar: calendar{rng: rand.New(rand.NewPCG(seed, seed))},
		waiting: map[string][]uuid.UUID{}, missing: map[string]int{}, writers: map[string]int{}}
	all := story.Reports()
	for _, r := range all {
		if r.Matter != "" {
			y.missing[r.Matter]++
		}
	}
	start, span := c.clock.Now(), today.Sub(c.clock.Now())
	matterDay := map[string]time.Time{}
	for _, r := range all {
		at := y.after(start.Add(time.Duration(float64(span)*y.moment())), 0, 6*time.Hour)
		if r.Matter != "" {
			if matterDay[r.Matter].IsZero() {
				matterDay[r.Matter] = start.Add(time.Duration(float64(span) * (0.05 + 0.8*y.rng.Float64())))
			}
			at = y.after(matterDay[r.Matter], 0, 5*day)
		}
		y.plan(at, func(now time.Time) error { return y.write(now, r) })
	}
	y.plan(officeHour(today.AddDate(0, 0, -8), y.rng), func(time.Time) error { return y.catchUp() })
	y.plan(nine(today.AddDate(0, 0, -3)), y.intake)
	y.plan(nine(today.AddDate(0, 0, -1)), y.consult)
	handling := &followed{}
	y.plan(nine(today.AddDate(0, 0, -24)), y.instruct(handling))
	y.plan(nine(today.AddDate(0, 0, -2)), y.answer(handling))
	return y.run()
}

// catchUp has everybody read what was told so far; the last days stay news.
func (y *year) catchUp() error {
	for tenant, people := range y.cast {
		for _, p := range people {
			reader, err := y.as(y.ctx, p.login, tenant)
			if err != nil {
				return err
			}
			if err := y.Notices.Read(reader, nil, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// moment is when in the year something is written, 0 to 1: now and then in the last days, so that the desks are not empty.
func (y *year) moment() float64 {
	at := y.rng.Float64()
	if y.rng.IntN(6) == 0 {
		at = 0.97 + 0.03*at
	}
	return at
}

// run does the steps in the order of time and shows how far it is.
func (y *year) run() error {
	started, done, shown := time.Now(), 0, -1
	begin, span := y.clock.Now(), y.today.Sub(y.clock.Now())
	for y.Len() > 0 {
		s := y.take()
		if s.at.After(y.today) {
			continue
		}
		y.clock.Set(s.at)
		if err := s.do(s.at); err != nil {
			return fmt.Errorf("demonstration, %s: %w", s.at.Format(time.DateTime), err)
		}
		if err := y.settle(); err != nil {
			return err
		}
		done++
		if percent := int(100 * s.at.Sub(begin) / span); percent/10 > shown/10 || shown < 0 {
			shown = percent
			fmt.Fprintf(y.out, "  演示年度 %s  %3d%%  %d 步  %.0f 秒\n", s.at.In(shanghai).Format("2006年1月"), percent, done, time.Since(started).Seconds())
		}
	}
	y.clock.Set(y.today)
	return nil
}

// settle waits until every letter of this step has arrived, so that the clock may go on.
func (y *year) settle() error {
	ctx, cancel := context.WithTimeout(y.ctx, 30*time.Second)
	defer cancel()
	return y.post.empty(ctx)
}

// write has a person of the unit submit the report.
func (y *year) write(now time.Time, r story.Report) error {
	author, err := y.author(r.From)
	if err != nil {
		return err
	}
	unit, err := y.Directory.ByCode(y.ctx, r.From)
	if err != nil {
		return err
	}
	id, err := y.Reports.Create(author, reports.NewReport{
		SecrecyChecked: true,
		Input: reports.Input{
			Evidence: evidence(r, unit.ShortName),
			Text:     reports.Text{Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice},
			Category: r.Category, Urgency: r.Urgency, Class: r.Class,
		},
		Submit: r.Matter != "" || y.rng.IntN(60) != 0,
	})
	if err != nil {
		return fmt.Errorf("%s: %w", r.Title, err)
	}
	if rep, err := y.Reports.Get(author, id); err != nil || rep.State == reports.Draft {
		return err
	}
	y.plan(y.after(now, 2*time.Hour, 2*day), func(now time.Time) error { return y.screen(now, r.From, id, r, 0) })
	return nil
}

// author takes the writers of a unit in turn.
func (y *year) author(tenant string) (context.Context, error) {
	var writers []place
	for _, p := range y.cast[tenant] {
		for _, role := range p.Roles {
			if role == story.RoleMember || role == story.RoleOfficer {
				writers = append(writers, p)
				break
			}
		}
	}
	if len(writers) == 0 {
		return y.holder(y.ctx, tenant, story.RoleEditor)
	}
	w := writers[y.writers[tenant]%len(writers)]
	y.writers[tenant]++
	return y.as(y.ctx, w.login, tenant)
}

// screen takes a report up and decides what the unit does with it.
func (y *year) screen(now time.Time, tenant string, id uuid.UUID, r story.Report, hop int) error {
	editor, err := y.holder(y.ctx, tenant, story.RoleEditor)
	if err != nil {
		return err
	}
	rep, err := y.Reports.Get(editor, id)
	if err != nil || rep.State != reports.Submitted {
		return err
	}
	if err := y.screened(editor, id, r); err != nil {
		return err
	}
	chance := y.rng.IntN(100)
	if r.Matter != "" {
		chance = 100 // the matters are to meet at the city
	}
	later := y.after(now, time.Hour, day)
	switch {
	case chance < 10:
		y.plan(later, func(time.Time) error { return y.refuse(editor, id, story.ActionDecline) })
	case chance < 24+8*hop:
		y.plan(later, func(time.Time) error { return y.refuse(editor, id, story.ActionKeep) })
	case chance < 31 && hop == 0:
		y.plan(later, func(now time.Time) error { return y.sendBack(now, editor, tenant, id, r) })
	default:
		y.plan(later, func(now time.Time) error { return y.edit(now, tenant, id, r, hop) })
	}
	return nil
}

func (y *year) refuse(editor context.Context, id uuid.UUID, action string) error {
	reason := y.reason(action)
	decide := y.Reports.Decline
	if action == story.ActionKeep {
		decide = y.Reports.Keep
	}
	_, err := decide(editor, id, reason)
	return err
}

func (y *year) reason(action string) reports.Why {
	var fitting []story.Reason
	for _, r := range story.Reasons() {
		if r.Action == action {
			fitting = append(fitting, r)
		}
	}
	r := fitting[y.rng.IntN(len(fitting))]
	return reports.Why{Code: r.Code, Reason: y.pick(r.Texts)}
}

func (y *year) pick(texts []string) string {
	if len(texts) == 0 {
		return "同意。"
	}
	return texts[y.rng.IntN(len(texts))]
}

// sendBack returns a report to its author, who adds to it and submits it again.
func (y *year) sendBack(now time.Time, editor context.Context, tenant string, id uuid.UUID, r story.Report) error {
	if _, err := y.Reports.Return(editor, id, y.reason(story.ActionReturn)); err != nil {
		return err
	}
	y.plan(y.after(now, day, 3*day), func(now time.Time) error {
		rep, err := y.Reports.Get(editor, id)
		if err != nil || rep.Author == nil || rep.Author.MembershipID == nil {
			return err
		}
		author, err := y.byMembership(tenant, *rep.Author.MembershipID)
		if err != nil {
			return err
		}
		if _, err := y.Reports.Edit(author, id, rep.Version, reports.Change{Advice: ptr(r.Advice + "以上情况已向有关部门核实。")}); err != nil {
			return err
		}
		if _, err := y.Reports.SubmitChecked(author, id); err != nil {
			return err
		}
		y.plan(y.after(now, 2*time.Hour, day), func(now time.Time) error { return y.again(now, tenant, id, r) })
		return nil
	})
	return nil
}

// again takes a resubmitted report up and goes on with it.
func (y *year) again(now time.Time, tenant string, id uuid.UUID, r story.Report) error {
	editor, err := y.holder(y.ctx, tenant, story.RoleEditor)
	if err != nil {
		return err
	}
	if _, err := y.Reports.TakeUp(editor, id); err != nil {
		return err
	}
	y.plan(y.after(now, time.Hour, day), func(now time.Time) error { return y.edit(now, tenant, id, r, 0) })
	return nil
}

func (y *year) byMembership(tenant string, id uuid.UUID) (context.Context, error) {
	for _, p := range y.cast[tenant] {
		ctx, err := y.as(y.ctx, p.login, tenant)
		if err != nil {
			return nil, err
		}
		if membershipOf(ctx) == id {
			return ctx, nil
		}
	}
	return nil, fmt.Errorf("no member %s in %s", id, tenant)
}

// edit tidies the text; at the city, districts that report one matter are combined once all have come.
func (y *year) edit(now time.Time, tenant string, id uuid.UUID, r story.Report, hop int) error {
	editor, err := y.holder(y.ctx, tenant, story.RoleEditor)
	if err != nil {
		return err
	}
	if r.Matter != "" && tenant == "a-zx" {
		return y.gather(now, editor, id, r)
	}
	rep, err := y.Reports.Get(editor, id)
	if err != nil {
		return err
	}
	if title := tidy(rep.Title, tenant); title != rep.Title {
		if _, err := y.Reports.Edit(editor, id, rep.Version, reports.Change{Title: &title}); err != nil {
			return err
		}
	}
	y.plan(y.after(now, time.Hour, 5*time.Hour), func(now time.Time) error { return y.review(now, tenant, id, r, hop) })
	return nil
}

// gather waits for the other districts of the matter and combines them.
func (y *year) gather(now time.Time, editor context.Context, id uuid.UUID, r story.Report) error {
	y.waiting[r.Matter] = append(y.waiting[r.Matter], id)
	if len(y.waiting[r.Matter]) < y.missing[r.Matter] {
		return nil
	}
	for _, m := range story.Matters() {
		if m.Code != r.Matter {
			continue
		}
		combined, err := y.Reports.Combine(editor, reports.Combination{
			Reports: y.waiting[r.Matter], Category: m.Category,
			Text: reports.Text{Title: m.Title, Problem: m.Problem, Cause: m.Cause, Advice: m.Advice},
		})
		if err != nil {
			return err
		}
		r.Matter, r.Title = "", m.Title
		y.plan(y.after(now, 2*time.Hour, day), func(now time.Time) error { return y.review(now, "a-zx", combined, r, 1) })
	}
	return nil
}

func ptr[T any](v T) *T { return &v }
