package clues_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/services/clues"
	"shangda/services/notices"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// drafts keeps the drafts that clues became, and records each as reports would.
type drafts map[uuid.UUID]clues.NewDraft

func (ds drafts) Draft(_ context.Context, tx *tenancy.Tx, d clues.NewDraft) (uuid.UUID, error) {
	if err := authz.Holds(tx.Principal(), authz.ReportWrite); err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	ds[id] = d
	tx.Record(tenancy.Event{Kind: "report.created", Subject: tenancy.Subject{Kind: "report", ID: id}})
	return id, nil
}

func (ds drafts) Linked(_ context.Context, _ tenancy.Querier, ids []uuid.UUID) ([]clues.Linked, error) {
	linked := []clues.Linked{}
	for _, id := range ids {
		linked = append(linked, clues.Linked{ID: id, Title: ds[id].Title, State: "draft"})
	}
	return linked, nil
}

func (ds drafts) MayRead(_ context.Context, _ tenancy.Querier, report uuid.UUID) error {
	if _, ok := ds[report]; !ok {
		return errs.Missing()
	}
	return nil
}

// told is who was told what.
type told map[uuid.UUID][]string

func (to told) Tell(_ context.Context, _ *tenancy.Tx, readers []uuid.UUID, n notices.Notice) error {
	for _, r := range readers {
		to[r] = append(to[r], n.Text)
	}
	return nil
}

type fixture struct {
	*tenancytest.World
	t      *testing.T
	drafts drafts
	told   told
	clues  *clues.Service
}

func setUp(t *testing.T) *fixture {
	t.Helper()
	w := tenancytest.New(t)
	f := &fixture{World: w, t: t, drafts: drafts{}, told: told{}}
	f.clues = clues.New(w.DB, f.drafts, f.told)
	return f
}

func message(ref string) clues.NewClue {
	return clues.NewClue{Title: "反映小区停车难", Body: "小区车位不足，占用消防通道。", SourceKind: clues.CitizenMessage, SourceRef: ref, Place: "A3区"}
}

func (f *fixture) create(p *tenancytest.Person, n clues.NewClue) uuid.UUID {
	f.t.Helper()
	id, err := f.clues.Create(p.Context(), n)
	if err != nil {
		f.t.Fatal(err)
	}
	return id
}

func (f *fixture) events(p *tenancytest.Person, subject uuid.UUID) string {
	f.t.Helper()
	q, err := f.DB.Read(p.Context())
	if err != nil {
		f.t.Fatal(err)
	}
	kinds, err := tenancy.Scalars[string](p.Context(), q, `select kind from events where tenant_id = $1 and subject_id = $2 order by id`, q.Tenant(), subject)
	if err != nil {
		f.t.Fatal(err)
	}
	return strings.Join(kinds, " ")
}

func TestAClueBecomesAReportOnce(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	officer := f.Tenant("cppcc", "county").Person("officer")
	ctx := officer.Context()
	id := f.create(officer, message("188006"))
	report, err := f.clues.Convert(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	draft := f.drafts[report]
	if draft.Title != "反映小区停车难" || draft.Problem != "小区车位不足，占用消防通道。" || draft.SourceKind != clues.CitizenMessage || draft.SourceID != id {
		t.Fatalf("%+v", draft)
	}
	clue, err := f.clues.Get(ctx, id)
	if err != nil || clue.State != clues.StateUsed || clue.ReportID == nil || *clue.ReportID != report {
		t.Fatalf("%+v, %v", clue, err)
	}
	if _, err := f.clues.Convert(ctx, id); !errs.Is(err, errs.Conflict) {
		t.Fatalf("converted twice: %v", err)
	}
	if _, err := f.clues.Drop(ctx, id, "重复"); !errs.Is(err, errs.Conflict) {
		t.Fatalf("dropped after it became a report: %v", err)
	}
	if len(f.drafts) != 1 || f.events(officer, id) != "clue.received clue.converted" {
		t.Fatalf("%d drafts, events %s", len(f.drafts), f.events(officer, id))
	}

	other := f.create(officer, message("188007"))
	if _, err := f.clues.Drop(ctx, other, "  "); !errs.Is(err, errs.Invalid) {
		t.Fatalf("dropped without a reason: %v", err)
	}
	if _, err := f.clues.Drop(ctx, other, "与本单位无关"); err != nil {
		t.Fatal(err)
	}
	if clue, err := f.clues.Get(ctx, other); err != nil || clue.State != clues.StateDropped || clue.Reason != "与本单位无关" || clue.ReportID != nil {
		t.Fatalf("%+v, %v", clue, err)
	}
	if _, err := f.clues.Convert(ctx, other); !errs.Is(err, errs.Conflict) {
		t.Fatalf("converted after it was dropped: %v", err)
	}
}

func TestALongClueFitsIntoADraftAndKeepsItself(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	officer := f.Tenant("cppcc", "county").Person("officer")
	long := message("1")
	long.Body = strings.Repeat("长", 7000)
	id := f.create(officer, long)
	report, err := f.clues.Convert(officer.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if n := len([]rune(f.drafts[report].Problem)); n > 3000 || !strings.HasSuffix(f.drafts[report].Problem, "（原文较长，全文见来源线索）") {
		t.Fatalf("a draft of %d characters", n)
	}
	if clue, err := f.clues.Get(officer.Context(), id); err != nil || clue.Body != long.Body {
		t.Fatal(len(clue.Body), err)
	}
}

func TestTheSameSourceIsTheSameClue(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county, neighbour := f.Tenant("cppcc", "county"), f.Tenant("cppcc", "county")
	officer, other := county.Person("officer"), neighbour.Person("officer")
	first := f.create(officer, message("7"))
	if again := f.create(officer, message("7")); again != first {
		t.Fatalf("%s, not %s", again, first)
	}
	if theirs := f.create(other, message("7")); theirs == first {
		t.Fatal("the neighbour's clue is ours")
	}
	visit := message("7")
	visit.SourceKind = "visit"
	if id := f.create(officer, visit); id == first {
		t.Fatal("a visit is the message of the same number")
	}
	if a, b := f.create(officer, message("")), f.create(officer, message("")); a == b {
		t.Fatal("clues without a number are one")
	}
}

func TestWhatIsNoClueIsRefusedByName(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	officer := f.Tenant("cppcc", "county").Person("officer")
	for field, spoil := range map[string]func(*clues.NewClue){
		"title":       func(n *clues.NewClue) { n.Title = " \u0000" },
		"body":        func(n *clues.NewClue) { n.Body = strings.Repeat("长", clues.MaxBody+1) },
		"origin_ref":  func(n *clues.NewClue) { n.SourceRef = strings.Repeat("1", clues.MaxRef+1) },
		"place":       func(n *clues.NewClue) { n.Place = strings.Repeat("地", clues.MaxPlace+1) },
		"category":    func(n *clues.NewClue) { n.Category = strings.Repeat("类", 51) },
		"source_kind": func(n *clues.NewClue) { n.SourceKind = "hearsay" },
		"received_at": func(n *clues.NewClue) { n.ReceivedAt = f.Clock.Now().Add(48 * time.Hour) },
	} {
		n := message("1")
		spoil(&n)
		_, err := f.clues.Create(officer.Context(), n)
		var e *errs.Error
		if !errors.As(err, &e) || e.Kind != errs.Invalid || len(e.Fields) != 1 || e.Fields[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	marked := message("1")
	marked.Body = "机密★1年\n内容"
	if _, err := f.clues.Create(officer.Context(), marked); !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), "纸质版") {
		t.Errorf("marked: %v", err)
	}
	if found, _, err := f.clues.List(officer.Context(), clues.Filter{}, "", 10); err != nil || len(found) != 0 {
		t.Fatalf("stored: %v, %v", found, err)
	}
}

func TestAListIsNewestFirstInPages(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	officer := f.Tenant("cppcc", "county").Person("officer")
	for i := range 7 {
		n := message(fmt.Sprint(i))
		n.Title = fmt.Sprintf("第%d条100%%", i)
		n.ReceivedAt = f.Clock.Now().Add(-time.Duration(i/2) * time.Hour)
		n.Body = strings.Repeat("长", 500)
		f.create(officer, n)
	}
	var seen []string
	cursor := ""
	for pages := 0; pages == 0 || cursor != ""; pages++ {
		found, next, err := f.clues.List(officer.Context(), clues.Filter{State: clues.StateNew}, cursor, 3)
		if err != nil || pages > 3 {
			t.Fatal(pages, err)
		}
		for _, c := range found {
			seen = append(seen, c.SourceRef)
			if len([]rune(c.Body)) > 130 {
				t.Fatalf("an excerpt of %d characters", len([]rune(c.Body)))
			}
		}
		cursor = next
	}
	if got := strings.Join(seen, ""); got != "1032546" {
		t.Fatalf("order %s", got)
	}
	for text, want := range map[string]int{"第3条": 1, "100%": 7, "没有": 0, "a3区": 7} {
		if found, _, err := f.clues.List(officer.Context(), clues.Filter{Text: text}, "", 10); err != nil || len(found) != want {
			t.Errorf("%q: %d clues, want %d, %v", text, len(found), want, err)
		}
	}
	if _, _, err := f.clues.List(officer.Context(), clues.Filter{}, "nonsense", 3); !errs.Is(err, errs.Invalid) {
		t.Fatalf("a cursor made up: %v", err)
	}
}

func TestNeighboursAndAdministratorsSeeNoClue(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	id := f.create(county.Person("officer"), message("1"))
	neighbour := f.Tenant("cppcc", "county").Person("editor")
	for _, asked := range []uuid.UUID{id, tenancy.NewID()} {
		_, getErr := f.clues.Get(neighbour.Context(), asked)
		_, convertErr := f.clues.Convert(neighbour.Context(), asked)
		_, dropErr := f.clues.Drop(neighbour.Context(), asked, "理由")
		for what, err := range map[string]error{"get": getErr, "convert": convertErr, "drop": dropErr} {
			if !errs.Is(err, errs.NotFound) || err.Error() != errs.Missing().Error() {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	if found, _, err := f.clues.List(neighbour.Context(), clues.Filter{}, "", 10); err != nil || len(found) != 0 {
		t.Fatalf("the neighbour lists %v, %v", found, err)
	}
	for _, role := range []string{"member", "system_admin", "security_admin", "audit_admin"} {
		p := county.Person(role)
		if _, err := f.clues.Get(p.Context(), id); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s: %v", role, err)
		}
		if role == "member" {
			continue // enters clues of his own
		}
		if _, err := f.clues.Create(p.Context(), message("2")); err == nil {
			t.Errorf("%s enters a clue", role)
		}
	}
	reviewer := county.Person("reviewer")
	if _, err := f.clues.Drop(reviewer.Context(), id, "理由"); !errs.Is(err, errs.Forbidden) {
		t.Errorf("who may read only drops: %v", err)
	}
	officer := county.Person("officer")
	if _, err := f.clues.Import(officer.Context(), []clues.NewClue{message("3")}); !errs.Is(err, errs.Forbidden) {
		t.Errorf("imports without the right: %v", err)
	}
}

func TestAnImportTellsTheFateOfEach(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	editor := county.Person("editor")
	f.create(editor, message("1"))
	bad := message("3")
	bad.Title = ""
	batch := []clues.NewClue{message("1"), message("2"), bad, message("2"), message("4")}
	fates := func(outcomes []clues.Outcome, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, o := range outcomes {
			all += string(o.Fate[0])
			if (o.Err != nil) != (o.Fate == clues.Refused) {
				t.Fatalf("%+v", o)
			}
		}
		return all
	}
	importer := tenancy.System(context.Background(), county.Tenant, "importer", "林悦 导入 messages.csv", authz.Actors())
	for _, c := range []struct {
		what string
		run  func(context.Context, []clues.NewClue) ([]clues.Outcome, error)
		want string
	}{{"preview", f.clues.Preview, "abrab"}, {"preview again", f.clues.Preview, "abrab"}, {"import", f.clues.Import, "abrab"}, {"import again", f.clues.Import, "aaraa"}} {
		if got := fates(c.run(importer, batch)); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	found, _, err := f.clues.List(editor.Context(), clues.Filter{}, "", 10)
	if err != nil || len(found) != 3 {
		t.Fatalf("%v, %v", found, err)
	}
	var actor string
	if err := f.TestDB.Admin(t).QueryRow(context.Background(), `select distinct actor from audit where tenant_id = $1 and person_id is null`, county.ID).Scan(&actor); err != nil || actor != "importer 林悦 导入 messages.csv" {
		t.Fatalf("audit names %q, %v", actor, err)
	}
}

func TestTheRoutes(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	caller := f.Tenant("cppcc", "county").Person("officer")
	app := httpx.New(nil)
	app.Use(func(c *fiber.Ctx) error {
		ctx := tenancy.With(c.UserContext(), caller.Principal)
		if key := c.Get("Idempotency-Key"); key != "" {
			ctx = tenancy.WithIdempotencyKey(ctx, key, c.Path(), c.Body())
		}
		c.SetUserContext(ctx)
		return c.Next()
	})
	f.clues.Routes(&authz.API{App: app, Huma: humafiber.New(app, huma.DefaultConfig("test", "1"))})
	call := func(method, path, key, body string, status int) map[string]any {
		t.Helper()
		request := httptest.NewRequest(method, "/api/v1/t/x/clues"+path, strings.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		if key != "" {
			request.Header.Set("Idempotency-Key", key)
		}
		response, err := app.Test(request, -1)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		content, _ := io.ReadAll(response.Body)
		if response.StatusCode != status {
			t.Fatalf("%s %s: %d, want %d: %s", method, path, response.StatusCode, status, content)
		}
		var out map[string]any
		if err := json.Unmarshal(content, &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	clue := call(http.MethodPost, "", "k1", `{"title":"走访记录","body":"<script>alert(1)</script>","source_kind":"visit","place":"A3区"}`, 201)
	if again := call(http.MethodPost, "", "k1", `{"title":"走访记录","body":"<script>alert(1)</script>","source_kind":"visit","place":"A3区"}`, 201); again["id"] != clue["id"] {
		t.Fatal("a repeated request made another clue")
	}
	call(http.MethodPost, "", "", `{"title":"走访记录","body":"x","source_kind":"visit","tenant_id":7}`, 422)
	call(http.MethodPost, "", "", `{"title":7}`, 422)
	id := "/" + clue["id"].(string)
	if got := call(http.MethodGet, id, "", "", 200); got["body"] != "<script>alert(1)</script>" || got["state"] != "new" || got["place"] != "A3区" {
		t.Fatal(got)
	}
	draft := call(http.MethodPost, id+"/convert", "k2", "", 201)
	if again := call(http.MethodPost, id+"/convert", "k2", "", 201); again["id"] != draft["id"] || len(f.drafts) != 1 {
		t.Fatal("a repeated conversion made another draft")
	}
	call(http.MethodPost, id+"/drop", "", `{"reason":"重复"}`, 409)
	if got := call(http.MethodGet, id, "", "", 200); got["report_id"] != draft["id"] || len(got["reports"].([]any)) != 1 {
		t.Fatal(got)
	}
	if list := call(http.MethodGet, "?state=used&q=走访&limit=1", "", "", 200); len(list["items"].([]any)) != 1 || list["next"] != "" {
		t.Fatal(list)
	}
	call(http.MethodGet, "?limit=101", "", "", 422)
	call(http.MethodGet, "/"+tenancy.NewID().String(), "", "", 404)
}
