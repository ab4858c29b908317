package boards

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"shangda/internal/errs"
)

// Period is a run of whole months: From is the first of the first one, To the first of the one after the last.
type Period struct{ From, To time.Time }

const (
	earliest    = 2000
	latest      = 2099
	mostMonths  = 120
	monthLayout = "2006-01"
)

var periodForm = regexp.MustCompile(`^(\d{4})(?:-(?:(H[12])|(Q[1-4])|(\d{2})))?$`)
var rangeForm = regexp.MustCompile(`^(\d{4}-\d{2})\.\.(\d{4}-\d{2})$`)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// ParsePeriod reads a year (2026), half (2026-H1), quarter (2026-Q3), month (2026-10) or run of months
// (2026-01..2026-06). Nothing stands for the year of now. An Invalid error for anything else.
func ParsePeriod(text string, now time.Time) (Period, error) {
	if text == "" {
		return months(now.In(shanghai).Year(), 1, 12), nil
	}
	if m := rangeForm.FindStringSubmatch(text); m != nil {
		from, err1 := time.Parse(monthLayout, m[1])
		last, err2 := time.Parse(monthLayout, m[2])
		p := Period{from, last.AddDate(0, 1, 0)}
		if err1 != nil || err2 != nil || !p.valid() {
			return Period{}, badPeriod()
		}
		return p, nil
	}
	m := periodForm.FindStringSubmatch(text)
	if m == nil {
		return Period{}, badPeriod()
	}
	year, _ := strconv.Atoi(m[1])
	p := months(year, 1, 12)
	switch {
	case m[2] != "":
		p = months(year, int(m[2][1]-'1')*6+1, 6)
	case m[3] != "":
		p = months(year, int(m[3][1]-'1')*3+1, 3)
	case m[4] != "":
		month, _ := strconv.Atoi(m[4])
		if month < 1 || month > 12 {
			return Period{}, badPeriod()
		}
		p = months(year, month, 1)
	}
	if !p.valid() {
		return Period{}, badPeriod()
	}
	return p, nil
}

func badPeriod() error {
	return errs.InvalidField("period", "统计时段应写作 2026、2026-H1、2026-Q3、2026-10 或 2026-01..2026-06，最长十年")
}

func months(year, first, n int) Period {
	from := time.Date(year, time.Month(first), 1, 0, 0, 0, 0, time.UTC)
	return Period{from, from.AddDate(0, n, 0)}
}

func (p Period) valid() bool {
	return p.From.Year() >= earliest && p.last().Year() <= latest && p.From.Before(p.To) && p.length() <= mostMonths
}

func (p Period) length() int {
	return (p.To.Year()-p.From.Year())*12 + int(p.To.Month()) - int(p.From.Month())
}

func (p Period) last() time.Time { return p.To.AddDate(0, -1, 0) }

// Label names the period as a bulletin does.
func (p Period) Label() string {
	from, last := p.From, p.last()
	year, month, n := from.Year(), int(from.Month()), p.length()
	switch {
	case n == 12 && month == 1:
		return fmt.Sprintf("%d年", year)
	case n == 6 && (month == 1 || month == 7):
		return fmt.Sprintf("%d年%s半年", year, []string{"上", "下"}[month/7])
	case n == 3 && month%3 == 1:
		return fmt.Sprintf("%d年第%s季度", year, []string{"一", "二", "三", "四"}[month/3])
	case n == 1:
		return fmt.Sprintf("%d年%d月", year, month)
	case year == last.Year():
		return fmt.Sprintf("%d年%d月至%d月", year, month, last.Month())
	}
	return fmt.Sprintf("%d年%d月至%d年%d月", year, month, last.Year(), last.Month())
}
