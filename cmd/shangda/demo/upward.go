package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/forwardings"
	"shangda/services/reports"
)

// outcome plans what follows the sign-off: adoption here, and the way up.
func (y *year) outcome(now time.Time, tenant string, id uuid.UUID, r story.Report, hop int) {
	adopts := y.rng.IntN(100) < []int{38, 52, 46, 60}[min(hop, 3)]
	if adopts {
		y.plan(y.after(now, time.Hour, 2*day), func(time.Time) error { return y.adopt(tenant, id) })
	}
	if y.rng.IntN(100) < []int{80, 58, 52, 0}[min(hop, 3)] || r.Matter != "" {
		y.plan(y.after(now, 2*time.Hour, 2*day), func(now time.Time) error { return y.forward(now, tenant, id, r, hop) })
	}
}

func (y *year) adopt(tenant string, id uuid.UUID) error {
	for _, post := range []string{story.RoleReviewer, story.RoleSigner} {
		if !y.has(tenant, post) {
			continue
		}
		head, err := y.holder(y.ctx, tenant, post)
		if err != nil {
			return err
		}
		rep, err := y.Reports.Get(head, id)
		if err != nil {
			return err
		}
		form, relayedTo := story.FormSingle, ""
		if y.rng.IntN(12) == 0 && len(rep.Sources) == 0 {
			form, relayedTo = story.FormRelayed, y.pick([]string{"市交通运输局", "市城市管理局", "市民政局", "市教育局"})
		}
		_, err = y.Reports.Adopt(head, id, reports.NewAdoption{Form: form, Note: y.pick(story.Adoptions(form)), RelayedTo: relayedTo})
		return err
	}
	return nil
}

// forward sends the report up along the main line, and often along the others too.
func (y *year) forward(now time.Time, tenant string, id uuid.UUID, r story.Report, hop int) error {
	editor, err := y.holder(y.ctx, tenant, story.RoleEditor)
	if err != nil {
		return err
	}
	targets, err := y.Forwardings.Targets(editor, id)
	if err != nil || len(targets) == 0 {
		return err
	}
	var to []string
	for i, t := range targets {
		upper, err := y.Directory.ByID(y.ctx, t.Tenant)
		if err != nil {
			return err
		}
		if !t.AlreadySent && (i == 0 || y.rng.IntN(100) < 65) {
			to = append(to, upper.Code)
		}
	}
	if len(to) == 0 {
		return nil
	}
	o := forwardings.Options{Cover: y.pick(story.Forwardings()), EncloseOriginal: y.rng.IntN(3) == 0}
	if _, err := y.Forwardings.Send(editor, id, to, o); err != nil {
		return err
	}
	number, err := y.number(editor, id)
	if err != nil {
		return err
	}
	for _, upper := range to {
		y.plan(y.after(now, 3*time.Hour, 3*day), func(now time.Time) error { return y.receive(now, upper, number, r, hop+1) })
	}
	return nil
}

func (y *year) number(editor context.Context, id uuid.UUID) (string, error) {
	rep, err := y.Reports.Get(editor, id)
	return rep.Number, err
}

// receive finds the unit's own copy in its inbox and screens it.
func (y *year) receive(now time.Time, tenant, number string, r story.Report, hop int) error {
	if !y.has(tenant, story.RoleEditor) {
		return nil
	}
	editor, err := y.holder(y.ctx, tenant, story.RoleEditor)
	if err != nil {
		return err
	}
	inbox, _, err := y.Reports.List(editor, reports.Filter{Box: "inbox", Query: number, Limit: 10})
	if err != nil {
		return err
	}
	for _, rep := range inbox {
		if rep.Number == number {
			return y.screen(now, tenant, rep.ID, r, hop)
		}
	}
	return nil
}
