package issues_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/issues"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// printing is the reports as the program gives them to issues.
type printing struct{ *reports.Service }

func text(p reports.Printable) issues.Text {
	return issues.Text{ID: p.ID, Number: p.Number, Title: p.Title, Problem: p.Problem, Cause: p.Cause, Advice: p.Advice, AuthorName: p.AuthorName, AuthorTitle: p.AuthorTitle, Unit: p.Unit, State: string(p.State), SubmittedAt: p.SubmittedAt}
}

func (p printing) Arrange(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, express bool) (issues.Text, error) {
	t, err := p.Service.Arrange(ctx, tx, id, express)
	return text(t), err
}

func (p printing) Issue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, issue, form string, express bool) (issues.Text, bool, error) {
	t, adopted, err := p.Service.Issue(ctx, tx, id, issue, form, express)
	return text(t), adopted, err
}

func (p printing) Texts(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]issues.Text, error) {
	found, err := p.Printables(ctx, q, ids)
	list := []issues.Text{}
	for _, f := range found {
		list = append(list, text(f))
	}
	return list, err
}

func (p printing) Facts(ctx context.Context, id uuid.UUID) (issues.Facts, error) {
	v, err := p.Get(ctx, id)
	if err != nil {
		return issues.Facts{}, err
	}
	f := issues.Facts{Text: issues.Text{ID: v.ID, Number: v.Number, Title: v.Title, Problem: v.Problem, Cause: v.Cause, Advice: v.Advice},
		Sector: "经济界", Topic: v.Category, Class: "一般", Urgency: "普通", SubmittedAt: v.SubmittedAt}
	for _, o := range v.Outcomes {
		if o.Kind == "adopted" {
			f.Adopted = map[string]string{"single": "单篇", "combined": "综合"}[o.Form]
		}
	}
	versions, err := p.Versions(ctx, id)
	for _, v := range versions {
		f.Revisions = append(f.Revisions, issues.Revision{Text: issues.Text{Title: v.Title, Problem: v.Problem, Cause: v.Cause, Advice: v.Advice}, By: v.By, At: v.At, Fault: v.Fault})
	}
	if v.Author != nil {
		f.AuthorName, f.AuthorTitle = v.Author.Name, v.Author.Title
	}
	return f, err
}

// files gives issues the files of templates.
type files struct{ *attachments.Service }

func (f files) Content(ctx context.Context, id uuid.UUID) ([]byte, error) {
	_, content, err := f.Download(ctx, id)
	return content, err
}

// house is a world with the issues of all its tenants.
type house struct {
	*tenancytest.World
	t       *testing.T
	reports *reports.Service
	issues  *issues.Service
	files   *attachments.Service
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
	h.reports = reports.New(w.DB, tenancy.NewDirectory(w.Pool()), notices.New(w.DB), h.files)
	h.issues = issues.New(w.DB, printing{h.reports})
	h.issues.Files = files{h.files}
	h.files.Subjects["template"] = h.issues.MayReadTemplate
	return h
}

// office is a committee with its usual people and its journals.
type office struct {
	*tenancytest.Tenant
	member, editor, head, signer, leader *tenancytest.Person
	ordinary, special, express           uuid.UUID
}

func (h *house) office() *office {
	h.t.Helper()
	o := &office{Tenant: h.Tenant("cppcc", "city")}
	o.member, o.editor, o.head, o.signer, o.leader = o.Person("member"), o.Person("editor"), o.Person("reviewer"), o.Person("signer"), o.Person("leader")
	o.ordinary = h.journal(o, "社情民意", issues.Ordinary)
	o.special = h.journal(o, "专报", issues.Special)
	o.express = h.journal(o, "直通车", issues.Express)
	return o
}

func (h *house) journal(o *office, name, kind string) uuid.UUID {
	h.t.Helper()
	in := issues.JournalInput{Name: name, Kind: kind, Active: true, Head: issues.Head{Style: "bulletin", Note: "内部资料·注意保存", Byline: true, Total: true},
		Addressees: issues.Addressees{ReportTo: "市委书记、市长", SendTo: "市委办公室", Copies: 30}}
	return h.done(h.issues.CreateJournal(o.head.Context(), in))
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

// onDesk is a report that was taken up.
func (h *house) onDesk(o *office, title string) uuid.UUID {
	h.t.Helper()
	id := h.done(h.reports.Create(o.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{Category: "城乡建设", Text: reports.Text{
		Title: title, Problem: "老旧小区加装电梯推进缓慢。", Cause: "居民意见难统一。", Advice: "建立协商平台，明确补贴标准。"}}}))
	return h.done(h.reports.TakeUp(o.editor.Context(), id))
}

// signed is a report that passed its review.
func (h *house) signed(o *office, title string) uuid.UUID {
	h.t.Helper()
	id := h.onDesk(o, title)
	steps := []struct {
		p  *tenancytest.Person
		do func(ctx context.Context, tx *tenancy.Tx) error
	}{
		{o.editor, func(ctx context.Context, tx *tenancy.Tx) error { return h.reports.BeginReview(ctx, tx, id) }},
		{o.signer, func(ctx context.Context, tx *tenancy.Tx) error { return h.reports.Sign(ctx, tx, id) }},
	}
	for _, step := range steps {
		err := h.DB.InTx(step.p.Context(), func(tx *tenancy.Tx) error {
			tx.Record(tenancy.Event{Kind: "test.step", Subject: tenancy.Subject{Kind: "test", ID: tenancy.NewID()}})
			return step.do(step.p.Context(), tx)
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	return id
}

func (h *house) get(p *tenancytest.Person, id uuid.UUID) *issues.Issue {
	h.t.Helper()
	v, err := h.issues.Get(p.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// release arranges an issue of these reports and releases it.
func (h *house) release(o *office, journal uuid.UUID, ids ...uuid.UUID) *issues.Issue {
	h.t.Helper()
	id := h.arranged(o, journal, ids...)
	h.done(h.issues.Release(o.signer.Context(), id, h.get(o.signer, id).Version))
	return h.get(o.editor, id)
}

// arranged is a draft ready to be released.
func (h *house) arranged(o *office, journal uuid.UUID, ids ...uuid.UUID) uuid.UUID {
	h.t.Helper()
	id := h.done(h.issues.Create(o.head.Context(), journal, ids))
	v := h.get(o.head, id)
	h.done(h.issues.Update(o.head.Context(), id, v.Version, content(v, fmt.Sprintf("关于%d件事的专报", len(ids)))))
	return id
}

func content(v *issues.Issue, title string) issues.Content {
	c := issues.Content{Title: title, Introduction: "编者按。", Addressees: v.Addressees, Signer: "王建国", Dated: v.Dated}
	for _, item := range v.Items {
		c.Items = append(c.Items, issues.ItemInput{ReportID: item.ID, Heading: item.Heading})
	}
	return c
}

func (h *house) adoption(p *tenancytest.Person, id uuid.UUID) string {
	h.t.Helper()
	v, err := h.reports.Get(p.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, o := range v.Outcomes {
		if o.Kind == "adopted" {
			return o.Form
		}
	}
	return ""
}
