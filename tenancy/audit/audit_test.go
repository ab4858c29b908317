package audit_test

import (
	"context"
	"testing"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/audit"
	"shangda/tenancy/tenancytest"
)

func TestOnlyTheAuditorOfTheTenantReadsItsAudit(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county, other := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "county")
	editor, auditor, stranger := county.Person("editor"), county.Person("audit_admin"), other.Person("audit_admin")
	s := audit.New(w.DB)
	subject := tenancy.Subject{Kind: "unit", ID: tenancy.NewID()}
	for range 3 {
		change(t, w, editor.Context(), subject)
	}

	lines, err := s.List(auditor.Context(), audit.Filter{Limit: 2})
	if err != nil || len(lines) != 2 || lines[0].Actor != editor.Name || lines[0].Action != "unit.renamed" {
		t.Fatalf("first page: %+v, %v", lines, err)
	}
	rest, err := s.List(auditor.Context(), audit.Filter{Before: lines[1].ID, Subject: subject.ID, Limit: 2})
	if err != nil || len(rest) != 1 || rest[0].ID == lines[0].ID || rest[0].ID == lines[1].ID {
		t.Fatalf("second page: %+v, %v", rest, err)
	}
	if lines, err := s.List(stranger.Context(), audit.Filter{Subject: subject.ID, Limit: 10}); err != nil || len(lines) != 0 {
		t.Fatalf("a stranger reads %+v, %v", lines, err)
	}
	if _, err := s.List(editor.Context(), audit.Filter{Limit: 10}); !errs.Is(err, errs.Forbidden) {
		t.Fatalf("an editor reads the audit: %v", err)
	}
}

func change(t *testing.T, w *tenancytest.World, ctx context.Context, subject tenancy.Subject) {
	t.Helper()
	err := w.DB.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "unit.renamed", Subject: subject})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
