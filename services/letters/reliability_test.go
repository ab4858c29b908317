package letters

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"shangda/internal/clock"
	"shangda/internal/jobs"
	"shangda/internal/secret"
	"shangda/internal/testdb"
	"shangda/tenancy"
	"shangda/tenancy/signing"
	"shangda/tenancy/tenancytest"
)

// The program is a process of its own here, so that it can be killed: this test binary, told so by its environment.
const (
	courierURL     = "SHANGDA_TEST_COURIER_URL"
	courierVariant = "SHANGDA_TEST_COURIER_VARIANT"
)

func TestMain(m *testing.M) {
	if url := os.Getenv(courierURL); url != "" {
		if err := runCourier(url, variants[os.Getenv(courierVariant)]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// variants are ways to deliver: the real one, and two that the tests below must find out.
var variants = map[string]func(ctx context.Context, s *Service, a DeliverArgs) error{
	"": func(ctx context.Context, s *Service, a DeliverArgs) error { return s.Deliver(ctx, a.Tenant, a.Letter) },
	"receives what it received": func(ctx context.Context, s *Service, a DeliverArgs) error {
		l, open, err := readLetter(ctx, s, a)
		if err != nil || !open {
			return err
		}
		again := l
		again.ID = tenancy.NewID()
		if err := s.receive(ctx, again); err != nil {
			return err
		}
		return s.markDelivered(ctx, l)
	},
	"marks before it delivers": func(ctx context.Context, s *Service, a DeliverArgs) error {
		l, open, err := readLetter(ctx, s, a)
		if err != nil || !open {
			return err
		}
		if err := s.markDelivered(ctx, l); err != nil {
			return err
		}
		return s.receive(ctx, l)
	},
}

func readLetter(ctx context.Context, s *Service, a DeliverArgs) (Letter, bool, error) {
	sender, err := s.dir.ByID(ctx, a.Tenant)
	if err != nil {
		return Letter{}, false, err
	}
	l := Letter{ID: a.Letter, Sender: sender}
	open, err := s.read(ctx, &l)
	return l, open, err
}

type variantWorker struct {
	worker
	deliver func(ctx context.Context, s *Service, a DeliverArgs) error
}

func (w *variantWorker) Work(ctx context.Context, job *river.Job[DeliverArgs]) error {
	return w.deliver(ctx, w.service, job.Args)
}

func newNoun(db *tenancy.DB, pool *pgxpool.Pool) *Service {
	s := New(db, tenancy.NewDirectory(pool), nil, signing.New(db, secret.NewBox("the couriers of one test share this key")))
	insert := func(ctx context.Context, tx *tenancy.Tx, l Letter) (tenancy.Subject, error) {
		return insertUnit(ctx, tx, string(l.Payload))
	}
	s.Register("test", Handler{Receive: insert, Delivered: func(ctx context.Context, tx *tenancy.Tx, l Letter) error {
		_, err := insert(ctx, tx, l)
		return err
	}})
	return s
}

// runCourier carries letters until it is killed or its parent is gone.
func runCourier(url string, deliver func(context.Context, *Service, DeliverArgs) error) error {
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, url+"&pool_max_conns=16")
	if err != nil {
		return err
	}
	inserter, err := jobs.Inserter(pool)
	if err != nil {
		return err
	}
	service := newNoun(&tenancy.DB{ReadPool: pool, WritePool: pool, Clock: clock.System(), Jobs: inserter}, pool)
	if os.Getenv(courierVariant) != "" {
		service.keys = trusting{service.keys} // a second copy of a letter has no signature of its own
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &variantWorker{worker: worker{service: service}, deliver: deliver})
	runner, err := jobs.Runner(pool, workers, jobs.Options{Timeout: time.Second, Rescue: 2 * time.Second})
	if err != nil {
		return err
	}
	if err := runner.Start(ctx); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// storm is a program between two units, and what happens to it.
type storm struct {
	t            *testing.T
	w            *tenancytest.World
	proxy        *lossyProxy
	variant      string
	clerk        *tenancytest.Person
	county, city *tenancytest.Tenant
	child        *exec.Cmd
}

func newStorm(t *testing.T, db *testdb.DB, variant string, loss float64) *storm {
	t.Helper()
	w := tenancytest.On(t, db)
	s := &storm{t: t, w: w, proxy: newLossyProxy(t, db.AppURL, loss), variant: variant, county: w.Tenant("cppcc", "county"), city: w.Tenant("cppcc", "city")}
	w.Line(s.county, s.city)
	s.clerk = s.county.Person("editor")
	t.Cleanup(s.kill)
	return s
}

func (s *storm) start() {
	s.t.Helper()
	s.child = exec.Command(os.Args[0])
	s.child.Env = append(os.Environ(), courierURL+"="+s.proxy.url, courierVariant+"="+s.variant)
	s.child.Stderr = io.Discard
	if _, err := s.child.StdinPipe(); err != nil { // closed when we end, and then the child ends
		s.t.Fatal(err)
	}
	if err := s.child.Start(); err != nil {
		s.t.Fatal(err)
	}
}

// kill is kill -9.
func (s *storm) kill() {
	if s.child != nil {
		_ = s.child.Process.Kill()
		_ = s.child.Wait()
		s.child = nil
	}
}

// send sends letter i once, however often it takes to hear that it was.
func (s *storm) send(service *Service, i int) error {
	deadline := time.Now().Add(20 * time.Second)
	for {
		ctx, cancel := context.WithTimeout(s.clerk.Context(), 3*time.Second)
		ctx = tenancy.WithIdempotencyKey(ctx, strconv.Itoa(i), "POST /letters", nil)
		err := s.w.DB.InTx(ctx, func(tx *tenancy.Tx) error {
			subject := tenancy.Subject{Kind: "unit", ID: tenancy.NewID()}
			tx.Record(tenancy.Event{Kind: "unit.sent", Subject: subject})
			_, err := service.Send(ctx, tx, Draft{Kind: "test", To: s.city.ID, Subject: subject, Payload: []byte(strconv.Itoa(i))})
			return err
		})
		cancel()
		var repeat *tenancy.Repeat
		if err == nil || errors.As(err, &repeat) {
			return nil
		}
		if time.Now().After(deadline) {
			return err
		}
	}
}

func (s *storm) sendAll(from, to int) {
	s.t.Helper()
	service := newNoun(s.w.DB, s.w.Pool())
	for i := from; i < to; i++ {
		if err := s.send(service, i); err != nil {
			s.t.Errorf("send %d: %v", i, err)
			return
		}
	}
}

// count asks as superuser; -1 while the database does not answer.
func (s *storm) count(sql string, args ...any) (n int) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := s.w.TestDB.Admin(s.t).QueryRow(ctx, sql, args...).Scan(&n); err != nil {
		return -1
	}
	return n
}

func (s *storm) delivered() int {
	return s.count(`select count(*) from letters_out where tenant_id = $1 and state = 'delivered'`, s.county.ID)
}

// until waits for that many letters to be delivered.
func (s *storm) until(n int) {
	s.t.Helper()
	for deadline := time.Now().Add(40 * time.Second); s.delivered() < n; {
		if time.Now().After(deadline) {
			s.t.Fatalf("%d of %d delivered", s.delivered(), n)
		}
		time.Sleep(2 * time.Millisecond) // between two looks
	}
}

// faults counts letters that had no effect and effects too many, at the recipient and at the sender.
func (s *storm) faults(n int) (lost, doubled int) {
	for _, tenant := range []int32{s.city.ID, s.county.ID} {
		lost += n - s.count(`select count(distinct split_part(name, '#', 1)) from units where tenant_id = $1`, tenant)
		doubled += s.count(`select count(*) - count(distinct split_part(name, '#', 1)) from units where tenant_id = $1`, tenant)
	}
	return lost, doubled
}

func TestNothingIsLostOrDoubledUnderKill9(t *testing.T) {
	const letters = 300
	db := testdb.Private(t)
	s := newStorm(t, db, "", 0.02)
	s.sendAll(0, letters/2)
	s.start()
	sent := make(chan struct{})
	go func() { defer close(sent); s.sendAll(letters/2, letters) }()
	for _, at := range []int{25, 70, 115, 160, 205, 250} {
		s.until(at + rand.IntN(30))
		if at == 115 || at == 205 {
			db.Cluster.Kill9()
			db.Cluster.Restart(t)
		}
		if at != 115 {
			s.kill()
			s.start()
		}
	}
	<-sent
	s.until(letters)
	s.settle()
	if lost, doubled := s.faults(letters); lost != 0 || doubled != 0 {
		t.Fatalf("%d lost, %d doubled", lost, doubled)
	}
	if s.proxy.dropped.Load() == 0 {
		t.Fatal("no acknowledgement of a commit was dropped: nothing was tried")
	}
	t.Logf("%d letters, 5 kills of the program, 2 of PostgreSQL, %d acknowledgements dropped", letters, s.proxy.dropped.Load())
}

// The storm finds out a courier that is wrong: without this the test above would prove nothing.
func TestTheStormFindsABrokenCourier(t *testing.T) {
	for variant, wanted := range map[string]struct{ lost bool }{
		"receives what it received": {lost: false},
		"marks before it delivers":  {lost: true},
	} {
		t.Run(variant, func(t *testing.T) {
			const letters = 150
			s := newStorm(t, testdb.Fresh(t), variant, 0.1)
			s.sendAll(0, letters)
			s.start()
			for deadline := time.Now().Add(40 * time.Second); ; time.Sleep(20 * time.Millisecond) { // between two looks
				over := s.open() == 0
				lost, doubled := s.faults(letters)
				if doubled > 0 && !wanted.lost || over && lost > 0 && wanted.lost {
					t.Logf("found out: %d lost, %d doubled", lost, doubled)
					return
				}
				if over || time.Now().After(deadline) {
					t.Fatalf("not found out: %d lost, %d doubled, %d acknowledgements dropped", lost, doubled, s.proxy.dropped.Load())
				}
			}
		})
	}
}

// open counts the jobs that may still change something.
func (s *storm) open() int {
	return s.count(`select count(*) from river.river_job where finalized_at is null`)
}

// settle waits until there are none.
func (s *storm) settle() {
	s.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); s.open() != 0; time.Sleep(5 * time.Millisecond) { // between two looks
		if time.Now().After(deadline) {
			s.t.Fatal("jobs do not end")
		}
	}
}
