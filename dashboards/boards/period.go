package boards

import (
	"fmt"
	"strconv"
	"strings"
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

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// ParsePeriod reads a year (2026), half (2026-H1), quarter (2026-Q3), month (2026-10) or run of months
// (2026-01..2026-06). Nothing stands for the year of now. An Invalid error for anything else.
func ParsePeriod(text string, now time.Time) (Period, error) {
	if text == "" {
		return months(now.In(shanghai).Year(), 1, 12), nil
	}
	first, last, run := strings.Cut(text, "..")
	p, ok := parsePart(first)
	if run {
		end, endOK := parsePart(last)
		ok = ok && endOK && p.length() == 1 && end.length() == 1
		p.To = end.To
	}
	if !ok || !p.valid() {
		return Period{}, badPeriod()
	}
	return p, nil
}

// parsePart reads one year, half, quarter or month.
func parsePart(text string) (Period, bool) {
	year, part, split := strings.Cut(text, "-")
	y, ok := digits(year, 4)
	if !ok || !split {
		return months(y, 1, 12), ok
	}
	if len(part) != 2 {
		return Period{}, false
	}
	n, ok := digits(part[1:], 1)
	switch part[0] {
	case 'H':
		return months(y, n*6-5, 6), ok && n >= 1 && n <= 2
	case 'Q':
		return months(y, n*3-2, 3), ok && n >= 1 && n <= 4
	}
	n, ok = digits(part, 2)
	return months(y, n, 1), ok && n >= 1 && n <= 12
}

func digits(text string, length int) (n int, ok bool) {
	for _, d := range []byte(text) {
		if d < '0' || d > '9' {
			return 0, false
		}
		n = n*10 + int(d-'0')
	}
	return n, len(text) == length
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

// trendEnd is where the trend of twelve months ends: with the period, or with this month where the period goes on.
func (p Period) trendEnd(now time.Time) time.Time {
	now = now.In(shanghai)
	next := time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	if p.From.Before(next) && p.To.After(next) {
		return next
	}
	return p.To
}

func (p Period) last() time.Time { return p.To.AddDate(0, -1, 0) }

// key is short and quick to make.
func (p Period) key() string {
	var b [16]byte
	k := strconv.AppendInt(b[:0], int64(p.From.Year()*100+int(p.From.Month())), 10)
	k = append(k, '-')
	return string(strconv.AppendInt(k, int64(p.last().Year()*100+int(p.last().Month())), 10))
}

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
