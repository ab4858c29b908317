// Package notices tells members what happened to what concerns them, and keeps the pages that are open fresh.
//
// A notice is a row of its reader, written in the transaction of the change it tells of, with its text ready in Chinese.
// The live stream carries only kinds and ids: pages read again what changed, under their own rights.
package notices

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// Notice is what a member is told. Text is shown as it stands.
type Notice struct {
	Kind    string
	Text    string
	Subject tenancy.Subject
}

// Written is a notice that was just written: whose tenant's it is, and who reads it.
type Written struct {
	Tenant int32
	ID     uuid.UUID
	Reader uuid.UUID
	Kind   string
}

// Seen is what a notice told of that was just read.
type Seen struct {
	Kind        string
	SubjectKind string
	SubjectID   uuid.UUID
	At          time.Time
}

// Item is a notice in its reader's list.
type Item struct {
	ID          uuid.UUID  `json:"id"`
	Kind        string     `json:"kind"`
	Text        string     `json:"text"`
	SubjectKind string     `json:"subject_kind"`
	SubjectID   uuid.UUID  `json:"subject_id"`
	At          time.Time  `json:"at"`
	ReadAt      *time.Time `json:"read_at,omitempty"`
}

// cursor is the last item of a page: the next one begins after it.
type cursor struct {
	At time.Time
	ID uuid.UUID
}

func (i Item) cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(i.At.UTC().Format(time.RFC3339Nano) + "," + i.ID.String()))
}

// parseCursor reads a cursor; the empty one is the beginning.
func parseCursor(text string) (*cursor, error) {
	if text == "" {
		return nil, nil
	}
	refused := errs.InvalidField("cursor", "不是有效的翻页位置")
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, refused
	}
	at, id, _ := strings.Cut(string(raw), ",")
	var c cursor
	if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
		return nil, refused
	}
	if c.ID, err = uuid.Parse(id); err != nil {
		return nil, refused
	}
	return &c, nil
}
