package issues

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Print is what was printed of an issue: everything its paper shows.
type Print struct {
	Journal string `json:"journal"`
	Kind    string `json:"kind"`
	Head    Head   `json:"head"`
	Year    int    `json:"year"`
	No      int    `json:"no"`
	Total   int    `json:"total"`
	Title   string `json:"title"`
	Intro   string `json:"introduction,omitempty"`
	Addressees
	Signer string `json:"signer,omitempty"`
	Dated  string `json:"dated"`
	Items  []Item `json:"items"`
}

// Release is 编发: the issue takes its number, its reports are adopted, and what is printed is kept. Nothing of that happens
// without the rest. Based on the version the caller read: nobody releases what he has not seen.
func (s *Service) Release(ctx context.Context, id uuid.UUID, version int) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, id, authz.IssueRelease, Draft)
		if err != nil {
			return err
		}
		if r.Version != version {
			return errs.New(errs.Stale, "这一期已被他人修改，请刷新核对后再编发")
		}
		items, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := complete(r, items); err != nil {
			return err
		}
		j, err := findJournal(ctx, tx, r.JournalID, yearOf(tx))
		if err != nil {
			return err
		}
		r.Year = yearOf(tx)
		if r.No, err = s.numbers(ctx, tx, j.ID, r.Year, j.first(r.Year)); err != nil {
			return err
		}
		if r.Total, err = s.numbers(ctx, tx, j.ID, 0, j.Start.Total); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "issue.released", Subject: subject(id), Detail: map[string]string{"issue": r.label()}})
		texts, adopted, err := s.issueAll(ctx, tx, r, items)
		if err != nil {
			return err
		}
		r.Title = titleOf(r.Title, texts)
		content, digest, err := r.printed(tx.Principal(), texts)
		if err != nil {
			return err
		}
		return releaseIssue(ctx, tx, r, adopted, content, digest)
	})
}

// complete names what an issue lacks for its release.
func complete(r row, items []itemRow) error {
	var faults errs.Fields
	if len(items) == 0 {
		faults.Add("items", "请至少编入一篇信息")
	}
	if len(items) > 1 && r.Title == "" {
		faults.Add("title", "一期编入多篇时请填写总标题")
	}
	if r.ReportTo == "" && r.SendTo == "" && r.IssueTo == "" {
		faults.Add("report_to", "请填写报、送、发中的至少一项")
	}
	if r.Head.Style == "upward" && r.Signer == "" {
		faults.Add("signer", "上行文式版头请填写签发人")
	}
	return faults.Err()
}

// issueAll books the release at each report, always in the same order, and gives the texts in the order of the issue.
func (s *Service) issueAll(ctx context.Context, tx *tenancy.Tx, r row, items []itemRow) ([]Item, []uuid.UUID, error) {
	form := formSingle
	if len(items) > 1 {
		form = formCombined
	}
	ids := make([]uuid.UUID, 0, len(items))
	for _, item := range items {
		ids = append(ids, item.ReportID)
	}
	byReport := map[uuid.UUID]Text{}
	adopted := []uuid.UUID{}
	for _, id := range sorted(ids) {
		text, now, err := s.reports.Issue(ctx, tx, id, r.label(), form, r.Kind == Express)
		if err != nil {
			return nil, nil, err
		}
		if byReport[id] = text; now {
			adopted = append(adopted, id)
		}
	}
	list := make([]Item, 0, len(items))
	for _, item := range items {
		list = append(list, Item{Heading: item.Heading, Text: byReport[item.ReportID]})
	}
	return list, adopted, nil
}

func (r row) printed(p *tenancy.Principal, items []Item) (content, digest []byte, err error) {
	v := r.view(p)
	content, err = json.Marshal(Print{Journal: v.Journal, Kind: v.Kind, Head: v.Head, Year: v.Year, No: v.No, Total: v.Total, Title: v.Title, Intro: v.Introduction,
		Addressees: v.Addressees, Signer: v.Signer, Dated: v.Dated, Items: items})
	sum := sha256.Sum256(content)
	return content, sum[:], err
}

// print is what was printed, verified against its digest.
func (s *Service) print(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Print, error) {
	kept, err := printOf(ctx, q, id)
	if err != nil {
		return Print{}, err
	}
	if sum := sha256.Sum256(kept.Content); !bytes.Equal(sum[:], kept.Digest) {
		return Print{}, errs.New(errs.Internal, "内容与编发时的校验值不符，请联系系统管理员")
	}
	var p Print
	return p, json.Unmarshal(kept.Content, &p)
}

func (s *Service) addPrinted(ctx context.Context, q tenancy.Querier, v *Issue) error {
	p, err := s.print(ctx, q, v.ID)
	v.Journal, v.Head, v.Items = p.Journal, p.Head, p.Items
	return err
}

// Withdraw is 作废: the issue keeps its number and what was printed, with the reason; adoptions that its release was are
// corrected, and its reports may stand in another issue.
func (s *Service) Withdraw(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	var faults errs.Fields
	settle(&faults, "reason", "作废原因", &reason, maxReason, false)
	if reason == "" {
		faults.Add("reason", "请写明作废原因")
	}
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, id, authz.IssueRelease, Released)
		if err != nil {
			return err
		}
		items, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		adopted, ids := map[uuid.UUID]bool{}, []uuid.UUID{}
		for _, item := range items {
			adopted[item.ReportID], ids = item.Adopted, append(ids, item.ReportID)
		}
		tx.Record(tenancy.Event{Kind: "issue.withdrawn", Subject: subject(id), Detail: map[string]string{"issue": r.label(), "reason": reason}})
		for _, report := range sorted(ids) {
			if err := s.reports.IssueWithdrawn(ctx, tx, report, r.label(), reason, adopted[report]); err != nil {
				return err
			}
		}
		return withdrawIssue(ctx, tx, id, reason)
	})
}
