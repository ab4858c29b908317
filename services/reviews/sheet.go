package reviews

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// Signature is a line of the signing sheet (签批单): what a person said at a step.
type Signature struct {
	Step     string
	Person   string
	OnBehalf string // whom the person stood in for
	Verb     string // approve, reject, return or release
	Opinion  string
	Ticks    []Tick
	Late     bool // given after the green channel released the report
	At       time.Time
}

// Sheet is the signing sheet of a report's latest review, oldest first: what was said and not taken back. The caller has
// checked that it may be read; without a review it is empty.
func (s *Service) Sheet(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Signature, error) {
	rows, err := reviewsOf(ctx, q, report)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := []uuid.UUID{rows[len(rows)-1].ID}
	stages, err := stagesOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	acts, err := actsOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	people := []uuid.UUID{}
	for _, a := range acts {
		people = append(people, a.By, a.OnBehalf)
	}
	names, err := namesOf(ctx, q, people)
	if err != nil {
		return nil, err
	}
	return signatures(stages, acts, names), nil
}

func signatures(stages []stageRow, acts []actRow, names map[uuid.UUID]string) []Signature {
	title := map[uuid.UUID]string{}
	for _, s := range stages {
		title[s.ID] = s.Definition.Title
	}
	var sheet []Signature
	released := false
	for _, a := range acts {
		switch a.Verb {
		case "take_back": // of who acted last
			for i := len(sheet) - 1; i >= 0; i-- {
				if sheet[i].Person == names[a.By] && (sheet[i].Verb == "approve" || sheet[i].Verb == "reject") {
					sheet = slices.Delete(sheet, i, i+1)
					break
				}
			}
		case "approve", "reject", "return", "release":
			sheet = append(sheet, Signature{Step: title[a.StepID], Person: names[a.By], OnBehalf: names[a.OnBehalf], Verb: a.Verb, Opinion: a.Opinion,
				Ticks: a.Ticks, Late: released, At: a.At})
			released = released || a.Verb == "release"
		case "reopen":
			released = false
		}
	}
	return sheet
}
