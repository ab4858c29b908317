package reviews

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

type approval struct {
	Opinion string  `json:"opinion,omitempty" maxLength:"500"`
	Ticks   []Tick  `json:"ticks,omitempty" maxItems:"3"`
	Title   *string `json:"title,omitempty" doc:"With problem, cause and advice: the text as changed in this step"`
	Problem *string `json:"problem,omitempty"`
	Cause   *string `json:"cause,omitempty"`
	Advice  *string `json:"advice,omitempty"`
}

// text is the changed text: all four parts or none.
func (a approval) text() (*Text, error) {
	given := 0
	parts := []*string{a.Title, a.Problem, a.Cause, a.Advice}
	for _, p := range parts {
		if p != nil {
			given++
		}
	}
	switch given {
	case 0:
		return nil, nil
	case len(parts):
		return &Text{Title: *parts[0], Problem: *parts[1], Cause: *parts[2], Advice: *parts[3]}, nil
	}
	return nil, errs.InvalidField("title", "修改稿应包括标题、问题、原因和建议")
}

type rejecting struct {
	Opinion string `json:"opinion" maxLength:"500"`
	Ticks   []Tick `json:"ticks,omitempty" maxItems:"3"`
}

type returning struct {
	Opinion string `json:"opinion" maxLength:"500"`
	Ticks   []Tick `json:"ticks,omitempty" maxItems:"3"`
	To      int    `json:"to" minimum:"-1" doc:"An earlier step, 0 for the editor, -1 for the author"`
}

type opining struct {
	Opinion string `json:"opinion,omitempty" maxLength:"500"`
}

type adding struct {
	People  []uuid.UUID `json:"people" maxItems:"10"`
	Before  bool        `json:"before" doc:"They sign before the caller, who signs afterwards"`
	Mode    string      `json:"mode,omitempty" enum:"all,any,turn" default:"all"`
	Opinion string      `json:"opinion,omitempty" maxLength:"500"`
}

type removing struct {
	Target uuid.UUID `json:"target" doc:"An added step, or the task of one of several signers"`
}

type passing struct {
	To      uuid.UUID `json:"to"`
	Opinion string    `json:"opinion,omitempty" maxLength:"500"`
}

type reassigning struct {
	Target uuid.UUID `json:"target" doc:"A task whose member can no longer act, or a step that waits for nobody"`
	To     uuid.UUID `json:"to"`
}

type copying struct {
	People []uuid.UUID `json:"people" maxItems:"20"`
}

// verb registers a verb of a review: what is said in the body, and what it does.
func verb[T any](s *Service, api *authz.API, permission authz.Permission, name, path, summary string, do func(ctx context.Context, id uuid.UUID, body T) (uuid.UUID, error)) {
	authz.Register(api, permission, operation(name, http.MethodPost, "/reviews/{id}/"+path, summary),
		func(ctx context.Context, in *asked[T]) (*one[Review], error) {
			if _, err := tenancy.Changed(do(ctx, in.ID, in.Body)); err != nil {
				return nil, err
			}
			return answer(s.Get(ctx, in.ID))
		})
}

// plain registers a verb that needs no words.
func plain(s *Service, api *authz.API, permission authz.Permission, name, path, summary string, do func(ctx context.Context, id uuid.UUID) (uuid.UUID, error)) {
	authz.Register(api, permission, operation(name, http.MethodPost, "/reviews/{id}/"+path, summary),
		func(ctx context.Context, in *byID) (*one[Review], error) {
			if _, err := tenancy.Changed(do(ctx, in.ID)); err != nil {
				return nil, err
			}
			return answer(s.Get(ctx, in.ID))
		})
}

func (s *Service) verbRoutes(api *authz.API) {
	type id = uuid.UUID
	verb(s, api, authz.ReviewAct, "approve-review", "approve", "审签通过（补签也在此）", func(ctx context.Context, r id, in approval) (id, error) {
		text, err := in.text()
		if err != nil {
			return r, err
		}
		return s.Approve(ctx, r, in.Opinion, text, in.Ticks...)
	})
	verb(s, api, authz.ReviewAct, "reject-review", "reject", "表决不同意，或补签时写明不同意见",
		func(ctx context.Context, r id, in rejecting) (id, error) {
			return s.Reject(ctx, r, in.Opinion, in.Ticks...)
		})
	verb(s, api, authz.ReviewAct, "return-review", "return", "退回到前面的环节、编辑或作者",
		func(ctx context.Context, r id, in returning) (id, error) {
			return s.Return(ctx, r, in.Opinion, in.To, in.Ticks...)
		})
	verb(s, api, authz.ReviewAct, "release-review", "release", "绿色通道：先签发，后补签",
		func(ctx context.Context, r id, in opining) (id, error) { return s.Release(ctx, r, in.Opinion) })
	verb(s, api, authz.ReviewAct, "reopen-review", "reopen", "重新打开已签发的审签",
		func(ctx context.Context, r id, in opining) (id, error) { return s.Reopen(ctx, r, in.Opinion) })
	verb(s, api, authz.ReviewStart, "withdraw-review", "withdraw", "撤销送审",
		func(ctx context.Context, r id, in opining) (id, error) { return s.Withdraw(ctx, r, in.Opinion) })
	verb(s, api, authz.ReviewAct, "add-signer", "add-signer", "加签", func(ctx context.Context, r id, in adding) (id, error) {
		return s.AddSigners(ctx, r, Adding{People: in.People, Before: in.Before, Mode: in.Mode, Reason: in.Opinion})
	})
	verb(s, api, authz.ReviewAct, "remove-signer", "remove-signer", "减签",
		func(ctx context.Context, r id, in removing) (id, error) { return s.RemoveSigner(ctx, r, in.Target) })
	verb(s, api, authz.ReviewAct, "pass-on-review", "pass-on", "转办",
		func(ctx context.Context, r id, in passing) (id, error) { return s.PassOn(ctx, r, in.To, in.Opinion) })
	verb(s, api, authz.ReviewStart, "reassign-review", "reassign", "改派无人可办的环节",
		func(ctx context.Context, r id, in reassigning) (id, error) {
			return s.Reassign(ctx, r, in.Target, in.To)
		})
	verb(s, api, authz.ReportRead, "copy-review", "copy", "抄送",
		func(ctx context.Context, r id, in copying) (id, error) { return s.CopyTo(ctx, r, in.People) })
	verb(s, api, authz.ReportRead, "read-review", "read", "阅",
		func(ctx context.Context, r id, in opining) (id, error) { return s.Read(ctx, r, in.Opinion) })
	plain(s, api, authz.ReviewAct, "take-back-review", "take-back", "撤回自己刚签的意见", s.TakeBack)
	plain(s, api, authz.ReviewStart, "urge-review", "urge", "催办", s.Urge)
}
