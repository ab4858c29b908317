package assignments_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/assignments"
	"shangda/services/attachments"
	"shangda/services/forwardings"
	"shangda/services/instructions"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// house is a world with real reports, letters and forwardings.
type house struct {
	*tenancytest.World
	t            *testing.T
	reports      *reports.Service
	letters      *letters.Service
	forwardings  *forwardings.Service
	instructions *instructions.Service
	assignments  *assignments.Service
	files        *attachments.Service
}

// told stands between instructions and reports as the program does.
type told struct{ *reports.Service }

func (b told) Instructed(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n instructions.News) (uuid.UUID, error) {
	return b.Begin(ctx, tx, id, reports.FollowUp{Kind: reports.KindInstructed, Level: n.Level, At: n.At, Words: n.Words})
}

func (b told) Corrected(ctx context.Context, tx *tenancy.Tx, id, event uuid.UUID) error {
	_, err := b.GoOn(ctx, tx, id, reports.FollowUp{Kind: reports.KindInstructionWithdraw, Corrects: event})
	return err
}

// shown stands between assignments and reports as the program does.
type shown struct{ *reports.Service }

func (s shown) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (assignments.Report, error) {
	r, err := s.Service.Load(ctx, q, id)
	if err != nil {
		return assignments.Report{}, err
	}
	return assignments.Report{ID: r.ID, Title: r.Title}, nil
}

func (s shown) Readable(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	heads, err := s.Heads(ctx, q, ids)
	found := map[uuid.UUID]bool{}
	for _, h := range heads {
		found[h.ID] = true
	}
	return found, err
}

func (s shown) Tell(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n assignments.News) (uuid.UUID, error) {
	f := reports.FollowUp{Form: n.Result, Words: n.Words, Corrects: n.Instead}
	switch n.Kind {
	case assignments.NewsAssigned:
		f.Kind = reports.KindAssigned
		return s.Begin(ctx, tx, id, f)
	case assignments.NewsAnswered:
		f.Kind = reports.KindAnswered
	default:
		f.Kind = reports.KindHandled
	}
	return s.GoOn(ctx, tx, id, f)
}

func (s shown) Answer(ctx context.Context, q tenancy.Querier, id, event uuid.UUID) (int32, error) {
	decider, kind, err := s.Known(ctx, q, id, event)
	if err == nil && kind != reports.KindAnswered {
		err = errs.Missing()
	}
	return decider, err
}

type ways struct{ *forwardings.Service }

func (w ways) Upward(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]assignments.Way, error) {
	found, err := w.Service.Upward(ctx, q, ids)
	list := []assignments.Way{}
	for _, f := range found {
		list = append(list, assignments.Way{Recipient: f.Recipient, Report: f.ReportID})
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
	h := &house{World: w, t: t, files: attachments.New(w.DB, bucket)}
	dir, note := tenancy.NewDirectory(w.Pool()), notices.New(w.DB)
	h.letters = letters.New(w.DB, dir, h.files, w.Keys())
	h.reports = reports.New(w.DB, dir, note, h.files)
	h.forwardings = forwardings.New(w.DB, dir, h.letters, h.reports, h.files, note)
	h.reports.News = h.forwardings
	h.forwardings.Requirements, h.forwardings.Sheets = undemanding{}, undemanding{}
	h.instructions = instructions.New(w.DB, told{h.reports}, h.files)
	h.assignments = assignments.New(w.DB, dir, shown{h.reports}, h.instructions, ways{h.forwardings}, h.letters, note, h.files)
	h.reports.Gates = []reports.Gate{h.assignments}
	h.files.Subjects["report"], h.files.Subjects["handling"] = h.reports.MayRead, h.assignments.MayRead
	return h
}

// office is a committee with its usual people.
type office struct {
	*tenancytest.Tenant
	member, editor, reviewer, signer, system *tenancytest.Person
}

func (h *house) office(level string) *office {
	o := &office{Tenant: h.Tenant("cppcc", level)}
	o.member, o.editor, o.reviewer, o.signer, o.system = o.Person("member"), o.Person("editor"), o.Person("reviewer"), o.Person("signer"), o.Person("system_admin")
	return o
}

func (h *house) done(id uuid.UUID, err error) uuid.UUID {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) refused(kind errs.Kind, err error) {
	h.t.Helper()
	if !errs.Is(err, kind) {
		h.t.Fatalf("%v, want %s", err, kind)
	}
}

func (h *house) report(o *office) uuid.UUID {
	h.t.Helper()
	id := h.done(h.reports.Create(o.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "公交站台破损", Problem: "全市有23处站台破损。", Advice: "尽快修缮。"}, Category: "交通运输"}}))
	return h.done(h.reports.TakeUp(o.editor.Context(), id))
}

func (h *house) in(ctx context.Context, fn func(ctx context.Context, tx *tenancy.Tx) error) error {
	return h.DB.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "test.step", Subject: tenancy.Subject{Kind: "test", ID: tenancy.NewID()}})
		return fn(ctx, tx)
	})
}

// send signs the report, forwards it and gives what it became above, taken up there.
func (h *house) send(from, to *office, id uuid.UUID) uuid.UUID {
	h.t.Helper()
	err := h.in(from.editor.Context(), func(ctx context.Context, tx *tenancy.Tx) error { return h.reports.BeginReview(ctx, tx, id) })
	if err == nil {
		err = h.in(from.signer.Context(), func(ctx context.Context, tx *tenancy.Tx) error { return h.reports.Sign(ctx, tx, id) })
	}
	if err == nil {
		_, err = h.forwardings.Send(from.editor.Context(), id, []string{to.Code}, forwardings.Options{})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.carry()
	var above uuid.UUID
	if err := h.TestDB.Admin(h.t).QueryRow(context.Background(), `select id from reports where tenant_id = $1 and sender_report = $2`, to.ID, id).Scan(&above); err != nil {
		h.t.Fatal(err)
	}
	return h.done(h.reports.TakeUp(to.editor.Context(), above))
}

// carry delivers every letter that waits, and those that they cause, twice each: twice is once.
func (h *house) carry() {
	h.t.Helper()
	for {
		rows, err := h.TestDB.Admin(h.t).Query(context.Background(), `select tenant_id, id from letters_out where state = 'queued' order by id`)
		if err != nil {
			h.t.Fatal(err)
		}
		type waiting struct {
			tenant int32
			id     uuid.UUID
		}
		var list []waiting
		for rows.Next() {
			var w waiting
			if err := rows.Scan(&w.tenant, &w.id); err != nil {
				h.t.Fatal(err)
			}
			list = append(list, w)
		}
		if len(list) == 0 {
			return
		}
		for _, w := range list {
			for range 2 {
				if err := h.letters.Deliver(context.Background(), w.tenant, w.id); err != nil {
					h.t.Fatal(err)
				}
			}
		}
	}
}

func (h *house) get(p *tenancytest.Person, id uuid.UUID) assignments.Assignment {
	h.t.Helper()
	a, err := h.assignments.Get(p.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// part is the department's part that is not gone.
func (h *house) part(o *office, id uuid.UUID, department string) assignments.Part {
	h.t.Helper()
	for _, p := range h.get(o.editor, id).Parts {
		if p.Department == department {
			return p
		}
	}
	h.t.Fatalf("%s has no part", department)
	return assignments.Part{}
}

// act takes one step of the department's part.
func (h *house) act(o *office, id uuid.UUID, department string, a assignments.Act) error {
	h.t.Helper()
	_, err := h.assignments.Act(o.editor.Context(), h.part(o, id, department).ID, a)
	return err
}

func (h *house) steps(o *office, id uuid.UUID, department string, steps ...assignments.Act) {
	h.t.Helper()
	for _, a := range steps {
		if err := h.act(o, id, department, a); err != nil {
			h.t.Fatalf("%s %s: %v", department, a.Step, err)
		}
	}
}

// answer is everything until the answer passes.
func (h *house) answer(o *office, id uuid.UUID, department string) {
	h.t.Helper()
	h.steps(o, id, department, assignments.Act{Step: "accept"}, assignments.Act{Step: "reply", Note: department + "已经修缮。"}, assignments.Act{Step: "pass"})
}

func opening(mode string, departments ...string) assignments.Opening {
	return assignments.Opening{Mode: mode, Request: "请办理并答复。", Days: 10, Departments: departments}
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

// outcome is what the person's report was told of that kind, or nil.
func (h *house) outcome(p *tenancytest.Person, report uuid.UUID, kind string) *reports.ReportOutcome {
	h.t.Helper()
	v, err := h.reports.Get(p.Context(), report)
	if err != nil {
		h.t.Fatal(err)
	}
	var found *reports.ReportOutcome
	for i := range v.Outcomes {
		if v.Outcomes[i].Kind == kind {
			if found != nil {
				h.t.Fatalf("%s is told twice: %+v", kind, v.Outcomes)
			}
			found = &v.Outcomes[i]
		}
	}
	return found
}

func shanghai(year int, month time.Month, day, hour int) time.Time {
	return time.Date(year, month, day, hour, 0, 0, 0, time.FixedZone("", 8*60*60))
}

// undemanding asks nothing of what is sent, and sends no sheet along.
type undemanding struct{}

func (undemanding) Of(context.Context, tenancy.Querier, int32) (forwardings.Asked, error) {
	return forwardings.Asked{}, nil
}

func (undemanding) Own(context.Context, tenancy.Querier) (forwardings.Asked, error) {
	return forwardings.Asked{}, nil
}

func (undemanding) SignOff(context.Context, tenancy.Querier, uuid.UUID) ([]forwardings.SignedStep, error) {
	return nil, nil
}
