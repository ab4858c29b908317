package letters

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"shangda/internal/testdb"
)

// fire is a storm in which the program, its servers and the network between them fail, one after the other.
type fire struct {
	*storm
	db    *testdb.DB
	cable *toxiproxy.Proxy
	done  map[string]int // how often each fault was made
}

func newFire(t *testing.T, variant string, loss float64) *fire {
	t.Helper()
	db := testdb.Private(t)
	f := &fire{storm: newStorm(t, db, variant, loss), db: db, done: map[string]int{}}
	f.cable = toxiproxy.NewProxy(toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop()), "cable", "127.0.0.1:0", f.proxy.Address())
	if err := f.cable.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.cable.Stop)
	f.url = f.proxy.URL(f.cable.Listen)
	return f
}

// faults of the world around a letter. Each leaves everything running again.
var faults = map[string]func(f *fire){
	"the program is killed": func(f *fire) {
		f.kill()
		f.start()
	},
	"PostgreSQL is killed": func(f *fire) {
		f.db.Cluster.Kill9()
		f.db.Cluster.Restart(f.t)
	},
	"Redis is killed": func(f *fire) {
		f.db.Cluster.KillRedis()
		time.Sleep(20 * time.Millisecond) // the program goes on without it for a while
		f.db.Cluster.RestartRedis(f.t)
	},
	"the connections are cut": func(f *fire) {
		f.cable.Stop()
		time.Sleep(50 * time.Millisecond) // nobody gets through for a while
		if err := f.cable.Start(); err != nil {
			f.t.Fatal(err)
		}
	},
	// Another process rescues what the frozen one held and carries it; then the frozen one goes on where it stood.
	"the program freezes past its lease": func(f *fire) {
		frozen := f.child
		_ = frozen.Process.Signal(syscall.SIGSTOP)
		f.start()
		time.Sleep(freeze)
		_ = frozen.Process.Signal(syscall.SIGCONT)
		time.Sleep(200 * time.Millisecond) // both carry letters
		frozen.end()
	},
}

// freeze is longer than the age at which the courier's running jobs are rescued.
const freeze = lease + time.Second

// burn sends n letters and makes every fault, in an order of chance, as often as times says.
func (f *fire) burn(n, times int) {
	f.t.Helper()
	var order []string
	for range times {
		for name := range faults {
			order = append(order, name)
		}
	}
	rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	f.sendAll(0, n/2)
	f.start()
	sent := make(chan struct{})
	go func() { defer close(sent); f.sendAll(n/2, n) }()
	for i, name := range order {
		f.until((i + 1) * n / (len(order) + 2))
		faults[name](f)
		f.done[name]++
	}
	<-sent
	f.until(n)
	f.settle()
}

// verdict is what is wrong after n letters.
type verdict struct{ lost, doubled, disordered, untrue int }

func (f *fire) verdict(n int) verdict {
	var v verdict
	v.lost, v.doubled = f.faults(n)
	v.disordered = f.count(`select count(*) from (
		select seq, lag(seq) over (partition by seq % $2 order by txid) as before from (
			select split_part(u.name, '#', 1)::int as seq, e.txid from units u
			join events e on e.tenant_id = u.tenant_id and e.subject_kind = 'unit' and e.subject_id = u.id and e.kind = 'letter.received'
			where u.tenant_id = $1) as received) as pairs where before > seq`, f.city.ID, len(f.subjects))
	v.untrue = f.count(`select count(*) from letters_out o full join (select * from letters_in where tenant_id = $2) i on i.sender = o.tenant_id and i.id = o.id
		where coalesce(o.tenant_id, $1) = $1 and (o.state is distinct from 'delivered' or o.delivered_at is null or i.id is null or i.digest <> o.digest)`, f.county.ID, f.city.ID)
	return v
}

// TestUnderFire carries letters while everything around them fails. SHANGDA_FIRE_LETTERS and SHANGDA_FIRE_TIMES make it longer
// (make faults).
func TestUnderFire(t *testing.T) {
	letters, times := setting(t, "SHANGDA_FIRE_LETTERS", 400), setting(t, "SHANGDA_FIRE_TIMES", 1)
	f := newFire(t, "", 0.01)
	started := time.Now()
	f.burn(letters, times)
	if v := f.verdict(letters); v != (verdict{}) {
		t.Fatalf("%+v", v)
	}
	if f.proxy.Dropped() == 0 {
		t.Fatal("no acknowledgement of a commit was dropped: nothing was tried")
	}
	t.Logf("%d letters in %.1f s: 0 lost, 0 doubled, in order, every state true; %s; %d acknowledgements of commits dropped",
		letters, time.Since(started).Seconds(), fmt.Sprint(f.done), f.proxy.Dropped())
}

// The fire finds out a courier that is wrong: without this the test above would prove nothing.
func TestTheFireFindsABrokenCourier(t *testing.T) {
	for variant, found := range map[string]func(v verdict) bool{
		"receives what it received": func(v verdict) bool { return v.doubled > 0 },
		"marks before it delivers":  func(v verdict) bool { return v.lost > 0 },
		"overtakes":                 func(v verdict) bool { return v.disordered > 0 },
	} {
		t.Run(variant, func(t *testing.T) {
			const letters = 200
			s := newStorm(t, testdb.Fresh(t), variant, 0.1)
			f := &fire{storm: s}
			s.sendAll(0, letters)
			s.start()
			for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(20 * time.Millisecond) { // between two looks
				over := s.open() == 0
				v := f.verdict(letters)
				if !over {
					v.lost = 0 // still on its way
				}
				if found(v) {
					t.Logf("found out: %+v", v)
					return
				}
				if over || time.Now().After(deadline) {
					t.Fatalf("not found out: %+v, %d acknowledgements dropped", v, s.proxy.Dropped())
				}
			}
		})
	}
}

func setting(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q, want a number", name, text)
	}
	return n
}
