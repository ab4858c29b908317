package demo

import (
	"context"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/reviews"
)

// inCharge gives the fields of each unit's vice-chair, so that flows can wait for the leader in charge.
func (c *country) inCharge(ctx context.Context) error {
	for _, o := range story.Organisations() {
		if !c.has(o.Code, story.PostViceChair) || !c.has(o.Code, story.RoleSystemAdmin) {
			continue
		}
		system, err := c.holder(ctx, o.Code, story.RoleSystemAdmin)
		if err != nil {
			return err
		}
		leader, err := c.holder(ctx, o.Code, story.PostViceChair)
		if err != nil {
			return err
		}
		var fields []reviews.Charge
		for _, category := range []string{"教育文体", "卫生健康", "民政", "环境保护"} {
			fields = append(fields, reviews.Charge{Category: category, Member: membershipOf(leader)})
		}
		if err := c.Reviews.PutCharges(system, fields); err != nil {
			return err
		}
	}
	return nil
}
