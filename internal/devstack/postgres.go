package devstack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoPostgres says that the machine has no PostgreSQL server and what to install.
var ErrNoPostgres = errors.New("no PostgreSQL server found; install version 15 or later, on Debian: apt-get install postgresql redis-server")

// postgres is the private PostgreSQL of a stack.
type postgres struct {
	place     *place
	settings  map[string]string
	throwaway bool
	bin       string
	child     *child
}

func settings(opt Options, run string) map[string]string {
	s := map[string]string{
		"listen_addresses":        "",
		"unix_socket_directories": run,
		"unix_socket_permissions": "0700",
		"max_connections":         "200",
		"shared_buffers":          "128MB",
		"max_wal_size":            "2GB",
		"synchronous_commit":      "on",
		"jit":                     "off",
		"timezone":                "UTC",
		"log_timezone":            "UTC",
		"log_checkpoints":         "off",
	}
	if opt.Throwaway {
		s["fsync"], s["full_page_writes"] = "off", "off"
		s["shared_buffers"] = "64MB"
	}
	maps.Copy(s, opt.Settings)
	return s
}

// endings are the signals that end PostgreSQL, the gentlest first (fast, then immediate).
var endings = []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT}

// onDeath is what PostgreSQL is told when this program dies.
func (p *postgres) onDeath() syscall.Signal {
	if p.throwaway {
		return syscall.SIGQUIT
	}
	return syscall.SIGINT
}

// prepare finds the binaries and makes the data folder when there is none.
func (p *postgres) prepare(ctx context.Context) error {
	version, err := os.ReadFile(filepath.Join(p.place.data(), "PG_VERSION"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if p.bin, err = binaries(strings.TrimSpace(string(version))); err != nil || version != nil {
		return err
	}
	return p.initdb(ctx)
}

// initdb makes the data under another name first, so that a broken attempt leaves nothing.
func (p *postgres) initdb(ctx context.Context) error {
	fresh := p.place.data() + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	if err := private(fresh, p.place.who); err != nil {
		return err
	}
	args := []string{"-D", fresh, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"}
	if p.throwaway {
		args = append(args, "--no-sync")
	}
	out, err := os.CreateTemp("", "initdb-*.log")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd := exec.Command(filepath.Join(p.bin, "initdb"), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.place.home, out, out
	c, err := spawn(cmd, p.place.who, syscall.SIGKILL)
	if err != nil {
		return fmt.Errorf("initdb: %w", err)
	}
	select {
	case <-c.done:
	case <-ctx.Done():
		c.kill()
		return ctx.Err()
	}
	if !cmd.ProcessState.Success() {
		return fmt.Errorf("initdb: %s: %s", cmd.ProcessState, tail(out.Name()))
	}
	return os.Rename(fresh, p.place.data())
}

// start brings PostgreSQL up on its data and returns when it answers. What an earlier program
// left behind (we hold the folder's lock, so nobody needs it) is waited for, then ended.
func (p *postgres) start(ctx context.Context, adminURL string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		if err := p.clear(ctx); err != nil {
			return err
		}
		err := p.attempt(ctx, adminURL)
		if !errors.Is(err, errOrphans) || ctx.Err() != nil {
			return err
		}
		select { // orphans of a killed server are on their way out
		case <-ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// errOrphans says that processes of a killed server still hold its memory.
var errOrphans = errors.New("a killed PostgreSQL is not quite gone")

func (p *postgres) attempt(ctx context.Context, adminURL string) error {
	log, err := logFile(p.place.dir, "postgres.log")
	if err != nil {
		return err
	}
	defer log.Close()
	begun, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	args := []string{"-D", p.place.data()}
	for _, name := range slices.Sorted(maps.Keys(p.settings)) {
		args = append(args, "-c", name+"="+p.settings[name])
	}
	cmd := exec.Command(filepath.Join(p.bin, "postgres"), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.place.home, log, log
	if p.child, err = spawn(cmd, p.place.who, p.onDeath()); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	for {
		if answers(ctx, adminURL) {
			return nil
		}
		select {
		case <-p.child.done:
			if text, _ := os.ReadFile(log.Name()); strings.Contains(string(text[min(int(begun), len(text)):]), "pre-existing shared memory block") {
				return errOrphans
			}
			return fmt.Errorf("PostgreSQL did not start: %s", tail(log.Name()))
		case <-ctx.Done():
			p.child.stop(endings...)
			return fmt.Errorf("PostgreSQL did not answer: %w: %s", ctx.Err(), tail(log.Name()))
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func answers(ctx context.Context, url string) bool {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return false
	}
	_ = conn.Close(ctx)
	return true
}

// clear waits until no server of an earlier program works on the data any more; one that takes
// longer than 10 s is ended. Then a postmaster.pid is stale, whoever has its number now.
func (p *postgres) clear(ctx context.Context) error {
	begun := time.Now()
	for {
		old := servers(p.place.data())
		if len(old) == 0 {
			break
		}
		for _, pid := range old {
			if waited := time.Since(begun); waited > 20*time.Second {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			} else if waited > 10*time.Second {
				_ = syscall.Kill(pid, syscall.SIGQUIT)
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the PostgreSQL of an earlier start still runs: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
	err := os.Remove(filepath.Join(p.place.data(), "postmaster.pid"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// servers are the postmasters that were started on the data folder.
func servers(data string) []int {
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	var found []int
	for _, name := range lines {
		line, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(line), "postgres\x00-D\x00"+data+"\x00") {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(name))); err == nil {
			found = append(found, pid)
		}
	}
	return found
}

// debian is where Debian keeps the programs of each version.
var debian = "/usr/lib/postgresql"

// binaries is the folder of the PostgreSQL programs: of the version given, or the newest.
func binaries(version string) (string, error) {
	var folders []string
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	versions, _ := filepath.Glob(filepath.Join(debian, "*", "bin"))
	slices.SortFunc(versions, func(a, b string) int { return major(b) - major(a) })
	folders = append(folders, versions...)
	if path, err := exec.LookPath("postgres"); err == nil {
		folders = append(folders, filepath.Dir(path))
	}
	if version != "" {
		folders = append([]string{filepath.Join(debian, version, "bin")}, folders...)
	}
	for _, dir := range folders {
		if isFile(filepath.Join(dir, "postgres")) && isFile(filepath.Join(dir, "initdb")) {
			return dir, nil
		}
	}
	return "", ErrNoPostgres
}

func major(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// tail is the end of a log, for an error message.
func tail(path string) string {
	text, _ := os.ReadFile(path)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-4):], " | ")
}
