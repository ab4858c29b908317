// Package reviews is the way of a report through its unit's approval: chains that a unit sets up, and the reviews that
// run through them step by step until the last step signs.
//
// Its rule: a review copies the steps of its chain when it starts, so changing a chain changes no running review; and
// only whom the current step waits for can act on it.
package reviews

import (
	"regexp"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

// Routes are the kinds of report that a chain is for: 一般, 重要, 紧急.
var Routes = []string{"ordinary", "important", "urgent"}

var routeNames = map[string]string{"ordinary": "一般", "important": "重要", "urgent": "紧急"}

// Step is one step of a chain: it waits for whoever has the post and the role, where either may be empty.
type Step struct {
	No    int    `json:"no" readOnly:"true" required:"false"`
	Title string `json:"title" maxLength:"30"`
	Post  string `json:"post,omitempty" maxLength:"41"`
	Role  string `json:"role,omitempty" maxLength:"41"`
}

// NewChain is a chain as it is set up. Template names the shipped one it was copied from.
type NewChain struct {
	Name      string   `json:"name" maxLength:"50"`
	Template  string   `json:"template,omitempty" maxLength:"20"`
	AppliesTo []string `json:"applies_to" maxItems:"3"`
	Steps     []Step   `json:"steps" maxItems:"10"`
}

// Chain is a chain of a tenant.
type Chain struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Template  string    `json:"template,omitempty"`
	AppliesTo []string  `json:"applies_to"`
	Active    bool      `json:"active"`
	CreatedAt time.Time `json:"created_at"`
	Steps     []Step    `json:"steps" db:"-"`
}

const (
	maxChainName = 50
	maxStepTitle = 30
	maxSteps     = 10
)

var code = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)

// validate names every fault of a chain and numbers its steps.
func (c *NewChain) validate() error {
	var faults errs.Fields
	if n := utf8.RuneCountInString(c.Name); n == 0 || n > maxChainName {
		faults.Add("name", "名称应为 1 至 %d 个字", maxChainName)
	}
	seen := map[string]bool{}
	for _, route := range c.AppliesTo {
		if routeNames[route] == "" || seen[route] {
			faults.Add("applies_to", "适用范围只能是一般、重要、紧急，且不重复")
			break
		}
		seen[route] = true
	}
	if len(c.AppliesTo) == 0 {
		faults.Add("applies_to", "请选择适用范围")
	}
	if len(c.Steps) == 0 || len(c.Steps) > maxSteps {
		faults.Add("steps", "审签环节应为 1 至 %d 个", maxSteps)
	}
	for i := range c.Steps {
		step := &c.Steps[i]
		step.No = i + 1
		if n := utf8.RuneCountInString(step.Title); n == 0 || n > maxStepTitle {
			faults.Add("steps", "第 %d 个环节的名称应为 1 至 %d 个字", step.No, maxStepTitle)
		}
		if step.Post == "" && step.Role == "" {
			faults.Add("steps", "第 %d 个环节没有指定岗位或角色", step.No)
		}
		if step.Post != "" && !code.MatchString(step.Post) || step.Role != "" && !code.MatchString(step.Role) {
			faults.Add("steps", "第 %d 个环节的岗位或角色代码不正确", step.No)
		}
	}
	return faults.Err()
}
