package search

import (
	"slices"
	"strings"
	"time"

	"shangda/internal/errs"
	"shangda/internal/segment"
	"shangda/tenancy"
)

// Question is what somebody looks for. Words may be empty where something narrows. From and To are days such as
// 2026-11-02, both included.
type Question struct {
	Words        string
	State        string
	Category     string
	Topic        string
	Urgency      string
	Class        string
	Flag         string
	Mode         string
	Channel      string
	SourceKind   string
	Sender       string // code of a unit; - for what was written here
	Author       string
	AdoptedLevel string
	AdoptedForm  string
	From, To     string
	Newest       bool // by date instead of by rank
	Page         int  // from 1
}

// marks are the conditions of the question as marks of the index.
func (q Question) marks(l lexemes) []string {
	var all []string
	add := func(name, value string) {
		if value != "" {
			all = append(all, l.mark(name, value))
		}
	}
	add("state", q.State)
	add("category", q.Category)
	add("topic", q.Topic)
	add("urgency", q.Urgency)
	add("class", q.Class)
	add("flag", q.Flag)
	add("mode", q.Mode)
	add("channel", q.Channel)
	add("source", q.SourceKind)
	add("sender", q.Sender)
	add("name", strings.TrimSpace(segment.Plain(q.Author)))
	switch {
	case q.AdoptedLevel != "" && q.AdoptedForm != "":
		add("adopted", q.AdoptedLevel+" "+q.AdoptedForm)
	default:
		add("level", q.AdoptedLevel)
		add("form", q.AdoptedForm)
	}
	return all
}

// meets tells whether the report is still as the question asks: the index may be a second behind.
func (q Question) meets(d Document) bool {
	same := func(want, is string) bool { return want == "" || want == is }
	adopted := q.AdoptedLevel == "" && q.AdoptedForm == "" || slices.ContainsFunc(d.Adoptions, func(a Adoption) bool {
		return same(q.AdoptedLevel, a.Level) && same(q.AdoptedForm, a.Form)
	})
	return adopted && same(q.State, d.State) && same(q.Category, d.Category) && same(q.Topic, d.Topic) && same(q.Urgency, d.Urgency) && same(q.Class, d.Class) &&
		(q.Flag == "" || slices.Contains(d.Flags, q.Flag))
}

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// days are the moments from the first day's begin to the last one's end, open where not given.
func (q Question) days() (from, to time.Time, err error) {
	from, to = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	var faults errs.Fields
	for _, d := range []struct {
		name, text string
		at         *time.Time
		add        int
	}{{"from", q.From, &from, 0}, {"to", q.To, &to, 1}} {
		if d.text == "" {
			continue
		}
		at, err := time.ParseInLocation(time.DateOnly, d.text, shanghai)
		if err != nil {
			faults.Add(d.name, "日期应写作 2026-11-02")
			continue
		}
		*d.at = at.AddDate(0, 0, d.add)
	}
	if len(faults) == 0 && to.Before(from) {
		faults.Add("to", "结束日期不能早于开始日期")
	}
	return from, to, faults.Err()
}

// condition is a question as the index is asked: all of query, and title for the hits that come first.
type condition struct{ query, title string }

// conditions are the question put strictly (every word) and, for several words, loosely (any of them); nothing where the
// caller may read nothing, or where nothing is asked.
func conditions(p *tenancy.Principal, permission string, question []segment.Alternative, marks []string) (strict, loose condition, ok bool) {
	l := lexemesOf(p.Tenant.ID)
	reach, ok := l.reach(p, permission)
	if !ok || len(question)+len(marks) == 0 {
		return strict, loose, false
	}
	with := func(words ...string) string { return strings.Join(append(append(words, marks...), reach), " & ") }
	if len(question) == 0 {
		return condition{with(), with()}, condition{}, true
	}
	strict = condition{with(words(question, l.word, " & ")), with(words(question, l.title, " & "))}
	if len(question) > 1 {
		loose = condition{with(words(question, l.word, " | ")), with(words(question, l.title, " & "))}
	}
	return strict, loose, true
}
