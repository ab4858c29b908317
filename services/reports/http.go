package reports

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// ByID names one report in the path.
type ByID struct {
	ID uuid.UUID `path:"id"`
}

type items[T any] struct {
	Body struct {
		Items []T    `json:"items"`
		Next  string `json:"next,omitempty" doc:"Where the next page begins; empty at the end"`
	}
}

func list[T any](found []T, next string, err error) (*items[T], error) {
	out := &items[T]{}
	out.Body.Items, out.Body.Next = found, next
	return out, err
}

type answer struct {
	ETag string `header:"ETag"`
	Body *ReportView
}

// TextFields are the parts that every new text has.
type TextFields struct {
	Title    string `json:"title" maxLength:"400" doc:"At most 100 characters"`
	Problem  string `json:"problem" maxLength:"6000" doc:"Together with cause and advice at most 3000 characters"`
	Cause    string `json:"cause,omitempty" maxLength:"6000"`
	Advice   string `json:"advice,omitempty" maxLength:"6000"`
	Category string `json:"category" maxLength:"40" doc:"A name of /categories; may be empty in a draft"`
}

func (t TextFields) text() Text { return Text{t.Title, t.Problem, t.Cause, t.Advice} }

type createInput struct {
	Body struct {
		TextFields
		ID          uuid.UUID   `json:"id,omitempty" doc:"Chosen by the client, so that a repeat meets the first one"`
		Topic       string      `json:"topic,omitempty" maxLength:"40"`
		Urgency     string      `json:"urgency,omitempty" enum:"normal,urgent,critical"`
		Class       string      `json:"class,omitempty" enum:"ordinary,important"`
		Flags       []string    `json:"flags,omitempty" maxItems:"3" enum:"sensitive,hot,warning"`
		Evidence    string      `json:"evidence,omitempty" maxLength:"2000" doc:"Where data and facts come from; stays in the unit"`
		Attachments []uuid.UUID `json:"attachments,omitempty" maxItems:"20"`
		Submit      bool        `json:"submit,omitempty" doc:"Submit at once instead of keeping a draft"`
		Secrecy     bool        `json:"secrecy_checked,omitempty" doc:"The author confirms, submitting, that it holds nothing secret; a unit can ask for it"`
		WritingFields
	}
}

type editInput struct {
	ByID
	IfMatch string `header:"If-Match" doc:"The version that was read, as its ETag"`
	Body    struct {
		Title       *string     `json:"title,omitempty" maxLength:"400"`
		Problem     *string     `json:"problem,omitempty" maxLength:"6000"`
		Cause       *string     `json:"cause,omitempty" maxLength:"6000"`
		Advice      *string     `json:"advice,omitempty" maxLength:"6000"`
		Category    *string     `json:"category,omitempty" maxLength:"40"`
		Topic       *string     `json:"topic,omitempty" maxLength:"40"`
		Urgency     *string     `json:"urgency,omitempty" enum:"normal,urgent,critical"`
		Class       *string     `json:"class,omitempty" enum:"ordinary,important"`
		Flags       []string    `json:"flags,omitempty" maxItems:"3" enum:"sensitive,hot,warning" doc:"The whole list"`
		Evidence    *string     `json:"evidence,omitempty" maxLength:"2000"`
		Attachments []uuid.UUID `json:"attachments,omitempty" maxItems:"20" doc:"The whole list; of one's own uploads those left out are let go"`
		WritingFields
	}
}

type submitInput struct {
	ByID
	Body *struct {
		Secrecy bool `json:"secrecy_checked,omitempty" doc:"The author confirms that it holds nothing secret; a unit can ask for it"`
	}
}

type whyInput struct {
	ByID
	Body struct {
		ReasonCode string `json:"reason_code" maxLength:"40" doc:"A code of /reasons"`
		Reason     string `json:"reason,omitempty" maxLength:"500"`
	}
}

type adoptInput struct {
	ByID
	Body struct {
		Form      string `json:"form" enum:"single,relayed"`
		Note      string `json:"note,omitempty" maxLength:"500"`
		RelayedTo string `json:"relayed_to,omitempty" maxLength:"100" doc:"The department the original was passed to"`
	}
}

type correctInput struct {
	ByID
	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

type combineInput struct {
	Body struct {
		TextFields
		Reports []uuid.UUID           `json:"reports" minItems:"2" maxItems:"10"`
		Shares  map[uuid.UUID]float64 `json:"shares,omitempty" doc:"Per cent of the credit by report, together 100; evenly where left out"`
	}
}

type listInput struct {
	Box          string `query:"box" default:"all" enum:"mine,inbox,desk,review,ready,signed,all,shared"`
	State        string `query:"state" maxLength:"20"`
	Category     string `query:"category" maxLength:"40"`
	Q            string `query:"q" maxLength:"100" doc:"Words of title, number, author or problem"`
	AdoptedLevel string `query:"adopted_level" enum:"county,city,province,national"`
	AdoptedForm  string `query:"adopted_form" enum:"single,combined,relayed"`
	Measure      string `query:"measure" maxLength:"60" doc:"The name of a figure: the list behind it"`
	From         string `query:"from" maxLength:"7" doc:"First month, such as 2026-01"`
	To           string `query:"to" maxLength:"7" doc:"Last month"`
	Sender       string `query:"sender" maxLength:"40" doc:"Code of the unit it came from, or of one's own"`
	Until        string `query:"until" maxLength:"10" doc:"A day such as 2026-11-02: the list begins there, so that any page is reached at once"`
	Order        string `query:"order" enum:"time,priority" doc:"The newest first, or what is most pressing: urgency, flags, score. By priority only inbox and desk"`
	Cursor       string `query:"cursor" maxLength:"200"`
	Limit        int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
}

// Routes registers the routes of reports.
func (s *Service) Routes(api *authz.API) {
	s.readRoutes(api)
	s.exportRoutes(api)
	s.writingRoutes(api)
	create := operation("create-report", http.MethodPost, "/reports", "撰写信息")
	create.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.ReportWrite, create, s.postReport)
	authz.Register(api, authz.ReportRead, operation("update-report", http.MethodPatch, "/reports/{id}", "修改信息"), s.patchReport)
	combine := operation("create-combination", http.MethodPost, "/combinations", "综合多篇信息")
	combine.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.ReportCombine, combine, s.postCombination)
	authz.Register(api, authz.ReportWrite, operation("submit-report", http.MethodPost, "/reports/{id}/submit", "提交"), s.postSubmit)
	for _, step := range []struct {
		path, summary string
		permission    authz.Permission
		do            func(context.Context, uuid.UUID) (uuid.UUID, error)
	}{
		{"withdraw", "撤回提交", authz.ReportWrite, s.Withdraw},
		{"take-up", "受理", authz.ReportScreen, s.TakeUp},
		{"edit", "开始编辑", authz.ReportScreen, s.BeginEdit},
		{"archive", "办结归档", authz.ReportScreen, s.Archive},
	} {
		authz.Register(api, step.permission, operation(step.path+"-report", http.MethodPost, "/reports/{id}/"+step.path, step.summary),
			func(ctx context.Context, in *ByID) (*answer, error) { return s.after(ctx)(step.do(ctx, in.ID)) })
	}
	for _, step := range []struct {
		path, summary string
		do            func(context.Context, uuid.UUID, Why) (uuid.UUID, error)
	}{{"keep", "留存", s.Keep}, {"decline", "不予采用", s.Decline}, {"return", "退回修改", s.Return}} {
		authz.Register(api, authz.ReportScreen, operation(step.path+"-report", http.MethodPost, "/reports/{id}/"+step.path, step.summary),
			func(ctx context.Context, in *whyInput) (*answer, error) {
				return s.after(ctx)(step.do(ctx, in.ID, Why{in.Body.ReasonCode, in.Body.Reason}))
			})
	}
	authz.Register(api, authz.ReportAdopt, operation("adopt-report", http.MethodPost, "/reports/{id}/adopt", "采用"),
		func(ctx context.Context, in *adoptInput) (*answer, error) {
			return s.after(ctx)(s.Adopt(ctx, in.ID, NewAdoption{in.Body.Form, in.Body.Note, in.Body.RelayedTo}))
		})
	authz.Register(api, authz.ReportAdopt, operation("correct-adoption", http.MethodPost, "/reports/{id}/adoption-correction", "更正采用"),
		func(ctx context.Context, in *correctInput) (*answer, error) {
			return s.after(ctx)(s.CorrectAdoption(ctx, in.ID, in.Body.Reason))
		})
}

func (s *Service) readRoutes(api *authz.API) {
	authz.Register(api, authz.ReportRead, operation("list-reports", http.MethodGet, "/reports", "信息列表"), s.getList)
	authz.Register(api, authz.ReportRead, operation("get-report", http.MethodGet, "/reports/{id}", "一篇信息"),
		func(ctx context.Context, in *ByID) (*answer, error) { return s.answer(ctx, in.ID) })
	s.textRoute(api)
	authz.Register(api, authz.ReportRead, operation("get-timeline", http.MethodGet, "/reports/{id}/timeline", "信息的全过程"),
		func(ctx context.Context, in *ByID) (*items[TimelineEntry], error) {
			entries, err := s.Timeline(ctx, in.ID)
			return list(entries, "", err)
		})
	authz.Register(api, authz.ReportRead, operation("list-versions", http.MethodGet, "/reports/{id}/versions", "信息的各个文本"),
		func(ctx context.Context, in *ByID) (*items[ReportVersion], error) {
			texts, err := s.Versions(ctx, in.ID)
			return list(texts, "", err)
		})
	authz.Register(api, authz.SettingRead, operation("list-categories", http.MethodGet, "/categories", "分类"),
		func(context.Context, *struct{}) (*items[CategoryTopics], error) { return list(Categories(), "", nil) })
	authz.Register(api, authz.ReportRead, operation("list-reasons", http.MethodGet, "/reasons", "退回、留存和不采用的理由"),
		func(ctx context.Context, _ *struct{}) (*items[DecisionReason], error) {
			found, err := s.ReasonsHere(ctx)
			return list(found, "", err)
		})
	settings.Serve(api, s.db, RulesOf)
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"reports"}, MaxBodyBytes: 128 << 10}
}

// after answers a change with the report as it is now; a repeat of the same key counts as done.
func (s *Service) after(ctx context.Context) func(uuid.UUID, error) (*answer, error) {
	return func(id uuid.UUID, err error) (*answer, error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		return s.answer(ctx, id)
	}
}

func (s *Service) answer(ctx context.Context, id uuid.UUID) (*answer, error) {
	v, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return &answer{ETag: httpx.ETag(v.Version), Body: v}, nil
}

func (s *Service) postReport(ctx context.Context, in *createInput) (*answer, error) {
	b := in.Body
	r, err := s.create(ctx, NewReport{ID: b.ID, Submit: b.Submit, SecrecyChecked: b.Secrecy, Input: Input{
		Text: b.text(), Category: b.Category, Topic: b.Topic, Urgency: b.Urgency, Class: b.Class, Flags: b.Flags, Evidence: b.Evidence, Attachments: b.Attachments,
		Provenance: b.provenance(), Signatures: b.signatures(),
	}})
	if err != nil || len(b.Attachments) > 0 || b.CoAuthors != nil {
		return s.after(ctx)(r.ID, err)
	}
	return s.justMade(ctx, r)
}

// justMade answers with a new report as it was written: there is nothing else about it yet.
func (s *Service) justMade(ctx context.Context, r *Report) (*answer, error) {
	v, err := s.head(ctx, tenancy.From(ctx), r, false)
	if err != nil {
		return nil, err
	}
	v.Problem, v.Cause, v.Advice, v.Evidence = r.Problem, r.Cause, r.Advice, r.Evidence
	return &answer{ETag: httpx.ETag(v.Version), Body: &v}, nil
}

func (s *Service) patchReport(ctx context.Context, in *editInput) (*answer, error) {
	version, err := httpx.Version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	return s.after(ctx)(s.Edit(ctx, in.ID, version, Change{
		Title: b.Title, Problem: b.Problem, Cause: b.Cause, Advice: b.Advice, Category: b.Category, Topic: b.Topic, Urgency: b.Urgency, Class: b.Class,
		Flags: b.Flags, Evidence: b.Evidence, Attachments: b.Attachments, Mode: b.Mode, Channel: b.Channel, SourceKind: b.SourceKind, Note: b.note(), Signatures: b.signatures(),
	}))
}

func (s *Service) postSubmit(ctx context.Context, in *submitInput) (*answer, error) {
	if in.Body != nil && in.Body.Secrecy {
		return s.after(ctx)(s.SubmitChecked(ctx, in.ID))
	}
	return s.after(ctx)(s.Submit(ctx, in.ID))
}

func (s *Service) postCombination(ctx context.Context, in *combineInput) (*answer, error) {
	b := in.Body
	return s.after(ctx)(s.Combine(ctx, Combination{Text: b.text(), Category: b.Category, Reports: b.Reports, Shares: b.Shares}))
}

func (s *Service) getList(ctx context.Context, in *listInput) (*items[ReportView], error) {
	found, next, err := s.List(ctx, Filter{
		Box: in.Box, State: in.State, Category: in.Category, Query: in.Q, AdoptedLevel: in.AdoptedLevel, AdoptedForm: in.AdoptedForm,
		Measure: in.Measure, From: in.From, To: in.To, Sender: in.Sender, Until: in.Until, Order: in.Order, Cursor: in.Cursor, Limit: in.Limit,
	})
	return list(found, next, err)
}
