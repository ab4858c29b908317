package points

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// How long a form may be open: who is faster is no person, who is slower asks for it anew.
const (
	quickest = 2 * time.Second
	slowest  = 24 * time.Hour
)

// Form is what a visitor sees of a point: no more than what hangs on the wall.
type Form struct {
	Unit     string `json:"unit"`
	Kind     string `json:"kind" enum:"studio,station,negotiation"`
	Name     string `json:"name"`
	Place    string `json:"place,omitempty"`
	Intro    string `json:"intro,omitempty"`
	Fields   Fields `json:"fields"`
	Member   string `json:"member,omitempty" doc:"已登录的本单位成员"`
	OpenedAt int64  `json:"opened_at" doc:"提交时原样带回"`
}

// Filled is a form as it was filled in. Website is a trap: no person sees it.
type Filled struct {
	Form     uuid.UUID `json:"form" doc:"打开表单时生成的编号；重复提交只算一次"`
	OpenedAt int64     `json:"opened_at"`
	Body     string    `json:"body"`
	Name     string    `json:"name,omitempty"`
	Phone    string    `json:"phone,omitempty"`
	Place    string    `json:"place,omitempty"`
	Website  string    `json:"website,omitempty"`
}

// door enters the unit as the visitor whom nobody knows. A unit that is not there, or closed, is as good as no point.
func (s *Service) door(ctx context.Context, unit, address string) (context.Context, *tenancy.Principal, tenancy.Tenant, error) {
	tenant, err := s.dir.ByCode(ctx, unit)
	if err == nil && tenant.State != "active" {
		err = errs.Missing()
	}
	if err != nil {
		return nil, nil, tenant, err
	}
	member := tenancy.From(ctx)
	if member != nil && (member.Tenant.ID != tenant.ID || member.Class != string(authz.Business)) {
		member = nil
	}
	return tenancy.System(ctx, tenant, "visitor", "来自 "+address, authz.Actors()), member, tenant, nil
}

// Open is the form behind a code.
func (s *Service) Open(ctx context.Context, unit, code, address string) (Form, error) {
	if err := s.allow(ctx, "look", address, looks); err != nil {
		return Form{}, err
	}
	ctx, member, tenant, err := s.door(ctx, unit, address)
	if err != nil {
		return Form{}, err
	}
	q, err := s.db.Read(ctx)
	if err != nil {
		return Form{}, err
	}
	if err := authz.Holds(q.Principal(), authz.PointReceive); err != nil {
		return Form{}, err
	}
	p, err := behind(ctx, q, code)
	if err != nil {
		return Form{}, err
	}
	f := Form{Unit: tenant.Name, Kind: p.Kind, Name: p.Name, Place: p.Place, Intro: p.Intro, Fields: p.Fields, OpenedAt: q.Now().UnixMilli()}
	if member != nil {
		f.Member = member.Name
	}
	return f, nil
}

// Leave takes in what a visitor wrote and gives the receipt. A form sent twice gets the first receipt. What fell into the
// trap gets one too, and is forgotten.
func (s *Service) Leave(ctx context.Context, unit, code, address string, f Filled) (string, error) {
	now := s.db.Clock.Now()
	if err := s.allow(ctx, "leave", address, leaves); err != nil {
		return "", err
	}
	ctx, member, _, err := s.door(ctx, unit, address)
	if err != nil {
		return "", err
	}
	var number string
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.PointReceive); err != nil {
			return err
		}
		p, err := behind(ctx, tx, code)
		if err != nil {
			return err
		}
		if err := f.check(p.Fields, member != nil, now); err != nil {
			return err
		}
		if f.Website != "" {
			number = receipt(now)
			return nil
		}
		number, err = s.take(ctx, tx, p, f, member, now)
		return err
	})
	return number, err
}

func (s *Service) take(ctx context.Context, tx *tenancy.Tx, p Point, f Filled, member *tenancy.Principal, now time.Time) (string, error) {
	l := Left{Form: f.Form, Point: p, Title: headline(f.Body), Body: f.Body, Name: f.Name, Phone: f.Phone, Place: f.Place, Receipt: receipt(now)}
	if member != nil {
		l.Member, l.Name = &member.Membership, ""
	}
	clue, number, err := s.Clues.Leave(ctx, tx, l)
	if err != nil || number != l.Receipt { // sent before
		return number, err
	}
	tx.Record(tenancy.Event{Kind: "point.received", Subject: subject(p.ID), Detail: map[string]any{"clue": clue}})
	n := notices.Notice{Kind: "point.received", Text: fmt.Sprintf("“%s”收到一条线索：%s", p.Name, l.Title), Subject: subject(p.ID)}
	return number, s.notices.Tell(ctx, tx, []uuid.UUID{p.KeeperID}, n)
}

// headline is the beginning of a text, as a title.
func headline(body string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(body), "\n")
	if r := []rune(first); len(r) > 40 {
		return string(r[:40]) + "……"
	}
	return first
}

var telephone = regexp.MustCompile(`^\+?[0-9][0-9 -]{5,18}[0-9]$`)

func (f *Filled) check(ask Fields, member bool, now time.Time) error {
	var faults errs.Fields
	documents.CheckWritten(&faults, documents.Written{Field: "body", Name: "反映的内容", Text: &f.Body, Least: 5, Most: maxText, Lines: true})
	asked := func(field, name, how string, text *string, most int) {
		least := 0
		if how == Required && (!member || field != "name") {
			least = 1
		}
		if how == Off {
			*text = ""
		}
		documents.CheckWritten(&faults, documents.Written{Field: field, Name: name, Text: text, Least: least, Most: most})
	}
	asked("name", "姓名", ask.Name, &f.Name, maxName)
	asked("phone", "联系电话", ask.Phone, &f.Phone, 20)
	asked("place", "地点", ask.Place, &f.Place, 50)
	if f.Phone != "" && !telephone.MatchString(f.Phone) {
		faults.Add("phone", "联系电话只能是数字")
	}
	if f.Phone != "" && f.Name == "" && !member {
		f.Name = "未署名"
	}
	if f.Form == uuid.Nil {
		faults.Add("form", "页面已失效，请刷新后重新填写")
	}
	if open := now.Sub(time.UnixMilli(f.OpenedAt)); open < quickest || open > slowest {
		faults.Add("opened_at", "填写得太快或页面打开太久，请稍等片刻再提交，或刷新页面")
	}
	return faults.Err()
}
