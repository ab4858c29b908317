package demo

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/checks"
	"shangda/services/consultations"
	"shangda/services/experts"
	"shangda/services/reports"
	"shangda/tenancy/members"
)

// asking are the units whose desks have committees and experts to ask.
var asking = []struct {
	tenant string
	known  []known
}{
	{"a1-zx", []known{{"周敏", []string{"卫生健康"}}, {"唐伟", []string{"公安与司法", "经济管理"}}}},
	{"a6-zx", []known{{"单林峰", []string{"商贸旅游"}}, {"胡德林", []string{"农村农业"}}}},
}

// known is a member, and what he is asked about.
type known struct {
	name   string
	fields []string
}

// setUpCommittees gives them an inner unit with its people.
func (c *country) setUpCommittees(ctx context.Context) error {
	for _, unit := range asking {
		system, err := c.holder(ctx, unit.tenant, story.RoleSystemAdmin)
		if err != nil {
			return err
		}
		committee, err := c.committee(system, "提案委员会")
		if err != nil {
			return err
		}
		for _, p := range c.cast[unit.tenant] {
			if p.Post != story.PostCommitteeHead {
				continue
			}
			id, err := c.memberNamed(system, p.name)
			if err != nil {
				return err
			}
			if err := c.Members.Update(system, id, members.Edit{UnitID: &committee}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *country) memberNamed(ctx context.Context, name string) (uuid.UUID, error) {
	found, _, err := c.Members.List(ctx, name, "", 1)
	if err == nil && len(found) == 0 {
		err = errors.New("no member " + name)
	}
	if err != nil {
		return uuid.Nil, err
	}
	return found[0].ID, nil
}

// consult fills the directories of experts, and has one report on a desk checked and reviewed by several at once.
func (y *year) consult(time.Time) error {
	for _, unit := range asking {
		editor, err := y.holder(y.ctx, unit.tenant, story.RoleEditor)
		if err != nil {
			return err
		}
		for _, one := range unit.known {
			id, err := y.memberNamed(editor, one.name)
			if err != nil {
				return err
			}
			if _, err := y.Experts.Add(editor, experts.Entry{MembershipID: &id, Fields: one.fields, Active: true}); err != nil {
				return err
			}
		}
		if _, err := y.Experts.Add(editor, experts.Entry{Name: "季教授", Title: "教授", Organisation: "临江学院交通工程系", Fields: []string{"交通运输", "城乡建设"}, Tags: []string{"公共交通", "道路设计"}, Active: true}); err != nil {
			return err
		}
	}
	return y.together()
}

// together is a check that was made, one that is asked for, and a joint review that runs, all on one report of the first desk.
func (y *year) together() error {
	editor, err := y.holder(y.ctx, "a1-zx", story.RoleEditor)
	if err != nil {
		return err
	}
	desk, _, err := y.Reports.List(editor, reports.Filter{Box: reports.BoxDesk, Limit: 1})
	if err != nil || len(desk) == 0 {
		return err
	}
	id := desk[0].ID
	committee, err := y.committee(editor, "提案委员会")
	if err != nil {
		return err
	}
	if _, err := y.Checks.Record(editor, id, desk[0].Version, checks.NewCheck{Matter: checks.MatterFacts,
		Finding: checks.Finding{Method: "site", Result: "true", Note: "已到现场查看，情况与来稿一致。"}}); err != nil {
		return err
	}
	if _, err := y.Checks.Ask(editor, id, checks.NewRequest{Matter: checks.MatterFigures, UnitID: &committee, Question: "请核对文中数据的来源和口径。"}); err != nil {
		return err
	}
	directory, err := y.Experts.List(editor, experts.Filter{})
	if err != nil || len(directory) == 0 {
		return err
	}
	_, err = y.Consultations.Start(editor, id, consultations.Opening{Kind: consultations.Joint, Question: "请从政治、政策、内容三方面把关，并对建议的可行性提出意见。",
		Participants: []consultations.Participant{{UnitID: &committee}, {ExpertID: &directory[0].ID}, {Department: "区住房和城乡建设局"}}})
	return err
}
