package clues

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

type listInput struct {
	State    string `query:"state" enum:"new,used,dropped" required:"false"`
	Category string `query:"category" maxLength:"50"`
	Text     string `query:"q" maxLength:"100"`
	Cursor   string `query:"cursor" maxLength:"200"`
	Limit    int    `query:"limit" default:"30" minimum:"1" maximum:"100"`
}

type page struct {
	Body struct {
		Items []Clue `json:"items"`
		Next  string `json:"next"`
	}
}

type byID struct {
	ID uuid.UUID `path:"id"`
}

type createInput struct{ Body NewClue }

type dropInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason" maxLength:"200"`
	}
}

type output struct{ Body Clue }

type draftOutput struct{ Body Draft }

// Draft is the report that a clue became: a draft of the caller's, to be opened at /reports/{id}.
type Draft struct {
	ID         uuid.UUID `json:"id"`
	Title      string    `json:"title"`
	State      string    `json:"state" enum:"draft"`
	SourceKind string    `json:"source_kind"`
	ClueID     uuid.UUID `json:"clue_id"`
}

// Routes registers the routes of clues.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ClueRead, operation("list-clues", http.MethodGet, "/clues", "线索列表"), s.getList)
	authz.Register(api, authz.ClueRead, operation("get-clue", http.MethodGet, "/clues/{id}", "线索"),
		func(ctx context.Context, in *byID) (*output, error) { return answer(s.Get(ctx, in.ID)) })
	create, convert := operation("create-clue", http.MethodPost, "/clues", "登记线索"), operation("convert-clue", http.MethodPost, "/clues/{id}/convert", "线索转为信息")
	create.DefaultStatus, convert.DefaultStatus = http.StatusCreated, http.StatusCreated
	authz.Register(api, authz.ClueWrite, create, s.post)
	authz.Register(api, authz.ClueWrite, convert, s.postConvert)
	authz.Register(api, authz.ClueWrite, operation("drop-clue", http.MethodPost, "/clues/{id}/drop", "放弃线索"), s.postDrop)
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"clues"}}
}

func answer(c Clue, err error) (*output, error) { return &output{c}, err }

func (s *Service) getList(ctx context.Context, in *listInput) (*page, error) {
	found, next, err := s.List(ctx, Filter{State: in.State, Category: in.Category, Text: in.Text}, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &page{}
	out.Body.Items, out.Body.Next = found, next
	return out, nil
}

func (s *Service) post(ctx context.Context, in *createInput) (*output, error) {
	id, err := tenancy.Changed(s.Create(ctx, in.Body))
	if err != nil {
		return nil, err
	}
	return answer(s.Get(ctx, id))
}

// postConvert answers from the clue, which knows its report, so that a repeated request gets the same answer.
func (s *Service) postConvert(ctx context.Context, in *byID) (*draftOutput, error) {
	if _, err := tenancy.Changed(s.Convert(ctx, in.ID)); err != nil {
		return nil, err
	}
	clue, err := s.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &draftOutput{Draft{ID: *clue.ReportID, Title: clue.Title, State: "draft", SourceKind: clue.SourceKind, ClueID: clue.ID}}, nil
}

func (s *Service) postDrop(ctx context.Context, in *dropInput) (*output, error) {
	id, err := tenancy.Changed(s.Drop(ctx, in.ID, in.Body.Reason))
	if err != nil {
		return nil, err
	}
	return answer(s.Get(ctx, id))
}
