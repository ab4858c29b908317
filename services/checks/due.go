package checks

import (
	"time"

	"shangda/internal/errs"
	"shangda/internal/workdays"
)

// today is the date in China.
func today(now time.Time) time.Time {
	y, m, d := now.In(workdays.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// dueOn is the date given, which has not passed, or the usual number of working days from now.
func dueOn(faults *errs.Fields, text string, now time.Time, usual int) time.Time {
	if text == "" {
		return today(workdays.Calendar{}.Add(now, usual, 0))
	}
	due, err := time.Parse(time.DateOnly, text)
	switch {
	case err != nil:
		faults.Add("due_on", "请按“2026-11-30”的形式填写答复期限")
	case due.Before(today(now)):
		faults.Add("due_on", "答复期限不能早于今天")
	case due.After(today(now).AddDate(1, 0, 0)):
		faults.Add("due_on", "答复期限不能超过一年")
	}
	return due
}
