package reports_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// desk fills an office with a report in each state that one comes to without others, by two members.
func desk(h *house, o *office) {
	h.t.Helper()
	second := o.Person("member")
	for i, author := range []*tenancytest.Person{o.member, second, o.editor} {
		ctx := author.Context()
		n := written([]string{"停车难", "上学难", "看病难"}[i])
		n.Submit = false
		h.done(h.reports.Create(ctx, n))
		n.Submit = true
		h.done(h.reports.Create(ctx, n))
		for _, step := range []func(id uuid.UUID) (uuid.UUID, error){
			func(id uuid.UUID) (uuid.UUID, error) { return id, nil },
			func(id uuid.UUID) (uuid.UUID, error) {
				return h.reports.Keep(o.editor.Context(), id, reports.Why{Code: "timing"})
			},
			func(id uuid.UUID) (uuid.UUID, error) {
				return h.reports.Return(o.editor.Context(), id, reports.Why{Code: "no_data"})
			},
			func(id uuid.UUID) (uuid.UUID, error) { h.sign(o, id); return id, nil },
			func(id uuid.UUID) (uuid.UUID, error) {
				return h.reports.Adopt(o.signer.Context(), id, reports.NewAdoption{Form: "single"})
			},
		} {
			h.Clock.Advance(time.Minute)
			id := h.done(h.reports.Create(ctx, n))
			h.done(h.reports.TakeUp(o.editor.Context(), id))
			h.done(step(id))
		}
	}
}

// together adds what a member did not begin himself: written with others, written down for him, offered to him.
func together(h *house, o *office, mate *tenancytest.Person) {
	h.t.Helper()
	behalf := reports.Signatures{OnBehalf: &reports.OnBehalf{MembershipID: &mate.Membership}}
	for author, g := range map[*tenancytest.Person]reports.Signatures{o.member: with(member(mate)), o.editor: behalf} {
		for _, submit := range []bool{false, true} {
			h.done(h.reports.Create(author.Context(), reports.NewReport{Submit: submit, Input: reports.Input{Text: text("停车难"), Category: "交通运输", Signatures: g}}))
		}
	}
	offered := h.done(h.reports.Create(o.member.Context(), reports.NewReport{Input: reports.Input{Text: text("上学难")}}))
	h.done(h.reports.HandOver(o.member.Context(), offered, reports.NewHandover{To: mate.Membership}))
}

func TestAListIsWhatOneMayRead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	desk(h, county)
	desk(h, h.office("county"))
	mate := county.Person("member")
	together(h, county, mate)
	every := h.everything(county)
	if len(every) != 26 {
		t.Fatal(len(every))
	}
	if own := h.ids(mate, reports.Filter{Box: "all"}); len(own) != 5 {
		t.Fatal("as author, with others, by another's hand and offered:", own)
	}
	for _, p := range []*tenancytest.Person{mate, county.member, county.editor, county.reviewer, county.signer, county.Person("leader"), county.Person("member"), county.Person("handler")} {
		listed := map[uuid.UUID]bool{}
		cursor := ""
		for {
			views, next, err := h.reports.List(p.Context(), reports.Filter{Box: "all", Limit: 4, Cursor: cursor})
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range views {
				if listed[v.ID] {
					t.Fatalf("%s is on two pages", v.ID)
				}
				listed[v.ID] = true
			}
			if cursor = next; next == "" {
				break
			}
		}
		for _, r := range every {
			o := authz.Object{Read: authz.ReportRead, Owner: r.AuthorID, Sharers: append(r.Coauthors, r.RecorderID), Readers: r.Readers, Private: r.State == "draft"}
			if allowed := authz.Check(p.Principal, authz.ReportRead, o) == nil; allowed != listed[r.ID] {
				t.Fatalf("%v %s: allowed %v, listed %v", p.Roles, r.State, allowed, listed[r.ID])
			}
			if _, err := h.reports.Get(p.Context(), r.ID); (err == nil) != listed[r.ID] {
				t.Fatalf("%v %s: listed %v, opened %v", p.Roles, r.State, listed[r.ID], err)
			}
		}
	}
	_, _, err := h.reports.List(county.Person("system_admin").Context(), reports.Filter{Box: "all"})
	h.refused(errs.Forbidden, err)
}

type found struct {
	ID         uuid.UUID
	AuthorID   uuid.UUID
	RecorderID uuid.UUID
	Coauthors  []uuid.UUID
	Readers    []uuid.UUID
	State      string
}

// everything is all reports of a tenant, whoever may read them.
func (h *house) everything(o *office) []found {
	h.t.Helper()
	q, err := h.DB.Read(o.editor.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	all, err := tenancy.Collect[found](context.Background(), q, `
		select id, author_id, coalesce(recorder_id, '00000000-0000-0000-0000-000000000000') as recorder_id, coauthors, readers, state from reports where tenant_id = $1`, q.Tenant())
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

func TestBoxesAndFilters(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	desk(h, county)
	up := h.takenUp(county, "群众办事难")
	h.sign(county, up)
	above := h.send(county, city, up)
	count := func(p *tenancytest.Person, want int, f reports.Filter) {
		t.Helper()
		f.Limit = 100
		if got := h.ids(p, f); len(got) != want {
			t.Errorf("%+v: %d, want %d", f, len(got), want)
		}
	}
	e := county.editor
	for box, want := range map[string]int{"mine": 7, "inbox": 3, "desk": 6, "review": 0, "signed": 7, "all": 20} {
		count(e, want, reports.Filter{Box: box})
	}
	count(county.member, 8, reports.Filter{Box: "all"})
	count(county.member, 8, reports.Filter{Box: "mine"})
	count(e, 3, reports.Filter{Box: "all", State: "kept"})
	count(e, 20, reports.Filter{Box: "all", Until: "2026-11-30"})
	count(e, 0, reports.Filter{Box: "all", Until: "2026-11-01"})
	h.reports.Finder = words{h}
	count(e, 6, reports.Filter{Box: "all", Query: "上学"})
	count(e, 1, reports.Filter{Box: "inbox", Query: "上学"})
	count(e, 1, reports.Filter{Box: "all", Query: "上学", State: "kept"})
	count(e, 0, reports.Filter{Box: "all", Query: "殡葬"})
	count(e, 0, reports.Filter{Box: "all", Category: "民政"})
	count(e, 3, reports.Filter{Box: "all", AdoptedLevel: "county"})
	count(e, 0, reports.Filter{Box: "all", AdoptedLevel: "county", AdoptedForm: "relayed"})
	count(e, 20, reports.Filter{Box: "all", From: "2026-11", To: "2026-11"})
	count(e, 0, reports.Filter{Box: "all", To: "2026-10"})
	for measure, want := range map[string]int{"own_submitted": 19, "tree_submitted": 19, "own_signed": 4, "own_kept": 3, "own_returned": 3, "own_adopted": 3, "own_adopted_single": 3,
		"tree_times": 3, "tree_times_county": 3, "tree_times_single": 3, "tree_reports": 3, "tree_reports_county": 3, "tree_reports_national": 0, "own_forwarded": 1, "tree_forwardings": 1, "own_received": 0} {
		count(e, want, reports.Filter{Box: "all", Measure: measure, From: "2026-11", To: "2026-11"})
		count(e, 0, reports.Filter{Box: "all", Measure: measure, From: "2026-12"})
	}
	count(city.editor, 1, reports.Filter{Box: "inbox", Sender: county.Code, Measure: "own_received"})
	count(city.editor, 0, reports.Filter{Box: "inbox", Sender: city.Code})
	for _, bad := range []reports.Filter{{Box: "none"}, {Box: "all", Measure: "nothing"}, {Box: "all", From: "2026"}, {Box: "all", Sender: "none"}, {Box: "all", Cursor: "?"}, {Box: "all", Until: "2026"}} {
		if _, _, err := h.reports.List(e.Context(), bad); !errs.Is(err, errs.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	h.reports.Reviews = waiting{above}
	count(city.signer, 0, reports.Filter{Box: "review"})
	h.done(h.reports.TakeUp(city.editor.Context(), above))
	if err := h.in(city.editor.Context(), func(ctx context.Context, tx *tenancy.Tx) error {
		return h.reports.BeginReview(ctx, tx, above)
	}); err != nil {
		t.Fatal(err)
	}
	count(city.signer, 1, reports.Filter{Box: "review"})
	if can := h.get(city.signer, above).Can; !slices.Contains(can, reports.ActApprove) {
		t.Error(can)
	}
}

// words finds by title, as the search would.
type words struct{ *house }

func (w words) Matching(ctx context.Context, q tenancy.Querier, text string, states []reports.State, _ bool) ([]uuid.UUID, error) {
	in := []string{}
	for _, s := range states {
		in = append(in, string(s))
	}
	return tenancy.Scalars[uuid.UUID](ctx, q, `select id from reports where tenant_id = $1 and strpos(title, $2) > 0 and (cardinality($3::text[]) = 0 or state = any($3))`,
		q.Tenant(), text, in)
}

type waiting []uuid.UUID

func (w waiting) WaitingFor(context.Context, tenancy.Querier) ([]uuid.UUID, error) { return w, nil }
