package flow

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

func TestTheShippedFlowsAreInOrder(t *testing.T) {
	t.Parallel()
	posts, covered, codes := map[string]bool{}, map[string][]string{}, map[string]bool{}
	for _, p := range Posts {
		posts[p.Code] = true
	}
	for _, template := range Templates() {
		f := template.Flow
		if err := f.Validate(); err != nil || codes[template.Code] || template.From == "" {
			t.Errorf("%s: %v, twice: %t", template.Code, err, codes[template.Code])
		}
		codes[template.Code] = true
		family, _, _ := strings.Cut(template.Code, "-")
		covered[family] = append(covered[family], f.AppliesTo...)
		for i, s := range f.Steps {
			if s.No != i+1 || s.Post != "" && !posts[s.Post] {
				t.Errorf("%s: step %+v", template.Code, s)
			}
		}
	}
	for name, routes := range covered {
		slices.Sort(routes)
		if !slices.Equal(slices.Compact(routes), []string{"important", "ordinary", "urgent"}) {
			t.Errorf("%s is for %v, want each route", name, routes)
		}
	}
	for _, name := range []string{"T1", "T2-short", "T2-long", "T3", "T4", "T5", "T5-source", "T6", "T7", "P1"} {
		if len(FromTemplate(name)) == 0 {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestWhatWasShippedIsNobodysToChange(t *testing.T) {
	t.Parallel()
	want := Templates()
	for _, got := range [][]Template{Templates(), {{Flow: FromTemplate("T5")[0]}}} {
		for _, f := range got {
			for i := range f.Steps {
				f.Steps[i] = Step{Title: "别的"}
			}
			for _, list := range [][]string{f.AppliesTo, f.Green, f.Then} {
				clear(list)
			}
		}
	}
	for _, f := range Templates() {
		for i := range f.Steps {
			for _, list := range [][]string{f.Steps[i].Sheet, f.Steps[i].When.Addressees, f.Steps[i].When.Sources} {
				clear(list)
			}
		}
	}
	if !reflect.DeepEqual(Templates(), want) {
		t.Error("a shipped flow was changed")
	}
}

func TestWhatIsNoFlowIsRefusedByName(t *testing.T) {
	t.Parallel()
	id := uuid.New()
	good := func() Flow {
		return Flow{Name: "流程", AppliesTo: []string{"urgent"}, Steps: []Step{{Title: "审签", Post: "chair"}}}
	}
	for field, spoil := range map[string][]func(*Flow){
		"name":       {func(f *Flow) { f.Name = "" }, func(f *Flow) { f.Name = strings.Repeat("长", 51) }},
		"applies_to": {func(f *Flow) { f.AppliesTo = nil }, func(f *Flow) { f.AppliesTo = []string{"secret"} }, func(f *Flow) { f.AppliesTo = []string{"urgent", "urgent"} }},
		"when":       {func(f *Flow) { f.When.Addressees = []string{"moon"} }, func(f *Flow) { f.When.Categories = []string{""} }, func(f *Flow) { f.When.Classes = []string{"important", "important"} }},
		"green":      {func(f *Flow) { f.Green = []string{"Chair!"} }, func(f *Flow) { f.Green, f.AppliesTo = []string{"chair"}, []string{"ordinary"} }},
		"then":       {func(f *Flow) { f.Then = []string{"burn"} }},
		"steps": {
			func(f *Flow) { f.Steps = nil },
			func(f *Flow) { f.Steps = slices.Repeat(f.Steps, 11) },
			func(f *Flow) { f.Steps[0].Post = "" },
			func(f *Flow) { f.Steps[0].Title = "" },
			func(f *Flow) { f.Steps[0].Post = "Chair!" },
			func(f *Flow) { f.Steps[0].People = []uuid.UUID{id} },
			func(f *Flow) { f.Steps[0].Post, f.Steps[0].Role, f.Steps[0].Charge = "", "signer", true },
			func(f *Flow) { f.Steps[0].Mode = "lottery" },
			func(f *Flow) { f.Steps[0].Mode = Vote },
			func(f *Flow) { f.Steps[0].Days = 61 },
			func(f *Flow) { f.Steps[0].Locked = []string{"author"} },
			func(f *Flow) { f.Steps[0].Sheet = []string{"political", "political"} },
			func(f *Flow) { f.Steps[0].When.Urgencies = []string{"soon"} },
		},
	} {
		for i, change := range spoil {
			f := good()
			change(&f)
			var e *errs.Error
			if err := f.Validate(); !errs.Is(err, errs.Invalid) || !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Name != field {
				t.Errorf("%s %d: %v", field, i, err)
			}
		}
	}
	f := good()
	if err := f.Validate(); err != nil || f.Steps[0].Mode != Any || f.Steps[0].No != 1 {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestTheMostSpecialFlowIsChosen(t *testing.T) {
	t.Parallel()
	flows := []Flow{
		{Name: "一般", AppliesTo: []string{"ordinary", "urgent"}},
		{Name: "教育", AppliesTo: []string{"ordinary"}, When: Condition{Categories: []string{"教育文体"}}},
		{Name: "教育上报", AppliesTo: []string{"ordinary"}, When: Condition{Categories: []string{"教育文体"}, Addressees: []string{"upper"}}},
		{Name: "走访", AppliesTo: []string{"ordinary"}, When: Condition{Sources: []string{"visit"}}},
	}
	for want, of := range map[string]Case{
		"一般":   {Class: "ordinary", Urgency: "normal", Category: "民政"},
		"教育":   {Class: "ordinary", Urgency: "normal", Category: "教育文体", Addressees: []string{"department"}},
		"教育上报": {Class: "ordinary", Urgency: "normal", Category: "教育文体", Addressees: []string{"local", "upper"}},
		"走访":   {Class: "ordinary", Urgency: "normal", Category: "民政", Source: "own", SourceKind: "visit"},
		"":     {Class: "important", Urgency: "normal"},
	} {
		got := ""
		if i := Choose(flows, of); i >= 0 {
			got = flows[i].Name
		}
		if got != want {
			t.Errorf("%+v goes %q, want %q", of, got, want)
		}
	}
	if i := Choose(flows, Case{Class: "important", Urgency: "critical", Category: "教育文体"}); flows[i].Name != "一般" {
		t.Errorf("an urgent one goes %s", flows[i].Name)
	}
}

// people is an office with one of each post of T5 and two vice-chairs.
func people() Office {
	o := Office{}
	for i, post := range []string{"committee_head", "office_head", "document_head", "secretary_general", "chair", "vice_chair", "vice_chair"} {
		o.People = append(o.People, Person{ID: uuid.UUID{15: byte(i + 1)}, Name: post, Post: post, Able: true})
	}
	return o
}

func titles(plan []Planned) (applies []string) {
	for _, p := range plan {
		if p.Applies {
			applies = append(applies, p.Title)
		} else if p.Why == "" {
			applies = append(applies, "?"+p.Title)
		}
	}
	return applies
}

func TestThreeChecksGoAsFarAsTheReportGoes(t *testing.T) {
	t.Parallel()
	f, o := FromTemplate("T5")[0], people()
	for _, c := range []struct {
		of   Case
		want []string
	}{
		{Case{Source: "received"}, []string{"研究室再核", "分管文稿领导三核", "秘书长审签把关", "主席签批"}}, // it may go anywhere
		{Case{Source: "own", Addressees: []string{"department"}}, []string{"专委会初核", "研究室再核", "分管文稿领导三核"}},
		{Case{Source: "received", Addressees: []string{"department"}}, []string{"研究室再核", "分管文稿领导三核"}},
		{Case{Source: "received", Addressees: []string{"upper"}}, []string{"研究室再核", "分管文稿领导三核", "秘书长审签把关", "主席签批"}},
		{Case{Source: "own", Addressees: []string{"local"}}, []string{"专委会初核", "研究室再核", "分管文稿领导三核", "秘书长审签把关", "主席签批"}},
	} {
		c.of.Class, c.of.Urgency = "ordinary", "normal"
		if got := titles(f.Plan(c.of, o)); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.of, got, c.want)
		}
		run, err := f.Begin(c.of, uuid.New(), o)
		if err != nil || len(run.Stages) != len(c.want) {
			t.Errorf("%+v: %v, %v: a run is not what was planned", c.of, run, err)
		}
	}
}

func TestAStepWaitsForWhoIsInChargeOfTheField(t *testing.T) {
	t.Parallel()
	f, o := FromTemplate("T7")[0], people()
	of := Case{Class: "ordinary", Urgency: "normal"}
	if who := f.Plan(of, o)[0].Who; len(who) != 2 {
		t.Errorf("nobody is in charge: %v", who)
	}
	o.Charge = o.People[6].ID
	if who := f.Plan(of, o)[0].Who; len(who) != 1 || who[0].ID != o.Charge {
		t.Errorf("the second vice-chair is in charge: %v", who)
	}
	o.People[6].Able = false
	if who := f.Plan(of, o)[0].Who; len(who) != 1 || who[0].ID != o.People[5].ID {
		t.Errorf("who is in charge cannot sign: %v", who)
	}
}
