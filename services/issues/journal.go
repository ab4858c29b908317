package issues

import (
	"fmt"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
)

// The kinds of journal: the usual 《社情民意》, a 专报 of several reports on one matter, and 直通车, outside the ordinary
// queue and to addressees of its own.
const (
	Ordinary = "ordinary"
	Special  = "special"
	Express  = "express"
)

// Head is what a journal's red head shows. Title is the red line; empty is the journal's name.
type Head struct {
	Style  string `json:"style" enum:"bulletin,upward,letter" doc:"简报式, 上行文式 (with 签发人), 信函式"`
	Title  string `json:"title,omitempty" maxLength:"30"`
	Size   int    `json:"size,omitempty" minimum:"0" maximum:"80" doc:"Of the red letters, in points; 0 fits the line"`
	Note   string `json:"note,omitempty" maxLength:"30" doc:"Such as 内部资料·注意保存"`
	Unit   string `json:"unit,omitempty" maxLength:"60" doc:"Who prints it; empty is the tenant's name"`
	Total  bool   `json:"total,omitempty" doc:"Show the running number through all years, 总第…期"`
	Byline bool   `json:"byline,omitempty" doc:"Show whose report it is under its title"`
	Plain  bool   `json:"plain,omitempty" doc:"No names of sections (情况反映, 原因分析, 对策建议) in the text"`
}

// Addressees are 报, 送 and 发: those above, those beside, those below.
type Addressees struct {
	ReportTo string `json:"report_to" required:"false" maxLength:"500" doc:"报"`
	SendTo   string `json:"send_to" required:"false" maxLength:"500" doc:"送"`
	IssueTo  string `json:"issue_to" required:"false" maxLength:"500" doc:"发"`
	Scope    string `json:"scope" required:"false" maxLength:"200" doc:"报送范围, in words; not printed"`
	Copies   int    `json:"copies" required:"false" minimum:"0" maximum:"100000" doc:"共印…份; 0 is not printed"`
}

// JournalInput is what is set of a journal. Start is where the numbers of the unit go on in the year it began to print here.
type JournalInput struct {
	Name       string `json:"name" maxLength:"40"`
	Kind       string `json:"kind" enum:"ordinary,special,express"`
	Head       Head   `json:"head"`
	Addressees        // what a new issue begins with
	Start      struct {
		No    int `json:"no" required:"false" minimum:"1" maximum:"100000"`
		Total int `json:"total" required:"false" minimum:"1" maximum:"1000000"`
	} `json:"start" required:"false"`
	TemplateID *uuid.UUID `json:"template_id,omitempty" doc:"The unit's own template; without one the layout of GB/T 9704"`
	Active     bool       `json:"active" required:"false" default:"true"`
}

// Journal is a journal of the tenant. Next is the number its next issue gets if nobody is faster.
type Journal struct {
	ID uuid.UUID `json:"id"`
	JournalInput
	StartYear int `json:"-"`
	Version   int `json:"version"`
	Next      int `json:"next"`
	NextTotal int `json:"next_total"`
}

func (in JournalInput) check() (JournalInput, error) {
	var faults errs.Fields
	for _, f := range []struct {
		name, label string
		text        *string
		limit       int
		lines       bool
	}{
		{"name", "名称", &in.Name, 40, false}, {"head", "红头文字", &in.Head.Title, 30, false}, {"head", "密级栏文字", &in.Head.Note, 30, false},
		{"head", "编印单位", &in.Head.Unit, 60, false},
	} {
		settle(&faults, f.name, f.label, f.text, f.limit, f.lines)
	}
	in.Addressees.check(&faults)
	if in.Name == "" {
		faults.Add("name", "请填写刊物名称")
	}
	if in.Head.Size < 0 || in.Head.Size > 80 {
		faults.Add("head", "红头字号为 0 到 80 磅")
	}
	in.Start.No, in.Start.Total = max(in.Start.No, 1), max(in.Start.Total, 1)
	return in, faults.Err()
}

func (a *Addressees) check(faults *errs.Fields) {
	settle(faults, "report_to", "报", &a.ReportTo, 500, false)
	settle(faults, "send_to", "送", &a.SendTo, 500, false)
	settle(faults, "issue_to", "发", &a.IssueTo, 500, false)
	settle(faults, "scope", "报送范围", &a.Scope, 200, false)
	if a.Copies < 0 || a.Copies > 100_000 {
		faults.Add("copies", "份数为 0 到 100000")
	}
}

// settle cleans a text in place and notes its faults; a secrecy marking is refused in any of them.
func settle(faults *errs.Fields, name, label string, text *string, limit int, lines bool) {
	*text = documents.Clean(*text, lines)
	if n := utf8.RuneCountInString(*text); n > limit {
		faults.Add(name, "%s最多 %d 个字，现有 %d 个字", label, limit, n)
	}
	if documents.Marked(*text) {
		faults.Add(name, "%s", documents.PaperOnlyText)
	}
}

// title is the red line of the journal.
func (j Journal) title() string {
	if j.Head.Title != "" {
		return j.Head.Title
	}
	return j.Name
}

// label is how one number of the journal is called: 《社情民意》2026年第3期.
func (j Journal) label(year, no int) string {
	return fmt.Sprintf("《%s》%d年第%d期", j.Name, year, no)
}
