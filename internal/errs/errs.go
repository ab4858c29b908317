// Package errs is the program's one error type. Messages are Chinese and may be shown to the user; Err is for the log only.
package errs

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what went wrong in terms a caller can act on. The HTTP status of each stands in internal/httpx.
type Kind string

// The kinds of error. Anything that is not an *Error is Internal.
const (
	Invalid         Kind = "invalid"
	Unauthenticated Kind = "unauthenticated"
	Forbidden       Kind = "forbidden"
	NotFound        Kind = "not_found"
	Conflict        Kind = "conflict"
	Stale           Kind = "stale"
	TooLarge        Kind = "too_large"
	Unsupported     Kind = "unsupported"
	Limited         Kind = "limited"
	Unavailable     Kind = "unavailable"
	Internal        Kind = "internal"
)

// Field names one part of the input and what is wrong with it.
type Field struct {
	Name    string
	Message string
}

// Error is what every room returns when it refuses.
type Error struct {
	Kind       Kind
	Message    string
	Fields     []Field
	RetryAfter time.Duration
	Err        error
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Kind, e.Message, e.Err)
	}
	return fmt.Sprintf("%s: %s", e.Kind, e.Message)
}

// Unwrap gives the error behind, for the log.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind with a message for the user.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Missing is the one answer for what does not exist and for what one may not see.
func Missing() *Error { return &Error{Kind: NotFound, Message: "没有找到"} }

// InvalidField says what is wrong with one field of the input.
func InvalidField(name, format string, args ...any) *Error {
	message := fmt.Sprintf(format, args...)
	return &Error{Kind: Invalid, Message: message, Fields: []Field{{Name: name, Message: message}}}
}

// Fields collects several faults of one input and gives one error, nil where there is none.
type Fields []Field

// Add notes a fault.
func (f *Fields) Add(name, format string, args ...any) {
	*f = append(*f, Field{Name: name, Message: fmt.Sprintf(format, args...)})
}

// Err is nil without faults, else one Invalid error that names them all.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	message := f[0].Message
	if len(f) > 1 {
		message = fmt.Sprintf("有 %d 处需要修改", len(f))
	}
	return &Error{Kind: Invalid, Message: message, Fields: f}
}

// FieldsOf are the faults that an error names, none for an error of another kind.
func FieldsOf(err error) Fields {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// KindOf tells the kind of any error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is tells whether err is of that kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
