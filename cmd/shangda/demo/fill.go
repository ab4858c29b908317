// Package demo fills a demonstration country and plays a year of its life. It acts only through the use cases, as named
// persons, with a clock it sets and the real courier; what it makes could have been clicked.
package demo

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"shangda/authz"
	"shangda/cmd/shangda/demo/story"
	"shangda/cmd/shangda/program"
	"shangda/internal/clock"
	"shangda/tenancy/login"
	"shangda/tenancy/members"
	"shangda/tenancy/organisations"
)

// country is the demonstration country while it is being filled.
type country struct {
	*program.Program
	clock *clock.Manual
	post  *post
	hash  string
	out   io.Writer
	cast  map[string][]place
	ctxs  map[[2]string]context.Context
	ends  []func()
}

// place is a person in a tenant.
type place struct {
	login string
	name  string
	story.Membership
}

// Fill makes the country in an empty database and plays the twelve months before today. Everyone gets the password.
func Fill(ctx context.Context, stack program.Stack, password string, out io.Writer) error {
	today := time.Now()
	clk := clock.At(firstDay(today))
	p, err := program.New(ctx, stack, clk)
	if err != nil {
		return err
	}
	defer p.Close(context.WithoutCancel(ctx))
	hash, err := login.HashPassword(password)
	if err != nil {
		return err
	}
	p.Members = members.New(p.DB, func(string) (string, error) { return hash, nil })
	post := watch(p)
	if err := p.Start(); err != nil {
		return err
	}
	c := &country{Program: p, clock: clk, post: post, hash: hash, out: out, cast: map[string][]place{}, ctxs: map[[2]string]context.Context{}}
	defer c.leave()
	if err := c.found(ctx); err != nil {
		return err
	}
	return c.play(ctx, today)
}

// firstDay is the first working morning of the month twelve months ago.
func firstDay(today time.Time) time.Time {
	t := today.In(shanghai)
	return time.Date(t.Year()-1, t.Month(), 1, 9, 0, 0, 0, shanghai)
}

// found opens the tenants, the lines between them, their people, their roles and their chains.
func (c *country) found(ctx context.Context) error {
	fmt.Fprintln(c.out, "正在建立演示单位、人员和报送关系……")
	if err := c.openOperator(ctx); err != nil {
		return err
	}
	operator, err := c.as(ctx, operatorLogin, operatorTenant)
	if err != nil {
		return err
	}
	for _, o := range story.Organisations() {
		if o.Kind == story.KindOperator {
			continue
		}
		if err := c.Organisations.OpenTenant(operator, c.newTenant(o)); err != nil {
			return fmt.Errorf("open %s: %w", o.Code, err)
		}
	}
	month := c.clock.Now().Format("2006-01")
	for _, l := range story.Lines() {
		if _, err := c.Organisations.OpenLine(operator, organisations.NewLine{Lower: l.Lower, Upper: l.Upper, Figures: &l.Figures, From: month}); err != nil {
			return fmt.Errorf("line %s → %s: %w", l.Lower, l.Upper, err)
		}
	}
	for _, person := range story.People() {
		for _, m := range person.Memberships {
			if err := c.join(ctx, person, m); err != nil {
				return fmt.Errorf("%s in %s: %w", person.Login, m.Tenant, err)
			}
		}
	}
	if err := c.setUpQuality(ctx); err != nil {
		return err
	}
	if err := c.setUpCommittees(ctx); err != nil {
		return err
	}
	if err := c.setUpChains(ctx); err != nil {
		return err
	}
	for _, set := range []func(context.Context) error{c.setUpJournals, c.inCharge, c.offices} {
		if err := set(ctx); err != nil {
			return err
		}
	}
	return nil
}

// The operator's tenant is there from the first migration; its first person enters as any founder does.
const (
	operatorTenant = "platform"
	operatorLogin  = "luoyiming"
)

func (c *country) openOperator(ctx context.Context) error {
	tenant, err := c.Directory.ByCode(ctx, operatorTenant)
	if err != nil {
		return err
	}
	for _, person := range story.People() {
		if person.Login == operatorLogin {
			return c.Organisations.Found(ctx, tenant, []organisations.NewAdministrator{
				{Class: string(authz.System), Role: story.RoleOperator, Name: person.Name, Login: person.Login, PasswordHash: c.hash},
			})
		}
	}
	return fmt.Errorf("no person %s in the story", operatorLogin)
}

// The three who keep a tenant that has no administrators of its own: the same three for all of them.
var keepers = []story.Person{
	{Login: "keeper.system", Name: "高远航"}, {Login: "keeper.security", Name: "严守正"}, {Login: "keeper.audit", Name: "单明察"},
}

func (c *country) newTenant(o story.Organisation) organisations.NewTenant {
	level := o.Level
	return organisations.NewTenant{
		Code: o.Code, Name: o.Name, ShortName: o.ShortName, Kind: o.Kind, Party: o.Party, Level: level, Division: o.Division,
		Class: o.Class, Journal: o.Journal, Administrators: c.administrators(o.Code),
	}
}

func (c *country) administrators(tenant string) []organisations.NewAdministrator {
	own := func(role string) story.Person {
		for _, p := range story.People() {
			for _, m := range p.Memberships {
				if m.Tenant == tenant && slices.Contains(m.Roles, role) {
					return p
				}
			}
		}
		return story.Person{}
	}
	var all []organisations.NewAdministrator
	for i, role := range []string{story.RoleSystemAdmin, story.RoleSecurityAdmin, story.RoleAuditAdmin} {
		person := own(role)
		if person.Login == "" {
			person = keepers[i]
		}
		class := []authz.Class{authz.System, authz.Security, authz.Audit}[i]
		all = append(all, organisations.NewAdministrator{Class: string(class), Name: person.Name, Login: person.Login, PasswordHash: c.hash})
		c.cast[tenant] = append(c.cast[tenant], place{login: person.Login, name: person.Name, Membership: story.Membership{Tenant: tenant, Roles: []string{role}}})
	}
	return all
}

// join registers a person as the tenant's system administrator would, and has the security administrator give the roles.
func (c *country) join(ctx context.Context, person story.Person, m story.Membership) error {
	tenant, err := c.Directory.ByCode(ctx, m.Tenant)
	if err != nil {
		return err
	}
	rolesOf := shipped(tenant.Kind, m.Roles)
	if tenant.Code == operatorTenant || len(rolesOf) == 0 || c.known(person.Login, m.Tenant) {
		return nil
	}
	system, err := c.holder(ctx, m.Tenant, story.RoleSystemAdmin)
	if err != nil {
		return err
	}
	id, err := c.Members.Create(system, members.NewMember{
		Name: person.Name, Login: person.Login, Password: "set by the demonstration", Title: m.Title, Post: m.Post,
		Class: string(authz.Business), Sector: m.Sector, Party: m.Party, Contributor: m.Class,
	})
	if err != nil {
		return err
	}
	security, err := c.holder(ctx, m.Tenant, story.RoleSecurityAdmin)
	if err != nil {
		return err
	}
	if err := c.Roles.Assign(security, id, rolesOf); err != nil {
		return err
	}
	m.Roles = rolesOf
	c.cast[m.Tenant] = append(c.cast[m.Tenant], place{login: person.Login, name: person.Name, Membership: m})
	return nil
}

// shipped leaves the roles that tenants of this kind have.
func shipped(kind string, codes []string) []string {
	var held []string
	for _, r := range authz.ShippedRoles(kind) {
		if slices.Contains(codes, r.Code) {
			held = append(held, r.Code)
		}
	}
	return held
}

func (c *country) known(login, tenant string) bool {
	return slices.ContainsFunc(c.cast[tenant], func(p place) bool { return p.login == login })
}

// as is the context of a person in a tenant; the session lasts as long as the filling.
func (c *country) as(ctx context.Context, login, tenant string) (context.Context, error) {
	key := [2]string{login, tenant}
	if known, ok := c.ctxs[key]; ok {
		return known, nil
	}
	entered, end, err := c.Login.As(ctx, login, tenant)
	if err != nil {
		return nil, fmt.Errorf("%s in %s: %w", login, tenant, err)
	}
	c.ctxs[key] = entered
	c.ends = append(c.ends, end)
	return entered, nil
}

func (c *country) leave() {
	for _, end := range c.ends {
		end()
	}
}

// holder is the context of the first person in the tenant with that role or post.
func (c *country) holder(ctx context.Context, tenant, roleOrPost string) (context.Context, error) {
	for _, p := range c.cast[tenant] {
		if slices.Contains(p.Roles, roleOrPost) || p.Post == roleOrPost {
			return c.as(ctx, p.login, tenant)
		}
	}
	return nil, fmt.Errorf("nobody in %s is %s", tenant, roleOrPost)
}

func (c *country) has(tenant, roleOrPost string) bool {
	return slices.ContainsFunc(c.cast[tenant], func(p place) bool { return slices.Contains(p.Roles, roleOrPost) || p.Post == roleOrPost })
}
