package experts_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/experts"
	"shangda/tenancy/tenancytest"
)

func names(t *testing.T, s *experts.Service, p *tenancytest.Person, f experts.Filter) string {
	t.Helper()
	found, err := s.List(p.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, e := range found {
		list = append(list, e.Name)
	}
	return strings.Join(list, " ")
}

func TestExpertsAreFoundByWhatTheyKnow(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s := experts.New(w.DB)
	county := w.Tenant("cppcc", "county")
	editor, member := county.Person("editor"), county.Person("member")
	add := func(e experts.Entry) uuid.UUID {
		t.Helper()
		id, err := s.Add(editor.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	add(experts.Entry{Name: "甲教授", Organisation: "交通大学", Fields: []string{"交通运输", "交通运输", " "}, Tags: []string{"物流"}})
	doctor := add(experts.Entry{Name: "乙医生", Fields: []string{"医疗卫生"}})
	inside := add(experts.Entry{MembershipID: &member.Membership, Name: "随便", Fields: []string{"交通运输"}})
	if e, err := s.Get(editor.Context(), inside); err != nil || e.Name != member.Name {
		t.Fatalf("a member has his own name: %+v, %v", e, err)
	}
	for want, f := range map[string]experts.Filter{
		member.Name + " 甲教授": {Field: "交通运输"}, "甲教授": {Field: "物流"}, "乙医生": {Text: "医疗"}, "": {Text: "没有"},
	} {
		if got := names(t, s, editor, f); got != want && got != strings.Join([]string{"甲教授", member.Name}, " ") {
			t.Errorf("%+v finds %q, want %q", f, got, want)
		}
	}
	_, err := s.Add(editor.Context(), experts.Entry{MembershipID: &member.Membership, Fields: []string{"民政"}})
	refused(t, errs.Invalid, err) // once is enough
	rest := experts.Entry{Name: "乙医生", Fields: []string{"医疗卫生"}}
	if _, err := s.Change(editor.Context(), doctor, 1, rest); err != nil {
		t.Fatal(err)
	}
	_, err = s.Change(editor.Context(), doctor, 1, rest)
	refused(t, errs.Stale, err)
	if got := names(t, s, editor, experts.Filter{Text: "医疗", Active: true}); got != "" {
		t.Errorf("who rests is asked: %q", got)
	}
}

func refused(t *testing.T, kind errs.Kind, err error) {
	t.Helper()
	if !errs.Is(err, kind) {
		t.Errorf("%v, want %s", err, kind)
	}
}

func TestBadInputIsNamedByItsField(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s := experts.New(w.DB)
	editor, gone := w.Tenant("cppcc", "county").Person("editor"), uuid.New()
	for field, e := range map[string]experts.Entry{
		"name": {Fields: []string{"民政"}}, "fields": {Name: "甲"}, "tags": {Name: "甲", Fields: []string{"民政"}, Tags: []string{strings.Repeat("长", 21)}},
		"membership_id": {MembershipID: &gone, Fields: []string{"民政"}}, "unit_id": {Name: "甲", UnitID: &gone, Fields: []string{"民政"}},
		"note": {Name: "甲", Fields: []string{"民政"}, Note: "机密★一年"},
	} {
		_, err := s.Add(editor.Context(), e)
		var refusal *errs.Error
		if !errors.As(err, &refusal) || len(refusal.Fields) != 1 || refusal.Fields[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestNobodyReachesANeighboursExperts(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s := experts.New(w.DB)
	county := w.Tenant("cppcc", "county")
	id, err := s.Add(county.Person("editor").Context(), experts.Entry{Name: "甲", Fields: []string{"民政"}})
	if err != nil {
		t.Fatal(err)
	}
	neighbour := w.Tenant("cppcc", "county").Person("editor")
	for name, call := range map[string]func(context.Context, uuid.UUID) error{
		"Get": func(ctx context.Context, id uuid.UUID) error { _, err := s.Get(ctx, id); return err },
		"Change": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Change(ctx, id, 1, experts.Entry{Name: "乙", Fields: []string{"民政"}})
			return err
		},
		"Find": func(ctx context.Context, id uuid.UUID) error {
			q, err := w.DB.Read(ctx)
			if err != nil {
				t.Fatal(err)
			}
			_, err = s.Find(ctx, q, id)
			return err
		},
	} {
		for _, asked := range []uuid.UUID{id, uuid.New()} {
			if err := call(neighbour.Context(), asked); !errs.Is(err, errs.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if got := names(t, s, neighbour, experts.Filter{}); got != "" {
		t.Errorf("the neighbour lists %q", got)
	}
	_, err = s.Add(county.Person("member").Context(), experts.Entry{Name: "乙", Fields: []string{"民政"}})
	refused(t, errs.NotFound, err)
	_, err = s.Add(county.Person("leader").Context(), experts.Entry{Name: "乙", Fields: []string{"民政"}})
	refused(t, errs.Forbidden, err)
}
