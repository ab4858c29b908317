package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/reviews"
	"shangda/tenancy"
)

// setUpChains gives each unit the chains its staff can fill: committees with a full office T1 or T3, others one step.
func (c *country) setUpChains(ctx context.Context) error {
	for i, o := range story.Organisations() {
		if o.Kind == story.KindOperator || o.Kind == story.KindDepartment {
			continue
		}
		system, err := c.holder(ctx, o.Code, story.RoleSystemAdmin)
		if err != nil {
			return err
		}
		for _, chain := range c.chainsFor(o.Code, i) {
			if _, err := c.Reviews.CreateChain(system, chain); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *country) chainsFor(tenant string, i int) []reviews.NewChain {
	full := c.has(tenant, story.PostOfficeHead) && c.has(tenant, story.PostCommitteeHead) && c.has(tenant, story.PostSecretaryGeneral) &&
		c.has(tenant, story.PostViceChair) && c.has(tenant, story.PostChair)
	if full {
		wanted := []string{"T1", "T3"}[i%2]
		return reviews.FromTemplate(wanted)
	}
	for _, post := range []string{story.PostViceChair, story.PostPartyHead, story.PostDepartmentHead, story.PostChair, story.PostSecretaryGeneral} {
		if c.has(tenant, post) {
			return []reviews.NewChain{oneStep(story.PostName(post)+"审签", post, "ordinary", "important", "urgent")}
		}
	}
	return nil
}

func oneStep(title, post string, routes ...string) reviews.NewChain {
	return reviews.NewChain{Name: title, AppliesTo: routes, Steps: []reviews.Step{{Title: title, Post: post}}}
}

// review sends the report through the unit's chain, step by step, now and then with a return.
func (y *year) review(now time.Time, tenant string, id uuid.UUID, r story.Report, hop int) error {
	editor, err := y.holder(y.ctx, tenant, story.RoleEditor)
	if err != nil {
		return err
	}
	if _, err := y.Reviews.Start(editor, id); err != nil {
		return err
	}
	y.plan(y.after(now, time.Hour, day), func(now time.Time) error { return y.act(now, tenant, id, r, hop) })
	return nil
}

// act lets whoever the review waits for decide.
func (y *year) act(now time.Time, tenant string, id uuid.UUID, r story.Report, hop int) error {
	editor, err := y.holder(y.ctx, tenant, story.RoleEditor)
	if err != nil {
		return err
	}
	list, err := y.Reviews.Of(editor, id)
	if err != nil || len(list) == 0 {
		return err
	}
	running := list[len(list)-1]
	for _, s := range running.Steps {
		if s.State != "current" {
			continue
		}
		holder := s.Post
		if holder == "" {
			holder = s.Role
		}
		signer, err := y.holder(y.ctx, tenant, holder)
		if err != nil {
			return err
		}
		if y.rng.IntN(100) < 4 {
			return y.returnStep(now, signer, running.ID, tenant, id, r, hop)
		}
		if _, err := y.Reviews.Approve(signer, running.ID, y.pick(story.Approvals(s.Post)), nil); err != nil {
			return err
		}
		if s.No == len(running.Steps) {
			y.outcome(now, tenant, id, r, hop)
			return nil
		}
		y.plan(y.after(now, time.Hour, day), func(now time.Time) error { return y.act(now, tenant, id, r, hop) })
		return nil
	}
	return nil
}

func (y *year) returnStep(now time.Time, signer context.Context, review uuid.UUID, tenant string, id uuid.UUID, r story.Report, hop int) error {
	if _, err := y.Reviews.Return(signer, review, y.pick(story.StepReturns()), 0); err != nil {
		return err
	}
	y.plan(y.after(now, 2*time.Hour, day), func(now time.Time) error { return y.review(now, tenant, id, r, hop) })
	return nil
}

func membershipOf(ctx context.Context) uuid.UUID { return tenancy.From(ctx).Membership }

// tidy is the title as a higher editor would have it.
func tidy(title, tenant string) string {
	const wordy = "的问题及建议"
	if tenant == "a-zx" && len(title) > len(wordy) && title[len(title)-len(wordy):] == wordy {
		return title[:len(title)-len(wordy)] + "的建议"
	}
	return title
}
