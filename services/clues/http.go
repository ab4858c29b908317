package clues

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

type listInput struct {
	State      string    `query:"state" enum:"new,reserved,used,dropped" required:"false"`
	Category   string    `query:"category" maxLength:"50"`
	Text       string    `query:"q" maxLength:"100"`
	Stage      string    `query:"stage" enum:"clue,material" required:"false"`
	SourceKind string    `query:"source_kind" maxLength:"30"`
	Mine       string    `query:"mine" enum:"claimed,writing,entered" required:"false"`
	ActivityID uuid.UUID `query:"activity" required:"false"`
	PointID    uuid.UUID `query:"point" required:"false"`
	VisitID    uuid.UUID `query:"visit" required:"false"`
	Cursor     string    `query:"cursor" maxLength:"200"`
	Limit      int       `query:"limit" default:"30" minimum:"1" maximum:"100"`
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

type editInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" required:"true" doc:"所依据的版本号，如 \"3\""`
	Body    Change
}

type reasonInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"200"`
	}
}

type reserveInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"200"`
		Until  string `json:"until,omitempty" maxLength:"10" doc:"到这一天自动回到待处理，如 2026-12-01"`
	}
}

type talkInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Body string `json:"body"`
	}
}

type decideInput struct {
	ID   uuid.UUID `path:"id"`
	Body Decision
}

type mergeInput struct {
	Body struct {
		Clues []uuid.UUID `json:"clues" minItems:"1" maxItems:"20"`
		Title string      `json:"title,omitempty"`
	}
}

type output struct {
	ETag string `header:"ETag"`
	Body Clue
}

type talkOutput struct {
	Body struct {
		Items []Entry `json:"items"`
	}
}

type countsOutput struct {
	Body struct {
		Items []Count `json:"items"`
	}
}

type draftOutput struct{ Body Draft }

// Draft is the report that clues became: a draft of the caller's, to be opened at /reports/{id}.
type Draft struct {
	ID    uuid.UUID `json:"id"`
	State string    `json:"state" enum:"draft"`
}

// Routes registers the routes of clues.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ClueRead, operation("list-clues", http.MethodGet, "/clues", "线索列表"), s.getList)
	authz.Register(api, authz.ClueRead, operation("get-clue", http.MethodGet, "/clues/{id}", "线索"),
		func(ctx context.Context, in *byID) (*output, error) { return s.answer(ctx, in.ID, nil) })
	authz.Register(api, authz.ClueRead, operation("clue-counts", http.MethodGet, "/clue-counts", "各类来源的线索数"),
		func(ctx context.Context, _ *struct{}) (*countsOutput, error) {
			out := &countsOutput{}
			var err error
			out.Body.Items, err = s.Counts(ctx)
			return out, err
		})
	authz.Register(api, authz.ClueRead, operation("clues-of-report", http.MethodGet, "/reports/{id}/clues", "一篇信息的来源线索"),
		func(ctx context.Context, in *byID) (*page, error) {
			out := &page{}
			var err error
			out.Body.Items, err = s.Sources(ctx, in.ID)
			return out, err
		})
	create := operation("create-clue", http.MethodPost, "/clues", "登记线索")
	create.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.ClueWrite, create, func(ctx context.Context, in *createInput) (*output, error) {
		id, err := s.Create(ctx, in.Body)
		return s.answer(ctx, id, err)
	})
	authz.Register(api, authz.ClueWrite, operation("edit-clue", http.MethodPatch, "/clues/{id}", "整理线索"), s.patch)
	s.poolRoutes(api)
	s.draftRoutes(api)
}

func (s *Service) poolRoutes(api *authz.API) {
	step := func(permission authz.Permission, id, path, summary string, do func(context.Context, uuid.UUID) (uuid.UUID, error)) {
		authz.Register(api, permission, operation(id, http.MethodPost, "/clues/{id}/"+path, summary), func(ctx context.Context, in *byID) (*output, error) {
			id, err := do(ctx, in.ID)
			return s.answer(ctx, id, err)
		})
	}
	step(authz.ClueWrite, "claim-clue", "claim", "领取线索", s.Claim)
	step(authz.ClueRead, "release-clue", "release", "退回线索池", s.Release)
	step(authz.ClueWrite, "restore-clue", "restore", "从储备或放弃中取回", s.Restore)
	authz.Register(api, authz.ClueWrite, operation("drop-clue", http.MethodPost, "/clues/{id}/drop", "放弃线索"),
		func(ctx context.Context, in *reasonInput) (*output, error) {
			id, err := s.Drop(ctx, in.ID, in.Body.Reason)
			return s.answer(ctx, id, err)
		})
	authz.Register(api, authz.ClueWrite, operation("reserve-clue", http.MethodPost, "/clues/{id}/reserve", "储备线索"),
		func(ctx context.Context, in *reserveInput) (*output, error) {
			id, err := s.Reserve(ctx, in.ID, in.Body.Reason, in.Body.Until)
			return s.answer(ctx, id, err)
		})
	authz.Register(api, authz.ClueDecide, operation("decide-clue", http.MethodPost, "/clues/{id}/decision", "定题：选题、角度和撰写人"),
		func(ctx context.Context, in *decideInput) (*output, error) {
			id, err := s.Decide(ctx, in.ID, in.Body)
			return s.answer(ctx, id, err)
		})
	authz.Register(api, authz.ClueRead, operation("clue-talk", http.MethodGet, "/clues/{id}/talk", "线索的讨论和定题记录"),
		func(ctx context.Context, in *byID) (*talkOutput, error) { return s.talk(ctx, in.ID, nil) })
	authz.Register(api, authz.ClueDiscuss, operation("discuss-clue", http.MethodPost, "/clues/{id}/talk", "参与讨论"),
		func(ctx context.Context, in *talkInput) (*talkOutput, error) {
			id, err := tenancy.Changed(s.Say(ctx, in.ID, in.Body.Body))
			return s.talk(ctx, id, err)
		})
}

func (s *Service) draftRoutes(api *authz.API) {
	convert := operation("convert-clue", http.MethodPost, "/clues/{id}/convert", "线索转为信息")
	merge := operation("merge-clues", http.MethodPost, "/clue-merges", "几条线索合并为一篇信息")
	convert.DefaultStatus, merge.DefaultStatus = http.StatusCreated, http.StatusCreated
	authz.Register(api, authz.ClueWrite, convert, func(ctx context.Context, in *byID) (*draftOutput, error) {
		return drafted(s.Convert(ctx, in.ID))
	})
	authz.Register(api, authz.ClueWrite, merge, func(ctx context.Context, in *mergeInput) (*draftOutput, error) {
		return drafted(s.Merge(ctx, in.Body.Clues, in.Body.Title))
	})
}

// drafted answers with the report. It is the first thing recorded, so a repeated request gets the same answer.
func drafted(report uuid.UUID, err error) (*draftOutput, error) {
	report, err = tenancy.Changed(report, err)
	if err != nil {
		return nil, err
	}
	return &draftOutput{Draft{ID: report, State: "draft"}}, nil
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"clues"}}
}

// answer is the clue as it is now; a repeated request gets the same one.
func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*output, error) {
	if id, err = tenancy.Changed(id, err); err != nil {
		return nil, err
	}
	clue, err := s.Get(ctx, id)
	return &output{ETag: httpx.ETag(clue.Version), Body: clue}, err
}

func (s *Service) talk(ctx context.Context, id uuid.UUID, err error) (*talkOutput, error) {
	out := &talkOutput{}
	if err == nil {
		out.Body.Items, err = s.Talk(ctx, id)
	}
	return out, err
}

func (s *Service) getList(ctx context.Context, in *listInput) (*page, error) {
	f := Filter{State: in.State, Category: in.Category, Text: in.Text, Stage: in.Stage, SourceKind: in.SourceKind, Mine: in.Mine,
		ActivityID: given(in.ActivityID), PointID: given(in.PointID), VisitID: given(in.VisitID)}
	found, next, err := s.List(ctx, f, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &page{}
	out.Body.Items, out.Body.Next = found, next
	return out, nil
}

func given(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

func (s *Service) patch(ctx context.Context, in *editInput) (*output, error) {
	version, err := httpx.Version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	id, err := s.Edit(ctx, in.ID, version, in.Body)
	return s.answer(ctx, id, err)
}
