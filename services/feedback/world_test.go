package feedback_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/feedback"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// house is a world with feedback on real reports.
type house struct {
	*tenancytest.World
	t        *testing.T
	reports  *reports.Service
	notices  *notices.Service
	feedback *feedback.Service
}

// shown is a report as feedback sees it.
type shown struct{ *reports.Service }

func (s shown) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (feedback.Report, error) {
	r, err := s.Service.Load(ctx, q, id)
	if err != nil {
		return feedback.Report{}, err
	}
	return feedback.Report{ID: r.ID, Number: r.Number, Title: r.Title, State: string(r.State), Category: r.Category, AuthorName: r.AuthorName,
		Authors: []uuid.UUID{*r.AuthorID}, Combined: r.Combined, SubmittedAt: r.SubmittedAt}, nil
}

func newHouse(t *testing.T) *house {
	t.Helper()
	w := tenancytest.New(t)
	bucket, err := blob.Open(context.Background(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	dir := tenancy.NewDirectory(w.Pool())
	h := &house{World: w, t: t, notices: notices.New(w.DB)}
	h.reports = reports.New(w.DB, dir, h.notices, attachments.New(w.DB, bucket))
	h.feedback = feedback.New(w.DB, dir, shown{h.reports})
	h.notices.Readers = h.feedback
	return h
}

// office is a committee with its usual people.
type office struct {
	*tenancytest.Tenant
	h                            *house
	member, editor, head, system *tenancytest.Person
}

func (h *house) office() *office {
	h.t.Helper()
	o := &office{Tenant: h.Tenant("cppcc", "county"), h: h}
	o.member, o.editor, o.head, o.system = o.Person("member"), o.Person("editor"), o.Person("reviewer"), o.Person("system_admin")
	return o
}

// report is one of the member's that was taken up.
func (o *office) report() uuid.UUID {
	o.h.t.Helper()
	id, err := o.h.reports.Create(o.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "公交站台破损", Problem: "站台破损。", Advice: "尽快修缮。"}, Category: "交通运输"}})
	if err == nil {
		_, err = o.h.reports.TakeUp(o.editor.Context(), id)
	}
	if err != nil {
		o.h.t.Fatal(err)
	}
	return id
}

func (o *office) adopted() uuid.UUID {
	o.h.t.Helper()
	id := o.report()
	if _, err := o.h.reports.Adopt(o.head.Context(), id, reports.NewAdoption{Form: reports.FormSingle}); err != nil {
		o.h.t.Fatal(err)
	}
	return id
}

func (o *office) sheet(id uuid.UUID) feedback.Sheet {
	o.h.t.Helper()
	s, err := o.h.feedback.Of(o.editor.Context(), id)
	if err != nil {
		o.h.t.Fatal(err)
	}
	return s
}

func (o *office) untold() feedback.List {
	o.h.t.Helper()
	l, err := o.h.feedback.Untold(o.editor.Context())
	if err != nil {
		o.h.t.Fatal(err)
	}
	return l
}

func (h *house) refused(kind errs.Kind, err error) {
	h.t.Helper()
	if !errs.Is(err, kind) {
		h.t.Fatalf("%v, want %s", err, kind)
	}
}

// document is the text of a Word file with its elements.
func document(t *testing.T, content []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := archive.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
