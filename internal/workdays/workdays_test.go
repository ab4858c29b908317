package workdays_test

import (
	"testing"
	"time"

	"shangda/internal/workdays"
)

func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, workdays.Zone)
	if err != nil {
		panic(err)
	}
	return t
}

// TestTheOfficialYear2026 holds the table against the notice of the State Council's office for 2026 (国办发明电): the free days,
// the make-up workdays, and the days beside them.
func TestTheOfficialYear2026(t *testing.T) {
	t.Parallel()
	var c workdays.Calendar
	for _, free := range [][2]string{
		{"2026-01-01", "2026-01-03"}, {"2026-02-15", "2026-02-23"}, {"2026-04-04", "2026-04-06"}, {"2026-05-01", "2026-05-05"},
		{"2026-06-19", "2026-06-21"}, {"2026-09-25", "2026-09-27"}, {"2026-10-01", "2026-10-07"},
	} {
		for day := at(free[0] + " 12:00"); !day.After(at(free[1] + " 12:00")); day = day.AddDate(0, 0, 1) {
			if c.Works(day) {
				t.Errorf("%s is a holiday", day.Format(workdays.Layout))
			}
		}
	}
	for _, day := range []string{"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
		"2026-01-05", "2026-02-24", "2026-04-07", "2026-05-06", "2026-06-22", "2026-09-28", "2026-10-08", "2026-11-02"} {
		if !c.Works(at(day + " 23:59")) {
			t.Errorf("%s is worked", day)
		}
	}
	for _, day := range []string{"2026-01-10", "2026-03-01", "2026-05-10", "2026-10-11", "2026-11-07"} {
		if c.Works(at(day + " 00:00")) {
			t.Errorf("%s is a weekend", day)
		}
	}
	worked := 0
	for day := at("2026-01-01 12:00"); day.Year() == 2026; day = day.AddDate(0, 0, 1) {
		if c.Works(day) {
			worked++
		}
	}
	if worked != 248 {
		t.Errorf("%d working days in 2026", worked)
	}
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	own := workdays.Calendar{Own: map[string]bool{"2026-11-04": false, "2026-11-07": true}}
	for _, c := range []struct {
		calendar workdays.Calendar
		from     string
		days     int
		hours    int
		want     string
	}{
		{workdays.Calendar{}, "2026-11-02 10:30", 0, 0, "2026-11-02 10:30"},
		{workdays.Calendar{}, "2026-11-02 10:30", 2, 0, "2026-11-04 10:30"},
		{workdays.Calendar{}, "2026-11-06 16:00", 1, 0, "2026-11-09 16:00"}, // Friday to Monday
		{workdays.Calendar{}, "2026-11-07 16:00", 1, 0, "2026-11-10 09:00"}, // a Saturday counts from Monday
		{workdays.Calendar{}, "2026-11-02 10:30", 0, 4, "2026-11-02 14:30"},
		{workdays.Calendar{}, "2026-11-06 22:00", 0, 4, "2026-11-09 09:00"}, // hours that end on a Saturday
		{workdays.Calendar{}, "2026-09-30 09:00", 2, 0, "2026-10-09 09:00"}, // over the National Day
		{workdays.Calendar{}, "2026-02-13 09:00", 2, 0, "2026-02-24 09:00"}, // Saturday the 14th is worked
		{own, "2026-11-03 09:00", 1, 0, "2026-11-05 09:00"},
		{own, "2026-11-06 09:00", 1, 0, "2026-11-07 09:00"},
		{workdays.Calendar{}, "2031-07-04 09:00", 1, 0, "2031-07-07 09:00"}, // not announced: plain weekends
	} {
		if got := c.calendar.Add(at(c.from), c.days, c.hours); !got.Equal(at(c.want)) {
			t.Errorf("%s and %d days %d hours: %s, want %s", c.from, c.days, c.hours, got.Format("2006-01-02 15:04"), c.want)
		}
	}
}
