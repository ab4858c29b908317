package organisations

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
)

type (
	// End is one end of a reporting line.
	End struct {
		Code  string `json:"code"`
		Name  string `json:"name"`
		Kind  string `json:"kind" enum:"operator,cppcc,party,federation,group,front,office,department"`
		Level string `json:"level" enum:"county,city,province,national"`
	}
	// LineBody is a reporting line in the API: months as 2026-11, to empty while it is open.
	LineBody struct {
		ID        uuid.UUID  `json:"id"`
		Lower     End        `json:"lower"`
		Upper     End        `json:"upper"`
		Figures   bool       `json:"figures"`
		From      string     `json:"from"`
		To        string     `json:"to,omitempty"`
		StoppedAt *time.Time `json:"stopped_at,omitempty"`
	}
	// Organisation is what a tenant may know of how it is made and of its neighbours.
	Organisation struct {
		Units []UnitView `json:"units"`
		Up    []LineBody `json:"up"`
		Down  []LineBody `json:"down"`
	}
	organisationOutput struct{ Body Organisation }
	lineOutput         struct{ Body LineBody }
	idInput            struct {
		ID uuid.UUID `path:"id"`
	}
)

func body(l LineView) LineBody {
	b := LineBody{
		ID: l.ID, Figures: l.Figures, From: l.From.Format("2006-01"), StoppedAt: l.StoppedAt,
		Lower: End{Code: l.LowerCode, Name: l.LowerName, Kind: l.LowerKind, Level: l.LowerLevel},
		Upper: End{Code: l.UpperCode, Name: l.UpperName, Kind: l.UpperKind, Level: l.UpperLevel},
	}
	if l.To != nil {
		b.To = l.To.Format("2006-01")
	}
	return b
}

func bodies(lines []LineView) []LineBody {
	all := make([]LineBody, 0, len(lines))
	for _, l := range lines {
		all = append(all, body(l))
	}
	return all
}

func op(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"组织"}}
}

// making is an operation that answers 201.
func making(id, path, summary string) huma.Operation {
	o := op(id, http.MethodPost, path, summary)
	o.DefaultStatus = http.StatusCreated
	return o
}

// Routes registers a tenant's own organisation, and the operator's desk (only in the operator's own tenant).
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.OrganRead, op("organisation", http.MethodGet, "/organisation", "内设机构和报送关系"),
		func(ctx context.Context, _ *struct{}) (*organisationOutput, error) { return s.organisation(ctx) })
	authz.Register(api, authz.OrganWrite, making("unit-create", "/units", "新建内设机构"), s.createUnit)
	authz.Register(api, authz.TenantRead, op("tenants", http.MethodGet, "/platform/tenants", "平台上的单位"), s.listTenants)
	authz.Register(api, authz.TenantWrite, making("tenant-open", "/platform/tenants", "开通单位"), s.openTenant)
	authz.Register(api, authz.TenantRead, op("lines", http.MethodGet, "/platform/lines", "全部报送关系"), s.listLines)
	authz.Register(api, authz.LineWrite, making("line-open", "/platform/lines", "建立报送关系"), s.openLine)
	authz.Register(api, authz.LineWrite, op("line-close", http.MethodPost, "/platform/lines/{id}/close", "终止报送关系"), s.closeLine)
	authz.Register(api, authz.LineWrite, op("line-stop", http.MethodPost, "/platform/lines/{id}/stop", "暂停报送"),
		func(ctx context.Context, in *idInput) (*lineOutput, error) {
			return s.lineAfter(ctx, in.ID, s.StopLine(ctx, in.ID))
		})
}

func (s *Service) organisation(ctx context.Context) (*organisationOutput, error) {
	units, err := s.Units(ctx)
	if err != nil {
		return nil, err
	}
	up, down, err := s.Lines(ctx)
	if err != nil {
		return nil, err
	}
	return &organisationOutput{Body: Organisation{Units: units, Up: bodies(up), Down: bodies(down)}}, nil
}

func (s *Service) createUnit(ctx context.Context, in *struct {
	Body struct {
		Name     string    `json:"name" maxLength:"40"`
		Kind     string    `json:"kind,omitempty" maxLength:"20"`
		ParentID uuid.UUID `json:"parent_id,omitempty"`
	}
}) (*organisationOutput, error) {
	if _, err := s.CreateUnit(ctx, NewUnit{Name: in.Body.Name, Kind: in.Body.Kind, Parent: in.Body.ParentID}); err != nil {
		return nil, err
	}
	return s.organisation(ctx)
}

type (
	tenantsOutput struct {
		Body struct {
			Items []TenantView `json:"items"`
			Next  string       `json:"next"`
		}
	}
	linesOutput struct {
		Body struct {
			Items []LineBody `json:"items"`
		}
	}
)

func (s *Service) listTenants(ctx context.Context, in *struct {
	Q      string `query:"q" maxLength:"60"`
	Cursor string `query:"cursor" maxLength:"32" doc:"上一页的 next"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
}) (*tenantsOutput, error) {
	found, err := s.Tenants(ctx, in.Q, in.Cursor, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &tenantsOutput{}
	if len(found) > in.Limit {
		found = found[:in.Limit]
		out.Body.Next = found[in.Limit-1].Code
	}
	out.Body.Items = found
	return out, nil
}

type administratorBody struct {
	Name     string `json:"name" maxLength:"30"`
	Login    string `json:"login" maxLength:"64"`
	Password string `json:"password" minLength:"8" maxLength:"128"`
}

type tenantBody struct {
	Code          string             `json:"code" maxLength:"32"`
	Name          string             `json:"name" maxLength:"60"`
	ShortName     string             `json:"short_name" maxLength:"30"`
	Kind          string             `json:"kind"`
	Party         string             `json:"party,omitempty" maxLength:"20"`
	Level         string             `json:"level"`
	Division      string             `json:"division,omitempty" maxLength:"6"`
	Class         string             `json:"class,omitempty" maxLength:"30"`
	Journal       string             `json:"journal,omitempty" maxLength:"30"`
	Administrator administratorBody  `json:"administrator" doc:"系统管理员"`
	Security      *administratorBody `json:"security_administrator,omitempty" doc:"安全管理员"`
	Audit         *administratorBody `json:"audit_administrator,omitempty" doc:"审计管理员"`
}

func (s *Service) openTenant(ctx context.Context, in *struct{ Body tenantBody }) (*struct{ Body TenantView }, error) {
	b := in.Body
	n := NewTenant{Code: b.Code, Name: b.Name, ShortName: b.ShortName, Kind: b.Kind, Party: b.Party, Level: b.Level,
		Division: b.Division, Class: b.Class, Journal: b.Journal}
	for _, a := range []struct {
		class string
		*administratorBody
	}{{"system", &b.Administrator}, {"security", b.Security}, {"audit", b.Audit}} {
		if a.administratorBody == nil {
			continue
		}
		hash, err := s.hash(a.Password)
		if err != nil {
			return nil, err
		}
		n.Administrators = append(n.Administrators, NewAdministrator{Class: a.class, Name: a.Name, Login: a.Login, PasswordHash: hash})
	}
	if err := s.OpenTenant(ctx, n); err != nil {
		return nil, err
	}
	opened, err := s.tenant(ctx, n.Code)
	if err != nil {
		return nil, err
	}
	return &struct{ Body TenantView }{Body: opened}, nil
}

func (s *Service) listLines(ctx context.Context, _ *struct{}) (*linesOutput, error) {
	lines, err := s.AllLines(ctx)
	if err != nil {
		return nil, err
	}
	out := &linesOutput{}
	out.Body.Items = bodies(lines)
	return out, nil
}

func (s *Service) openLine(ctx context.Context, in *struct {
	Body struct {
		Lower   string `json:"lower" maxLength:"32"`
		Upper   string `json:"upper" maxLength:"32"`
		Figures *bool  `json:"figures,omitempty"`
		From    string `json:"from" maxLength:"7" doc:"首月，如 2026-11"`
	}
}) (*lineOutput, error) {
	id, err := s.OpenLine(ctx, NewLine{Lower: in.Body.Lower, Upper: in.Body.Upper, Figures: in.Body.Figures, From: in.Body.From})
	return s.lineAfter(ctx, id, err)
}

func (s *Service) closeLine(ctx context.Context, in *struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		To string `json:"to" maxLength:"7" doc:"不再报送的首月，如 2027-01"`
	}
}) (*lineOutput, error) {
	return s.lineAfter(ctx, in.ID, s.CloseLine(ctx, in.ID, in.Body.To))
}

// lineAfter answers a change with the line as it is now.
func (s *Service) lineAfter(ctx context.Context, id uuid.UUID, err error) (*lineOutput, error) {
	if err != nil {
		return nil, err
	}
	l, err := s.LineByID(ctx, id)
	if err != nil {
		return nil, err
	}
	return &lineOutput{Body: body(l)}, nil
}
