package boards

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"github.com/redis/go-redis/v9"

	"shangda/dashboards/rollup"
	"shangda/internal/redisx"
	"shangda/tenancy"
)

func (s *Service) computations(t *testing.T) int {
	t.Helper()
	return int(reading(t, s.metrics.seconds.(prometheus.Metric)).Histogram.GetSampleCount())
}

func reading(t *testing.T, m prometheus.Metric) *dto.Metric {
	t.Helper()
	var d dto.Metric
	if err := m.Write(&d); err != nil {
		t.Fatal(err)
	}
	return &d
}

func (c *country) body(s *Service, ctx context.Context, q Query) string {
	c.t.Helper()
	board, err := s.Cached(ctx, q)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(board.Body)
}

func TestAThousandCallersAreOneComputation(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.story()
	c.settle()
	person := c.units["p"].Person("editor")
	start := make(chan struct{})
	bodies := make([]string, 1000)
	var ready, done sync.WaitGroup
	for i := range bodies {
		ready.Add(1)
		done.Go(func() {
			ctx, cancel := context.WithCancel(person.Context())
			defer cancel()
			ready.Done()
			<-start
			board, err := c.service.Cached(ctx, year(ScopeTree))
			if err != nil {
				t.Error(err)
				return
			}
			bodies[i] = string(board.Body)
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	if n := c.service.computations(t); n != 1 {
		t.Fatalf("%d computations", n)
	}
	for _, body := range bodies {
		if body == "" || body != bodies[0] {
			t.Fatalf("not everybody got the board: %q", body)
		}
	}
	// Another process finds it in Redis.
	other := c.newService(c.redis)
	if got := c.body(other, person.Context(), year(ScopeTree)); got != bodies[0] || other.computations(t) != 0 {
		t.Fatal("the copy in Redis was not used")
	}
}

// A caller who goes away does not take the board from those who wait with him.
func TestACallerWhoLeavesLeavesAlone(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	admin, reader := c.w.TestDB.Admin(t), c.units["p"].Person("editor")
	barrier, err := admin.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = barrier.Rollback(context.Background()) }()
	if _, err := barrier.Exec(t.Context(), `lock table sums in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	ask := func(ctx context.Context) chan error {
		answer := make(chan error, 1)
		go func() {
			_, err := c.service.Cached(ctx, year(ScopeTree))
			answer <- err
		}()
		return answer
	}
	leaving, leave := context.WithCancel(reader.Context())
	gone := ask(leaving)
	c.until("the computation waits", func() (waiting bool) {
		row := admin.QueryRow(t.Context(), `select exists (select from pg_locks where database = (select oid from pg_database where datname = current_database()) and relation = 'sums'::regclass and not granted)`)
		return row.Scan(&waiting) == nil && waiting
	})
	staying := ask(reader.Context())
	c.until("the second asks", func() bool { return reading(t, c.service.metrics.localMiss).Counter.GetValue() == 2 })
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := barrier.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-staying; err != nil || c.service.computations(t) != 1 {
		t.Fatalf("who stayed got %v after %d computations", err, c.service.computations(t))
	}
}

func (c *country) until(what string, ready func() bool) {
	c.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ready(); {
		if time.Now().After(deadline) {
			c.t.Fatal("never: " + what)
		}
	}
}

// Whatever Redis does, the figures are those of the sums.
func TestRedisCannotChangeAFigure(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.story()
	c.settle()
	ctx, mine, foreign := context.Background(), c.as("c1"), c.as("c2")
	board, err := c.service.Compute(mine, year(ScopeTree))
	if err != nil {
		t.Fatal(err)
	}
	truth, err := json.Marshal(board)
	if err != nil {
		t.Fatal(err)
	}
	same := func(what string, client *redis.Client, computed int) {
		t.Helper()
		fresh := c.newService(client)
		if got := c.body(fresh, mine, year(ScopeTree)); got != string(truth) {
			t.Errorf("%s: %s", what, got)
		}
		if n := fresh.computations(t); n != computed {
			t.Errorf("%s: %d computations", what, n)
		}
	}
	key := func(unit string, q Query) string {
		return tenancy.Key(c.units[unit].Tenant, append([]string{"board"}, q.parts()...)...)
	}
	place := key("c1", year(ScopeTree))
	c.body(c.newService(c.redis), foreign, year(ScopeTree))
	c.body(c.newService(c.redis), mine, year(ScopeUnit))
	same("nothing there", c.redis, 1)
	same("a true copy", c.redis, 0)
	copied := c.redis.Get(ctx, place).Val()
	lies := map[string]string{
		"another tenant's board": c.redis.Get(ctx, key("c2", year(ScopeTree))).Val(),
		"another board of mine":  c.redis.Get(ctx, key("c1", year(ScopeUnit))).Val(),
		"changed figures":        strings.Replace(copied, `"submitted":4`, `"submitted":400`, 1),
		"half of it":             copied[:len(copied)/2],
		"no board":               "{}",
		"nothing":                "",
	}
	for what, lie := range lies {
		if lie == copied {
			t.Fatalf("%s is the true copy", what)
		}
		if err := c.redis.Set(ctx, place, lie, 0).Err(); err != nil {
			t.Fatal(err)
		}
		same(what, c.redis, 1)
	}
	if err := c.redis.Del(ctx, place).Err(); err != nil {
		t.Fatal(err)
	}
	if err := c.redis.LPush(ctx, place, "a list").Err(); err != nil {
		t.Fatal(err)
	}
	same("another type", c.redis, 1)
	if err := c.redis.FlushDB(ctx).Err(); err != nil {
		t.Fatal(err)
	}
	same("flushed", c.redis, 1)
	same("filled again", c.redis, 0)
	gone, err := redisx.Open("redis://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	defer gone.Close()
	same("down", gone, 1)
}

// An old copy is not served after a fold, even where its process heard nothing.
func TestACopyEndsWithItsGeneration(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.settle()
	ctx, place := context.Background(), tenancy.Key(c.units["a1"].Tenant, append([]string{"board"}, year(ScopeUnit).parts()...)...)
	before := c.body(c.service, c.as("a1"), year(ScopeUnit))
	old := c.redis.Get(ctx, place).Val()
	c.record("a1", "2026-11", "交通", "", m{"own_submitted": 1, "tree_submitted": 1})
	c.settle()
	if err := c.redis.Set(ctx, place, old, 0).Err(); err != nil || old == "" {
		t.Fatal(err, old)
	}
	if after := c.body(c.newService(c.redis), c.as("a1"), year(ScopeUnit)); after == before {
		t.Fatal("the board of before the fold was served after it")
	}
}

// A figure follows its event within two seconds, on pages that are asked for all the time, with Redis and without. By itself:
// the transactions that other tests keep open would hold the fold back.
func TestAFigureFollowsItsEvent(t *testing.T) {
	for _, with := range []string{"Redis", "no Redis"} {
		t.Run(with, func(t *testing.T) {
			c := newCountry(t)
			if with == "no Redis" {
				gone, err := redisx.Open("redis://127.0.0.1:1")
				if err != nil {
					t.Fatal(err)
				}
				defer gone.Close()
				c.folder, c.service = rollup.New(c.w.TestDB.Fold(t), gone, c.w.Clock), c.newService(gone)
			}
			ctx, stop := context.WithCancel(context.Background())
			var running sync.WaitGroup
			defer running.Wait()
			defer stop()
			running.Go(func() { c.folder.Run(ctx) })
			running.Go(func() { c.service.Run(ctx) })
			reader := c.as("n")
			for round := 1; round <= 3; round++ {
				c.record("a1", "2026-10", "交通", "", m{"tree_submitted": 1})
				recorded := time.Now()
				for submitted := 0; submitted != round; {
					var b Board
					if err := json.Unmarshal([]byte(c.body(c.service, reader, year(ScopeTree))), &b); err != nil {
						t.Fatal(err)
					}
					if submitted = b.Tree.Submitted; time.Since(recorded) > 2*time.Second {
						t.Fatalf("round %d: still %d after %s", round, submitted, time.Since(recorded))
					}
				}
			}
		})
	}
}
