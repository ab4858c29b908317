package ledger

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/services/documents"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

type listInput struct {
	State    string    `query:"state" maxLength:"20"`
	Category string    `query:"category" maxLength:"40"`
	Query    string    `query:"q" maxLength:"100" doc:"Words of title, number or author"`
	Lead     uuid.UUID `query:"lead" doc:"Membership of the leading deputy secretary-general"`
	Office   uuid.UUID `query:"office" doc:"Inner unit"`
	Follow   uuid.UUID `query:"follow" doc:"Membership of who follows it up"`
	Mine     bool      `query:"mine" doc:"What the caller leads or follows up"`
	Overdue  bool      `query:"overdue"`
	Open     bool      `query:"open" doc:"Only what is not yet decided or sent"`
	From     string    `query:"from" maxLength:"10" doc:"First day, such as 2026-11-01"`
	To       string    `query:"to" maxLength:"10" doc:"Last day"`
	Cursor   string    `query:"cursor" maxLength:"200"`
	Limit    int       `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

func (in *listInput) filter() Filter {
	return Filter{State: in.State, Category: in.Category, Query: in.Query, Lead: given(in.Lead), Office: given(in.Office), Follow: given(in.Follow),
		Mine: in.Mine, Overdue: in.Overdue, Open: in.Open, From: in.From, To: in.To}
}

func given(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

type rowsOutput struct {
	Body struct {
		Items []Row  `json:"items"`
		Next  string `json:"next,omitempty"`
	}
}

// AssignmentFields says who answers for a report; what is left out stays, the zero id takes somebody away.
type AssignmentFields struct {
	Lead   *uuid.UUID `json:"lead,omitempty"`
	Office *uuid.UUID `json:"office,omitempty"`
	Follow *uuid.UUID `json:"follow,omitempty"`
	DueOn  *string    `json:"due_on,omitempty" maxLength:"10" doc:"Such as 2026-11-20; empty for the day by the rules"`
	Note   *string    `json:"note,omitempty" maxLength:"800"`
}

type assignInput struct {
	Body struct {
		Reports []uuid.UUID `json:"reports" minItems:"1" maxItems:"200"`
		AssignmentFields
	}
}

type assignOutput struct {
	Body struct {
		Done    int       `json:"done"`
		Refused []Refusal `json:"refused"`
	}
}

type changeInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" doc:"The version of the row; 0 where nobody was assigned yet"`
	Body    AssignmentFields
}

type viewInput struct {
	Body struct {
		Name    string   `json:"name" maxLength:"80"`
		Shared  bool     `json:"shared,omitempty"`
		Filter  Filter   `json:"filter"`
		Columns []string `json:"columns,omitempty" maxItems:"40"`
	}
}

type viewsOutput struct {
	Body struct {
		Items []View `json:"items"`
	}
}

type byID struct {
	ID uuid.UUID `path:"id"`
}

// Routes registers the routes of the ledger.
func (s *Service) Routes(api *authz.API) {
	settings.Serve(api, s.db, Rules)
	authz.Register(api, authz.LedgerRead, operation("list-ledger", http.MethodGet, "/ledger", "台账"), s.getList)
	authz.Register(api, authz.LedgerWrite, operation("assign-ledger", http.MethodPost, "/ledger/assignments", "批量指定责任人"), s.postAssign)
	authz.Register(api, authz.LedgerWrite, operation("change-ledger", http.MethodPatch, "/ledger/{id}", "修改一行的责任人"), s.patch)
	authz.Register(api, authz.LedgerRead, operation("list-ledger-views", http.MethodGet, "/ledger-views", "台账视图"),
		func(ctx context.Context, _ *struct{}) (*viewsOutput, error) { return s.views(ctx) })
	authz.Register(api, authz.LedgerRead, operation("save-ledger-view", http.MethodPost, "/ledger-views", "保存台账视图"),
		func(ctx context.Context, in *viewInput) (*viewsOutput, error) {
			if _, err := tenancy.Changed(s.SaveView(ctx, NewView(in.Body))); err != nil {
				return nil, err
			}
			return s.views(ctx)
		})
	authz.Register(api, authz.LedgerRead, operation("remove-ledger-view", http.MethodPost, "/ledger-views/{id}/remove", "删除台账视图"),
		func(ctx context.Context, in *byID) (*viewsOutput, error) {
			if _, err := tenancy.Changed(s.RemoveView(ctx, in.ID)); err != nil {
				return nil, err
			}
			return s.views(ctx)
		})
	s.exportRoute(api)
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"ledger"}}
}

func (s *Service) getList(ctx context.Context, in *listInput) (*rowsOutput, error) {
	rows, next, err := s.List(ctx, in.filter(), in.Cursor, in.Limit)
	out := &rowsOutput{}
	out.Body.Items, out.Body.Next = rows, next
	return out, err
}

func (s *Service) postAssign(ctx context.Context, in *assignInput) (*assignOutput, error) {
	_, err := s.Assign(ctx, in.Body.Reports, Assignment(in.Body.AssignmentFields))
	if _, err := tenancy.Changed(uuid.Nil, err); err != nil {
		return nil, err
	}
	out := &assignOutput{}
	out.Body.Refused, err = s.Refused(ctx, in.Body.Reports)
	out.Body.Done = len(in.Body.Reports) - len(out.Body.Refused)
	return out, err
}

func (s *Service) patch(ctx context.Context, in *changeInput) (*struct{}, error) {
	version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(in.IfMatch, "W/"), `"`))
	if err != nil {
		return nil, errs.New(errs.Invalid, "修改时须注明所依据的版本（If-Match）")
	}
	_, err = tenancy.Changed(s.Change(ctx, in.ID, version, Assignment(in.Body)))
	return nil, err
}

func (s *Service) views(ctx context.Context) (*viewsOutput, error) {
	list, err := s.Views(ctx)
	out := &viewsOutput{}
	out.Body.Items = list
	return out, err
}

// exportRoute registers the ledger as a file. It takes the parameters of the list.
func (s *Service) exportRoute(api *authz.API) {
	text := &huma.Schema{Type: "string"}
	var query []*huma.Param
	for _, name := range []string{"state", "category", "q", "lead", "office", "follow", "mine", "overdue", "open", "from", "to", "columns"} {
		query = append(query, &huma.Param{Name: name, In: "query", Schema: text})
	}
	authz.Raw(api, documents.ExportRight, huma.Operation{
		OperationID: "export-ledger", Method: http.MethodGet, Path: "/exports/ledger", Tags: []string{"ledger"}, Summary: "导出台账",
		Description: "与台账相同的筛选条件；columns 为逗号分隔的列名，按所列顺序，不填为全部列。", Parameters: query, Responses: documents.FileResponse(documents.XLSX),
	}, func(c *fiber.Ctx) error {
		f := Filter{State: c.Query("state"), Category: c.Query("category"), Query: c.Query("q"), From: c.Query("from"), To: c.Query("to"),
			Mine: c.Query("mine") == "true", Overdue: c.Query("overdue") == "true", Open: c.Query("open") == "true"}
		for name, to := range map[string]**uuid.UUID{"lead": &f.Lead, "office": &f.Office, "follow": &f.Follow} {
			if text := c.Query(name); text != "" {
				id, err := uuid.Parse(text)
				if err != nil {
					return httpx.WriteProblem(c, errs.InvalidField(name, "编号无效"))
				}
				*to = &id
			}
		}
		var names []string
		if text := c.Query("columns"); text != "" {
			names = strings.Split(text, ",")
		}
		e, content, err := s.Export(c.UserContext(), f, names)
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		return documents.Send(c, e, content)
	})
}
