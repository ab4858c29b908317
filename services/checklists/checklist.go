// Package checklists keeps what a unit checks, and when: 三提三不提 before a topic is chosen, 三写三不写 while writing, 三审 and 三核
// before the signature (S12). What a list says must not be is, at the same time, a reason for returning, keeping or
// declining a report. A change is a new version; what was ticked keeps the words that were ticked.
package checklists

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
)

// The moments at which lists are shown: choosing the topic, writing, first screening, editing, review, before it goes out.
const (
	Topic     = "topic"
	Writing   = "writing"
	Screening = "screening"
	Editing   = "editing"
	Review    = "review"
	Release   = "release"
)

// The kinds of item: to be ticked, to be ticked without fail, what must not be, and a reason that no list shows.
const (
	Tick    = "tick"
	Must    = "must"
	MustNot = "must_not"
	Reason  = "reason"
)

// Item is one line of a list. Code stays when the words change. Reason is what is told to the author where Text is a rule; For
// is which decisions it may be the reason of.
type Item struct {
	Code   string   `json:"code" maxLength:"40" doc:"Stays when the words change"`
	Text   string   `json:"text" maxLength:"400"`
	Kind   string   `json:"kind" enum:"tick,must,must_not,reason"`
	Reason string   `json:"reason,omitempty" maxLength:"200" doc:"As it is told to the author; empty is the text"`
	For    []string `json:"for,omitempty" enum:"return,keep,decline" doc:"The decisions it may be the reason of"`
}

// List is a checklist as it stands. Version 0 is as shipped.
type List struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Moment   string `json:"moment" enum:"topic,writing,screening,editing,review,release"`
	Position int    `json:"position"`
	Active   bool   `json:"active"`
	Required bool   `json:"required" doc:"What must be ticked holds up the step that the moment stands before"`
	Items    []Item `json:"items"`
	Version  int    `json:"version"`
	Shipped  bool   `json:"shipped" doc:"A list that ships, changed or not"`
}

// Ticked is one item as somebody left it.
type Ticked struct {
	List     string    `json:"list"`
	ListName string    `json:"list_name"`
	Version  int       `json:"version" doc:"Of the list when it was ticked"`
	Item     string    `json:"item"`
	Text     string    `json:"text" doc:"The words that were ticked"`
	Ticked   bool      `json:"ticked"`
	Remark   string    `json:"remark,omitempty"`
	By       uuid.UUID `json:"by"`
	ByName   string    `json:"by_name"`
	At       time.Time `json:"at"`
}

// NewTick is an item as somebody wants to leave it.
type NewTick struct {
	Item   string `json:"item" maxLength:"40"`
	Ticked bool   `json:"ticked"`
	Remark string `json:"remark,omitempty" maxLength:"400"`
}

// The bounds of a unit's lists.
const (
	maxName   = 30
	maxText   = 150
	maxReason = 60
	maxRemark = 200
	maxItems  = 30
	maxCodes  = 600
)

var (
	moments = []string{Topic, Writing, Screening, Editing, Review, Release}
	// holding are the moments whose lists can hold up a step.
	holding   = []string{Editing, Review, Release}
	kinds     = []string{Tick, Must, MustNot, Reason}
	decisions = []string{"return", "keep", "decline"}
	codeForm  = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)
)

// Other is the reason that every unit has: words of one's own.
const Other = "other"

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// check cleans a list and names all its faults. Each code is one item's of the whole unit: others are those of its other lists.
func (l List) check(others map[string]string) (List, error) {
	var faults errs.Fields
	l.Name = plain(l.Name)
	if n := utf8.RuneCountInString(l.Name); n == 0 || n > maxName || documents.Marked(l.Name) {
		faults.Add("name", "名称应为 1 到 %d 个字", maxName)
	}
	if !codeForm.MatchString(l.Code) {
		faults.Add("code", "代码由小写字母、数字和下划线组成，以字母开头")
	}
	if !slices.Contains(moments, l.Moment) {
		faults.Add("moment", "请选择在什么时候出现")
	}
	if l.Required && !slices.Contains(holding, l.Moment) {
		faults.Add("required", "只有编辑、审签和报送前的清单可以设为必须完成")
	}
	if len(l.Items) == 0 || len(l.Items) > maxItems {
		faults.Add("items", "应有 1 到 %d 项", maxItems)
	}
	seen := map[string]bool{}
	l.Items = slices.Clone(l.Items)
	for i := range l.Items {
		l.Items[i].check(i+1, seen, others, &faults)
	}
	return l, faults.Err()
}

func (i *Item) check(no int, seen map[string]bool, others map[string]string, faults *errs.Fields) {
	i.Text, i.Reason = plain(i.Text), plain(i.Reason)
	switch {
	case !codeForm.MatchString(i.Code) || i.Code == Other:
		faults.Add("items", "第 %d 项的代码不正确", no)
	case seen[i.Code]:
		faults.Add("items", "第 %d 项的代码与本清单另一项相同", no)
	case others[i.Code] != "":
		faults.Add("items", "第 %d 项的代码已用在“%s”", no, others[i.Code])
	}
	seen[i.Code] = true
	if n := utf8.RuneCountInString(i.Text); n == 0 || n > maxText {
		faults.Add("items", "第 %d 项应为 1 到 %d 个字", no, maxText)
	}
	if utf8.RuneCountInString(i.Reason) > maxReason {
		faults.Add("items", "第 %d 项的告知用语最多 %d 个字", no, maxReason)
	}
	if documents.Marked(i.Text) || documents.Marked(i.Reason) {
		faults.Add("items", "%s", documents.PaperOnlyText)
	}
	if !slices.Contains(kinds, i.Kind) {
		faults.Add("items", "第 %d 项的类型不正确", no)
	}
	refuses := i.Kind == MustNot || i.Kind == Reason
	if !refuses {
		i.For = nil
	}
	known := []string{}
	for _, d := range decisions {
		if slices.Contains(i.For, d) {
			known = append(known, d)
		}
	}
	if i.For = known; refuses && len(known) == 0 {
		faults.Add("items", "第 %d 项请选择用于退回、留存还是不采用", no)
	}
}

// item finds an item of the list by its code.
func (l List) item(code string) (Item, bool) {
	at := slices.IndexFunc(l.Items, func(i Item) bool { return i.Code == code && i.Kind != Reason })
	if at < 0 {
		return Item{}, false
	}
	return l.Items[at], true
}
