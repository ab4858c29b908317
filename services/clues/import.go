package clues

import (
	"context"

	"shangda/authz"
	"shangda/tenancy"
)

// Fate is what became of a clue that was to be brought in.
type Fate string

// The fates.
const (
	BroughtIn    Fate = "brought in"
	AlreadyThere Fate = "already there"
	Refused      Fate = "refused"
)

// Outcome is the fate of one clue of a batch; Err says why it was refused.
type Outcome struct {
	Fate Fate
	Err  error
}

// Import brings in a batch in one transaction and tells the fate of each, in order. The rules are those of Create; what
// breaks them is refused by itself and stops nothing else. Bringing in the same batch again brings in nothing.
func (s *Service) Import(ctx context.Context, batch []NewClue) ([]Outcome, error) {
	var outcomes []Outcome
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		checked, found, err := weigh(ctx, tx, batch)
		if err != nil {
			return err
		}
		outcomes = found
		for i, n := range checked {
			if outcomes[i].Fate != BroughtIn {
				continue
			}
			if outcomes[i].Fate, err = bringIn(ctx, tx, n); err != nil {
				return err
			}
		}
		return nil
	})
	return outcomes, err
}

func bringIn(ctx context.Context, tx *tenancy.Tx, n NewClue) (Fate, error) {
	id := tenancy.NewID()
	fresh, err := insertClue(ctx, tx, id, n)
	if err != nil {
		return Refused, err
	}
	if !fresh { // brought in by somebody else since weigh looked
		_, err := again(ctx, tx, n)
		return AlreadyThere, err
	}
	received(tx, id, n)
	return BroughtIn, nil
}

// Preview tells what Import would do, and writes nothing.
func (s *Service) Preview(ctx context.Context, batch []NewClue) ([]Outcome, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	_, outcomes, err := weigh(ctx, q, batch)
	return outcomes, err
}

// weigh checks each clue and looks up which are there already, here or earlier in the batch.
func weigh(ctx context.Context, q tenancy.Querier, batch []NewClue) ([]NewClue, []Outcome, error) {
	if err := authz.Check(q.Principal(), authz.ClueImport, authz.Object{Read: authz.ClueRead}); err != nil {
		return nil, nil, err
	}
	checked, outcomes := make([]NewClue, len(batch)), make([]Outcome, len(batch))
	refs := map[string][]string{}
	for i, n := range batch {
		if n.Channel == "" {
			n.Channel = "import"
		}
		clue, err := n.check(q.Now())
		checked[i], outcomes[i] = clue, Outcome{Fate: BroughtIn}
		if err != nil {
			outcomes[i] = Outcome{Fate: Refused, Err: err}
			continue
		}
		refs[clue.SourceKind] = append(refs[clue.SourceKind], clue.SourceRef)
	}
	there := map[[2]string]bool{}
	for kind, all := range refs {
		found, err := bySource(ctx, q, kind, all)
		if err != nil {
			return nil, nil, err
		}
		for ref := range found {
			there[[2]string{kind, ref}] = true
		}
	}
	for i, n := range checked {
		key := [2]string{n.SourceKind, n.SourceRef}
		if outcomes[i].Fate != BroughtIn || n.SourceRef == "" {
			continue
		}
		if there[key] {
			outcomes[i].Fate = AlreadyThere
		}
		there[key] = true
	}
	return checked, outcomes, nil
}
