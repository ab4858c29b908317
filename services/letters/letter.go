// Package letters carries what crosses tenants: outbox, courier, inbox.
//
// Its rule: a letter is sent in the transaction of the change that wants it, and takes effect at its recipient exactly
// once, however often it is carried. A delivery is three transactions, each in one tenant and each repeatable: read as
// the sender, receive as the recipient, mark as the sender. Nouns register the kinds of letters they understand; this
// package knows a subject only as (kind, id).
package letters

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"strconv"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/signing"
)

// File is one line of a letter's manifest. ID is the sender's; the copy at the recipient has it too.
type File struct {
	ID     uuid.UUID `json:"id"`
	Name   string    `json:"name"`
	Type   string    `json:"type"`
	Size   int64     `json:"size"`
	Digest []byte    `json:"digest"`
}

// Letter is what one tenant tells another. Subject is the sender's where the letter is on its way (Handler) and the
// recipient's own where it was received (Service.Received). Signature is the sender's; it is the zero one in letters from
// before tenants signed.
type Letter struct {
	ID        uuid.UUID
	Kind      string
	Sender    tenancy.Tenant
	Recipient tenancy.Tenant
	Answers   uuid.UUID
	Subject   tenancy.Subject
	Payload   []byte
	Digest    []byte
	Files     []File
	SentAt    time.Time
	Signature signing.Signature
}

// Signed tells whether the letter carries a signature. One that does was verified by whoever handed the letter out.
func (l Letter) Signed() bool { return l.Signature.Algorithm != "" }

// signed is what the sender signs: which letter, from whom to whom, in answer to what, when, and the digest of all it holds. Each
// part has its length, so that no byte can move from one to the other.
func (l Letter) signed() []byte {
	sent := strconv.FormatInt(l.SentAt.UnixMicro(), 10)
	var message []byte
	for _, part := range []string{"shangda letter", l.ID.String(), l.Sender.Code, l.Recipient.Code, l.Answers.String(), sent, string(l.Digest)} {
		message = binary.BigEndian.AppendUint64(message, uint64(len(part)))
		message = append(message, part...)
	}
	return message
}

// Draft is a letter to be sent. Answers, where set, is the letter of the recipient that this one answers; other letters
// need a line from sender to recipient that is open when they are sent.
type Draft struct {
	Kind    string
	To      int32
	Answers uuid.UUID
	Subject tenancy.Subject
	Payload []byte
	Files   []File
}

// Handler is what a noun does with a kind of letter.
type Handler struct {
	// Receive runs in the recipient's transaction, once in effect, and returns what the letter became there. An error of
	// the kinds Invalid, Conflict, Forbidden and NotFound refuses the letter for good; any other is tried again.
	Receive func(ctx context.Context, tx *tenancy.Tx, l Letter) (tenancy.Subject, error)
	// Delivered runs in the sender's transaction that marks the letter. It may be nil and may run again after a rollback.
	Delivered func(ctx context.Context, tx *tenancy.Tx, l Letter) error
	// Failed runs in the sender's transaction that marks the letter as refused for good. It may be nil.
	Failed func(ctx context.Context, tx *tenancy.Tx, l Letter, reason string) error
	// Down letters go down the lines, from the upper unit to those that report to it; the others go up.
	Down bool
}

// Files copies a letter's file from one tenant to the other before it is received. It must be repeatable.
type Files interface {
	Copy(ctx context.Context, from, to tenancy.Tenant, f File) error
}

// The states of a letter at its sender.
const (
	Queued    = "queued"
	Delivered = "delivered"
	Failed    = "failed"
)

// State is how far a letter has come. LastError is in Chinese and may be shown.
type State struct {
	State       string
	Attempts    int
	LastError   string
	DeliveredAt *time.Time
}

// digest is sha256 over kind, payload and manifest, each with its length, so that no byte can move from one to the other.
func digest(kind string, payload, manifest []byte) []byte {
	sum := sha256.New()
	for _, part := range [][]byte{[]byte(kind), payload, manifest} {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		sum.Write(length[:])
		sum.Write(part)
	}
	return sum.Sum(nil)
}

// manifest is the one form of a list of files as JSON: what the digest is made over.
func manifest(files []File) ([]byte, error) {
	if files == nil {
		files = []File{}
	}
	return json.Marshal(files)
}

// verify refuses a letter that is not what was sent.
func (l *Letter) verify() error {
	list, err := manifest(l.Files)
	if err != nil {
		return err
	}
	if string(digest(l.Kind, l.Payload, list)) != string(l.Digest) {
		return errs.New(errs.Conflict, "信函内容与发出时的校验值不符")
	}
	return nil
}

// unknownKind is a fault of the wiring where a letter is sent, and a refusal where it is received.
func unknownKind(kind string) error {
	return errs.New(errs.Invalid, "不认识的信函种类“%s”", kind)
}
