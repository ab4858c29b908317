// Package issues keeps the journals of a unit and their issues (期): what stands in each, to whom it goes, its number.
//
// Its rules: a number is taken in the transaction of 编发 by updating the journal's counter, so numbers have no gap and no
// repeat; until then it is provisional. A withdrawn issue (作废) keeps its number. Only signed reports enter an issue, but for
// 直通车, which whoever holds its right fills and releases from the desk. What was printed is kept byte by byte and never
// changes; releasing adopts each report that this unit has not adopted yet.
package issues

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// The states of an issue.
const (
	Draft     = "draft"
	Released  = "released"
	Withdrawn = "withdrawn"
	Discarded = "discarded"
)

// The limits of an issue.
const (
	MaxReports      = 30
	maxTitle        = 100
	maxIntroduction = 2000
	maxHeading      = 100
	maxReason       = 200
)

// The forms of adoption that a release books.
const (
	formSingle   = "single"
	formCombined = "combined"
)

// Text is a report as an issue prints it.
type Text struct {
	ID          uuid.UUID  `json:"report_id"`
	Number      string     `json:"number,omitempty"`
	Title       string     `json:"title"`
	Problem     string     `json:"problem"`
	Cause       string     `json:"cause"`
	Advice      string     `json:"advice"`
	AuthorName  string     `json:"author_name,omitempty"`
	AuthorTitle string     `json:"author_title,omitempty"`
	Unit        string     `json:"unit,omitempty" doc:"The unit it was received from"`
	State       string     `json:"state,omitempty"`
	SubmittedAt *time.Time `json:"submitted_at,omitempty"`
}

// Reports is what an issue needs of reports; services/reports fulfils it through cmd.
type Reports interface {
	// Arrange locks a report that may stand in an issue, in an express one from the desk too, or says why not.
	Arrange(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, express bool) (Text, error)
	// Issue books that the report went out in the issue, and adopts it in that form unless it is; adopted tells whether.
	Issue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, issue, form string, express bool) (text Text, adopted bool, err error)
	// IssueWithdrawn books that the issue was withdrawn and takes back the adoption that its release was.
	IssueWithdrawn(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, issue, reason string, adopted bool) error
	// Texts are those of the reports that the caller may read, in the order asked.
	Texts(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]Text, error)
	// Facts is everything about one report that its papers show; not found for who may not read it.
	Facts(ctx context.Context, id uuid.UUID) (Facts, error)
}

// Item is one report of an issue. Heading stands over it instead of its title where it is given.
type Item struct {
	Heading string `json:"heading,omitempty"`
	Text
}

// Issue is a number of a journal, or what is to become one: then No is provisional.
type Issue struct {
	ID           uuid.UUID `json:"id"`
	JournalID    uuid.UUID `json:"journal_id"`
	Journal      string    `json:"journal"`
	Kind         string    `json:"kind" enum:"ordinary,special,express"`
	Head         Head      `json:"head"`
	State        string    `json:"state" enum:"draft,released,withdrawn"`
	Year         int       `json:"year"`
	No           int       `json:"no" doc:"Provisional in a draft"`
	Total        int       `json:"total"`
	Title        string    `json:"title"`
	Introduction string    `json:"introduction"`
	Addressees
	Signer      string     `json:"signer"`
	Dated       string     `json:"dated" doc:"The day printed in the head, such as 2026-11-25"`
	Items       []Item     `json:"items"`
	Reports     int        `json:"reports" doc:"How many reports stand in it"`
	Version     int        `json:"version"`
	CreatedAt   time.Time  `json:"created_at"`
	CreatedBy   string     `json:"created_by"`
	ReleasedAt  *time.Time `json:"released_at,omitempty"`
	ReleasedBy  string     `json:"released_by,omitempty"`
	WithdrawnAt *time.Time `json:"withdrawn_at,omitempty"`
	WithdrawnBy string     `json:"withdrawn_by,omitempty"`
	Reason      string     `json:"reason,omitempty"`
	Digest      string     `json:"digest,omitempty" doc:"SHA-256 of what was printed"`
	Can         []string   `json:"can" enum:"edit,discard,release,withdraw,export"`
}

// Content is what is arranged in an issue. Items are in their order.
type Content struct {
	Title        string `json:"title" required:"false" maxLength:"200" doc:"The common title of several reports; of one, its own"`
	Introduction string `json:"introduction" required:"false" maxLength:"4000" doc:"Before the reports of a 专报"`
	Addressees
	Signer string      `json:"signer" required:"false" maxLength:"40"`
	Dated  string      `json:"dated" required:"false" maxLength:"10" doc:"Such as 2026-11-25; empty is today"`
	Items  []ItemInput `json:"items" maxItems:"30"`
}

// ItemInput is a report in its place.
type ItemInput struct {
	ReportID uuid.UUID `json:"report_id"`
	Heading  string    `json:"heading,omitempty" maxLength:"200"`
}

// check cleans the content and names all its faults. A draft may be incomplete.
func (c Content) check(now time.Time) (Content, time.Time, error) {
	var faults errs.Fields
	settle(&faults, "title", "总标题", &c.Title, maxTitle, false)
	settle(&faults, "introduction", "导语", &c.Introduction, maxIntroduction, true)
	settle(&faults, "signer", "签发人", &c.Signer, 40, false)
	c.Addressees.check(&faults)
	dated := now.In(shanghai)
	if c.Dated != "" {
		at, err := time.ParseInLocation(time.DateOnly, c.Dated, shanghai)
		if err != nil || at.Year() < 2000 || at.After(now.AddDate(1, 0, 0)) {
			faults.Add("dated", "日期应写作 2026-01-31，且不晚于一年之后")
		}
		dated = at
	}
	if len(c.Items) > MaxReports {
		faults.Add("items", "一期最多 %d 篇", MaxReports)
	}
	seen := map[uuid.UUID]bool{}
	for i := range c.Items {
		settle(&faults, "items", "小标题", &c.Items[i].Heading, maxHeading, false)
		if seen[c.Items[i].ReportID] {
			faults.Add("items", "同一篇信息重复编入")
		}
		seen[c.Items[i].ReportID] = true
	}
	return c, dated, faults.Err()
}

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "issue", ID: id} }

// object is an issue to authz: every issue is the unit's, nobody's own.
var object = authz.Object{Read: authz.IssueRead}

// check asks for the right, and for 直通车 for the right to it as well.
func check(p *tenancy.Principal, permission authz.Permission, kind string) error {
	if err := authz.Check(p, permission, object); err != nil || kind != Express {
		return err
	}
	return authz.Check(p, authz.IssueExpress, object)
}

// can lists what the caller may do with an issue now.
func can(p *tenancy.Principal, state, kind string) []string {
	list := []string{}
	add := func(name string, permission authz.Permission) {
		if check(p, permission, kind) == nil {
			list = append(list, name)
		}
	}
	switch state {
	case Draft:
		add("edit", authz.IssueEdit)
		add("discard", authz.IssueEdit)
		add("release", authz.IssueRelease)
	case Released:
		add("withdraw", authz.IssueRelease)
	}
	if authz.Allows(p, authz.DocumentExport, object) {
		list = append(list, "export")
	}
	return list
}

func hexed(digest []byte) string { return hex.EncodeToString(digest) }
