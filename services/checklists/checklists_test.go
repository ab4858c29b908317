package checklists_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/checklists"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// house is a world whose reports take their reasons from the checklists, as the program wires them.
type house struct {
	*tenancytest.World
	t       *testing.T
	lists   *checklists.Service
	reports *reports.Service
}

type catalogue struct{ *checklists.Service }

func (c catalogue) Reasons(ctx context.Context, q tenancy.Querier) ([]reports.DecisionReason, error) {
	found, err := c.Refusals(ctx, q)
	var list []reports.DecisionReason
	for _, r := range found {
		list = append(list, reports.DecisionReason(r))
	}
	return list, err
}

func newHouse(t *testing.T) *house {
	t.Helper()
	w := tenancytest.New(t)
	bucket, err := blob.Open(context.Background(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	r := reports.New(w.DB, tenancy.NewDirectory(w.Pool()), notices.New(w.DB), attachments.New(w.DB, bucket))
	h := &house{World: w, t: t, reports: r, lists: checklists.New(w.DB, r)}
	r.Catalogue, r.Gates = catalogue{h.lists}, []reports.Gate{h.lists}
	return h
}

func (h *house) takenUp(member, editor *tenancytest.Person) uuid.UUID {
	h.t.Helper()
	id, err := h.reports.Create(member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "停车难", Problem: "小区停车难。"}, Category: "城乡建设"}})
	if err == nil {
		_, err = h.reports.TakeUp(editor.Context(), id)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) list(p *tenancytest.Person, code string) checklists.List {
	h.t.Helper()
	all, err := h.lists.List(p.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(l checklists.List) bool { return l.Code == code })
	if at < 0 {
		h.t.Fatalf("no list %s", code)
	}
	return all[at]
}

// What ships says what S12 says, names each code once, and leaves no reason out that reports know by themselves.
func TestWhatShips(t *testing.T) {
	t.Parallel()
	seen := map[string]checklists.Item{}
	names := []string{}
	for _, l := range checklists.Shipped {
		names = append(names, l.Name)
		for _, i := range l.Items {
			if _, twice := seen[i.Code]; twice {
				t.Errorf("%s stands twice", i.Code)
			}
			seen[i.Code] = i
		}
	}
	if strings.Join(names[:3], " ") != "三提三不提 三用三不用 三写三不写" || !slices.Contains(names, "三审") || !slices.Contains(names, "三核") {
		t.Error(names)
	}
	for _, r := range reports.Reasons() {
		i := seen[r.Code]
		text := i.Reason
		if text == "" {
			text = i.Text
		}
		if r.Code != checklists.Other && (text != r.Text || !slices.Equal(i.For, r.For)) {
			t.Errorf("%s is %q for %v, in the lists %q for %v", r.Code, r.Text, r.For, text, i.For)
		}
	}
}

func TestAUnitMakesAListItsOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.Tenant("cppcc", "county"), h.Tenant("cppcc", "county")
	head, editor, member, stranger := county.Person("reviewer"), county.Person("editor"), county.Person("member"), neighbour.Person("editor")
	l := h.list(head, "three_uses")
	l.Items = append(l.Items, checklists.Item{Code: "gossip", Text: "道听途说的不用", Kind: checklists.MustNot, Reason: "消息来源不实", For: []string{"decline"}})
	if err := h.lists.Save(editor.Context(), 0, l); !errs.Is(err, errs.Forbidden) {
		t.Errorf("an editor sets lists: %v", err)
	}
	if err := h.lists.Save(head.Context(), 0, l); err != nil {
		t.Fatal(err)
	}
	for _, base := range []int{0, 2} {
		if err := h.lists.Save(head.Context(), base, l); !errs.Is(err, errs.Stale) {
			t.Errorf("based on %d: %v", base, err)
		}
	}
	// The new reason is a reason here, and nowhere else.
	id := h.takenUp(member, editor)
	if _, err := h.reports.Decline(editor.Context(), id, reports.Why{Code: "gossip"}); err != nil {
		t.Fatal(err)
	}
	elsewhere := h.takenUp(neighbour.Person("member"), stranger)
	if _, err := h.reports.Decline(stranger.Context(), elsewhere, reports.Why{Code: "gossip"}); !errs.Is(err, errs.Invalid) {
		t.Errorf("the neighbour declines for it: %v", err)
	}
	// A list switched off gives no reasons.
	off := h.list(head, "three_uses")
	off.Active = false
	if err := h.lists.Save(head.Context(), off.Version, off); err != nil {
		t.Fatal(err)
	}
	for code, kind := range map[string]errs.Kind{"hollow": errs.Invalid, "gossip": errs.Invalid, "not_novel": ""} {
		_, err := h.reports.Decline(editor.Context(), h.takenUp(member, editor), reports.Why{Code: code})
		if kind == "" && err != nil || kind != "" && !errs.Is(err, kind) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestFaultyLists(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	head := h.Tenant("cppcc", "county").Person("reviewer")
	good := checklists.List{Code: "own_list", Name: "自设", Moment: checklists.Editing, Active: true, Items: []checklists.Item{{Code: "own_item", Text: "核对地名", Kind: checklists.Tick}}}
	if err := h.lists.Create(head.Context(), good); err != nil {
		t.Fatal(err)
	}
	if err := h.lists.Create(head.Context(), good); !errs.Is(err, errs.Invalid) {
		t.Errorf("twice: %v", err)
	}
	missing := good
	missing.Code = "nothing"
	if err := h.lists.Save(head.Context(), 0, missing); !errs.Is(err, errs.NotFound) {
		t.Errorf("a list that is none: %v", err)
	}
	for field, change := range map[string]func(*checklists.List){
		"name":     func(l *checklists.List) { l.Name = " " },
		"moment":   func(l *checklists.List) { l.Moment = "noon" },
		"required": func(l *checklists.List) { l.Moment, l.Required = checklists.Writing, true },
		"items":    func(l *checklists.List) { l.Items = nil },
		"items 1":  func(l *checklists.List) { l.Items[0].Code = "hollow" },
		"items 2":  func(l *checklists.List) { l.Items[0].Text = "机密★" },
		"items 3":  func(l *checklists.List) { l.Items[0].Kind = checklists.MustNot },
		"items 4":  func(l *checklists.List) { l.Items = append(l.Items, l.Items[0]) },
		"items 5":  func(l *checklists.List) { l.Items[0].Code = "other" },
	} {
		bad := good
		bad.Items = slices.Clone(good.Items)
		change(&bad)
		var e *errs.Error
		if err := h.lists.Save(head.Context(), 1, bad); !errors.As(err, &e) || len(e.Fields) == 0 || !strings.HasPrefix(field, e.Fields[0].Name) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// What was ticked keeps its words, who and when, whatever becomes of the list.
func TestTicksStayReadable(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.Tenant("cppcc", "county")
	head, editor, member, signer := county.Person("reviewer"), county.Person("editor"), county.Person("member"), county.Person("signer")
	id := h.takenUp(member, editor)
	tick := func(p *tenancytest.Person, list string, version int, ticks ...checklists.NewTick) error {
		_, err := h.lists.Tick(p.Context(), id, list, version, ticks)
		return err
	}
	yes := checklists.NewTick{Item: "political", Ticked: true, Remark: "表述稳妥"}
	if err := tick(member, "three_reviews", 0, yes); !errs.Is(err, errs.Forbidden) {
		t.Errorf("the author reviews himself: %v", err)
	}
	if err := tick(member, "three_writings", 0, checklists.NewTick{Item: "problem_written", Ticked: true}); err != nil {
		t.Errorf("the author ticks what is his: %v", err)
	}
	if err := tick(signer, "three_reviews", 0, yes, checklists.NewTick{Item: "policy", Ticked: true}); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []error{
		tick(signer, "three_reviews", 0), tick(signer, "nothing", 0, yes), tick(signer, "three_reviews", 0, checklists.NewTick{Item: "hollow"}),
		tick(signer, "three_reviews", 0, checklists.NewTick{Item: "policy", Remark: "秘密★"}), tick(signer, "three_reviews", 0, checklists.NewTick{Item: "policy", Remark: strings.Repeat("长", 201)}),
	} {
		if !errs.Is(bad, errs.Invalid) {
			t.Error(bad)
		}
	}
	l := h.list(head, "three_reviews")
	l.Items[0].Text = "政治方向正确"
	if err := h.lists.Save(head.Context(), 0, l); err != nil {
		t.Fatal(err)
	}
	if err := tick(signer, "three_reviews", 0, yes); !errs.Is(err, errs.Stale) {
		t.Errorf("ticked on a list that has changed: %v", err)
	}
	if err := tick(head, "three_reviews", 1, checklists.NewTick{Item: "policy"}); err != nil {
		t.Fatal(err)
	}
	found, err := h.lists.Ticks(editor.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]checklists.Ticked{}
	for _, one := range found {
		got[one.Item] = one
	}
	political, policy := got["political"], got["policy"]
	if len(got) != 3 || political.Text != "把好政治关" || political.Version != 0 || political.ByName != signer.Name || !political.Ticked || political.Remark != "表述稳妥" || !political.At.Equal(h.Clock.Now()) {
		t.Errorf("%+v", found)
	}
	if policy.Ticked || policy.ByName != head.Name || policy.Version != 1 {
		t.Errorf("taken back: %+v", policy)
	}
}

// A compulsory list holds up its step until all is ticked that must be, and no other step.
func TestACompulsoryListHoldsUpItsStep(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.Tenant("cppcc", "county")
	head, editor, member := county.Person("reviewer"), county.Person("editor"), county.Person("member")
	l := h.list(head, "three_checks")
	l.Required = true
	if err := h.lists.Save(head.Context(), 0, l); err != nil {
		t.Fatal(err)
	}
	id := h.takenUp(member, editor)
	adopt := func() error {
		_, err := h.reports.Adopt(head.Context(), id, reports.NewAdoption{Form: "single"})
		return err
	}
	for _, item := range []string{"checked_by_source", "checked_by_office", "checked_by_leader"} {
		if err := adopt(); !errs.Is(err, errs.Conflict) || !strings.Contains(err.Error(), "三核") {
			t.Fatalf("before %s: %v", item, err)
		}
		if _, err := h.lists.Tick(head.Context(), id, "three_checks", 1, []checklists.NewTick{{Item: item, Ticked: true}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := adopt(); err != nil {
		t.Fatal(err)
	}
}

// Nobody of another unit reads or ticks, and what he is told is what he is told of nothing.
func TestAReportsTicksAreItsUnits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.Tenant("cppcc", "county"), h.Tenant("cppcc", "county")
	id := h.takenUp(county.Person("member"), county.Person("editor"))
	for _, p := range []*tenancytest.Person{neighbour.Person("editor", "reviewer", "signer", "member"), county.Person("member"), county.Person("system_admin")} {
		for _, report := range []uuid.UUID{id, uuid.New()} {
			if _, err := h.lists.Ticks(p.Context(), report); !errs.Is(err, errs.NotFound) {
				t.Errorf("%v reads: %v", p.Roles, err)
			}
			if _, err := h.lists.Tick(p.Context(), report, "three_reviews", 0, []checklists.NewTick{{Item: "policy", Ticked: true}}); !errs.Is(err, errs.NotFound) {
				t.Errorf("%v ticks: %v", p.Roles, err)
			}
		}
		if _, err := h.lists.List(p.Context()); err != nil {
			t.Errorf("%v reads the lists of his unit: %v", p.Roles, err)
		}
	}
	err := h.DB.InTx(neighbour.Person("editor").Context(), func(tx *tenancy.Tx) error { return h.lists.Before(context.Background(), tx, id, "forward") })
	if err != nil {
		t.Errorf("a gate without a compulsory list: %v", err)
	}
	if !slices.ContainsFunc(authz.Permissions, func(d authz.Description) bool { return d.Permission == authz.ChecklistRead }) {
		t.Error("checklist:read has no sentence")
	}
}
