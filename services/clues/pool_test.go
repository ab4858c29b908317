package clues_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/clues"
	"shangda/tenancy/tenancytest"
)

func (f *fixture) get(p *tenancytest.Person, id uuid.UUID) clues.Clue {
	f.t.Helper()
	c, err := f.clues.Get(p.Context(), id)
	if err != nil {
		f.t.Fatal(err)
	}
	return c
}

func (f *fixture) done(_ uuid.UUID, err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) refused(kind errs.Kind) func(uuid.UUID, error) {
	return func(_ uuid.UUID, err error) {
		f.t.Helper()
		if !errs.Is(err, kind) {
			f.t.Fatalf("%v, want %s", err, kind)
		}
	}
}

func TestAClaimedClueIsLeftAlone(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	ann, bo, head := county.Person("officer"), county.Person("officer"), county.Person("reviewer")
	id := f.create(ann, message("1"))
	f.done(f.clues.Claim(ann.Context(), id))
	if c := f.get(bo, id); c.ClaimedBy == nil || c.ClaimedBy.Name != ann.Name || slices.Contains(c.Can, "convert") || slices.Contains(c.Can, "claim") {
		t.Fatalf("%+v", c)
	}
	f.refused(errs.Conflict)(f.clues.Claim(bo.Context(), id))
	f.refused(errs.Conflict)(f.clues.Convert(bo.Context(), id))
	f.refused(errs.Conflict)(f.clues.Drop(bo.Context(), id, "重复"))
	f.refused(errs.Conflict)(f.clues.Reserve(bo.Context(), id, "", ""))
	f.refused(errs.Forbidden)(f.clues.Release(bo.Context(), id))
	f.done(f.clues.Release(head.Context(), id))
	if said := f.told[ann.Membership]; len(said) != 1 || !strings.Contains(said[0], "退回线索池") {
		t.Fatal(said)
	}
	f.refused(errs.Conflict)(f.clues.Release(ann.Context(), id))
	f.done(f.clues.Claim(bo.Context(), id))
	f.done(f.clues.Convert(bo.Context(), id))
	f.refused(errs.Conflict)(f.clues.Release(bo.Context(), id))
}

// claimAtOnce has n people claim one clue at the same moment and tells how many were told that they have it.
func (f *fixture) claimAtOnce(s *clues.Service, n int) int {
	f.t.Helper()
	county := f.Tenant("cppcc", "county")
	people := make([]*tenancytest.Person, n)
	for i := range people {
		people[i] = county.Person("officer")
	}
	id := f.create(people[0], message("1"))
	won := make(chan bool, n)
	var all sync.WaitGroup
	for _, p := range people {
		all.Go(func() {
			_, err := s.Claim(p.Context(), id)
			if err != nil && !errs.Is(err, errs.Conflict) {
				f.t.Error(err)
			}
			won <- err == nil
		})
	}
	all.Wait()
	close(won)
	winners := 0
	for w := range won {
		if w {
			winners++
		}
	}
	return winners
}

func TestOfManyWhoClaimAtOnceOneHasIt(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	const n = 4
	if winners := f.claimAtOnce(f.clues, n); winners != 1 {
		t.Fatalf("%d have it", winners)
	}
	var together sync.WaitGroup
	together.Add(n)
	broken := clues.Unlocked(f.clues, func() { together.Done(); together.Wait() })
	if winners := f.claimAtOnce(broken, n); winners < 2 {
		t.Fatalf("without the lock %d have it: the test would not notice", winners)
	}
}

func TestAClueIsTalkedOverAndDecided(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	officer, editor, head, member := county.Person("officer"), county.Person("editor"), county.Person("reviewer"), county.Person("member")
	id := f.create(officer, message("1"))
	f.done(f.clues.Claim(officer.Context(), id))
	f.done(f.clues.Say(editor.Context(), id, "建议从消防通道切入"))
	f.done(f.clues.Say(head.Context(), id, "同意，先走访两个小区"))
	f.refused(errs.NotFound)(f.clues.Say(member.Context(), id, "旁听"))
	f.refused(errs.Invalid)(f.clues.Say(editor.Context(), id, "机密★1年"))
	f.refused(errs.Forbidden)(f.clues.Decide(officer.Context(), id, clues.Decision{Topic: "停车"}))
	f.refused(errs.Invalid)(f.clues.Decide(head.Context(), id, clues.Decision{Topic: " "}))
	stranger := f.Tenant("cppcc", "county").Person("member")
	f.refused(errs.Invalid)(f.clues.Decide(head.Context(), id, clues.Decision{Topic: "停车", WriterID: &stranger.Membership}))
	f.done(f.clues.Decide(head.Context(), id, clues.Decision{Topic: "关于打通老旧小区消防通道的建议", Angle: "从消防通道切入", WriterID: &officer.Membership}))
	f.done(f.clues.Decide(head.Context(), id, clues.Decision{Topic: "关于打通老旧小区消防通道的建议", WriterID: &member.Membership, Note: "改由委员撰写"}))

	talk, err := f.clues.Talk(member.Context(), id)
	if err != nil || len(talk) != 4 {
		t.Fatalf("%+v, %v", talk, err)
	}
	if first := talk[2]; first.Kind != "decision" || first.Writer != officer.Name || first.Angle != "从消防通道切入" || first.By != head.Name {
		t.Fatalf("the first decision is gone: %+v", first)
	}
	if len(f.told[member.Membership]) != 1 || len(f.told[officer.Membership]) != 3 {
		t.Fatal(f.told)
	}
	f.refused(errs.Conflict)(f.clues.Convert(officer.Context(), id)) // another is to write
	f.refused(errs.Conflict)(f.clues.Convert(member.Context(), id))  // the officer has it still
	f.done(f.clues.Release(officer.Context(), id))
	report, err := f.clues.Convert(member.Context(), id)
	if err != nil || f.drafts[report].Title != "关于打通老旧小区消防通道的建议" {
		t.Fatal(report, err)
	}
}

func TestSeveralCluesBecomeOneReport(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	officer := county.Person("officer")
	var ids []uuid.UUID
	for i := range 3 {
		n := message(fmt.Sprint(i))
		n.Title, n.Body = fmt.Sprintf("停车难之%d", i), strings.Repeat("长", 2000)
		ids = append(ids, f.create(officer, n))
	}
	slices.Reverse(ids)
	report, err := f.clues.Merge(officer.Context(), ids, "关于缓解停车难的建议")
	if err != nil {
		t.Fatal(err)
	}
	draft := f.drafts[report]
	if draft.Title != "关于缓解停车难的建议" || draft.SourceID != ids[0] || draft.SourceKind != clues.CitizenMessage || len([]rune(draft.Problem)) > 3000 {
		t.Fatalf("%+v", draft)
	}
	if a, b := strings.Index(draft.Problem, "停车难之2"), strings.Index(draft.Problem, "停车难之0"); a < 0 || b < a {
		t.Fatal("not in the order chosen")
	}
	for _, id := range ids {
		if c := f.get(officer, id); c.State != clues.StateUsed || len(c.Reports) != 1 || c.Reports[0].ID != report {
			t.Fatalf("%+v", c)
		}
	}
	if sources, err := f.clues.Sources(officer.Context(), report); err != nil || len(sources) != 3 {
		t.Fatal(sources, err)
	}
	// All or none: one that has become a report stops the others.
	last := f.create(officer, message("9"))
	f.refused(errs.Conflict)(f.clues.Merge(officer.Context(), []uuid.UUID{last, ids[0]}, ""))
	f.refused(errs.Invalid)(f.clues.Merge(officer.Context(), []uuid.UUID{last, last}, ""))
	f.refused(errs.Invalid)(f.clues.Merge(officer.Context(), nil, ""))
	if c := f.get(officer, last); c.State != clues.StateNew || len(f.drafts) != 1 {
		t.Fatalf("%+v, %d drafts", c, len(f.drafts))
	}
}

func TestASpeechMayGiveSeveralReports(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	officer := f.Tenant("cppcc", "county").Person("officer")
	for _, kind := range []string{"speech", "plenary_speech", "proposal", "unfiled_proposal", "department", "survey", "inspection", "consultation", "visit"} {
		id := f.create(officer, clues.NewClue{Title: "大会发言", Body: "三个问题。", SourceKind: kind, Stage: clues.StageMaterial, Occasion: "十五届三次全会"})
		first, err := f.clues.Convert(officer.Context(), id)
		if err != nil || f.drafts[first].SourceKind != kind {
			t.Fatal(kind, err)
		}
		f.done(f.clues.Convert(officer.Context(), id))
		if c := f.get(officer, id); len(c.Reports) != 2 || *c.ReportID == first {
			t.Fatalf("%+v", c)
		}
	}
}

func TestWhatIsKeptInReserveComesBack(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	officer := f.Tenant("cppcc", "county").Person("officer")
	id := f.create(officer, message("1"))
	waiting := func() int {
		t.Helper()
		found, _, err := f.clues.List(officer.Context(), clues.Filter{State: clues.StateNew}, "", 10)
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	f.refused(errs.Invalid)(f.clues.Reserve(officer.Context(), id, "等两会", "2026-11-02")) // today
	f.refused(errs.Invalid)(f.clues.Reserve(officer.Context(), id, "等两会", "明年"))
	f.done(f.clues.Reserve(officer.Context(), id, "等两会", "2026-11-04"))
	if c := f.get(officer, id); c.State != clues.StateReserved || c.Reason != "等两会" || c.ReserveUntil != "2026-11-04" || waiting() != 0 {
		t.Fatalf("%+v, %d wait", c, waiting())
	}
	if found, _, err := f.clues.List(officer.Context(), clues.Filter{State: clues.StateReserved, Text: "停车"}, "", 10); err != nil || len(found) != 1 {
		t.Fatal("not found in the reserve", err)
	}
	f.Clock.Set(f.Clock.Now().Add(38*time.Hour + 59*time.Minute)) // 2026-11-03 23:59 in Shanghai
	if waiting() != 0 {
		t.Fatal("back too early")
	}
	f.Clock.Set(f.Clock.Now().Add(2 * time.Minute))
	if waiting() != 1 {
		t.Fatal("not back on its day")
	}
	f.done(f.clues.Restore(officer.Context(), id))
	f.refused(errs.Conflict)(f.clues.Restore(officer.Context(), id))
	f.done(f.clues.Drop(officer.Context(), id, "不属本地"))
	f.done(f.clues.Restore(officer.Context(), id))
	f.done(f.clues.Convert(officer.Context(), id))
	f.refused(errs.Conflict)(f.clues.Reserve(officer.Context(), id, "", ""))
}

func TestAClueIsPutInOrderAndItsTextKept(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	officer := f.Tenant("cppcc", "county").Person("officer")
	id := f.create(officer, message("1"))
	title, body, stage, bad := "小区停车难", "车位缺口 300 个。", clues.StageMaterial, "机密★1年"
	f.done(f.clues.Edit(officer.Context(), id, 1, clues.Change{Title: &title, Stage: &stage}))
	f.refused(errs.Stale)(f.clues.Edit(officer.Context(), id, 1, clues.Change{Body: &body}))
	f.done(f.clues.Edit(officer.Context(), id, 2, clues.Change{Body: &body}))
	f.refused(errs.Invalid)(f.clues.Edit(officer.Context(), id, 3, clues.Change{Body: &bad}))
	c := f.get(officer, id)
	if c.Title != title || c.Body != body || c.Stage != stage || c.Received == nil || c.Received.Title != "反映小区停车难" || c.Received.Body != message("1").Body {
		t.Fatalf("%+v", c)
	}
}

func TestAClueByAnothersHandNamesWhoseWordItIs(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	editor, member, officer := county.Person("editor"), county.Person("member"), county.Person("officer")
	ofMember := message("1")
	ofMember.OnBehalf = &clues.Voice{MemberID: &member.Membership}
	ofMember.Origin = &clues.Origin{Kind: "chat", Name: "界别群", On: "2026-11-01"}
	id := f.create(editor, ofMember)
	c := f.get(member, id) // whose word it is sees it
	if c.Channel != "proxy" || c.OnBehalf.Name != member.Name || c.Origin.Name != "界别群" || c.Origin.On != "2026-11-01" || c.EnteredBy.Name != editor.Name {
		t.Fatalf("%+v", c)
	}
	outsider := message("2")
	outsider.OnBehalf = &clues.Voice{Name: "王秀英", Title: "退休教师", Contact: "13800001234"}
	id = f.create(editor, outsider)
	if c := f.get(editor, id); c.OnBehalf.Contact != "13800001234" {
		t.Fatalf("%+v", c.OnBehalf)
	}
	found, _, err := f.clues.List(officer.Context(), clues.Filter{}, "", 1)
	if err != nil || found[0].OnBehalf.Contact != "138****1234" || found[0].OnBehalf.Name != "王秀英" {
		t.Fatalf("%+v, %v", found[0].OnBehalf, err)
	}
	for field, spoil := range map[string]func(*clues.NewClue){
		"on_behalf.name":      func(n *clues.NewClue) { n.OnBehalf = &clues.Voice{Title: "教师"} },
		"on_behalf.member_id": func(n *clues.NewClue) { other := uuid.New(); n.OnBehalf = &clues.Voice{MemberID: &other} },
		"origin.kind":         func(n *clues.NewClue) { n.Origin = &clues.Origin{Kind: "rumour", Name: "群"} },
		"origin.url":          func(n *clues.NewClue) { n.Origin = &clues.Origin{Kind: "web", URL: "javascript:alert(1)"} },
		"origin.on":           func(n *clues.NewClue) { n.Origin = &clues.Origin{Kind: "chat", Name: "群", On: "2027-01-01"} },
		"origin.name":         func(n *clues.NewClue) { n.Origin = &clues.Origin{Kind: "chat"} },
		"channel":             func(n *clues.NewClue) { n.Channel = "pigeon" },
		"stage":               func(n *clues.NewClue) { n.Stage = "rock" },
		"activity_id":         func(n *clues.NewClue) { other := uuid.New(); n.ActivityID = &other },
	} {
		n := message("3")
		spoil(&n)
		_, err := f.clues.Create(editor.Context(), n)
		var e *errs.Error
		if !errors.As(err, &e) || e.Kind != errs.Invalid || len(e.Fields) != 1 || e.Fields[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestAListIsWhatGetAllows: with any mixture of who entered, claimed, was asked to write and whose word it is.
func TestAListIsWhatGetAllows(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	people := []*tenancytest.Person{county.Person("member"), county.Person("member"), county.Person("officer"), county.Person("editor")}
	head := county.Person("editor")
	var all []uuid.UUID
	rapid.Check(t, func(r *rapid.T) {
		n := message("")
		if rapid.Bool().Draw(r, "voice") {
			n.OnBehalf = &clues.Voice{MemberID: &people[rapid.IntRange(0, 1).Draw(r, "whose")].Membership}
		}
		id := f.create(rapid.SampledFrom(people).Draw(r, "by"), n)
		all = append(all, id)
		if rapid.Bool().Draw(r, "decided") {
			f.done(f.clues.Decide(head.Context(), id, clues.Decision{Topic: "题", WriterID: &rapid.SampledFrom(people).Draw(r, "writer").Membership}))
		}
	})
	for _, p := range people {
		listed := map[uuid.UUID]bool{}
		cursor := ""
		for more := true; more; more = cursor != "" {
			found, next, err := f.clues.List(p.Context(), clues.Filter{}, cursor, 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range found {
				listed[c.ID] = true
			}
			cursor = next
		}
		for _, id := range all {
			_, err := f.clues.Get(p.Context(), id)
			if (err == nil) != listed[id] {
				t.Fatalf("%s: listed %t, %v", p.Roles[0], listed[id], err)
			}
		}
		if own := p.Scope(string(authz.ClueRead)); len(listed) == len(all) == (p.Roles[0] == "member") {
			t.Fatalf("%s sees %d of %d with scope %d", p.Roles[0], len(listed), len(all), own)
		}
	}
}
