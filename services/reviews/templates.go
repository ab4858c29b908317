package reviews

// Template is a shipped chain. A tenant copies it and changes the copy.
type Template struct {
	Code      string   `json:"code" doc:"Unique; Template with what it is for"`
	Template  string   `json:"template"`
	Name      string   `json:"name"`
	AppliesTo []string `json:"applies_to"`
	Steps     []Step   `json:"steps"`
}

// Posts that the shipped chains wait for, with the names they are shown under.
var Posts = []Post{
	{"information_officer", "信息专员"},
	{"office_head", "研究室主任"},
	{"committee_head", "提案委主任"},
	{"secretary_general", "秘书长"},
	{"vice_chair", "分管副主席"},
	{"chair", "主席"},
	{"party_head", "主委"},
	{"department_head", "部门负责人"},
}

// Post is a post in a unit that a step can wait for.
type Post struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Templates are the chains that units really use (domain.md section 4): T1, T3 and T4 of cities and counties, T6 and T7
// of upper levels, P1 of the committees of the parties.
var Templates = []Template{
	{"T1-ordinary", "T1", "研究室编报", []string{"ordinary", "urgent"}, steps(
		"研究室编审", "office_head")},
	{"T1-important", "T1", "重要信息三级审定", []string{"important"}, steps(
		"研究室编审", "office_head", "秘书长初审", "secretary_general", "主席审定", "chair")},
	{"T3-ordinary", "T3", "一般信息三审", []string{"ordinary"}, steps(
		"信息专员初审", "information_officer", "提案委主任复审", "committee_head", "分管副主席审签", "vice_chair")},
	{"T3-important", "T3", "重要信息四审", []string{"important"}, steps(
		"信息专员初审", "information_officer", "提案委主任复审", "committee_head", "分管副主席审签", "vice_chair", "主席签发", "chair")},
	{"T3-urgent", "T3", "绿色通道", []string{"urgent"}, steps(
		"分管副主席审签", "vice_chair")},
	{"T4", "T4", "四级联审", []string{"ordinary", "important", "urgent"}, steps(
		"研究室编辑", "office_head", "秘书长修改提升", "secretary_general", "分管副主席初审", "vice_chair", "主席审签", "chair")},
	{"T6", "T6", "处长审核、秘书长签发", []string{"ordinary", "important", "urgent"}, steps(
		"信息处长审核", "office_head", "秘书长签发", "secretary_general")},
	{"T7", "T7", "副主席在线审签", []string{"ordinary", "important", "urgent"}, steps(
		"副主席审签", "vice_chair")},
	{"P1", "P1", "主委审签", []string{"ordinary", "important", "urgent"}, steps(
		"主委审签", "party_head")},
}

// steps makes steps of pairs: title, post.
func steps(pairs ...string) []Step {
	out := make([]Step, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, Step{No: i/2 + 1, Title: pairs[i], Post: pairs[i+1]})
	}
	return out
}

// FromTemplate gives the shipped chains of a template, ready for CreateChain; none for an unknown one.
func FromTemplate(template string) []NewChain {
	var out []NewChain
	for _, t := range Templates {
		if t.Template == template {
			out = append(out, NewChain{Name: t.Name, Template: t.Code, AppliesTo: t.AppliesTo, Steps: append([]Step(nil), t.Steps...)})
		}
	}
	return out
}
