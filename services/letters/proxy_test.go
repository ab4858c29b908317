package letters

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// lossyProxy stands before PostgreSQL and now and then lets a commit through but not its acknowledgement: the connection
// is gone, and the program cannot know.
type lossyProxy struct {
	url     string
	socket  string
	loss    float64
	dropped atomic.Int64
}

func newLossyProxy(t *testing.T, url string, loss float64) *lossyProxy {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	p := &lossyProxy{
		url:    fmt.Sprintf("postgres://%s@%s/%s?sslmode=disable", config.User, listener.Addr(), config.Database),
		socket: filepath.Join(config.Host, fmt.Sprintf(".s.PGSQL.%d", config.Port)),
		loss:   loss,
	}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go p.carry(client)
		}
	}()
	return p
}

func (p *lossyProxy) carry(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("unix", p.socket)
	if err != nil {
		return
	}
	defer server.Close()
	var drop atomic.Bool
	go func() {
		defer server.Close()
		relay(client, server, func(b []byte) bool {
			if bytes.Contains(b, []byte("commit\x00")) && rand.Float64() < p.loss {
				drop.Store(true)
			}
			return true
		})
	}()
	relay(server, client, func([]byte) bool {
		if drop.Load() {
			p.dropped.Add(1)
			return false
		}
		return true
	})
}

// relay passes on what comes until either side ends or pass says no.
func relay(from, to net.Conn, pass func([]byte) bool) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && !pass(buffer[:n]) {
			return
		}
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
