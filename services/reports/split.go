package reports

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// Part is one of the matters a report is split into; without a category it has the whole's.
type Part struct {
	Text
	Category string
}

// The number of parts a report is split into.
const (
	MinParts = 2
	MaxParts = 6
)

// Split makes several reports of one that held several matters (一事一报). The whole stays as it was received, with what
// becomes of its parts: it goes on counting in the figures, once a deciding unit, and they do not.
func (s *Service) Split(ctx context.Context, id uuid.UUID, parts []Part) (uuid.UUID, error) {
	var faults errs.Fields
	if n := len(parts); n < MinParts || n > MaxParts {
		faults.Add("parts", "请拆分为 %d 到 %d 篇", MinParts, MaxParts)
		return uuid.Nil, faults.Err()
	}
	return s.act(ctx, id, ActSplit, func(tx *tenancy.Tx, r *Report, t transition) error {
		inputs := make([]Input, len(parts))
		for i, part := range parts {
			in := r.input()
			in.Text, in.Topic = part.Text, ""
			if part.Category != "" {
				in.Category = part.Category
			}
			var err error
			if inputs[i], err = checked(ctx, tx, in, asKept, r.Text); err != nil {
				more, err := faultsIn(err)
				if err != nil {
					return err
				}
				for _, f := range more {
					faults.Add(fmt.Sprintf("parts.%d.%s", i, f.Name), "第 %d 篇：%s", i+1, f.Message)
				}
			}
		}
		if err := faults.Err(); err != nil {
			return err
		}
		t.move(r)
		record(tx, r, "split", nil, map[string]string{"parts": fmt.Sprint(len(parts))})
		for i, in := range inputs {
			if err := s.splitOff(ctx, tx, r, in, i+1); err != nil {
				return err
			}
		}
		return save(ctx, tx, r)
	})
}

// splitOff makes one part: its authors are the whole's, its number shows where it comes from.
func (s *Service) splitOff(ctx context.Context, tx *tenancy.Tx, whole *Report, in Input, no int) error {
	part := fresh(tx, tenancy.NewID(), in)
	part.State, part.Number, part.SplitFrom = Editing, fmt.Sprintf("%s-%d", whole.Number, no), &whole.ID
	part.AuthorID, part.AuthorName, part.AuthorTitle, part.UnitID, part.AuthorContact = whole.AuthorID, whole.AuthorName, whole.AuthorTitle, whole.UnitID, whole.AuthorContact
	part.RecorderID, part.RecorderName, part.Flags, part.Origin, part.SubmittedAt = whole.RecorderID, whole.RecorderName, whole.Flags, whole.Origin, whole.SubmittedAt
	if _, err := insert(ctx, tx, part, versionEdited); err != nil {
		return err
	}
	list, err := authors(ctx, tx, whole.ID)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.MembershipID != nil {
			part.Coauthors = append(part.Coauthors, *a.MembershipID)
		}
	}
	if err := replaceAuthors(ctx, tx, part.ID, list); err != nil {
		return err
	}
	if err := saveSharing(ctx, tx, part); err != nil {
		return err
	}
	record(tx, part, "split_off", nil, map[string]string{"report": whole.ID.String(), "title": whole.Title})
	return nil
}
