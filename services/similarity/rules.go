package similarity

import (
	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// Rules is what a tenant sets about duplicates. OnSubmit: warn shows what is similar and lets the writer decide, block refuses
// what is nearly the same text as another report, link lets it through and links the two. Platform: whether this tenant takes
// part in the platform's yes or no, asking and being compared.
type Rules struct {
	OnSubmit string `json:"on_submit" enum:"warn,block,link"`
	Platform bool   `json:"platform"`
}

// RulesOf is the setting.
var RulesOf = settings.Kind[Rules]{
	Name: "duplicate-rules", Title: "重复信息",
	Default: func(tenancy.Tenant) Rules { return Rules{OnSubmit: "warn", Platform: true} },
	Check: func(r *Rules) error {
		var faults errs.Fields
		if r.OnSubmit != "warn" && r.OnSubmit != "block" && r.OnSubmit != "link" {
			faults.Add("on_submit", "提交时的处理只能是提醒、不准提交或提交并关联")
		}
		return faults.Err()
	},
}
