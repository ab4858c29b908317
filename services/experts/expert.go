// Package experts is the directory of whom to ask about what: people of the tenant and people without an account, each with
// the fields he knows and the industries he comes from. Nobody is ever removed: who is not asked any more rests.
package experts

import (
	"slices"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Limits in characters and in number.
const (
	maxName  = 60
	maxNote  = 500
	maxTag   = 20
	maxTags  = 20
	maxFound = 200
)

// Entry is what is written down of an expert. Of a member of the tenant the name is the member's.
type Entry struct {
	MembershipID *uuid.UUID `json:"membership_id,omitempty" doc:"A member of the tenant; left out for people without an account"`
	UnitID       *uuid.UUID `json:"unit_id,omitempty" doc:"The committee the expert belongs to"`
	Name         string     `json:"name" maxLength:"60"`
	Title        string     `json:"title,omitempty" maxLength:"60"`
	Organisation string     `json:"organisation,omitempty" maxLength:"60"`
	Phone        string     `json:"phone,omitempty" maxLength:"30"`
	Fields       []string   `json:"fields" maxItems:"20" doc:"What the expert knows, such as the categories of reports"`
	Tags         []string   `json:"tags,omitempty" maxItems:"20" doc:"Industries, such as 物流"`
	Note         string     `json:"note,omitempty" maxLength:"500"`
	Active       bool       `json:"active" doc:"May be asked"`
}

// Expert is an entry of the directory.
type Expert struct {
	ID uuid.UUID `json:"id"`
	Entry
	Unit    string `json:"unit,omitempty"`
	Version int    `json:"version"`
}

func (e Entry) check() (Entry, error) {
	var faults errs.Fields
	for _, part := range []struct {
		name string
		text *string
		most int
	}{{"name", &e.Name, maxName}, {"title", &e.Title, maxName}, {"organisation", &e.Organisation, maxName}, {"phone", &e.Phone, 30}, {"note", &e.Note, maxNote}} {
		*part.text = documents.Line(*part.text)
		if n := utf8.RuneCountInString(*part.text); n > part.most {
			faults.Add(part.name, "最多 %d 个字，现有 %d 个字", part.most, n)
		}
		if documents.Marked(*part.text) {
			faults.Add(part.name, "%s", documents.PaperOnlyText)
		}
	}
	if e.MembershipID == nil && e.Name == "" {
		faults.Add("name", "请填写姓名")
	}
	e.Fields, e.Tags = distinct(&faults, "fields", e.Fields), distinct(&faults, "tags", e.Tags)
	if len(e.Fields) == 0 {
		faults.Add("fields", "请至少填写一个熟悉的领域")
	}
	return e, faults.Err()
}

// distinct are the words, each once.
func distinct(faults *errs.Fields, field string, words []string) []string {
	list := []string{}
	for _, word := range words {
		word = documents.Line(word)
		if word == "" || slices.Contains(list, word) {
			continue
		}
		if utf8.RuneCountInString(word) > maxTag {
			faults.Add(field, "“%s”超过 %d 个字", word, maxTag)
		}
		list = append(list, word)
	}
	if len(list) > maxTags {
		faults.Add(field, "最多 %d 个", maxTags)
	}
	return list
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "expert", ID: id} }
