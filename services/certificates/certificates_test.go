package certificates_test

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/docx/docxtest"
	"shangda/internal/errs"
	"shangda/services/certificates"
	"shangda/tenancy"
)

// TestAnybodyMayVerify: number and code together tell unit, date, level and the family name; everything else tells the same
// nothing.
func TestAnybodyMayVerify(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report, event := o.adopted()
	c := o.issue(report, event, "欧阳小明")
	if want := strings.ToUpper(o.Code) + "-2026-0001"; c.Number != want || len(c.Code) != 12 {
		t.Fatalf("%+v", c)
	}
	a := h.verify(" "+strings.ToLower(c.Number)+" ", c.Code[:4]+" "+strings.ToLower(c.Code[4:8])+" "+c.Code[8:])
	if !a.Valid || a.Unit != o.Tenant.Name || a.Person != "欧阳＊＊" || a.Level != "县级" || a.AdoptedOn != "2026-11-02" {
		t.Errorf("%+v", a)
	}
	if said, _ := json.Marshal(a); strings.Contains(string(said), "站台") || strings.Contains(string(said), "小明") {
		t.Errorf("it tells too much: %s", said)
	}
	nothing := h.verify(c.Number, "ABCDEFGHJKLM")
	for _, number := range []string{strings.TrimSuffix(c.Number, "1") + "2", "NOWHERE-2026-0001", "x", "", c.Number + "'; --"} {
		if got := h.verify(number, c.Code); got != nothing || got.Valid {
			t.Errorf("%s: %+v", number, got)
		}
	}
	for range 3 {
		if _, err := h.certificates.Withdraw(o.editor.Context(), c.ID, "姓名有误"); err != nil && !errs.Is(err, errs.Conflict) {
			t.Fatal(err)
		}
	}
	if a := h.verify(c.Number, c.Code); a.Valid || a.Unit != "" || !strings.Contains(a.Sentence, "撤销") {
		t.Errorf("%+v", a)
	}
	if a := h.verify(c.Number, "ABCDEFGHJKLM"); a != nothing {
		t.Errorf("a withdrawn one without its code: %+v", a)
	}
}

// TestNobodyGuesses: an address may ask so often a minute.
func TestNobodyGuesses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var err error
	for range 30 {
		if _, err = h.certificates.Verify(context.Background(), "X-2026-0001", "A", "203.0.113.9"); err != nil {
			break
		}
	}
	h.refused(errs.Limited, err)
	if _, err := h.certificates.Verify(context.Background(), "X-2026-0001", "A", "203.0.113.10"); err != nil {
		t.Errorf("another address: %v", err)
	}
}

func TestOnlyWhatStandsIsCertified(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report, event := o.adopted()
	issue := func(n certificates.New) error {
		_, err := h.certificates.Issue(o.editor.Context(), report, n)
		return err
	}
	h.refused(errs.Invalid, issue(certificates.New{Event: uuid.New(), Person: "李红"}))
	h.refused(errs.Invalid, issue(certificates.New{Event: event, Person: "王五"}))
	_, err := h.certificates.Issue(o.reader.Context(), report, certificates.New{Event: event, Person: "李红"})
	h.refused(errs.Forbidden, err)
	c := o.issue(report, event, "李红")
	h.refused(errs.Conflict, issue(certificates.New{Event: event, Person: "李红"}))
	if second := o.issue(report, event, "欧阳小明"); !strings.HasSuffix(second.Number, "-0002") {
		t.Errorf("the refused one took a number: %s", second.Number)
	}
	if _, err := h.certificates.Withdraw(o.editor.Context(), c.ID, "姓名有误"); err != nil {
		t.Fatal(err)
	}
	if again := o.issue(report, event, "李红"); !strings.HasSuffix(again.Number, "-0003") || again.Code == c.Code {
		t.Errorf("%+v", again)
	}
	_, _, err = h.certificates.Paper(o.editor.Context(), c.ID, "example.com")
	h.refused(errs.Conflict, err)
	h.reports.adopted[report] = nil
	h.refused(errs.Invalid, issue(certificates.New{Event: event, Person: "李红"}))
}

// TestTheCertificateOpensInLibreOffice: it shows what it certifies, and does not call itself internal.
func TestTheCertificateOpensInLibreOffice(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report, event := o.adopted()
	c := o.issue(report, event, "欧阳小明")
	e, content, err := h.certificates.Paper(o.editor.Context(), c.ID, "shangda.example.com")
	if err != nil || e.Format != "docx" {
		t.Fatal(e, err)
	}
	text := docxtest.Printed(t, "certificate", content)
	for _, want := range []string{"采用证明", "欧阳小明", "《公交站台破损》", "2026年11月2日", "（单篇）", c.Number, "shangda.example.com/verify"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the paper: %s", want, text)
		}
	}
	if strings.Contains(text, "仅供内部使用") {
		t.Errorf("what is given to somebody calls itself internal: %s", text)
	}
}

// calls are the use cases that name something of a tenant.
func calls(s *certificates.Service, event uuid.UUID) map[string]func(ctx context.Context, report, id uuid.UUID) error {
	return map[string]func(ctx context.Context, report, id uuid.UUID) error{
		"Of": func(ctx context.Context, report, _ uuid.UUID) error { _, err := s.Of(ctx, report); return err },
		"Issue": func(ctx context.Context, report, _ uuid.UUID) error {
			_, err := s.Issue(ctx, report, certificates.New{Event: event, Person: "李红"})
			return err
		},
		"Get": func(ctx context.Context, _, id uuid.UUID) error { _, err := s.Get(ctx, id); return err },
		"Withdraw": func(ctx context.Context, _, id uuid.UUID) error {
			_, err := s.Withdraw(ctx, id, "姓名有误")
			return err
		},
		"Paper": func(ctx context.Context, _, id uuid.UUID) error {
			_, _, err := s.Paper(ctx, id, "example.com")
			return err
		},
	}
}

// others name nothing of a tenant, with the test that keeps them apart.
var others = map[string]string{"Verify": "answers anybody who has number and code; TestAnybodyMayVerify"}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	known := calls(newHouse(t).certificates, uuid.Nil)
	service, ctx := reflect.TypeFor[*certificates.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() > 1 && m.Type.In(1) == ctx && known[m.Name] == nil && others[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

// leaks names the use cases by which a stranger reaches what is not his, or hears that it is there.
func leaks(calls map[string]func(ctx context.Context, report, id uuid.UUID) error, stranger context.Context, report, id uuid.UUID) []string {
	found := []string{}
	for name, call := range calls {
		missing := call(stranger, uuid.New(), uuid.New())
		if err := call(stranger, report, id); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
			found = append(found, fmt.Sprintf("%s: %v; of a missing one: %v", name, err, missing))
		}
	}
	return found
}

// leaky shows every report to everybody: the fault that the isolation test must catch.
type leaky struct{ event uuid.UUID }

func (l leaky) Load(_ context.Context, _ tenancy.Querier, id uuid.UUID) (certificates.Report, error) {
	return certificates.Report{ID: id, Authors: []certificates.Author{{Name: "李红"}}, Adopted: []certificates.Adoption{{Event: l.event}}}, nil
}

func TestNobodyReachesANeighboursCertificates(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.office(), h.office()
	report, event := o.adopted()
	c := o.issue(report, event, "欧阳小明")
	for who, ctx := range map[string]context.Context{"neighbour": neighbour.editor.Context(), "member": o.Person("member").Context(), "admin": o.Person("system_admin").Context()} {
		for _, leak := range leaks(calls(h.certificates, event), ctx, report, c.ID) {
			t.Errorf("%s: %s", who, leak)
		}
	}
	broken := certificates.NewService(h.DB, tenancy.NewDirectory(h.Pool()), leaky{event})
	if found := leaks(calls(broken, event), neighbour.editor.Context(), report, c.ID); len(found) == 0 {
		t.Error("the broken service was not noticed")
	}
	if got, err := h.certificates.Get(o.editor.Context(), c.ID); err != nil || got.Withdrawn != nil {
		t.Errorf("%+v, %v", got, err)
	}
}
