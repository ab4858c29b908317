// Package workdays counts Chinese working days: weekends are free, but for the holidays and the make-up workdays that the
// State Council announces each year. The announced tables come from a kept library; a year that is not announced yet has
// plain weekends.
package workdays

import (
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
)

// Zone is where the days are counted, whatever the machine's zone.
var Zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Opens is when a working day begins: what arrives on a free day counts from then on the next working day.
const Opens = 9 * time.Hour

// Calendar is the official one with the days that a unit has of its own: true for a day worked, false for a day off.
// The zero Calendar is the official one.
type Calendar struct{ Own map[string]bool }

// Layout is how a day is written in Own.
const Layout = time.DateOnly

// Works tells whether the day of that moment is a working day.
func (c Calendar) Works(at time.Time) bool {
	day := at.In(Zone)
	if works, ok := c.Own[day.Format(Layout)]; ok {
		return works
	}
	if announced := HolidayUtil.GetHoliday(day.Format(Layout)); announced != nil {
		return announced.IsWork()
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// farthest bounds the search for a working day where a unit has declared everything free.
const farthest = 400

// Start is at itself within a working day, else the opening of the next one.
func (c Calendar) Start(at time.Time) time.Time {
	if c.Works(at) {
		return at
	}
	return c.next(at)
}

func (c Calendar) next(at time.Time) time.Time {
	day := midnight(at)
	for range farthest {
		day = day.AddDate(0, 0, 1)
		if c.Works(day) {
			break
		}
	}
	return day.Add(Opens)
}

// Add is the same time of day that many working days after the start of at, and that many hours later; hours that end on a
// free day end on the next working day.
func (c Calendar) Add(at time.Time, days int, hours int) time.Time {
	at = c.Start(at)
	ofDay := at.Sub(midnight(at))
	for range days {
		at = midnight(c.next(at)).Add(ofDay)
	}
	return c.Start(at.Add(time.Duration(hours) * time.Hour))
}

func midnight(at time.Time) time.Time {
	at = at.In(Zone)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, Zone)
}
