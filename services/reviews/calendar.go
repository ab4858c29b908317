package reviews

import (
	"context"
	"errors"
	"slices"
	"time"

	"shangda/internal/errs"
	"shangda/internal/workdays"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// zone is what times are told in.
var zone = workdays.Zone

// OwnDays are the days on which the unit differs from the official calendar, as 2026-11-20.
type OwnDays struct {
	Off  []string `json:"off" maxItems:"100" doc:"Days off besides the official ones"`
	Work []string `json:"work" maxItems:"100" doc:"Days worked though they are officially free"`
}

// WorkCalendar is the setting by which time limits count.
var WorkCalendar = settings.Kind[OwnDays]{
	Name: "work-calendar", Title: "工作日历",
	Default: func(tenancy.Tenant) OwnDays { return OwnDays{Off: []string{}, Work: []string{}} },
	Check:   checkDays,
}

func checkDays(d *OwnDays) error {
	var faults errs.Fields
	for name, days := range map[string]*[]string{"off": &d.Off, "work": &d.Work} {
		*days = list(*days)
		for _, day := range *days {
			if _, err := time.Parse(workdays.Layout, day); err != nil {
				faults.Add(name, "“%s”不是日期，应如 2026-11-20", day)
			} else if slices.Contains(d.Off, day) && slices.Contains(d.Work, day) && name == "off" {
				faults.Add(name, "%s 不能既放假又上班", day)
			}
		}
		slices.Sort(*days)
		*days = slices.Compact(*days)
	}
	return faults.Err()
}

// calendar is the official one with the unit's own days.
func calendar(ctx context.Context, q tenancy.Querier) (workdays.Calendar, error) {
	own, err := WorkCalendar.Get(ctx, q)
	c := workdays.Calendar{Own: map[string]bool{}}
	for _, day := range own.Off {
		c.Own[day] = false
	}
	for _, day := range own.Work {
		c.Own[day] = true
	}
	return c, err
}

// message is what an error says to people.
func message(err error) string {
	var e *errs.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return ""
}
