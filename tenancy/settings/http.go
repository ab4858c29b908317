package settings

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

type output[T any] struct {
	ETag string `header:"ETag" doc:"The version, for If-Match; 0 is the shipped value"`
	Body T
}

type input[T any] struct {
	IfMatch string `header:"If-Match" doc:"The version that was read, as its ETag"`
	Body    T
}

// Serve registers GET and PUT of a setting at /settings/{name}. Everybody of the tenant may read it.
func Serve[T any](api *authz.API, db *tenancy.DB, k Kind[T]) {
	path := "/settings/" + k.Name
	read := func(ctx context.Context) (*output[T], error) {
		q, err := db.Read(ctx)
		if err != nil {
			return nil, err
		}
		value, version, err := k.read(ctx, q)
		return &output[T]{ETag: strconv.Quote(strconv.Itoa(version)), Body: value}, err
	}
	authz.Register(api, authz.SettingRead, huma.Operation{
		OperationID: "get-setting-" + k.Name, Method: http.MethodGet, Path: path, Summary: k.Title, Tags: []string{"设置"},
	}, func(ctx context.Context, _ *struct{}) (*output[T], error) { return read(ctx) })
	authz.Register(api, authz.SettingWrite, huma.Operation{
		OperationID: "put-setting-" + k.Name, Method: http.MethodPut, Path: path, Summary: "设置" + k.Title, Tags: []string{"设置"},
	}, func(ctx context.Context, in *input[T]) (*output[T], error) {
		version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(in.IfMatch, "W/"), `"`))
		if err != nil {
			return nil, errs.New(errs.Invalid, "修改时须注明所依据的版本（If-Match）")
		}
		if _, err := tenancy.Changed(uuid.Nil, k.Set(ctx, db, version, in.Body)); err != nil {
			return nil, err
		}
		return read(ctx)
	})
}
