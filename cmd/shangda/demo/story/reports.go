package story

import "slices"

// Urgencies of a report.
const (
	Normal   = "normal"
	Urgent   = "urgent"
	Critical = "critical"
)

// Classes of a report, which choose its approval chain.
const (
	Ordinary  = "ordinary"
	Important = "important"
)

// Report is the text of one report: one matter, one report (一事一报).
type Report struct {
	Title, Problem, Cause, Advice string
	// Category is one of Categories.
	Category string
	Urgency  string
	Class    string
	// From is the organisation in whose area the matter lies; the report is
	// to be written by one of its people.
	From string
	// Matter is the code of the matter it shares with reports from other
	// districts, empty when it stands alone.
	Matter string
}

// Matter is one concern that several districts report and the city combines
// (综合). Its texts are those of the combined report.
type Matter struct {
	Code, Title, Problem, Cause, Advice string
	Category                            string
	Urgency                             string
	Class                               string
}

// Categories returns the first level of the topic taxonomy.
func Categories() []string {
	return []string{
		"城乡建设", "劳动和社会保障", "教育文体", "商贸旅游", "卫生健康",
		"交通运输", "环境保护", "农村农业", "经济管理", "科技与信息产业",
		"民政", "公安与司法", "组织人事", "纪检监察", "党务政务",
	}
}

// Reports returns all reports: those that stand alone by category, then those
// of the parties and federations, then those that share a matter.
func Reports() []Report {
	return slices.Concat(livingReports(), economyReports(), governingReports(),
		completed(systems), sharedReports())
}

// Matters returns the matters reported by several districts.
func Matters() []Matter {
	list := slices.Clone(matters)
	for i := range list {
		list[i].Urgency = or(list[i].Urgency, Normal)
		list[i].Class = or(list[i].Class, Ordinary)
	}
	return list
}

// inCategory completes reports of one category.
func inCategory(category string, reports []Report) []Report {
	list := completed(reports)
	for i := range list {
		list[i].Category = category
	}
	return list
}

// completed makes reports normal and ordinary unless they say otherwise.
func completed(reports []Report) []Report {
	list := slices.Clone(reports)
	for i := range list {
		list[i].Urgency = or(list[i].Urgency, Normal)
		list[i].Class = or(list[i].Class, Ordinary)
	}
	return list
}

// sharedReports completes the reports of each matter from the matter.
func sharedReports() []Report {
	list := slices.Clone(shared)
	for i, r := range list {
		m := matters[slices.IndexFunc(matters, func(m Matter) bool { return m.Code == r.Matter })]
		list[i].Category = m.Category
		list[i].Urgency = or(r.Urgency, m.Urgency)
		list[i].Class = or(r.Class, m.Class)
	}
	return completed(list)
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
