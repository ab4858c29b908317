package authz

import (
	"cmp"
	"context"
	"net/http"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"shangda/internal/httpx"
	"shangda/tenancy"
)

// TenantPath is where every route of a tenant lives.
const TenantPath = "/api/v1/t/{tenant}"

// Route is what the accounting tests know of a route: either it names a permission, or why it needs none.
type Route struct {
	Method     string
	Path       string
	Permission Permission
	Open       string
}

// The server sends an array wherever one stands, and takes no null for one.
func init() { huma.DefaultArrayNullable = false }

// API registers routes. A route that is not registered here does not exist for the accounting tests and fails them.
type API struct {
	Huma   huma.API
	App    *fiber.App
	routes []Route
	room   string // of the route being registered
}

// Routes lists what was registered, in order.
func (a *API) Routes() []Route { return a.routes }

// SchemaName names a type in the description: the word with its room, so that reports.View is ReportsView.
func (a *API) SchemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name, room := huma.DefaultSchemaNamer(t, hint), a.room
	if t.Name() != "" {
		room = t.PkgPath()
	}
	if !strings.HasPrefix(room, "shangda/") {
		return name
	}
	room = path.Base(room)
	return strings.ToUpper(room[:1]) + room[1:] + strings.ToUpper(name[:1]) + name[1:]
}

// Register adds a tenant's route that needs the permission in whatever scope. op.Path is relative to the tenant, such as
// "/reports/{id}". The handler returns errors of internal/errs; the use case checks again on the loaded object.
func Register[I, O any](a *API, permission Permission, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	d, ok := Describe(permission)
	if !ok {
		panic("authz: route with unknown permission " + string(permission))
	}
	op.Path = TenantPath + op.Path
	op.Extensions = map[string]any{"x-permission": string(permission)}
	op.Description += "\n\n权限：" + d.Sentence + "（" + string(permission) + "）"
	op.Middlewares = append(huma.Middlewares{require(a, permission)}, op.Middlewares...)
	add(a, Route{Permission: permission}, op, handler)
}

// Open adds a route that needs no permission, for a reason that stands in the accounting. op.Path is the whole path.
func Open[I, O any](a *API, reason string, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	add(a, Route{Open: reason}, op, handler)
}

// Raw adds a tenant's fiber route (streams and downloads, which huma cannot write), guarded and described like the others.
func Raw(a *API, permission Permission, op huma.Operation, handler fiber.Handler) {
	d, ok := Describe(permission)
	if !ok {
		panic("authz: route with unknown permission " + string(permission))
	}
	op.Path = TenantPath + op.Path
	op.Extensions = map[string]any{"x-permission": string(permission)}
	op.Description += "\n\n权限：" + d.Sentence + "（" + string(permission) + "）"
	if op.Responses == nil {
		op.Responses = map[string]*huma.Response{"200": {Description: "OK"}}
	}
	a.Huma.OpenAPI().AddOperation(&op)
	a.routes = append(a.routes, Route{Method: op.Method, Path: op.Path, Permission: permission})
	a.App.Add(op.Method, fiberPath(op.Path), func(c *fiber.Ctx) error {
		if err := may(c.UserContext(), permission); err != nil {
			return httpx.WriteProblem(c, err)
		}
		return handler(c)
	})
}

func add[I, O any](a *API, route Route, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	route.Method, route.Path = op.Method, op.Path
	a.routes = append(a.routes, route)
	a.room = cmp.Or(reflect.TypeFor[I]().PkgPath(), reflect.TypeFor[O]().PkgPath())
	if op.DefaultStatus == 0 && reflect.TypeFor[O]() == reflect.TypeFor[struct{}]() {
		op.DefaultStatus = http.StatusNoContent
	}
	huma.Register(a.Huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, httpx.FromError(ctx, err)
		}
		return out, nil
	})
}

// require checks before the input is read, so a stranger learns nothing from how his input is judged.
func require(a *API, permission Permission) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if err := may(ctx.Context(), permission); err != nil {
			p := httpx.FromError(ctx.Context(), err)
			ctx.SetHeader("Content-Type", "application/problem+json")
			ctx.SetStatus(p.Status)
			_ = a.Huma.Marshal(ctx.BodyWriter(), "application/json", p)
			return
		}
		next(ctx)
	}
}

func may(ctx context.Context, permission Permission) error {
	p, err := tenancy.Caller(ctx)
	if err != nil {
		return err
	}
	return Holds(p, permission)
}

func fiberPath(path string) string {
	out := make([]byte, 0, len(path))
	for i := 0; i < len(path); i++ {
		switch path[i] {
		case '{':
			out = append(out, ':')
		case '}':
		default:
			out = append(out, path[i])
		}
	}
	return string(out)
}
