package devstack

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// redisServer is the private Redis of a stack: the machine's redis-server on a socket, else
// one inside this process. It keeps nothing: Redis holds copies only.
type redisServer struct {
	place     *place
	addr, url string
	child     *child
	mini      *miniredis.Miniredis
}

func (r *redisServer) inProcess() bool { return r.mini != nil }

// start brings Redis up at its address and returns when it answers.
func (r *redisServer) start(ctx context.Context) error {
	if r.mini != nil {
		return r.mini.Restart()
	}
	program, err := exec.LookPath("redis-server")
	if err != nil {
		if r.mini, err = miniredis.Run(); err != nil {
			return fmt.Errorf("start the in-process Redis: %w", err)
		}
		r.addr, r.url = r.mini.Addr(), "redis://"+r.mini.Addr()+"/0"
		return nil
	}
	r.addr = filepath.Join(r.place.run, "redis.sock")
	r.url = (&url.URL{Scheme: "unix", Path: r.addr}).String()
	log, err := logFile(r.place.dir, "redis.log")
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(program, "--port", "0", "--unixsocket", r.addr, "--unixsocketperm", "700",
		"--save", "", "--appendonly", "no", "--databases", "1024", "--dir", r.place.run)
	cmd.Dir, cmd.Stdout, cmd.Stderr = r.place.home, log, log
	if r.child, err = spawn(cmd, r.place.who, syscall.SIGKILL); err != nil {
		return fmt.Errorf("start Redis: %w", err)
	}
	return r.wait(ctx, log.Name())
}

func (r *redisServer) wait(ctx context.Context, log string) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	for {
		if conn, err := net.Dial("unix", r.addr); err == nil {
			return conn.Close()
		}
		select {
		case <-r.child.done:
			return fmt.Errorf("Redis did not start: %s", tail(log))
		case <-ctx.Done():
			r.child.kill()
			return fmt.Errorf("Redis did not answer: %w: %s", ctx.Err(), tail(log))
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (r *redisServer) kill() {
	if r.mini != nil {
		r.mini.FlushAll()
		r.mini.Close()
		return
	}
	r.child.stop(syscall.SIGKILL)
}
