package assignments

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

type byID struct {
	ID uuid.UUID `path:"id"`
}

type one struct{ Body Assignment }

type list[T any] struct {
	Body struct {
		Items []T    `json:"items"`
		Next  string `json:"next,omitempty" doc:"Where the next page begins; empty at the end"`
	}
}

func items[T any](found []T, next string, err error) (*list[T], error) {
	out := &list[T]{}
	out.Body.Items, out.Body.Next = found, next
	return out, err
}

type openInput struct {
	ID   uuid.UUID `path:"id"`
	Body Opening
}

type actInput struct {
	ID   uuid.UUID `path:"id"`
	Body Act
}

type closeInput struct {
	ID   uuid.UUID `path:"id"`
	Body Closing
}

type cancelInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason" maxLength:"1000"`
	}
}

type sayInput struct {
	ID   uuid.UUID `path:"id"`
	Body Verdict
}

type superviseInput struct {
	Box        string `query:"box" default:"waiting" enum:"waiting,overdue,review,done,all"`
	Department string `query:"department" maxLength:"60" doc:"Part of its name"`
	Cursor     string `query:"cursor" maxLength:"100"`
	Limit      int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

// Routes registers the routes of assignments and of the authors' satisfaction.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.AssignmentRead, operation("list-report-assignments", http.MethodGet, "/reports/{id}/assignments", "信息的交办和办理"),
		func(ctx context.Context, in *byID) (*list[Assignment], error) {
			found, err := s.Of(ctx, in.ID)
			return items(found, "", err)
		})
	assign := operation("assign-report", http.MethodPost, "/reports/{id}/assignments", "交办")
	assign.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.AssignmentWrite, assign, func(ctx context.Context, in *openInput) (*one, error) {
		return s.after(ctx)(s.Assign(ctx, in.ID, in.Body))
	})
	authz.Register(api, authz.AssignmentRead, operation("list-supervision", http.MethodGet, "/supervision", "督办清单"),
		func(ctx context.Context, in *superviseInput) (*list[Line], error) {
			return items(s.Supervise(ctx, Filter{Box: in.Box, Department: in.Department, Cursor: in.Cursor, Limit: in.Limit}))
		})
	authz.Register(api, authz.AssignmentRead, operation("count-supervision", http.MethodGet, "/supervision/counts", "督办数量"),
		func(ctx context.Context, _ *struct{}) (*struct{ Body Counts }, error) {
			found, err := s.Count(ctx)
			return &struct{ Body Counts }{found}, err
		})
	authz.Register(api, authz.AssignmentRead, operation("get-assignment", http.MethodGet, "/assignments/{id}", "一项交办"),
		func(ctx context.Context, in *byID) (*one, error) {
			found, err := s.Get(ctx, in.ID)
			return &one{found}, err
		})
	authz.Register(api, authz.AssignmentWrite, operation("act-on-part", http.MethodPost, "/assignment-parts/{id}/steps", "登记承办单位的一步办理，或审核"),
		func(ctx context.Context, in *actInput) (*one, error) {
			return s.after(ctx)(s.Act(ctx, in.ID, in.Body))
		})
	authz.Register(api, authz.AssignmentWrite, operation("close-assignment", http.MethodPost, "/assignments/{id}/close", "办结"),
		func(ctx context.Context, in *closeInput) (*one, error) {
			return s.after(ctx)(s.Close(ctx, in.ID, in.Body))
		})
	authz.Register(api, authz.AssignmentWrite, operation("cancel-assignment", http.MethodPost, "/assignments/{id}/cancel", "撤销交办"),
		func(ctx context.Context, in *cancelInput) (*one, error) {
			return s.after(ctx)(s.Cancel(ctx, in.ID, in.Body.Reason))
		})
	authz.Register(api, authz.ReportRead, operation("list-satisfactions", http.MethodGet, "/reports/{id}/satisfactions", "反映人对办理答复的评价"),
		func(ctx context.Context, in *byID) (*list[Said], error) {
			found, err := s.Verdicts(ctx, in.ID)
			return items(found, "", err)
		})
	authz.Register(api, authz.ReportWrite, operation("say-satisfaction", http.MethodPost, "/reports/{id}/satisfactions", "评价办理答复"),
		func(ctx context.Context, in *sayInput) (*list[Said], error) {
			report, err := tenancy.Changed(s.Say(ctx, in.ID, in.Body))
			if err != nil {
				return nil, err
			}
			found, err := s.Verdicts(ctx, report)
			return items(found, "", err)
		})
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"assignments"}, MaxBodyBytes: 64 << 10}
}

// after answers a change with the assignment as it is now; a repeat of the same key counts as done.
func (s *Service) after(ctx context.Context) func(uuid.UUID, error) (*one, error) {
	return func(id uuid.UUID, err error) (*one, error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		found, err := s.Get(ctx, id)
		return &one{found}, err
	}
}
