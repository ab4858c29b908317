package flow

import "strings"

// Template is a shipped flow. A tenant copies it and changes the copy.
type Template struct {
	Flow
	Code string `json:"code"`
	From string `json:"from" doc:"What kind of unit works like this"`
}

// Posts that the shipped flows wait for, with the names they are shown under.
var Posts = []Post{
	{"information_officer", "信息专员"},
	{"office_head", "研究室主任"},
	{"committee_head", "提案委主任"},
	{"secretary_general", "秘书长"},
	{"vice_chair", "分管副主席"},
	{"chair", "主席"},
	{"party_head", "主委"},
	{"department_head", "部门负责人"},
	{"sector_head", "界别联组组长"},
	{"document_head", "分管文稿领导"},
}

// Post is a post in a unit that a step can wait for.
type Post struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

func everything() []string { return []string{"ordinary", "important", "urgent"} }

// leaders may open the green channel of an urgent report.
func leaders() []string { return []string{"vice_chair", "secretary_general", "chair"} }

// Templates are the flows that units really use: T1, T3 and T4 of cities and counties, T2 in its long and its short form,
// T5 with the first check in the unit that reports, T6 and T7 of upper levels, P1 of the committees of the parties. Each
// call makes them anew, so that nobody who changes what he got changes what others get.
func Templates() []Template {
	return []Template{
		ship("T1-ordinary", "市县政协：一般信息由研究室编报", Flow{Name: "研究室编报", AppliesTo: []string{"ordinary", "urgent"}, Steps: steps(
			"研究室编审", "office_head")}),
		ship("T1-important", "市县政协：重要信息三级审定", Flow{Name: "重要信息三级审定", AppliesTo: []string{"important"}, Steps: steps(
			"研究室编审", "office_head", "秘书长初审", "secretary_general", "主席审定", "chair")}),
		ship("T2-short", "精简流程：委员撰写、研究室审改、报送", Flow{Name: "研究室审改", AppliesTo: everything(), Steps: steps(
			"研究室审改", "office_head")}),
		ship("T2-long", "五步流程：委员撰写、界别联组组长审签、专委会整理、研究室审批、上报", Flow{Name: "界别、专委会、研究室三级审签", AppliesTo: everything(), Steps: steps(
			"界别联组组长审签", "sector_head", "专委会整理", "committee_head", "研究室审批", "office_head")}),
		ship("T3-ordinary", "一般信息三审", Flow{Name: "一般信息三审", AppliesTo: []string{"ordinary"}, Steps: charged(steps(
			"信息专员初审", "information_officer", "提案委主任复审", "committee_head", "分管副主席审签", "vice_chair"))}),
		ship("T3-important", "重要信息四审，报经主席审签", Flow{Name: "重要信息四审", AppliesTo: []string{"important"}, Steps: charged(steps(
			"信息专员初审", "information_officer", "提案委主任复审", "committee_head", "分管副主席审签", "vice_chair", "主席签发", "chair"))}),
		ship("T3-urgent", "紧急信息绿色通道：分管领导可以先签发，缺少的签署事后补齐", Flow{Name: "绿色通道", AppliesTo: []string{"urgent"}, Green: leaders(), Steps: within(0, 4, charged(steps(
			"提案委主任复审", "committee_head", "分管副主席审签", "vice_chair")))}),
		ship("T4", "四级联审", Flow{Name: "四级联审", AppliesTo: everything(), Steps: charged(steps(
			"研究室编辑", "office_head", "秘书长修改提升", "secretary_general", "分管副主席初审", "vice_chair", "主席审签", "chair"))}),
		ship("T5-source", "三审三核的第一核：用于报送单位，签发前由负责人初核", Flow{Name: "报送单位初核", AppliesTo: everything(), Steps: []Step{
			{Title: "报送单位初核", Role: "signer", Mode: Any, Sheet: dimensions()}}}),
		ship("T5", "三审三核：研究室再核、分管文稿领导三核；报上级或党委政府的由秘书长把关、主席签批", Flow{Name: "三审三核", AppliesTo: everything(), Steps: threeChecks()}),
		ship("T6", "处长审核、秘书长签发；签发后印发、转办", Flow{Name: "处长审核、秘书长签发", AppliesTo: everything(), Then: []string{"issue", "relay"}, Steps: steps(
			"信息处长审核", "office_head", "秘书长签发", "secretary_general")}),
		ship("T7", "省级：副主席在线审签", Flow{Name: "副主席在线审签", AppliesTo: everything(), Steps: charged(steps(
			"副主席审签", "vice_chair"))}),
		ship("P1", "民主党派：主委审签", Flow{Name: "主委审签", AppliesTo: everything(), Steps: steps(
			"主委审签", "party_head")}),
	}
}

func dimensions() []string { return []string{"political", "policy", "content"} }

// threeChecks are the steps of 三审三核. What a unit below reported was checked there first (T5-source); for what is
// written here the committee that brought it makes the first check.
func threeChecks() []Step {
	all := steps("专委会初核", "committee_head", "研究室再核", "office_head", "分管文稿领导三核", "document_head", "秘书长审签把关", "secretary_general", "主席签批", "chair")
	all[0].When = Condition{Sources: []string{"own"}}
	for i := range all[:3] {
		all[i].Sheet = dimensions()
	}
	for i := range all[3:] {
		all[3+i].When = Condition{Addressees: []string{"upper", "local"}}
	}
	return all
}

// steps makes steps of pairs: title, post.
func steps(pairs ...string) []Step {
	out := make([]Step, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, Step{No: i/2 + 1, Title: pairs[i], Post: pairs[i+1], Mode: Any})
	}
	return out
}

// charged lets the steps of the vice-chair wait for the one in charge of the field.
func charged(all []Step) []Step {
	for i := range all {
		all[i].Charge = all[i].Post == "vice_chair"
	}
	return all
}

func within(days, hours int, all []Step) []Step {
	for i := range all {
		all[i].Days, all[i].Hours = days, hours
	}
	return all
}

func ship(code, from string, f Flow) Template {
	f.Template = code
	for i := range f.Steps {
		f.Steps[i].No = i + 1
	}
	return Template{Flow: f, Code: code, From: from}
}

// FromTemplate gives the shipped flow of that code, or those of a family, such as T3, ready to be set up; none for an unknown one.
func FromTemplate(name string) []Flow {
	var exact, kin []Flow
	for _, t := range Templates() {
		family, _, _ := strings.Cut(t.Code, "-")
		switch name {
		case t.Code:
			exact = append(exact, t.Flow)
		case family:
			kin = append(kin, t.Flow)
		}
	}
	if exact != nil {
		return exact
	}
	return kin
}
