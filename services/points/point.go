// Package points keeps the places where clues come in: members' studios (委员工作室), stations (民情驿站), grass-roots
// consultations (有事来协商). Each has a person in charge, a form of its own behind a code on the wall, and its count. The form
// is the one page that anybody may fill in without a login, so it answers as little as possible and is easily tired.
package points

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Kinds are the kinds of point.
var Kinds = []string{"studio", "station", "negotiation"}

// How a field of the form is asked for.
const (
	Off      = "off"
	Optional = "optional"
	Required = "required"
)

const (
	maxName  = 60
	maxIntro = 500
	maxText  = 2_000
)

// Fields says which of its fields a form has. What is to be said is always asked for.
type Fields struct {
	Name  string `json:"name" enum:"off,optional,required" doc:"姓名"`
	Phone string `json:"phone" enum:"off,optional,required" doc:"联系电话"`
	Place string `json:"place" enum:"off,optional,required" doc:"地点"`
}

// NewPoint is a point as it is set up.
type NewPoint struct {
	Kind     string    `json:"kind" enum:"studio,station,negotiation"`
	Name     string    `json:"name"`
	Place    string    `json:"place,omitempty"`
	Intro    string    `json:"intro,omitempty" doc:"表单上的说明"`
	Fields   Fields    `json:"fields"`
	KeeperID uuid.UUID `json:"keeper_id" doc:"负责人"`
	State    string    `json:"state,omitempty" enum:"open,closed"`
}

// Point is a place where clues come in, with what came in.
type Point struct {
	ID         uuid.UUID `json:"id"`
	Code       string    `json:"code"`
	Kind       string    `json:"kind" enum:"studio,station,negotiation"`
	Name       string    `json:"name"`
	Place      string    `json:"place,omitempty"`
	Intro      string    `json:"intro,omitempty"`
	Fields     Fields    `json:"fields"`
	KeeperID   uuid.UUID `json:"keeper_id"`
	KeeperName string    `json:"keeper_name"`
	State      string    `json:"state" enum:"open,closed"`
	Version    int       `json:"version"`
	Clues      int       `json:"clues" db:"-" doc:"收到的线索数"`
	Reports    int       `json:"reports" db:"-" doc:"形成的信息篇数"`
}

// Yield is how much came in at a point.
type Yield struct{ Clues, Reports int }

// Item is a clue that came in at a point, as its keeper sees it: names and telephone numbers of visitors are masked.
type Item struct {
	ID         uuid.UUID `json:"id"`
	Title      string    `json:"title"`
	Body       string    `json:"body"`
	State      string    `json:"state" enum:"new,reserved,used,dropped"`
	From       string    `json:"from,omitempty"`
	Contact    string    `json:"contact,omitempty"`
	Receipt    string    `json:"receipt,omitempty"`
	ReceivedAt time.Time `json:"received_at"`
}

// Left is what a visitor left. Member is who was logged in, nil for nobody.
type Left struct {
	Form    uuid.UUID
	Point   Point
	Title   string
	Body    string
	Name    string
	Phone   string
	Place   string
	Member  *uuid.UUID
	Receipt string
}

// Clues takes in what visitors leave and counts it; services/clues fulfils it.
type Clues interface {
	// Leave gives the receipt; of a form sent twice the first one.
	Leave(ctx context.Context, tx *tenancy.Tx, l Left) (clue uuid.UUID, receipt string, err error)
	Yields(ctx context.Context, q tenancy.Querier, points []uuid.UUID) (map[uuid.UUID]Yield, error)
	AtPoint(ctx context.Context, q tenancy.Querier, point uuid.UUID, after string, limit int) ([]Item, string, error)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
}

// object is a point to authz: the unit's, and the own of the person in charge.
func (p *Point) object() authz.Object {
	return authz.Object{Read: authz.PointRead, Owner: p.KeeperID}
}

func (n *NewPoint) check() error {
	var faults errs.Fields
	documents.CheckWritten(&faults,
		documents.Written{Field: "name", Name: "名称", Text: &n.Name, Least: 1, Most: maxName},
		documents.Written{Field: "place", Name: "地址", Text: &n.Place, Most: 50},
		documents.Written{Field: "intro", Name: "说明", Text: &n.Intro, Most: maxIntro, Lines: true})
	if !slices.Contains(Kinds, n.Kind) {
		faults.Add("kind", "请选择收集点的种类")
	}
	for _, f := range []struct {
		field string
		how   *string
	}{{"fields.name", &n.Fields.Name}, {"fields.phone", &n.Fields.Phone}, {"fields.place", &n.Fields.Place}} {
		if *f.how == "" {
			*f.how = Optional
		}
		if !slices.Contains([]string{Off, Optional, Required}, *f.how) {
			faults.Add(f.field, "只能是不要、可填或必填")
		}
	}
	if n.State == "" {
		n.State = "open"
	}
	if n.State != "open" && n.State != "closed" {
		faults.Add("state", "只能是开放或停用")
	}
	return faults.Err()
}

var letters = base32.NewEncoding("abcdefghjkmnpqrstuvwxyz234567890").WithPadding(base32.NoPadding)

// random is n characters that are easily read out.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return letters.EncodeToString(b)[:n]
}

// receipt is what a visitor may refer to: the day, and what nobody can guess.
func receipt(now time.Time) string {
	return clock.Today(now).Format("060102") + "-" + strings.ToUpper(random(6))
}
