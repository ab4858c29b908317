package reviews

import (
	"context"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Charge says which leader is in charge of a field (分管联系领域): of the reports of a category.
type Charge struct {
	Category string    `json:"category" maxLength:"40"`
	Member   uuid.UUID `json:"member"`
	Name     string    `json:"name" readOnly:"true" required:"false"`
}

// Charges lists who is in charge of which field.
func (s *Service) Charges(ctx context.Context) ([]Charge, error) {
	q, err := s.readChains(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := charges(ctx, q)
	out := make([]Charge, len(rows))
	for i, r := range rows {
		out[i] = Charge{Category: r.Category, Member: r.MembershipID, Name: r.Name}
	}
	return out, err
}

// PutCharges says anew who is in charge of which field; what is not named has nobody. Running reviews ask for it when
// they come to a step of who is in charge.
func (s *Service) PutCharges(ctx context.Context, all []Charge) error {
	var faults errs.Fields
	categories, members, distinct, seen := []string{}, []uuid.UUID{}, map[uuid.UUID]bool{}, map[string]bool{}
	for _, c := range all {
		if n := utf8.RuneCountInString(c.Category); n == 0 || n > 40 || seen[c.Category] {
			faults.Add("items", "分类不能为空，且每个分类只能有一位分管领导")
			break
		}
		seen[c.Category], distinct[c.Member] = true, true
		categories, members = append(categories, c.Category), append(members, c.Member)
	}
	if err := faults.Err(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.ChainWrite); err != nil {
			return err
		}
		if n, err := knownPeople(ctx, tx, members); err != nil {
			return err
		} else if n != len(distinct) {
			return errs.InvalidField("items", "分管领导应为本单位的在职成员")
		}
		tx.Record(tenancy.Event{Kind: "chain.charges", Subject: tenancy.Subject{Kind: "chain", ID: uuid.Nil}, Detail: map[string]int{"fields": len(all)}})
		return putCharges(ctx, tx, categories, members)
	})
}
