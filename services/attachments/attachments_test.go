package attachments_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"testing"

	"github.com/google/uuid"
	"gocloud.dev/blob"

	store "shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/letters"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

type fixture struct {
	*tenancytest.World
	bucket *blob.Bucket
	files  *attachments.Service
}

func setUp(t *testing.T) *fixture {
	t.Helper()
	bucket, err := store.Open(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	w := tenancytest.New(t)
	return &fixture{World: w, bucket: bucket, files: attachments.New(w.DB, bucket)}
}

// stored is how many files lie in the store.
func (f *fixture) stored(t *testing.T) int {
	t.Helper()
	n, it := 0, f.bucket.List(nil)
	for {
		if _, err := it.Next(context.Background()); err != nil {
			return n
		}
		n++
	}
}

func (f *fixture) claim(p *tenancytest.Person, subject tenancy.Subject, ids ...uuid.UUID) error {
	ctx := p.Context()
	return f.DB.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "report.created", Subject: subject})
		return f.files.Claim(ctx, tx, ids, subject)
	})
}

func TestAnUploadBelongsToItsAuthorUntilItHangsOnASubject(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	author, editor := county.Person("member"), county.Person("editor")
	id, err := f.files.Upload(author.Context(), "/tmp/现\u0007场.png", pngFile)
	if err != nil {
		t.Fatal(err)
	}
	a, content, err := f.files.Download(author.Context(), id)
	digest := sha256.Sum256(pngFile)
	if err != nil || string(content) != string(pngFile) || a.Name != "现场.png" || a.Type != "image/png" || string(a.Digest) != string(digest[:]) {
		t.Fatalf("%+v, %d bytes, %v", a, len(content), err)
	}
	if _, err := f.files.Get(editor.Context(), id); !errs.Is(err, errs.NotFound) {
		t.Fatalf("a colleague sees it before it hangs on anything: %v", err)
	}

	report := tenancy.Subject{Kind: "report", ID: tenancy.NewID()}
	if err := f.claim(editor, report, id); !errs.Is(err, errs.Invalid) {
		t.Fatalf("a colleague claims it: %v", err)
	}
	for range 2 {
		if err := f.claim(author, report, id); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.claim(author, tenancy.Subject{Kind: "report", ID: tenancy.NewID()}, id); !errs.Is(err, errs.Invalid) {
		t.Fatalf("claimed for a second subject: %v", err)
	}
	if _, err := f.files.Get(author.Context(), id); !errs.Is(err, errs.NotFound) {
		t.Fatalf("a kind of subject that nobody answers for is readable: %v", err)
	}
	f.files.Subjects["report"] = func(_ context.Context, q tenancy.Querier, of uuid.UUID) error {
		if of != report.ID || q.Principal().Membership != editor.Membership {
			return errs.Missing()
		}
		return nil
	}
	if _, err := f.files.Get(editor.Context(), id); err != nil {
		t.Fatalf("who may read the report: %v", err)
	}
	if _, err := f.files.Get(author.Context(), id); !errs.Is(err, errs.NotFound) {
		t.Fatalf("who may not: %v", err)
	}
}

func TestSettleLetsGoOnlyOfOnesOwnFiles(t *testing.T) {
	f := setUp(t)
	tenant := f.Tenant("cppcc", "county")
	author, editor := tenant.Person("member"), tenant.Person("editor")
	report := tenancy.Subject{Kind: "report", ID: tenancy.NewID()}
	upload := func(p *tenancytest.Person) uuid.UUID {
		t.Helper()
		id, err := f.files.Upload(p.Context(), "现场.png", pngFile)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	kept, dropped, theirs := upload(author), upload(author), upload(editor)
	if err := errors.Join(f.claim(author, report, kept, dropped), f.claim(editor, report, theirs)); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ keep, want []uuid.UUID }{
		{[]uuid.UUID{kept}, []uuid.UUID{kept, theirs}},
		{[]uuid.UUID{kept, dropped}, []uuid.UUID{kept, dropped, theirs}},
		{[]uuid.UUID{}, []uuid.UUID{theirs}},
	} {
		err := f.DB.InTx(author.Context(), func(tx *tenancy.Tx) error {
			tx.Record(tenancy.Event{Kind: "report.drafted", Subject: report})
			return f.files.Settle(author.Context(), tx, step.keep, report)
		})
		if err != nil {
			t.Fatal(err)
		}
		q, _ := f.DB.Read(author.Context())
		list, err := f.files.Of(author.Context(), q, report)
		if err != nil {
			t.Fatal(err)
		}
		got := map[uuid.UUID]bool{}
		for _, a := range list {
			got[a.ID] = true
		}
		for _, id := range step.want {
			if !got[id] || len(got) != len(step.want) {
				t.Fatalf("kept %v, want %v", got, step.want)
			}
		}
	}
}

func TestAForeignFileIsAMissingFile(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	mine, neighbour, upper := f.Tenant("cppcc", "county"), f.Tenant("cppcc", "county"), f.Tenant("cppcc", "city")
	f.FiguresLine(mine, upper)
	author := mine.Person("member")
	id, err := f.files.Upload(author.Context(), "现场.png", pngFile)
	if err != nil {
		t.Fatal(err)
	}
	f.files.Subjects["report"] = func(context.Context, tenancy.Querier, uuid.UUID) error { return nil }
	subject := tenancy.Subject{Kind: "report", ID: tenancy.NewID()}
	if err := f.claim(author, subject, id); err != nil {
		t.Fatal(err)
	}
	for _, other := range []*tenancytest.Person{neighbour.Person("editor"), upper.Person("editor")} {
		for _, asked := range []uuid.UUID{id, tenancy.NewID()} {
			if _, _, err := f.files.Download(other.Context(), asked); !errs.Is(err, errs.NotFound) || err.Error() != errs.Missing().Error() {
				t.Fatalf("download: %v", err)
			}
			if err := f.claim(other, subject, asked); !errs.Is(err, errs.Invalid) {
				t.Fatalf("claim: %v", err)
			}
		}
		q, err := f.DB.Read(other.Context())
		if err != nil {
			t.Fatal(err)
		}
		if found, err := f.files.Of(other.Context(), q, subject); err != nil || len(found) != 0 {
			t.Fatalf("lists %v, %v", found, err)
		}
		if found, err := f.files.Files(other.Context(), q, subject); err != nil || len(found) != 0 {
			t.Fatalf("sends %v, %v", found, err)
		}
	}
	if _, err := f.files.Get(context.Background(), id); !errs.Is(err, errs.Unauthenticated) {
		t.Fatalf("anonymous: %v", err)
	}
	admin := mine.Person("system_admin")
	if _, err := f.files.Upload(admin.Context(), "现场.png", pngFile); err == nil {
		t.Fatal("an administrator uploads")
	}
	if n := f.stored(t); n != 1 {
		t.Fatalf("%d files in the store after a refused upload", n)
	}
}

func TestBytesThatChangedAreNotGivenOut(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	author := f.Tenant("cppcc", "county").Person("member")
	id, err := f.files.Upload(author.Context(), "现场.png", pngFile)
	if err != nil {
		t.Fatal(err)
	}
	it := f.bucket.List(nil)
	object, err := it.Next(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	changed := append([]byte(nil), pngFile...)
	changed[len(changed)-1] ^= 1
	if err := f.bucket.WriteAll(context.Background(), object.Key, changed, nil); err != nil {
		t.Fatal(err)
	}
	if _, content, err := f.files.Download(author.Context(), id); !errs.Is(err, errs.Internal) || content != nil {
		t.Fatalf("%d changed bytes given out, %v", len(content), err)
	}
	if err := f.bucket.Delete(context.Background(), object.Key); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.files.Download(author.Context(), id); !errs.Is(err, errs.Unavailable) {
		t.Fatalf("lost bytes: %v", err)
	}
}

func TestARolledBackUploadLeavesNothing(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	author := f.Tenant("cppcc", "county").Person("member")
	ctx := tenancy.WithIdempotencyKey(author.Context(), "k", "POST /attachments", pngFile)
	first, err := f.files.Upload(ctx, "现场.png", pngFile)
	if err != nil {
		t.Fatal(err)
	}
	again := tenancy.WithIdempotencyKey(author.Context(), "k", "POST /attachments", pngFile)
	id, err := tenancy.Changed(f.files.Upload(again, "现场.png", pngFile))
	if err != nil || id != first {
		t.Fatalf("the same request again: %s, not %s, %v", id, first, err)
	}
	author.Tenant.EndSession(author)
	if _, err := f.files.Upload(author.Context(), "现场.png", pngFile); !errs.Is(err, errs.Unauthenticated) {
		t.Fatal(err)
	}
	if n := f.stored(t); n != 1 {
		t.Fatalf("%d files in the store, want the first one only", n)
	}
}

func TestFilesTravelWithALetter(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county, party, city := f.Tenant("cppcc", "county"), f.Tenant("party", "county"), f.Tenant("cppcc", "city")
	author := county.Person("member")
	id, err := f.files.Upload(author.Context(), "现场.png", pngFile)
	if err != nil {
		t.Fatal(err)
	}
	report := tenancy.Subject{Kind: "report", ID: tenancy.NewID()}
	if err := f.claim(author, report, id); err != nil {
		t.Fatal(err)
	}
	q, _ := f.DB.Read(author.Context())
	sent, err := f.files.Files(author.Context(), q, report)
	if err != nil || len(sent) != 1 {
		t.Fatal(sent, err)
	}
	ctx := context.Background()
	// The same file reaches the city by two ways and hangs on two of its reports.
	if err := f.files.Copy(ctx, county.Tenant, party.Tenant, sent[0]); err != nil {
		t.Fatal(err)
	}
	for _, from := range []*tenancytest.Tenant{county, party, county} {
		if err := f.files.Copy(ctx, from.Tenant, city.Tenant, sent[0]); err != nil {
			t.Fatal(err)
		}
	}
	clerk := city.Person("editor")
	f.files.Subjects["report"] = func(context.Context, tenancy.Querier, uuid.UUID) error { return nil }
	for range 2 {
		at := tenancy.Subject{Kind: "report", ID: tenancy.NewID()}
		for range 2 {
			receive(t, f, clerk, sent, at)
		}
		q, _ := f.DB.Read(clerk.Context())
		got, err := f.files.Of(clerk.Context(), q, at)
		if err != nil || len(got) != 1 {
			t.Fatalf("%v, %v", got, err)
		}
		if _, content, err := f.files.Download(clerk.Context(), got[0].ID); err != nil || string(content) != string(pngFile) {
			t.Fatalf("at the city: %v", err)
		}
		onward, err := f.files.Files(clerk.Context(), q, at)
		if err != nil || len(onward) != 1 || onward[0].ID != sent[0].ID {
			t.Fatalf("onward: %v, %v", onward, err)
		}
	}
}

func receive(t *testing.T, f *fixture, clerk *tenancytest.Person, files []letters.File, subject tenancy.Subject) {
	t.Helper()
	err := f.DB.InTx(clerk.Context(), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "report.received", Subject: subject})
		return f.files.Receive(clerk.Context(), tx, files, subject)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestACopyIsTheFileOrNothing(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	from, to := f.Tenant("cppcc", "county"), f.Tenant("cppcc", "city")
	id, err := f.files.Upload(from.Person("member").Context(), "现场.png", pngFile)
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256(pngFile)
	good := letters.File{ID: id, Name: "现场.png", Type: "image/png", Size: int64(len(pngFile)), Digest: digest[:]}
	wrong, lost, script := good, good, good
	wrong.Digest = make([]byte, sha256.Size)
	lost.ID = tenancy.NewID()
	script.Type = "text/html"
	for name, file := range map[string]letters.File{"another digest": wrong, "no bytes": lost, "another kind": script} {
		if err := f.files.Copy(context.Background(), from.Tenant, to.Tenant, file); err == nil {
			t.Errorf("%s: copied", name)
		}
	}
	if n := f.stored(t); n != 1 {
		t.Fatalf("%d files in the store", n)
	}
	if err := f.files.Copy(context.Background(), from.Tenant, to.Tenant, good); err != nil {
		t.Fatal(err)
	}
	if err := f.files.Copy(context.Background(), from.Tenant, to.Tenant, wrong); err == nil {
		t.Fatal("a file with other bytes under the same name is taken for the same")
	}
	var e *errs.Error
	if err := f.files.Copy(context.Background(), from.Tenant, to.Tenant, wrong); !errors.As(err, &e) || e.Kind != errs.Internal {
		t.Fatal(err)
	}
}
