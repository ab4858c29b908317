// Package clues keeps the raw material of a unit: a visit note, a speech, a citizen's message. A clue is claimed, talked
// over, put in order, and becomes a report, alone or with others; or it is kept in reserve, or dropped with a reason. Where
// it came from and whose word it is are kept, so that bringing it in twice is once.
package clues

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// The states of a clue.
const (
	StateNew      = "new"
	StateReserved = "reserved"
	StateUsed     = "used"
	StateDropped  = "dropped"
)

// The stages of a clue: as it came, or worked up into material.
const (
	StageClue     = "clue"
	StageMaterial = "material"
)

// CitizenMessage is the source of messages that citizens wrote to the leaders of a city.
const CitizenMessage = "citizen_message"

// Sources are the kinds of source that a clue can have (domain.md section 6).
var Sources = []string{"speech", "plenary_speech", "proposal", "unfiled_proposal", "department", "survey", "inspection", "consultation",
	"visit", "activity", "studio", "station", "negotiation", "citizen", CitizenMessage}

// One citizen's message is one matter and gives one report; of the other kinds a source may give several.
func single(source string) bool { return source == "citizen" || source == CitizenMessage }

// channels are the ways by which a clue can come in.
var channels = []string{"web", "phone", "mail", "wechat", "proxy", "import", "point", "visit"}

// Limits of a clue's text in characters. A citizen's message is kept whole, however long a report may be.
const (
	MaxTitle  = 100
	MaxBody   = 10_000
	MaxRef    = 100
	MaxPlace  = 50
	MaxReason = 200

	maxCategory = 50
	maxOccasion = 100
	maxName     = 60
	maxURL      = 500
	maxContact  = 40
	maxTalk     = 1_000
	maxAngle    = 500
	// draftText is how much of its clues fits into the draft of a report; the clues keep the rest.
	draftText = 2_900
	// mostMerged is how many clues may become one report.
	mostMerged = 20
)

// Origin is where a text that was pasted in came from.
type Origin struct {
	Kind string `json:"kind" enum:"chat,web,paper,call" doc:"聊天群、网页、报刊文件、电话"`
	Name string `json:"name,omitempty" doc:"群名、网站或报刊名"`
	URL  string `json:"url,omitempty"`
	On   string `json:"on,omitempty" format:"date" doc:"日期，如 2026-11-25"`
}

// Voice is whose word a clue is where somebody else entered it: a member, or a person from outside by name.
type Voice struct {
	MemberID *uuid.UUID `json:"member_id,omitempty"`
	Name     string     `json:"name,omitempty"`
	Title    string     `json:"title,omitempty"`
	Contact  string     `json:"contact,omitempty" doc:"联系方式；列表中只显示首尾"`
}

// NewClue is a clue as it is entered. SourceRef, where it is given, is unique within its kind of source.
type NewClue struct {
	Title      string     `json:"title"`
	Body       string     `json:"body"`
	SourceKind string     `json:"source_kind"`
	SourceRef  string     `json:"origin_ref,omitempty"`
	Place      string     `json:"place,omitempty"`
	Category   string     `json:"category,omitempty"`
	ReceivedAt time.Time  `json:"received_at,omitzero" required:"false"`
	Stage      string     `json:"stage,omitempty" enum:"clue,material"`
	Channel    string     `json:"channel,omitempty" enum:"web,phone,mail,wechat,proxy,import,point,visit"`
	Occasion   string     `json:"occasion,omitempty" doc:"在哪次会议、哪次调研上"`
	Origin     *Origin    `json:"origin,omitempty"`
	OnBehalf   *Voice     `json:"on_behalf,omitempty"`
	ActivityID *uuid.UUID `json:"activity_id,omitempty"`
	PointID    *uuid.UUID `json:"point_id,omitempty"`
	VisitID    *uuid.UUID `json:"visit_id,omitempty"`

	receipt string
	by      *uuid.UUID
}

// Party is a member as a clue names one.
type Party struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// Linked is a report that grew from a clue.
type Linked struct {
	ID    uuid.UUID `json:"id"`
	Title string    `json:"title"`
	State string    `json:"state" enum:"draft,submitted,taken_up,editing,returned,kept,declined,merged,reviewing,signed,recalled"`
}

// Clue is a lead of this tenant. In lists Body is an excerpt, contacts are masked, and the reports are left out.
type Clue struct {
	ID           uuid.UUID  `json:"id"`
	Title        string     `json:"title"`
	Body         string     `json:"body"`
	SourceKind   string     `json:"source_kind"`
	SourceRef    string     `json:"origin_ref,omitempty"`
	Place        string     `json:"place,omitempty"`
	Category     string     `json:"category,omitempty"`
	Stage        string     `json:"stage" enum:"clue,material"`
	State        string     `json:"state" enum:"new,reserved,used,dropped"`
	Reason       string     `json:"reason,omitempty"`
	ReportID     *uuid.UUID `json:"report_id,omitempty" doc:"最近一篇由它形成的信息"`
	Reports      []Linked   `json:"reports,omitempty" doc:"由它形成、自己可以阅读的信息"`
	ReceivedAt   time.Time  `json:"received_at"`
	Channel      string     `json:"channel,omitempty"`
	Occasion     string     `json:"occasion,omitempty"`
	Origin       *Origin    `json:"origin,omitempty"`
	OnBehalf     *Voice     `json:"on_behalf,omitempty"`
	Received     *Text      `json:"received,omitempty" doc:"整理前的原文"`
	EnteredBy    *Party     `json:"entered_by,omitempty"`
	ClaimedBy    *Party     `json:"claimed_by,omitempty"`
	Topic        string     `json:"topic,omitempty"`
	Angle        string     `json:"angle,omitempty"`
	Writer       *Party     `json:"writer,omitempty"`
	ReserveUntil string     `json:"reserve_until,omitempty"`
	Receipt      string     `json:"receipt,omitempty"`
	ActivityID   *uuid.UUID `json:"activity_id,omitempty"`
	PointID      *uuid.UUID `json:"point_id,omitempty"`
	VisitID      *uuid.UUID `json:"visit_id,omitempty"`
	Version      int        `json:"version"`
	Can          []string   `json:"can" enum:"claim,release,edit,discuss,decide,convert,reserve,restore,drop"`
}

// Text is a clue's title and body.
type Text struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

// NewDraft is the beginning of a report that one or several clues become. SourceID is the first of them.
type NewDraft struct {
	Title      string
	Problem    string
	Category   string
	SourceKind string
	SourceID   uuid.UUID
}

// Drafts makes the draft of a report in the caller's name, and knows those that the caller may read; services/reports
// fulfils it.
type Drafts interface {
	Draft(ctx context.Context, tx *tenancy.Tx, d NewDraft) (uuid.UUID, error)
	Linked(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]Linked, error)
	MayRead(ctx context.Context, q tenancy.Querier, report uuid.UUID) error
}

// object is a clue to authz: the unit's, and also the own of whoever entered it or whose word it is, who
// claimed it, and who is to write of it.
func (c *Clue) object(p *tenancy.Principal) authz.Object {
	o := authz.Object{Read: authz.ClueRead}
	for _, who := range []*Party{c.EnteredBy, c.ClaimedBy, c.Writer} {
		if who != nil && who.ID == p.Membership {
			o.Owner = p.Membership
		}
	}
	if v := c.OnBehalf; v != nil && v.MemberID != nil && *v.MemberID == p.Membership {
		o.Owner = p.Membership
	}
	return o
}

// fresh is a clue that the caller is about to enter: his own.
func fresh(p *tenancy.Principal) authz.Object {
	return authz.Object{Read: authz.ClueRead, Owner: p.Membership}
}

func (c *Clue) claimedByOther(p *tenancy.Principal) bool {
	return c.ClaimedBy != nil && c.ClaimedBy.ID != p.Membership
}

func (c *Clue) waits() bool { return c.State == StateNew || c.State == StateReserved }

// can names what the caller may do with the clue now.
func (c *Clue) can(p *tenancy.Principal) []string {
	o, may := c.object(p), []string{}
	write, decide := authz.Allows(p, authz.ClueWrite, o), authz.Allows(p, authz.ClueDecide, o)
	free := write && (!c.claimedByOther(p) || decide)
	add := func(ok bool, what string) {
		if ok {
			may = append(may, what)
		}
	}
	add(write && c.waits() && c.ClaimedBy == nil, "claim")
	add(c.ClaimedBy != nil && c.waits() && (write && !c.claimedByOther(p) || decide), "release")
	add(free && c.State != StateDropped, "edit")
	add(authz.Allows(p, authz.ClueDiscuss, o), "discuss")
	add(decide && c.waits(), "decide")
	add(free && c.refuseConvert(p) == nil, "convert")
	add(free && c.State == StateNew, "reserve")
	add(free && (c.State == StateReserved || c.State == StateDropped), "restore")
	add(free && c.waits(), "drop")
	return may
}

// refuseConvert says why the caller cannot make a report of the clue now, nil where he can.
func (c *Clue) refuseConvert(p *tenancy.Principal) error {
	switch {
	case c.State == StateDropped:
		return errs.New(errs.Conflict, "这条线索已经放弃")
	case c.State == StateUsed && single(c.SourceKind):
		return errs.New(errs.Conflict, "这条线索已经转为信息")
	case c.Writer != nil && c.Writer.ID != p.Membership:
		return errs.New(errs.Conflict, "这条线索已定由%s撰写，请由其转为信息，或重新定题", c.Writer.Name)
	}
	return nil
}

// problem is the text of clues as the beginning of a report. Of several each has its fair part, under its title.
func problem(all []Clue) string {
	if len(all) == 1 {
		return cut(all[0].Body, draftText)
	}
	var parts []string
	each := draftText/len(all) - MaxPlace
	for _, c := range all {
		parts = append(parts, cut("【"+c.Title+"】\n"+c.Body, each))
	}
	return strings.Join(parts, "\n\n")
}

func cut(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "……（原文较长，全文见来源线索）"
}

// common is what all have in common, or other.
func common(all []Clue, of func(Clue) string, other string) string {
	first := of(all[0])
	if slices.ContainsFunc(all, func(c Clue) bool { return of(c) != first }) {
		return other
	}
	return first
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
