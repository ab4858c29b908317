package issues

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/internal/docx"
	"shangda/services/documents"
)

// Facts is everything about one report that its papers show. Words are ready to be printed.
type Facts struct {
	Text
	Sector, Party, Inner, Phone      string // of its author: 界别, 党派, inner unit, telephone
	Topic, Class, Urgency, StateText string
	CoAuthors, Sources               []string
	Adopted                          string // how this tenant adopted it
	To                               []string
	SubmittedAt, EditedAt, SignedAt  *time.Time
	Editor                           string
	SentTo                           string // 抄送
	Revisions                        []Revision
}

// Revision is the text as somebody left it, the first as it was submitted or received. Fault says why it cannot be shown.
type Revision struct {
	Text
	By    string
	At    time.Time
	Fault string
}

// Signature is what one person said at one step of the sign-off. State is approved or returned, or waiting.
type Signature struct {
	Step, Name, Opinion, State string
	At                         *time.Time
	Signing                    bool // the last step: 签发
}

// Signatures are those of a report, in the order of their steps; services/reviews fulfils it through cmd.
type Signatures interface {
	Of(ctx context.Context, report uuid.UUID) ([]Signature, error)
}

func moment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.In(shanghai).Format("2006年1月2日")
}

func withDate(name string, t *time.Time) string {
	return strings.TrimSpace(name + " " + moment(t))
}

// proofer and signer are who looked the report over last before its signing, and who signed it.
func proofer(all []Signature) (name string, at *time.Time) {
	for _, s := range all {
		if s.State == "approved" && !s.Signing {
			name, at = s.Name, s.At
		}
	}
	return name, at
}

func signer(all []Signature) (name string, at *time.Time) {
	for _, s := range all {
		if s.State == "approved" && s.Signing {
			name, at = s.Name, s.At
		}
	}
	return name, at
}

func tick(on bool, name string) string {
	if on {
		return "☑" + name
	}
	return "☐" + name
}

// adoption is the choice of the 核稿单, ticked: 单篇, or 综合 with its sources.
func (f Facts) adoption() string {
	return tick(f.Adopted == "单篇", "单篇") + "  " + tick(f.Adopted == "综合", "综合") + "  " + tick(f.Adopted == "转送", "转送")
}

func (f Facts) addressees() string {
	ticked := make([]string, 0, len(f.To))
	for _, to := range f.To {
		ticked = append(ticked, tick(true, to))
	}
	return strings.Join(ticked, "  ")
}

// proof is the 核稿单 with the fields of domain practice.
func (f Facts) proof(tenant, watermark string, signed []Signature) docx.Document {
	d := documents.Paper("社情民意信息核稿单", watermark)
	d.Blocks = documents.Heading("社情民意信息核稿单")
	form := &documents.Form{}
	form.Pairs("单位", tenant, "编号", f.Number)
	form.Pairs("反映人", f.AuthorName, "职务", f.AuthorTitle)
	form.Pairs("联系电话", f.Phone, "界别", f.Sector)
	form.Pairs("所属机构", f.Inner, "党派", f.Party)
	form.Pairs("来文单位", f.Unit, "联名", strings.Join(f.CoAuthors, "、"))
	form.Pairs("分类", f.Topic, "类别", strings.Join([]string{f.Class, f.Urgency}, "、"))
	form.Wide("采用", f.adoption())
	if len(f.Sources) > 0 {
		form.Tall("原始篇目", 2, f.Sources...)
	}
	form.Wide("主送", f.addressees())
	proofed, at := proofer(signed)
	form.Pairs("编辑", withDate(f.Editor, f.EditedAt), "核稿", withDate(proofed, at))
	form.Wide("标题", f.Title)
	form.Tall("情况反映", 4, lines(f.Problem)...)
	if f.Cause != "" {
		form.Tall("原因分析", 2, lines(f.Cause)...)
	}
	form.Tall("对策建议", 4, lines(f.Advice)...)
	d.Blocks = append(d.Blocks, form.Table())
	return d
}

func lines(text string) []string { return strings.Split(text, "\n") }

// signing is the sheet on which a report goes to its leaders: head, addressees, who wrote and looked it over, every opinion.
func (f Facts) signing(tenant, watermark string, signed []Signature) docx.Document {
	d := documents.Paper("社情民意信息签批单", watermark)
	d.Blocks = documents.Heading(tenant + "\n社情民意信息签批单")
	form := &documents.Form{}
	form.Pairs("编号", f.Number, "紧急程度", f.Urgency)
	form.Wide("标题", f.Title)
	form.Pairs("反映人", strings.TrimSpace(f.AuthorTitle+" "+f.AuthorName), "来文单位", f.Unit)
	form.Wide("主送", strings.Join(f.To, "、"))
	form.Wide("抄送", f.SentTo)
	form.Pairs("拟稿", withDate(f.Editor, f.EditedAt), "提交日期", moment(f.SubmittedAt))
	name, at := signer(signed)
	for _, s := range signed {
		form.Tall(s.Step, 3, s.words(), "", withDate(s.Name, s.At))
	}
	if len(signed) == 0 {
		form.Tall("审签", 5, "")
	}
	form.Wide("签发", withDate(name, at))
	d.Blocks = append(d.Blocks, form.Table())
	return d
}

func (s Signature) words() string {
	switch {
	case s.Opinion != "":
		return s.Opinion
	case s.State == "approved":
		return "同意"
	case s.State == "rejected":
		return "不同意"
	case s.State == "returned":
		return "退回"
	}
	return ""
}

// report is the report alone, in the layout of a text.
func (f Facts) report(watermark string) docx.Document {
	d := documents.Paper(f.Title, watermark)
	d.Blocks = documents.Heading(f.Title)
	if by := (Item{Text: f.Text}).by(); by != "" {
		d.Blocks = append(d.Blocks, documents.Byline(by))
	}
	d.Blocks = append(d.Blocks, documents.Body(f.text(false, "%s、%s"))...)
	return d
}

// revised is the report with every change since it came, who made it and when, as Word tracks changes.
func (f Facts) revised(watermark string) docx.Document {
	titles, bodies := make([]documents.Revision, 0, len(f.Revisions)), make([]documents.Revision, 0, len(f.Revisions))
	for _, r := range f.Revisions {
		titles = append(titles, documents.Revision{By: r.By, At: r.At, Text: r.Title})
		bodies = append(bodies, documents.Revision{By: r.By, At: r.At, Text: r.text(false, "%s、%s")})
	}
	d := documents.Paper(f.Title, watermark)
	d.Blocks = documents.RevisedHeading(titles)
	if by := (Item{Text: f.Text}).by(); by != "" {
		d.Blocks = append(d.Blocks, documents.Byline(by))
	}
	d.Blocks = append(d.Blocks, documents.RevisedBody(bodies)...)
	return d
}

// values are what a template of a report, a 核稿单 or a 签批单 is filled with.
func (f Facts) values(tenant string, signed []Signature, now time.Time) docx.Values {
	proofed, proofedAt := proofer(signed)
	name, at := signer(signed)
	var opinions []string
	for _, s := range signed {
		opinions = append(opinions, strings.TrimSpace(s.Step+"："+s.words()+"　"+withDate(s.Name, s.At)))
	}
	return docx.Values{All: map[string]string{
		"标题": f.Title, "编号": f.Number, "单位": tenant, "反映人": f.AuthorName, "职务": f.AuthorTitle, "电话": f.Phone, "界别": f.Sector, "专委会": f.Inner, "党派": f.Party,
		"联名": strings.Join(f.CoAuthors, "、"), "来文单位": f.Unit, "分类": f.Topic, "类别": f.Class, "紧急程度": f.Urgency, "采用": f.adoption(),
		"原始篇目": strings.Join(f.Sources, "\n"), "主送": f.addressees(), "抄送": f.SentTo, "编辑": withDate(f.Editor, f.EditedAt), "核稿": withDate(proofed, proofedAt),
		"签发": withDate(name, at), "问题": f.Problem, "原因": f.Cause, "建议": f.Advice, "正文": f.text(false, "%s、%s"), "日期": moment(&now),
		"提交日期": moment(f.SubmittedAt), "签批": strings.Join(opinions, "\n"),
	}}
}
