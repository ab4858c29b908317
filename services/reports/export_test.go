package reports_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func exported(t *testing.T, h *house, p *tenancytest.Person, f reports.Filter, columns string) [][]string {
	t.Helper()
	e, content, err := h.reports.ExportList(p.Context(), f, columns, documents.XLSX)
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows("Sheet1")
	if err != nil || e.Rows != len(rows)-3 {
		t.Fatalf("%d rows told, %d written, %v", e.Rows, len(rows)-3, err)
	}
	return rows
}

func TestAListGoesOutAsItIsShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.office("county"), h.office("county")
	h.submitted(county, "=HYPERLINK(\"x\")")
	for range 104 { // more than a page
		h.submitted(county, "停车难")
	}
	h.submitted(neighbour, "邻县的事")
	rows := exported(t, h, county.editor, reports.Filter{Box: reports.BoxInbox}, "title,state,author")
	if len(rows) != 105+3 || !slices.Equal(rows[2], []string{"标题", "状态", "反映人"}) || !slices.Equal(rows[3], []string{"停车难", "待受理", county.member.Name}) {
		t.Fatalf("%d rows: %v", len(rows), rows[:4])
	}
	if last := rows[len(rows)-1][0]; last != `'=HYPERLINK("x")` {
		t.Errorf("a title goes out as %q", last)
	}
	if !strings.HasPrefix(rows[1][0], county.editor.Name+" "+county.Name+" 2026-11-02 09:00") {
		t.Errorf("watermark %q", rows[1][0])
	}
	h.reports.Finder = words{h}
	if got := exported(t, h, county.editor, reports.Filter{Box: reports.BoxAll, Query: "HYPERLINK"}, ""); len(got) != 4 || len(got[2]) != 13 {
		t.Errorf("the narrowed list: %v", got)
	}
	_, _, err := h.reports.ExportList(county.editor.Context(), reports.Filter{Box: reports.BoxAll}, "title,phone", documents.XLSX)
	h.refused(errs.Invalid, err)
}

func TestTakingOutNeedsTheRightAndIsWrittenDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	h.submitted(county, "停车难")
	for _, p := range []*tenancytest.Person{county.member, county.Person("leader"), county.Person("system_admin")} {
		_, content, err := h.reports.ExportList(p.Context(), reports.Filter{Box: reports.BoxAll}, "", documents.XLSX)
		h.refused(errs.Forbidden, err)
		if content != nil {
			t.Error("a file all the same")
		}
	}
	exported(t, h, county.signer, reports.Filter{Box: reports.BoxAll}, "")
	q, err := h.DB.Read(county.editor.Context())
	if err != nil {
		t.Fatal(err)
	}
	taken, err := tenancy.Scalars[string](context.Background(), q, `
		select e.actor || ' ' || (e.detail->>'name') || ' ' || (e.detail->>'rows') || ' ' || (e.detail->>'format') from events e
		join audit a on a.tenant_id = e.tenant_id and a.action = e.kind and a.subject_id = e.subject_id
		where e.tenant_id = $1 and e.kind = 'document.exported'`, q.Tenant())
	if err != nil || !slices.Equal(taken, []string{county.signer.Name + " 信息列表 1 xlsx"}) {
		t.Fatalf("%v, %v", taken, err)
	}
}
