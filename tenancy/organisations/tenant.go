// Package organisations keeps what the country of the platform is made of: tenants, the lines along which they report,
// and the inner units of each.
//
// Its rule: tenants and lines are written inside the operator's own tenant only (a trigger holds it too), and a new
// tenant's first rows inside that tenant, by the actor "founder".
package organisations

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// NewTenant is an organisation to be opened.
type NewTenant struct {
	Code           string
	Name           string
	ShortName      string
	Kind           string
	Party          string
	Level          string
	Division       string
	Class          string
	Journal        string
	Administrators []NewAdministrator
}

// NewAdministrator is one of the first people of a tenant: system, security or audit. He holds the shipped role Role, or
// where it is empty every shipped role of the class. Whoever has that login already joins with the password he has.
type NewAdministrator struct {
	Class        string
	Role         string
	Name         string
	Login        string
	PasswordHash string
}

// Parties are the eight democratic parties.
var Parties = []string{"民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟"}

var (
	kinds            = []string{"cppcc", "party", "federation", "group", "front", "office", "department"}
	levels           = []string{"county", "city", "province", "national"}
	classes          = []string{"system", "security", "audit"}
	requiredClasses  = []string{"system", "security"}
	classNames       = map[string]string{"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}
	codePattern      = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$`)
	divisionPattern  = regexp.MustCompile(`^([0-9]{6})?$`)
	loginPattern     = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)
	tenantIdentities = uuid.NewSHA1(uuid.NameSpaceOID, []byte("shangda/tenant"))
)

// SubjectOf is what the events of a tenant are about: tenants are known by code, events by id.
func SubjectOf(code string) tenancy.Subject {
	return tenancy.Subject{Kind: "tenant", ID: uuid.NewSHA1(tenantIdentities, []byte(code))}
}

// validate names every fault at once.
func (n *NewTenant) validate() error {
	for _, text := range []*string{&n.Code, &n.Name, &n.ShortName, &n.Party, &n.Division, &n.Class, &n.Journal} {
		*text = strings.TrimSpace(*text)
	}
	var faults errs.Fields
	if !codePattern.MatchString(n.Code) {
		faults.Add("code", "单位代码只能用小写字母、数字和连字符，最多 32 个字符")
	}
	length(&faults, "name", "单位全称", n.Name, 2, 60)
	length(&faults, "short_name", "单位简称", n.ShortName, 1, 30)
	length(&faults, "class", "排名分组", n.Class, 0, 30)
	length(&faults, "journal", "刊物名称", n.Journal, 0, 30)
	if !slices.Contains(kinds, n.Kind) {
		faults.Add("kind", "请选择单位性质")
	}
	if !slices.Contains(levels, n.Level) {
		faults.Add("level", "请选择层级：县级、市级、省级或全国")
	}
	if n.Kind == "party" && !slices.Contains(Parties, n.Party) {
		faults.Add("party", "请选择所属民主党派")
	}
	if n.Kind != "party" && n.Party != "" {
		faults.Add("party", "只有民主党派组织填写所属党派")
	}
	if !divisionPattern.MatchString(n.Division) {
		faults.Add("division", "行政区划代码应为 6 位数字")
	}
	validateAdministrators(&faults, n.Administrators)
	return faults.Err()
}

func validateAdministrators(faults *errs.Fields, administrators []NewAdministrator) {
	logins, held := map[string]bool{}, map[string]bool{}
	for i := range administrators {
		a := &administrators[i]
		a.Name, a.Login = strings.TrimSpace(a.Name), strings.ToLower(strings.TrimSpace(a.Login))
		if !slices.Contains(classes, a.Class) {
			faults.Add("administrators", "管理员的类别只能是系统、安全或审计")
			continue
		}
		held[a.Class] = true
		name := classNames[a.Class]
		length(faults, "administrators", name+"的姓名", a.Name, 1, 30)
		if !loginPattern.MatchString(a.Login) {
			faults.Add("administrators", "%s的登录名须为 2 至 64 个小写字母、数字或 . _ @ -", name)
		} else if logins[a.Login] {
			faults.Add("administrators", "登录名“%s”重复：三类管理员须由不同的人担任", a.Login)
		}
		logins[a.Login] = true
		if a.PasswordHash == "" {
			faults.Add("administrators", "请设置%s的初始密码", name)
		}
	}
	for _, class := range requiredClasses {
		if !held[class] {
			faults.Add("administrators", "请指定%s", classNames[class])
		}
	}
}

func length(faults *errs.Fields, field, label, text string, least, most int) {
	if n := utf8.RuneCountInString(text); n < least || n > most {
		if least == 0 {
			faults.Add(field, "%s最多 %d 个字", label, most)
			return
		}
		faults.Add(field, "%s须为 %d 至 %d 个字", label, least, most)
	}
}
