// Package audit lets the audit administrator read who did what. The lines are written by tenancy.Tx with each change;
// nobody can alter them.
package audit

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Line is one line of a tenant's audit.
type Line struct {
	ID          uuid.UUID `json:"id"`
	At          time.Time `json:"at"`
	Actor       string    `json:"actor"`
	Action      string    `json:"action"`
	SubjectKind string    `json:"subject_kind"`
	SubjectID   uuid.UUID `json:"subject_id"`
	RequestID   string    `json:"request_id"`
	Address     string    `json:"address"`
}

// Filter narrows the list; zero fields do not. Before continues after the last line of a page (UUIDv7 of a line).
type Filter struct {
	Actor   string
	Action  string
	Subject uuid.UUID
	Before  uuid.UUID
	Limit   int
}

// Service reads the audit.
type Service struct{ db *tenancy.DB }

// New works on that database.
func New(db *tenancy.DB) *Service { return &Service{db: db} }

// List gives lines, newest first.
func (s *Service) List(ctx context.Context, f Filter) ([]Line, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.AuditRead); err != nil {
		return nil, err
	}
	return list(ctx, q, f)
}

func list(ctx context.Context, q tenancy.Querier, f Filter) ([]Line, error) {
	return tenancy.Collect[Line](ctx, q, `
		select id, at, actor, action, subject_kind, subject_id, request_id, address from audit
		where tenant_id = $1
		  and ($2 = '' or position($2 in actor) > 0)
		  and ($3 = '' or action = $3)
		  and ($4 = '00000000-0000-0000-0000-000000000000'::uuid or subject_id = $4)
		  and ($5 = '00000000-0000-0000-0000-000000000000'::uuid or (at, id) < (select at, id from audit where tenant_id = $1 and id = $5))
		order by at desc, id desc limit $6`, q.Tenant(), f.Actor, f.Action, f.Subject, f.Before, f.Limit)
}

type listOut struct {
	Body struct {
		Items []Line `json:"items"`
		Next  string `json:"next" doc:"下一页的游标，没有则为空"`
	}
}

// Routes registers the audit's one route.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.AuditRead, huma.Operation{
		OperationID: "list-audit", Method: http.MethodGet, Path: "/audit", Tags: []string{"审计"}, Summary: "审计日志，新的在前",
	}, func(ctx context.Context, in *struct {
		Tenant  string `path:"tenant"`
		Actor   string `query:"actor" maxLength:"50" doc:"姓名中的几个字"`
		Action  string `query:"action" maxLength:"50" doc:"动作，如 report.adopted"`
		Subject string `query:"subject" maxLength:"36" doc:"对象编号"`
		Cursor  string `query:"cursor" maxLength:"36"`
		Limit   int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
	}) (*listOut, error) {
		f := Filter{Actor: in.Actor, Action: in.Action, Limit: in.Limit + 1}
		var err error
		if f.Subject, err = parse("subject", in.Subject); err != nil {
			return nil, err
		}
		if f.Before, err = parse("cursor", in.Cursor); err != nil {
			return nil, err
		}
		lines, err := s.List(ctx, f)
		if err != nil {
			return nil, err
		}
		out := &listOut{}
		if len(lines) > in.Limit {
			lines = lines[:in.Limit]
			out.Body.Next = lines[in.Limit-1].ID.String()
		}
		out.Body.Items = lines
		return out, nil
	})
}

func parse(name, value string) (uuid.UUID, error) {
	if value == "" {
		return uuid.Nil, nil
	}
	id, err := uuid.Parse(value)
	if err != nil {
		return uuid.Nil, errs.InvalidField(name, "不是有效的编号")
	}
	return id, nil
}
