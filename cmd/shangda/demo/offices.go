package demo

import (
	"context"

	"github.com/google/uuid"

	"shangda/cmd/shangda/demo/story"
	"shangda/tenancy/organisations"
)

// offices gives two units the committees that the ledger names beside a report.
func (c *country) offices(ctx context.Context) error {
	for _, tenant := range []string{"a1-zx", "a-zx"} {
		system, err := c.holder(ctx, tenant, story.RoleSystemAdmin)
		if err != nil {
			return err
		}
		for _, name := range []string{"提案委员会", "经济和农业农村委员会", "民生和社会法制委员会"} {
			if _, err := c.committee(system, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// committee is the committee of that name, set up where the unit has none yet.
func (c *country) committee(system context.Context, name string) (uuid.UUID, error) {
	all, err := c.Organisations.Units(system)
	if err != nil {
		return uuid.Nil, err
	}
	for _, unit := range all {
		if unit.Name == name {
			return unit.ID, nil
		}
	}
	return c.Organisations.CreateUnit(system, organisations.NewUnit{Name: name, Kind: "专门委员会"})
}
