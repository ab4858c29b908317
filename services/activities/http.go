package activities

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

type byID struct {
	ID uuid.UUID `path:"id"`
}

type listInput struct {
	From string `query:"from" required:"true" format:"date-time"`
	To   string `query:"to" required:"true" format:"date-time"`
	Kind string `query:"kind" enum:"survey,consultation,supervision,service,visit" required:"false"`
}

type listOutput struct {
	Body struct {
		Items []Activity `json:"items"`
	}
}

type unitsOutput struct {
	Body struct {
		Items []Unit `json:"items"`
	}
}

type createInput struct{ Body NewActivity }

type editInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" required:"true"`
	Body    NewActivity
}

type cancelInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason"`
	}
}

type sendInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Below []string `json:"below" minItems:"1" maxItems:"200"`
	}
}

type taskInput struct {
	ID   uuid.UUID `path:"id"`
	Body NewTask
}

type doneInput struct {
	ID   uuid.UUID `path:"id"`
	Task uuid.UUID `path:"task"`
}

type output struct {
	ETag string `header:"ETag"`
	Body Activity
}

// Routes registers the routes of the calendar.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ActivityRead, operation("list-activities", http.MethodGet, "/activities", "履职活动日历"), s.getList)
	authz.Register(api, authz.ActivityRead, operation("get-activity", http.MethodGet, "/activities/{id}", "一项活动"),
		func(ctx context.Context, in *byID) (*output, error) { return s.answer(ctx, in.ID, nil) })
	authz.Register(api, authz.ActivityWrite, operation("activity-recipients", http.MethodGet, "/activity-recipients", "可以下发活动的单位"),
		func(ctx context.Context, _ *struct{}) (*unitsOutput, error) {
			out := &unitsOutput{}
			var err error
			out.Body.Items, err = s.Below(ctx)
			return out, err
		})
	create := operation("create-activity", http.MethodPost, "/activities", "安排活动")
	create.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.ActivityWrite, create, func(ctx context.Context, in *createInput) (*output, error) {
		id, err := s.Create(ctx, in.Body)
		return s.answer(ctx, id, err)
	})
	authz.Register(api, authz.ActivityWrite, operation("edit-activity", http.MethodPut, "/activities/{id}", "修改活动，已下发的单位随即收到"),
		func(ctx context.Context, in *editInput) (*output, error) {
			version, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			id, err := s.Edit(ctx, in.ID, version, in.Body)
			return s.answer(ctx, id, err)
		})
	authz.Register(api, authz.ActivityWrite, operation("cancel-activity", http.MethodPost, "/activities/{id}/cancel", "取消活动"),
		func(ctx context.Context, in *cancelInput) (*output, error) {
			id, err := s.Cancel(ctx, in.ID, in.Body.Reason)
			return s.answer(ctx, id, err)
		})
	authz.Register(api, authz.ActivityWrite, operation("send-activity", http.MethodPost, "/activities/{id}/send", "下发活动"),
		func(ctx context.Context, in *sendInput) (*output, error) {
			id, err := s.Send(ctx, in.ID, in.Body.Below)
			return s.answer(ctx, id, err)
		})
	s.taskRoutes(api)
}

func (s *Service) taskRoutes(api *authz.API) {
	authz.Register(api, authz.ActivityWrite, operation("add-activity-task", http.MethodPost, "/activities/{id}/tasks", "布置收集线索任务"),
		func(ctx context.Context, in *taskInput) (*output, error) {
			id, err := s.AddTask(ctx, in.ID, in.Body)
			return s.answer(ctx, id, err)
		})
	authz.Register(api, authz.ActivityRead, operation("finish-activity-task", http.MethodPost, "/activities/{id}/tasks/{task}/done", "完成任务"),
		func(ctx context.Context, in *doneInput) (*output, error) {
			id, err := s.FinishTask(ctx, in.ID, in.Task)
			return s.answer(ctx, id, err)
		})
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"activities"}}
}

func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*output, error) {
	if id, err = tenancy.Changed(id, err); err != nil {
		return nil, err
	}
	a, err := s.Get(ctx, id)
	return &output{ETag: httpx.ETag(a.Version), Body: a}, err
}

func (s *Service) getList(ctx context.Context, in *listInput) (*listOutput, error) {
	from, err := time.Parse(time.RFC3339, in.From)
	if err != nil {
		return nil, errs.InvalidField("from", "请填写开始时间")
	}
	to, err := time.Parse(time.RFC3339, in.To)
	if err != nil {
		return nil, errs.InvalidField("to", "请填写结束时间")
	}
	out := &listOutput{}
	out.Body.Items, err = s.List(ctx, from, to, in.Kind)
	return out, err
}
