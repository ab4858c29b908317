package main

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"shangda/cmd/shangda/config"
)

func TestTheFirstStartMakesOneSecretKey(t *testing.T) {
	t.Parallel()
	c := config.Config{Data: filepath.Join(t.TempDir(), "data")}
	keys := make([]string, 8)
	var wait sync.WaitGroup
	for i := range keys {
		wait.Go(func() {
			key, err := secretKey(c)
			if err != nil {
				t.Error(err)
			}
			keys[i] = key
		})
	}
	wait.Wait()
	for _, key := range keys {
		if key != keys[0] || len(key) < 32 {
			t.Fatalf("%q", keys)
		}
	}
	path := filepath.Join(c.Data, secretFile)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if left, _ := filepath.Glob(path + "-*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	set := c
	set.SecretKey = "the key that the operator has set"
	if key, err := secretKey(set); err != nil || key != set.SecretKey {
		t.Errorf("%q, %v", key, err)
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := secretKey(c); err == nil {
		t.Error("a damaged key file was taken")
	}
}
