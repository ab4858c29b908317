package checks_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/checks"
	"shangda/services/checks/proof"
	"shangda/tenancy/tenancytest"
)

// proofread decides every finding alike, dismissed where nothing is said, and goes through all groups.
func (h *house) proofread(p *tenancytest.Person, report uuid.UUID, decisions map[string]string) (uuid.UUID, error) {
	h.t.Helper()
	sheet, err := h.checks.Proof(p.Context(), report)
	if err != nil {
		return uuid.Nil, err
	}
	all := map[string]string{}
	for _, f := range sheet.Findings {
		all[f.Key] = checks.Dismissed
		if d := decisions[f.Quote]; d != "" {
			all[f.Key] = d
		}
	}
	return h.checks.Proofread(p.Context(), report, sheet.Version, checks.NewProof{Decisions: all, Ticks: proof.Groups})
}

func TestAProofCheckDecidesEachFinding(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	o.rules(func(r *checks.Rules) { r.Proof = "approval" })
	id := o.report()
	if err := h.edit(o.editor, id, "站台的的问题，截止目前没有解决。"); err != nil {
		t.Fatal(err)
	}
	err := h.review(o.editor, id)
	h.refused(errs.Conflict, err)
	if !strings.Contains(err.Error(), "还没有校对") {
		t.Errorf("the refusal says %v", err)
	}
	sheet, err := h.checks.Proof(o.editor.Context(), id)
	if err != nil || len(sheet.Findings) != 2 {
		t.Fatalf("%+v, %v", sheet, err)
	}
	_, err = h.checks.Proofread(o.editor.Context(), id, sheet.Version, checks.NewProof{Ticks: proof.Groups})
	h.refused(errs.Invalid, err)
	_, err = h.checks.Proofread(o.editor.Context(), id, sheet.Version-1, checks.NewProof{Ticks: proof.Groups})
	h.refused(errs.Stale, err)
	_, err = h.checks.Proofread(o.editor.Context(), id, sheet.Version, checks.NewProof{
		Decisions: map[string]string{sheet.Findings[0].Key: checks.Dismissed, sheet.Findings[1].Key: checks.Dismissed}, Ticks: []string{proof.Names}})
	h.refused(errs.Invalid, err)

	h.done(h.proofread(o.other, id, map[string]string{"的的": checks.Accepted}))
	if told := h.unread(o.editor); len(told) != 1 || !strings.Contains(told[0], "校对发现错误") {
		t.Errorf("told %v", told)
	}
	h.refused(errs.Conflict, h.review(o.editor, id)) // it is to be put right first
	if err := h.edit(o.editor, id, "站台的问题，截止目前没有解决。"); err != nil {
		t.Fatal(err)
	}
	h.refused(errs.Conflict, h.review(o.editor, id))
	sheet, err = h.checks.Proof(o.editor.Context(), id)
	if err != nil || len(sheet.Findings) != 1 || sheet.Findings[0].Decision != checks.Dismissed || !sheet.Proofs[0].Changed {
		t.Fatalf("what was dismissed stays so: %+v, %v", sheet, err)
	}
	h.done(h.proofread(o.other, id, nil))
	if err := h.review(o.editor, id); err != nil {
		t.Fatal(err)
	}
}

func TestATenantsNamesAreItsOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.office(), h.office()
	bad := proof.Lists{People: []proof.Person{{Name: "王", Post: "主席"}}, Words: []proof.Pair{{Wrong: "一样", Right: "一样"}}}
	h.refused(errs.Invalid, checks.ListSetting.Set(o.system.Context(), h.DB, 0, bad))
	lists := proof.Lists{People: []proof.Person{{Name: "王明", Post: "市政协主席"}}, Words: []proof.Pair{{Wrong: "市住建委", Right: "市住房和城乡建设局"}}}
	if err := checks.ListSetting.Set(o.system.Context(), h.DB, 0, lists); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		o    *office
		want int
	}{{o, 2}, {neighbour, 0}} {
		id := c.o.report()
		if err := h.edit(c.o.editor, id, "市政协副主席王明与市住建委座谈。"); err != nil {
			t.Fatal(err)
		}
		if sheet, err := h.checks.Proof(c.o.editor.Context(), id); err != nil || len(sheet.Findings) != c.want {
			t.Errorf("%+v, %v", sheet.Findings, err)
		}
	}
}
