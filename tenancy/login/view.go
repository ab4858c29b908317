package login

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

type personView struct {
	ID    uuid.UUID `json:"id"`
	Name  string    `json:"name"`
	Login string    `json:"login"`
}

// placeView is a tenant one may enter; Title is what the person is there.
type placeView struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	ShortName string `json:"short_name"`
	Kind      string `json:"kind" enum:"operator,cppcc,party,federation,group,front,office,department"`
	Level     string `json:"level" enum:"county,city,province,national"`
	Title     string `json:"title"`
}

type accountView struct {
	Person  personView  `json:"person"`
	Tenants []placeView `json:"tenants"`
}

type membershipView struct {
	ID    uuid.UUID  `json:"id"`
	Name  string     `json:"name"`
	Title string     `json:"title"`
	Post  string     `json:"post"`
	Unit  *uuid.UUID `json:"unit_id,omitempty"`
	Class string     `json:"class" enum:"business,system,security,audit"`
}

type tenantView struct {
	Code      string       `json:"code"`
	Name      string       `json:"name"`
	ShortName string       `json:"short_name"`
	Kind      string       `json:"kind" enum:"operator,cppcc,party,federation,group,front,office,department"`
	Party     string       `json:"party"`
	Level     string       `json:"level" enum:"county,city,province,national"`
	Journal   string       `json:"journal"`
	Settings  settingsView `json:"settings"`
}

// settingsView is how a tenant wants the console to speak and measure.
type settingsView struct {
	Terms map[string]string `json:"terms" doc:"称谓，如 member：委员、成员、会员"`
	TextRules
}

// TextRules is what the unit asks of the texts its people hand in.
type TextRules struct {
	DraftLimit   int      `json:"draft_limit" doc:"来稿字数上限"`
	IssuedLimit  int      `json:"issued_limit" doc:"编发字数上限"`
	TitleLimit   int      `json:"title_limit" doc:"标题字数上限"`
	TitleGood    int      `json:"title_good" doc:"标题以多少字以内为宜"`
	Required     []string `json:"required" enum:"cause,advice,evidence" doc:"除标题和问题外必须写明的部分"`
	SecrecyCheck bool     `json:"secrecy_check" doc:"提交时须确认不涉密"`
}

type roleView struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

type meView struct {
	Person      personView        `json:"person"`
	Membership  membershipView    `json:"membership"`
	Tenant      tenantView        `json:"tenant"`
	Roles       []roleView        `json:"roles"`
	Permissions map[string]string `json:"permissions" doc:"权限及其范围：own、unit、tenant"`
	Tenants     []placeView       `json:"tenants" doc:"可以切换到的其他单位"`
	Unread      int               `json:"unread"`
}

func (s *Service) viewAccount(ctx context.Context, person uuid.UUID, name, login string) (accountView, error) {
	places, err := s.viewPlaces(ctx, person, 0)
	return accountView{Person: personView{ID: person, Name: name, Login: login}, Tenants: places}, err
}

// viewPlaces lists the tenants where the person is an active member, but for one.
func (s *Service) viewPlaces(ctx context.Context, person uuid.UUID, except int32) ([]placeView, error) {
	places, err := s.placesOf(ctx, person)
	if err != nil {
		return nil, err
	}
	views := []placeView{}
	for _, place := range places {
		if place.Tenant == except {
			continue
		}
		tenant, err := s.dir.ByID(ctx, place.Tenant)
		if err != nil {
			return nil, err
		}
		p := &tenancy.Principal{Tenant: tenant, Person: person, Membership: place.Membership}
		active, err := s.stand(ctx, p)
		if err != nil {
			return nil, err
		}
		if active {
			views = append(views, placeView{tenant.Code, tenant.Name, tenant.ShortName, tenant.Kind, tenant.Level, p.Title})
		}
	}
	return views, nil
}

// viewMe is what the console needs to know of the caller.
func (s *Service) viewMe(ctx context.Context) (me meView, err error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return me, err
	}
	p := q.Principal()
	me.Person = personView{ID: p.Person, Name: p.Name, Login: p.Login}
	me.Membership = membershipView{ID: p.Membership, Name: p.Name, Title: p.Title, Post: p.Post, Class: p.Class}
	if p.Unit != uuid.Nil {
		me.Membership.Unit = &p.Unit
	}
	t := p.Tenant
	me.Tenant = tenantView{Code: t.Code, Name: t.Name, ShortName: t.ShortName, Kind: t.Kind, Party: t.Party, Level: t.Level, Journal: t.Journal}
	if me.Tenant.Settings, err = s.viewSettings(ctx, q); err != nil {
		return me, err
	}
	if me.Roles, err = roleNames(ctx, q, p.Roles); err != nil {
		return me, err
	}
	me.Permissions = permissions(p)
	if me.Tenants, err = s.viewPlaces(ctx, p.Person, t.ID); err != nil {
		return me, err
	}
	if s.Unread != nil && authz.May(p, authz.NoticeRead) {
		me.Unread, err = s.Unread(ctx)
	}
	return me, err
}

func permissions(p *tenancy.Principal) map[string]string {
	held := map[string]string{}
	for _, d := range authz.Permissions {
		if scope := p.Scope(string(d.Permission)); scope != tenancy.ScopeNone {
			held[string(d.Permission)] = authz.ScopeName(scope)
		}
	}
	return held
}

// viewSettings is what the console needs to know of how the tenant speaks and measures.
func (s *Service) viewSettings(ctx context.Context, q tenancy.Querier) (settingsView, error) {
	terms, err := settings.TermsOf.Get(ctx, q)
	view := settingsView{Terms: map[string]string{"member": terms.Member}, TextRules: TextRules{Required: []string{}}}
	if err != nil || s.Texts == nil {
		return view, err
	}
	view.TextRules, err = s.Texts(ctx, q)
	return view, err
}
