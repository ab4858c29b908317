package points

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

type byID struct {
	ID uuid.UUID `path:"id"`
}

type listOutput struct {
	Body struct {
		Items []Point `json:"items"`
	}
}

type createInput struct{ Body NewPoint }

type editInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" required:"true"`
	Body    NewPoint
}

type output struct {
	ETag string `header:"ETag"`
	Body Point
}

type cameInput struct {
	ID     uuid.UUID `path:"id"`
	Cursor string    `query:"cursor" maxLength:"200"`
	Limit  int       `query:"limit" default:"30" minimum:"1" maximum:"100"`
}

type cameOutput struct {
	Body struct {
		Items []Item `json:"items"`
		Next  string `json:"next"`
	}
}

// From is where a request comes from; exported, because huma reads no other embedded part.
type From struct {
	Tenant string `path:"tenant" maxLength:"40"`
	Code   string `path:"code" maxLength:"20"`

	address string
}

// Resolve notes the address; nothing can be wrong with it.
func (f *From) Resolve(ctx huma.Context) []error {
	f.address = humafiber.Unwrap(ctx).Context().RemoteIP().String()
	return nil
}

type openInput struct{ From }

type formOutput struct{ Body Form }

type leaveInput struct {
	From
	Body Filled
}

type receiptOutput struct {
	Body struct {
		Receipt string `json:"receipt" doc:"回执编号"`
	}
}

// The form is small: a text, and who said it.
const maxForm = 16 << 10

const whyOpen = "anybody may leave a clue at an open point: the form behind its code; it tells what hangs on the wall, and is limited by address"

// Routes registers the routes of points, and the two that need no login.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.PointRead, operation("list-points", http.MethodGet, "/points", "收集点及收到的线索数"),
		func(ctx context.Context, _ *struct{}) (*listOutput, error) {
			out := &listOutput{}
			var err error
			out.Body.Items, err = s.List(ctx)
			return out, err
		})
	authz.Register(api, authz.PointRead, operation("get-point", http.MethodGet, "/points/{id}", "收集点"),
		func(ctx context.Context, in *byID) (*output, error) { return s.answer(ctx, in.ID, nil) })
	authz.Register(api, authz.PointRead, operation("clues-at-point", http.MethodGet, "/points/{id}/clues", "收集点收到的线索"),
		func(ctx context.Context, in *cameInput) (*cameOutput, error) {
			out := &cameOutput{}
			var err error
			out.Body.Items, out.Body.Next, err = s.Came(ctx, in.ID, in.Cursor, in.Limit)
			return out, err
		})
	create := operation("create-point", http.MethodPost, "/points", "设立收集点")
	create.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.PointWrite, create, func(ctx context.Context, in *createInput) (*output, error) {
		id, err := s.Create(ctx, in.Body)
		return s.answer(ctx, id, err)
	})
	authz.Register(api, authz.PointWrite, operation("edit-point", http.MethodPut, "/points/{id}", "修改、停用或重新开放收集点"),
		func(ctx context.Context, in *editInput) (*output, error) {
			version, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			id, err := s.Edit(ctx, in.ID, version, in.Body)
			return s.answer(ctx, id, err)
		})
	s.codeRoute(api)
	s.openRoutes(api)
}

func (s *Service) openRoutes(api *authz.API) {
	look := operation("open-form", http.MethodGet, authz.TenantPath+"/open/points/{code}", "打开收集点的表单（不需要登录）")
	leave := operation("leave-clue", http.MethodPost, authz.TenantPath+"/open/points/{code}", "在收集点留下线索（不需要登录）")
	leave.DefaultStatus, leave.MaxBodyBytes = http.StatusCreated, maxForm
	authz.Open(api, whyOpen, look, func(ctx context.Context, in *openInput) (*formOutput, error) {
		f, err := s.Open(ctx, in.Tenant, in.Code, in.address)
		return &formOutput{f}, err
	})
	authz.Open(api, whyOpen, leave, func(ctx context.Context, in *leaveInput) (*receiptOutput, error) {
		out := &receiptOutput{}
		var err error
		out.Body.Receipt, err = s.Leave(ctx, in.Tenant, in.Code, in.address, in.Body)
		return out, err
	})
}

// codeRoute serves the code on the wall. Its address is the one by which the caller reached this server.
func (s *Service) codeRoute(api *authz.API) {
	op := operation("point-code", http.MethodGet, "/points/{id}/code", "收集点的二维码（PNG）")
	op.Parameters = []*huma.Param{
		{Name: "tenant", In: "path", Required: true, Schema: &huma.Schema{Type: "string"}},
		{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Format: "uuid"}},
		{Name: "scheme", In: "query", Description: "页面地址的协议：https 或 http", Schema: &huma.Schema{Type: "string", Enum: []any{"https", "http"}}},
	}
	op.Responses = map[string]*huma.Response{"200": {Description: "PNG", Content: map[string]*huma.MediaType{"image/png": {}}}}
	authz.Raw(api, authz.PointRead, op, func(c *fiber.Ctx) error {
		id, err := uuid.Parse(c.Params("id"))
		if err != nil {
			return httpx.WriteProblem(c, errs.Missing())
		}
		p, err := s.Get(c.UserContext(), id)
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		scheme := c.Query("scheme", "https")
		if scheme != "https" && scheme != "http" {
			return httpx.WriteProblem(c, errs.InvalidField("scheme", "协议只能是 https 或 http"))
		}
		picture, err := code(scheme + "://" + string(c.Context().Host()) + "/p/" + c.Params("tenant") + "/" + p.Code)
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		c.Set(fiber.HeaderContentType, "image/png")
		return c.Send(picture)
	})
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"points"}}
}

func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*output, error) {
	if id, err = tenancy.Changed(id, err); err != nil {
		return nil, err
	}
	p, err := s.Get(ctx, id)
	return &output{ETag: httpx.ETag(p.Version), Body: p}, err
}
