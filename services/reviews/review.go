package reviews

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// Text is the text of a report as a step may change it.
type Text struct {
	Title   string `json:"title"`
	Problem string `json:"problem"`
	Cause   string `json:"cause"`
	Advice  string `json:"advice"`
}

// part is a part of the text by its name in flow.Parts.
func (t Text) part(name string) string {
	switch name {
	case "title":
		return t.Title
	case "problem":
		return t.Problem
	case "cause":
		return t.Cause
	}
	return t.Advice
}

// Matter is what a review knows of its subject: the text as it stands, and what conditions ask.
type Matter struct {
	Text
	flow.Case
}

// Subject is what a review needs of the thing it reviews; services/reports fulfils it.
type Subject interface {
	// Matter tells what the subject says, without asking who wants to know.
	Matter(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Matter, error)
	// BeginReview puts the subject under review.
	BeginReview(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error
	// ReviewText keeps the text as a step changed it.
	ReviewText(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, t Text) error
	// Sign makes the text the issued one.
	Sign(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error
	// ReviewReturned gives the subject back to its editor.
	ReviewReturned(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, opinion string) error
	// ReviewToAuthor gives the subject back to its author, or to the unit it came from.
	ReviewToAuthor(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, opinion string) error
	// ReviewWithdrawn gives the subject back to its editor because the review was called off.
	ReviewWithdrawn(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error
	// ReviewReopened puts the signed subject under review again.
	ReviewReopened(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error
	// MayRead is nil where the caller may see the subject.
	MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error
}

// Notices tells people; services/notices fulfils it.
type Notices interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
}

// Review is one run of a report through a flow.
type Review struct {
	ID         uuid.UUID    `json:"id"`
	ReportID   uuid.UUID    `json:"report_id"`
	State      string       `json:"state" enum:"running,released,signed,returned,withdrawn" doc:"released: signed by the green channel, signatures are missing"`
	ChainName  string       `json:"chain_name"`
	StartedBy  string       `json:"started_by,omitempty"`
	StartedAt  time.Time    `json:"started_at"`
	EndedAt    *time.Time   `json:"ended_at,omitempty"`
	Addressees []string     `json:"addressees" enum:"upper,local,department"`
	Then       []string     `json:"then" enum:"issue,relay,forward" doc:"What the office does once it is signed"`
	Steps      []ReviewStep `json:"steps"`
	Copies     []Copy       `json:"copies"`
	Acts       []Act        `json:"acts" doc:"All that was done, oldest first"`
	Can        []string     `json:"can" enum:"approve,reject,return,return_author,add_signer,remove_signer,pass_on,reassign,take_back,withdraw,urge,copy,read,reopen,release"`
	Turn       *TurnView    `json:"turn,omitempty" doc:"What the step that waits for the caller asks"`
}

// TurnView is what the caller is asked for.
type TurnView struct {
	Step   uuid.UUID `json:"step"`
	For    string    `json:"for,omitempty" doc:"Whom the caller stands in for"`
	Signs  bool      `json:"signs" doc:"A yes here may sign the report"`
	Late   bool      `json:"late" doc:"Signed afterwards: nothing can be changed or returned"`
	Locked []string  `json:"locked" enum:"title,problem,cause,advice"`
	Sheet  []string  `json:"sheet" enum:"political,policy,content"`
}

// ReviewStep is a step of a running or ended review. By, Opinion and At are of who acted on it last.
type ReviewStep struct {
	ID      uuid.UUID    `json:"id"`
	No      int          `json:"no"`
	Title   string       `json:"title"`
	Post    string       `json:"post,omitempty"`
	Role    string       `json:"role,omitempty"`
	Mode    string       `json:"mode" enum:"any,all,turn,vote"`
	Ratio   int          `json:"ratio,omitempty"`
	State   string       `json:"state" enum:"waiting,current,held,approved,returned,late,objected,dropped"`
	AddedBy string       `json:"added_by,omitempty"`
	Tasks   []ReviewTask `json:"tasks"`
	By      string       `json:"by,omitempty"`
	Opinion string       `json:"opinion,omitempty"`
	At      *time.Time   `json:"at,omitempty"`
}

// ReviewTask is what waits for one person at a step, or what that person did.
type ReviewTask struct {
	ID      uuid.UUID  `json:"id"`
	Member  uuid.UUID  `json:"member"`
	Name    string     `json:"name"`
	State   string     `json:"state" enum:"open,next,held,approved,rejected,returned,passed,removed,spared"`
	By      string     `json:"by,omitempty" doc:"Who acted, where somebody stood in"`
	Deputy  string     `json:"deputy,omitempty" doc:"Who stands in now"`
	From    string     `json:"from,omitempty"`
	Opinion string     `json:"opinion,omitempty"`
	Ticks   []Tick     `json:"ticks,omitempty"`
	At      *time.Time `json:"at,omitempty"`
	DueAt   *time.Time `json:"due_at,omitempty"`
	Overdue bool       `json:"overdue"`
	Stuck   bool       `json:"stuck" doc:"Nobody can act on it any more"`
}

// Tick is one dimension of 三审 with what was found.
type Tick struct {
	Item   string `json:"item" enum:"political,policy,content"`
	OK     bool   `json:"ok"`
	Remark string `json:"remark,omitempty" maxLength:"200"`
}

// Copy is somebody who was sent the report to read.
type Copy struct {
	Name   string     `json:"name"`
	From   string     `json:"from,omitempty"`
	At     time.Time  `json:"at"`
	ReadAt *time.Time `json:"read_at,omitempty"`
	Remark string     `json:"remark,omitempty"`
}

// Act is one thing that was done in a review. Before and After are the text where the step edited it.
type Act struct {
	ID       uuid.UUID `json:"id"`
	Verb     string    `json:"verb" enum:"start,approve,reject,return,add_signer,remove_signer,pass_on,reassign,take_back,withdraw,urge,copy,read,reopen,release"`
	Step     string    `json:"step,omitempty"`
	By       string    `json:"by,omitempty"`
	OnBehalf string    `json:"on_behalf,omitempty"`
	People   []string  `json:"people,omitempty"`
	Opinion  string    `json:"opinion,omitempty"`
	Ticks    []Tick    `json:"ticks,omitempty"`
	Before   *Text     `json:"before,omitempty"`
	After    *Text     `json:"after,omitempty"`
	At       time.Time `json:"at"`
}

const (
	maxOpinion = 500
	maxRemark  = 200
)

// checkOpinion cleans an opinion; why is what is missing where one is needed.
func checkOpinion(opinion, why string) (string, error) {
	opinion = documents.Clean(opinion, true)
	switch {
	case why != "" && opinion == "":
		return "", errs.InvalidField("opinion", "%s", why)
	case utf8.RuneCountInString(opinion) > maxOpinion:
		return "", errs.InvalidField("opinion", "意见不能超过 %d 个字", maxOpinion)
	case documents.Marked(opinion):
		return "", documents.PaperOnly("opinion")
	}
	return opinion, nil
}

// checkTicks holds the ticks against what the step asks. With passing every dimension must have been found good.
func checkTicks(asked []string, ticks []Tick, passing bool) error {
	var faults errs.Fields
	found := map[string]bool{}
	for i := range ticks {
		t := &ticks[i]
		t.Remark = documents.Clean(t.Remark, true)
		switch {
		case flow.Checks[t.Item] == "" || found[t.Item]:
			faults.Add("ticks", "审核要点只能是政治关、政策关、内容关，且不重复")
		case utf8.RuneCountInString(t.Remark) > maxRemark:
			faults.Add("ticks", "%s的说明不能超过 %d 个字", flow.Checks[t.Item], maxRemark)
		case documents.Marked(t.Remark):
			faults.Add("ticks", "%s", documents.PaperOnlyText)
		case passing && !t.OK:
			faults.Add("ticks", "%s没有通过，请退回并写明意见", flow.Checks[t.Item])
		}
		found[t.Item] = true
	}
	for _, item := range asked {
		if passing && !found[item] {
			faults.Add("ticks", "请核对%s", flow.Checks[item])
		}
	}
	return faults.Err()
}
