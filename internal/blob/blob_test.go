package blob_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"gocloud.dev/gcerrors"

	"shangda/internal/blob"
)

func TestFolderKeepsFilesAndNothingElse(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "made", "here")
	bucket, err := blob.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := bucket.WriteAll(ctx, "7/a", []byte("附件"), nil); err != nil {
		t.Fatal(err)
	}
	if err := bucket.Close(); err != nil {
		t.Fatal(err)
	}
	bucket, err = blob.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer bucket.Close()
	if got, err := bucket.ReadAll(ctx, "7/a"); err != nil || string(got) != "附件" {
		t.Fatalf("%v: %q", err, got)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "7"))
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v: %d files for one", err, len(entries))
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Fatalf("%v: the folder is open to others: %v", err, info.Mode())
	}
	if _, err := bucket.ReadAll(ctx, "7/b"); gcerrors.Code(err) != gcerrors.NotFound {
		t.Fatalf("missing file: %v", err)
	}
}

func TestKeysDoNotLeaveTheFolder(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	bucket, err := blob.Open(ctx, filepath.Join(dir, "in"))
	if err != nil {
		t.Fatal(err)
	}
	defer bucket.Close()
	_ = bucket.WriteAll(ctx, "../out", []byte("x"), nil)
	if _, err := os.Stat(filepath.Join(dir, "out")); err == nil {
		t.Fatal("written outside the folder")
	}
}

func TestAddresses(t *testing.T) {
	ctx := context.Background()
	bucket, err := blob.Open(ctx, "mem://")
	if err != nil {
		t.Fatal(err)
	}
	defer bucket.Close()
	if _, err := blob.Open(ctx, "unknown://x"); err == nil {
		t.Fatal("an unknown scheme was accepted")
	}
}
