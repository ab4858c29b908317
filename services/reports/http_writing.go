package reports

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// WritingFields is where a text comes from and who stands behind it; what is left out stays.
type WritingFields struct {
	Mode       *string          `json:"mode,omitempty" enum:"call,commission,found,dug" doc:"征集、约稿、主动找、深挖"`
	Channel    *string          `json:"channel,omitempty" enum:"web,phone,mail,wechat,proxy,letter,import" doc:"By which way it came in; letter and import are not chosen"`
	SourceKind *string          `json:"source_kind,omitempty" maxLength:"40" doc:"What it grew from, such as survey or speech"`
	OriginNote *OriginNote      `json:"origin_note,omitempty" doc:"Where a pasted text stood"`
	CoAuthors  *[]CoAuthorInput `json:"co_authors,omitempty" maxItems:"20" doc:"The whole list of further authors, in order"`
	OnBehalf   *OnBehalfInput   `json:"on_behalf,omitempty" doc:"Whose report it is, where another writes it down (代录); only before it is submitted"`
}

// OriginNote is where a pasted text stood.
type OriginNote struct {
	From    string `json:"from,omitempty" maxLength:"200" doc:"Such as the name of a chat group or site"`
	Address string `json:"address,omitempty" maxLength:"600"`
	Date    string `json:"date,omitempty" maxLength:"10" doc:"Such as 2026-11-03"`
}

// CoAuthorInput is a further author: a member, or a person by name.
type CoAuthorInput struct {
	MembershipID *uuid.UUID `json:"membership_id,omitempty"`
	Name         string     `json:"name,omitempty" maxLength:"120"`
	Unit         string     `json:"unit,omitempty" maxLength:"240"`
	Title        string     `json:"title,omitempty" maxLength:"240"`
	Share        *float64   `json:"share,omitempty" doc:"Per cent of the credit; evenly where nobody has one. The first author has what is left"`
}

// OnBehalfInput names whose report it is: a member, or somebody outside.
type OnBehalfInput struct {
	MembershipID *uuid.UUID `json:"membership_id,omitempty"`
	Name         string     `json:"name,omitempty" maxLength:"120"`
	Title        string     `json:"title,omitempty" maxLength:"240"`
	Contact      string     `json:"contact,omitempty" maxLength:"240"`
}

func (w WritingFields) note() *Note {
	if w.OriginNote == nil {
		return nil
	}
	return &Note{w.OriginNote.From, w.OriginNote.Address, w.OriginNote.Date}
}

func (w WritingFields) provenance() Provenance {
	p := Provenance{Mode: deref(w.Mode), Channel: deref(w.Channel), SourceKind: deref(w.SourceKind)}
	if n := w.note(); n != nil {
		p.Note = *n
	}
	return p
}

func (w WritingFields) signatures() Signatures {
	var g Signatures
	if w.CoAuthors != nil {
		list := make([]CoAuthor, 0, len(*w.CoAuthors))
		for _, a := range *w.CoAuthors {
			list = append(list, CoAuthor(a))
		}
		g.CoAuthors = &list
	}
	if w.OnBehalf != nil {
		o := OnBehalf(*w.OnBehalf)
		g.OnBehalf = &o
	}
	return g
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

type handOverInput struct {
	ByID
	Body struct {
		To       uuid.UUID `json:"to" doc:"Membership of who is to go on writing"`
		Note     string    `json:"note,omitempty" maxLength:"2000"`
		KeepName bool      `json:"keep_name,omitempty" doc:"The giver stays as a further author"`
		Direct   bool      `json:"direct,omitempty" doc:"At once; only to a further author"`
	}
}

type answerInput struct {
	ByID
	Body struct {
		Answer string `json:"answer" enum:"accepted,refused,withdrawn"`
		Words  string `json:"words,omitempty" maxLength:"2000"`
	}
}

type splitInput struct {
	ByID
	Body struct {
		Parts []PartFields `json:"parts" minItems:"2" maxItems:"6"`
	}
}

// PartFields is one of the matters a report is split into.
type PartFields struct {
	Title    string `json:"title" maxLength:"400"`
	Problem  string `json:"problem" maxLength:"6000"`
	Cause    string `json:"cause,omitempty" maxLength:"6000"`
	Advice   string `json:"advice,omitempty" maxLength:"6000"`
	Category string `json:"category,omitempty" maxLength:"40" doc:"The whole's where left out"`
}

type linkInput struct {
	ByID
	Body struct {
		Other uuid.UUID `json:"other"`
		Kind  string    `json:"kind" enum:"duplicate,related,continued" doc:"continued: this report goes on where the other ended"`
		Note  string    `json:"note,omitempty" maxLength:"2000"`
	}
}

type absorbInput struct {
	ByID
	Body struct {
		Into uuid.UUID `json:"into"`
	}
}

type sourcesInput struct {
	ByID
	IfMatch string `header:"If-Match" doc:"The version that was read, as its ETag"`
	Body    struct {
		Reports []uuid.UUID           `json:"reports" minItems:"2" maxItems:"10" doc:"All sources in their new order"`
		Shares  map[uuid.UUID]float64 `json:"shares,omitempty" doc:"Per cent of the credit by report, together 100; evenly where left out"`
	}
}

// writingRoutes registers how a text moves between people and reports.
func (s *Service) writingRoutes(api *authz.API) {
	authz.Register(api, authz.ReportRead, operation("my-handovers", http.MethodGet, "/handovers", "等我答复的移交"),
		func(ctx context.Context, _ *struct{}) (*items[Handover], error) { return s.handovers(ctx, uuid.Nil) })
	authz.Register(api, authz.ReportRead, operation("list-handovers", http.MethodGet, "/reports/{id}/handovers", "信息的移交记录"),
		func(ctx context.Context, in *ByID) (*items[Handover], error) { return s.handovers(ctx, in.ID) })
	authz.Register(api, authz.ReportWrite, operation("hand-over-report", http.MethodPost, "/reports/{id}/handovers", "移交给他人继续撰写"),
		func(ctx context.Context, in *handOverInput) (*items[Handover], error) {
			if _, err := tenancy.Changed(s.HandOver(ctx, in.ID, NewHandover(in.Body))); err != nil {
				return nil, err
			}
			found, err := s.Handovers(ctx, in.ID)
			if errs.Is(err, errs.NotFound) {
				found, err = []Handover{}, nil // given away at once: it is no longer the caller's
			}
			return list(found, "", err)
		})
	authz.Register(api, authz.ReportWrite, operation("answer-handover", http.MethodPost, "/handovers/{id}/answer", "接手、不接手或撤回移交"),
		func(ctx context.Context, in *answerInput) (*items[Handover], error) {
			if _, err := tenancy.Changed(s.AnswerHandover(ctx, in.ID, in.Body.Answer, in.Body.Words)); err != nil {
				return nil, err
			}
			return s.handovers(ctx, uuid.Nil)
		})
	authz.Register(api, authz.ReportScreen, operation("split-report", http.MethodPost, "/reports/{id}/split", "拆分为多篇"),
		func(ctx context.Context, in *splitInput) (*answer, error) {
			list := make([]Part, 0, len(in.Body.Parts))
			for _, p := range in.Body.Parts {
				list = append(list, Part{Text: Text{p.Title, p.Problem, p.Cause, p.Advice}, Category: p.Category})
			}
			return s.after(ctx)(s.Split(ctx, in.ID, list))
		})
	authz.Register(api, authz.ReportRead, operation("list-links", http.MethodGet, "/reports/{id}/links", "关联的信息"),
		func(ctx context.Context, in *ByID) (*items[Link], error) { return s.links(ctx, in.ID) })
	authz.Register(api, authz.ReportScreen, operation("link-report", http.MethodPost, "/reports/{id}/links", "关联另一篇信息"),
		func(ctx context.Context, in *linkInput) (*items[Link], error) {
			if _, err := tenancy.Changed(s.Link(ctx, in.ID, in.Body.Other, in.Body.Kind, in.Body.Note)); err != nil {
				return nil, err
			}
			return s.links(ctx, in.ID)
		})
	authz.Register(api, authz.ReportScreen, operation("unlink-report", http.MethodPost, "/report-links/{id}/remove", "取消关联"),
		func(ctx context.Context, in *ByID) (*items[Link], error) {
			id, err := tenancy.Changed(s.Unlink(ctx, in.ID))
			if err != nil {
				return nil, err
			}
			return s.links(ctx, id)
		})
	authz.Register(api, authz.ReportCombine, operation("merge-into-report", http.MethodPost, "/reports/{id}/merge-into", "作为重复信息并入另一篇"),
		func(ctx context.Context, in *absorbInput) (*answer, error) {
			return s.after(ctx)(s.Absorb(ctx, in.ID, in.Body.Into))
		})
	authz.Register(api, authz.ReportCombine, operation("change-sources", http.MethodPut, "/reports/{id}/sources", "调整综合稿的来源次序和份额"), s.putSources)
}

func (s *Service) handovers(ctx context.Context, report uuid.UUID) (*items[Handover], error) {
	found, err := s.Handovers(ctx, report)
	return list(found, "", err)
}

func (s *Service) links(ctx context.Context, report uuid.UUID) (*items[Link], error) {
	found, err := s.Links(ctx, report)
	return list(found, "", err)
}

func (s *Service) putSources(ctx context.Context, in *sourcesInput) (*answer, error) {
	version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(in.IfMatch, "W/"), `"`))
	if err != nil {
		return nil, errs.New(errs.Invalid, "修改时须注明所依据的版本（If-Match）")
	}
	return s.after(ctx)(s.ChangeSources(ctx, in.ID, version, Combination{Reports: in.Body.Reports, Shares: in.Body.Shares}))
}
