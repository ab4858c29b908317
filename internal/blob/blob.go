// Package blob opens the store of files: a folder of this machine, or any bucket address that
// gocloud.dev knows.
package blob

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/memblob" // mem:// for tests
	_ "gocloud.dev/blob/s3blob"  // s3:// for S3-compatible stores
)

// Open opens the bucket at an address with a scheme (mem://, file:///srv/blobs …) or, without
// one, in a folder, which is made when it does not exist. The caller closes the bucket.
//
// In a folder a file is written beside its final place and renamed, so a reader sees all of it
// or nothing, and no files with attributes stand beside: what a file is, the database knows.
func Open(ctx context.Context, urlOrDir string) (*blob.Bucket, error) {
	if strings.Contains(urlOrDir, "://") {
		bucket, err := blob.OpenBucket(ctx, urlOrDir)
		if err != nil {
			return nil, fmt.Errorf("open the file store: %w", err)
		}
		return bucket, nil
	}
	dir, err := filepath.Abs(urlOrDir)
	if err != nil {
		return nil, fmt.Errorf("open the file store: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open the file store: %w", err)
	}
	bucket, err := fileblob.OpenBucket(dir, &fileblob.Options{
		NoTempDir: true, Metadata: fileblob.MetadataDontWrite, DirFileMode: 0o700})
	if err != nil {
		return nil, fmt.Errorf("open the file store: %w", err)
	}
	return bucket, nil
}
