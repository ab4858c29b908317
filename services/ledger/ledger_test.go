package ledger_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"shangda/internal/errs"
	"shangda/services/ledger"
	"shangda/services/notices"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

type desk struct {
	*tenancytest.World
	t      *testing.T
	ledger *ledger.Service
}

func newDesk(t *testing.T) *desk {
	w := tenancytest.New(t)
	return &desk{w, t, ledger.New(w.DB, tenancy.NewDirectory(w.Pool()), notices.New(w.DB))}
}

// report puts a report into the tenant as it stands so many days after its submission.
func (d *desk) report(o *tenancytest.Tenant, title, state string, days int) uuid.UUID {
	d.t.Helper()
	id, at := tenancy.NewID(), d.Clock.Now().AddDate(0, 0, -days)
	var signed *time.Time
	if state == "signed" {
		signed = &at
	}
	_, err := d.TestDB.Admin(d.t).Exec(context.Background(), `
		insert into reports (tenant_id, id, number, state, author_name, title, category, origin, created_at, updated_at, submitted_at, signed_at)
		values ($1, $2, $3, $4, '王委员', $5, '民政', $1, $6, $6, case when $4 <> 'draft' then $6::timestamptz end, $7)`, o.ID, id, "A1-"+title, state, title, at, signed)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func (d *desk) office(o *tenancytest.Tenant, name string) uuid.UUID {
	d.t.Helper()
	id := tenancy.NewID()
	if _, err := d.TestDB.Admin(d.t).Exec(context.Background(), `insert into units (tenant_id, id, name, created_at) values ($1, $2, $3, now())`, o.ID, id, name); err != nil {
		d.t.Fatal(err)
	}
	return id
}

func (d *desk) rows(p *tenancytest.Person, f ledger.Filter) []string {
	d.t.Helper()
	rows, _, err := d.ledger.List(p.Context(), f, "", 100)
	if err != nil {
		d.t.Fatal(err)
	}
	list := []string{}
	for _, r := range rows {
		mark := ""
		if r.Overdue {
			mark = "!"
		}
		list = append(list, r.Title+mark)
	}
	return list
}

func (d *desk) want(got []string, want ...string) {
	d.t.Helper()
	if !slices.Equal(got, want) {
		d.t.Fatalf("%v, want %v", got, want)
	}
}

func (d *desk) refused(kind errs.Kind, err error) {
	d.t.Helper()
	if !errs.Is(err, kind) {
		d.t.Fatalf("%v, want %s", err, kind)
	}
}

func TestEachReportHasWhoAnswersForIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	county := d.Tenant("cppcc", "county")
	editor, head, deputy, follow, member := county.Person("editor"), county.Person("reviewer"), county.Person("signer"), county.Person("editor"), county.Person("member")
	office := d.office(county, "提案委")
	a, b, draft := d.report(county, "甲", "submitted", 1), d.report(county, "乙", "editing", 2), d.report(county, "草稿", "draft", 0)
	missing := uuid.New()

	refused, err := d.ledger.Assign(head.Context(), []uuid.UUID{a, b, draft, missing}, ledger.Assignment{Lead: &deputy.Membership, Office: &office, Follow: &follow.Membership})
	if err != nil || len(refused) != 2 || refused[0].Report != draft || refused[1].Report != missing || refused[0].Reason != refused[1].Reason {
		t.Fatalf("%+v %v", refused, err)
	}
	rows, _, err := d.ledger.List(editor.Context(), ledger.Filter{}, "", 100)
	if err != nil || len(rows) != 2 || rows[0].Lead.Name != deputy.Name || rows[0].Office.Name != "提案委" || rows[0].Follow.ID != follow.Membership || rows[0].Version != 1 {
		t.Fatalf("%+v %v", rows, err)
	}
	d.want(d.rows(follow, ledger.Filter{Mine: true}), "甲", "乙")
	d.want(d.rows(editor, ledger.Filter{Mine: true}))
	d.want(d.rows(editor, ledger.Filter{Lead: &deputy.Membership, Office: &office, State: "editing"}), "乙")
	d.want(d.rows(editor, ledger.Filter{Lead: &deputy.Membership, Follow: &deputy.Membership}))
	told, _, err := notices.New(d.DB).List(follow.Context(), true, "", 10)
	if err != nil || len(told) != 1 || !strings.Contains(told[0].Text, "跟踪办理") || !strings.Contains(told[0].Text, "等 2 篇") {
		t.Fatalf("%+v %v", told, err)
	}

	// One of two who read the same row is second; who was assigned stays told once.
	_, err = d.ledger.Change(editor.Context(), a, 1, ledger.Assignment{DueOn: ptr("2026-12-01"), Note: ptr(" 主席关注\n")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.ledger.Change(head.Context(), a, 1, ledger.Assignment{Lead: &uuid.Nil})
	d.refused(errs.Stale, err)
	if _, err = d.ledger.Change(head.Context(), a, 2, ledger.Assignment{Lead: &uuid.Nil, DueOn: ptr("")}); err != nil {
		t.Fatal(err)
	}
	rows, _, _ = d.ledger.List(editor.Context(), ledger.Filter{Query: "A1-甲"}, "", 100)
	if len(rows) != 1 || rows[0].Lead != nil || rows[0].Follow == nil || rows[0].Note != "主席关注" || rows[0].DueSet {
		t.Fatalf("%+v", rows)
	}

	// Whoever is named must be able to read it; the input's faults come all at once.
	_, err = d.ledger.Assign(head.Context(), []uuid.UUID{a}, ledger.Assignment{Lead: &member.Membership, Follow: &missing, Office: &missing})
	d.refused(errs.Invalid, err)
	if fields := errs.FieldsOf(err); len(fields) != 3 {
		t.Fatal(fields)
	}
	_, err = d.ledger.Assign(head.Context(), nil, ledger.Assignment{DueOn: ptr("明天"), Note: ptr("【机密】")})
	d.refused(errs.Invalid, err)
	if fields := errs.FieldsOf(err); len(fields) != 3 {
		t.Fatal(fields)
	}
	_, err = d.ledger.Assign(deputy.Context(), []uuid.UUID{a}, ledger.Assignment{Lead: &deputy.Membership})
	d.refused(errs.Forbidden, err)
}

func TestWhatIsOverdue(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	county := d.Tenant("cppcc", "county")
	editor, head := county.Person("editor"), county.Person("reviewer")
	for _, one := range []struct {
		title, state string
		days         int
	}{{"新来", "submitted", 2}, {"久未受理", "submitted", 3}, {"在编", "editing", 15}, {"久编", "reviewing", 16}, {"刚签", "signed", 5}, {"久未报送", "signed", 6}, {"留存", "kept", 90}, {"退回", "returned", 90}} {
		d.report(county, one.title, one.state, one.days)
	}
	d.want(d.rows(editor, ledger.Filter{}), "新来", "久未受理!", "刚签", "久未报送!", "在编", "久编!", "退回", "留存")
	d.want(d.rows(editor, ledger.Filter{Overdue: true}), "久未受理!", "久未报送!", "久编!")
	d.want(d.rows(editor, ledger.Filter{Open: true}), "新来", "久未受理!", "刚签", "久未报送!", "在编", "久编!")

	// The list of what is overdue is what the marks say, whatever the rules.
	if err := ledger.Rules.Set(head.Context(), d.DB, 0, ledger.Deadlines{TakeUp: 1, Send: 10}); err != nil {
		t.Fatal(err)
	}
	d.want(d.rows(editor, ledger.Filter{Overdue: true}), "新来!", "久未受理!")
	id := d.report(county, "限期", "editing", 1)
	if _, err := d.ledger.Change(editor.Context(), id, 0, ledger.Assignment{DueOn: ptr(d.Clock.Now().AddDate(0, 0, -1).Format(time.DateOnly))}); err != nil {
		t.Fatal(err)
	}
	d.want(d.rows(editor, ledger.Filter{Overdue: true}), "限期!", "新来!", "久未受理!")
	d.refused(errs.Invalid, ledger.Rules.Set(head.Context(), d.DB, 1, ledger.Deadlines{TakeUp: -1}))
}

func TestTheLedgerGoesOutAsItIsOnTheScreen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	county := d.Tenant("cppcc", "county")
	editor, leader := county.Person("editor"), county.Person("leader")
	for i := range 3 {
		d.report(county, fmt.Sprint("=甲", i), "submitted", i)
	}
	d.report(county, "乙", "kept", 1)
	e, content, err := d.ledger.Export(editor.Context(), ledger.Filter{State: "submitted"}, []string{"state", "title", "due_on"})
	if err != nil || e.Rows != 3 {
		t.Fatal(e, err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 6 || strings.Join(rows[2], ",") != "状态,标题,办理期限" || rows[3][0] != "待受理" || rows[3][1] != "'=甲0" || !strings.Contains(rows[1][0], editor.Name) {
		t.Fatalf("%v %v", rows, err)
	}
	_, _, err = d.ledger.Export(leader.Context(), ledger.Filter{}, nil)
	d.refused(errs.Forbidden, err)
	_, _, err = d.ledger.Export(editor.Context(), ledger.Filter{}, []string{"title", "secret"})
	d.refused(errs.Invalid, err)
}

func TestAViewIsSavedByName(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	county := d.Tenant("cppcc", "county")
	editor, head, leader := county.Person("editor"), county.Person("reviewer"), county.Person("leader")
	save := func(p *tenancytest.Person, name string, shared bool, state string) (uuid.UUID, error) {
		return d.ledger.SaveView(p.Context(), ledger.NewView{Name: name, Shared: shared, Filter: ledger.Filter{State: state}, Columns: []string{"title", "state"}})
	}
	own, err := save(editor, "我的", false, "kept")
	if err != nil {
		t.Fatal(err)
	}
	shared, err := save(head, "全室", true, "signed")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := save(editor, " 我的 ", false, "editing"); err != nil {
		t.Fatal("a name is saved over", err)
	}
	views, err := d.ledger.Views(editor.Context())
	if err != nil || len(views) != 2 || views[0].Filter.State != "editing" || !views[0].Own || views[1].ID != shared || views[1].By != head.Name || views[1].Own {
		t.Fatalf("%+v %v", views, err)
	}
	if views, _ := d.ledger.Views(leader.Context()); len(views) != 1 || !slices.Equal(views[0].Columns, []string{"title", "state"}) {
		t.Fatalf("%+v", views)
	}
	_, err = save(leader, "领导", true, "")
	d.refused(errs.Forbidden, err)
	_, err = save(editor, "", false, "nonsense")
	d.refused(errs.Invalid, err)
	_, err = d.ledger.RemoveView(editor.Context(), shared)
	d.refused(errs.Forbidden, err)
	_, err = d.ledger.RemoveView(head.Context(), own)
	d.refused(errs.NotFound, err)
	if _, err := d.ledger.RemoveView(head.Context(), shared); err != nil {
		t.Fatal(err)
	}
	if views, _ := d.ledger.Views(leader.Context()); len(views) != 0 {
		t.Fatalf("%+v", views)
	}
}

func ptr[T any](v T) *T { return &v }
