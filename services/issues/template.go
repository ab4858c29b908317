package issues

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/docx"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// The papers that a unit may have a template of its own for.
const (
	PurposeIssue   = "issue"
	PurposeReport  = "report"
	PurposeProof   = "proof"
	PurposeSigning = "signing"
)

// Files keeps the files of templates; services/attachments fulfils it.
type Files interface {
	Claim(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error
	Content(ctx context.Context, id uuid.UUID) ([]byte, error)
}

// Template is a Word document with placeholders such as {{标题}}.
type Template struct {
	ID           uuid.UUID `json:"id"`
	Name         string    `json:"name"`
	Purpose      string    `json:"purpose" enum:"issue,report,proof,signing"`
	AttachmentID uuid.UUID `json:"attachment_id"`
	Placeholders []string  `json:"placeholders" doc:"Those found in it"`
	Active       bool      `json:"active"`
	CreatedBy    string    `json:"created_by"`
	CreatedAt    time.Time `json:"created_at"`
}

// Placeholder is a name that a template may hold in double braces. Each stands within the repeated block.
type Placeholder struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
	Each    bool   `json:"each" doc:"Of one report, between {{#每篇}} and {{/每篇}}"`
}

var (
	ofIssue = []Placeholder{
		{"刊名", "刊物红头文字", false}, {"期号", "如：第 3 期", false}, {"年", "年份", false}, {"期", "期号数字", false}, {"总期", "总期号数字", false},
		{"单位", "编印单位", false}, {"日期", "印发日期", false}, {"签发人", "签发人", false}, {"标题", "总标题；一期一篇时为该篇标题", false}, {"导语", "专报的导语", false},
		{"报", "报", false}, {"送", "送", false}, {"发", "发", false}, {"份数", "共印份数", false}, {"密级栏", "如：内部资料·注意保存", false}, {"正文", "全部信息的正文", false},
		{"篇标题", "这一篇的标题", true}, {"篇作者", "这一篇的反映人", true}, {"篇正文", "这一篇的正文", true}, {"篇序号", "一、二、三……", true},
	}
	ofReport = []Placeholder{
		{"标题", "信息标题", false}, {"编号", "信息编号", false}, {"单位", "本单位名称", false}, {"反映人", "反映人姓名", false}, {"职务", "反映人单位职务", false},
		{"电话", "联系电话", false}, {"界别", "界别", false}, {"专委会", "所属机构", false}, {"党派", "党派", false}, {"联名", "联名反映人", false}, {"来文单位", "来文单位", false},
		{"分类", "分类和主题", false}, {"类别", "一般或重要", false}, {"紧急程度", "紧急程度", false}, {"采用", "采用形式", false}, {"原始篇目", "综合稿的来源稿件", false},
		{"主送", "主送单位", false}, {"抄送", "抄送单位", false}, {"编辑", "编辑人和日期", false}, {"核稿", "核稿人和日期", false}, {"签发", "签发人和日期", false},
		{"问题", "情况反映", false}, {"原因", "原因分析", false}, {"建议", "对策建议", false}, {"正文", "全文", false}, {"日期", "今天的日期", false}, {"提交日期", "提交日期", false}, {"签批", "各环节的意见", false},
	}
)

// Placeholders lists what a template of that purpose may hold.
func Placeholders(purpose string) []Placeholder {
	if purpose == PurposeIssue {
		return ofIssue
	}
	return ofReport
}

// NewTemplate is a template to be taken in: a Word file that the caller has uploaded.
type NewTemplate struct {
	Name         string    `json:"name" maxLength:"80"`
	Purpose      string    `json:"purpose" enum:"issue,report,proof,signing"`
	AttachmentID uuid.UUID `json:"attachment_id"`
}

// CreateTemplate takes in a template. A placeholder that nothing fills is refused by name.
func (s *Service) CreateTemplate(ctx context.Context, n NewTemplate) (uuid.UUID, error) {
	var faults errs.Fields
	settle(&faults, "name", "名称", &n.Name, 40, false)
	if n.Name == "" {
		faults.Add("name", "请填写模板名称")
	}
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	content, err := s.Files.Content(ctx, n.AttachmentID)
	if errs.Is(err, errs.NotFound) {
		return uuid.Nil, errs.InvalidField("attachment_id", "请先上传模板文件")
	}
	if err != nil {
		return uuid.Nil, err
	}
	names, err := checkTemplate(content, n.Purpose)
	if err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.SettingWrite); err != nil {
			return err
		}
		if err := s.Files.Claim(ctx, tx, []uuid.UUID{n.AttachmentID}, tenancy.Subject{Kind: "template", ID: id}); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "template.created", Subject: tenancy.Subject{Kind: "template", ID: id}, Detail: map[string]string{"name": n.Name}})
		return insertTemplate(ctx, tx, id, n, names)
	})
}

func checkTemplate(content []byte, purpose string) ([]string, error) {
	t, err := docx.ReadTemplate(content)
	if err != nil {
		return nil, errs.InvalidField("attachment_id", "%s", templateFault(err))
	}
	var faults errs.Fields
	for _, name := range t.Names() {
		if !slices.ContainsFunc(Placeholders(purpose), func(p Placeholder) bool { return p.Name == name }) {
			faults.Add("attachment_id", "没有“{{%s}}”这个占位符", name)
		}
	}
	if len(t.Names()) == 0 {
		faults.Add("attachment_id", "文件里没有占位符，如 {{标题}}")
	}
	return t.Names(), faults.Err()
}

// templateFault says in words why a file is no template.
func templateFault(err error) string {
	switch {
	case errors.Is(err, docx.ErrTooMuch):
		return "模板文件过大或结构过于复杂"
	case errors.Is(err, docx.ErrBlock):
		return "{{#每篇}} 和 {{/每篇}} 须成对出现，各占一段，不能嵌套"
	}
	return "不是有效的 Word（docx）文件"
}

// RetireTemplate takes a template out of use: papers are printed in the shipped layout again.
func (s *Service) RetireTemplate(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.SettingWrite); err != nil {
			return err
		}
		if _, err := findTemplate(ctx, tx, id); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "template.retired", Subject: tenancy.Subject{Kind: "template", ID: id}})
		return retireTemplate(ctx, tx, id)
	})
}

// Templates lists the templates in use.
func (s *Service) Templates(ctx context.Context) ([]Template, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.SettingRead); err != nil {
		return nil, err
	}
	return listTemplates(ctx, q)
}

// MayReadTemplate is nil where the caller may see the template's file.
func (s *Service) MayReadTemplate(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	if err := authz.Holds(q.Principal(), authz.SettingRead); err != nil {
		return errs.Missing()
	}
	_, err := findTemplate(ctx, q, id)
	return err
}
