// Package proposals keeps drafts of proposals that reports were turned into: what a report says of a matter, put as a
// proposal puts it. A draft belongs to whoever made it; the office sees those of the unit.
package proposals

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// The states of a draft: being written, handed in to the system of proposals, put aside.
const (
	Draft   = "draft"
	Filed   = "filed"
	Dropped = "dropped"
)

const (
	maxTitle = 100
	maxText  = 5_000
)

// Text is the three parts of a proposal: 案由, 情况, 建议.
type Text struct {
	Title     string `json:"title" doc:"案由"`
	Situation string `json:"situation" doc:"情况分析"`
	Advice    string `json:"advice" doc:"建议"`
}

// Proposal is a draft. In lists Situation is an excerpt and Advice is left out.
type Proposal struct {
	ID        uuid.UUID  `json:"id"`
	ReportID  *uuid.UUID `json:"report_id,omitempty" doc:"由哪篇信息转来"`
	Title     string     `json:"title"`
	Situation string     `json:"situation"`
	Advice    string     `json:"advice"`
	State     string     `json:"state" enum:"draft,filed,dropped"`
	OwnerID   uuid.UUID  `json:"owner_id"`
	OwnerName string     `json:"owner_name"`
	CreatedAt time.Time  `json:"created_at"`
	UpdatedAt time.Time  `json:"updated_at"`
	Version   int        `json:"version"`
}

// Change is an edit; what is not given stays.
type Change struct {
	Title     *string `json:"title,omitempty"`
	Situation *string `json:"situation,omitempty"`
	Advice    *string `json:"advice,omitempty"`
	State     *string `json:"state,omitempty" enum:"draft,filed,dropped"`
}

// Reports gives the text of a report that the caller may read; services/reports fulfils it.
type Reports interface {
	Source(ctx context.Context, q tenancy.Querier, report uuid.UUID) (Text, error)
	MayRead(ctx context.Context, q tenancy.Querier, report uuid.UUID) error
}

func (p *Proposal) object() authz.Object {
	return authz.Object{Read: authz.ProposalRead, Owner: p.OwnerID}
}

func (t *Text) check() error {
	var faults errs.Fields
	documents.CheckWritten(&faults,
		documents.Written{Field: "title", Name: "案由", Text: &t.Title, Least: 1, Most: maxTitle},
		documents.Written{Field: "situation", Name: "情况分析", Text: &t.Situation, Most: maxText, Lines: true},
		documents.Written{Field: "advice", Name: "建议", Text: &t.Advice, Most: maxText, Lines: true})
	return faults.Err()
}

type cursor struct {
	At time.Time
	ID uuid.UUID
}

func (p Proposal) cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(p.UpdatedAt.UTC().Format(time.RFC3339Nano) + "," + p.ID.String()))
}

// beginning is the cursor before every draft.
var beginning = cursor{At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), ID: uuid.Max}

func parseCursor(text string) (cursor, error) {
	if text == "" {
		return beginning, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	at, id, _ := strings.Cut(string(raw), ",")
	var c cursor
	if err == nil {
		c.At, err = time.Parse(time.RFC3339Nano, at)
	}
	if err == nil {
		c.ID, err = uuid.Parse(id)
	}
	if err != nil {
		return cursor{}, errs.InvalidField("cursor", "不是有效的翻页位置")
	}
	return c, nil
}
