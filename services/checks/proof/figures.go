package proof

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	fullDate  = regexp.MustCompile(`(\d{4})年(\d{1,2})月(\d{1,2})日(?:[（(]?(?:星期|周)([一二三四五六日天])[）)]?)?`)
	shortDate = regexp.MustCompile(`(\d{1,2})月(\d{1,2})[日号]`)
	months    = regexp.MustCompile(`年(\d{1,2})月`)
)

// dates: days that no calendar has, and weekdays that are not those of their date.
func dates(p part) {
	covered := map[int]bool{}
	for _, m := range fullDate.FindAllStringSubmatchIndex(p.text, -1) {
		year, month, day := number(p.text, m, 1), number(p.text, m, 2), number(p.text, m, 3)
		covered[m[4]] = true
		at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if int(at.Month()) != month || at.Day() != day {
			p.add(Dates, m[0], m[1], "", "没有这一天，请核对日期")
			continue
		}
		if m[8] < 0 {
			continue
		}
		if said, is := p.text[m[8]:m[9]], weekday(at); said != is && (said != "天" || is != "日") {
			p.add(Dates, m[0], m[1], "", "%d年%d月%d日是星期%s，不是星期%s", year, month, day, is, said)
		}
	}
	for _, m := range shortDate.FindAllStringSubmatchIndex(p.text, -1) {
		month, day := number(p.text, m, 1), number(p.text, m, 2)
		if covered[m[2]] || month >= 1 && month <= 12 && day >= 1 && day <= daysOf(month) {
			continue
		}
		covered[m[2]] = true
		p.add(Dates, m[0], m[1], "", "没有这一天，请核对日期")
	}
	for _, m := range months.FindAllStringSubmatchIndex(p.text, -1) {
		if month := number(p.text, m, 1); !covered[m[2]] && (month < 1 || month > 12) {
			p.add(Dates, m[2], m[1], "", "没有这个月份，请核对日期")
		}
	}
}

func weekday(at time.Time) string { return string([]rune("日一二三四五六")[at.Weekday()]) }

// daysOf is the most days a month can have.
func daysOf(month int) int {
	return time.Date(2024, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func number(text string, m []int, group int) int {
	n, _ := strconv.Atoi(text[m[2*group]:m[2*group+1]])
	return n
}

// share is a part of a whole: more than all of it cannot be.
var share = regexp.MustCompile(`(占比|占[^，。；、]{0,12}?|比例|比重|覆盖率|合格率|达标率|入住率|就业率|普及率|参与率|满意度|满意率|知晓率|完成率|使用率|空置率|绿化率|入园率)(为|达|达到|约|是|约为|仅|不足|超过|高达)?(\d+(?:\.\d+)?)[%％]`)

// percents: a share above 100 %.
func percents(p part) {
	for _, m := range share.FindAllStringSubmatchIndex(p.text, -1) {
		if value, _ := strconv.ParseFloat(p.text[m[6]:m[7]], 64); value > 100 && !strings.HasPrefix(p.text[m[2]:m[3]], "完成率") {
			p.add(Figures, m[6], m[1], "", "“%s”超过了 100%%，请核对", p.text[m[0]:m[1]])
		}
	}
}

const amount = `(\d+(?:\.\d+)?)(万|亿)?(个|处|户|人|家|起|件|次|名|所|辆|座|条|项|元|吨|亩|公里|米|平方米|%)`

var (
	amounts = regexp.MustCompile(amount)
	// whole names a total of which parts follow within the same sentence.
	whole = regexp.MustCompile(`(?:共计|合计|总计|总共|共有|共)[^\d，。；]{0,8}` + amount + `[^。；\d]{0,12}其中`)
	// total follows its parts.
	total = regexp.MustCompile(`(?:合计|共计|总计)(?:为|达|约)?` + amount)
)

type figure struct {
	value float64
	unit  string
	from  int
	to    int
}

func figuresIn(text string, offset int) []figure {
	var found []figure
	for _, m := range amounts.FindAllStringSubmatchIndex(text, -1) {
		found = append(found, figureAt(text, m, 1, offset))
	}
	return found
}

// figureAt reads number, 万 or 亿, and unit from three groups.
func figureAt(text string, m []int, group, offset int) figure {
	value, _ := strconv.ParseFloat(text[m[2*group]:m[2*group+1]], 64)
	if at := m[2*group+2]; at >= 0 {
		value *= map[string]float64{"万": 1e4, "亿": 1e8}[text[at:m[2*group+3]]]
	}
	return figure{value: value, unit: text[m[2*group+4]:m[2*group+5]], from: offset + m[2*group], to: offset + m[2*group+5]}
}

// sums: parts that are more than their whole (共30处，其中…), a total that is not the sum of what is listed before it, and
// shares listed with 分别占 that exceed 100 %.
func sums(p part) {
	for _, m := range whole.FindAllStringSubmatchIndex(p.text, -1) {
		all := figureAt(p.text, m, 1, 0)
		end := m[1] + sentenceLength(p.text[m[1]:])
		sum := 0.0
		for _, f := range figuresIn(p.text[m[1]:end], m[1]) {
			if f.unit == all.unit {
				sum += f.value
			}
		}
		if sum > all.value*1.0001 && all.unit != "%" && all.unit != "元" {
			p.add(Figures, all.from, all.to, "", "其中各项相加为 %s%s，超过总数 %s%s，请核对", plain(sum), all.unit, plain(all.value), all.unit)
		}
	}
	for _, m := range total.FindAllStringSubmatchIndex(p.text, -1) {
		all := figureAt(p.text, m, 1, 0)
		begin := m[0] - listBefore(p.text[:m[0]])
		parts, sum, same := figuresIn(p.text[begin:m[0]], begin), 0.0, true
		for _, f := range parts {
			sum += f.value
			same = same && f.unit == all.unit
		}
		if len(parts) >= 2 && same && math.Abs(sum-all.value) > 0.0001*math.Max(sum, all.value) {
			p.add(Figures, all.from, all.to, "", "前面各项相加为 %s%s，与合计 %s%s 不符，请核对", plain(sum), all.unit, plain(all.value), all.unit)
		}
	}
	for _, m := range shares.FindAllStringIndex(p.text, -1) {
		sum := 0.0
		for _, f := range figuresIn(p.text[m[0]:m[1]], m[0]) {
			sum += f.value
		}
		if sum > 100.5 {
			p.add(Figures, m[0], m[1], "", "各部分相加为 %s%%，超过了 100%%，请核对", plain(sum))
		}
	}
}

var shares = regexp.MustCompile(`分别占[^。；]{0,10}?\d+(?:\.\d+)?%(?:[、，和及]\d+(?:\.\d+)?%)+`)

// elsewhere begins what is no part of the whole any more: 其中甲20个，涉及车位500个.
var elsewhere = regexp.MustCompile(`[。；\n]|涉及|影响|惠及|覆盖|累计|投资|每|需|可`)

func sentenceLength(text string) int {
	if at := elsewhere.FindStringIndex(text); at != nil {
		return at[0]
	}
	return len(text)
}

// listBefore is how many bytes before a total belong to the list it sums up: back to the end of the sentence.
func listBefore(text string) int {
	if i := strings.LastIndexAny(text, "。；\n：:"); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[i:])
		return len(text) - i - size
	}
	return len(text)
}

func plain(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

// againstTitle: a figure in the title that the text gives otherwise, or not at all.
func againstTitle(t Text, found *[]Finding) {
	body := strings.Join([]string{t.Problem, t.Cause, t.Advice}, "\n")
	if strings.TrimSpace(body) == "" {
		return
	}
	said := figuresIn(body, 0)
	p := part{"title", t.Title, found}
	for _, f := range figuresIn(t.Title, 0) {
		agrees, others := false, []string{}
		for _, b := range said {
			agrees = agrees || b.unit == f.unit && b.value == f.value
			if b.unit == f.unit {
				others = append(others, body[b.from:b.to])
			}
		}
		switch {
		case agrees:
		case len(others) == 1:
			p.add(Figures, f.from, f.to, "", "标题是“%s”，正文是“%s”，请核对", t.Title[f.from:f.to], others[0])
		default:
			p.add(Figures, f.from, f.to, "", "正文中没有标题里的“%s”，请核对", t.Title[f.from:f.to])
		}
	}
}
