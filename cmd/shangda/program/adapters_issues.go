package program

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangda/internal/docx"
	"shangda/services/attachments"
	"shangda/services/forwardings"
	"shangda/services/issues"
	"shangda/services/reports"
	"shangda/services/reviews"
	"shangda/tenancy"
	"shangda/tenancy/members"
)

// printWorkers is how many documents are turned into PDF at a time.
const printWorkers = 2

// wireIssues makes the journals and lets them print reports with their signatures.
func (p *Program) wireIssues() {
	p.Issues = issues.New(p.DB, printing{p.Reports, p.Members, p.Forwardings, p.Directory})
	p.Issues.Signatures, p.Issues.Files = signatures{p.Reviews}, templateFiles{p.Attachments}
	p.printer = docx.NewPrinter(printWorkers)
	p.Issues.Printer = p.printer
	p.Attachments.Subjects["template"] = p.Issues.MayReadTemplate
}

// printing gives issues what they print of reports.
type printing struct {
	*reports.Service
	members     *members.Service
	forwardings *forwardings.Service
	directory   *tenancy.Directory
}

func printed(p reports.Printable) issues.Text {
	return issues.Text{ID: p.ID, Number: p.Number, Title: p.Title, Problem: p.Problem, Cause: p.Cause, Advice: p.Advice,
		AuthorName: p.AuthorName, AuthorTitle: p.AuthorTitle, Unit: p.Unit, State: string(p.State), SubmittedAt: p.SubmittedAt}
}

// Arrange lets a report enter an issue.
func (p printing) Arrange(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, express bool) (issues.Text, error) {
	text, err := p.Service.Arrange(ctx, tx, id, express)
	return printed(text), err
}

// Issue books that it went out.
func (p printing) Issue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, issue, form string, express bool) (issues.Text, bool, error) {
	text, adopted, err := p.Service.Issue(ctx, tx, id, issue, form, express)
	return printed(text), adopted, err
}

// Texts are those of several reports.
func (p printing) Texts(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]issues.Text, error) {
	found, err := p.Printables(ctx, q, ids)
	texts := make([]issues.Text, 0, len(found))
	for _, f := range found {
		texts = append(texts, printed(f))
	}
	return texts, err
}

var (
	classWords   = map[string]string{"ordinary": "一般", "important": "重要"}
	urgencyWords = map[string]string{"normal": "普通", "urgent": "紧急", "critical": "特急"}
	formWords    = map[string]string{reports.FormSingle: "单篇", reports.FormCombined: "综合", reports.FormRelayed: "转送"}
)

// Facts is everything that the papers of a report show.
func (p printing) Facts(ctx context.Context, id uuid.UUID) (issues.Facts, error) {
	v, err := p.Get(ctx, id)
	if err != nil {
		return issues.Facts{}, err
	}
	f := issues.Facts{
		Text:  issues.Text{ID: v.ID, Number: v.Number, Title: v.Title, Problem: v.Problem, Cause: v.Cause, Advice: v.Advice},
		Topic: strings.Trim(v.Category+" / "+v.Topic, " /"), Class: classWords[v.Class], Urgency: urgencyWords[v.Urgency],
		SubmittedAt: v.SubmittedAt, SignedAt: v.SignedAt,
	}
	if v.Origin != nil {
		f.Unit = v.Origin.Name
	}
	for _, source := range v.Sources {
		f.Sources = append(f.Sources, source.Title)
	}
	own := tenancy.From(ctx).Tenant.Code
	for _, o := range v.Outcomes {
		if o.Kind == reports.KindAdopted && o.Tenant == own {
			f.Adopted = formWords[o.Form]
		}
	}
	if err := p.addAuthor(ctx, &f, v.Author); err != nil {
		return f, err
	}
	if err := p.addRevisions(ctx, &f); err != nil {
		return f, err
	}
	return f, p.addRecipients(ctx, &f)
}

func (p printing) addAuthor(ctx context.Context, f *issues.Facts, author *reports.ReportAuthor) error {
	if author == nil {
		return nil
	}
	f.AuthorName, f.AuthorTitle = author.Name, author.Title
	if author.MembershipID == nil {
		return nil
	}
	m, err := p.members.Get(ctx, *author.MembershipID)
	f.Sector, f.Party = m.Sector, m.Party
	return err
}

// addRevisions adds the texts since it came, and who edited it last.
func (p printing) addRevisions(ctx context.Context, f *issues.Facts) error {
	versions, err := p.Versions(ctx, f.ID)
	for _, v := range versions {
		// What comes again while it is edited here is kept beside the text and changes nothing of it.
		beside := v.Kind == "sealed" && f.Editor != ""
		if v.Kind != "drafted" && !beside {
			text := issues.Text{Title: v.Title, Problem: v.Problem, Cause: v.Cause, Advice: v.Advice}
			f.Revisions = append(f.Revisions, issues.Revision{Text: text, By: v.By, At: v.At, Fault: v.Fault})
		}
		if v.Kind == "edited" {
			at := v.At
			f.Editor, f.EditedAt = v.By, &at
		}
	}
	return err
}

// addRecipients names the upper units it was sent to.
func (p printing) addRecipients(ctx context.Context, f *issues.Facts) error {
	sent, _, err := p.forwardings.Of(ctx, f.ID)
	if err != nil {
		return err
	}
	for _, s := range sent {
		if s.State != forwardings.Delivered && s.State != forwardings.Queued {
			continue
		}
		t, err := p.directory.ByID(ctx, s.Recipient)
		if err != nil {
			return err
		}
		f.To = append(f.To, t.Name)
	}
	return nil
}

// signatures gives issues what was said in the reviews of a report.
type signatures struct{ *reviews.Service }

// Of is what each person said, or is still to say, at each step of the last review that was not withdrawn.
func (s signatures) Of(ctx context.Context, report uuid.UUID) ([]issues.Signature, error) {
	all, err := s.Service.Of(ctx, report)
	all = slices.DeleteFunc(all, func(r reviews.Review) bool { return r.State == "withdrawn" })
	if err != nil || len(all) == 0 {
		return nil, err
	}
	steps := slices.DeleteFunc(slices.Clone(all[len(all)-1].Steps), func(step reviews.ReviewStep) bool { return step.State == "dropped" })
	var list []issues.Signature
	for i, step := range steps {
		for _, task := range step.Tasks {
			signed := issues.Signature{Step: step.Title, Name: task.Name, Opinion: task.Opinion, State: task.State, At: task.At, Signing: i == len(steps)-1}
			switch task.State {
			case "removed", "spared", "passed":
				continue
			case "open", "next", "held":
				signed.State = "waiting"
			}
			if task.By != "" && task.By != task.Name {
				signed.Name = task.By + "（代" + task.Name + "）"
			}
			list = append(list, signed)
		}
	}
	return list, nil
}

// templateFiles are the files that templates hang on.
type templateFiles struct{ *attachments.Service }

// Content is the bytes of a file the caller may see.
func (f templateFiles) Content(ctx context.Context, id uuid.UUID) ([]byte, error) {
	_, content, err := f.Download(ctx, id)
	return content, err
}
