package reviews

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// Preview is a flow as it would be for a report: which one, and each step with whom it would wait for.
type Preview struct {
	Chain *uuid.UUID    `json:"chain,omitempty"`
	Name  string        `json:"name"`
	Green []string      `json:"green" doc:"Posts that may release it first"`
	Then  []string      `json:"then" enum:"issue,relay,forward"`
	Fault string        `json:"fault,omitempty" doc:"Why it could not be sent for review now"`
	Steps []PreviewStep `json:"steps"`
}

// PreviewStep is a step of a preview. DueAt is as if the step were reached now.
type PreviewStep struct {
	No      int        `json:"no"`
	Title   string     `json:"title"`
	Mode    string     `json:"mode" enum:"any,all,turn,vote"`
	Ratio   int        `json:"ratio,omitempty"`
	Applies bool       `json:"applies"`
	Why     string     `json:"why,omitempty" doc:"Why it does not apply"`
	Who     []Member   `json:"who"`
	Sheet   []string   `json:"sheet" enum:"political,policy,content"`
	DueAt   *time.Time `json:"due_at,omitempty"`
}

// Preview tells which flow a report would go, and through whose hands, before it is sent for review.
func (s *Service) Preview(ctx context.Context, report uuid.UUID, addressees ...string) (Preview, error) {
	if err := checkAddressees(addressees); err != nil {
		return Preview{}, err
	}
	q, err := s.db.Read(ctx)
	if err != nil {
		return Preview{}, err
	}
	if err := s.may(ctx, q, report, authz.ReviewStart); err != nil {
		return Preview{}, err
	}
	chains, err := activeChains(ctx, q)
	if err != nil {
		return Preview{}, err
	}
	var t turn
	chain, err := s.choose(ctx, q, &t, report, addressees, chains)
	if errs.Is(err, errs.Conflict) {
		return Preview{Green: []string{}, Then: []string{}, Steps: []PreviewStep{}, Fault: message(err)}, nil
	}
	if err != nil {
		return Preview{}, err
	}
	p, err := drawn(ctx, q, chain.Flow, t.matter.Case, t.office)
	p.Chain = &chain.ID
	return p, err
}

// Try draws a flow, saved or not, for a report that is only thought of. It changes nothing; asked again under its key it
// answers anew.
func (s *Service) Try(ctx context.Context, f flow.Flow, of flow.Case) (Preview, error) {
	if err := f.Validate(); err != nil {
		return Preview{}, err
	}
	if err := checkAddressees(of.Addressees); err != nil {
		return Preview{}, err
	}
	var p Preview
	try := func(q tenancy.Querier) error {
		if err := authz.Holds(q.Principal(), authz.ChainRead); err != nil {
			return err
		}
		o, err := office(ctx, q, of.Category)
		if err != nil {
			return err
		}
		p, err = drawn(ctx, q, f, of, o)
		return err
	}
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error { return try(tx) })
	var repeat *tenancy.Repeat
	if !errors.As(err, &repeat) {
		return p, err
	}
	q, err := s.db.Read(ctx)
	if err != nil {
		return Preview{}, err
	}
	err = try(q)
	return p, err
}

func drawn(ctx context.Context, q tenancy.Querier, f flow.Flow, of flow.Case, o flow.Office) (Preview, error) {
	p := Preview{Name: f.Name, Green: []string{}, Then: list(f.Then), Steps: []PreviewStep{}}
	if of.Route() == "urgent" {
		p.Green = list(f.Green)
	}
	days, err := calendar(ctx, q)
	if err != nil {
		return p, err
	}
	for _, step := range f.Plan(of, o) {
		one := PreviewStep{No: step.No, Title: step.Title, Mode: step.Mode, Ratio: step.Ratio, Applies: step.Applies, Why: step.Why, Who: []Member{}, Sheet: list(step.Sheet)}
		for _, who := range step.Who {
			one.Who = append(one.Who, Member{ID: who.ID, Name: who.Name, Post: who.Post, Signs: true})
		}
		if step.Applies && step.Days+step.Hours > 0 {
			due := days.Add(q.Now(), step.Days, step.Hours)
			one.DueAt = &due
		}
		p.Steps = append(p.Steps, one)
	}
	if _, err := f.Begin(of, uuid.Nil, o); err != nil {
		p.Fault = message(err)
	}
	return p, nil
}
