package testdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"shangda/internal/devstack"
	"shangda/migrations"
)

// template is the database in every cluster that fresh ones are copied from.
const template = "shangda_template"

// layout is raised when the way templates are made changes.
const layout = 1

// Cluster is the PostgreSQL and Redis under a database, to be killed by reliability tests that
// took it with Private.
type Cluster struct {
	stack  *devstack.Stack
	dir    string
	reaper io.Closer
}

// Kill9 ends PostgreSQL as kill -9 does.
func (c *Cluster) Kill9() { c.stack.KillPostgres() }

// Restart starts PostgreSQL again, at the same address, on the same data.
func (c *Cluster) Restart(t testing.TB) {
	t.Helper()
	if err := c.stack.RestartPostgres(context.Background()); err != nil {
		t.Fatalf("testdb: %v", err)
	}
}

// KillRedis ends Redis as kill -9 does.
func (c *Cluster) KillRedis() { c.stack.KillRedis() }

// RestartRedis starts Redis again, at the same address and empty.
func (c *Cluster) RestartRedis(t testing.TB) {
	t.Helper()
	if err := c.stack.RestartRedis(context.Background()); err != nil {
		t.Fatalf("testdb: %v", err)
	}
}

func (c *Cluster) close() {
	_ = c.stack.Close()
	_ = c.reaper.Close()
	_ = os.RemoveAll(c.dir)
}

// newCluster starts a copy of the template.
func newCluster() (*Cluster, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	root := filepath.Join(os.TempDir(), fmt.Sprintf("shangda-test-%d", os.Geteuid()))
	if err := ownFolder(root); err != nil {
		return nil, err
	}
	ready, err := migrated(ctx, root)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(root, "c-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir}
	if c.reaper, err = reap(dir); err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return nil, err
	}
	copied := exec.CommandContext(ctx, "cp", "-a", "--reflink=auto", filepath.Join(ready, "postgres"), dir)
	if out, err := copied.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("copy the template: %w: %s", err, out)
	}
	c.stack, err = devstack.Start(ctx, devstack.Options{Dir: dir, Throwaway: true})
	return c, err
}

// ownFolder makes a folder that others may pass through, and refuses one of somebody else.
func ownFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() || info.Sys().(*syscall.Stat_t).Uid != uint32(os.Geteuid()) {
		return fmt.Errorf("%s belongs to somebody else", dir)
	}
	return os.Chmod(dir, 0o711)
}

// migrated is the folder of a migrated cluster at rest, made by whoever needs it first.
func migrated(ctx context.Context, root string) (string, error) {
	dir := filepath.Join(root, fmt.Sprintf("template-%d-%s", layout, migrations.Digest()))
	lock, err := os.OpenFile(filepath.Join(root, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	if err := os.Chtimes(dir, time.Now(), time.Now()); !errors.Is(err, fs.ErrNotExist) {
		return dir, err // it is there, and marked as used
	}
	sweep(root)
	building := dir + ".new"
	if err := os.RemoveAll(building); err != nil {
		return "", err
	}
	if err := build(ctx, building); err != nil {
		return "", errors.Join(err, os.RemoveAll(building))
	}
	return dir, os.Rename(building, dir)
}

// build makes a migrated cluster in the folder and leaves it at rest.
func build(ctx context.Context, dir string) error {
	stack, err := devstack.Start(ctx, devstack.Options{Dir: dir, Throwaway: true})
	if err != nil {
		return err
	}
	return errors.Join(fill(ctx, stack), stack.Close())
}

func fill(ctx context.Context, stack *devstack.Stack) error {
	if err := migrations.Up(ctx, stack.OwnerURL); err != nil {
		return err
	}
	return execute(ctx, stack.AdminURL, `create database `+template+` template `+devstack.Database)
}

// sweep removes templates of other schemas that nobody has used for a day.
func sweep(root string) {
	old, _ := filepath.Glob(filepath.Join(root, "template-*"))
	for _, dir := range old {
		if info, err := os.Stat(dir); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.RemoveAll(dir)
		}
	}
}

// reap removes the folder as soon as this process is gone, however it ended: a shell waits for
// the end of its input, which the kernel closes with us. (The servers end by themselves.)
func reap(dir string) (io.Closer, error) {
	cmd := exec.Command("sh", "-c",
		`cat >/dev/null; for i in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$1" 2>/dev/null; sleep 0.1; [ -e "$1" ] || exit; done`, "sh", dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	input, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	return input, cmd.Start()
}
