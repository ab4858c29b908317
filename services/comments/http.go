package comments

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

// ByID names a thing in the path.
type ByID struct {
	ID uuid.UUID `path:"id"`
}

type output struct {
	Body struct {
		Items []Comment `json:"items"`
	}
}

type writeInput struct {
	ByID
	Body struct {
		Thread  *uuid.UUID `json:"thread,omitempty" doc:"The comment that this one answers"`
		Section string     `json:"section,omitempty" enum:"title,problem,cause,advice" doc:"Where in the text; left out for the text as a whole"`
		Quote   string     `json:"quote,omitempty" maxLength:"800" doc:"The words it is about, as they stand in the section"`
		Place   int        `json:"place,omitempty" minimum:"0" maximum:"10000" doc:"Where they begin, in characters"`
		Text    string     `json:"text" maxLength:"2000"`
	}
}

type resolveInput struct {
	ByID
	Body struct {
		Resolved bool `json:"resolved"`
	}
}

// Routes registers the comments on reports.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ReportRead, operation("list-comments", http.MethodGet, "/reports/{id}/comments", "稿件上的批注"),
		func(ctx context.Context, in *ByID) (*output, error) { return s.answer(ctx, report(in.ID)) })
	write := operation("write-comment", http.MethodPost, "/reports/{id}/comments", "批注或答复")
	write.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.CommentWrite, write, func(ctx context.Context, in *writeInput) (*output, error) {
		if _, err := tenancy.Changed(s.Write(ctx, report(in.ID), NewComment(in.Body))); err != nil {
			return nil, err
		}
		return s.answer(ctx, report(in.ID))
	})
	authz.Register(api, authz.CommentWrite, operation("resolve-comment", http.MethodPost, "/comments/{id}/resolution", "标为已解决或重新打开"),
		func(ctx context.Context, in *resolveInput) (*output, error) {
			subject, err := s.Resolve(ctx, in.ID, in.Body.Resolved)
			if subject.ID, err = tenancy.Changed(subject.ID, err); err != nil {
				return nil, err
			}
			return s.answer(ctx, report(subject.ID))
		})
}

func report(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "report", ID: id} }

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"comments"}}
}

func (s *Service) answer(ctx context.Context, subject tenancy.Subject) (*output, error) {
	list, err := s.Of(ctx, subject)
	out := &output{}
	out.Body.Items = list
	return out, err
}
