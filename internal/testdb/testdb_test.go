package testdb_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shangda/internal/redisx"
	"shangda/internal/testdb"
)

// TestVictim is the test process that TestKilledTestLeavesNothing kills.
func TestVictim(t *testing.T) {
	if os.Getenv("TESTDB_VICTIM") == "" {
		t.Skip("runs inside TestKilledTestLeavesNothing")
	}
	var data string
	db := testdb.Open(t)
	if err := db.Admin(t).QueryRow(context.Background(), `show data_directory`).Scan(&data); err != nil {
		t.Fatal(err)
	}
	fmt.Println("data", filepath.Dir(data))
	select {}
}

func TestKilledTestLeavesNothing(t *testing.T) {
	victim := exec.Command(os.Args[0], "-test.run=^TestVictim$")
	victim.Env = append(os.Environ(), "TESTDB_VICTIM=1")
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	dir, ok := strings.CutPrefix(strings.TrimSpace(line), "data ")
	if !ok || len(running(dir)) < 2 {
		t.Fatalf("%q: %q running", line, running(dir))
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait()
	deadline := time.Now().Add(20 * time.Second)
	for _, err = os.Stat(dir); err == nil || len(running(dir)) > 0; _, err = os.Stat(dir) {
		if time.Now().After(deadline) {
			t.Fatalf("left behind: %s (%v), running %q", dir, err, running(dir))
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// running are the servers on the folder.
func running(dir string) []string {
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

func TestSharedDatabaseIsMigratedAndOneForAll(t *testing.T) {
	db := testdb.Open(t)
	if db != testdb.Open(t) {
		t.Fatal("two databases in one process")
	}
	var who string
	var river bool
	err := db.App(t).QueryRow(context.Background(),
		`select current_user, to_regclass('river.river_job') is not null`).Scan(&who, &river)
	if err != nil || who != "shangda_app" || !river {
		t.Fatalf("%v: %s, job tables %t", err, who, river)
	}
	var fsync, commit string
	err = db.Admin(t).QueryRow(context.Background(),
		`select current_setting('fsync'), current_setting('synchronous_commit')`).Scan(&fsync, &commit)
	if err != nil || fsync != "off" || commit != "on" {
		t.Fatalf("%v: fsync %s, synchronous_commit %s", err, fsync, commit)
	}
}

func TestFreshDatabasesDoNotSeeEachOther(t *testing.T) {
	ctx := context.Background()
	one, two := testdb.Fresh(t), testdb.Fresh(t)
	if _, err := one.Owner(t).Exec(ctx, `create table platform.only_here ()`); err != nil {
		t.Fatal(err)
	}
	var there bool
	if err := two.Owner(t).QueryRow(ctx, `select to_regclass('platform.only_here') is not null`).Scan(&there); err != nil || there {
		t.Fatalf("%v: seen in the other database: %t", err, there)
	}
	for i, db := range []*testdb.DB{one, two} {
		client, err := redisx.Open(db.RedisURL)
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		if n, err := client.Incr(ctx, "seen").Result(); err != nil || n != 1 {
			t.Fatalf("%d: %v: %d", i, err, n)
		}
	}
}

func TestPrivateClusterSurvivesKill9(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db := testdb.Private(t)
	if _, err := db.Owner(t).Exec(ctx, `create table platform.kept as select generate_series(1, 1000) n`); err != nil {
		t.Fatal(err)
	}
	db.Cluster.Kill9()
	if err := db.Admin(t).Ping(ctx); err == nil {
		t.Fatal("answers after kill -9")
	}
	db.Cluster.Restart(t)
	var n int
	if err := db.Admin(t).QueryRow(ctx, `select count(*) from platform.kept`).Scan(&n); err != nil || n != 1000 {
		t.Fatalf("%v: %d rows", err, n)
	}
	db.Cluster.KillRedis()
	db.Cluster.RestartRedis(t)
}
