// Package clues keeps the raw leads of a unit: a visit note, a speech, a citizen's message. A clue becomes a report or
// is dropped with a reason; until then it waits. Where it came from is kept, so that bringing it in twice is once.
package clues

import (
	"context"
	"encoding/base64"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// The states of a clue.
const (
	StateNew     = "new"
	StateUsed    = "used"
	StateDropped = "dropped"
)

// CitizenMessage is the source of messages that citizens wrote to the leaders of a city.
const CitizenMessage = "citizen_message"

// Sources are the kinds of source that a clue can have (domain.md section 6).
var Sources = []string{"speech", "proposal", "unfiled_proposal", "department", "survey", "consultation", "visit", "studio", "station", "citizen", CitizenMessage}

// Limits of a clue's text in characters. A citizen's message is kept whole, however long a report may be.
const (
	MaxTitle  = 100
	MaxBody   = 10_000
	MaxRef    = 100
	MaxPlace  = 50
	MaxReason = 200

	maxCategory = 50
	// draftText is how much of a clue fits into the draft of a report; the clue keeps the rest.
	draftText = 2_900
)

// NewClue is a clue as it is entered. SourceRef, where it is given, is unique within its kind of source.
type NewClue struct {
	Title      string    `json:"title"`
	Body       string    `json:"body"`
	SourceKind string    `json:"source_kind"`
	SourceRef  string    `json:"origin_ref,omitempty"`
	Place      string    `json:"place,omitempty"`
	Category   string    `json:"category,omitempty"`
	ReceivedAt time.Time `json:"received_at,omitzero" required:"false"`
}

// Clue is a lead of this tenant. In lists Body is an excerpt.
type Clue struct {
	ID         uuid.UUID  `json:"id"`
	Title      string     `json:"title"`
	Body       string     `json:"body"`
	SourceKind string     `json:"source_kind"`
	SourceRef  string     `json:"origin_ref,omitempty"`
	Place      string     `json:"place,omitempty"`
	Category   string     `json:"category,omitempty"`
	State      string     `json:"state" enum:"new,used,dropped"`
	Reason     string     `json:"reason,omitempty"`
	ReportID   *uuid.UUID `json:"report_id,omitempty"`
	ReceivedAt time.Time  `json:"received_at"`
}

// NewDraft is the beginning of a report that a clue becomes.
type NewDraft struct {
	Title      string
	Problem    string
	Category   string
	SourceKind string
	SourceID   uuid.UUID
}

// Drafts makes the draft of a report in the caller's name; services/reports fulfils it.
type Drafts interface {
	Draft(ctx context.Context, tx *tenancy.Tx, d NewDraft) (uuid.UUID, error)
}

// check cleans the input and names every fault of it. now bounds when a clue can have been received.
func (n NewClue) check(now time.Time) (NewClue, error) {
	n.Title, n.Body = clean(n.Title, false), clean(n.Body, true)
	n.SourceRef, n.Place, n.Category = clean(n.SourceRef, false), clean(n.Place, false), clean(n.Category, false)
	if n.ReceivedAt.IsZero() {
		n.ReceivedAt = now
	}
	var faults errs.Fields
	length(&faults, "title", "标题", n.Title, 1, MaxTitle)
	length(&faults, "body", "内容", n.Body, 1, MaxBody)
	length(&faults, "origin_ref", "来源编号", n.SourceRef, 0, MaxRef)
	length(&faults, "place", "地点", n.Place, 0, MaxPlace)
	length(&faults, "category", "分类", n.Category, 0, maxCategory)
	for _, part := range []struct{ field, text string }{{"title", n.Title}, {"body", n.Body}} {
		if documents.Marked(part.text) {
			faults.Add(part.field, "%s", documents.PaperOnlyText)
		}
	}
	if !known(n.SourceKind) {
		faults.Add("source_kind", "没有这种来源")
	}
	if n.ReceivedAt.After(now.Add(24*time.Hour)) || n.ReceivedAt.Year() < 1949 {
		faults.Add("received_at", "收到的时间不正确")
	}
	return n, faults.Err()
}

func length(faults *errs.Fields, field, name, text string, least, most int) {
	switch n := utf8.RuneCountInString(text); {
	case n < least:
		faults.Add(field, "请填写%s", name)
	case n > most:
		faults.Add(field, "%s最多 %d 个字，现有 %d 个字", name, most, n)
	}
}

func known(source string) bool {
	for _, s := range Sources {
		if s == source {
			return true
		}
	}
	return false
}

// clean normalises a text and drops what nobody can see; only a body has lines.
func clean(text string, lines bool) string {
	text = strings.ReplaceAll(norm.NFC.String(strings.ToValidUTF8(text, "")), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			if lines {
				return r
			}
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text))
}

// problem is the clue's text as the beginning of a report.
func (c Clue) problem() string {
	runes := []rune(c.Body)
	if len(runes) <= draftText {
		return c.Body
	}
	return string(runes[:draftText]) + "……（原文较长，全文见来源线索）"
}

// cursor is the last clue of a page.
type cursor struct {
	At time.Time
	ID uuid.UUID
}

func (c Clue) cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.ReceivedAt.UTC().Format(time.RFC3339Nano) + "," + c.ID.String()))
}

// beginning is the cursor before every clue.
var beginning = cursor{At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), ID: uuid.Max}

func parseCursor(text string) (cursor, error) {
	if text == "" {
		return beginning, nil
	}
	refused := errs.InvalidField("cursor", "不是有效的翻页位置")
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return cursor{}, refused
	}
	at, id, _ := strings.Cut(string(raw), ",")
	var c cursor
	if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
		return cursor{}, refused
	}
	if c.ID, err = uuid.Parse(id); err != nil {
		return cursor{}, refused
	}
	return c, nil
}
