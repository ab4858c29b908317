package reports

import (
	"github.com/google/uuid"
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
