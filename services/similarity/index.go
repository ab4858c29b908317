package similarity

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"shangda/tenancy"
)

func best(found []match, most int) []match {
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.ID.String(), a.ID.String()))
	})
	return found[:min(len(found), most)]
}

// gone are the states in which a report is compared with nothing.
var gone = map[string]bool{"draft": true, "recalled": true}

// Indexed follows a report as it is now: its print is kept, what it is most like is noted for the lists, and where it began
// here the platform is asked, once. The indexer calls it after every change; calling it again changes nothing.
func (s *Service) Indexed(ctx context.Context, tx *tenancy.Tx, r Report) error {
	if gone[r.State] {
		return forget(ctx, tx, r.ID)
	}
	p := newPrint(r.Text)
	changed, err := keep(ctx, tx, r.ID, p)
	if err != nil {
		return err
	}
	rules, err := RulesOf.Get(ctx, tx)
	if err != nil {
		return err
	}
	known, err := findings(ctx, tx, []uuid.UUID{r.ID})
	if err != nil {
		return err
	}
	f, old := known[r.ID]
	f.ReportID = r.ID
	if f.OtherID, f.Score, err = s.nearest(ctx, tx, r.ID, p); err != nil {
		return err
	}
	if r.Made && rules.Platform && (changed || !old) {
		if err := s.platform(ctx, tx, r, &f, !old); err != nil {
			return err
		}
	}
	if err := putFinding(ctx, tx, f); err != nil {
		return err
	}
	if rules.OnSubmit == "link" && r.State == "submitted" && f.OtherID != nil && f.Score >= Copied {
		return s.link(ctx, tx, r.ID, *f.OtherID, f.Score)
	}
	return nil
}

// nearest is the most alike of those nobody has told apart from the report.
func (s *Service) nearest(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, p printOf) (*uuid.UUID, float64, error) {
	said, err := verdicts(ctx, tx, id)
	if err != nil {
		return nil, 0, err
	}
	found, err := alike(ctx, tx, p, id, Similar, len(said)+1)
	if err != nil {
		return nil, 0, err
	}
	for _, m := range found {
		if said[m.ID].Verdict != "different" {
			return &m.ID, m.Score, nil
		}
	}
	return nil, 0, nil
}

func (s *Service) platform(ctx context.Context, tx *tenancy.Tx, r Report, f *finding, ask bool) (err error) {
	prints := minHashesOf(r.Text)
	if ask && len(prints) > 0 {
		if f.Elsewhere, err = elsewhere(ctx, tx, prints); err != nil {
			return err
		}
	}
	return printsPut(ctx, tx, r.ID, prints)
}

// link notes two reports as one matter because the tenant wants copies linked, unless somebody has spoken already.
func (s *Service) link(ctx context.Context, tx *tenancy.Tx, id, other uuid.UUID, score float64) error {
	said, err := verdicts(ctx, tx, id)
	if err != nil || said[other].Verdict != "" {
		return err
	}
	tx.Record(tenancy.Event{Kind: "similarity.duplicate", Subject: tenancy.Subject{Kind: "report", ID: id}, Detail: map[string]string{"other": other.String()}})
	return putVerdict(ctx, tx, id, other, "duplicate", score)
}

// Follow takes the tenant's texts out of the platform's comparison in the transaction in which it decides not to take part
// (tenancy.Follower). Those submitted after it takes part again come in anew.
func (s *Service) Follow(ctx context.Context, tx *tenancy.Tx, events []tenancy.Event) error {
	for _, e := range events {
		if e.Kind != "setting.changed" {
			continue
		}
		rules, err := RulesOf.Get(ctx, tx)
		if err != nil {
			return err
		}
		if !rules.Platform {
			return leave(ctx, tx)
		}
	}
	return nil
}
