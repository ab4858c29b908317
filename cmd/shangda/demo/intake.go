package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/activities"
	"shangda/services/clues"
	"shangda/services/points"
	"shangda/services/visits"
)

// intake fills the city's sources of clues in the last days: material, a visit, an activity that its districts see, a point.
func (y *year) intake(now time.Time) error {
	editor, err := y.holder(y.ctx, "a-zx", story.RoleEditor)
	if err != nil {
		return err
	}
	if err := y.material(editor); err != nil {
		return err
	}
	if err := y.visit(editor, now); err != nil {
		return err
	}
	return y.places(editor)
}

func (y *year) material(editor context.Context) error {
	for _, n := range []clues.NewClue{
		{Title: "推动养老机构与医院转诊衔接", Body: "护理型床位不足，老人突发疾病后转诊要家属自己联系。建议由卫健、民政建立转诊专线。", SourceKind: "plenary_speech", Stage: clues.StageMaterial, Occasion: "市政协全会大会发言"},
		{Title: "关于夜间经济点位噪声扰民的提案（未立案）", Body: "夜市音响声音大，投诉在城管、公安、环保之间转办。", SourceKind: "unfiled_proposal", Stage: clues.StageMaterial, Occasion: "市政协提案委"},
		{Title: "小微企业反映贷款续期手续多", Body: "续贷要重新评估、重新担保，过桥资金成本高。", SourceKind: "consultation", Stage: clues.StageMaterial, Occasion: "月度协商座谈会"},
		{Title: "学校周边早晚高峰拥堵", Body: "群里多位家长反映校门口没有临时停靠区，早晚各堵四十分钟。", SourceKind: "citizen", Origin: &clues.Origin{Kind: "chat", Name: "教育界别群"}, OnBehalf: &clues.Voice{Name: "周老师", Title: "小学教师"}},
	} {
		id, err := y.Clues.Create(editor, n)
		if err != nil {
			return err
		}
		if n.SourceKind == "consultation" {
			if _, err := y.Clues.Reserve(editor, id, "等年底信贷数据出来后再写", ""); err != nil {
				return err
			}
		}
	}
	return nil
}

func (y *year) visit(editor context.Context, now time.Time) error {
	month := now.In(shanghai).Format("2006-01")
	id, err := y.Visits.CreatePlan(editor, visits.NewPlan{Title: "“三进一走访”计划", FirstMonth: month, LastMonth: month, Targets: []visits.Target{
		{Kind: "university", Name: "市师范学院"}, {Kind: "firm", Name: "长河机械厂"}, {Kind: "grassroots", Name: "南湖社区"}, {Kind: "department", Name: "市住建局"}}})
	if err != nil {
		return err
	}
	p, err := y.Visits.Plan(editor, id)
	if err != nil {
		return err
	}
	me := []uuid.UUID{membershipOf(editor)}
	if _, err := y.Visits.SetRota(editor, id, month, []visits.Duty{{TargetID: p.Targets[1].ID, Team: "第一组", Members: me}, {TargetID: p.Targets[2].ID, Team: "第一组", Members: me}}); err != nil {
		return err
	}
	duties, err := y.Visits.Rota(editor, &id, month)
	if err != nil {
		return err
	}
	visit, err := y.Visits.Log(editor, visits.NewVisit{DutyID: &duties[0].ID, HeldOn: now.In(shanghai).Format(time.DateOnly), People: "厂长、车间主任",
		Heard: "招不到熟练数控技工，职校毕业生留不住；厂区公交末班车太早，夜班职工回不去。"})
	if err != nil {
		return err
	}
	_, err = y.Visits.MakeClue(editor, visit, visits.NewClue{Title: "产业园区夜班职工出行难"})
	return err
}

func (y *year) places(editor context.Context) error {
	below, err := y.Activities.Below(editor)
	if err != nil {
		return err
	}
	start := nine(y.today.AddDate(0, 0, 3))
	n := activities.NewActivity{Kind: "survey", Title: "养老服务供给专题调研", Place: "A1 区、A3 区", StartsAt: start, EndsAt: start.Add(3 * time.Hour),
		Body: "请各区政协提前走访一处养老机构，收集问题线索，随活动登记。"}
	for _, unit := range below {
		n.Below = append(n.Below, unit.Tenant)
	}
	if _, err := y.Activities.Create(editor, n); err != nil {
		return err
	}
	_, err = y.Points.Create(editor, points.NewPoint{Kind: "studio", Name: "南湖委员工作室", Place: "南湖社区服务中心二楼", KeeperID: membershipOf(editor),
		Intro: "您反映的情况由驻点委员整理后按程序报送。"})
	return err
}

// nine is nine in the morning of that day.
func nine(t time.Time) time.Time {
	t = t.In(shanghai)
	return time.Date(t.Year(), t.Month(), t.Day(), 9, 0, 0, 0, shanghai)
}
