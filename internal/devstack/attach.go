package devstack

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Addresses are where a running stack answers.
type Addresses struct {
	AppURL   string
	FoldURL  string
	RedisURL string
}

const addressFile = "addresses.json"

// publish leaves the addresses in the data folder for programs that attach.
func (s *Stack) publish() error {
	text, err := json.Marshal(Addresses{AppURL: s.AppURL, FoldURL: s.FoldURL, RedisURL: s.RedisURL})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.place.dir, addressFile), text, 0o600)
}

// Attach gives the addresses of the stack that another program runs in the folder; false where none does.
func Attach(dir string) (Addresses, bool, error) {
	lock, err := os.Open(filepath.Join(dir, "lock"))
	if errors.Is(err, fs.ErrNotExist) {
		return Addresses{}, false, nil
	}
	if err != nil {
		return Addresses{}, false, err
	}
	defer func() { _ = lock.Close() }()
	if syscall.Flock(int(lock.Fd()), syscall.LOCK_SH|syscall.LOCK_NB) == nil {
		return Addresses{}, false, nil // nobody holds it; closing the file frees ours
	}
	text, err := os.ReadFile(filepath.Join(dir, addressFile))
	if err != nil {
		return Addresses{}, false, fmt.Errorf("a program is starting in %s: %w", dir, err)
	}
	var a Addresses
	return a, true, json.Unmarshal(text, &a)
}
