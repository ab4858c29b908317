package attachments_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/internal/testheap"
	"shangda/services/attachments"
	"shangda/services/letters"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// film is an MP4 of so many bytes that nobody can watch.
func film(size int) []byte {
	box := func(name string, body []byte) []byte {
		out := binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))
		return append(append(out, name...), body...)
	}
	head := append(box("ftyp", []byte("isom\x00\x00\x02\x00isommp41")), box("moov", nil)...)
	body := make([]byte, size-len(head)-8)
	_, _ = rand.Read(body)
	return append(head, box("mdat", body)...)
}

// send puts the parts of content from an offset up to an end.
func (f *fixture) sendParts(t *testing.T, p *tenancytest.Person, id uuid.UUID, content []byte, from, to, part int) {
	t.Helper()
	for at := from; at < to; at += part {
		if _, err := f.files.PutPart(p.Context(), id, int64(at), content[at:min(at+part, to)], nil); err != nil {
			t.Fatal(err)
		}
	}
}

func TestALargeFileGoesOnAfterABreak(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	author, colleague := f.Tenant("cppcc", "county").Person("member"), f.Tenant("cppcc", "county").Person("member")
	content := film(11 << 20)
	n := attachments.NewUpload{Name: "现场.mp4", Size: int64(len(content)), Fingerprint: "f1"}
	id, err := f.files.Begin(author.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	f.sendParts(t, author, id, content, 0, 5<<20, 1<<20)

	// The line breaks and the program starts anew, on another replica.
	f.files = attachments.New(f.DB, f.bucket)
	again, err := f.files.Begin(author.Context(), n)
	if err != nil || again != id {
		t.Fatalf("begun anew as %s, not %s: %v", again, id, err)
	}
	u, err := f.files.Progress(author.Context(), id)
	if err != nil || u.Received != 5<<20 || u.Size != n.Size {
		t.Fatalf("%+v, %v", u, err)
	}
	if _, err := f.files.Finish(author.Context(), id, nil); !errs.Is(err, errs.Conflict) {
		t.Fatalf("finished too early: %v", err)
	}
	if _, err := f.files.PutPart(author.Context(), id, 6<<20, content[6<<20:7<<20], nil); !errs.Is(err, errs.Conflict) {
		t.Fatalf("a gap: %v", err)
	}
	wrong := sha256.Sum256([]byte("别的"))
	if _, err := f.files.PutPart(author.Context(), id, 5<<20, content[5<<20:6<<20], wrong[:]); !errs.Is(err, errs.Conflict) {
		t.Fatalf("a part that was damaged: %v", err)
	}
	for range 2 { // the second time its answer had been lost
		f.sendParts(t, author, id, content, 5<<20, 6<<20, 1<<20)
	}
	f.sendParts(t, author, id, content, 6<<20, len(content), 3<<20)
	for what, err := range map[string]error{
		"progress": func() error { _, err := f.files.Progress(colleague.Context(), id); return err }(),
		"part":     func() error { _, err := f.files.PutPart(colleague.Context(), id, 0, content[:10], nil); return err }(),
		"finish":   func() error { _, err := f.files.Finish(colleague.Context(), id, nil); return err }(),
		"cancel":   f.files.Cancel(colleague.Context(), id),
	} {
		if !errs.Is(err, errs.NotFound) {
			t.Errorf("%s by another: %v", what, err)
		}
	}
	digest := sha256.Sum256(content)
	for range 2 {
		if done, err := f.files.Finish(author.Context(), id, digest[:]); err != nil || done != id {
			t.Fatal(done, err)
		}
	}
	a, got, err := f.files.Download(author.Context(), id)
	if err != nil || a.Type != "video/mp4" || !bytes.Equal(got, content) || !bytes.Equal(a.Digest, digest[:]) {
		t.Fatalf("%+v, %d bytes, %v", a, len(got), err)
	}
	if n := f.stored(t); n != 1 {
		t.Fatalf("%d files in the store, parts and all", n)
	}
}

func TestWhatIsRefusedAtTheEndIsForgotten(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	author := f.Tenant("cppcc", "county").Person("member")
	good := film(1 << 20)
	digest := sha256.Sum256(good)
	for what, c := range map[string]struct {
		name    string
		content []byte
		digest  []byte
		kind    errs.Kind
	}{
		"a program":         {"现场.mp4", bytes.Repeat([]byte("MZ"), 1<<19), nil, errs.Unsupported},
		"half a film":       {"现场.mp4", good[:1<<19], nil, errs.Invalid},
		"another extension": {"现场.mov", good, nil, errs.Invalid},
		"other bytes":       {"现场.mp4", append([]byte(nil), good...), make([]byte, 32), errs.Invalid},
		"a marked name":     {"机密★现场.mp4", good, digest[:], errs.Invalid},
	} {
		id, err := f.files.Begin(author.Context(), attachments.NewUpload{Name: c.name, Size: int64(len(c.content))})
		if err != nil {
			t.Fatal(what, err)
		}
		f.sendParts(t, author, id, c.content, 0, len(c.content), 1<<18)
		if _, err := f.files.Finish(author.Context(), id, c.digest); !errs.Is(err, c.kind) {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := f.files.Progress(author.Context(), id); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s is still there: %v", what, err)
		}
	}
	if _, err := f.files.Begin(author.Context(), attachments.NewUpload{Name: "大.mp4", Size: attachments.MaxSize + 1}); !errs.Is(err, errs.TooLarge) {
		t.Errorf("too large: %v", err)
	}
	if n := f.stored(t); n != 0 {
		t.Fatalf("%d files in the store", n)
	}
}

func TestAbandonedPartsAreCleared(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	author := county.Person("member")
	content := film(1 << 20)
	begin := func(name string) uuid.UUID {
		id, err := f.files.Begin(author.Context(), attachments.NewUpload{Name: name, Size: int64(len(content))})
		if err != nil {
			t.Fatal(err)
		}
		f.sendParts(t, author, id, content, 0, 1<<19, 1<<18)
		return id
	}
	old := begin("旧.mp4")
	f.Clock.Advance(4 * 24 * time.Hour)
	fresh := begin("新.mp4")
	if err := f.files.Tidy(author.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := f.files.Progress(author.Context(), old); !errs.Is(err, errs.NotFound) {
		t.Errorf("the old one: %v", err)
	}
	if u, err := f.files.Progress(author.Context(), fresh); err != nil || u.Received != 1<<19 {
		t.Errorf("the fresh one: %+v, %v", u, err)
	}
	if n := f.stored(t); n != 2 {
		t.Errorf("%d parts in the store", n)
	}
	if err := f.files.Cancel(author.Context(), fresh); err != nil || f.stored(t) != 0 {
		t.Errorf("cancelled: %v, %d parts", err, f.stored(t))
	}
}

// TestALargeFileIsNeverHeldInMemory watches the heap while a film of 100 MB comes in, is put together, travels with a letter, and
// is read. The broken way, which reads it whole, must be caught.
func TestALargeFileIsNeverHeldInMemory(t *testing.T) {
	f := setUp(t)
	county, city := f.Tenant("cppcc", "county"), f.Tenant("cppcc", "city")
	author := county.Person("member")
	const size, part = 100 << 20, 2 << 20
	head, mdat := film(64)[:32], make([]byte, part)
	_, _ = rand.Read(mdat)
	var id uuid.UUID
	var file letters.File
	grown := testheap.Grown(func() {
		var err error
		if id, err = f.files.Begin(author.Context(), attachments.NewUpload{Name: "长.mp4", Size: size}); err != nil {
			t.Fatal(err)
		}
		binary.BigEndian.PutUint32(head[24:], 8)
		first := append(append([]byte(nil), head[:32]...), mdat[40:]...)
		copy(first[32:], binary.BigEndian.AppendUint32(nil, uint32(size-32)))
		copy(first[36:], "mdat")
		first = append(first, mdat[:part-len(first)]...)
		for at := int64(0); at < size; at += part {
			content := mdat
			if at == 0 {
				content = first
			}
			if _, err := f.files.PutPart(author.Context(), id, at, content, nil); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.files.Finish(author.Context(), id, nil); err != nil {
			t.Fatal(err)
		}
		a, err := f.files.Get(author.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		file = letters.File{ID: id, Name: a.Name, Type: a.Type, Size: a.Size, Digest: a.Digest}
		if err := f.files.Copy(context.Background(), county.Tenant, city.Tenant, file); err != nil {
			t.Fatal(err)
		}
		_, stream, err := f.files.Open(author.Context(), id, 0, -1)
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, stream)
		if _ = stream.Close(); err != nil || n != size {
			t.Fatalf("read %d bytes, %v", n, err)
		}
	})
	whole := testheap.Grown(func() {
		if _, err := f.bucket.ReadAll(context.Background(), strconv.Itoa(int(city.ID))+"/"+id.String()); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("grown by %d MiB; read whole by %d MiB", grown>>20, whole>>20)
	if grown > 64<<20 {
		t.Errorf("memory grew by %d MiB", grown>>20)
	}
	if whole < 64<<20 {
		t.Errorf("the broken way was not noticed: %d MiB", whole>>20)
	}
}

func TestPartsRangesAndThumbnailsOverHTTP(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	author := f.Tenant("cppcc", "county").Person("member")
	app := f.serve(author)
	content := film(300_000)
	request := func(method, path string, body []byte, headers ...string) (*http.Response, []byte) {
		r := httptest.NewRequest(method, "/api/v1/t/x"+path, bytes.NewReader(body))
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		return send(t, app, r)
	}
	response, body := request(http.MethodPost, "/uploads", []byte(`{"name":"现场.mp4","size":300000}`), "Content-Type", "application/json")
	if response.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", response.StatusCode, body)
	}
	id := strings.Split(strings.SplitN(string(body), `"id":"`, 2)[1], `"`)[0]
	sum := sha256.Sum256(content)
	digest := "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
	if response, body = request(http.MethodPut, "/uploads/"+id+"/parts/0", content, "Content-Digest", digest); response.StatusCode != http.StatusOK || !strings.Contains(string(body), `"received":300000`) {
		t.Fatalf("%d %s", response.StatusCode, body)
	}
	if response, body = request(http.MethodPost, "/uploads/"+id+"/finish", nil); response.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", response.StatusCode, body)
	}
	for header, want := range map[string]struct {
		status int
		bytes  []byte
	}{
		"":                {200, content},
		"bytes=0-99":      {206, content[:100]},
		"bytes=299990-":   {206, content[299990:]},
		"bytes=-5":        {206, content[299995:]},
		"bytes=100-50":    {200, content},
		"bytes=1-2,4-5":   {200, content},
		"bytes=10-999999": {206, content[10:]},
		"bytes=300000-":   {416, nil},
	} {
		response, body := request(http.MethodGet, "/attachments/"+id+"?view=1", nil, "Range", header)
		if response.StatusCode != want.status || want.bytes != nil && !bytes.Equal(body, want.bytes) {
			t.Errorf("%q: %d, %d bytes", header, response.StatusCode, len(body))
		}
		if want.bytes != nil && !strings.HasPrefix(response.Header.Get("Content-Disposition"), "inline") {
			t.Errorf("%q: %v", header, response.Header)
		}
	}
	picture, err := f.files.Upload(author.Context(), "现场.png", pngFile)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		response, body = request(http.MethodGet, "/attachments/"+picture.String()+"/thumbnail", nil)
		if response.StatusCode != http.StatusOK || !bytes.HasPrefix(body, []byte("\xff\xd8\xff")) {
			t.Errorf("thumbnail: %d", response.StatusCode)
		}
	}
	for range 2 { // a film nobody can watch has none, and a document neither
		if response, _ = request(http.MethodGet, "/attachments/"+id+"/thumbnail", nil); response.StatusCode != http.StatusNotFound {
			t.Errorf("thumbnail of noise: %d", response.StatusCode)
		}
	}
}

func TestFilesHangOnWhateverHasAWriter(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	clerk, other := county.Person("editor"), county.Person("editor")
	id, err := f.files.Upload(clerk.Context(), "现场.png", pngFile)
	if err != nil {
		t.Fatal(err)
	}
	clue := tenancy.Subject{Kind: "clue", ID: tenancy.NewID()}
	if err := f.files.Hang(clerk.Context(), clue, []uuid.UUID{id}); !errs.Is(err, errs.NotFound) {
		t.Fatalf("a kind nobody answers for: %v", err)
	}
	f.files.Subjects["clue"] = func(context.Context, tenancy.Querier, uuid.UUID) error { return nil }
	f.files.Writers["clue"] = func(_ context.Context, tx *tenancy.Tx, of uuid.UUID) error {
		if of != clue.ID || tx.Principal().Membership != clerk.Membership {
			return errs.Missing()
		}
		return nil
	}
	if err := f.files.Hang(other.Context(), clue, []uuid.UUID{id}); !errs.Is(err, errs.NotFound) {
		t.Fatalf("who may not: %v", err)
	}
	if err := f.files.Hang(clerk.Context(), clue, []uuid.UUID{id}); err != nil {
		t.Fatal(err)
	}
	if found, err := f.files.List(other.Context(), clue); err != nil || len(found) != 1 || found[0].ID != id {
		t.Fatal(found, err)
	}
}
