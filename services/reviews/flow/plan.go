package flow

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

var (
	classNames   = map[string]string{"ordinary": "一般", "important": "重要"}
	urgencyNames = map[string]string{"normal": "普通", "urgent": "紧急", "critical": "特急"}
	sourceNames  = map[string]string{"own": "本单位来稿", "received": "下级报送", "combined": "综合稿"}
)

// Case is what conditions ask about a report.
type Case struct {
	Class      string   `json:"class" enum:"ordinary,important"`
	Urgency    string   `json:"urgency" enum:"normal,urgent,critical"`
	Category   string   `json:"category,omitempty" maxLength:"40"`
	Source     string   `json:"source,omitempty" maxLength:"40" doc:"own, received, combined"`
	SourceKind string   `json:"source_kind,omitempty" maxLength:"40" doc:"What it grew from, such as speech or visit"`
	Addressees []string `json:"addressees,omitempty" maxItems:"3"`
}

// Route is the class of the report; an urgent one goes the urgent way whatever its class.
func (c Case) Route() string {
	if c.Urgency != "normal" {
		return "urgent"
	}
	return c.Class
}

// Empty is true for a condition that holds for every report.
func (c Condition) Empty() bool { return c.weight() == 0 }

// weight is how many lists the condition has: the more, the more special.
func (c Condition) weight() int {
	n := 0
	for _, list := range [][]string{c.Classes, c.Urgencies, c.Categories, c.Sources, c.Addressees} {
		if len(list) > 0 {
			n++
		}
	}
	return n
}

// Key is the condition in one word: two conditions with the same key are the same.
func (c Condition) Key() string {
	if c.Empty() {
		return ""
	}
	parts := make([]string, 0, 5)
	for _, list := range [][]string{c.Classes, c.Urgencies, c.Categories, c.Sources, c.Addressees} {
		sorted := slices.Sorted(slices.Values(list))
		parts = append(parts, strings.Join(sorted, ","))
	}
	return strings.Join(parts, ";")
}

// unmet says why the condition does not hold for the report, empty where it does. A report of which nobody has said where
// it goes may go anywhere, so it meets what is asked of each addressee.
func (c Condition) unmet(of Case) string {
	for _, list := range []struct {
		values []string
		has    []string
		names  map[string]string
		what   string
	}{
		{c.Classes, []string{of.Class}, classNames, "类别"}, {c.Urgencies, []string{of.Urgency}, urgencyNames, "紧急程度"},
		{c.Categories, []string{of.Category}, nil, "分类"}, {c.Sources, []string{of.Source, of.SourceKind}, sourceNames, "来源"},
		{c.Addressees, of.Addressees, Addressees, "报送去向"},
	} {
		if len(list.values) == 0 || list.what == "报送去向" && len(list.has) == 0 || slices.ContainsFunc(list.values, func(v string) bool { return slices.Contains(list.has, v) }) {
			continue
		}
		words := make([]string, len(list.values))
		for i, v := range list.values {
			words[i] = v
			if name := list.names[v]; name != "" {
				words[i] = name
			}
		}
		if list.what == "来源" {
			return "只用于指定来源的信息"
		}
		return "只用于" + list.what + "为" + strings.Join(words, "、") + "的信息"
	}
	return ""
}

// Holds tells whether the condition holds for the report.
func (c Condition) Holds(of Case) bool { return c.unmet(of) == "" }

// Choose gives the index of the flow that a report goes: of those for its route whose condition holds the most special,
// of equals the first; -1 for none.
func Choose(flows []Flow, of Case) int {
	chosen := -1
	for i, f := range flows {
		if !slices.Contains(f.AppliesTo, of.Route()) || !f.When.Holds(of) {
			continue
		}
		if chosen < 0 || f.When.weight() > flows[chosen].When.weight() {
			chosen = i
		}
	}
	return chosen
}

// Person is somebody of the unit who can read the report. Able is who may sign.
type Person struct {
	ID    uuid.UUID
	Name  string
	Post  string
	Roles []string
	Able  bool
}

// Office is the unit as it is now, as far as a run asks: its active people, who is in charge of the report's field, and
// who stands in for whom.
type Office struct {
	People   []Person
	Charge   uuid.UUID
	Deputies map[uuid.UUID]uuid.UUID
}

// Find is the person of that id.
func (o Office) Find(id uuid.UUID) (Person, bool) {
	for _, p := range o.People {
		if p.ID == id {
			return p, true
		}
	}
	return Person{}, false
}

// Able tells whether that member may sign now.
func (o Office) Able(id uuid.UUID) bool {
	p, ok := o.Find(id)
	return ok && p.Able
}

// speaks tells whether by may act where the step waits for member: himself, or who stands in for him.
func (o Office) speaks(by, member uuid.UUID) bool {
	return by == member || by != uuid.Nil && o.Deputies[member] == by
}

// reachable tells whether anybody can act on what waits for that member.
func (o Office) reachable(member uuid.UUID) bool {
	return o.Able(member) || o.Able(o.Deputies[member])
}

// For is whom the step waits for, in the order they stand in the office, or as named.
func (o Office) For(s Step) []Person {
	var found []Person
	if len(s.People) > 0 {
		for _, id := range s.People {
			if p, ok := o.Find(id); ok && p.Able && !slices.ContainsFunc(found, func(f Person) bool { return f.ID == id }) {
				found = append(found, p)
			}
		}
		return found
	}
	for _, p := range o.People {
		if p.Able && (s.Post == "" || s.Post == p.Post) && (s.Role == "" || slices.Contains(p.Roles, s.Role)) {
			found = append(found, p)
		}
	}
	if s.Charge {
		for _, p := range found {
			if p.ID == o.Charge {
				return []Person{p}
			}
		}
	}
	return found
}

// Planned is a step as it would be for a report: whether it applies, why not, and whom it would wait for.
type Planned struct {
	Step
	Applies bool
	Why     string
	Who     []Person
}

// Plan is what the flow means for a report in this office. The same code draws a trial and starts a run.
func (f Flow) Plan(of Case, o Office) []Planned {
	plan := make([]Planned, len(f.Steps))
	for i, s := range f.Steps {
		s.No = i + 1
		why := s.When.unmet(of)
		plan[i] = Planned{Step: s, Applies: why == "", Why: why}
		if why == "" {
			plan[i].Who = o.For(s)
		}
	}
	return plan
}

// Begin starts a run of the flow for a report. Conflict where no step applies, or where one would wait for nobody.
func (f Flow) Begin(of Case, starter uuid.UUID, o Office) (*Run, error) {
	r := &Run{State: Running, Starter: starter}
	if of.Route() == "urgent" {
		r.Green = f.Green
	}
	for _, p := range f.Plan(of, o) {
		if !p.Applies {
			continue
		}
		if len(p.Who) == 0 {
			return nil, errs.New(errs.Conflict, "第 %d 个环节“%s”目前没有可以审签的人员，请联系系统管理员", p.No, p.Title)
		}
		r.Stages = append(r.Stages, &Stage{ID: newID(), Step: p.Step, State: Waiting})
	}
	if len(r.Stages) == 0 {
		return nil, errs.New(errs.Conflict, "流程“%s”没有适用于这篇信息的环节，请联系系统管理员", f.Name)
	}
	r.number()
	r.enter(0, o)
	return r, nil
}
