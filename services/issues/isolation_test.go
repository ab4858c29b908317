package issues_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/issues"
)

// target is an issue, a journal, a template and a report of one tenant, or ids of nothing.
type target struct{ issue, journal, template, report uuid.UUID }

// calls is every use case, asked about the things of one tenant.
func calls(h *house) map[string]func(ctx context.Context, of target) error {
	s := h.issues
	return map[string]func(ctx context.Context, of target) error{
		"Get":    func(ctx context.Context, of target) error { _, err := s.Get(ctx, of.issue); return err },
		"Create": func(ctx context.Context, of target) error { _, err := s.Create(ctx, of.journal, nil); return err },
		"Update": func(ctx context.Context, of target) error {
			_, err := s.Update(ctx, of.issue, 1, issues.Content{})
			return err
		},
		"Add":      func(ctx context.Context, of target) error { _, err := s.Add(ctx, of.issue, of.report); return err },
		"Discard":  func(ctx context.Context, of target) error { _, err := s.Discard(ctx, of.issue); return err },
		"Release":  func(ctx context.Context, of target) error { _, err := s.Release(ctx, of.issue, 1); return err },
		"Withdraw": func(ctx context.Context, of target) error { _, err := s.Withdraw(ctx, of.issue, "理由"); return err },
		"UpdateJournal": func(ctx context.Context, of target) error {
			_, err := s.UpdateJournal(ctx, of.journal, 1, issues.JournalInput{Name: "改", Kind: issues.Ordinary})
			return err
		},
		"RetireTemplate": func(ctx context.Context, of target) error { _, err := s.RetireTemplate(ctx, of.template); return err },
		"PreviewTemplate": func(ctx context.Context, of target) error {
			_, _, err := s.PreviewTemplate(ctx, of.template, "docx")
			return err
		},
		"MayReadTemplate": func(ctx context.Context, of target) error {
			q, err := h.DB.Read(ctx)
			if err != nil {
				return err
			}
			return s.MayReadTemplate(ctx, q, of.template)
		},
		"ExportIssue": func(ctx context.Context, of target) error {
			_, _, err := s.ExportIssue(ctx, of.issue, "docx")
			return err
		},
		"ExportReport": func(ctx context.Context, of target) error {
			_, _, err := s.ExportReport(ctx, of.report, issues.PurposeProof, "docx")
			return err
		},
	}
}

// others are the use cases that name nothing of another tenant, with the test that keeps them apart.
var others = map[string]string{
	"Journals":       "TestListsKeepApart",
	"CreateJournal":  "writes to the caller's tenant",
	"Templates":      "TestListsKeepApart",
	"CreateTemplate": "TestATemplateOfAStrangersFile",
	"List":           "TestTheListAndTheRegister",
	"Register":       "TestTheListAndTheRegister",
	"Paces":          "TestAnIssueTellsHowLongItTook",
}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	known := calls(newHouse(t))
	service, ctx := reflect.TypeFor[*issues.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() < 2 || m.Type.In(1) != ctx {
			continue
		}
		if known[m.Name] == nil && others[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

func TestNobodyReachesANeighboursIssue(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.office(), h.office()
	h.FiguresLine(o.Tenant, neighbour.Tenant)
	report := h.signed(o, "停车难")
	of := target{issue: h.arranged(o, o.ordinary, report), journal: o.ordinary, template: h.template(o, issues.PurposeIssue, "{{标题}}"), report: report}
	printed := of
	printed.issue = h.release(o, o.special, h.signed(o, "上学难")).ID
	nothing := target{uuid.New(), uuid.New(), uuid.New(), uuid.New()}
	strangers := map[string]context.Context{
		"neighbour": neighbour.Person("editor", "reviewer", "signer", "leader").Context(),
		"member":    neighbour.member.Context(),
	}
	for name, call := range calls(h) {
		for who, ctx := range strangers {
			missing := call(ctx, nothing)
			for _, one := range []target{of, printed} {
				err := call(ctx, one)
				if err == nil || errs.KindOf(err) != errs.KindOf(missing) || err.Error() != missing.Error() || who == "neighbour" && !errs.Is(err, errs.NotFound) {
					t.Errorf("%s by the %s: %v; of nothing: %v", name, who, err, missing)
				}
			}
		}
	}
	if v := h.get(o.editor, of.issue); v.State != issues.Draft || v.Version != 2 {
		t.Errorf("something was changed: %+v", v)
	}
}

func TestListsKeepApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.office(), h.office()
	h.template(o, issues.PurposeIssue, "{{标题}}")
	all, err := h.issues.Journals(neighbour.editor.Context())
	if err != nil || len(all) != 3 {
		t.Fatal(all, err)
	}
	for _, j := range all {
		if j.ID == o.ordinary || j.ID == o.special || j.ID == o.express {
			t.Error("a neighbour's journal")
		}
	}
	if found, err := h.issues.Templates(neighbour.editor.Context()); err != nil || len(found) != 0 {
		t.Fatal(found, err)
	}
	if _, err := h.issues.Create(neighbour.editor.Context(), neighbour.ordinary, []uuid.UUID{h.signed(o, "停车难")}); !errs.Is(err, errs.NotFound) {
		t.Fatalf("a neighbour's report in an issue: %v", err)
	}
}
