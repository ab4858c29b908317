package feedback_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/feedback"
	"shangda/services/notices"
	"shangda/tenancy"
)

// calls are the use cases that name a report of a tenant.
func calls(s *feedback.Service) map[string]func(ctx context.Context, report uuid.UUID) error {
	return map[string]func(ctx context.Context, report uuid.UUID) error{
		"Of": func(ctx context.Context, id uuid.UUID) error { _, err := s.Of(ctx, id); return err },
		"Record": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Record(ctx, id, phoned("2026-11-02"))
			return err
		},
		"Seen": func(ctx context.Context, id uuid.UUID) error { _, err := s.Seen(ctx, id); return err },
		"Paper": func(ctx context.Context, id uuid.UUID) error {
			_, _, err := s.Paper(ctx, id, feedback.PaperLetter)
			return err
		},
	}
}

// others are the use cases that name nothing of a tenant, with the test that keeps them apart.
var others = map[string]string{
	"Untold":   "TestNobodyReachesANeighboursFeedback",
	"Outcomes": "asked about a report that was loaded; TestNobodyReachesANeighboursFeedback",
	"Between":  "TestNobodyReachesANeighboursFeedback",
	"Read":     "TestNobodyReachesANeighboursFeedback",
}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	known := calls(newHouse(t).feedback)
	service, ctx := reflect.TypeFor[*feedback.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() > 1 && m.Type.In(1) == ctx && known[m.Name] == nil && others[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

// leaks names the use cases by which a stranger reaches the report, or hears that it is there.
func leaks(calls map[string]func(context.Context, uuid.UUID) error, strangers map[string]context.Context, report uuid.UUID) []string {
	found := []string{}
	for name, call := range calls {
		for who, ctx := range strangers {
			missing := call(ctx, uuid.New())
			if err := call(ctx, report); !errs.Is(err, errs.NotFound) || missing == nil || err.Error() != missing.Error() {
				found = append(found, fmt.Sprintf("%s by the %s: %v; of a missing one: %v", name, who, err, missing))
			}
		}
	}
	return found
}

// leaky shows every report to everybody: the fault that the isolation test must catch.
type leaky struct{}

func (leaky) Load(_ context.Context, _ tenancy.Querier, id uuid.UUID) (feedback.Report, error) {
	return feedback.Report{ID: id, State: "taken_up", Title: "公交站台破损", AuthorName: "甲"}, nil
}

func TestNobodyReachesANeighboursFeedback(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.office(), h.office()
	report := county.adopted()
	strangers := map[string]context.Context{
		"neighbour": neighbour.Person("editor", "reviewer", "leader").Context(),
		"admin":     county.system.Context(),
		"member":    county.Person("member").Context(),
	}
	for _, leak := range leaks(calls(h.feedback), strangers, report) {
		t.Error(leak)
	}
	broken := feedback.New(h.DB, tenancy.NewDirectory(h.Pool()), leaky{})
	if found := leaks(calls(broken), strangers, report); len(found) < 6 {
		t.Errorf("the broken service was not noticed: %v", found)
	}
	list, err := h.feedback.Untold(strangers["neighbour"])
	if err != nil || list.Total != 0 || list.Figures.Outcomes != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	q, err := h.DB.Read(strangers["neighbour"])
	if err != nil {
		t.Fatal(err)
	}
	outcomes, err := h.feedback.Outcomes(t.Context(), q, report)
	changes, fault := h.feedback.Between(t.Context(), q, time.Time{}, h.Clock.Now().Add(time.Hour))
	if err != nil || fault != nil || len(outcomes)+len(changes) != 0 {
		t.Errorf("%v %v, %v %v", outcomes, changes, err, fault)
	}
	err = h.DB.InTx(neighbour.member.Context(), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "test", Subject: tenancy.Subject{Kind: "test", ID: uuid.New()}})
		return h.feedback.Read(t.Context(), tx, []notices.Seen{{SubjectKind: "report", SubjectID: report}})
	})
	if s := county.sheet(report); err != nil || len(s.Records) != 0 {
		t.Errorf("the neighbour wrote: %+v, %v", s, err)
	}
}
