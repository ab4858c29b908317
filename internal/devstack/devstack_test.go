package devstack_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"shangda/internal/devstack"
	"shangda/internal/redisx"
)

// TestMain lets the test binary be the program whose death is tested.
func TestMain(m *testing.M) {
	if dir := os.Getenv("DEVSTACK_PROGRAM"); dir != "" {
		if _, err := devstack.Start(context.Background(), devstack.Options{Dir: dir}); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("up")
		select {}
	}
	os.Exit(m.Run())
}

// folder is a data folder that an unprivileged user can enter (t.TempDir is closed to it).
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "devstack-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if home, err := os.Readlink(filepath.Join(dir, "elsewhere")); err == nil {
			os.RemoveAll(home)
		}
		os.RemoveAll(dir)
	})
	return dir
}

func start(t *testing.T, dir string) *devstack.Stack {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	s, err := devstack.Start(ctx, devstack.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func one[T any](t *testing.T, url, query string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var v T
	if err := conn.QueryRow(ctx, query).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// processes are the commands still running that name the folder.
func processes(dir string) []string {
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	var found []string
	for _, name := range lines {
		line, _ := os.ReadFile(name)
		if text := strings.ReplaceAll(string(line), "\x00", " "); strings.Contains(text, dir+"/") {
			found = append(found, text)
		}
	}
	return found
}

func nothingRuns(t *testing.T, dir string) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for left := processes(dir); len(left) > 0; left = processes(dir) {
		if time.Now().After(deadline) {
			t.Fatalf("still running: %q", left)
		}
		<-time.After(10 * time.Millisecond)
	}
}

func TestRolesAndSettings(t *testing.T) {
	t.Parallel()
	s := start(t, folder(t))
	for url, want := range map[string]string{s.AdminURL: "postgres", s.OwnerURL: "shangda_owner",
		s.AppURL: "shangda_app", s.FoldURL: "shangda_fold"} {
		if who := one[string](t, url, `select current_user::text`); who != want {
			t.Errorf("%s instead of %s", who, want)
		}
	}
	for setting, want := range map[string]string{"listen_addresses": "", "fsync": "on", "full_page_writes": "on",
		"synchronous_commit": "on", "server_encoding": "UTF8", "lc_collate": "C.UTF-8"} {
		if got := one[string](t, s.AppURL, `select current_setting('`+setting+`')`); got != want {
			t.Errorf("%s is %q, want %q", setting, got, want)
		}
	}
	mighty := one[int](t, s.AdminURL, `select count(*) from pg_roles where rolname like 'shangda%'
		and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit)`)
	roles := one[int](t, s.AdminURL, `select count(*) from pg_roles where rolname like 'shangda%'`)
	members := one[string](t, s.AdminURL, `select string_agg(distinct member::regrole::text, ' ') from pg_auth_members
		where member::regrole::text like 'shangda%'`)
	if mighty != 0 || roles != 5 || members != "shangda_owner" {
		t.Errorf("%d roles, %d of them mighty, members of others: %s", roles, mighty, members)
	}
	client, err := redisx.Open(s.RedisURL)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Ping(context.Background()).Err(); err != nil {
		t.Error(err)
	}
}

func TestSecondStartKeepsTheDataAndIsFast(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	first := start(t, dir)
	run(t, first.OwnerURL, `create table platform.kept as select 42 as n`)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	nothingRuns(t, dir)
	begun := time.Now()
	second := start(t, dir)
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("second start took %s", took)
	} else {
		t.Logf("second start took %s", took)
	}
	if n := one[int](t, second.OwnerURL, `select n from platform.kept`); n != 42 {
		t.Errorf("%d was kept", n)
	}
}

func run(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestKilledProgramLeavesNothingAndTheNextStarts(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	program := exec.Command(os.Args[0])
	program.Env = append(os.Environ(), "DEVSTACK_PROGRAM="+dir)
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "up\n" {
		t.Fatalf("the program did not start: %s", line)
	}
	if len(processes(dir)) == 0 {
		t.Fatal("no servers to be seen while the program runs")
	}
	if _, err := devstack.Start(context.Background(), devstack.Options{Dir: dir}); err == nil ||
		!strings.Contains(err.Error(), "in use by another program") || !strings.Contains(err.Error(), dir) {
		t.Fatalf("a second program on the folder: %v", err)
	}
	if err := program.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = program.Wait()
	next := start(t, dir) // at once, while the old servers are on their way out
	if n := one[int](t, next.AppURL, `select 1`); n != 1 {
		t.Fatal("does not answer")
	}
	if err := next.Close(); err != nil {
		t.Fatal(err)
	}
	nothingRuns(t, dir)
}

func TestForeignProcessNumberInTheOldPidFile(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	other := exec.Command("sleep", "60")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Process.Kill(); _ = other.Wait() }()
	stale := fmt.Sprintf("%d\n%s/postgres\n1700000000\n5432\n%s/run\n\n", other.Process.Pid, dir, dir)
	if err := os.WriteFile(filepath.Join(dir, "postgres", "postmaster.pid"), []byte(stale), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, dir)
}

func TestServersKilledAndStartedAgain(t *testing.T) {
	t.Parallel()
	s := start(t, folder(t))
	run(t, s.OwnerURL, `create table platform.kept as select 42 as n`)
	s.KillPostgres()
	if conn, err := pgx.Connect(context.Background(), s.AppURL); err == nil {
		conn.Close(context.Background())
		t.Fatal("answers after kill -9")
	}
	if err := s.RestartPostgres(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := one[int](t, s.OwnerURL, `select n from platform.kept`); n != 42 {
		t.Fatalf("%d was kept", n)
	}
	s.KillRedis()
	if err := s.RestartRedis(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestFolderTheServersCannotEnter(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root runs the servers as another user")
	}
	outer := folder(t)
	if err := os.Chmod(outer, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(outer, "data")
	s := start(t, dir)
	home, err := os.Readlink(filepath.Join(dir, "elsewhere"))
	if err != nil || !strings.Contains(s.Note, home) {
		t.Fatalf("%v: note %q", err, s.Note)
	}
	t.Cleanup(func() { s.Close(); os.RemoveAll(home) })
	run(t, s.OwnerURL, `create table platform.kept as select 42 as n`)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := one[int](t, start(t, dir).OwnerURL, `select n from platform.kept`); n != 42 {
		t.Fatalf("%d was kept", n)
	}
}

func TestLongFolderName(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), strings.Repeat("long", 30))
	s := start(t, dir)
	if n := one[int](t, s.AppURL, `select 1`); n != 1 {
		t.Fatal("does not answer")
	}
}

func TestMachineWithoutRedis(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	ctx := context.Background()
	s := start(t, folder(t))
	if !strings.Contains(s.Note, "in-process") {
		t.Fatalf("not said: %q", s.Note)
	}
	client, err := redisx.Open(s.RedisURL)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Set(ctx, "a", 1, 0).Err(); err != nil {
		t.Fatal(err)
	}
	s.KillRedis()
	if err := client.Get(ctx, "a").Err(); err == nil {
		t.Fatal("answers after its end")
	}
	if err := s.RestartRedis(ctx); err != nil {
		t.Fatal(err)
	}
	if err := client.Get(ctx, "a").Err(); !errors.Is(err, redis.Nil) {
		t.Fatalf("not empty after its end: %v", err)
	}
}
