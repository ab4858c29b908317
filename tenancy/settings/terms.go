package settings

import (
	"strings"
	"unicode/utf8"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// Terms are a tenant's own words for things: 委员, 会员, 盟员, 社员.
type Terms struct {
	Member string `json:"member" maxLength:"40" doc:"对撰写人的称谓，如委员、会员、盟员、社员"`
}

const maxTerm = 10

// TermsOf is the setting of the words.
var TermsOf = Kind[Terms]{
	Name: "terms", Title: "称谓",
	Default: func(t tenancy.Tenant) Terms { return Terms{Member: memberTerm(t.Kind)} },
	Check: func(t *Terms) error {
		var faults errs.Fields
		t.Member = strings.Join(strings.Fields(t.Member), "")
		if n := utf8.RuneCountInString(t.Member); n == 0 || n > maxTerm {
			faults.Add("member", "称谓应为 1 至 %d 个字", maxTerm)
		}
		return faults.Err()
	},
}

// memberTerm is what those who write are called where the tenant says nothing.
func memberTerm(kind string) string {
	switch kind {
	case "cppcc":
		return "委员"
	case "federation":
		return "会员"
	case "party", "group":
		return "成员"
	}
	return "工作人员"
}
