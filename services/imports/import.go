// Package imports brings in what others have written elsewhere: a Word file as the beginning of a report, and tables of many
// reports or clues, by the hand of a clerk on behalf of those whose they are (代录).
//
// Its rule: a table is tried before it is brought in, by exactly what will bring it in, and bringing it in again brings in
// nothing: every row has a key, and a key has at most one report or clue.
package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// The states of an import.
const (
	StateChecked   = "checked"
	StateRunning   = "running"
	StateDone      = "done"
	StateCancelled = "cancelled"
)

// The states of a row: ready to be brought in, refused with a reason, brought in by this import, or by an earlier one.
const (
	RowReady   = "ready"
	RowRefused = "refused"
	RowDone    = "done"
	RowRepeat  = "repeat"
)

// Import is one table. The counts are of its rows by what became of them.
type Import struct {
	ID         uuid.UUID  `json:"id"`
	Kind       string     `json:"kind" enum:"reports,clues"`
	Name       string     `json:"name" doc:"文件名"`
	Submit     bool       `json:"submit" doc:"直接提交；否则存为反映人的草稿"`
	State      string     `json:"state" enum:"checked,running,done,cancelled"`
	Ready      int        `json:"ready"`
	Refused    int        `json:"refused"`
	Done       int        `json:"done"`
	Repeat     int        `json:"repeat"`
	By         string     `json:"by"`
	CreatedAt  time.Time  `json:"created_at"`
	FinishedAt *time.Time `json:"finished_at,omitempty"`
}

// Row is one line of a table and what became of it.
type Row struct {
	No        int        `json:"no" doc:"在文件中的行号"`
	Key       string     `json:"key"`
	Title     string     `json:"title"`
	State     string     `json:"state" enum:"ready,refused,done,repeat"`
	Reason    string     `json:"reason,omitempty"`
	SubjectID *uuid.UUID `json:"subject_id,omitempty" doc:"成为了哪篇信息或哪条线索"`
}

// Entry is a row as its sink takes it. Author is the member whose it is: the clerk himself where the table names nobody.
// Voice is the name of somebody from outside (clues only).
type Entry struct {
	Title, Problem, Cause, Advice string
	Body, SourceKind, Place       string
	Category, Urgency             string
	ReceivedAt                    time.Time
	Author                        uuid.UUID
	Voice                         string
	By                            uuid.UUID
	Submit                        bool
}

// Sink brings in one entry in the transaction and returns what it became; cmd wires one a kind. Its refusals (Invalid, Conflict)
// are the row's; any other error ends the transaction.
type Sink interface {
	BringIn(ctx context.Context, tx *tenancy.Tx, e Entry) (uuid.UUID, error)
}

// key is what a row is known by: its own number, else its content.
func (c Cells) key() string {
	if own := c["编号"]; own != "" {
		return own
	}
	sum := sha256.New()
	names := make([]string, 0, len(c))
	for name := range c {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		sum.Write([]byte(name + "\x00" + c[name] + "\x00"))
	}
	return "内容 " + hex.EncodeToString(sum.Sum(nil)[:8])
}
