package letters

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"shangda/internal/clock"
	"shangda/internal/jobs"
	"shangda/internal/lossyproxy"
	"shangda/internal/redisx"
	"shangda/internal/secret"
	"shangda/internal/testdb"
	"shangda/tenancy"
	"shangda/tenancy/signing"
	"shangda/tenancy/tenancytest"
)

// The program is a process of its own here, so that it can be killed: this test binary, told so by its environment.
const (
	courierURL     = "SHANGDA_TEST_COURIER_URL"
	courierRedis   = "SHANGDA_TEST_COURIER_REDIS"
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

// variants are ways to deliver: the real one, and three that the fire must find out.
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
	"overtakes": func(ctx context.Context, s *Service, a DeliverArgs) error {
		l, open, err := readLetter(ctx, s, a)
		if errors.Is(err, errWait) {
			open = true
			l.Recipient, err = s.dir.ByID(ctx, l.Recipient.ID)
		}
		if err != nil || !open {
			return err
		}
		if err := s.receive(ctx, l); err != nil {
			return err
		}
		return s.markDelivered(ctx, l)
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
	db := &tenancy.DB{ReadPool: pool, WritePool: pool, Clock: clock.System(), Jobs: inserter}
	if db.Committed, err = tellRedis(os.Getenv(courierRedis)); err != nil {
		return err
	}
	service := newNoun(db, pool)
	if os.Getenv(courierVariant) != "" {
		service.keys = trusting{service.keys} // a second copy of a letter has no signature of its own
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &variantWorker{worker: worker{service: service}, deliver: deliver})
	runner, err := jobs.Runner(pool, workers, jobs.Options{Timeout: time.Second, Rescue: lease})
	if err != nil {
		return err
	}
	if err := runner.Start(ctx); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// tellRedis is what the program does with changes: it tells the open pages through Redis, whether that is there or not.
func tellRedis(url string) (func(tenancy.Tenant, []tenancy.Change), error) {
	client, err := redisx.Open(url)
	if err != nil {
		return nil, err
	}
	return func(tenant tenancy.Tenant, changes []tenancy.Change) {
		ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer cancel()
		for _, change := range changes {
			client.Publish(ctx, tenancy.Key(tenant, "live"), change.ID)
		}
	}, nil
}

// lease is the age at which a running job counts as lost with its process.
const lease = 2 * time.Second

// storm is a program between two units, and what happens to it.
type storm struct {
	t            *testing.T
	w            *tenancytest.World
	proxy        *lossyproxy.Proxy
	url          string
	variant      string
	clerk        *tenancytest.Person
	county, city *tenancytest.Tenant
	subjects     []uuid.UUID // letters about one of them arrive in the order they were sent
	child        *child
}

func newStorm(t *testing.T, db *testdb.DB, variant string, loss float64) *storm {
	t.Helper()
	w := tenancytest.On(t, db)
	proxy, err := lossyproxy.Listen(db.AppURL, loss)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = proxy.Close() })
	s := &storm{t: t, w: w, proxy: proxy, url: proxy.URL(proxy.Address()), variant: variant, county: w.Tenant("cppcc", "county"), city: w.Tenant("cppcc", "city")}
	w.Line(s.county, s.city)
	for range 100 {
		s.subjects = append(s.subjects, tenancy.NewID())
	}
	s.clerk = s.county.Person("editor")
	t.Cleanup(s.kill)
	return s
}

// child is the program as a process; gone is closed when it has ended.
type child struct {
	*exec.Cmd
	gone chan struct{}
}

func (s *storm) start() {
	s.t.Helper()
	c := &child{exec.Command(os.Args[0]), make(chan struct{})}
	c.Env = append(os.Environ(), courierURL+"="+s.url, courierRedis+"="+s.w.TestDB.RedisURL, courierVariant+"="+s.variant)
	c.Stderr = io.Discard
	if _, err := c.StdinPipe(); err != nil { // closed when we end, and then the child ends
		s.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() {
		_ = c.Wait()
		close(c.gone)
	}()
	s.child = c
}

// supervise starts the program again where it ended by itself, such as one that began while its database was away.
func (s *storm) supervise() {
	select {
	case <-s.child.gone:
		s.start()
	default:
	}
}

func (s *storm) kill() {
	if s.child != nil {
		s.child.end()
	}
}

// end is kill -9.
func (c *child) end() {
	_ = c.Process.Kill()
	<-c.gone
}

// send sends letter i once, however often it takes to hear that it was.
func (s *storm) send(service *Service, i int) error {
	deadline := time.Now().Add(20 * time.Second)
	for {
		ctx, cancel := context.WithTimeout(s.clerk.Context(), 3*time.Second)
		ctx = tenancy.WithIdempotencyKey(ctx, strconv.Itoa(i), "POST /letters", nil)
		err := s.w.DB.InTx(ctx, func(tx *tenancy.Tx) error {
			subject := tenancy.Subject{Kind: "unit", ID: s.subjects[i%len(s.subjects)]}
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

// stuck are some of the letters that have not arrived, with their jobs.
func (s *storm) stuck() (text string) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := s.w.TestDB.Admin(s.t).QueryRow(ctx, `select coalesce(string_agg(line, E'\n'), '') from (
		select format('%s attempts %s %s; job %s attempt %s at %s: %s', o.id, o.attempts, o.last_error, j.state, j.attempt, j.scheduled_at - now(), j.errors[array_upper(j.errors, 1)]) as line
		from letters_out o left join river.river_job j on j.args->>'letter' = o.id::text where o.tenant_id = $1 and o.state = 'queued' limit 8) as lines`, s.county.ID).Scan(&text)
	if err != nil {
		return err.Error()
	}
	return text
}

// until waits for that many letters to be delivered.
func (s *storm) until(n int) {
	s.t.Helper()
	for deadline := time.Now().Add(90 * time.Second); s.delivered() < n; {
		if time.Now().After(deadline) {
			s.t.Fatalf("%d of %d delivered; open: %s", s.delivered(), n, s.stuck())
		}
		s.supervise()
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
