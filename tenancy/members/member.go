// Package members keeps who belongs to a tenant. A person has one login in the country and at most one membership in
// each tenant; the membership carries what he is there.
//
// Its rule: a membership is of one class for good: business, or one of the three administrators.
package members

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// NewMember is a person to be registered. Whoever has that login already joins with the name and password he has
// elsewhere; a new person needs Password. Roles are given only where the caller may give roles.
type NewMember struct {
	Name        string
	Login       string
	Password    string
	Title       string
	Post        string
	Class       string
	Sector      string
	Party       string
	Contributor string
	UnitID      uuid.UUID
	Email       string
	Roles       []string
}

// Edit is a change of a membership; what is nil stays as it is. UnitID zero takes the member out of his unit.
type Edit struct {
	Name        *string
	Title       *string
	Post        *string
	Sector      *string
	Party       *string
	Contributor *string
	UnitID      *uuid.UUID
	Email       *string
}

// Member is a membership as the tenant's people see it.
type Member struct {
	ID          uuid.UUID  `json:"id"`
	Name        string     `json:"name"`
	Login       string     `json:"login"`
	Title       string     `json:"title"`
	Post        string     `json:"post"`
	Class       string     `json:"class" enum:"business,system,security,audit"`
	Sector      string     `json:"sector"`
	Party       string     `json:"party"`
	Contributor string     `json:"contributor"`
	UnitID      *uuid.UUID `json:"unit_id,omitempty"`
	State       string     `json:"state" enum:"active,suspended,ended"`
	Email       string     `json:"email,omitempty" doc:"只有登记成员的人能看到"`
	Roles       []string   `json:"roles"`
	CreatedAt   time.Time  `json:"created_at"`
}

// Classes are the classes of memberships.
var Classes = []string{"business", "system", "security", "audit"}

var loginPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)

// The bounds of a password: long enough to resist guessing, short enough to hash.
const (
	shortestPassword = 8
	longestPassword  = 128
)

func (n *NewMember) validate() error {
	n.Login = strings.ToLower(strings.TrimSpace(n.Login))
	if n.Class == "" {
		n.Class = "business"
	}
	var faults errs.Fields
	if !loginPattern.MatchString(n.Login) {
		faults.Add("login", "登录名须为 2 至 64 个小写字母、数字或 . _ @ -")
	}
	if length := utf8.RuneCountInString(n.Password); n.Password != "" && (length < shortestPassword || length > longestPassword) {
		faults.Add("password", "密码须为 %d 至 %d 个字符", shortestPassword, longestPassword)
	}
	if !slices.Contains(Classes, n.Class) {
		faults.Add("class", "请选择成员类别")
	}
	edit := Edit{Name: &n.Name, Title: &n.Title, Post: &n.Post, Sector: &n.Sector, Party: &n.Party, Contributor: &n.Contributor, Email: &n.Email}
	edit.check(&faults)
	return faults.Err()
}

func (e *Edit) check(faults *errs.Fields) {
	for _, f := range []struct {
		field, label string
		text         *string
		least, most  int
	}{
		{"name", "姓名", e.Name, 1, 30}, {"title", "职务", e.Title, 0, 60}, {"post", "岗位", e.Post, 0, 40},
		{"sector", "界别", e.Sector, 0, 30}, {"party", "党派", e.Party, 0, 30}, {"contributor", "身份", e.Contributor, 0, 30},
	} {
		if f.text == nil {
			continue
		}
		*f.text = strings.TrimSpace(*f.text)
		switch length := utf8.RuneCountInString(*f.text); {
		case length < f.least:
			faults.Add(f.field, "请填写%s", f.label)
		case length > f.most:
			faults.Add(f.field, "%s最多 %d 个字", f.label, f.most)
		}
	}
	if e.Email != nil {
		*e.Email = strings.ToLower(strings.TrimSpace(*e.Email))
		if *e.Email != "" && (len(*e.Email) > 100 || !emailPattern.MatchString(*e.Email)) {
			faults.Add("email", "邮箱地址的格式不正确")
		}
	}
}

var emailPattern = regexp.MustCompile(`^[^\s@<>",;]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$`)

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "member", ID: id} }
