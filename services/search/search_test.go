package search_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/search"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func TestReportsAreFoundByWhatTheySay(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "county")
	author, editor := office.Person("member"), office.Person("editor")
	l.put(author, search.Document{Title: "关于缓解老旧小区停车难的建议", Problem: "幸福里社区车位不足。", Number: "A1-2611-7K3M9Q"})
	l.put(author, search.Document{Title: "关于改善社区养老的建议", Problem: "独居老人就餐不便。", Cause: "停车不便，送餐车进不去小区。"})
	l.put(author, search.Document{Title: "关于大学城毕业生就业的建议", Problem: "留在本市工作的不足两成。", Attached: "问卷.docx\n三百二十名应届生愿意留在桂溪"})
	for words, want := range map[string][]string{
		"停车":       {"关于缓解老旧小区停车难的建议", "关于改善社区养老的建议"}, // the title counts more
		"停车难":      {"关于缓解老旧小区停车难的建议"},
		"小区 停车":    {"关于缓解老旧小区停车难的建议", "关于改善社区养老的建议"},
		"７k3m9q":   {"关于缓解老旧小区停车难的建议"},
		"A1-2611":  {"关于缓解老旧小区停车难的建议"},
		"应届生":      {"关于大学城毕业生就业的建议"},
		"大学":       {"关于大学城毕业生就业的建议"},
		"毕业":       {"关于大学城毕业生就业的建议"},
		"殡葬":       {},
		"":         {},
		"100%":     {},
		"'); drop": {},
	} {
		if got := l.titles(editor, search.Question{Words: words}); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", words, got, want)
		}
	}
	if got := l.titles(editor, search.Question{Words: author.Name}); len(got) != 3 {
		t.Errorf("by the author: %v", got)
	}
	found := l.find(editor, search.Question{Words: "养老 殡葬"})
	if !found.Partial || len(found.Results) != 1 {
		t.Errorf("with some of the words: %+v", found)
	}
	r := l.find(editor, search.Question{Words: "应届生"}).Results[0]
	if r.Place != "attachments" || !slices.ContainsFunc(r.Snippet, func(p search.Piece) bool { return p.Hit && p.Text == "应届生" }) {
		t.Errorf("%+v", r)
	}
	if by := l.titles(editor, search.Question{Words: "建议", Newest: true}); by[0] != "关于大学城毕业生就业的建议" {
		t.Errorf("by date: %v", by)
	}
}

func TestOneFindsWhatOneMayRead(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office, neighbour := l.Tenant("cppcc", "county"), l.Tenant("cppcc", "county")
	one, two, editor := office.Person("member"), office.Person("member"), office.Person("editor")
	stranger := neighbour.Person("member", "editor", "reviewer", "signer")
	for _, p := range []*tenancytest.Person{one, two, editor} {
		for _, state := range []string{"draft", "submitted", "signed"} {
			l.put(p, search.Document{Title: "停车难", State: state})
		}
	}
	l.put(stranger, search.Document{Title: "停车难", State: "draft"})
	l.put(one, search.Document{Title: "停车难", State: "draft", Owners: []uuid.UUID{two.Membership}}) // written together
	for _, p := range []*tenancytest.Person{one, two, editor, office.Person("leader"), office.Person("handler"), stranger} {
		readable := 0
		for _, d := range l.docs[p.Tenant.ID] {
			if authz.Allows(p.Principal, authz.ReportRead, object(d)) {
				readable++
			}
		}
		found := l.find(p, search.Question{Words: "停车"})
		if found.Total != readable || len(found.Results) != readable || found.Listed != readable {
			t.Errorf("%v finds %d of %d, %d counted", p.Roles, len(found.Results), readable, found.Total)
		}
		for _, r := range found.Results {
			if d, ok := l.docs[p.Tenant.ID][r.ID]; !ok || !authz.Allows(p.Principal, authz.ReportRead, object(d)) {
				t.Errorf("%v finds %v", p.Roles, r)
			}
		}
	}
	if _, err := l.search.Find(office.Person("system_admin").Context(), search.Question{Words: "停车"}); !errs.Is(err, errs.Forbidden) {
		t.Errorf("an administrator: %v", err)
	}
	// The function itself gives ids of its own tenant only, whatever lexemes are asked for.
	q, err := l.DB.Read(stranger.Context())
	if err != nil {
		t.Fatal(err)
	}
	n, err := tenancy.Scalar[int](context.Background(), q, `select count(*)::int from search_find($1::text::tsquery, $1::text::tsquery, '1900-01-01', '9999-01-01', 1000)`,
		"!'nothing'")
	if err != nil || n != 1 {
		t.Errorf("the neighbour's function finds %d, %v", n, err)
	}
	for _, call := range []string{`search_newest($1::text::tsquery, 10)`, `search_find($1::text::tsquery, $1::text::tsquery, '1900-01-01', '9999-01-01', 10)`} {
		var without int
		if err := l.Pool().QueryRow(context.Background(), `select count(*) from `+call, "!'nothing'").Scan(&without); err != nil || without != 0 {
			t.Errorf("%s without a tenant: %d, %v", call, without, err)
		}
	}
}

func TestEveryFilterNarrows(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "city")
	editor := office.Person("editor")
	l.put(editor, search.Document{Title: "停车一", Category: "交通运输", Topic: "停车", Urgency: "urgent", Class: "important", Flags: []string{"hot"}, Mode: "call", Channel: "phone",
		SourceKind: "visit", Sender: "a1-zx", State: "signed", Adoptions: []search.Adoption{{Level: "city", Form: "single"}, {Level: "province", Form: "combined"}}})
	l.put(editor, search.Document{Title: "停车二", Category: "民政", Urgency: "normal", Class: "ordinary"})
	for name, q := range map[string]search.Question{
		"state": {State: "signed"}, "category": {Category: "交通运输"}, "topic": {Topic: "停车"}, "urgency": {Urgency: "urgent"}, "class": {Class: "important"}, "flag": {Flag: "hot"},
		"mode": {Mode: "call"}, "channel": {Channel: "phone"}, "source": {SourceKind: "visit"}, "sender": {Sender: "a1-zx"},
		"level": {AdoptedLevel: "city"}, "form": {AdoptedForm: "combined"}, "both": {AdoptedLevel: "province", AdoptedForm: "combined"}, "to": {To: "2026-11-02"},
	} {
		want := []string{"停车一"}
		if name == "to" {
			want = []string{"停车二", "停车一"}
		}
		if got := l.titles(editor, q); !slices.Equal(got, want) {
			t.Errorf("%s alone: %v", name, got)
		}
		q.Words = "停车"
		if got := l.titles(editor, q); len(got) != len(want) {
			t.Errorf("%s with words: %v", name, got)
		}
	}
	for name, q := range map[string]search.Question{
		"another level of the form": {AdoptedLevel: "city", AdoptedForm: "combined"}, "a later day": {From: "2026-11-03", Words: "停车"}, "an injected mark": {Category: "' | '"},
	} {
		if got := l.titles(editor, q); len(got) > 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := l.titles(editor, search.Question{Author: editor.Name}); len(got) != 2 {
		t.Errorf("by author: %v", got)
	}
	if got := l.titles(editor, search.Question{Sender: "-"}); !slices.Equal(got, []string{"停车二"}) {
		t.Errorf("written here: %v", got)
	}
	for _, bad := range []search.Question{{From: "2026"}, {To: "x", Words: "停车"}, {From: "2026-11-03", To: "2026-11-01"}} {
		if _, err := l.search.Find(editor.Context(), bad); !errs.Is(err, errs.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	facets := l.find(editor, search.Question{Words: "停车"}).Facets
	if !slices.Contains(facets, search.Facet{Name: "category", Value: "民政", Count: 1}) || !slices.Contains(facets, search.Facet{Name: "state", Value: "signed", Count: 1}) {
		t.Errorf("%+v", facets)
	}
}

// The index may be a second behind; what it says wrongly by then is not shown.
func TestAStaleIndexShowsNothingWrong(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "county")
	author, editor := office.Person("member"), office.Person("editor")
	id := l.put(author, search.Document{Title: "停车难", Category: "民政"})
	l.change(office.ID, id, func(d *search.Document) { d.Category = "交通运输" })
	if got := l.find(editor, search.Question{Category: "民政"}); len(got.Results) != 0 || got.Total != 0 {
		t.Errorf("a category that was: %+v", got)
	}
	l.change(office.ID, id, func(d *search.Document) { d.State = "draft" }) // withdrawn
	if got := l.find(editor, search.Question{Words: "停车"}); len(got.Results) != 0 || got.Total != 0 {
		t.Errorf("a draft of another: %+v", got)
	}
	l.index(office.ID, id)
	if got := l.titles(author, search.Question{Category: "交通运输"}); len(got) != 1 {
		t.Errorf("after the job: %v", got)
	}
	l.index(office.ID, id)
	l.index(office.ID, uuid.New()) // a report that never was
	if got := l.titles(author, search.Question{Words: "停车"}); len(got) != 1 {
		t.Errorf("indexed twice: %v", got)
	}
}

func TestPagesAndCounts(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	editor := l.Tenant("cppcc", "county").Person("editor")
	for i := range 45 {
		l.put(editor, search.Document{Title: fmt.Sprintf("停车难之%d", i)})
	}
	seen := map[uuid.UUID]bool{}
	for page := range 4 {
		found := l.find(editor, search.Question{Words: "停车", Page: page + 1})
		if found.Total != 45 || found.Listed != 45 || found.More {
			t.Errorf("%+v", found)
		}
		for _, r := range found.Results {
			if seen[r.ID] {
				t.Errorf("%v is on two pages", r.ID)
			}
			seen[r.ID] = true
		}
	}
	if len(seen) != 45 {
		t.Errorf("%d on all pages", len(seen))
	}
}

func TestAChangeIsFollowedByAJob(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	l.DB.Followers = []tenancy.Follower{l.search}
	office := l.Tenant("cppcc", "county")
	editor := office.Person("editor")
	id := tenancy.NewID()
	err := l.DB.InTx(editor.Context(), func(tx *tenancy.Tx) error {
		for _, kind := range []string{"report.a", "report.b"} {
			tx.Record(tenancy.Event{Kind: kind, Subject: tenancy.Subject{Kind: "report", ID: id}})
		}
		tx.Record(tenancy.Event{Kind: "unit.c", Subject: tenancy.Subject{Kind: "unit", ID: uuid.New()}})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var jobs int
	var args string
	if err := l.TestDB.Admin(t).QueryRow(context.Background(), `select count(*), min(args::text) from river.river_job where kind = 'index_report' and args->>'tenant' = $1`,
		fmt.Sprint(office.ID)).Scan(&jobs, &args); err != nil || jobs != 1 || !strings.Contains(args, id.String()) {
		t.Errorf("%d jobs, %s, %v", jobs, args, err)
	}
}

func TestRebuildIndexesEverything(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "county")
	editor := office.Person("editor")
	for range 120 {
		l.keep(editor, search.Document{Title: "停车难"})
	}
	if got := l.find(editor, search.Question{Words: "停车"}); got.Total != 0 {
		t.Errorf("before: %d", got.Total)
	}
	told := 0
	if err := l.search.Rebuild(context.Background(), func(tenant tenancy.Tenant, reports int) {
		if tenant.ID == office.ID {
			told = reports
		}
	}); err != nil || told != 120 {
		t.Fatal(told, err)
	}
	if got := l.find(editor, search.Question{Words: "停车"}); got.Total != 120 {
		t.Errorf("after: %d", got.Total)
	}
}

// Whatever the order in which jobs of one report run side by side, the index ends with the report as it is.
func TestJobsSideBySideEndWithTheLastText(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "county")
	editor := office.Person("editor")
	id := l.put(editor, search.Document{Title: "停车难"})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := l.search.Index(context.Background(), office.ID, id); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := l.titles(editor, search.Question{Words: "停车"}); len(got) != 1 {
		t.Error(got)
	}
}

// accounted is every use case that takes a caller, and the test that keeps tenants apart in it.
var accounted = map[string]string{
	"Find":     "TestOneFindsWhatOneMayRead",
	"Matching": "TestAListFindsItsOwn",
	"Follow":   "enqueues for the transaction's tenant; TestAChangeIsFollowedByAJob",
	"Index":    "enters as the indexer of one tenant; TestRebuildIndexesEverything",
	"Rebuild":  "TestRebuildIndexesEverything",
}

func TestAListFindsItsOwn(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office, neighbour := l.Tenant("cppcc", "county"), l.Tenant("cppcc", "county")
	author, editor, stranger := office.Person("member"), office.Person("editor"), neighbour.Person("editor")
	for _, state := range []string{"draft", "submitted", "signed"} {
		l.put(author, search.Document{Title: "停车难", State: state})
	}
	count := func(p *tenancytest.Person, n search.Narrow) int {
		q, err := l.DB.Read(p.Context())
		if err != nil {
			t.Fatal(err)
		}
		ids, err := l.search.Matching(p.Context(), q, n)
		if err != nil {
			t.Fatal(err)
		}
		return len(ids)
	}
	for _, c := range []struct {
		p    *tenancytest.Person
		n    search.Narrow
		want int
	}{
		{author, search.Narrow{Words: "停车"}, 3}, {editor, search.Narrow{Words: "停车"}, 2}, {stranger, search.Narrow{Words: "停车"}, 0},
		{editor, search.Narrow{Words: "停车", States: []string{"submitted", "kept"}}, 1}, {editor, search.Narrow{Words: "停车", Own: true}, 0},
		{editor, search.Narrow{Words: "，"}, 0}, {office.Person("system_admin"), search.Narrow{Words: "停车"}, 0},
	} {
		if got := count(c.p, c.n); got != c.want {
			t.Errorf("%v %+v: %d, want %d", c.p.Roles, c.n, got, c.want)
		}
	}
}
