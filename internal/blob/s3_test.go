package blob_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"net/http/httptest"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	gocloud "gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"shangda/internal/blob"
)

// TestAStoreThatSpeaksS3 does with a small S3-compatible server what the program does with a store.
func TestAStoreThatSpeaksS3(t *testing.T) {
	backend := s3mem.New()
	server := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	if err := backend.CreateBucket("shangda"); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_EC2_METADATA_DISABLED": "true"} {
		t.Setenv(name, value)
	}
	ctx := context.Background()
	bucket, err := blob.Open(ctx, "s3://shangda?endpoint="+server.URL+"&region=cn-north-1&use_path_style=true&disable_https=true&request_checksum_calculation=when_required&response_checksum_validation=when_required")
	if err != nil {
		t.Fatal(err)
	}
	defer bucket.Close()
	large := make([]byte, 12<<20) // more than one of the store's own parts
	_, _ = rand.Read(large)
	w, err := bucket.NewWriter(ctx, "7/a", &gocloud.WriterOptions{ContentType: "application/octet-stream", BufferSize: 5 << 20, MaxConcurrency: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, bytes.NewReader(large)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := bucket.ReadAll(ctx, "7/a"); err != nil || !bytes.Equal(got, large) {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	r, err := bucket.NewRangeReader(ctx, "7/a", 100, 50, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, large[100:150]) {
		t.Fatalf("a range: %d bytes, %v", len(got), err)
	}
	_ = r.Close()
	for _, key := range []string{"7/parts/x/000000000000", "7/parts/x/000000000010", "7/parts/y/000000000000"} {
		if err := bucket.WriteAll(ctx, key, []byte("part"), nil); err != nil {
			t.Fatal(err)
		}
	}
	var found []string
	for list := bucket.List(&gocloud.ListOptions{Prefix: "7/parts/x/"}); ; {
		object, err := list.Next(ctx)
		if err != nil {
			break
		}
		found = append(found, object.Key)
	}
	if len(found) != 2 || found[0] != "7/parts/x/000000000000" {
		t.Fatalf("listed %v", found)
	}
	// A writer that is given up leaves nothing.
	given, cancel := context.WithCancel(ctx)
	w, err = bucket.NewWriter(given, "7/b", &gocloud.WriterOptions{ContentType: "text/plain"})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte("half"))
	cancel()
	_ = w.Close()
	if there, err := bucket.Exists(ctx, "7/b"); err != nil || there {
		t.Fatalf("half a file stands there: %t, %v", there, err)
	}
	if err := bucket.Delete(ctx, "7/a"); err != nil {
		t.Fatal(err)
	}
	if _, err := bucket.ReadAll(ctx, "7/a"); gcerrors.Code(err) != gcerrors.NotFound {
		t.Fatalf("deleted: %v", err)
	}
}
