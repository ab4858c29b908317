package clues

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/services/documents"
)

// check cleans the input and names every fault of it. now bounds when a clue can have been received.
func (n NewClue) check(now time.Time) (NewClue, error) {
	var faults errs.Fields
	documents.CheckWritten(&faults,
		documents.Written{Field: "title", Name: "标题", Text: &n.Title, Least: 1, Most: MaxTitle},
		documents.Written{Field: "body", Name: "内容", Text: &n.Body, Least: 1, Most: MaxBody, Lines: true},
		documents.Written{Field: "origin_ref", Name: "来源编号", Text: &n.SourceRef, Most: MaxRef},
		documents.Written{Field: "place", Name: "地点", Text: &n.Place, Most: MaxPlace},
		documents.Written{Field: "category", Name: "分类", Text: &n.Category, Most: maxCategory},
		documents.Written{Field: "occasion", Name: "场合", Text: &n.Occasion, Most: maxOccasion},
	)
	if n.ReceivedAt.IsZero() {
		n.ReceivedAt = now
	}
	if n.Stage == "" {
		n.Stage = StageClue
	}
	if n.Channel == "" {
		n.Channel = "web"
		if n.OnBehalf != nil {
			n.Channel = "proxy"
		}
	}
	if !slices.Contains(Sources, n.SourceKind) {
		faults.Add("source_kind", "没有这种来源")
	}
	if n.Stage != StageClue && n.Stage != StageMaterial {
		faults.Add("stage", "只能是线索或素材")
	}
	if !slices.Contains(channels, n.Channel) {
		faults.Add("channel", "没有这种渠道")
	}
	if n.ReceivedAt.After(now.Add(24*time.Hour)) || n.ReceivedAt.Year() < 1949 {
		faults.Add("received_at", "收到的时间不正确")
	}
	n.Origin = n.Origin.check(&faults, now)
	n.OnBehalf = n.OnBehalf.check(&faults)
	return n, faults.Err()
}

// check is the origin cleaned, nil where nothing was said of it.
func (o *Origin) check(faults *errs.Fields, now time.Time) *Origin {
	if o == nil || *o == (Origin{}) {
		return nil
	}
	c := *o
	documents.CheckWritten(faults,
		documents.Written{Field: "origin.name", Name: "出处名称", Text: &c.Name, Most: maxOccasion},
		documents.Written{Field: "origin.url", Name: "网址", Text: &c.URL, Most: maxURL})
	if !slices.Contains([]string{"chat", "web", "paper", "call"}, c.Kind) {
		faults.Add("origin.kind", "请选择出处的种类")
	}
	if c.Name == "" && c.URL == "" {
		faults.Add("origin.name", "请填写群名、网站、报刊名或网址")
	}
	if c.URL != "" {
		if u, err := url.Parse(c.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			faults.Add("origin.url", "网址应以 http:// 或 https:// 开头")
		}
	}
	if c.On != "" {
		if on, err := time.Parse(time.DateOnly, c.On); err != nil || on.After(clock.Today(now)) || on.Year() < 1949 {
			faults.Add("origin.on", "日期不正确")
		}
	}
	return &c
}

// check is the person cleaned, nil where nobody is named.
func (v *Voice) check(faults *errs.Fields) *Voice {
	if v == nil {
		return nil
	}
	c := *v
	if c.MemberID != nil && *c.MemberID == uuid.Nil {
		c.MemberID = nil
	}
	documents.CheckWritten(faults,
		documents.Written{Field: "on_behalf.name", Name: "反映人", Text: &c.Name, Most: maxName},
		documents.Written{Field: "on_behalf.title", Name: "单位职务", Text: &c.Title, Most: maxName},
		documents.Written{Field: "on_behalf.contact", Name: "联系方式", Text: &c.Contact, Most: maxContact})
	if c.MemberID == nil && c.Name == "" {
		if c.Title == "" && c.Contact == "" {
			return nil
		}
		faults.Add("on_behalf.name", "请填写反映人姓名")
	}
	return &c
}

// mask hides the middle of a contact and of an outsider's name, for lists.
func (v *Voice) mask(visitor bool) *Voice {
	if v == nil {
		return nil
	}
	c := *v
	c.Contact = masked(c.Contact)
	if visitor && c.MemberID == nil && c.Name != "" {
		c.Name = string([]rune(c.Name)[:1]) + "**"
	}
	return &c
}

func masked(contact string) string {
	switch r := []rune(contact); {
	case len(r) == 0:
		return ""
	case len(r) < 8:
		return string(r[:1]) + "****"
	default:
		return string(r[:3]) + strings.Repeat("*", len(r)-7) + string(r[len(r)-4:])
	}
}

// Change is what may be changed of a clue while it is put in order; what is not given stays.
type Change struct {
	Title      *string    `json:"title,omitempty"`
	Body       *string    `json:"body,omitempty"`
	Category   *string    `json:"category,omitempty"`
	Place      *string    `json:"place,omitempty"`
	Occasion   *string    `json:"occasion,omitempty"`
	Stage      *string    `json:"stage,omitempty" enum:"clue,material"`
	SourceKind *string    `json:"source_kind,omitempty"`
	ActivityID *uuid.UUID `json:"activity_id,omitempty" doc:"全零表示取消关联"`
	PointID    *uuid.UUID `json:"point_id,omitempty" doc:"全零表示取消关联"`
}

// apply is the clue as it would be entered with the change.
func (ch Change) apply(c Clue) NewClue {
	n := NewClue{Title: c.Title, Body: c.Body, SourceKind: c.SourceKind, SourceRef: c.SourceRef, Place: c.Place, Category: c.Category, ReceivedAt: c.ReceivedAt,
		Stage: c.Stage, Channel: c.Channel, Occasion: c.Occasion, ActivityID: c.ActivityID, PointID: c.PointID}
	for to, from := range map[*string]*string{&n.Title: ch.Title, &n.Body: ch.Body, &n.Category: ch.Category, &n.Place: ch.Place,
		&n.Occasion: ch.Occasion, &n.Stage: ch.Stage, &n.SourceKind: ch.SourceKind} {
		if from != nil {
			*to = *from
		}
	}
	for to, from := range map[**uuid.UUID]*uuid.UUID{&n.ActivityID: ch.ActivityID, &n.PointID: ch.PointID} {
		if from != nil {
			*to = from
			if *from == uuid.Nil {
				*to = nil
			}
		}
	}
	return n
}

// Decision says what is to be written of a clue, from which angle, and by whom.
type Decision struct {
	Topic    string     `json:"topic"`
	Angle    string     `json:"angle,omitempty"`
	WriterID *uuid.UUID `json:"writer_id,omitempty"`
	Note     string     `json:"note,omitempty" doc:"讨论情况、依据"`
}

func (d Decision) check() (Decision, error) {
	var faults errs.Fields
	documents.CheckWritten(&faults,
		documents.Written{Field: "topic", Name: "选题", Text: &d.Topic, Least: 1, Most: MaxTitle},
		documents.Written{Field: "angle", Name: "角度", Text: &d.Angle, Most: maxAngle, Lines: true},
		documents.Written{Field: "note", Name: "讨论情况", Text: &d.Note, Most: maxTalk, Lines: true})
	return d, faults.Err()
}

// line checks one text of a person.
func line(field, name string, text *string, least, most int, lines bool) error {
	var faults errs.Fields
	documents.CheckWritten(&faults, documents.Written{Field: field, Name: name, Text: text, Least: least, Most: most, Lines: lines})
	return faults.Err()
}
