package imports_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/xuri/excelize/v2"

	"shangda/authz"
	store "shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/imports"
	"shangda/services/notices"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// sink makes an event of each entry, and refuses what has no title.
type sink struct {
	mu      sync.Mutex
	entries []imports.Entry
	meet    chan struct{} // where it is set, a row waits a moment for one of another import
}

func (s *sink) BringIn(_ context.Context, tx *tenancy.Tx, e imports.Entry) (uuid.UUID, error) {
	if e.Title == "坏" {
		return uuid.Nil, errs.InvalidField("title", "标题不行")
	}
	id := tenancy.NewID()
	tx.Record(tenancy.Event{Kind: "x.made", Subject: tenancy.Subject{Kind: "x", ID: id}})
	if s.meet != nil {
		select {
		case s.meet <- struct{}{}:
		case <-s.meet:
		case <-time.After(20 * time.Millisecond):
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries = append(s.entries, e)
	return id, nil
}

type noJobs struct{}

func (noJobs) InsertTx(context.Context, pgx.Tx, river.JobArgs, *river.InsertOpts) (*rivertype.JobInsertResult, error) {
	return nil, nil
}

type house struct {
	*tenancytest.World
	imports *imports.Service
	files   *attachments.Service
	sink    *sink
	clerk   *tenancytest.Person
	county  *tenancytest.Tenant
}

func setUp(t *testing.T) *house {
	t.Helper()
	bucket, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	w := tenancytest.New(t)
	w.DB.Jobs = noJobs{}
	h := &house{World: w, files: attachments.New(w.DB, bucket), sink: &sink{}, county: w.Tenant("cppcc", "county")}
	h.imports = imports.New(w.DB, h.files, notices.New(w.DB))
	h.imports.Sinks[imports.Reports], h.imports.Sinks[imports.Clues] = h.sink, h.sink
	h.imports.Categories = []string{"民政"}
	h.clerk = h.county.Person("editor")
	return h
}

func (h *house) upload(t *testing.T, p *tenancytest.Person, name string, content []byte) uuid.UUID {
	t.Helper()
	id, err := h.files.Upload(p.Context(), name, content)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func table(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// run is what the job does, round after round.
func (h *house) run(t *testing.T, id uuid.UUID) {
	t.Helper()
	ctx := tenancy.System(context.Background(), h.county.Tenant, "importer", "test", authz.Actors())
	for range 100 {
		more, err := h.imports.Run(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return
		}
	}
	t.Fatal("it never ends")
}

func TestATableIsTriedThenBroughtInOnceForAll(t *testing.T) {
	t.Parallel()
	h := setUp(t)
	member, same, other := h.county.Person("member"), h.county.Person("member"), h.county.Person("member")
	_, err := h.TestDB.Admin(t).Exec(t.Context(), `update memberships set name = '重名' where id = any($1)`, []uuid.UUID{same.Membership, other.Membership})
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]any{{"编号", "标题", "问题", "分类", "紧急程度", "反映人"}}
	for i := range 120 {
		rows = append(rows, []any{fmt.Sprint("n", i), fmt.Sprint("题", i), "问", "民政", "紧急", member.Login})
	}
	rows = append(rows, []any{"a", "坏", "问", "民政"}, []any{"b", "题", "问", "民政", "很急"}, []any{"c", "题", "问", "民政", "", "某某"},
		[]any{"d", "题", "问", "民政", "", "重名"}, []any{"n0", "题", "问", "民政"}, []any{"", "无号", "问", "民政"}, []any{"", "无号", "问", "民政"})
	file := h.upload(t, h.clerk, "来稿.xlsx", table(t, rows...))
	for round, want := range [][3]int{{121, 4, 2}, {0, 4, 123}} {
		id, err := h.imports.Try(h.clerk.Context(), imports.Reports, file, true)
		if err != nil {
			t.Fatal(err)
		}
		i, err := h.imports.Get(h.clerk.Context(), id)
		if err != nil || i.State != imports.StateChecked || [3]int{i.Ready, i.Refused, i.Repeat} != want {
			t.Fatalf("round %d: %+v, %v; want %v", round, i, err, want)
		}
		var made int
		if err := h.TestDB.Admin(t).QueryRow(t.Context(), `select count(*) from events where tenant_id = $1 and kind = 'x.made'`, h.county.ID).Scan(&made); err != nil || made != 121*round {
			t.Fatalf("round %d: the try made %d, %v", round, made, err)
		}
		refused, err := h.imports.Rows(h.clerk.Context(), id, imports.RowRefused, 0, 100)
		if err != nil || len(refused) != 4 {
			t.Fatal(refused, err)
		}
		for at, says := range []string{"标题不行", "很急", "没有成员“某某”", "2 位"} {
			if !strings.Contains(refused[at].Reason, says) {
				t.Errorf("row %d: %q, want %q", refused[at].No, refused[at].Reason, says)
			}
		}
		if round == 1 {
			if _, err := h.imports.Start(h.clerk.Context(), id); !errs.Is(err, errs.Conflict) {
				t.Errorf("nothing to bring in, but it starts: %v", err)
			}
			continue
		}
		h.sink.entries = nil
		if _, err := h.imports.Start(h.clerk.Context(), id); err != nil {
			t.Fatal(err)
		}
		if _, err := h.imports.Start(h.clerk.Context(), id); !errs.Is(err, errs.Conflict) {
			t.Errorf("started twice: %v", err)
		}
		h.run(t, id)
		h.run(t, id) // a job that comes again
		if i, _ = h.imports.Get(h.clerk.Context(), id); i.State != imports.StateDone || i.Done != 121 || i.Ready != 0 {
			t.Fatalf("%+v", i)
		}
		if len(h.sink.entries) != 121 || h.sink.entries[0].Author != member.Membership || h.sink.entries[0].Urgency != "urgent" || h.sink.entries[120].Author != h.clerk.Membership {
			t.Fatalf("%d entries, %+v", len(h.sink.entries), h.sink.entries[0])
		}
		told, _, err := notices.New(h.DB).List(h.clerk.Context(), true, "", 10)
		if err != nil || len(told) != 1 || !strings.Contains(told[0].Text, "新增 121") {
			t.Errorf("%v, %v", told, err)
		}
	}
}

// TestTheSameTableAtTheSameTime: two clerks start the same table at once, and each row is brought in once. Without one import
// waiting for the other the second would break on the first one's keys.
func TestTheSameTableAtTheSameTime(t *testing.T) {
	t.Parallel()
	h := setUp(t)
	rows := [][]any{{"标题", "问题", "分类"}}
	for i := range 60 {
		rows = append(rows, []any{fmt.Sprint("第", i, "件"), "破损。", "民政"})
	}
	content := table(t, rows...)
	ids := make([]uuid.UUID, 2)
	for i := range ids {
		clerk := h.county.Person("editor")
		id, err := h.imports.Try(clerk.Context(), imports.Reports, h.upload(t, clerk, "来稿.xlsx", content), false)
		if err == nil {
			_, err = h.imports.Start(clerk.Context(), id)
		}
		if err != nil {
			t.Fatal(err)
		}
		ids[i] = id
	}
	h.sink.meet = make(chan struct{})
	var group sync.WaitGroup
	for _, id := range ids {
		group.Go(func() { h.run(t, id) })
	}
	group.Wait()
	done, repeat := 0, 0
	for _, id := range ids {
		i, err := h.imports.Get(h.clerk.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		done, repeat = done+i.Done, repeat+i.Repeat
	}
	if done != 60 || repeat != 60 {
		t.Errorf("%d brought in and %d known, want 60 each", done, repeat)
	}
}

func TestACancelledImportStops(t *testing.T) {
	t.Parallel()
	h := setUp(t)
	rows := [][]any{{"标题", "内容", "来源", "反映人"}}
	for i := range 120 {
		rows = append(rows, []any{fmt.Sprint("题", i), "话", "走访", "外面的人"})
	}
	id, err := h.imports.Try(h.clerk.Context(), imports.Clues, h.upload(t, h.clerk, "线索.xlsx", table(t, rows...)), false)
	if err != nil {
		t.Fatal(err)
	}
	if h.sink.entries[0].Voice != "外面的人" || h.sink.entries[0].SourceKind != "visit" {
		t.Errorf("%+v", h.sink.entries[0])
	}
	if _, err := h.imports.Start(h.clerk.Context(), id); err != nil {
		t.Fatal(err)
	}
	importer := tenancy.System(context.Background(), h.county.Tenant, "importer", "test", authz.Actors())
	if more, err := h.imports.Run(importer, id); err != nil || !more {
		t.Fatal(more, err)
	}
	if _, err := h.imports.Cancel(h.clerk.Context(), id); err != nil {
		t.Fatal(err)
	}
	h.run(t, id)
	if i, err := h.imports.Get(h.clerk.Context(), id); err != nil || i.State != imports.StateCancelled || i.Done != 50 || i.Ready != 70 {
		t.Fatalf("%+v, %v", i, err)
	}
}

// TestNobodyReachesANeighboursImport: every use case, asked by a neighbour, an unprivileged member and an administrator.
func TestNobodyReachesANeighboursImport(t *testing.T) {
	t.Parallel()
	h := setUp(t)
	file := h.upload(t, h.clerk, "来稿.xlsx", table(t, []any{"标题", "问题", "分类"}, []any{"题", "问", "民政"}))
	id, err := h.imports.Try(h.clerk.Context(), imports.Reports, file, false)
	if err != nil {
		t.Fatal(err)
	}
	calls := map[string]func(ctx context.Context, id uuid.UUID) error{
		"Get": func(ctx context.Context, id uuid.UUID) error { _, err := h.imports.Get(ctx, id); return err },
		"Rows": func(ctx context.Context, id uuid.UUID) error {
			_, err := h.imports.Rows(ctx, id, "", 0, 10)
			return err
		},
		"Start":  func(ctx context.Context, id uuid.UUID) error { _, err := h.imports.Start(ctx, id); return err },
		"Cancel": func(ctx context.Context, id uuid.UUID) error { _, err := h.imports.Cancel(ctx, id); return err },
		"Run":    func(ctx context.Context, id uuid.UUID) error { _, err := h.imports.Run(ctx, id); return err },
		"Try": func(ctx context.Context, _ uuid.UUID) error {
			_, err := h.imports.Try(ctx, imports.Reports, file, false)
			return err
		},
		"Recognise": func(ctx context.Context, _ uuid.UUID) error { _, err := h.imports.Recognise(ctx, file); return err },
		"List": func(ctx context.Context, _ uuid.UUID) error {
			found, err := h.imports.List(ctx)
			if err == nil && len(found) == 0 {
				err = errs.Missing()
			}
			return err
		},
	}
	open := map[string]string{"Template": "an empty form", "AddWorkers": "", "Routes": ""}
	service := reflect.TypeFor[*imports.Service]()
	for i := range service.NumMethod() {
		if name := service.Method(i).Name; calls[name] == nil {
			if _, ok := open[name]; !ok {
				t.Errorf("%s is in no isolation test", name)
			}
		}
	}
	neighbour := h.Tenant("cppcc", "county")
	for who, ctx := range map[string]context.Context{"neighbour": neighbour.Person("editor").Context(), "member": h.county.Person("member").Context(), "admin": h.county.Person("system_admin").Context(),
		"neighbour's importer": tenancy.System(context.Background(), neighbour.Tenant, "importer", "test", authz.Actors())} {
		for name, call := range calls {
			if err := call(ctx, id); !errs.Is(err, errs.NotFound) && !errs.Is(err, errs.Invalid) {
				t.Errorf("%s by the %s: %v", name, who, err)
			}
		}
	}
	if i, err := h.imports.Get(h.clerk.Context(), id); err != nil || i.State != imports.StateChecked {
		t.Fatalf("%+v, %v", i, err)
	}
}

func TestAWordFileBecomesTheBeginningOfAReport(t *testing.T) {
	t.Parallel()
	h := setUp(t)
	content, err := os.ReadFile("testdata/report.docx")
	if err != nil {
		t.Fatal(err)
	}
	member := h.county.Person("member")
	b, err := h.imports.Recognise(member.Context(), h.upload(t, member, "来稿.docx", content))
	if err != nil || b.Title != "关于改善城区公交出行的建议" || b.Problem != "站台破损。" || b.Advice != "尽快修缮。" || len(b.Attachments) != 1 {
		t.Fatalf("%+v, %v", b, err)
	}
	if a, picture, err := h.files.Download(member.Context(), b.Attachments[0].ID); err != nil || a.Type != "image/png" {
		t.Errorf("%+v, %v", a, err)
	} else if _, err := png.DecodeConfig(bytes.NewReader(picture)); err != nil {
		t.Error(err)
	}
	if _, err := h.imports.Recognise(h.county.Person("member").Context(), b.Attachments[0].ID); !errs.Is(err, errs.Invalid) {
		t.Errorf("another's file: %v", err)
	}
}
