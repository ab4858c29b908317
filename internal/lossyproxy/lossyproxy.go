// Package lossyproxy stands before PostgreSQL and now and then lets a commit through but not its acknowledgement: the
// connection is gone, and the program cannot know whether its change stands.
package lossyproxy

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// Proxy is one such proxy, until Close.
type Proxy struct {
	listener net.Listener
	config   *pgx.ConnConfig
	network  string
	address  string
	loss     float64
	dropped  atomic.Int64
}

// Listen starts a proxy before the server of url that loses this share of acknowledgements.
func Listen(url string, loss float64) (*Proxy, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{listener: listener, config: config, loss: loss, network: "tcp", address: fmt.Sprintf("%s:%d", config.Host, config.Port)}
	if strings.HasPrefix(config.Host, "/") {
		p.network, p.address = "unix", filepath.Join(config.Host, fmt.Sprintf(".s.PGSQL.%d", config.Port))
	}
	go p.accept()
	return p, nil
}

// Address is where the proxy listens.
func (p *Proxy) Address() string { return p.listener.Addr().String() }

// URL is the database through the proxy, or through another one before it that listens at address.
func (p *Proxy) URL(address string) string {
	return fmt.Sprintf("postgres://%s@%s/%s?sslmode=disable", p.config.User, address, p.config.Database)
}

// Dropped is how many acknowledgements were lost so far.
func (p *Proxy) Dropped() int64 { return p.dropped.Load() }

// Close ends the proxy; connections that are open stay until their ends close them.
func (p *Proxy) Close() error { return p.listener.Close() }

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.carry(client)
	}
}

func (p *Proxy) carry(client net.Conn) {
	defer client.Close()
	server, err := net.Dial(p.network, p.address)
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
