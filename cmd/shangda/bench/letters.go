package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"shangda/internal/lossyproxy"
	"shangda/internal/postgres"
	"shangda/tenancy"
)

// burden is how much is carried.
type burden struct {
	hop        int // letters through one hop
	steady     int // seconds of a steady stream
	deliveries int // over four levels, under fire
	queued     int // jobs that wait while others are claimed
	claims     bool
}

var (
	fullBurden  = burden{hop: 3000, steady: 20, deliveries: 100_000, queued: 1_000_000, claims: true}
	smallBurden = burden{hop: 200, steady: 3, deliveries: 600, queued: 20_000}
)

const (
	steadyRate = 50 // letters a second
	hopTarget  = 300
)

// Letters measures the courier: how many letters a second go through one hop beside raw SQL, how late a letter of a steady
// stream is, whether the queue can grow long, and what becomes of 100,000 deliveries over four levels while the worker is
// killed at random and one acknowledgement of a commit in a hundred is lost.
func Letters(ctx context.Context, o Options, asSmall bool, out io.Writer) error {
	n := fullBurden
	if asSmall {
		n = smallBurden
	}
	var lines []Line
	for _, measure := range []func(context.Context, *ladder, burden) ([]Line, error){hop, stream, claim, storm} {
		l, err := climb(ctx)
		if err != nil {
			return err
		}
		found, err := measure(ctx, l, n)
		l.close()
		if err != nil {
			return err
		}
		lines = append(lines, found...)
	}
	if !n.claims {
		for i := range lines {
			lines[i].Target, lines[i].Met = "a trial, claims nothing", true
		}
	}
	return Print(out, lines, o.JSON)
}

// hop carries letters that wait through one hop, then sends the same statements in the same transactions by hand.
func hop(ctx context.Context, l *ladder, n burden) ([]Line, error) {
	before := tenancy.NewID()
	county := l.rungs[0]
	var last uuid.UUID
	for range n.hop + 1 {
		id, err := l.written(county)
		if err != nil {
			return nil, err
		}
		if err := l.send(county, id); err != nil {
			return nil, err
		}
	}
	if err := l.look.QueryRow(ctx, `select id from letters_out where tenant_id = $1 order by id desc limit 1`, county.id).Scan(&last); err != nil {
		return nil, err
	}
	taken, err := l.capture.during(func() error { return l.Letters.Deliver(ctx, county.id, last) })
	if err != nil {
		return nil, err
	}
	started := time.Now()
	if err := l.Start(); err != nil {
		return nil, err
	}
	if err := l.until(ctx, 10*time.Minute, `select count(*) = 0 from letters_out where state = 'queued'`); err != nil {
		return nil, err
	}
	rate := float64(n.hop) / time.Since(started).Seconds()
	pool, err := postgres.Open(ctx, l.stack.AppURL, postgres.Options{MaxConns: 16, Name: "bench raw"})
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	raw, err := byHand(ctx, pool, transactions(taken), births(taken, before), n.hop)
	if err != nil {
		return nil, err
	}
	line := beside("letters.hop", rate, raw, 0.5, fmt.Sprintf("%d report letters that waited, 8 workers; limit: pgx, the same statements in the same three transactions, 8 clients, without a queue", n.hop))
	line.Unit = "letters/s"
	line.Target = fmt.Sprintf(">= %d letters/s and ratio >= 0.5", hopTarget)
	line.Met = line.Met && rate >= hopTarget
	return []Line{line}, nil
}

// transactions splits what was captured at its commits.
func transactions(taken []statement) (list [][]statement) {
	var current []statement
	for _, s := range taken {
		switch s.sql {
		case "begin":
		case "commit":
			list, current = append(list, current), nil
		default:
			current = append(current, s)
		}
	}
	return list
}

// byHand replays the transactions so many times by eight clients; it gives rounds a second.
func byHand(ctx context.Context, pool *pgxpool.Pool, list [][]statement, born map[uuid.UUID]bool, rounds int) (float64, error) {
	started := time.Now()
	var clients sync.WaitGroup
	var failed error
	var once sync.Once
	for range 8 {
		clients.Go(func() {
			for range rounds / 8 {
				if err := replayAll(ctx, pool, list, born); err != nil {
					once.Do(func() { failed = err })
					return
				}
			}
		})
	}
	clients.Wait()
	return float64(rounds/8*8) / time.Since(started).Seconds(), failed
}

// stream sends letters at a steady rate while the courier runs, and looks how late each was.
func stream(ctx context.Context, l *ladder, n burden) ([]Line, error) {
	county := l.rungs[0]
	ids := make([]uuid.UUID, steadyRate*n.steady)
	var err error
	for i := range ids {
		if ids[i], err = l.written(county); err != nil {
			return nil, err
		}
	}
	if err := l.Start(); err != nil {
		return nil, err
	}
	tick := time.NewTicker(time.Second / steadyRate)
	defer tick.Stop()
	for _, id := range ids {
		<-tick.C
		if err := l.send(county, id); err != nil {
			return nil, err
		}
	}
	if err := l.until(ctx, time.Minute, `select count(*) = 0 from letters_out where state = 'queued'`); err != nil {
		return nil, err
	}
	var p50, p99 float64
	err = l.look.QueryRow(ctx, `select 1000 * percentile_cont(0.5) within group (order by late), 1000 * percentile_cont(0.99) within group (order by late)
		from (select extract(epoch from i.received_at - o.sent_at)::float8 as late from letters_out o join letters_in i on i.sender = o.tenant_id and i.id = o.id) as all_letters`).Scan(&p50, &p99)
	line := Line{Name: "letters.receipt", Value: round(p99), Unit: "ms p99 per hop", Limit: 2000, Ratio: p99 / 2000, Target: "<= 2000 ms", Met: p99 <= 2000,
		Note: fmt.Sprintf("median %.1f ms; %d letters a second for %d s", p50, steadyRate, n.steady)}
	line.Ratio = float64(int(1000*line.Ratio)) / 1000
	return []Line{line}, err
}

// until waits until the superuser sees it so.
func (l *ladder) until(ctx context.Context, patience time.Duration, sql string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errors.New("bench: letters do not arrive"))
	defer cancel()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		var so bool
		if err := l.look.QueryRow(ctx, sql).Scan(&so); err != nil || so {
			return err
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// storm carries letters over four levels while the worker, a process of its own, is killed at random and one
// acknowledgement in a hundred is lost.
func storm(ctx context.Context, l *ladder, n burden) ([]Line, error) {
	proxy, err := lossyproxy.Listen(l.stack.AppURL, 0.01)
	if err != nil {
		return nil, err
	}
	defer func() { _ = proxy.Close() }()
	handled, stop := make(chan struct{}), make(chan struct{})
	kills, workers := 0, sync.WaitGroup{}
	workers.Go(func() { kills = l.killing(proxy.URL(proxy.Address()), stop) })
	var clerks sync.WaitGroup
	var fault error
	clerks.Go(func() { fault = l.work(ctx, handled) })
	started := time.Now()
	err = l.feed(ctx, n.deliveries)
	if err == nil {
		err = l.until(ctx, time.Hour, `select not exists (select from letters_out where state = 'queued') and not exists (select from reports where state = 'submitted')
			and not exists (select from river.river_job where queue = 'letters' and finalized_at is null)`)
	}
	took := time.Since(started)
	close(handled)
	clerks.Wait()
	close(stop)
	workers.Wait()
	if err := errors.Join(err, fault); err != nil {
		return nil, err
	}
	return l.verdict(ctx, took, fmt.Sprintf("%d kills of the worker, %d acknowledgements of commits lost", kills, proxy.Dropped()))
}

// feed sends reports from the counties until so many letters were delivered or are on their way.
func (l *ladder) feed(ctx context.Context, deliveries int) error {
	for i := 0; ; i++ {
		county := l.rungs[i%counties]
		id, err := l.written(county)
		if err != nil {
			return err
		}
		if err := l.send(county, id); err != nil {
			return err
		}
		if i%20 > 0 {
			continue
		}
		// The queue stays short, so that the time from decision to author is that of the way and not of a heap before it.
		if err := l.until(ctx, 10*time.Minute, `select count(*) < 30 from letters_out where state = 'queued'`); err != nil {
			return err
		}
		if n, err := l.count(ctx, `select count(*) from letters_out`); err != nil || n >= deliveries {
			return err
		}
	}
}

// killing runs the worker as a process, kills it at random and starts it again, until stop; it tells how often.
func (l *ladder) killing(url string, stop <-chan struct{}) (kills int) {
	for {
		cmd := exec.Command(os.Args[0], "work")
		cmd.Env = append(os.Environ(), "SHANGDA_DATABASE_URL="+url, "SHANGDA_DATABASE_FOLD_URL="+l.stack.FoldURL, "SHANGDA_REDIS_URL="+l.stack.RedisURL,
			"SHANGDA_BLOB_URL="+l.stack.BlobURL, "SHANGDA_SECRET_KEY="+l.stack.SecretKey, "SHANGDA_METRICS_LISTEN=off", "SHANGDA_LOG_LEVEL=error")
		if cmd.Start() != nil {
			return kills
		}
		ended := make(chan struct{})
		go func() {
			_ = cmd.Wait()
			close(ended)
		}()
		select {
		case <-stop:
			_ = cmd.Process.Kill()
			<-ended
			return kills
		case <-ended:
		case <-time.After(10*time.Second + time.Duration(rand.Int64N(int64(20*time.Second)))):
			_ = cmd.Process.Kill()
			<-ended
			kills++
		}
	}
}

// verdict counts what was lost and doubled, and how long the news of a national decision took to its author's timeline.
func (l *ladder) verdict(ctx context.Context, took time.Duration, note string) ([]Line, error) {
	nation := l.rungs[len(l.rungs)-1].id
	var counts [4]int
	for i, sql := range []string{
		`select count(*) from letters_out where state = 'delivered'`,
		`select count(*) from letters_out o where state <> 'delivered' or not exists (select from letters_in i where i.tenant_id = o.recipient and i.sender = o.tenant_id and i.id = o.id)`,
		`select (select count(*) - count(distinct (tenant_id, sender, sender_report)) from reports where sender is not null)
			+ (select count(*) - count(distinct (tenant_id, subject_id, origin_event)) from events where kind = 'report.outcome')`,
		// Each report of a county that was sent hears once that the nation adopted it.
		fmt.Sprintf(`select count(*) from letters_out o where kind = 'report' and tenant_id in (select id from platform.tenants where level = 'county')
			and 1 <> (select count(*) from report_outcomes r where r.tenant_id = o.tenant_id and r.report_id = o.subject_id and r.outcome = 'adopted' and r.decider = %d)`, nation),
	} {
		var err error
		if counts[i], err = l.count(ctx, sql); err != nil {
			return nil, err
		}
	}
	var p50, p99 float64
	err := l.look.QueryRow(ctx, `select percentile_cont(0.5) within group (order by late), percentile_cont(0.99) within group (order by late) from (
		select extract(epoch from received_at - occurred_at)::float8 as late from report_outcomes
		where decider = $1 and outcome = 'adopted' and tenant_id in (select id from platform.tenants where level = 'county')) as told`, nation).Scan(&p50, &p99)
	lost, doubled := counts[1]+counts[3], counts[2]
	rate := float64(counts[0]) / took.Seconds()
	return []Line{
		{Name: "letters.storm", Value: round(rate), Unit: "letters/s", Target: "0 lost, 0 doubled", Met: lost == 0 && doubled == 0,
			Note: fmt.Sprintf("%d deliveries over four levels in %.0f s, with the clerks' work; %d lost, %d doubled; %s", counts[0], took.Seconds(), lost, doubled, note)},
		{Name: "letters.author", Value: round(p99 * 1000), Unit: "ms p99", Target: "reported", Met: true,
			Note: fmt.Sprintf("from national decision to the author's timeline, three hops; median %.0f ms, under the same fire", p50*1000)},
	}, err
}
