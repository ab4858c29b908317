package reports

import (
	"context"
	"crypto/rand"
	"maps"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Service is the reports of all tenants, one at a time. News, Reviews, Gates, Finder and Invited are wired by cmd;
// without them nothing is told down, no review waits for anybody, nothing has to come first, words find nothing, and nobody
// is invited to read.
type Service struct {
	db      *tenancy.DB
	dir     *tenancy.Directory
	notices Notifier
	files   Files
	News    News
	Reviews Reviews
	Gates   []Gate
	Finder  Finder
	Invited []Readers

	Catalogue Catalogue
}

// New makes the service.
func New(db *tenancy.DB, dir *tenancy.Directory, notices Notifier, files Files) *Service {
	return &Service{db: db, dir: dir, notices: notices, files: files, News: nobody{}, Reviews: nobody{}, Finder: nobody{}, Catalogue: shipped{}}
}

type nobody struct{}

func (nobody) Tell(context.Context, *tenancy.Tx, uuid.UUID, Outcome) error { return nil }

func (nobody) WaitingFor(context.Context, tenancy.Querier) ([]uuid.UUID, error) { return nil, nil }

// act is the frame of every change of one report: one transaction, the report locked, the action allowed.
func (s *Service) act(ctx context.Context, id uuid.UUID, action Action, fn func(tx *tenancy.Tx, r *Report, t transition) error) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, t, err := s.take(ctx, tx, id, action)
		if err != nil {
			return err
		}
		return fn(tx, r, t)
	})
}

// take locks the report, checks the action and asks the gates.
func (s *Service) take(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, action Action) (*Report, transition, error) {
	r, err := lock(ctx, tx, id)
	if err != nil {
		return nil, transition{}, err
	}
	t, err := allow(tx.Principal(), r, action)
	if err != nil {
		return r, t, err
	}
	return r, t, s.askGates(ctx, tx, id, action)
}

func (s *Service) askGates(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, action Action) error {
	for _, gate := range s.Gates {
		if err := gate.Before(ctx, tx, id, string(action)); err != nil {
			return err
		}
	}
	return nil
}

// record writes what happened to the report, with the measures that count it.
func record(tx *tenancy.Tx, r *Report, kind string, measures map[string]int, detail map[string]string) uuid.UUID {
	return tx.Record(tenancy.Event{Kind: "report." + kind, Subject: subject(r.ID), Category: r.Category, Child: r.child(), Measures: measures, Detail: detail})
}

// Create makes a report of the caller: a draft, or submitted at once. An id that the caller's report has already answers
// as a repeat of the first one (tenancy.Repeat).
func (s *Service) Create(ctx context.Context, n NewReport) (uuid.UUID, error) {
	r, err := s.create(ctx, n)
	return r.ID, err
}

func (s *Service) create(ctx context.Context, n NewReport) (*Report, error) {
	id := n.ID
	if id == uuid.Nil {
		id = tenancy.NewID()
	}
	r := &Report{}
	return r, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := mayWrite(tx.Principal()); err != nil {
			return err
		}
		n.Provenance = n.begun(n.OnBehalf != nil)
		in, err := n.checked(ctx, tx, Provenance{})
		if err != nil {
			return err
		}
		*r = *fresh(tx, id, in)
		if n.OnBehalf != nil {
			if err := s.recorded(ctx, tx, r, *n.OnBehalf); err != nil {
				return err
			}
		}
		if n.Submit {
			r.submit(tx)
			r.confirm(tx, n.SecrecyChecked)
		}
		if err := s.insertOwn(ctx, tx, r); err != nil {
			return err
		}
		if err := s.claim(ctx, tx, id, in.Attachments); err != nil {
			return err
		}
		if err := s.opened(ctx, tx, r, n.Submit); err != nil {
			return err
		}
		return s.setCoAuthors(ctx, tx, r, n.CoAuthors)
	})
}

// opened records a new report: a draft, or one submitted at once, which the gates are asked about.
func (s *Service) opened(ctx context.Context, tx *tenancy.Tx, r *Report, submit bool) error {
	if !submit {
		record(tx, r, "created", nil, r.recorderDetail())
		return nil
	}
	if err := s.askGates(ctx, tx, r.ID, ActSubmit); err != nil {
		return err
	}
	return s.submitted(ctx, tx, r)
}

func mayWrite(p *tenancy.Principal) error {
	return authz.Check(p, authz.ReportWrite, authz.Object{Read: authz.ReportRead, Owner: p.Membership, Private: true})
}

// fresh is a draft of the caller's.
func fresh(tx *tenancy.Tx, id uuid.UUID, in Input) *Report {
	p := tx.Principal()
	r := &Report{ID: id, State: Draft, Version: 1, AuthorID: optional(p.Membership), AuthorName: p.Name, AuthorTitle: p.Title, UnitID: optional(p.Unit),
		Flags: []string{}, Origin: p.Tenant.ID, CreatedAt: tx.Now(), UpdatedAt: tx.Now(), Adoptions: []Adoption{}, TextBy: optional(p.Membership),
		Coauthors: []uuid.UUID{}, Readers: []uuid.UUID{}}
	r.take(in)
	return r
}

func (s *Service) insertOwn(ctx context.Context, tx *tenancy.Tx, r *Report) error {
	kind := ""
	if r.State == Submitted {
		kind = versionOriginal
	}
	inserted, err := insert(ctx, tx, r, kind)
	if err != nil || inserted {
		return err
	}
	other, err := load(ctx, tx, r.ID)
	if err == nil && other.ownedBy(tx.Principal().Membership) {
		return &tenancy.Repeat{Subject: subject(r.ID)}
	}
	return errs.InvalidField("id", "编号已被使用，请重试")
}

func (s *Service) claim(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, files []uuid.UUID) error {
	if len(files) == 0 {
		return nil
	}
	return s.files.Claim(ctx, tx, files, subject(id))
}

// Draft makes a draft of the caller's for another noun; its source stays linked.
func (s *Service) Draft(ctx context.Context, tx *tenancy.Tx, d NewDraft) (uuid.UUID, error) {
	in, err := checked(ctx, tx, Input{Text: d.Text, Category: d.Category}, asDraft, Text{})
	if err != nil {
		return uuid.Nil, err
	}
	if err := mayWrite(tx.Principal()); err != nil {
		return uuid.Nil, err
	}
	in.SourceKind = d.SourceKind
	in.Provenance = in.begun(false)
	r := fresh(tx, tenancy.NewID(), in)
	r.SourceID = optional(d.SourceID)
	if err := s.insertOwn(ctx, tx, r); err != nil {
		return uuid.Nil, err
	}
	record(tx, r, "created", nil, map[string]string{"source_kind": d.SourceKind})
	return r.ID, nil
}

// Edit changes parts of the text, based on the version the caller read; Stale where somebody was faster. Authors edit
// their drafts and what was returned to them, editors this unit's copy; every edit of the copy is kept as a version.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, version int, c Change) (uuid.UUID, error) {
	return s.act(ctx, id, ActEdit, func(tx *tenancy.Tx, r *Report, t transition) error {
		if r.Version != version {
			return errs.New(errs.Stale, "信息已被他人修改，请刷新后在最新内容上重新修改")
		}
		before := r.input()
		byEditor, at := t.Permission == authz.ReportScreen, asDraft
		if byEditor {
			at = asKept
		}
		in, err := checkedSince(ctx, tx, c.apply(before), before.Provenance, at, r.Text)
		if err != nil {
			return err
		}
		if err := s.sign(ctx, tx, r, c.Signatures, byEditor); err != nil {
			return err
		}
		t.move(r)
		if c.Attachments != nil {
			if err := s.files.Settle(ctx, tx, c.Attachments, subject(id)); err != nil {
				return err
			}
		}
		return s.rewrite(ctx, tx, r, in, byEditor)
	})
}

// BeginEdit starts editing what was taken up.
func (s *Service) BeginEdit(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.act(ctx, id, ActEdit, func(tx *tenancy.Tx, r *Report, t transition) error {
		t.move(r)
		record(tx, r, "editing", nil, nil)
		return save(ctx, tx, r)
	})
}

// rewrite puts the new content in place. An author's text becomes a version when it is submitted, an editor's at once.
func (s *Service) rewrite(ctx context.Context, tx *tenancy.Tx, r *Report, in Input, byEditor bool) error {
	changed, category := in.Text != r.Text, r.Category
	if changed {
		if err := s.passOn(ctx, tx, r, byEditor); err != nil {
			return err
		}
	}
	r.take(in)
	kind := "drafted"
	if byEditor {
		kind = "edited"
	}
	record(tx, r, kind, nil, nil)
	if err := save(ctx, tx, r); err != nil {
		return err
	}
	if byEditor && changed {
		if err := appendVersion(ctx, tx, r.ID, versionEdited, r.Text, Origin{}); err != nil {
			return err
		}
	}
	return recategorise(ctx, tx, r, category)
}

// passOn keeps what another person had written before the caller writes on: who wrote what stays visible.
func (s *Service) passOn(ctx context.Context, tx *tenancy.Tx, r *Report, byEditor bool) error {
	me, before := tx.Principal().Membership, r.TextBy
	if !byEditor && before != nil && *before != me && r.Text != (Text{}) {
		if err := keepDraft(ctx, tx, r, r.Text); err != nil {
			return err
		}
	}
	r.TextBy = optional(me)
	return nil
}

// Submit hands the author's draft, or the corrected text, to the unit.
func (s *Service) Submit(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.handIn(ctx, id, false)
}

// SubmitChecked is Submit with the author's word that the text holds nothing secret; a unit can ask for it.
func (s *Service) SubmitChecked(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.handIn(ctx, id, true)
}

func (s *Service) handIn(ctx context.Context, id uuid.UUID, secrecyChecked bool) (uuid.UUID, error) {
	return s.act(ctx, id, ActSubmit, func(tx *tenancy.Tx, r *Report, _ transition) error {
		in, err := NewReport{Input: r.input(), Submit: true, SecrecyChecked: secrecyChecked}.checked(ctx, tx, r.provenance())
		if err != nil {
			return err
		}
		r.confirm(tx, secrecyChecked)
		r.take(in)
		first := r.SubmittedAt == nil
		r.submit(tx)
		if err := save(ctx, tx, r); err != nil {
			return err
		}
		if err := appendVersionBy(ctx, tx, r.ID, versionOriginal, r.Text, Origin{}, r.TextBy); err != nil {
			return err
		}
		if first {
			return s.submitted(ctx, tx, r)
		}
		record(tx, r, "resubmitted", nil, nil)
		return s.tellEditors(ctx, tx, r, "report.resubmitted", "《"+r.Title+"》已按意见修改后重新提交")
	})
}

// submit sets the state, and at the first time number and date, which the figures go by.
func (r *Report) submit(tx *tenancy.Tx) {
	r.State = Submitted
	if r.Number == "" {
		r.Number = newNumber(tx.Principal().Tenant.Code, tx.Now())
	}
	if r.SubmittedAt == nil {
		now := tx.Now()
		r.SubmittedAt = &now
	}
}

func (s *Service) submitted(ctx context.Context, tx *tenancy.Tx, r *Report) error {
	detail := map[string]string{"number": r.Number}
	maps.Copy(detail, r.recorderDetail())
	record(tx, r, "submitted", map[string]int{"own_submitted": 1, "tree_submitted": 1}, detail)
	if r.Urgency == "normal" {
		return nil // the inbox is open in the editors' pages; a notice interrupts
	}
	return s.tellEditors(ctx, tx, r, "report.submitted", "收到"+urgencyText[r.Urgency]+"信息《"+r.Title+"》，请及时受理")
}

// Withdraw takes a submission back until it is taken up; a corrected one goes back to where it was returned.
func (s *Service) Withdraw(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.act(ctx, id, ActWithdraw, func(tx *tenancy.Tx, r *Report, t transition) error {
		record(tx, r, "withdrawn", nil, nil)
		if r.OutcomeNo > 0 {
			r.State = Returned
			return save(ctx, tx, r)
		}
		t.move(r)
		tx.Record(tenancy.Event{Kind: eventBooked, Subject: subject(r.ID), OccurredAt: *r.SubmittedAt, Category: r.Category,
			Measures: map[string]int{"own_submitted": -1, "tree_submitted": -1}})
		r.SubmittedAt = nil
		return save(ctx, tx, r)
	})
}

// editors are the roles a notice to the desk goes to.
var editors = []string{"editor"}

func (s *Service) tellEditors(ctx context.Context, tx *tenancy.Tx, r *Report, kind, text string) error {
	return s.notices.TellRoles(ctx, tx, editors, notices.Notice{Kind: kind, Text: text, Subject: subject(r.ID)})
}

func (s *Service) tellAuthor(ctx context.Context, tx *tenancy.Tx, r *Report, kind, text string) error {
	return s.tellAuthors(ctx, tx, r, notices.Notice{Kind: kind, Text: text, Subject: subject(r.ID)})
}

// numberAlphabet has no letters that are read as digits.
const numberAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newNumber is a readable tracking number, such as A1-2611-7K3M9Q; letters carry it along unchanged.
func newNumber(code string, now time.Time) string {
	place, _, _ := strings.Cut(code, "-")
	random := make([]byte, 6)
	_, _ = rand.Read(random)
	for i := range random {
		random[i] = numberAlphabet[random[i]%32]
	}
	return strings.ToUpper(place) + "-" + now.In(shanghai).Format("0601") + "-" + string(random)
}

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

var urgencyText = map[string]string{"normal": "普通", "urgent": "紧急", "critical": "特急"}

func optional(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
