// Package certificates issues certificates of adoption (采用证明), which anybody may verify who has one in his hands.
//
// Its rules: a certificate names one author and one adoption that stands. Its number is taken without gaps; number and code
// together open the public answer, which says whether it stands and no more than unit, date, level and the family name. It is
// withdrawn, never changed; a withdrawn one keeps its number.
package certificates

import (
	"context"
	"crypto/rand"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// Report is what a certificate needs to know of one: its authors' names, and the adoptions that stand.
type Report struct {
	ID       uuid.UUID
	Title    string
	Category string
	Authors  []Author
	Adopted  []Adoption
	Received bool // of another unit, which certifies its own authors
}

// Author is one who may be named.
type Author struct{ Name, Title string }

// Adoption is one that stands.
type Adoption struct {
	Event   uuid.UUID
	Decider string
	Level   string
	Form    string
	At      time.Time
}

// Reports shows the reports that the caller may read; cmd wires it.
type Reports interface {
	Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Report, error)
}

// Certificate is one as the house sees it.
type Certificate struct {
	ID        uuid.UUID  `json:"id"`
	ReportID  uuid.UUID  `json:"report_id"`
	Title     string     `json:"title"`
	Event     uuid.UUID  `json:"event"`
	Number    string     `json:"number"`
	Code      string     `json:"code"`
	Person    string     `json:"person"`
	Decider   string     `json:"decider"`
	Level     string     `json:"level"`
	Form      string     `json:"form"`
	AdoptedOn string     `json:"adopted_on" format:"date"`
	Issuer    string     `json:"issuer"`
	IssuedAt  time.Time  `json:"issued_at"`
	Withdrawn *time.Time `json:"withdrawn_at,omitempty"`
	Reason    string     `json:"reason,omitempty"`
}

// New is what is asked for: a certificate for one author about one adoption.
type New struct {
	Event  uuid.UUID `json:"event" doc:"采用的编号，见反馈记录"`
	Person string    `json:"person" maxLength:"60"`
}

// Sheet is the certificates on a report, with what may be certified.
type Sheet struct {
	Items   []Certificate `json:"items"`
	Authors []string      `json:"authors"`
	Can     []string      `json:"can" enum:"issue"`
}

// Answer is what the public hears.
type Answer struct {
	Valid     bool   `json:"valid"`
	Sentence  string `json:"sentence"`
	Unit      string `json:"unit,omitempty"`
	Person    string `json:"person,omitempty" doc:"只显示姓氏"`
	Level     string `json:"level,omitempty"`
	AdoptedOn string `json:"adopted_on,omitempty"`
}

var (
	levelText = map[string]string{"national": "全国", "province": "省级", "city": "市级", "county": "县级"}
	formText  = map[string]string{"single": "单篇", "combined": "综合", "relayed": "转送"}
)

// letters of a code: none that look like another.
const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// newCode is twelve letters that nobody guesses.
func newCode() string {
	raw := make([]byte, 12)
	_, _ = rand.Read(raw)
	for i, b := range raw {
		raw[i] = letters[int(b)%len(letters)]
	}
	return string(raw)
}

// numberOf is the number on the paper: whose it is, the year, and which one of the year.
func numberOf(tenant string, year, no int) string {
	return fmt.Sprintf("%s-%d-%04d", strings.ToUpper(tenant), year, no)
}

var numbered = regexp.MustCompile(`^([a-z0-9-]{1,40})-(20[0-9]{2})-([0-9]{4,7})$`)

// parseNumber reads a number as somebody types it off the paper.
func parseNumber(text string) (tenant string, year, no int, ok bool) {
	parts := numbered.FindStringSubmatch(strings.ToLower(strings.TrimSpace(text)))
	if parts == nil {
		return "", 0, 0, false
	}
	year, _ = strconv.Atoi(parts[2])
	no, _ = strconv.Atoi(parts[3])
	return parts[1], year, no, true
}

// plainCode is a code without what people put between its parts.
func plainCode(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			return r
		}
		return -1
	}, text)
}

// compound are the family names of two characters.
var compound = []string{"欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "宇文", "长孙", "端木", "东方", "南宫", "独孤"}

// masked is a name of which only the family name is left.
func masked(name string) string {
	letters := []rune(name)
	if len(letters) == 0 {
		return ""
	}
	family := 1
	for _, c := range compound {
		if len(letters) > 2 && strings.HasPrefix(name, c) {
			family = 2
		}
	}
	return string(letters[:family]) + strings.Repeat("＊", max(len(letters)-family, 1))
}
