package story

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func codes() map[string]Organisation {
	byCode := map[string]Organisation{}
	for _, o := range Organisations() {
		byCode[o.Code] = o
	}
	return byCode
}

func TestOrganisationsHaveUniqueCodesAndParents(t *testing.T) {
	byCode := codes()
	if len(byCode) != len(Organisations()) {
		t.Error("two organisations share a code")
	}
	code, division := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`), regexp.MustCompile(`^\d{6}$`)
	names := map[string]bool{}
	for _, o := range Organisations() {
		if !code.MatchString(o.Code) || !division.MatchString(o.Division) || o.ShortName == "" || o.Kind == "" {
			t.Errorf("%+v is incomplete", o)
		}
		if _, ok := byCode[o.Parent]; o.Parent != "" && !ok {
			t.Errorf("%s: no parent %q", o.Code, o.Parent)
		}
		if names[o.Name] {
			t.Errorf("two organisations are called %s", o.Name)
		}
		names[o.Name] = true
	}
}

func TestLinesJoinOrganisationsUpward(t *testing.T) {
	levels := []string{LevelCounty, LevelCity, LevelProvince, LevelNational}
	byCode, seen := codes(), map[[2]string]bool{}
	for _, l := range Lines() {
		lower, ok := byCode[l.Lower]
		upper, there := byCode[l.Upper]
		if !ok || !there {
			t.Errorf("%+v ends nowhere", l)
		}
		if slices.Index(levels, lower.Level) > slices.Index(levels, upper.Level) || l.Lower == l.Upper {
			t.Errorf("%+v leads downward", l)
		}
		if l.Figures && (lower.Kind != upper.Kind || lower.Party != upper.Party) {
			t.Errorf("%+v shows figures across systems", l)
		}
		if ends := [2]string{l.Lower, l.Upper}; seen[ends] {
			t.Errorf("%+v stands twice", l)
		} else {
			seen[ends] = true
		}
	}
}

func TestPeopleBelongSomewhere(t *testing.T) {
	byCode, logins, names := codes(), map[string]bool{}, map[string]bool{}
	login, several := regexp.MustCompile(`^[a-z]{4,24}$`), 0
	for _, p := range People() {
		if !login.MatchString(p.Login) || logins[p.Login] || names[p.Name] || p.Name == "" {
			t.Errorf("%s (%s) is malformed or stands twice", p.Login, p.Name)
		}
		logins[p.Login], names[p.Name] = true, true
		if len(p.Memberships) > 1 {
			several++
		}
		for _, m := range p.Memberships {
			if _, ok := byCode[m.Tenant]; !ok || m.Title == "" || len(m.Roles) == 0 || m.Class == "" {
				t.Errorf("%s: %+v is incomplete", p.Name, m)
			}
			if m.Post != "" && PostName(m.Post) == "" {
				t.Errorf("%s: unknown post %q", p.Name, m.Post)
			}
		}
	}
	if several != 1 {
		t.Errorf("%d people are in several organisations, want 1", several)
	}
}

// Who an organisation needs before a report can pass through it.
func TestOrganisationsAreStaffed(t *testing.T) {
	held, posted, writers := map[string]map[string]int{}, map[string]map[string]bool{}, map[string]int{}
	for _, p := range People() {
		for _, m := range p.Memberships {
			if held[m.Tenant] == nil {
				held[m.Tenant], posted[m.Tenant] = map[string]int{}, map[string]bool{}
			}
			for _, r := range m.Roles {
				held[m.Tenant][r]++
			}
			posted[m.Tenant][m.Post] = true
			writers[m.Tenant] = held[m.Tenant][RoleMember]
		}
	}
	needs := map[string][]string{
		KindCPPCC: {RoleMember, RoleEditor, RoleReviewer, RoleSigner, RoleLeader}, KindParty: {RoleMember, RoleEditor, RoleReviewer, RoleSigner},
		KindFederation: {RoleMember, RoleEditor, RoleReviewer, RoleSigner}, KindFront: {RoleEditor, RoleSigner, RoleLeader},
		KindDepartment: {RoleHandler, RoleLeader}, KindOperator: {RoleOperator},
	}
	for _, o := range Organisations() {
		for _, role := range needs[o.Kind] {
			if held[o.Code][role] == 0 {
				t.Errorf("%s has no %s", o.ShortName, role)
			}
		}
		full := o.Kind == KindCPPCC && !slices.Contains([]string{"b-zx", "c-zx", "p2-zx"}, o.Code)
		for _, code := range []string{PostInformationOfficer, PostOfficeHead, PostCommitteeHead, PostSecretaryGeneral, PostViceChair, PostChair} {
			if full && !posted[o.Code][code] {
				t.Errorf("%s has no %s", o.ShortName, PostName(code))
			}
		}
		if full && writers[o.Code] < 3 || slices.Contains([]string{"a1-zx", "a3-zx"}, o.Code) && writers[o.Code] < 6 {
			t.Errorf("%s has only %d members", o.ShortName, writers[o.Code])
		}
	}
	for _, admin := range []string{RoleSystemAdmin, RoleSecurityAdmin, RoleAuditAdmin} {
		if held["a-zx"][admin] != 1 {
			t.Errorf("city A has %d %s, want 1", held["a-zx"][admin], admin)
		}
	}
}

func TestReportsAreWhole(t *testing.T) {
	byCode, texts := codes(), map[string]string{}
	for _, r := range Reports() {
		if !slices.Contains(Categories(), r.Category) || !slices.Contains([]string{Normal, Urgent, Critical}, r.Urgency) ||
			!slices.Contains([]string{Ordinary, Important}, r.Class) {
			t.Errorf("%s: %s, %s, %s", r.Title, r.Category, r.Urgency, r.Class)
		}
		if _, ok := byCode[r.From]; !ok {
			t.Errorf("%s: comes from nowhere (%q)", r.Title, r.From)
		}
		checkText(t, texts, r.Title, r.Problem, r.Cause, r.Advice)
	}
	for _, category := range Categories() {
		if !slices.ContainsFunc(Reports(), func(r Report) bool { return r.Category == category }) {
			t.Errorf("no report about %s", category)
		}
	}
}

func checkText(t *testing.T, seen map[string]string, title string, parts ...string) {
	t.Helper()
	if n := utf8.RuneCountInString(title); n == 0 || n > 30 {
		t.Errorf("title of %d characters: %s", n, title)
	}
	for _, text := range append(parts, title) {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s: a part is empty", title)
		}
		if other, twice := seen[text]; twice {
			t.Errorf("%s and %s share a text", title, other)
		}
		if strings.ContainsAny(text, "\n,;?!\ufffd") {
			t.Errorf("%s: western punctuation or a line break", title)
		}
		seen[text] = title
	}
	if n := utf8.RuneCountInString(strings.Join(parts, "")); n < 200 || n > 700 {
		t.Errorf("%s: %d characters", title, n)
	}
}

// A report names no other district than the one it is sent from.
func TestReportsSpeakOfTheirOwnPlace(t *testing.T) {
	places := map[string]string{
		"湖滨区": "990102", "望江区": "990103", "桂溪区": "990104", "南浦区": "990105", "新埠区": "990106", "云台区": "990107",
		"青岩县": "990121", "茗岭县": "990122", "石桥市": "990181",
	}
	byCode := codes()
	for _, r := range Reports() {
		from := byCode[r.From]
		for place, division := range places {
			if from.Level == LevelCounty && from.Division != division && strings.Contains(r.Problem, place) {
				t.Errorf("%s from %s speaks of %s", r.Title, r.From, place)
			}
		}
	}
}

func TestMattersAreSharedByDistricts(t *testing.T) {
	texts, from := map[string]string{}, map[string][]string{}
	for _, r := range Reports() {
		if r.Matter == "" {
			continue
		}
		if slices.Contains(from[r.Matter], r.From) {
			t.Errorf("%s reports %s twice", r.From, r.Matter)
		}
		from[r.Matter] = append(from[r.Matter], r.From)
	}
	for _, m := range Matters() {
		checkText(t, texts, m.Title, m.Problem, m.Cause, m.Advice)
		if n := len(from[m.Code]); n < 2 || n > 3 {
			t.Errorf("%s is reported by %d districts", m.Title, n)
		}
		if !slices.Contains(Categories(), m.Category) {
			t.Errorf("%s: category %s", m.Title, m.Category)
		}
	}
	if len(from) != len(Matters()) {
		t.Errorf("%d matters in reports, %d described", len(from), len(Matters()))
	}
}

// Every step of a chain and every decision has words, and none is said twice.
func TestPhrasesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	check := func(on string, texts []string) {
		if len(texts) == 0 {
			t.Errorf("nothing to say on %s", on)
		}
		for _, text := range texts {
			if short := len([]rune(text)) < 10; text == "" || !short && seen[text] {
				t.Errorf("%s: %q is empty or said twice", on, text)
			}
			seen[text] = true
		}
	}
	for _, code := range []string{
		PostInformationOfficer, PostOfficeHead, PostCommitteeHead, PostSecretaryGeneral,
		PostViceChair, PostChair, PostPartyHead, PostDepartmentHead,
	} {
		check(code, Approvals(code))
	}
	for _, form := range []string{FormSingle, FormCombined, FormRelayed} {
		check(form, Adoptions(form))
	}
	check("returns", StepReturns())
	check("forwardings", Forwardings())
	check("replies", Replies())
	keys := map[string]bool{}
	for _, r := range Reasons() {
		key := r.Action + " " + r.Code
		if keys[key] || r.Name == "" || !slices.Contains([]string{ActionReturn, ActionKeep, ActionDecline}, r.Action) {
			t.Errorf("reason %s is malformed or stands twice", key)
		}
		keys[key] = true
		check(key, r.Texts)
	}
}

func TestOrderIsFixed(t *testing.T) {
	for range 5 {
		if !reflect.DeepEqual(Reports(), Reports()) || !reflect.DeepEqual(People(), People()) ||
			!reflect.DeepEqual(Lines(), Lines()) || !reflect.DeepEqual(Organisations(), Organisations()) {
			t.Fatal("two calls differ")
		}
	}
	People()[0].Memberships[0].Roles[0] = "spoilt"
	Reports()[0].Title = "spoilt"
	if People()[0].Memberships[0].Roles[0] == "spoilt" || Reports()[0].Title == "spoilt" {
		t.Error("a caller can change the story")
	}
}
