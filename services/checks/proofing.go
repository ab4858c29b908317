package checks

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/checks/proof"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// ListSetting is where a tenant keeps the names and words that a proof check holds a text against.
var ListSetting = settings.Kind[proof.Lists]{
	Name: "proof-lists", Title: "姓名职务和规范用语表",
	Default: func(tenancy.Tenant) proof.Lists { return proof.Lists{People: []proof.Person{}, Words: []proof.Pair{}} },
	Check:   checkLists,
}

func checkLists(l *proof.Lists) error {
	var faults errs.Fields
	for i, p := range l.People {
		p.Name, p.Post = documents.Line(p.Name), documents.Line(p.Post)
		l.People[i] = p
		if len([]rune(p.Name)) < 2 || p.Post == "" {
			faults.Add("people", "第 %d 行：请填写姓名（至少两个字）和职务", i+1)
		}
		documents.CheckText(&faults, "people", p.Name, 20)
		documents.CheckText(&faults, "people", p.Post, maxName)
	}
	for i, w := range l.Words {
		w.Wrong, w.Right = documents.Line(w.Wrong), documents.Line(w.Right)
		l.Words[i] = w
		if len([]rune(w.Wrong)) < 2 || w.Right == "" || w.Wrong == w.Right {
			faults.Add("words", "第 %d 行：请填写不规范的写法（至少两个字）和规范的写法，两者不能相同", i+1)
		}
		documents.CheckText(&faults, "words", w.Wrong, maxName)
		documents.CheckText(&faults, "words", w.Right, maxName)
	}
	return faults.Err()
}

// The decisions about a finding: it is an error and must be put right, or it is none.
const (
	Accepted  = "accepted"
	Dismissed = "dismissed"
)

// Decided is a finding and what the person made of it.
type Decided struct {
	proof.Finding
	Decision string `json:"decision,omitempty" enum:"accepted,dismissed"`
}

// Proof is a proof check as its readers see it.
type Proof struct {
	ID          uuid.UUID `json:"id"`
	Findings    []Decided `json:"findings"`
	Ticks       []string  `json:"ticks" enum:"names,figures,dates,typing"`
	Faults      int       `json:"faults" doc:"Errors to be put right; 0 has passed"`
	Note        string    `json:"note,omitempty"`
	Proofreader string    `json:"proofreader"`
	At          time.Time `json:"at"`
	Changed     bool      `json:"changed" doc:"The text has been changed since"`
}

// ProofSheet is the text as the machine reads it now, with earlier decisions kept, and the proof checks so far, newest first.
type ProofSheet struct {
	Version  int       `json:"version" doc:"Of the report: what is proofread"`
	Findings []Decided `json:"findings"`
	Proofs   []Proof   `json:"proofs"`
}

// NewProof is a proof check: a decision for each finding, and the groups that were gone through, all of them.
type NewProof struct {
	Decisions map[string]string `json:"decisions" doc:"accepted or dismissed, by the key of the finding"`
	Ticks     []string          `json:"ticks" maxItems:"4" enum:"names,figures,dates,typing"`
	Faults    int               `json:"faults,omitempty" minimum:"0" maximum:"200" doc:"Further errors that the person found and wrote down in the note"`
	Note      string            `json:"note,omitempty" maxLength:"500"`
}

type proofRow struct {
	ID          uuid.UUID
	Digest      []byte
	Findings    []Decided
	Ticks       []string
	Faults      int
	Note        string
	Proofreader string
	At          time.Time
}

// lackOfProof is empty where the text passed a proof check; current asks that it was the text as it stands.
func (k known) lackOfProof(r Report, current bool) string {
	switch {
	case k.proof == nil:
		return "还没有校对，可由编辑或核稿人在“核实与会商”中校对"
	case k.proof.Faults > 0:
		return "校对发现的错误还没有改正，请改正后重新校对"
	case current && !bytes.Equal(k.proof.Digest, r.wholeDigest()):
		return "校对后正文又有修改，请重新校对"
	}
	return ""
}

// Proof reads the text of a report and shows what looks wrong, with the proof checks so far.
func (s *Service) Proof(ctx context.Context, report uuid.UUID) (ProofSheet, error) {
	sheet := ProofSheet{Findings: []Decided{}, Proofs: []Proof{}}
	q, err := s.db.Read(ctx)
	if err != nil {
		return sheet, err
	}
	r, err := s.reports.Load(ctx, q, report)
	if err != nil {
		return sheet, err
	}
	if err := authz.Holds(q.Principal(), authz.CheckRead); err != nil {
		return sheet, err
	}
	rows, err := proofsOf(ctx, q, report, 50)
	if err != nil {
		return sheet, err
	}
	sheet.Version = r.Version
	decided := map[string]string{}
	for _, p := range slices.Backward(rows) { // the newest decides
		for _, f := range p.Findings {
			decided[f.Key] = f.Decision
		}
	}
	found, err := s.findings(ctx, q, r)
	if err != nil {
		return sheet, err
	}
	for _, f := range found {
		d := Decided{Finding: f}
		if decided[f.Key] == Dismissed {
			d.Decision = Dismissed
		}
		sheet.Findings = append(sheet.Findings, d)
	}
	for _, p := range rows {
		sheet.Proofs = append(sheet.Proofs, Proof{ID: p.ID, Findings: p.Findings, Ticks: p.Ticks, Faults: p.Faults, Note: p.Note, Proofreader: p.Proofreader, At: p.At,
			Changed: !bytes.Equal(p.Digest, r.wholeDigest())})
	}
	return sheet, nil
}

func (s *Service) findings(ctx context.Context, q tenancy.Querier, r Report) ([]proof.Finding, error) {
	lists, err := ListSetting.Get(ctx, q)
	return proof.Read(proof.Text{Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice}, lists), err
}

// Proofread keeps a proof check of the version the caller read: Stale where the text was changed meanwhile, Invalid where a
// finding is undecided or a group was not gone through. Editors hear of errors that were found.
func (s *Service) Proofread(ctx context.Context, report uuid.UUID, version int, n NewProof) (uuid.UUID, error) {
	n.Note = documents.Clean(n.Note, true)
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, report, authz.CheckWrite)
		if err != nil {
			return err
		}
		if err := r.as(version); err != nil {
			return err
		}
		found, err := s.findings(ctx, tx, r)
		if err != nil {
			return err
		}
		decided, err := n.check(found)
		if err != nil {
			return err
		}
		faults := n.Faults
		for _, d := range decided {
			if d.Decision == Accepted {
				faults++
			}
		}
		if err := insertProof(ctx, tx, report, version, r.wholeDigest(), proofRow{ID: id, Findings: decided, Ticks: n.Ticks, Faults: faults, Note: n.Note}); err != nil {
			return err
		}
		result := "未发现错误"
		if faults > 0 {
			result = "发现错误，须改正"
		}
		tx.Record(tenancy.Event{Kind: "proof.done", Subject: tenancy.Subject{Kind: "proof", ID: id}})
		tx.Record(tenancy.Event{Kind: "report.proofread", Subject: ofReport(report), Category: r.Category, Detail: map[string]string{"result": result}})
		if faults == 0 {
			return nil
		}
		return s.notices.TellRoles(ctx, tx, []string{"editor"}, notices.Notice{Kind: "proof.faults", Subject: ofReport(report),
			Text: "《" + r.Title + "》校对发现错误，请改正"})
	})
}

// check matches the decisions to what was found.
func (n NewProof) check(found []proof.Finding) ([]Decided, error) {
	var faults errs.Fields
	decided, open := []Decided{}, 0
	for _, f := range found {
		d := Decided{Finding: f, Decision: n.Decisions[f.Key]}
		if d.Decision != Accepted && d.Decision != Dismissed {
			open++
		}
		decided = append(decided, d)
	}
	if open > 0 {
		faults.Add("decisions", "还有 %d 处提示没有处理，请逐一判断", open)
	}
	for _, group := range proof.Groups {
		if !slices.Contains(n.Ticks, group) {
			faults.Add("ticks", "请逐项校对姓名职务、数字、日期和文字标点，并全部勾选")
			break
		}
	}
	if n.Faults > 0 && n.Note == "" {
		faults.Add("note", "请写明另外发现的错误")
	}
	documents.CheckText(&faults, "note", n.Note, maxNote)
	return decided, faults.Err()
}

const selectProofs = `
	select p.id, p.digest, p.findings, p.ticks, p.faults, p.note, m.name as proofreader, p.proofread_at as at
	from proofs p join memberships m on m.tenant_id = p.tenant_id and m.id = p.proofread_by
	where p.tenant_id = $1 and p.report_id = $2 order by p.proofread_at desc, p.id desc limit $3`

func proofsOf(ctx context.Context, q tenancy.Querier, report uuid.UUID, most int) ([]proofRow, error) {
	return tenancy.Collect[proofRow](ctx, q, selectProofs, q.Tenant(), report, most)
}

// lastProof is nil where the report was never proofread.
func lastProof(ctx context.Context, q tenancy.Querier, report uuid.UUID) (*proofRow, error) {
	p, err := tenancy.Get[proofRow](ctx, q, selectProofs, q.Tenant(), report, 1)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &p, err
}

func insertProof(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, version int, digest []byte, p proofRow) error {
	_, err := tx.Exec(ctx, `
		insert into proofs (tenant_id, id, report_id, digest, version, findings, ticks, faults, note, proofread_by, proofread_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.Tenant(), p.ID, report, digest, version, p.Findings, p.Ticks, p.Faults, p.Note, tx.Principal().Membership, tx.Now())
	return err
}
