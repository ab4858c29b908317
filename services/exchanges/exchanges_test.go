package exchanges_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/exchanges"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// desk is two committees, a report of the county and the copy that the city would have made of it. The letters are real; the way
// of the report, which another noun knows, is what the test says.
type desk struct {
	*tenancytest.World
	t       *testing.T
	s       *exchanges.Service
	reports *reports.Service
	files   *attachments.Service
	letters *letters.Service

	county, city         *tenancytest.Tenant
	member, clerk, above *tenancytest.Person
	below, copied        uuid.UUID
	letter               uuid.UUID // with which the report went up
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	w := tenancytest.New(t)
	bucket, err := blob.Open(context.Background(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	d := &desk{World: w, t: t, county: w.Tenant("cppcc", "county"), city: w.Tenant("cppcc", "city"), files: attachments.New(w.DB, bucket)}
	w.Line(d.county, d.city)
	d.member, d.clerk, d.above = d.county.Person("member"), d.county.Person("editor"), d.city.Person("editor")
	dir, told := tenancy.NewDirectory(w.Pool()), notices.New(w.DB)
	d.reports = reports.New(w.DB, dir, told, d.files)
	d.letters = letters.New(w.DB, dir, d.files, w.Keys())
	d.letters.Register("report", letters.Handler{Receive: func(_ context.Context, _ *tenancy.Tx, l letters.Letter) (tenancy.Subject, error) {
		return l.Subject, nil
	}})
	d.s = exchanges.New(w.DB, dir, d.letters, d, d.files, told)
	d.files.Subjects["exchange"], d.files.Subjects["report"] = d.s.MayRead, d.reports.MayRead
	d.below, d.copied = d.report(d.member), d.report(d.city.Person("member"))
	err = w.DB.InTx(d.clerk.Context(), func(tx *tenancy.Tx) (err error) {
		subject := tenancy.Subject{Kind: "report", ID: d.below}
		tx.Record(tenancy.Event{Kind: "test.sent", Subject: subject})
		d.letter, err = d.letters.Send(d.clerk.Context(), tx, letters.Draft{Kind: "report", To: d.city.ID, Subject: subject})
		return err
	})
	d.must(err)
	d.carry(d.county)
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) report(author *tenancytest.Person) uuid.UUID {
	d.t.Helper()
	id, err := d.reports.Create(author.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "关于站台的建议", Problem: "站台破损。", Advice: "尽快修缮。"}, Category: "交通运输"}})
	d.must(err)
	return id
}

// MayRead is that of the reports.
func (d *desk) MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	return d.reports.MayRead(ctx, q, id)
}

// Title is that of the reports.
func (d *desk) Title(ctx context.Context, q tenancy.Querier, id uuid.UUID) (string, error) {
	r, err := d.reports.ForReview(ctx, q, id)
	return r.Title, err
}

// Ways says that the city's copy came from the county.
func (d *desk) Ways(_ context.Context, _ tenancy.Querier, id uuid.UUID) ([]exchanges.Way, error) {
	if id == d.copied {
		return []exchanges.Way{{Sender: d.county.ID, Letter: d.letter}}, nil
	}
	return nil, nil
}

// SentWith says that the county's report went to the city.
func (d *desk) SentWith(_ context.Context, q tenancy.Querier, letter uuid.UUID) (uuid.UUID, int32, error) {
	if letter == d.letter && q.Tenant() == d.county.ID {
		return d.below, d.city.ID, nil
	}
	return uuid.Nil, 0, errs.Missing()
}

func (d *desk) carry(from *tenancytest.Tenant) {
	d.t.Helper()
	rows, err := d.TestDB.Admin(d.t).Query(context.Background(), `select id from letters_out where tenant_id = $1 and state = 'queued' order by id`, from.ID)
	d.must(err)
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		d.must(rows.Scan(&id))
		ids = append(ids, id)
	}
	rows.Close()
	for _, id := range ids {
		d.must(d.letters.Deliver(context.Background(), from.ID, id))
	}
}

func (d *desk) of(p *tenancytest.Person, report uuid.UUID) []exchanges.Exchange {
	d.t.Helper()
	list, err := d.s.Of(p.Context(), report)
	d.must(err)
	return list
}

func (d *desk) heard(p *tenancytest.Person, words string) bool {
	d.t.Helper()
	items, _, err := notices.New(d.DB).List(p.Context(), true, "", 100)
	d.must(err)
	for _, n := range items {
		if strings.Contains(n.Text, words) {
			return true
		}
	}
	return false
}

func TestARemarkReachesTheEditorBelow(t *testing.T) {
	d := newDesk(t)
	_, err := d.s.Comment(d.above.Context(), d.copied, "建议补充近三年数据的来源。")
	d.must(err)
	if list := d.of(d.above, d.copied); len(list) != 1 || !list[0].Sent || list[0].State != letters.Queued {
		t.Fatalf("%+v", list)
	}
	d.carry(d.city)
	list := d.of(d.clerk, d.below)
	if len(list) != 1 || list[0].Sent || list[0].Kind != exchanges.Remark || list[0].Body != "建议补充近三年数据的来源。" || list[0].Unit.Code != d.city.Code || list[0].Writer != d.above.Name {
		t.Fatalf("%+v", list)
	}
	if !d.heard(d.clerk, "对《关于站台的建议》提出批注") || d.heard(d.member, "批注") {
		t.Error("not the right people heard of it")
	}
	if list := d.of(d.above, d.copied); list[0].State != letters.Delivered {
		t.Errorf("%+v", list)
	}
	entries, err := d.reports.Timeline(d.clerk.Context(), d.below)
	d.must(err)
	last := entries[len(entries)-1]
	if last.Text != d.city.Name+" 对本稿提出批注" || strings.Contains(last.Detail, "近三年") {
		t.Errorf("%+v", last)
	}
	_, err = d.s.Comment(d.clerk.Context(), d.below, "自言自语")
	if !errs.Is(err, errs.Conflict) {
		t.Errorf("of a report of the unit's own: %v", err)
	}
}

func TestARequestIsAnsweredWithTextAndFiles(t *testing.T) {
	d := newDesk(t)
	for day, want := range map[string]errs.Kind{"": errs.Invalid, "soon": errs.Invalid, "2026-11-01": errs.Invalid} {
		if _, err := d.s.Ask(d.above.Context(), d.copied, "请补充", day); !errs.Is(err, want) {
			t.Errorf("%q: %v", day, err)
		}
	}
	_, err := d.s.Ask(d.above.Context(), d.copied, "请补充站台数量。", "2026-11-10")
	d.must(err)
	d.carry(d.city)
	asked := d.of(d.clerk, d.below)
	if len(asked) != 1 || asked[0].DueOn != "2026-11-10" || asked[0].Overdue || asked[0].AnsweredAt != nil || !d.heard(d.clerk, "要求在 2026-11-10 前补充") {
		t.Fatalf("%+v", asked)
	}
	file, err := d.files.Upload(d.clerk.Context(), "说明.txt", []byte("全区站台一百二十六个，破损三十一个。\n"))
	d.must(err)
	_, err = d.s.Answer(d.clerk.Context(), asked[0].ID, "已核实，见附件。", []uuid.UUID{file})
	d.must(err)
	d.carry(d.county)
	list := d.of(d.above, d.copied)
	if len(list) != 2 || list[0].AnsweredAt == nil || list[1].Kind != exchanges.Supplement || list[1].Sent || *list[1].Answers != list[0].ID || len(list[1].Files) != 1 {
		t.Fatalf("%+v", list)
	}
	if _, content, err := d.files.Download(d.above.Context(), list[1].Files[0].ID); err != nil || !strings.Contains(string(content), "三十一个") {
		t.Errorf("%q, %v", content, err)
	}
	if below := d.of(d.clerk, d.below); len(below) != 2 || below[0].AnsweredAt == nil || below[1].State != letters.Delivered || len(below[1].Files) != 1 {
		t.Errorf("%+v", below)
	}
	if !d.heard(d.above, "补充了《关于站台的建议》的材料") {
		t.Error("the upper unit did not hear")
	}
	if _, err := d.s.Answer(d.above.Context(), list[0].ID, "自答", nil); err == nil {
		t.Error("the asker answers itself")
	}
	// A file without a right to what it is about is not there.
	if _, _, err := d.files.Download(d.city.Person("member").Context(), list[1].Files[0].ID); !errs.Is(err, errs.NotFound) {
		t.Errorf("a member of the city downloads: %v", err)
	}
}

// A letter that names another unit's report, or answers what nobody asked, is refused for good.
func TestAFalseLetterIsRefused(t *testing.T) {
	d := newDesk(t)
	stranger := d.Tenant("cppcc", "city")
	d.Line(d.county, stranger)
	clerk := stranger.Person("editor")
	send := func(p *tenancytest.Person, draft letters.Draft) error {
		var id uuid.UUID
		draft.Subject, draft.Payload = tenancy.Subject{Kind: "report", ID: tenancy.NewID()}, []byte(`{"text":"假的","due_on":"","writer":"某"}`)
		d.must(d.DB.InTx(p.Context(), func(tx *tenancy.Tx) (err error) {
			tx.Record(tenancy.Event{Kind: "test.sent", Subject: draft.Subject})
			id, err = d.letters.Send(p.Context(), tx, draft)
			return err
		}))
		return d.letters.Deliver(context.Background(), p.Tenant.ID, id)
	}
	for name, err := range map[string]error{
		"another unit's report":  send(clerk, letters.Draft{Kind: exchanges.Remark, To: d.county.ID, Answers: d.letter}),
		"a report of nobody":     send(d.above, letters.Draft{Kind: exchanges.Remark, To: d.county.ID, Answers: tenancy.NewID()}),
		"a request without day":  send(d.above, letters.Draft{Kind: exchanges.Request, To: d.county.ID, Answers: d.letter}),
		"an answer to no letter": send(d.clerk, letters.Draft{Kind: exchanges.Supplement, To: d.city.ID}),
	} {
		if err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if list := d.of(d.clerk, d.below); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}

// TestIsolation asks every method as a neighbour, and as one of the unit who lacks the right.
func TestIsolation(t *testing.T) {
	d := newDesk(t)
	_, err := d.s.Ask(d.above.Context(), d.copied, "请补充站台数量。", "2026-11-10")
	d.must(err)
	d.carry(d.city)
	request := d.of(d.clerk, d.below)[0].ID
	stranger := d.Tenant("cppcc", "county").Person("editor")
	ask := map[string]func(p *tenancytest.Person, report, request uuid.UUID) error{
		"Comment": func(p *tenancytest.Person, report, _ uuid.UUID) error {
			_, err := d.s.Comment(p.Context(), report, "甲")
			return err
		},
		"Ask": func(p *tenancytest.Person, report, _ uuid.UUID) error {
			_, err := d.s.Ask(p.Context(), report, "甲", "2026-11-10")
			return err
		},
		"Answer": func(p *tenancytest.Person, _, request uuid.UUID) error {
			_, err := d.s.Answer(p.Context(), request, "甲", nil)
			return err
		},
		"Of": func(p *tenancytest.Person, report, _ uuid.UUID) error {
			_, err := d.s.Of(p.Context(), report)
			return err
		},
		"MayRead": func(p *tenancytest.Person, _, request uuid.UUID) error {
			q, err := d.DB.Read(p.Context())
			d.must(err)
			return d.s.MayRead(p.Context(), q, request)
		},
	}
	for name, call := range ask {
		foreign, missing := call(stranger, d.below, request), call(stranger, tenancy.NewID(), tenancy.NewID())
		if !errs.Is(foreign, errs.NotFound) || foreign.Error() != missing.Error() {
			t.Errorf("%s: foreign %v, missing %v", name, foreign, missing)
		}
		if err := call(d.member, d.below, request); err == nil {
			t.Errorf("%s: the author, who does not work on it", name)
		}
		if err := call(d.above, d.below, request); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s: the upper unit in the lower one's: %v", name, err)
		}
	}
}
