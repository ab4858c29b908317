package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/assignments"
	"shangda/services/instructions"
	"shangda/services/reports"
)

// followed is what the city had written on and handled: one matter came to its result, one is late, one is new.
type followed struct {
	reports     []uuid.UUID
	assignments []uuid.UUID
}

const (
	supervisor = "a-zx"
	onDay      = "2006-01-02"
)

// instruct has the city's leaders write on reports from below, and departments get the matters.
func (y *year) instruct(f *followed) func(now time.Time) error {
	return func(now time.Time) error {
		editor, err := y.holder(y.ctx, supervisor, story.RoleEditor)
		if err != nil {
			return err
		}
		signed, _, err := y.Reports.List(editor, reports.Filter{Box: reports.BoxSigned, Limit: 3})
		if err != nil {
			return err
		}
		for _, r := range signed {
			f.reports = append(f.reports, r.ID)
		}
		for i, o := range []assignments.Opening{
			{Mode: assignments.Single, Request: "请研究办理，并将结果书面答复。", Days: 15, Departments: []string{"临江市交通运输局"}},
			{Mode: assignments.Joint, Request: "请主办单位牵头提出方案，会办单位配合。", Days: 10, Departments: []string{"临江市住房和城乡建设局", "临江市财政局"}},
		} {
			if i >= len(f.reports) {
				return nil
			}
			id, err := y.giveOut(editor, f.reports[i], now, o)
			if err != nil {
				return err
			}
			f.assignments = append(f.assignments, id)
		}
		return nil
	}
}

// giveOut writes an instruction down and gives the matter to departments, of which the first takes it.
func (y *year) giveOut(editor context.Context, report uuid.UUID, now time.Time, o assignments.Opening) (uuid.UUID, error) {
	instruction, err := y.Instructions.Record(editor, report, instructions.Entry{Leader: "沈志远", LeaderTitle: "市委副书记", Level: "city",
		GivenOn: now.AddDate(0, 0, -1).Format(onDay), Body: "反映的问题具体，请有关部门认真研究，限期办理并反馈。"})
	if err != nil {
		return uuid.Nil, err
	}
	o.InstructionID = &instruction
	id, err := y.Assignments.Assign(editor, report, o)
	if err != nil {
		return uuid.Nil, err
	}
	return id, y.steps(editor, id, assignments.Act{Step: assignments.StepAccept})
}

// steps are those of the first department.
func (y *year) steps(editor context.Context, id uuid.UUID, steps ...assignments.Act) error {
	a, err := y.Assignments.Get(editor, id)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if _, err := y.Assignments.Act(editor, a.Parts[0].ID, step); err != nil {
			return err
		}
	}
	return nil
}

// answer brings the first matter to its result, and has a leader write on a third report.
func (y *year) answer(f *followed) func(now time.Time) error {
	return func(now time.Time) error {
		if len(f.assignments) == 0 {
			return nil
		}
		editor, err := y.holder(y.ctx, supervisor, story.RoleEditor)
		if err != nil {
			return err
		}
		if err := y.steps(editor, f.assignments[0],
			assignments.Act{Step: assignments.StepReply, Note: "经现场核查，反映的问题属实，已组织整改，目前全部整改到位。"}, assignments.Act{Step: assignments.StepPass}); err != nil {
			return err
		}
		if _, err := y.Assignments.Close(editor, f.assignments[0], assignments.Closing{Result: "A", Feedback: "反映的问题已整改到位，感谢对我市工作的关心。"}); err != nil {
			return err
		}
		if len(f.reports) < 3 {
			return nil
		}
		_, err = y.Instructions.Record(editor, f.reports[2], instructions.Entry{Leader: "周启明", LeaderTitle: "副省长", Level: "province", GivenOn: now.AddDate(0, 0, -1).Format(onDay)})
		return err
	}
}
