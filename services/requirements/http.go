package requirements

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// RequirementsView is one unit's requirements as the console reads them.
type RequirementsView struct {
	Requirements
	Version     int        `json:"version"`
	PublishedAt *time.Time `json:"published_at,omitempty"`
	Units       int        `json:"units,omitempty" doc:"发布时送达的单位数"`
}

// UpperRequirements is what one upper unit asks.
type UpperRequirements struct {
	Tenant string `json:"tenant"`
	Name   string `json:"name"`
	RequirementsView
}

func (p Published) view(units int) RequirementsView {
	v := RequirementsView{Requirements: p.Requirements, Version: p.Version, Units: units}
	if p.Version > 0 {
		v.PublishedAt = &p.PublishedAt
	}
	return v
}

type output struct {
	ETag string `header:"ETag" doc:"The version, for If-Match"`
	Body RequirementsView
}

type aboveOut struct {
	Body struct {
		Items []UpperRequirements `json:"items"`
	}
}

// Routes registers the routes of the requirements.
func (s *Service) Routes(api *authz.API) {
	read := func(ctx context.Context, units int) (*output, error) {
		p, err := s.Get(ctx)
		return &output{ETag: strconv.Quote(strconv.Itoa(p.Version)), Body: p.view(units)}, err
	}
	authz.Register(api, authz.SettingRead, huma.Operation{
		OperationID: "get-requirements", Method: http.MethodGet, Path: "/requirements", Tags: []string{"报送"}, Summary: "本单位对下级的报送要求",
	}, func(ctx context.Context, _ *struct{}) (*output, error) { return read(ctx, 0) })
	authz.Register(api, authz.RequirementPublish, huma.Operation{
		OperationID: "publish-requirements", Method: http.MethodPut, Path: "/requirements", Tags: []string{"报送"}, Summary: "发布报送要求，送达各下级单位",
	}, func(ctx context.Context, in *struct {
		IfMatch string `header:"If-Match" doc:"The version that was read, as its ETag"`
		Body    Requirements
	}) (*output, error) {
		version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(in.IfMatch, "W/"), `"`))
		if err != nil {
			return nil, errs.New(errs.Invalid, "修改时须注明所依据的版本（If-Match）")
		}
		units, err := s.Publish(ctx, version, in.Body)
		if _, err = tenancy.Changed(uuid.Nil, err); err != nil {
			return nil, err
		}
		return read(ctx, units)
	})
	authz.Register(api, authz.SettingRead, huma.Operation{
		OperationID: "list-upper-requirements", Method: http.MethodGet, Path: "/upper-requirements", Tags: []string{"报送"}, Summary: "各上级单位的报送要求",
	}, func(ctx context.Context, _ *struct{}) (*aboveOut, error) {
		list, err := s.Above(ctx)
		if err != nil {
			return nil, err
		}
		out := &aboveOut{}
		out.Body.Items = make([]UpperRequirements, 0, len(list))
		for _, a := range list {
			out.Body.Items = append(out.Body.Items, UpperRequirements{Tenant: a.Upper.Code, Name: a.Upper.Name, RequirementsView: a.view(0)})
		}
		return out, nil
	})
}
