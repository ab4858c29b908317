package devstack

import (
	"context"
	"errors"
	"io"
	"testing"
)

func TestMachineWithoutPostgresSaysWhatToInstall(t *testing.T) {
	before := debian
	debian = t.TempDir()
	defer func() { debian = before }()
	t.Setenv("PATH", t.TempDir())
	dir := t.TempDir()
	if _, err := Start(context.Background(), Options{Dir: dir}); !errors.Is(err, ErrNoPostgres) {
		t.Fatalf("start: %v", err)
	}
	if err := Install(context.Background(), io.Discard); !errors.Is(err, ErrNoPostgres) {
		t.Fatalf("install without apt-get: %v", err)
	}
}

func TestInstallDoesNothingWhereAllIsThere(t *testing.T) {
	if err := Install(context.Background(), failing{t}); err != nil {
		t.Fatal(err)
	}
}

type failing struct{ t *testing.T }

func (f failing) Write(p []byte) (int, error) {
	f.t.Errorf("something was run: %s", p)
	return len(p), nil
}
