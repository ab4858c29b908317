package issues

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// ByID names one thing in the path.
type ByID struct {
	ID uuid.UUID `path:"id"`
}

type items[T any] struct {
	Body struct {
		Items []T    `json:"items"`
		Next  string `json:"next,omitempty" doc:"Where the next page begins; empty at the end"`
		PDF   *bool  `json:"pdf,omitempty" doc:"Whether the server makes PDF"`
	}
}

func list[T any](found []T, next string, err error) (*items[T], error) {
	out := &items[T]{}
	out.Body.Items, out.Body.Next = found, next
	return out, err
}

type issueAnswer struct {
	ETag string `header:"ETag"`
	Body *Issue
}

type journalAnswer struct {
	ETag string `header:"ETag"`
	Body Journal
}

type templateAnswer struct{ Body Template }

type listInput struct {
	Journal uuid.UUID `query:"journal" required:"false"`
	Report  uuid.UUID `query:"report" required:"false" doc:"The issues that this report stands in"`
	State   string    `query:"state" enum:"draft,released,withdrawn" required:"false"`
	Year    int       `query:"year" minimum:"0" maximum:"9999"`
	Q       string    `query:"q" maxLength:"100" doc:"Words of the titles"`
	Cursor  string    `query:"cursor" maxLength:"200"`
	Limit   int       `query:"limit" minimum:"1" maximum:"100" default:"30"`
}

type createInput struct {
	Body struct {
		JournalID uuid.UUID   `json:"journal_id"`
		Reports   []uuid.UUID `json:"reports,omitempty" maxItems:"30"`
	}
}

type updateInput struct {
	ByVersion
	Body Content
}

// ByVersion names one thing and the version that was read.
type ByVersion struct {
	ByID
	IfMatch string `header:"If-Match" doc:"The version that was read, as its ETag"`
}

type pacesInput struct {
	Year int `query:"year" minimum:"2000" maximum:"2999" required:"true"`
}

type addInput struct {
	ByID
	Body struct {
		ReportID uuid.UUID `json:"report_id"`
	}
}

type reasonInput struct {
	ByID
	Body struct {
		Reason string `json:"reason" maxLength:"400"`
	}
}

type journalInput struct{ Body JournalInput }

type journalUpdate struct {
	ByVersion
	Body JournalInput
}

type templateInput struct{ Body NewTemplate }

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"issues"}, MaxBodyBytes: 64 << 10}
}

func made(op huma.Operation) huma.Operation {
	op.DefaultStatus = http.StatusCreated
	return op
}

func version(ifMatch string) (int, error) {
	v, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(ifMatch, "W/"), `"`))
	if err != nil {
		return 0, errs.New(errs.Invalid, "修改时须注明所依据的版本（If-Match）")
	}
	return v, nil
}

// Routes registers the routes of journals, issues, templates and papers.
func (s *Service) Routes(api *authz.API) {
	s.journalRoutes(api)
	s.templateRoutes(api)
	s.fileRoutes(api)
	authz.Register(api, authz.IssueRead, operation("list-issues", http.MethodGet, "/issues", "刊物各期"), s.getList)
	authz.Register(api, authz.IssueRead, operation("issue-paces", http.MethodGet, "/issue-paces", "从提交到编发的用时"),
		func(ctx context.Context, in *pacesInput) (*items[Pace], error) {
			found, err := s.Paces(ctx, in.Year)
			return list(found, "", err)
		})
	authz.Register(api, authz.IssueRead, operation("get-issue", http.MethodGet, "/issues/{id}", "一期刊物"),
		func(ctx context.Context, in *ByID) (*issueAnswer, error) { return s.answer(ctx, in.ID) })
	authz.Register(api, authz.IssueEdit, made(operation("create-issue", http.MethodPost, "/issues", "新编一期")),
		func(ctx context.Context, in *createInput) (*issueAnswer, error) {
			return s.after(ctx)(s.Create(ctx, in.Body.JournalID, in.Body.Reports))
		})
	authz.Register(api, authz.IssueEdit, operation("update-issue", http.MethodPut, "/issues/{id}", "编排一期"),
		func(ctx context.Context, in *updateInput) (*issueAnswer, error) {
			v, err := version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			return s.after(ctx)(s.Update(ctx, in.ID, v, in.Body))
		})
	authz.Register(api, authz.IssueEdit, operation("add-to-issue", http.MethodPost, "/issues/{id}/reports", "编入一篇"),
		func(ctx context.Context, in *addInput) (*issueAnswer, error) {
			return s.after(ctx)(s.Add(ctx, in.ID, in.Body.ReportID))
		})
	authz.Register(api, authz.IssueRelease, operation("release-issue", http.MethodPost, "/issues/{id}/release", "编发"),
		func(ctx context.Context, in *ByVersion) (*issueAnswer, error) {
			v, err := version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			return s.after(ctx)(s.Release(ctx, in.ID, v))
		})
	authz.Register(api, authz.IssueRelease, operation("withdraw-issue", http.MethodPost, "/issues/{id}/withdraw", "作废"),
		func(ctx context.Context, in *reasonInput) (*issueAnswer, error) {
			return s.after(ctx)(s.Withdraw(ctx, in.ID, in.Body.Reason))
		})
	authz.Register(api, authz.IssueEdit, operation("discard-issue", http.MethodPost, "/issues/{id}/discard", "放弃编排"),
		func(ctx context.Context, in *ByID) (*struct{}, error) {
			_, err := tenancy.Changed(s.Discard(ctx, in.ID))
			return &struct{}{}, err
		})
}

func (s *Service) journalRoutes(api *authz.API) {
	authz.Register(api, authz.SettingRead, operation("list-journals", http.MethodGet, "/journals", "刊物"),
		func(ctx context.Context, _ *struct{}) (*items[Journal], error) {
			found, err := s.Journals(ctx)
			out, err := list(found, "", err)
			able := s.Printer != nil && s.Printer.Able()
			out.Body.PDF = &able
			return out, err
		})
	authz.Register(api, authz.SettingWrite, made(operation("create-journal", http.MethodPost, "/journals", "设立刊物")),
		func(ctx context.Context, in *journalInput) (*journalAnswer, error) {
			return s.journalAfter(ctx)(s.CreateJournal(ctx, in.Body))
		})
	authz.Register(api, authz.SettingWrite, operation("update-journal", http.MethodPut, "/journals/{id}", "修改刊物"),
		func(ctx context.Context, in *journalUpdate) (*journalAnswer, error) {
			v, err := version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			return s.journalAfter(ctx)(s.UpdateJournal(ctx, in.ID, v, in.Body))
		})
}

func (s *Service) journalAfter(ctx context.Context) func(uuid.UUID, error) (*journalAnswer, error) {
	return func(id uuid.UUID, err error) (*journalAnswer, error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		all, err := s.Journals(ctx)
		for _, j := range all {
			if j.ID == id {
				return &journalAnswer{ETag: strconv.Quote(strconv.Itoa(j.Version)), Body: j}, err
			}
		}
		return nil, err
	}
}

func (s *Service) templateRoutes(api *authz.API) {
	authz.Register(api, authz.SettingRead, operation("list-templates", http.MethodGet, "/document-templates", "文件模板"),
		func(ctx context.Context, _ *struct{}) (*items[Template], error) {
			found, err := s.Templates(ctx)
			return list(found, "", err)
		})
	authz.Register(api, authz.SettingRead, operation("list-placeholders", http.MethodGet, "/document-placeholders", "模板占位符"),
		func(_ context.Context, in *struct {
			Purpose string `query:"purpose" enum:"issue,report,proof,signing" default:"issue"`
		}) (*items[Placeholder], error) {
			return list(Placeholders(in.Purpose), "", nil)
		})
	authz.Register(api, authz.SettingWrite, made(operation("create-template", http.MethodPost, "/document-templates", "启用模板")),
		func(ctx context.Context, in *templateInput) (*templateAnswer, error) {
			id, err := tenancy.Changed(s.CreateTemplate(ctx, in.Body))
			if err != nil {
				return nil, err
			}
			q, err := s.db.Read(ctx)
			if err != nil {
				return nil, err
			}
			t, err := findTemplate(ctx, q, id)
			return &templateAnswer{t}, err
		})
	authz.Register(api, authz.SettingWrite, operation("retire-template", http.MethodPost, "/document-templates/{id}/retire", "停用模板"),
		func(ctx context.Context, in *ByID) (*struct{}, error) {
			_, err := tenancy.Changed(s.RetireTemplate(ctx, in.ID))
			return &struct{}{}, err
		})
}

func (s *Service) getList(ctx context.Context, in *listInput) (*items[Issue], error) {
	found, next, err := s.List(ctx, Filter{Journal: in.Journal, Report: in.Report, State: in.State, Year: in.Year, Query: in.Q, Cursor: in.Cursor, Limit: in.Limit})
	return list(found, next, err)
}

// after answers a change with the issue as it is now; a repeat of the same key counts as done.
func (s *Service) after(ctx context.Context) func(uuid.UUID, error) (*issueAnswer, error) {
	return func(id uuid.UUID, err error) (*issueAnswer, error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		return s.answer(ctx, id)
	}
}

func (s *Service) answer(ctx context.Context, id uuid.UUID) (*issueAnswer, error) {
	v, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return &issueAnswer{ETag: strconv.Quote(strconv.Itoa(v.Version)), Body: v}, nil
}
