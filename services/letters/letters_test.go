package letters

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// place is two units, the noun between them, and what the noun was told.
type place struct {
	t            *testing.T
	w            *tenancytest.World
	service      *Service
	county, city *tenancytest.Tenant
	clerk, desk  *tenancytest.Person
	fail         error // what Receive answers
	failedWith   string
	copied       []uuid.UUID
	copyFails    error
}

func newPlace(t *testing.T) *place {
	t.Helper()
	t.Parallel()
	w := tenancytest.New(t)
	p := &place{t: t, w: w, county: w.Tenant("cppcc", "county"), city: w.Tenant("cppcc", "city")}
	p.clerk, p.desk = p.county.Person("editor"), p.city.Person("editor")
	p.service = p.restart()
	return p
}

// restart is the program started anew.
func (p *place) restart() *Service {
	s := New(p.w.DB, tenancy.NewDirectory(p.w.Pool()), p, p.w.Keys())
	s.Register("test", Handler{
		Receive: func(ctx context.Context, tx *tenancy.Tx, l Letter) (tenancy.Subject, error) {
			if p.fail != nil {
				return tenancy.Subject{}, p.fail
			}
			return insertUnit(ctx, tx, "收到"+string(l.Payload))
		},
		Delivered: func(ctx context.Context, tx *tenancy.Tx, l Letter) error {
			_, err := insertUnit(ctx, tx, "送达"+string(l.Payload))
			return err
		},
		Failed: func(_ context.Context, _ *tenancy.Tx, _ Letter, reason string) error {
			p.failedWith = reason
			return nil
		},
	})
	return s
}

// Copy notes that the file was asked for.
func (p *place) Copy(_ context.Context, _, _ tenancy.Tenant, f File) error {
	p.copied = append(p.copied, f.ID)
	return p.copyFails
}

func insertUnit(ctx context.Context, tx *tenancy.Tx, name string) (tenancy.Subject, error) {
	id := tenancy.NewID()
	_, err := tx.Exec(ctx, `insert into units (tenant_id, id, name, created_at) values ($1, $2, $3, $4)`, tx.Tenant(), id, name+"#"+id.String(), tx.Now())
	return tenancy.Subject{Kind: "unit", ID: id}, err
}

func (p *place) send(from *tenancytest.Person, d Draft) uuid.UUID {
	p.t.Helper()
	if d.Kind == "" {
		d.Kind = "test"
	}
	if d.Subject.Kind == "" {
		d.Subject = tenancy.Subject{Kind: "unit", ID: tenancy.NewID()}
	}
	var id uuid.UUID
	err := p.w.DB.InTx(from.Context(), func(tx *tenancy.Tx) (err error) {
		tx.Record(tenancy.Event{Kind: "unit.sent", Subject: d.Subject})
		id, err = p.service.Send(from.Context(), tx, d)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return id
}

func (p *place) deliver(from *tenancytest.Tenant, id uuid.UUID) error {
	return p.service.Deliver(context.Background(), from.ID, id)
}

func (p *place) state(of *tenancytest.Person, id uuid.UUID) State {
	p.t.Helper()
	q, err := p.w.DB.Read(of.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	states, err := p.service.Sent(of.Context(), q, []uuid.UUID{id})
	if err != nil {
		p.t.Fatal(err)
	}
	return states[id]
}

func (p *place) count(tenant *tenancytest.Tenant, prefix string) (n int) {
	p.t.Helper()
	row := p.w.TestDB.Admin(p.t).QueryRow(context.Background(), `select count(*) from units where tenant_id = $1 and name like $2 || '#%'`, tenant.ID, prefix)
	if err := row.Scan(&n); err != nil {
		p.t.Fatal(err)
	}
	return n
}

// operate changes the platform's tables, as its operator.
func (p *place) operate(sql string, args ...any) {
	p.t.Helper()
	ctx := context.Background()
	tx, err := p.w.TestDB.Admin(p.t).Begin(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if _, err := tx.Exec(ctx, `select set_config('app.tenant', '1', true)`); err != nil {
		p.t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, sql, args...); err != nil {
		p.t.Fatal(err)
	}
	if err := tx.Commit(ctx); err != nil {
		p.t.Fatal(err)
	}
}

// refused delivers a letter that must be refused for good, without a trace at the recipient.
func (p *place) refused(from *tenancytest.Person, to *tenancytest.Tenant, id uuid.UUID) {
	p.t.Helper()
	var refused *Refused
	if err := p.deliver(from.Tenant, id); !errors.As(err, &refused) {
		p.t.Fatalf("delivered: %v", err)
	}
	if s := p.state(from, id); s.State != Failed || s.LastError == "" || s.LastError != refused.Reason || p.failedWith != refused.Reason {
		p.t.Fatalf("state %+v, told %q, refused %q", s, p.failedWith, refused.Reason)
	}
	if err := p.deliver(from.Tenant, id); err != nil {
		p.t.Fatalf("a failed letter carried again: %v", err)
	}
	var n int
	if err := p.w.TestDB.Admin(p.t).QueryRow(context.Background(), `select count(*) from letters_in where tenant_id = $1`, to.ID).Scan(&n); err != nil || n != 0 {
		p.t.Fatalf("%d letters received, %v", n, err)
	}
}

func TestALetterTakesEffectOnce(t *testing.T) {
	p := newPlace(t)
	p.w.Line(p.county, p.city)
	payload := []byte("{\"标题\": \"原样\",  \"x\":1.0}")
	id := p.send(p.clerk, Draft{To: p.city.ID, Payload: payload})
	if s := p.state(p.clerk, id); s.State != Queued || s.Attempts != 0 {
		t.Fatalf("sent: %+v", s)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if err := p.deliver(p.county, id); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if received, told := p.count(p.city, "收到"+string(payload)), p.count(p.county, "送达"+string(payload)); received != 1 || told != 1 {
		t.Fatalf("received %d times, told %d times", received, told)
	}
	if s := p.state(p.clerk, id); s.State != Delivered || s.DeliveredAt == nil || s.Attempts != 1 {
		t.Fatalf("delivered: %+v", s)
	}
	q, _ := p.w.DB.Read(p.desk.Context())
	l, err := p.service.Received(p.desk.Context(), q, p.county.ID, id)
	if err != nil || !bytes.Equal(l.Payload, payload) || l.Sender.Code != p.county.Code || l.Recipient.Code != p.city.Code || l.Subject.Kind != "unit" {
		t.Fatalf("%+v, %v", l, err)
	}
}

func TestABoxIsItsTenantsOwn(t *testing.T) {
	p := newPlace(t)
	p.w.Line(p.county, p.city)
	id := p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("1")})
	if err := p.deliver(p.county, id); err != nil {
		t.Fatal(err)
	}
	neighbour := p.w.Tenant("cppcc", "county").Person("editor")
	for _, stranger := range []*tenancytest.Person{p.desk, neighbour} {
		if s := p.state(stranger, id); s.State != "" {
			t.Fatalf("%s sees the outbox of %s: %+v", stranger.Tenant.Code, p.county.Code, s)
		}
	}
	for _, stranger := range []*tenancytest.Person{p.clerk, neighbour} {
		q, _ := p.w.DB.Read(stranger.Context())
		_, foreign := p.service.Received(stranger.Context(), q, p.county.ID, id)
		_, missing := p.service.Received(stranger.Context(), q, p.county.ID, tenancy.NewID())
		if !errs.Is(foreign, errs.NotFound) || foreign.Error() != missing.Error() {
			t.Fatalf("foreign: %v, missing: %v", foreign, missing)
		}
	}
	err := p.service.Deliver(context.Background(), neighbour.Tenant.ID, id)
	if err == nil || p.count(p.city, "收到1") != 1 {
		t.Fatalf("carried a letter of another: %v", err)
	}
}

func TestWithoutALineNothingArrives(t *testing.T) {
	for name, prepare := range map[string]func(p *place){
		"none":             func(*place) {},
		"the other way":    func(p *place) { p.w.Line(p.city, p.county) },
		"stopped before":   func(p *place) { p.lineWith(`stopped_at = $2`, p.w.Clock.Now()) },
		"ended this month": func(p *place) { p.lineWith(`valid_to = $2`, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)) },
		"not begun":        func(p *place) { p.lineWith(`valid_from = $2`, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)) },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			prepare(p)
			id := p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("1"), Files: []File{{ID: tenancy.NewID(), Name: "图.png"}}})
			p.refused(p.clerk, p.city, id)
			if len(p.copied) != 0 {
				t.Fatal("files were copied to a unit that does not take the letter")
			}
		})
	}
}

// lineWith opens the line and changes it.
func (p *place) lineWith(change string, arg any) {
	p.t.Helper()
	p.w.Line(p.county, p.city)
	p.operate(`update platform.lines set `+change+` where lower = $1`, p.county.ID, arg)
}

func TestALineCountsAsItWasWhenTheLetterWasSent(t *testing.T) {
	p := newPlace(t)
	// The last minute of November in Shanghai, which is still the afternoon in UTC; the line ends with that month.
	p.w.Clock.Set(time.Date(2026, 11, 30, 15, 59, 0, 0, time.UTC))
	p.lineWith(`valid_to = $2`, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	id := p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("1")})
	p.w.Clock.Advance(2 * time.Minute)
	p.operate(`update platform.lines set stopped_at = $2 where lower = $1`, p.county.ID, p.w.Clock.Now())
	if err := p.deliver(p.county, id); err != nil {
		t.Fatal(err)
	}
	p.refused(p.clerk, p.w.Tenant("cppcc", "city"), p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("2")}))
}

func TestAnAnswerNeedsNoLine(t *testing.T) {
	p := newPlace(t)
	p.w.Line(p.county, p.city)
	question := p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("问")})
	if err := p.deliver(p.county, question); err != nil {
		t.Fatal(err)
	}
	if err := p.deliver(p.city, p.send(p.desk, Draft{To: p.county.ID, Answers: question, Payload: []byte("答")})); err != nil {
		t.Fatal(err)
	}
	if p.count(p.county, "收到答") != 1 {
		t.Fatal("the answer did not arrive")
	}
	other := p.w.Tenant("cppcc", "city")
	stranger := other.Person("editor")
	var refused *Refused
	for _, answers := range []uuid.UUID{question, tenancy.NewID()} {
		if err := p.deliver(other, p.send(stranger, Draft{To: p.county.ID, Answers: answers, Payload: []byte("冒")})); !errors.As(err, &refused) {
			t.Fatalf("an answer of somebody else: %v", err)
		}
	}
}

func TestALetterIsRefusedForGood(t *testing.T) {
	for name, prepare := range map[string]func(p *place, id uuid.UUID){
		"by the noun": func(p *place, _ uuid.UUID) { p.fail = errs.New(errs.Invalid, "看不懂") },
		"closed unit": func(p *place, _ uuid.UUID) {
			p.operate(`update platform.tenants set state = 'closed' where id = $1`, p.city.ID)
			p.service = p.restart()
		},
		"unknown kind": func(p *place, _ uuid.UUID) {
			p.service = New(p.w.DB, p.service.dir, p, p.w.Keys())
			p.failedWith = "不认识的信函种类“test”"
		},
		"other bytes": func(p *place, id uuid.UUID) {
			p.operate(`update letters_out set payload = 'x' where tenant_id = $1 and id = $2`, p.county.ID, id)
		},
		"other files": func(p *place, id uuid.UUID) {
			p.operate(`update letters_out set manifest = '[{"name": "x"}]' where tenant_id = $1 and id = $2`, p.county.ID, id)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.w.Line(p.county, p.city)
			id := p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("1")})
			prepare(p, id)
			p.refused(p.clerk, p.city, id)
		})
	}
}

func TestAPassingFaultIsTriedAgain(t *testing.T) {
	p := newPlace(t)
	p.w.Line(p.county, p.city)
	file := File{ID: tenancy.NewID(), Name: "图.png", Type: "image/png", Size: 3, Digest: []byte{1}}
	id := p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("1"), Files: []File{file}})
	p.copyFails = errors.New("the store of files does not answer")
	if err := p.deliver(p.county, id); !errors.Is(err, p.copyFails) || p.count(p.city, "收到1") != 0 {
		t.Fatalf("without its file: %v", err)
	}
	p.copyFails, p.fail = nil, errors.New("a passing fault")
	if err := p.deliver(p.county, id); !errors.Is(err, p.fail) {
		t.Fatal(err)
	}
	if s := p.state(p.clerk, id); s.State != Queued || s.Attempts != 2 || s.LastError == "" {
		t.Fatalf("%+v", s)
	}
	p.fail = nil
	if err := p.deliver(p.county, id); err != nil {
		t.Fatal(err)
	}
	if s := p.state(p.clerk, id); s.State != Delivered || s.Attempts != 3 || s.LastError != "" || p.count(p.city, "收到1") != 1 {
		t.Fatalf("%+v", s)
	}
	q, _ := p.w.DB.Read(p.desk.Context())
	if l, err := p.service.Received(p.desk.Context(), q, p.county.ID, id); err != nil || fmt.Sprint(l.Files) != fmt.Sprint([]File{file}) {
		t.Fatalf("%v, %v", l.Files, err)
	}
	p.operate(`update letters_in set payload = 'x' where tenant_id = $1 and id = $2`, p.city.ID, id)
	if _, err := p.service.Received(p.desk.Context(), q, p.county.ID, id); !errs.Is(err, errs.Conflict) {
		t.Fatalf("a changed original was shown: %v", err)
	}
}

func TestALetterDoesNotOvertake(t *testing.T) {
	p := newPlace(t)
	p.w.Line(p.county, p.city)
	report := tenancy.Subject{Kind: "unit", ID: tenancy.NewID()}
	first := p.send(p.clerk, Draft{To: p.city.ID, Subject: report, Payload: []byte("1")})
	recall := p.send(p.clerk, Draft{To: p.city.ID, Subject: report, Payload: []byte("2")})
	other := p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("3")})
	if err := p.deliver(p.county, recall); !errors.Is(err, errWait) || p.count(p.city, "收到2") != 0 {
		t.Fatalf("the recall overtook: %v", err)
	}
	for _, id := range []uuid.UUID{other, first, recall} {
		if err := p.deliver(p.county, id); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSendRefusesWhatNobodyWouldReceive(t *testing.T) {
	p := newPlace(t)
	for name, d := range map[string]Draft{"unknown kind": {Kind: "x", To: p.city.ID}, "oneself": {Kind: "test", To: p.county.ID}} {
		err := p.w.DB.InTx(p.clerk.Context(), func(tx *tenancy.Tx) error {
			_, err := p.service.Send(p.clerk.Context(), tx, d)
			return err
		})
		if !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
