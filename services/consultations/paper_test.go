package consultations_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func TestTheSheetIsADocument(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.joint(o.report())
	opinions := h.sheet(o.editor, id).Opinions
	if err := h.answer(o.a, opinions[0].ID, "change"); err != nil {
		t.Fatal(err)
	}
	for who, p := range map[string]*tenancytest.Person{"who was asked": o.b, "who has no right": o.system} {
		if _, _, err := h.consultations.Export(p.Context(), id); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s: %v, want not found", who, err)
		}
	}
	e, content, err := h.consultations.Export(o.editor.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if e.Name != "联审会审意见单 公交站台破损" || e.Subject.ID != id {
		t.Errorf("exported as %+v", e)
	}
	words := document(t, content)
	for _, part := range []string{"公交站台破损", "提案委", "建议修改", "请补充数据来源。", "市交通局", "尚未答复", "1/2"} {
		if !strings.Contains(words, part) {
			t.Errorf("the document does not say %s", part)
		}
	}
	q, err := h.DB.Read(o.editor.Context())
	if err != nil {
		t.Fatal(err)
	}
	taken, err := tenancy.Scalars[string](t.Context(), q, `select actor from events where tenant_id = $1 and kind = 'document.exported' and subject_id = $2`, q.Tenant(), id)
	if err != nil || len(taken) != 1 || taken[0] != o.editor.Name {
		t.Errorf("taken by %v, %v", taken, err)
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
