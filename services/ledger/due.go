package ledger

import (
	"context"
	"time"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// Deadlines are the days a report may take in each stage; zero is no deadline.
type Deadlines struct {
	TakeUp int `json:"take_up_days" minimum:"0" maximum:"365" doc:"From submission to taking it up"`
	Decide int `json:"decide_days" minimum:"0" maximum:"365" doc:"From submission to signing, keeping, declining or returning it"`
	Send   int `json:"send_days" minimum:"0" maximum:"365" doc:"From signing to sending it up or adopting it"`
}

// Rules is what a tenant sets for its ledger.
var Rules = settings.Kind[Deadlines]{
	Name: "ledger-rules", Title: "台账办理时限",
	Default: func(tenancy.Tenant) Deadlines { return Deadlines{TakeUp: 2, Decide: 15, Send: 5} },
	Check: func(d *Deadlines) error {
		var faults errs.Fields
		for name, days := range map[string]int{"take_up_days": d.TakeUp, "decide_days": d.Decide, "send_days": d.Send} {
			if days < 0 || days > 365 {
				faults.Add(name, "时限应在 0 到 365 天之间，0 为不设时限")
			}
		}
		return faults.Err()
	},
}

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// dueDay is the one place that says which day is so many days after a moment.
func dueDay(from time.Time, days int) time.Time {
	return midnight(from).AddDate(0, 0, days)
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(shanghai).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, shanghai)
}

// before is the moment before which what began is overdue today; the beginning of time where there is no deadline.
func before(now time.Time, days int) time.Time {
	if days == 0 {
		return time.Time{}
	}
	today := midnight(now)
	day := today.AddDate(0, 0, -days)
	for !dueDay(day, days).Before(today) {
		day = day.AddDate(0, 0, -1)
	}
	return day.AddDate(0, 0, 1)
}

// due sets the day a row is due and whether that day has passed.
func (d Deadlines) due(r *record, row *Row, now time.Time) {
	var day time.Time
	switch {
	case !r.open():
		return
	case r.DueOn != nil:
		day, row.DueSet = *r.DueOn, true
		y, m, date := day.Date()
		day = time.Date(y, m, date, 0, 0, 0, 0, shanghai)
	case r.State == "submitted" && d.TakeUp > 0:
		day = dueDay(*r.SubmittedAt, d.TakeUp)
	case r.State == "signed" && d.Send > 0 && r.SignedAt != nil:
		day = dueDay(*r.SignedAt, d.Send)
	case r.State != "submitted" && r.State != "signed" && d.Decide > 0:
		day = dueDay(*r.SubmittedAt, d.Decide)
	default:
		return
	}
	row.DueOn, row.Overdue = day.Format(time.DateOnly), day.Before(midnight(now))
}

// open tells whether somebody of this unit still has to do something.
func (r *record) open() bool {
	switch r.State {
	case "submitted", "taken_up", "editing", "reviewing":
		return r.SubmittedAt != nil
	case "signed":
		return r.Adopted == "" && r.SentAt == nil
	}
	return false
}

func deadlines(ctx context.Context, q tenancy.Querier) (Deadlines, error) { return Rules.Get(ctx, q) }
