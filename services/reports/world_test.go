package reports_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// house is a world with the reports of all its tenants. What is told down is kept instead of being sent.
type house struct {
	*tenancytest.World
	t       *testing.T
	reports *reports.Service
	files   *attachments.Service
	told    *[]told
}

// told is an outcome that went down to whom a report came from.
type told struct {
	report uuid.UUID
	reports.Outcome
}

type news struct{ told *[]told }

func (n news) Tell(_ context.Context, _ *tenancy.Tx, report uuid.UUID, o reports.Outcome) error {
	*n.told = append(*n.told, told{report, o})
	return nil
}

func newHouse(t *testing.T) *house {
	t.Helper()
	w := tenancytest.New(t)
	bucket, err := blob.Open(context.Background(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	h := &house{World: w, t: t, told: &[]told{}, files: attachments.New(w.DB, bucket)}
	h.reports = reports.New(w.DB, tenancy.NewDirectory(w.Pool()), notices.New(w.DB), h.files)
	h.reports.News = news{h.told}
	return h
}

// office is a committee with its usual people.
type office struct {
	*tenancytest.Tenant
	member, editor, reviewer, signer *tenancytest.Person
}

func (h *house) office(level string) *office {
	h.t.Helper()
	o := &office{Tenant: h.Tenant("cppcc", level)}
	o.member, o.editor, o.reviewer, o.signer = o.Person("member"), o.Person("editor"), o.Person("reviewer"), o.Person("signer")
	return o
}

func text(title string) reports.Text {
	return reports.Text{Title: title, Problem: title + "：老旧小区加装电梯推进缓慢。", Cause: "居民意见难统一。", Advice: "建立协商平台，明确补贴标准。"}
}

func written(title string) reports.NewReport {
	return reports.NewReport{Submit: true, Input: reports.Input{Text: text(title), Category: "城乡建设", Topic: "物业管理"}}
}

// done fails the test where a change failed.
func (h *house) done(id uuid.UUID, err error) uuid.UUID {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// refused fails the test unless the error is of the kind.
func (h *house) refused(kind errs.Kind, err error) {
	h.t.Helper()
	if !errs.Is(err, kind) {
		h.t.Fatalf("%v, want %s", err, kind)
	}
}

func (h *house) get(p *tenancytest.Person, id uuid.UUID) *reports.ReportView {
	h.t.Helper()
	v, err := h.reports.Get(p.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

func (h *house) submitted(o *office, title string) uuid.UUID {
	h.t.Helper()
	return h.done(h.reports.Create(o.member.Context(), written(title)))
}

func (h *house) takenUp(o *office, title string) uuid.UUID {
	h.t.Helper()
	return h.done(h.reports.TakeUp(o.editor.Context(), h.submitted(o, title)))
}

// in runs fn in a transaction of the person; the change is recorded for it.
func (h *house) in(ctx context.Context, fn func(ctx context.Context, tx *tenancy.Tx) error) error {
	return h.DB.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "test.step", Subject: tenancy.Subject{Kind: "test", ID: tenancy.NewID()}})
		return fn(ctx, tx)
	})
}

// sign takes a report through its review.
func (h *house) sign(o *office, id uuid.UUID) {
	h.t.Helper()
	err := h.in(o.editor.Context(), func(ctx context.Context, tx *tenancy.Tx) error {
		return h.reports.BeginReview(ctx, tx, id)
	})
	if err == nil {
		err = h.in(o.signer.Context(), func(ctx context.Context, tx *tenancy.Tx) error { return h.reports.Sign(ctx, tx, id) })
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) courier(o *office) context.Context {
	return tenancy.System(context.Background(), o.Tenant.Tenant, "courier", tenancy.NewID().String(), authz.Actors())
}

// send forwards a signed report as services/forwardings does, without the letter, and returns what it became above.
func (h *house) send(from, to *office, id uuid.UUID) uuid.UUID {
	h.t.Helper()
	letter := tenancy.NewID()
	var out reports.Outgoing
	err := h.in(from.editor.Context(), func(ctx context.Context, tx *tenancy.Tx) (err error) {
		if out, err = h.reports.ForSending(ctx, tx, id); err != nil {
			return err
		}
		return h.reports.Forwarded(ctx, tx, id, to.Tenant.Tenant, letter)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.deliver(from, to, out, letter)
}

func (h *house) deliver(from, to *office, out reports.Outgoing, letter uuid.UUID) (received uuid.UUID) {
	h.t.Helper()
	out.Original = nil // not enclosed
	err := h.in(h.courier(to), func(ctx context.Context, tx *tenancy.Tx) (err error) {
		received, err = h.reports.Receive(ctx, tx, reports.Incoming{Sender: from.Tenant.Tenant, SenderReport: out.ID, Letter: letter, Outgoing: out, SentAt: tx.Now()})
		return err
	})
	if err == nil {
		err = h.in(h.courier(from), func(ctx context.Context, tx *tenancy.Tx) error {
			return h.reports.Delivered(ctx, tx, out.ID, to.Tenant.Tenant, letter)
		})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return received
}

// tell applies at the tenant what was told of the report it became above.
func (h *house) tell(o *office, above, id uuid.UUID) {
	h.t.Helper()
	for _, told := range *h.told {
		if told.report != above {
			continue
		}
		if err := h.apply(o, id, told.Outcome, true); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *house) apply(o *office, id uuid.UUID, outcome reports.Outcome, direct bool) error {
	return h.in(h.courier(o), func(ctx context.Context, tx *tenancy.Tx) error { return h.reports.Apply(ctx, tx, id, outcome, direct) })
}

// figures are the sums of a tenant's measures, as "measure child month n" without the child where it is the tenant itself.
func (h *house) figures(o *office) []string {
	h.t.Helper()
	q, err := h.DB.Read(o.editor.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	type row struct {
		Measure string
		Child   int32
		Month   time.Time
		N       int
	}
	rows, err := tenancy.Collect[row](context.Background(), q, `
		select m.key as measure, coalesce(e.child, 0) as child, e.month, sum(m.value::int)::int as n from events e, jsonb_each_text(e.measures) m
		where e.tenant_id = $1 group by 1, 2, 3 having sum(m.value::int) <> 0 order by 3, 1, 2`, q.Tenant())
	if err != nil {
		h.t.Fatal(err)
	}
	list := []string{}
	for _, r := range rows {
		child := ""
		if r.Child != 0 {
			child = " from below"
		}
		list = append(list, fmt.Sprintf("%s%s %s %d", r.Measure, child, r.Month.Format("2006-01"), r.N))
	}
	return list
}

func (h *house) wantFigures(o *office, want ...string) {
	h.t.Helper()
	got := h.figures(o)
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		h.t.Fatalf("figures:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// stations are the sentences of a timeline.
func (h *house) stations(p *tenancytest.Person, id uuid.UUID) []string {
	h.t.Helper()
	entries, err := h.reports.Timeline(p.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Text)
	}
	return list
}

func (h *house) unread(p *tenancytest.Person) []string {
	h.t.Helper()
	items, _, err := notices.New(h.DB).List(p.Context(), true, "", 100)
	if err != nil {
		h.t.Fatal(err)
	}
	list := []string{}
	for _, n := range items {
		list = append(list, n.Text)
	}
	return list
}

func (h *house) ids(p *tenancytest.Person, f reports.Filter) []uuid.UUID {
	h.t.Helper()
	views, _, err := h.reports.List(p.Context(), f)
	if err != nil {
		h.t.Fatal(err)
	}
	list := []uuid.UUID{}
	for _, v := range views {
		list = append(list, v.ID)
	}
	return list
}

func ptr[T any](v T) *T { return &v }
