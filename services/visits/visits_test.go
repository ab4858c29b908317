package visits_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/services/visits"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// pool is the clues that visits became, and who was told what.
type pool struct {
	made map[uuid.UUID][]visits.NewClue
	told map[uuid.UUID][]string
}

func (p *pool) FromVisit(_ context.Context, tx *tenancy.Tx, v visits.Visit, n visits.NewClue) (uuid.UUID, error) {
	p.made[v.ID] = append(p.made[v.ID], n)
	id := tenancy.NewID()
	tx.Record(tenancy.Event{Kind: "clue.received", Subject: tenancy.Subject{Kind: "clue", ID: id}})
	return id, nil
}

func (p *pool) Yields(_ context.Context, _ tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]visits.Yield, error) {
	all := map[uuid.UUID]visits.Yield{}
	for _, id := range ids {
		all[id] = visits.Yield{Clues: len(p.made[id])}
	}
	return all, nil
}

func (p *pool) Tell(_ context.Context, _ *tenancy.Tx, to []uuid.UUID, n notices.Notice) error {
	for _, m := range to {
		p.told[m] = append(p.told[m], n.Text)
	}
	return nil
}

type fixture struct {
	*tenancytest.World
	*pool
	t *testing.T
	s *visits.Service
}

func setUp(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{World: tenancytest.New(t), pool: &pool{map[uuid.UUID][]visits.NewClue{}, map[uuid.UUID][]string{}}, t: t}
	f.s = visits.New(f.DB, f.pool)
	f.s.Clues = f.pool
	return f
}

func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) refused(kind errs.Kind, field string, err error) {
	f.t.Helper()
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != kind || field != "" && (len(e.Fields) == 0 || e.Fields[0].Name != field) {
		f.t.Fatalf("%v, want %s of %q", err, kind, field)
	}
}

func plan() visits.NewPlan {
	return visits.NewPlan{Title: "三进一走访", FirstMonth: "2026-09", LastMonth: "2026-12", Targets: []visits.Target{
		{Kind: "university", Name: "师范学院"}, {Kind: "firm", Name: "机械厂"}, {Kind: "department", Name: "住建局"}}}
}

func (f *fixture) plan(p *tenancytest.Person) visits.Plan {
	f.t.Helper()
	id, err := f.s.CreatePlan(p.Context(), plan())
	f.must(err)
	made, err := f.s.Plan(p.Context(), id)
	f.must(err)
	return made
}

func TestARotaSaysWhoGoesWhereAndWhatWasDone(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	editor, ann, bo := county.Person("editor"), county.Person("member"), county.Person("member")
	p := f.plan(editor)
	duties := []visits.Duty{
		{TargetID: p.Targets[0].ID, Team: "第一组", Members: []uuid.UUID{ann.Membership}},
		{TargetID: p.Targets[1].ID, Team: "第二组", Members: []uuid.UUID{bo.Membership, ann.Membership}},
	}
	_, err := f.s.SetRota(editor.Context(), p.ID, "2026-11", duties)
	f.must(err)
	if len(f.told[ann.Membership]) != 1 && len(f.told[ann.Membership]) != 2 || len(f.told[bo.Membership]) == 0 {
		t.Fatal(f.told)
	}
	_, err = f.s.SetRota(editor.Context(), p.ID, "2026-12", duties[:1])
	f.must(err)
	mine, err := f.s.Rota(bo.Context(), nil, "")
	if err != nil || len(mine) != 1 || mine[0].Name != "机械厂" || !slices.Equal(mine[0].Names, []string{bo.Name, ann.Name}) {
		t.Fatalf("%+v, %v", mine, err)
	}
	visit, err := f.s.Log(bo.Context(), visits.NewVisit{DutyID: &mine[0].ID, Kind: "university", Place: "另说", HeldOn: "2026-11-02", People: "厂长", Heard: "招工难。"})
	f.must(err)
	v, err := f.s.Get(ann.Context(), visit)
	if errs.Is(err, errs.NotFound) {
		err = nil // she was not there
	}
	f.must(err)
	if v, err = f.s.Get(bo.Context(), visit); err != nil || v.Kind != "firm" || v.Place != "机械厂" || v.Names[0] != bo.Name {
		t.Fatalf("%+v, %v", v, err)
	}
	made, err := f.s.Plan(editor.Context(), p.ID)
	if err != nil || made.Planned != 3 || made.Done != 1 || made.Due != 2 || made.Visited != 1 || made.Places != 3 {
		t.Fatalf("%+v, %v", made, err)
	}
	// A line that was carried out stays; the other one is taken back.
	_, err = f.s.SetRota(editor.Context(), p.ID, "2026-11", nil)
	f.must(err)
	if rota, err := f.s.Rota(editor.Context(), &p.ID, "2026-11"); err != nil || len(rota) != 1 || rota[0].Visits != 1 {
		t.Fatalf("%+v, %v", rota, err)
	}
}

func TestABadPlanOrRotaIsRefusedByName(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	editor := county.Person("editor")
	for field, spoil := range map[string]func(*visits.NewPlan){
		"title":       func(n *visits.NewPlan) { n.Title = "" },
		"first_month": func(n *visits.NewPlan) { n.FirstMonth = "九月" },
		"last_month":  func(n *visits.NewPlan) { n.LastMonth = "2026-08" },
		"targets":     func(n *visits.NewPlan) { n.Targets = append(n.Targets, n.Targets[0]) },
	} {
		n := plan()
		spoil(&n)
		_, err := f.s.CreatePlan(editor.Context(), n)
		f.refused(errs.Invalid, field, err)
	}
	p, other := f.plan(editor), f.plan(editor)
	set := func(month string, d visits.Duty) error {
		_, err := f.s.SetRota(editor.Context(), p.ID, month, []visits.Duty{d})
		return err
	}
	good := visits.Duty{TargetID: p.Targets[0].ID, Members: []uuid.UUID{editor.Membership}}
	f.refused(errs.Invalid, "month", set("2027-01", good))
	stranger := f.Tenant("cppcc", "county").Person("member")
	f.refused(errs.Invalid, "duties", set("2026-11", visits.Duty{TargetID: p.Targets[0].ID, Members: []uuid.UUID{stranger.Membership}}))
	f.refused(errs.Invalid, "duties", set("2026-11", visits.Duty{TargetID: other.Targets[0].ID, Members: good.Members}))
	f.refused(errs.Invalid, "duties", set("2026-11", visits.Duty{TargetID: p.Targets[0].ID}))

	n := plan()
	n.Targets, n.State = []visits.Target{{ID: p.Targets[1].ID, Kind: "firm", Name: "重型机械厂"}, {Kind: "grassroots", Name: "城关社区"}}, "closed"
	_, err := f.s.EditPlan(editor.Context(), p.ID, 1, n)
	f.must(err)
	_, err = f.s.EditPlan(editor.Context(), p.ID, 1, n)
	f.refused(errs.Stale, "", err)
	if made, err := f.s.Plan(editor.Context(), p.ID); err != nil || len(made.Targets) != 2 || made.Targets[0].Name != "重型机械厂" || made.State != "closed" {
		t.Fatalf("%+v, %v", made, err)
	}
	good.TargetID = p.Targets[1].ID
	f.refused(errs.Invalid, "month", set("2026-11", good)) // the plan is closed
	n.Targets[0].ID = other.Targets[0].ID
	_, err = f.s.EditPlan(editor.Context(), p.ID, 2, n)
	f.refused(errs.Invalid, "targets", err)
}

func TestWhatWasHeardBecomesClues(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	officer, member, other := county.Person("officer"), county.Person("member"), county.Person("member")
	visit := visits.NewVisit{Kind: "grassroots", Place: "城关社区", HeldOn: "2026-11-01", Members: []uuid.UUID{member.Membership}, Heard: "电梯加装难。"}
	id, err := f.s.Log(officer.Context(), visit)
	f.must(err)
	for range 2 {
		_, err = f.s.MakeClue(member.Context(), id, visits.NewClue{Title: "电梯加装"}) // was there
		f.must(err)
	}
	_, err = f.s.MakeClue(other.Context(), id, visits.NewClue{})
	f.refused(errs.NotFound, "", err)
	_, err = f.s.MakeClue(member.Context(), id, visits.NewClue{Body: "绝密★10年"})
	f.refused(errs.Invalid, "body", err)
	all, next, err := f.s.List(officer.Context(), visits.Filter{Text: "电梯", Kind: "grassroots"}, 10)
	if err != nil || next != "" || len(all) != 1 || all[0].Clues != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	for field, spoil := range map[string]func(*visits.NewVisit){
		"place":   func(n *visits.NewVisit) { n.Place = " " },
		"heard":   func(n *visits.NewVisit) { n.Heard = strings.Repeat("长", 10_001) },
		"held_on": func(n *visits.NewVisit) { n.HeldOn = "2026-11-03" },
		"kind":    func(n *visits.NewVisit) { n.Kind = "moon" },
		"members": func(n *visits.NewVisit) { n.Members = []uuid.UUID{uuid.New()} },
		"duty_id": func(n *visits.NewVisit) { unknown := uuid.New(); n.DutyID = &unknown },
	} {
		n := visit
		spoil(&n)
		_, err := f.s.Log(officer.Context(), n)
		f.refused(errs.Invalid, field, err)
	}
	visit.Heard = "电梯加装难，低层不同意。"
	_, err = f.s.Edit(member.Context(), id, 1, visit)
	f.must(err)
	_, err = f.s.Edit(officer.Context(), id, 1, visit)
	f.refused(errs.Stale, "", err)
}

func TestTheLogComesInPages(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	officer := f.Tenant("cppcc", "county").Person("officer")
	for _, on := range []string{"2026-10-01", "2026-10-03", "2026-10-02", "2026-10-03"} {
		_, err := f.s.Log(officer.Context(), visits.NewVisit{Kind: "firm", Place: "厂", HeldOn: on, Heard: "情况。"})
		f.must(err)
	}
	var days []string
	cursor := ""
	for pages := 0; pages == 0 || cursor != ""; pages++ {
		found, next, err := f.s.List(officer.Context(), visits.Filter{After: cursor}, 1)
		f.must(err)
		for _, v := range found {
			days = append(days, v.HeldOn[8:])
		}
		cursor = next
	}
	if strings.Join(days, " ") != "03 03 02 01" {
		t.Fatal(days)
	}
	_, _, err := f.s.List(officer.Context(), visits.Filter{After: "x"}, 1)
	f.refused(errs.Invalid, "cursor", err)
}

func TestNobodyReachesANeighboursVisits(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county, neighbour := f.Tenant("cppcc", "county"), f.Tenant("cppcc", "county")
	editor := county.Person("editor")
	p := f.plan(editor)
	_, err := f.s.SetRota(editor.Context(), p.ID, "2026-11", []visits.Duty{{TargetID: p.Targets[0].ID, Members: []uuid.UUID{editor.Membership}}})
	f.must(err)
	visit := visits.NewVisit{Kind: "firm", Place: "厂", HeldOn: "2026-11-01", Heard: "情况。"}
	id, err := f.s.Log(editor.Context(), visit)
	f.must(err)
	none := func(n int, err error) error {
		if err == nil && n == 0 {
			return errs.Missing()
		}
		return err
	}
	s := f.s
	calls := map[string]func(ctx context.Context) error{
		"Plans":    func(ctx context.Context) error { all, err := s.Plans(ctx); return none(len(all), err) },
		"Plan":     func(ctx context.Context) error { _, err := s.Plan(ctx, p.ID); return err },
		"EditPlan": func(ctx context.Context) error { _, err := s.EditPlan(ctx, p.ID, 1, plan()); return err },
		"Rota":     func(ctx context.Context) error { all, err := s.Rota(ctx, &p.ID, ""); return none(len(all), err) },
		"SetRota":  func(ctx context.Context) error { _, err := s.SetRota(ctx, p.ID, "2026-11", nil); return err },
		"List": func(ctx context.Context) error {
			all, _, err := s.List(ctx, visits.Filter{}, 9)
			return none(len(all), err)
		},
		"Get":      func(ctx context.Context) error { _, err := s.Get(ctx, id); return err },
		"Edit":     func(ctx context.Context) error { _, err := s.Edit(ctx, id, 1, visit); return err },
		"MakeClue": func(ctx context.Context) error { _, err := s.MakeClue(ctx, id, visits.NewClue{}); return err },
		"MayRead": func(ctx context.Context) error {
			q, err := f.DB.Read(ctx)
			f.must(err)
			return s.MayRead(ctx, q, id)
		},
	}
	elsewhere := map[string]string{"CreatePlan": "what one makes is one's own", "Log": "what one makes is one's own"}
	service, ctx := reflect.TypeFor[*visits.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		if m := service.Method(i); m.Type.NumIn() > 1 && m.Type.In(1) == ctx && calls[m.Name] == nil && elsewhere[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
	for who, p := range map[string]*tenancytest.Person{"neighbour": neighbour.Person("editor"), "member": county.Person("member"), "admin": county.Person("system_admin")} {
		for name, call := range calls {
			if err := call(p.Context()); !errs.Is(err, errs.NotFound) {
				t.Errorf("%s by the %s: %v", name, who, err)
			}
		}
	}
}
