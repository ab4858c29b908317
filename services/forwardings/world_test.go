package forwardings_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/blob"
	"shangda/services/attachments"
	"shangda/services/forwardings"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// road is two committees with a line between them, and everything real that carries a report; the test is the courier. Requirements
// and sign-offs are other nouns': here they are what the test says.
type road struct {
	*tenancytest.World
	t       *testing.T
	s       *forwardings.Service
	reports *reports.Service
	letters *letters.Service
	asked   map[int32]forwardings.Asked
	sheet   []forwardings.SignedStep

	county, city                          *tenancytest.Tenant
	member, clerk, signer, desk, reviewer *tenancytest.Person
}

func newRoad(t *testing.T) *road {
	t.Helper()
	t.Parallel()
	w := tenancytest.New(t)
	bucket, err := blob.Open(context.Background(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	r := &road{World: w, t: t, asked: map[int32]forwardings.Asked{}, county: w.Tenant("cppcc", "county"), city: w.Tenant("cppcc", "city")}
	w.Line(r.county, r.city)
	r.member, r.clerk, r.signer = r.county.Person("member"), r.county.Person("editor"), r.county.Person("signer")
	r.desk, r.reviewer = r.city.Person("editor"), r.city.Person("reviewer")
	dir, files, told := tenancy.NewDirectory(w.Pool()), attachments.New(w.DB, bucket), notices.New(w.DB)
	r.reports = reports.New(w.DB, dir, told, files)
	r.letters = letters.New(w.DB, dir, files, w.Keys())
	r.s = forwardings.New(w.DB, dir, r.letters, r.reports, files, told)
	r.s.Requirements, r.s.Sheets, r.reports.News = r, r, r.s
	r.reports.Gates = append(r.reports.Gates, r.s)
	for _, tenant := range []*tenancytest.Tenant{r.county, r.city} {
		r.asked[tenant.ID] = forwardings.Asked{AnswerDays: 5, MostReturns: 2}
	}
	return r
}

// Of is what the test says that a unit asks.
func (r *road) Of(_ context.Context, _ tenancy.Querier, upper int32) (forwardings.Asked, error) {
	return r.asked[upper], nil
}

// Own is the same of the caller's unit.
func (r *road) Own(_ context.Context, q tenancy.Querier) (forwardings.Asked, error) {
	return r.asked[q.Tenant()], nil
}

// SignOff is the sheet of the test.
func (r *road) SignOff(context.Context, tenancy.Querier, uuid.UUID) ([]forwardings.SignedStep, error) {
	return r.sheet, nil
}

func (r *road) done(id uuid.UUID, err error) uuid.UUID {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

// signed is a report of the county's member that went through its review.
func (r *road) signed() uuid.UUID {
	r.t.Helper()
	id := r.done(r.reports.Create(r.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "关于站台的建议", Problem: "站台破损。", Advice: "尽快修缮。"}, Category: "交通运输"}}))
	r.done(r.reports.TakeUp(r.clerk.Context(), id))
	r.sign(id)
	return id
}

func (r *road) sign(id uuid.UUID) {
	r.t.Helper()
	step := func(p *tenancytest.Person, fn func(ctx context.Context, tx *tenancy.Tx) error) {
		err := r.DB.InTx(p.Context(), func(tx *tenancy.Tx) error {
			tx.Record(tenancy.Event{Kind: "test.step", Subject: tenancy.Subject{Kind: "test", ID: tenancy.NewID()}})
			return fn(p.Context(), tx)
		})
		if err != nil {
			r.t.Fatal(err)
		}
	}
	step(r.clerk, func(ctx context.Context, tx *tenancy.Tx) error { return r.reports.BeginReview(ctx, tx, id) })
	step(r.signer, func(ctx context.Context, tx *tenancy.Tx) error { return r.reports.Sign(ctx, tx, id) })
}

// sent is the report of the county and what it became in the city.
func (r *road) sent(o forwardings.Options) (below, above uuid.UUID) {
	r.t.Helper()
	below = r.done(r.s.Send(r.clerk.Context(), r.signed(), []string{r.city.Code}, o))
	r.carry()
	list, _, err := r.reports.List(r.desk.Context(), reports.Filter{Box: reports.BoxInbox, Limit: 1})
	if err != nil || len(list) != 1 {
		r.t.Fatalf("%+v, %v", list, err)
	}
	return below, list[0].ID
}

// carry delivers whatever is queued in either unit.
func (r *road) carry() {
	r.t.Helper()
	for _, from := range []*tenancytest.Tenant{r.county, r.city, r.county} {
		for _, id := range r.queued(from) {
			if err := r.letters.Deliver(context.Background(), from.ID, id); err != nil {
				r.t.Fatal(err)
			}
		}
	}
}

func (r *road) queued(of *tenancytest.Tenant) []uuid.UUID {
	r.t.Helper()
	rows, err := r.TestDB.Admin(r.t).Query(context.Background(), `select id from letters_out where tenant_id = $1 and state = 'queued' order by id`, of.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	defer rows.Close()
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			r.t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

func (r *road) received(id uuid.UUID) (forwardings.Original, forwardings.Clock) {
	r.t.Helper()
	list, clock, err := r.s.Received(r.desk.Context(), id)
	if err != nil || len(list) != 1 || clock == nil {
		r.t.Fatalf("%+v, %+v, %v", list, clock, err)
	}
	return list[0], *clock
}

// database runs one statement as the administrator, about a tenant.
func (r *road) database(sql string, of *tenancytest.Tenant) {
	r.t.Helper()
	if _, err := r.TestDB.Admin(r.t).Exec(context.Background(), sql, of.ID); err != nil {
		r.t.Fatal(err)
	}
}

func (r *road) unread(p *tenancytest.Person) (list []string) {
	r.t.Helper()
	items, _, err := notices.New(r.DB).List(p.Context(), true, "", 100)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, n := range items {
		list = append(list, n.Text)
	}
	return list
}
