package imports

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// The kinds of table.
const (
	Reports = "reports"
	Clues   = "clues"
)

// column is one column of a table, with what the template says of it. Choices, where given, are offered as a list.
type column struct {
	Name     string
	Required bool
	Width    float64
	Hint     string
	Choices  []string
}

// Urgencies and SourceNames are how people write the codes; the codes stand beside them.
var Urgencies = [][2]string{{"普通", "normal"}, {"紧急", "urgent"}, {"特急", "critical"}}

// SourceNames are the sources of clues by the words of the table.
var SourceNames = [][2]string{
	{"会议发言", "speech"}, {"提案", "proposal"}, {"未立案提案", "unfiled_proposal"}, {"部门建议", "department"}, {"调研报告", "survey"}, {"协商结果", "consultation"},
	{"走访", "visit"}, {"委员工作室", "studio"}, {"民情驿站", "station"}, {"群众来信", "citizen"}, {"群众留言", "citizen_message"},
}

func words(pairs [][2]string) []string {
	out := make([]string, len(pairs))
	for i, pair := range pairs {
		out[i] = pair[0]
	}
	return out
}

// columns of a kind of table; categories are the unit's.
func columns(kind string, categories []string) []column {
	key := column{Name: "编号", Width: 14, Hint: "自己的编号，可不填。同一编号只导入一次，改了再导也不会重复；不填则按内容判断。"}
	author := column{Name: "反映人", Width: 14, Hint: "代录时填写成员的登录名或姓名（不重名时）；不填为导入人本人。"}
	category := column{Name: "分类", Width: 16, Choices: categories, Hint: "从下拉列表中选择。"}
	if kind == Clues {
		author.Hint = "线索是谁提供的：成员的登录名、姓名，或单位外人员的姓名；可不填。"
		return []column{key, {Name: "标题", Required: true, Width: 36, Hint: "不超过 100 字。"}, {Name: "内容", Required: true, Width: 70, Hint: "不超过 10000 字。"},
			{Name: "来源", Required: true, Width: 14, Choices: words(SourceNames), Hint: "从下拉列表中选择。"}, category,
			{Name: "地点", Width: 20, Hint: "不超过 50 字。"}, {Name: "收到日期", Width: 14, Hint: "如 2026-11-25；不填为导入当天。"}, author}
	}
	category.Required = true
	return []column{key, {Name: "标题", Required: true, Width: 36, Hint: "不超过 100 字，如“关于……的建议”。"},
		{Name: "问题", Required: true, Width: 60, Hint: "反映的情况和问题；问题、原因、建议合计不超过 3000 字。"}, {Name: "原因", Width: 40, Hint: "可不填。"}, {Name: "建议", Width: 50, Hint: "可不填。"},
		category, {Name: "紧急程度", Width: 12, Choices: words(Urgencies), Hint: "不填为普通。"}, author}
}

// Template is the empty table of a kind with its lists and a page of notes.
func template(kind string, categories []string) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	sheet, lists, notes := map[string]string{Reports: "信息", Clues: "线索"}[kind], "选项", "填写说明"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	for _, name := range []string{notes, lists} {
		if _, err := f.NewSheet(name); err != nil {
			return nil, err
		}
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3E3E3"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return nil, err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return nil, err
	}
	all := columns(kind, categories)
	for i, c := range all {
		if err := fillColumn(f, sheet, lists, notes, i, c, text); err != nil {
			return nil, err
		}
	}
	last, _ := excelize.ColumnNumberToName(len(all))
	for i, note := range []string{"带 * 的列必须填写；列的次序可以调整，列名不要改。", fmt.Sprintf("一次最多 %d 行。上传后先检查，看过每一行的结果再开始导入。", MaxRows), "本系统为非涉密系统，涉及保密内容的请提交纸质版材料。"} {
		if err := f.SetCellValue(notes, fmt.Sprintf("A%d", len(all)+3+i), note); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	for _, step := range []func() error{
		func() error { return f.SetCellStyle(sheet, "A1", last+"1", head) },
		func() error {
			return f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
		},
		func() error { return f.SetColWidth(notes, "A", "A", 14) },
		func() error { return f.SetColWidth(notes, "B", "B", 90) },
		func() error { return f.SetSheetVisible(lists, false) },
		func() error { return f.Write(&b) },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func fillColumn(f *excelize.File, sheet, lists, notes string, i int, c column, style int) error {
	letter, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return err
	}
	name := c.Name
	if c.Required {
		name += "*"
	}
	steps := []func() error{
		func() error { return f.SetColStyle(sheet, letter, style) },
		func() error { return f.SetCellValue(sheet, letter+"1", name) },
		func() error { return f.SetColWidth(sheet, letter, letter, c.Width) },
		func() error { return f.SetSheetRow(notes, fmt.Sprintf("A%d", i+1), &[]any{name, c.Hint}) },
	}
	if len(c.Choices) > 0 {
		steps = append(steps, func() error { return offer(f, sheet, lists, letter, c.Choices) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// offer makes a list of choices for a column; the list stands on a hidden page, as long ones do not fit into the rule.
func offer(f *excelize.File, sheet, lists, letter string, choices []string) error {
	if err := f.SetSheetCol(lists, letter+"1", ptr(slices.Clone(choices))); err != nil {
		return err
	}
	rule := excelize.NewDataValidation(true)
	rule.Sqref = fmt.Sprintf("%s2:%s%d", letter, letter, MaxRows+1)
	rule.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", lists, letter, letter, len(choices)))
	rule.SetError(excelize.DataValidationErrorStyleStop, "不在列表中", "请从下拉列表中选择。")
	return f.AddDataValidation(sheet, rule)
}

func ptr[T any](v T) *T { return &v }
