package demo

import (
	"context"

	"shangda/cmd/shangda/demo/story"
	"shangda/tenancy/organisations"
)

// offices gives some units the committees that the ledger names beside a report and that are asked about one.
func (c *country) offices(ctx context.Context) error {
	for _, tenant := range []string{"a1-zx", "a-zx", "a6-zx"} {
		system, err := c.holder(ctx, tenant, story.RoleSystemAdmin)
		if err != nil {
			return err
		}
		for _, name := range []string{"提案委员会", "经济和农业农村委员会", "民生和社会法制委员会"} {
			if _, err := c.Organisations.CreateUnit(system, organisations.NewUnit{Name: name, Kind: "委室"}); err != nil {
				return err
			}
		}
	}
	return nil
}
