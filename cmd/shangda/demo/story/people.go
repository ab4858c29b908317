package story

import "slices"

// Roles a membership can hold, as named by the role templates.
const (
	RoleMember        = "member"
	RoleOfficer       = "officer"
	RoleEditor        = "editor"
	RoleReviewer      = "reviewer"
	RoleSigner        = "signer"
	RoleLeader        = "leader"
	RoleHandler       = "handler"
	RoleSystemAdmin   = "system_admin"
	RoleSecurityAdmin = "security_admin"
	RoleAuditAdmin    = "audit_admin"
	RoleOperator      = "operator"
)

// Posts an approval chain can name.
const (
	PostInformationOfficer = "information_officer"
	PostOfficeHead         = "office_head"
	PostCommitteeHead      = "committee_head"
	PostSecretaryGeneral   = "secretary_general"
	PostViceChair          = "vice_chair"
	PostChair              = "chair"
	PostPartyHead          = "party_head"
	PostDepartmentHead     = "department_head"
	PostHandler            = "handler"
	PostSystemAdmin        = "system_admin"
	PostSecurityAdmin      = "security_admin"
	PostAuditAdmin         = "audit_admin"
	PostOperator           = "operator"
)

// Person is one login with the memberships it can enter.
type Person struct {
	Login, Name string
	Memberships []Membership
}

// Membership is a person's place in one organisation.
type Membership struct {
	Tenant string
	// Title is the post outside or inside the organisation (单位职务).
	Title string
	// Post is one of the Post constants, empty for ordinary members.
	Post  string
	Roles []string
	// Sector is the 界别 of a committee member.
	Sector string
	Party  string
	// Class says what the person is to the organisation, such as 委员.
	Class string
}

// post describes a post: its Chinese name and the roles that go with it.
type post struct {
	code, name string
	roles      []string
}

var posts = []post{
	{PostInformationOfficer, "信息专员", []string{RoleEditor}},
	{PostOfficeHead, "研究室主任", []string{RoleReviewer}},
	{PostCommitteeHead, "提案委主任", []string{RoleReviewer}},
	{PostSecretaryGeneral, "秘书长", []string{RoleReviewer}},
	{PostViceChair, "分管副主席", []string{RoleSigner}},
	{PostChair, "主席", []string{RoleSigner, RoleLeader}},
	{PostPartyHead, "主委", []string{RoleSigner, RoleLeader}},
	{PostDepartmentHead, "部门负责人", []string{RoleSigner, RoleLeader}},
	{PostHandler, "办理专员", []string{RoleHandler}},
	{PostSystemAdmin, "系统管理员", []string{RoleSystemAdmin}},
	{PostSecurityAdmin, "安全管理员", []string{RoleSecurityAdmin}},
	{PostAuditAdmin, "安全审计员", []string{RoleAuditAdmin}},
	{PostOperator, "平台运营专员", []string{RoleOperator}},
}

// PostName returns the Chinese name of a post code, empty if there is none.
func PostName(code string) string {
	return postOf(code).name
}

func postOf(code string) post {
	i := slices.IndexFunc(posts, func(p post) bool { return p.code == code })
	if i < 0 {
		return post{}
	}
	return posts[i]
}

// People returns everybody, upper organisations first, each login once.
func People() []Person {
	return slices.Concat(upperPeople(), cityPeople(), countyPeople())
}

// at places people in an organisation.
func at(tenant string, people ...Person) []Person {
	for i := range people {
		people[i].Memberships[0].Tenant = tenant
	}
	return people
}

// member is a committee member who writes reports.
func member(login, name, title, sector, party string) Person {
	return Person{login, name, []Membership{{
		Title: title, Roles: []string{RoleMember}, Sector: sector, Party: party, Class: "委员",
	}}}
}

// fellow is a member of a party or a federation; class is 社员, 盟员 or 会员.
func fellow(login, name, title, class string) Person {
	party := map[string]string{"社员": jiusan, "盟员": minmeng}[class]
	return Person{login, name, []Membership{{
		Title: title, Roles: []string{RoleMember}, Party: party, Class: class,
	}}}
}

// officer is an appointed information officer outside the office.
func officer(login, name, title string) Person {
	return Person{login, name, []Membership{{
		Title: title, Roles: []string{RoleOfficer}, Class: "信息员",
	}}}
}

// staff holds a post with the roles that go with it.
func staff(login, name, code string) Person {
	return titled(login, name, code, PostName(code))
}

// titled is staff whose title is not the plain name of the post.
func titled(login, name, code, title string, more ...string) Person {
	return Person{login, name, []Membership{{
		Title: title, Post: code, Roles: slices.Concat(postOf(code).roles, more), Class: "机关干部",
	}}}
}

// desk is the editor of a small office, who also reviews.
func desk(login, name, title string) Person {
	return titled(login, name, PostInformationOfficer, title, RoleReviewer)
}
