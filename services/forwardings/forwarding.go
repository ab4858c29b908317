// Package forwardings sends signed reports along the reporting lines and brings back what became of them.
//
// It knows three kinds of letter. report goes up and becomes the recipient's own copy; recall asks to forget one
// that nobody has taken up; receipt comes down, hop by hop, and tells each unit whose text is in a report what a
// unit above decided.
package forwardings

import (
	"time"

	"github.com/google/uuid"
)

// The states of a forwarding as its sender sees it.
const (
	Queued    = "queued"
	Delivered = "delivered"
	Failed    = "failed"
	Recalled  = "recalled"
	Returned  = "returned"
)

// The kinds of letter.
const (
	LetterReport  = "report"
	LetterRecall  = "recall"
	LetterReceipt = "receipt"
)

// Forwarding is one report on its way to one upper unit.
type Forwarding struct {
	ID              uuid.UUID
	ReportID        uuid.UUID
	Recipient       int32
	LetterID        uuid.UUID
	State           string
	Cover           string
	EncloseOriginal bool
	HideAuthor      bool
	SentAt          time.Time
	DeliveredAt     *time.Time
	Urgency         string
	ReplyBy         string
	Sheet           bool
}

// Options say how a report is sent: a cover note, whether the text as it first came is enclosed (附原稿), and whether
// the author's name stays here. Urgency, where set, stands in for the report's own on this way; ReplyBy is the day by which an
// answer is hoped for.
type Options struct {
	Cover           string
	EncloseOriginal bool
	HideAuthor      bool
	Urgency         string
	ReplyBy         string
}

// Target is an upper unit one may send to, with this year's experience of it.
type Target struct {
	Tenant          int32
	Figures         bool
	SentThisYear    int
	AdoptedThisYear int
	AlreadySent     bool
}

// Way is one report at one upper unit.
type Way struct {
	Recipient int32
	ReportID  uuid.UUID
}

// maxCover is the longest cover note in characters.
const maxCover = 500
