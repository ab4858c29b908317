package reports

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"time"
	"unicode/utf8"

	"shangda/internal/errs"
	"shangda/services/documents"
)

// Provenance is where a report comes from, in three fields that do not depend on each other: how it was found (征、约、找、挖),
// by which way it came in, and what kind of source it grew from. Note keeps the origin of a text that was pasted in.
type Provenance struct {
	Mode       string
	Channel    string
	SourceKind string
	Note       Note
}

// Note is where a pasted text stood: the group or the site, its address, the day it was written (2026-11-03).
type Note struct {
	NoteFrom    string
	NoteAddress string
	NoteOn      string
}

// The modes of intake: 征集, 约稿, 主动找, 深挖.
const (
	ModeCall       = "call"
	ModeCommission = "commission"
	ModeFound      = "found"
	ModeDug        = "dug"
)

const (
	maxNoteFrom    = 100
	maxNoteAddress = 300
)

var (
	modes    = []string{ModeCall, ModeCommission, ModeFound, ModeDug}
	channels = []string{"web", "phone", "mail", "wechat", "proxy"}
	// written is the kinds of source a writer chooses from; others are set where a report grows out of something.
	written = []string{"", "member", "speech", "proposal", "unfiled_proposal", "department", "survey", "consultation", "visit", "studio", "station",
		"citizen", "citizen_message"}
)

func (r *Report) provenance() Provenance {
	return Provenance{Mode: r.Mode, Channel: r.Channel, SourceKind: r.SourceKind, Note: r.Note}
}

// check cleans the note and names its faults; the codes are checked where they change.
func (p Provenance) check(faults *errs.Fields) Provenance {
	n := &p.Note
	n.NoteFrom, n.NoteAddress = plain(n.NoteFrom), plain(n.NoteAddress)
	for _, part := range []struct {
		name, text string
		most       int
	}{{"note_from", n.NoteFrom, maxNoteFrom}, {"note_address", n.NoteAddress, maxNoteAddress}} {
		if utf8.RuneCountInString(part.text) > part.most {
			faults.Add(part.name, "最多 %d 个字", part.most)
		}
		if documents.Marked(part.text) {
			faults.Add(part.name, "%s", documents.PaperOnlyText)
		}
	}
	if u, err := url.Parse(n.NoteAddress); n.NoteAddress != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		faults.Add("note_address", "网址应以 http:// 或 https:// 开头")
	}
	if on, err := time.ParseInLocation(time.DateOnly, n.NoteOn, shanghai); n.NoteOn != "" && (err != nil || on.Year() < 1949) {
		faults.Add("note_on", "日期应写作 2026-11-03")
	}
	return p
}

// changed names the codes that a writer cannot choose; what stood there before may stay.
func (p Provenance) changed(before Provenance, faults *errs.Fields) {
	for _, part := range []struct {
		field, now, then, message string
		known                     []string
	}{
		{"mode", p.Mode, before.Mode, "来稿方式只能是征集、约稿、主动找或深挖", modes},
		{"channel", p.Channel, before.Channel, "没有这种来稿渠道", channels},
		{"source_kind", p.SourceKind, before.SourceKind, "没有这种来源", written},
	} {
		if part.now != part.then && !slices.Contains(part.known, part.now) {
			faults.Add(part.field, "%s", part.message)
		}
	}
}

// begun is the provenance of a new report: found, unless said otherwise, and on the web unless recorded for another.
func (p Provenance) begun(recorded bool) Provenance {
	channel := "web"
	if recorded {
		channel = "proxy"
	}
	p.Mode, p.Channel = cmp.Or(p.Mode, ModeFound), cmp.Or(p.Channel, channel)
	return p
}

// faultsIn takes a refusal apart again, so that more faults can be named with it.
func faultsIn(err error) (errs.Fields, error) {
	var e *errs.Error
	if errors.As(err, &e) && e.Kind == errs.Invalid {
		return e.Fields, nil
	}
	return nil, err
}
