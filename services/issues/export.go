package issues

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/docx"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// paper is a document that can be printed in the shipped layout or by a template of the unit's own.
type paper struct {
	documents.Export
	purpose  string
	template *uuid.UUID // the one of its journal
	layout   func(watermark string) docx.Document
	values   docx.Values
}

// ExportIssue is an issue as Word or PDF: printed as it was kept, a draft as it stands with a note in its head.
func (s *Service) ExportIssue(ctx context.Context, id uuid.UUID, format string) (documents.Export, []byte, error) {
	q, err := s.read(ctx)
	if err != nil {
		return documents.Export{}, nil, err
	}
	r, err := findIssue(ctx, q, id)
	if err != nil {
		return documents.Export{}, nil, err
	}
	p, note, err := s.toPrint(ctx, q, r)
	if err != nil {
		return documents.Export{}, nil, err
	}
	tenant := q.Principal().Tenant.Name
	return s.export(ctx, paper{
		Export:  documents.Export{Subject: subject(id), Name: p.red() + strings.ReplaceAll(p.serial(), " ", "") + note + " " + p.Title, Format: format, Rows: len(p.Items)},
		purpose: PurposeIssue, template: r.TemplateID, values: p.values(tenant, note),
		layout: func(watermark string) docx.Document { return p.document(tenant, watermark, note) },
	})
}

// toPrint is what an issue shows on paper, and the note that it is not in force.
func (s *Service) toPrint(ctx context.Context, q tenancy.Querier, r row) (Print, string, error) {
	if r.State != Draft {
		p, err := s.print(ctx, q, r.ID)
		if r.State == Withdrawn {
			return p, "（作废）", err
		}
		return p, "", err
	}
	items, err := itemsOf(ctx, q, r.ID)
	if err != nil {
		return Print{}, "", err
	}
	v := r.view(q.Principal())
	if v.Items, err = s.withTexts(ctx, q, items); err != nil {
		return Print{}, "", err
	}
	return Print{Journal: v.Journal, Kind: v.Kind, Head: v.Head, Year: v.Year, No: v.No, Total: v.Total, Title: titleOf(v.Title, v.Items), Intro: v.Introduction,
		Addressees: v.Addressees, Signer: v.Signer, Dated: v.Dated, Items: v.Items}, "（拟编）", nil
}

// paperRevised is the paper of a report that no template fills: its text with all changes tracked.
const paperRevised = "revised"

// ExportReport is a paper of one report: the report itself, its 核稿单, its 签批单, or the text with its changes tracked.
func (s *Service) ExportReport(ctx context.Context, id uuid.UUID, purpose, format string) (documents.Export, []byte, error) {
	none := documents.Export{}
	q, err := s.db.Read(ctx)
	if err != nil {
		return none, nil, err
	}
	facts, err := s.reports.Facts(ctx, id)
	if err != nil {
		return none, nil, err
	}
	if err := authz.Holds(q.Principal(), documents.ExportRight); err != nil {
		return none, nil, err
	}
	var signed []Signature
	if s.Signatures != nil {
		if signed, err = s.Signatures.Of(ctx, id); err != nil {
			return none, nil, err
		}
	}
	if err := s.addIssues(ctx, q, &facts); err != nil {
		return none, nil, err
	}
	tenant := q.Principal().Tenant.Name
	p := paper{Export: documents.Export{Subject: tenancy.Subject{Kind: "report", ID: id}, Name: facts.Title, Format: format, Rows: 1},
		purpose: purpose, values: facts.values(tenant, signed, q.Now()), layout: facts.report}
	switch purpose {
	case PurposeProof:
		p.Name = "核稿单 " + p.Name
		p.layout = func(watermark string) docx.Document { return facts.proof(tenant, watermark, signed) }
	case PurposeSigning:
		p.Name = "签批单 " + p.Name
		p.layout = func(watermark string) docx.Document { return facts.signing(tenant, watermark, signed) }
	case paperRevised:
		p.Name = "修订稿 " + p.Name
		p.layout = facts.revised
		for _, r := range facts.Revisions {
			if r.Fault != "" {
				return none, nil, errs.New(errs.Conflict, "%s", r.Fault)
			}
		}
	case PurposeReport:
	default:
		return none, nil, errs.InvalidField("paper", "没有这种文件")
	}
	return s.export(ctx, p)
}

// addIssues adds to whom the report goes by the issues it stands in.
func (s *Service) addIssues(ctx context.Context, q tenancy.Querier, f *Facts) error {
	if !authz.May(q.Principal(), authz.IssueRead) {
		return nil
	}
	list, err := addresseesOf(ctx, q, f.ID)
	for _, a := range list {
		if a.ReportTo != "" {
			f.To = append(f.To, a.ReportTo)
		}
		f.SentTo = strings.Trim(f.SentTo+"；"+a.SendTo, "；")
	}
	return err
}

// export is the way out for every paper: the right, the record, the watermark, then the file.
func (s *Service) export(ctx context.Context, p paper) (documents.Export, []byte, error) {
	if p.Format != documents.DOCX && p.Format != documents.PDF {
		return p.Export, nil, errs.InvalidField("format", "格式只能是 docx 或 pdf")
	}
	if p.Format == documents.PDF && (s.Printer == nil || !s.Printer.Able()) {
		return p.Export, nil, errs.New(errs.Unavailable, "服务器没有安装 LibreOffice，不能生成 PDF，请下载 Word")
	}
	template, err := s.templateOf(ctx, p)
	if err != nil {
		return p.Export, nil, err
	}
	watermark, err := documents.Take(ctx, s.db, p.Export)
	if err != nil {
		return p.Export, nil, err
	}
	var content []byte
	if template != nil {
		p.values.Watermark = watermark
		content, err = template.Fill(p.values)
	} else {
		content, err = p.layout(watermark).Bytes()
	}
	if err != nil || p.Format == documents.DOCX {
		return p.Export, content, err
	}
	content, err = s.Printer.PDF(ctx, content)
	if err != nil {
		err = &errs.Error{Kind: errs.Unavailable, Message: "暂时不能生成 PDF，请稍后重试或下载 Word", Err: err}
	}
	return p.Export, content, err
}

// templateOf is the unit's own template for the paper, nil for the shipped layout.
func (s *Service) templateOf(ctx context.Context, p paper) (*docx.Template, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	var t Template
	switch {
	case p.template != nil:
		t, err = findTemplate(ctx, q, *p.template)
	case p.purpose != PurposeIssue:
		t, err = templateFor(ctx, q, p.purpose)
	default:
		return nil, nil
	}
	if errs.Is(err, errs.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	content, err := s.Files.Content(ctx, t.AttachmentID)
	if err != nil {
		return nil, err
	}
	template, err := docx.ReadTemplate(content)
	if err != nil {
		err = errors.Join(errs.New(errs.Internal, "模板文件无法读取，请重新上传"), err)
	}
	return template, err
}

// PreviewTemplate is a template filled with an example, to be looked at before it is used.
func (s *Service) PreviewTemplate(ctx context.Context, id uuid.UUID, format string) (documents.Export, []byte, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return documents.Export{}, nil, err
	}
	if err := s.MayReadTemplate(ctx, q, id); err != nil {
		return documents.Export{}, nil, err
	}
	t, err := findTemplate(ctx, q, id)
	if err != nil {
		return documents.Export{}, nil, err
	}
	p := paper{Export: documents.Export{Subject: tenancy.Subject{Kind: "template", ID: id}, Name: "模板样例 " + t.Name, Format: format}, purpose: t.Purpose, template: &id}
	if t.Purpose == PurposeIssue {
		p.values = example.values(q.Principal().Tenant.Name, "（样例）")
	} else {
		p.values = exampleFacts.values(q.Principal().Tenant.Name, exampleSigned, q.Now())
	}
	return s.export(ctx, p)
}
