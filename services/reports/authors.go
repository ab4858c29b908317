package reports

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Signatures says who stands behind a report besides the one who writes it. What is nil stays: CoAuthors are the further
// authors in order, OnBehalf is the named person whose report it is where another writes it down (代录).
type Signatures struct {
	CoAuthors *[]CoAuthor
	OnBehalf  *OnBehalf
}

// CoAuthor is a further author: a member of this tenant, or a person by name. Share is per cent of the credit; with none
// given all authors have the same, the first author what is left over.
type CoAuthor struct {
	MembershipID *uuid.UUID
	Name         string
	Unit         string
	Title        string
	Share        *float64
}

// OnBehalf names whose report it is: a member, or somebody outside by name.
type OnBehalf struct {
	MembershipID *uuid.UUID
	Name         string
	Title        string
	Contact      string
}

const (
	maxCoAuthors = 9
	maxName      = 30
	maxPost      = 60
	maxContact   = 60
)

// sharers are the members whose report it is as much as its author's: further authors, and who recorded it for him.
func (r *Report) sharers() []uuid.UUID {
	if r.RecorderID == nil {
		return r.Coauthors
	}
	return append(slices.Clip(r.Coauthors), *r.RecorderID)
}

// people are the members of this tenant a report concerns, its author first.
func (r *Report) people() []uuid.UUID {
	if r.AuthorID == nil {
		return r.sharers()
	}
	return append([]uuid.UUID{*r.AuthorID}, r.sharers()...)
}

// ownedBy tells whether the caller answers for the report: its first author, or who recorded it for him.
func (r *Report) ownedBy(member uuid.UUID) bool {
	return member != uuid.Nil && (r.AuthorID != nil && *r.AuthorID == member || r.RecorderID != nil && *r.RecorderID == member)
}

// sign takes the names as they were given with an edit; the caller saves the report afterwards. Authors sign their own,
// the office corrects what is wrong; the names of a received report are its sender's.
func (s *Service) sign(ctx context.Context, tx *tenancy.Tx, r *Report, g Signatures, byEditor bool) error {
	if g.CoAuthors == nil && g.OnBehalf == nil {
		return nil
	}
	switch {
	case r.Sender != nil || r.Combined:
		return errs.New(errs.Conflict, "署名以来文为准，不能在这里修改")
	case !byEditor && !r.ownedBy(tx.Principal().Membership):
		return errs.New(errs.Forbidden, "只有第一反映人或代录人可以调整署名")
	}
	if g.OnBehalf != nil {
		if err := s.recorded(ctx, tx, r, *g.OnBehalf); err != nil {
			return err
		}
	}
	return s.setCoAuthors(ctx, tx, r, g.CoAuthors)
}

// setCoAuthors checks and replaces the further authors, keeps their copy in the report and tells those who are new.
func (s *Service) setCoAuthors(ctx context.Context, tx *tenancy.Tx, r *Report, given *[]CoAuthor) error {
	if given == nil {
		return nil
	}
	list, err := s.coAuthors(ctx, tx, r, *given)
	if err != nil {
		return err
	}
	before, err := authors(ctx, tx, r.ID)
	if err != nil || slices.EqualFunc(before, list, authorRow.same) {
		return err
	}
	return s.putCoAuthors(ctx, tx, r, list)
}

func (s *Service) putCoAuthors(ctx context.Context, tx *tenancy.Tx, r *Report, list []authorRow) error {
	was := r.Coauthors
	r.Coauthors = []uuid.UUID{}
	for _, a := range list {
		if a.MembershipID != nil {
			r.Coauthors = append(r.Coauthors, *a.MembershipID)
		}
	}
	if err := replaceAuthors(ctx, tx, r.ID, list); err != nil {
		return err
	}
	if err := saveSharing(ctx, tx, r); err != nil {
		return err
	}
	record(tx, r, "authors_changed", nil, map[string]string{"reason": authorsSentence(list)})
	fresh := slices.DeleteFunc(slices.Clone(r.Coauthors), func(id uuid.UUID) bool { return slices.Contains(was, id) || id == tx.Principal().Membership })
	return s.notices.Tell(ctx, tx, fresh, notices.Notice{Kind: "report.authors", Text: tx.Principal().Name + "把您列为《" + r.Title + "》的合作作者", Subject: subject(r.ID)})
}

func authorsSentence(list []authorRow) string {
	if len(list) == 0 {
		return "取消合作作者"
	}
	parts := make([]string, 0, len(list))
	for _, a := range list {
		parts = append(parts, fmt.Sprintf("%s %g%%", a.Name, a.Share))
	}
	return "合作作者：" + strings.Join(parts, "、")
}

// coAuthors checks the list and gives each his name and share; all faults at once.
func (s *Service) coAuthors(ctx context.Context, tx *tenancy.Tx, r *Report, given []CoAuthor) ([]authorRow, error) {
	var faults errs.Fields
	if len(given) > maxCoAuthors {
		faults.Add("co_authors", "合作作者最多 %d 人", maxCoAuthors)
		return nil, faults.Err()
	}
	ids := []uuid.UUID{}
	for _, g := range given {
		if g.MembershipID != nil {
			ids = append(ids, *g.MembershipID)
		}
	}
	known, err := colleagues(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]authorRow, 0, len(given))
	for i, g := range given {
		a := authorRow{MembershipID: g.MembershipID, Name: plain(g.Name), Unit: plain(g.Unit), Title: plain(g.Title)}
		if g.MembershipID != nil {
			m, ok := known[*g.MembershipID]
			a.Name, a.Unit, a.Title = m.Name, m.Unit, m.Title
			switch {
			case !ok:
				faults.Add("co_authors", "第 %d 位合作作者不是本单位的在册成员", i+1)
			case r.AuthorID != nil && *r.AuthorID == m.ID:
				faults.Add("co_authors", "%s是第一反映人，不必再列为合作作者", m.Name)
			case hasMember(list, m.ID):
				faults.Add("co_authors", "%s重复出现", m.Name)
			}
		}
		named(&faults, "co_authors", a.Name, a.Unit, a.Title)
		list = append(list, a)
	}
	shareOut(&faults, given, list)
	return list, faults.Err()
}

func hasMember(list []authorRow, id uuid.UUID) bool {
	return slices.ContainsFunc(list, func(a authorRow) bool { return a.MembershipID != nil && *a.MembershipID == id })
}

// named names the faults of a person's name, unit and title.
func named(faults *errs.Fields, field, name, unit, title string) {
	switch {
	case name == "":
		faults.Add(field, "请填写姓名")
	case utf8.RuneCountInString(name) > maxName:
		faults.Add(field, "姓名最多 %d 个字", maxName)
	case utf8.RuneCountInString(unit) > maxPost || utf8.RuneCountInString(title) > maxPost:
		faults.Add(field, "单位、职务各最多 %d 个字", maxPost)
	case documents.Marked(name) || documents.Marked(unit) || documents.Marked(title):
		faults.Add(field, "%s", documents.PaperOnlyText)
	}
}

// shareOut gives each further author his share of the whole, evenly where none was given.
func shareOut(faults *errs.Fields, given []CoAuthor, list []authorRow) {
	sum, said := 0, 0
	for i, g := range given {
		if g.Share == nil {
			continue
		}
		said++
		if math.IsNaN(*g.Share) || *g.Share < 0 || *g.Share > 100 {
			faults.Add("co_authors", "份额应在 0 到 100 之间")
			return
		}
		hundredths := int(math.Round(*g.Share * 100))
		list[i].Share = float64(hundredths) / 100
		sum += hundredths
	}
	switch {
	case said == 0:
		even(list)
	case said < len(given):
		faults.Add("co_authors", "请为每一位合作作者填写份额，或者都不填（平均分配）")
	case sum > whole:
		faults.Add("co_authors", "各人份额合计不能超过 100%%")
	}
}

// even gives all authors the same share; what does not divide stays with the first author.
func even(list []authorRow) {
	for i := range list {
		list[i].Share = float64(whole/(len(list)+1)) / 100
	}
}

// recorded makes the caller the one who writes the report down for a named person.
func (s *Service) recorded(ctx context.Context, tx *tenancy.Tx, r *Report, o OnBehalf) error {
	p := tx.Principal()
	if err := authz.Holds(p, authz.ReportRecord); err != nil {
		return err
	}
	if r.State != Draft || r.SubmittedAt != nil || !r.ownedBy(p.Membership) {
		return errs.InvalidField("on_behalf", "提交以后不能再更换反映人")
	}
	var faults errs.Fields
	o.Name, o.Title, o.Contact = plain(o.Name), plain(o.Title), plain(o.Contact)
	if utf8.RuneCountInString(o.Contact) > maxContact {
		faults.Add("on_behalf", "联系方式最多 %d 个字", maxContact)
	}
	if o.MembershipID == nil {
		named(&faults, "on_behalf", o.Name, "", o.Title)
		r.AuthorID, r.UnitID = nil, nil
	} else {
		known, err := colleagues(ctx, tx, []uuid.UUID{*o.MembershipID})
		if err != nil {
			return err
		}
		m, ok := known[*o.MembershipID]
		if !ok {
			faults.Add("on_behalf", "反映人不是本单位的在册成员")
		}
		o.Name, o.Title, o.Contact = m.Name, m.Title, ""
		r.AuthorID, r.UnitID = o.MembershipID, m.UnitID
	}
	if err := faults.Err(); err != nil {
		return err
	}
	r.AuthorName, r.AuthorTitle, r.AuthorContact = o.Name, o.Title, o.Contact
	r.RecorderID, r.RecorderName = optional(p.Membership), p.Name
	if r.AuthorID != nil && *r.AuthorID == p.Membership {
		r.RecorderID, r.RecorderName = nil, "" // his own after all
	}
	return nil
}

// tellAuthors tells everybody whose report it is, but for the caller.
func (s *Service) tellAuthors(ctx context.Context, tx *tenancy.Tx, r *Report, n notices.Notice) error {
	to := slices.DeleteFunc(r.people(), func(id uuid.UUID) bool { return id == tx.Principal().Membership })
	if len(to) == 0 {
		return nil
	}
	return s.notices.Tell(ctx, tx, to, n)
}

// Commented is the report's text now and the members whose report it is; not found for who cannot see it.
func (s *Service) Commented(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Text, []uuid.UUID, error) {
	r, err := load(ctx, q, id)
	if err != nil {
		return Text{}, nil, err
	}
	return r.Text, r.people(), authz.Check(q.Principal(), authz.ReportRead, r.object())
}

// recorderDetail names on the timeline who wrote the report down for another.
func (r *Report) recorderDetail() map[string]string {
	if r.RecorderID == nil {
		return nil
	}
	return map[string]string{"recorder": r.RecorderName, "author": r.AuthorName}
}

// addAuthors adds what only the whole report shows of its authors and of where its text stood.
func addAuthors(ctx context.Context, q tenancy.Querier, r *Report, v *ReportView) error {
	if r.Note != (Note{}) {
		v.OriginNote = &OriginNote{r.NoteFrom, r.NoteAddress, r.NoteOn}
	}
	list, err := authors(ctx, q, r.ID)
	rest := 100.0
	for _, a := range list {
		v.CoAuthors = append(v.CoAuthors, ReportCoAuthor(a))
		rest -= a.Share
	}
	if v.Author == nil {
		return err
	}
	if len(list) > 0 {
		v.Author.Share = math.Round(rest*100) / 100
	}
	if p := q.Principal(); r.ownedBy(p.Membership) || authz.Allows(p, authz.ReportScreen, r.object()) {
		v.Author.Contact = r.AuthorContact
	}
	return err
}

// coAuthorNames are the further authors as a letter names them.
func coAuthorNames(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]Signatory, error) {
	rows, err := authors(ctx, q, id)
	var list []Signatory
	for _, a := range rows {
		list = append(list, Signatory{a.Name, a.Unit, a.Title, a.Share})
	}
	return list, err
}

func (o Outgoing) authorRows() []authorRow {
	list := make([]authorRow, 0, len(o.CoAuthors))
	for _, a := range o.CoAuthors {
		list = append(list, authorRow{Name: a.Name, Unit: a.Unit, Title: a.Title, Share: a.Share})
	}
	return list
}
