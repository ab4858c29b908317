package similarity

import (
	"context"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

const shown = 10 // matches a check names at the most

// Match is another report that is similar, as far as the caller may read it.
type Match struct {
	ID        uuid.UUID  `json:"id"`
	Number    string     `json:"number,omitempty"`
	Title     string     `json:"title"`
	State     string     `json:"state"`
	Author    string     `json:"author,omitempty"`
	Sender    string     `json:"sender,omitempty" doc:"Name of the unit it was received from"`
	At        time.Time  `json:"at"`
	Score     int        `json:"score" doc:"Per cent: how alike the words are"`
	Copied    bool       `json:"copied" doc:"Nearly the same text"`
	Verdict   string     `json:"verdict,omitempty" enum:"duplicate,different" doc:"What somebody said of the two"`
	DecidedBy string     `json:"decided_by,omitempty"`
	DecidedAt *time.Time `json:"decided_at,omitempty"`
}

// Checked is what a check found. Hidden counts similar reports that the caller may not read.
type Checked struct {
	Matches   []Match `json:"items"`
	Hidden    int     `json:"hidden" doc:"Similar reports of this unit that the caller may not read"`
	Copied    bool    `json:"copied" doc:"One of all these is nearly the same text"`
	Elsewhere bool    `json:"elsewhere" doc:"Somewhere on the platform there is something similar; no more is said"`
	OnSubmit  string  `json:"on_submit" enum:"warn,block,link" doc:"What the unit has set for submissions"`
}

func percent(score float64) int { return int(math.Round(score * 100)) }

// Of compares a report the caller may read: his own draft while he writes, or one on his desk.
func (s *Service) Of(ctx context.Context, id uuid.UUID) (*Checked, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.readable(ctx, q, id)
	if err != nil {
		return nil, err
	}
	r, ok := found[id]
	if !ok {
		return nil, errs.Missing()
	}
	return s.check(ctx, q, r.Text, id)
}

func (s *Service) check(ctx context.Context, q tenancy.Querier, t Text, self uuid.UUID) (*Checked, error) {
	rules, err := RulesOf.Get(ctx, q)
	if err != nil {
		return nil, err
	}
	c := &Checked{Matches: []Match{}, OnSubmit: rules.OnSubmit}
	if utf8.RuneCountInString(t.all()) < leastText {
		return c, nil
	}
	found, err := alike(ctx, q, newPrint(t), self, Similar, shown)
	if err != nil {
		return nil, err
	}
	said := map[uuid.UUID]verdict{}
	if self != uuid.Nil {
		if said, err = verdicts(ctx, q, self); err != nil {
			return nil, err
		}
		known, err := findings(ctx, q, []uuid.UUID{self})
		if err != nil {
			return nil, err
		}
		c.Elsewhere = known[self].Elsewhere
	}
	return c, s.name(ctx, q, c, withLinked(found, said), said)
}

// withLinked adds what somebody linked although it is not much alike.
func withLinked(found []match, said map[uuid.UUID]verdict) []match {
	for id, v := range said {
		known := false
		for _, m := range found {
			known = known || m.ID == id
		}
		if !known && v.Verdict == "duplicate" {
			found = append(found, match{ID: id})
		}
	}
	return found
}

func (s *Service) name(ctx context.Context, q tenancy.Querier, c *Checked, found []match, said map[uuid.UUID]verdict) error {
	ids := make([]uuid.UUID, len(found))
	for i, m := range found {
		ids[i] = m.ID
	}
	readable, err := s.readable(ctx, q, ids...)
	if err != nil {
		return err
	}
	for _, m := range found {
		v := said[m.ID]
		c.Copied = c.Copied || m.Score >= Copied && v.Verdict != "different"
		r, ok := readable[m.ID]
		if !ok {
			c.Hidden++
			continue
		}
		c.Matches = append(c.Matches, matchOf(r, m.Score, v))
	}
	return nil
}

func matchOf(r Report, score float64, v verdict) Match {
	m := Match{ID: r.ID, Number: r.Number, Title: r.Title, State: r.State, Author: r.Author, Sender: r.Sender, At: r.At,
		Score: percent(score), Copied: score >= Copied, Verdict: v.Verdict, DecidedBy: v.DecidedBy}
	if v.Verdict != "" {
		m.DecidedAt = &v.DecidedAt
	}
	return m
}

// Compared is two reports side by side.
type Compared struct {
	One   Side  `json:"one"`
	Other Side  `json:"other"`
	Match Match `json:"match" doc:"The other report, how alike it is, and what was said of the two"`
}

// Side is one of them, with what the other has too.
type Side struct {
	ID     uuid.UUID `json:"id"`
	Number string    `json:"number,omitempty"`
	State  string    `json:"state"`
	Author string    `json:"author,omitempty"`
	Sender string    `json:"sender,omitempty"`
	At     time.Time `json:"at"`
	Parts
}

// Compare shows two reports that the caller may read side by side.
func (s *Service) Compare(ctx context.Context, id, other uuid.UUID) (*Compared, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	one, two, err := s.pair(ctx, q, id, other)
	if err != nil {
		return nil, err
	}
	said, err := verdicts(ctx, q, id)
	if err != nil {
		return nil, err
	}
	left, right := sideBySide(one.Text, two.Text)
	side := func(r Report, p Parts) Side {
		return Side{ID: r.ID, Number: r.Number, State: r.State, Author: r.Author, Sender: r.Sender, At: r.At, Parts: p}
	}
	alike := score(newPrint(one.Text).words, newPrint(two.Text).words)
	return &Compared{One: side(one, left), Other: side(two, right), Match: matchOf(two, alike, said[other])}, nil
}

func (s *Service) pair(ctx context.Context, q tenancy.Querier, id, other uuid.UUID) (one, two Report, err error) {
	found, err := s.readable(ctx, q, id, other)
	if err != nil {
		return one, two, err
	}
	one, okOne := found[id]
	two, okTwo := found[other]
	if !okOne || !okTwo {
		return one, two, errs.Missing()
	}
	return one, two, nil
}

var kinds = map[string]string{"duplicate": "similarity.duplicate", "different": "similarity.different"}

// Decide notes what an office says of two reports: the same matter (duplicate), or not (different).
func (s *Service) Decide(ctx context.Context, id, other uuid.UUID, word string) error {
	if kinds[word] == "" {
		return errs.InvalidField("verdict", "只能是重复或不是重复")
	}
	if id == other {
		return errs.InvalidField("other", "不能与自身比较")
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		one, two, err := s.pair(ctx, tx, id, other)
		if err != nil {
			return err
		}
		if err := authz.Holds(tx.Principal(), authz.ReportScreen); err != nil {
			return err
		}
		if gone[one.State] || gone[two.State] {
			return errs.New(errs.Conflict, "草稿和已撤回的信息不能标注重复")
		}
		tx.Record(tenancy.Event{Kind: kinds[word], Subject: tenancy.Subject{Kind: "report", ID: id}, Detail: map[string]string{"other": other.String()}})
		return putVerdict(ctx, tx, id, other, word, score(newPrint(one.Text).words, newPrint(two.Text).words))
	})
}

// Badge is what a list shows of a report: how alike the most similar one was when it came.
type Badge struct {
	ReportID  uuid.UUID  `json:"report_id"`
	OtherID   *uuid.UUID `json:"other_id,omitempty"`
	Score     int        `json:"score" doc:"Per cent; 0 for none in this unit"`
	Copied    bool       `json:"copied"`
	Linked    bool       `json:"linked" doc:"Somebody said they are duplicates"`
	Elsewhere bool       `json:"elsewhere"`
}

// Badges are those of the reports that have something similar. The caller, who screens, may read all of them; else none is
// found.
func (s *Service) Badges(ctx context.Context, ids []uuid.UUID) ([]Badge, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.ReportScreen); err != nil {
		return nil, err
	}
	known, err := findings(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(ids)
	for _, f := range known {
		if f.OtherID != nil {
			all = append(all, *f.OtherID)
		}
	}
	readable, err := s.readable(ctx, q, all...)
	if err != nil {
		return nil, err
	}
	linked, err := linkedOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	badges := []Badge{}
	for _, id := range ids {
		b := Badge{ReportID: id, Elsewhere: known[id].Elsewhere, Linked: linked[id]}
		if other := known[id].OtherID; other != nil {
			if _, ok := readable[*other]; ok {
				b.OtherID, b.Score, b.Copied = other, percent(known[id].Score), known[id].Score >= Copied
			}
		}
		if _, ok := readable[id]; !ok {
			return nil, errs.Missing()
		}
		if b.Score > 0 || b.Elsewhere || b.Linked {
			badges = append(badges, b)
		}
	}
	return badges, nil
}

// Before refuses a submission that copies another report where the tenant has set so (reports.Gate).
func (s *Service) Before(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, action string) error {
	if action != "submit" {
		return nil
	}
	rules, err := RulesOf.Get(ctx, tx)
	if err != nil || rules.OnSubmit != "block" {
		return err
	}
	found, err := s.readable(ctx, tx, report)
	if err != nil {
		return err
	}
	r, ok := found[report]
	if !ok {
		return nil
	}
	c, err := s.check(ctx, tx, r.Text, report)
	if err != nil || !c.Copied {
		return err
	}
	for _, m := range c.Matches {
		if m.Copied && m.Verdict != "different" {
			return errs.New(errs.Conflict, "与《%s》内容高度相似（%d%%），按本单位规定不能重复提交", m.Title, m.Score)
		}
	}
	return errs.New(errs.Conflict, "本单位已有内容高度相似的信息，按规定不能重复提交")
}
