package redisx_test

import (
	"context"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"shangda/internal/redisx"
	"shangda/internal/testdb"
)

func open(t *testing.T, url string) *redis.Client {
	t.Helper()
	client, err := redisx.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

func TestRealServer(t *testing.T) {
	ctx := context.Background()
	client := open(t, testdb.Open(t).RedisURL)
	if err := client.Set(ctx, "redisx", "here", time.Minute).Err(); err != nil {
		t.Fatal(err)
	}
	if got, err := client.Get(ctx, "redisx").Result(); err != nil || got != "here" {
		t.Fatalf("%v: %q", err, got)
	}
}

// silent accepts connections and never answers, as an overloaded server does; it counts the
// connections and what was sent on them.
func silent(t *testing.T) (string, chan struct{}) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	accepted := make(chan struct{}, 100)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
			accepted <- struct{}{}
		}
	}()
	return "unix://" + path, accepted
}

func TestSilentServerCostsLittleAndIsAskedOnce(t *testing.T) {
	url, accepted := silent(t)
	begun := time.Now()
	if err := open(t, url).Incr(context.Background(), "n").Err(); err == nil {
		t.Fatal("an answer from a server that gives none")
	}
	if took := time.Since(begun); took > 2*time.Second {
		t.Fatalf("took %s", took)
	}
	if n := len(accepted); n != 1 {
		t.Fatalf("%d attempts", n)
	}
}

func TestContextDeadlineIsKept(t *testing.T) {
	url, _ := silent(t)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if err := open(t, url).Get(ctx, "n").Err(); err == nil {
		t.Fatal("an answer from a server that gives none")
	}
	if took := time.Since(begun); took >= redisx.Timeout {
		t.Fatalf("took %s with a deadline of 20ms", took)
	}
}

func TestMalformedAddress(t *testing.T) {
	if _, err := redisx.Open("localhost"); err == nil {
		t.Fatal("accepted")
	}
}
