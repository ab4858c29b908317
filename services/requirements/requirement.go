// Package requirements is what an upper unit asks of those who report to it (报送要求): published in versions, carried down as a
// letter, and kept below, so that the sender sees it before he sends.
package requirements

import (
	"slices"
	"time"

	"shangda/internal/errs"
	"shangda/services/documents"
)

// Letter is the kind of letter that carries the requirements down.
const Letter = "requirements"

// Requirements are one version. What a unit has never published is the shipped version, number 0.
type Requirements struct {
	Text        string   `json:"text" maxLength:"8000" doc:"要求的正文"`
	MostChars   int      `json:"most_chars" minimum:"0" maximum:"10000" doc:"正文最多多少字；0 为不限"`
	Sheet       bool     `json:"sheet" doc:"报送时须附签发单位的初核表"`
	Topics      []string `json:"topics" maxItems:"20" doc:"近期希望反映的题目"`
	AnswerDays  int      `json:"answer_days" minimum:"1" maximum:"120" doc:"收到后一般几个工作日内答复"`
	MostReturns int      `json:"most_returns" minimum:"0" maximum:"9" doc:"一篇信息最多退回几次，此后须作出处理决定"`
}

// Published are requirements with their number and day; PublishedAt is zero for the shipped ones.
type Published struct {
	Requirements
	Version     int
	PublishedAt time.Time
}

// Shipped is what stands where a unit has published nothing.
var Shipped = Requirements{Topics: []string{}, AnswerDays: 15, MostReturns: 3}

const (
	maxText   = 2000
	maxTopic  = 40
	maxTopics = 20
	maxChars  = 10_000
	maxDays   = 120
	maxReturn = 9
)

// check cleans the requirements and names their faults.
func (r *Requirements) check() error {
	var faults errs.Fields
	documents.CheckWritten(&faults, documents.Written{Field: "text", Name: "报送要求", Text: &r.Text, Most: maxText, Lines: true})
	topics := []string{}
	for _, t := range r.Topics {
		if t = documents.Line(t); t == "" || slices.Contains(topics, t) {
			continue
		}
		documents.CheckText(&faults, "topics", t, maxTopic)
		topics = append(topics, t)
	}
	r.Topics = topics
	if len(topics) > maxTopics {
		faults.Add("topics", "题目最多 %d 个", maxTopics)
	}
	for _, n := range []struct {
		field, name            string
		value, least, greatest int
	}{{"most_chars", "字数上限", r.MostChars, 0, maxChars}, {"answer_days", "答复时限", r.AnswerDays, 1, maxDays}, {"most_returns", "退回次数", r.MostReturns, 0, maxReturn}} {
		if n.value < n.least || n.value > n.greatest {
			faults.Add(n.field, "%s应在 %d 到 %d 之间", n.name, n.least, n.greatest)
		}
	}
	return faults.Err()
}
