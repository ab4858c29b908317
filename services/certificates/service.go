package certificates

import (
	"context"
	"crypto/subtle"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/limit"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Service issues and verifies. Limit is wired by the program; without it everybody may ask as often as he likes.
type Service struct {
	Limit *limit.Limit

	db      *tenancy.DB
	dir     *tenancy.Directory
	reports Reports
	lock    func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error)
}

// NewService certifies those reports.
func NewService(db *tenancy.DB, dir *tenancy.Directory, reports Reports) *Service {
	return &Service{db: db, dir: dir, reports: reports, lock: lock}
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "certificate", ID: id} }

// verifies is how often one address may ask: a desk that checks a pile of papers, and no more.
var verifies = limit.Allowance{Most: 20, Span: time.Minute}

var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Of are the certificates on a report that the caller may read.
func (s *Service) Of(ctx context.Context, report uuid.UUID) (Sheet, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Sheet{}, err
	}
	r, err := s.reports.Load(ctx, q, report)
	if err != nil {
		return Sheet{}, err
	}
	p := q.Principal()
	if err := authz.Holds(p, authz.CertificateIssue); err != nil {
		return Sheet{}, err
	}
	rows, err := ofReport(ctx, q, report)
	if err != nil {
		return Sheet{}, err
	}
	sheet := Sheet{Items: make([]Certificate, 0, len(rows)), Authors: []string{}, Can: []string{}}
	for _, c := range rows {
		sheet.Items = append(sheet.Items, c.view(p.Tenant))
	}
	for _, a := range r.Authors {
		sheet.Authors = append(sheet.Authors, a.Name)
	}
	if len(r.Adopted) > 0 && !r.Received {
		sheet.Can = append(sheet.Can, "issue")
	}
	return sheet, nil
}

// Issue makes out a certificate for one author about one adoption that stands. The same again is Conflict while one stands.
func (s *Service) Issue(ctx context.Context, report uuid.UUID, n New) (uuid.UUID, error) {
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.reports.Load(ctx, tx, report)
		if err != nil {
			return err
		}
		p := tx.Principal()
		if err := authz.Holds(p, authz.CertificateIssue); err != nil {
			return err
		}
		if r.Received {
			return errs.New(errs.Conflict, "来文的采用证明由来文单位开具")
		}
		i := slices.IndexFunc(r.Adopted, func(a Adoption) bool { return a.Event == n.Event })
		if i < 0 {
			return errs.InvalidField("event", "没有这次采用，或已更正撤销")
		}
		if !slices.ContainsFunc(r.Authors, func(a Author) bool { return a.Name == n.Person }) {
			return errs.InvalidField("person", "不是这篇信息的作者")
		}
		a, year := r.Adopted[i], tx.Now().In(zone).Year()
		c := row{ID: id, ReportID: report, OriginEvent: a.Event, Person: n.Person, Year: year, Code: newCode(), ReportTitle: r.Title, Decider: a.Decider,
			Level: a.Level, Form: a.Form, AdoptedOn: date(a.At)}
		if c.No, err = nextNumber(ctx, tx, year); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "certificate.issued", Subject: subject(id), Detail: map[string]string{"number": numberOf(p.Tenant.Code, year, c.No)}})
		tx.Record(tenancy.Event{Kind: "report.certified", Subject: tenancy.Subject{Kind: "report", ID: report}, Category: r.Category,
			Detail: map[string]string{"number": numberOf(p.Tenant.Code, year, c.No), "person": n.Person}})
		fresh, err := insert(ctx, tx, c)
		if err == nil && !fresh {
			err = errs.New(errs.Conflict, "已为%s开具过这次采用的证明", n.Person)
		}
		return err
	})
}

func date(at time.Time) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Withdraw takes a certificate back, with the reason; from then on nobody is told that it stands.
func (s *Service) Withdraw(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	var faults errs.Fields
	documents.CheckWritten(&faults, documents.Written{Field: "reason", Name: "撤销的理由", Text: &reason, Least: 2, Most: 300})
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	report := uuid.Nil
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.lock(ctx, tx, id)
		if err != nil {
			return err
		}
		report = c.ReportID
		if err := s.may(ctx, tx, c); err != nil {
			return err
		}
		if c.WithdrawnAt != nil {
			return errs.New(errs.Conflict, "这份证明已经撤销")
		}
		tx.Record(tenancy.Event{Kind: "certificate.withdrawn", Subject: subject(id), Detail: map[string]string{"reason": reason}})
		return withdraw(ctx, tx, id, reason)
	})
	return report, err
}

// may is nil for who issues certificates and may read the report; for others there is none.
func (s *Service) may(ctx context.Context, q tenancy.Querier, c row) error {
	if _, err := s.reports.Load(ctx, q, c.ReportID); err != nil {
		return err
	}
	return authz.Holds(q.Principal(), authz.CertificateIssue)
}

// Get is one certificate.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Certificate, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Certificate{}, err
	}
	c, err := find(ctx, q, id)
	if err != nil {
		return Certificate{}, err
	}
	if err := s.may(ctx, q, c); err != nil {
		return Certificate{}, err
	}
	return c.view(q.Principal().Tenant), nil
}

// nothing is the one answer for whatever does not stand: a number that is none, a wrong code, a unit that is not there.
var nothing = Answer{Sentence: "没有查到与编号和验证码相符的有效证明，请核对后重试；仍有疑问请联系开具单位。"}

// Verify tells anybody whether a certificate stands, for the actor visitor in the unit that its number names.
func (s *Service) Verify(ctx context.Context, number, code, address string) (Answer, error) {
	key := tenancy.Key(tenancy.Tenant{Code: "platform"}, "visitor", "verify", limit.Network(address))
	if err := s.Limit.Allow(ctx, key, verifies, s.db.Clock.Now()); err != nil {
		return Answer{}, err
	}
	unit, year, no, ok := parseNumber(number)
	if !ok {
		return nothing, nil
	}
	tenant, err := s.dir.ByCode(ctx, unit)
	if errs.Is(err, errs.NotFound) {
		return nothing, nil
	}
	if err != nil {
		return Answer{}, err
	}
	ctx = tenancy.System(ctx, tenant, "visitor", "来自 "+address, authz.Actors())
	q, err := s.db.Read(ctx)
	if err != nil {
		return Answer{}, err
	}
	if err := authz.Holds(q.Principal(), authz.CertificateVerify); err != nil {
		return Answer{}, err
	}
	c, err := byNumber(ctx, q, year, no)
	if errs.Is(err, errs.NotFound) {
		return nothing, nil
	}
	if err != nil {
		return Answer{}, err
	}
	if subtle.ConstantTimeCompare([]byte(plainCode(code)), []byte(c.Code)) != 1 {
		return nothing, nil
	}
	if c.WithdrawnAt != nil {
		return Answer{Sentence: "这份证明已被开具单位撤销，无效。"}, nil
	}
	return Answer{Valid: true, Sentence: "证明有效。", Unit: tenant.Name, Person: masked(c.Person), Level: levelText[c.Level], AdoptedOn: c.AdoptedOn.Format(time.DateOnly)}, nil
}
