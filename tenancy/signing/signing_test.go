package signing_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/internal/secret"
	"shangda/tenancy"
	"shangda/tenancy/signing"
	"shangda/tenancy/tenancytest"
)

func sign(t *testing.T, w *tenancytest.World, s *signing.Service, p *tenancytest.Person, message string) signing.Signature {
	t.Helper()
	var g signing.Signature
	err := w.DB.InTx(p.Context(), func(tx *tenancy.Tx) (err error) {
		tx.Record(tenancy.Event{Kind: "unit.signed", Subject: tenancy.Subject{Kind: "unit", ID: tenancy.NewID()}})
		g, err = s.Sign(p.Context(), tx, []byte(message))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func verify(t *testing.T, w *tenancytest.World, s *signing.Service, reader *tenancytest.Person, tenant int32, message string, g signing.Signature, at time.Time) error {
	t.Helper()
	q, err := w.DB.Read(reader.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Verify(reader.Context(), q, tenant, []byte(message), g, at)
	return err
}

func TestEveryTenantVerifiesWhatATenantSigned(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county, city := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "city")
	clerk, desk := county.Person("editor"), city.Person("editor")
	s, now := w.Keys(), w.Clock.Now()
	g := sign(t, w, s, clerk, "甲")
	if err := verify(t, w, w.Keys(), desk, county.ID, "甲", g, now); err != nil {
		t.Fatal(err)
	}
	theirs := sign(t, w, s, desk, "甲")
	if theirs.Key == g.Key {
		t.Fatal("two tenants have one key")
	}
	wrong := g
	wrong.Bytes = slices.Clone(g.Bytes)
	wrong.Bytes[0]++
	for name, err := range map[string]error{
		"another message":      verify(t, w, s, desk, county.ID, "乙", g, now),
		"another signature":    verify(t, w, s, desk, county.ID, "甲", wrong, now),
		"another tenant's key": verify(t, w, s, desk, county.ID, "甲", theirs, now),
		"its own as a key":     verify(t, w, s, desk, city.ID, "甲", g, now),
		"unknown key":          verify(t, w, s, desk, county.ID, "甲", signing.Signature{Algorithm: "ed25519", Key: uuid.New(), Bytes: g.Bytes}, now),
		"unknown algorithm":    verify(t, w, s, desk, county.ID, "甲", signing.Signature{Algorithm: "x", Key: g.Key, Bytes: g.Bytes}, now),
		"none, today":          verify(t, w, s, desk, county.ID, "甲", signing.Signature{}, time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)),
	} {
		if !errs.Is(err, errs.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestARotatedKeyGoesOnVerifying(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county := w.Tenant("cppcc", "county")
	clerk, admin := county.Person("editor"), county.Person("system_admin")
	s := w.Keys()
	first, then := sign(t, w, s, clerk, "甲"), w.Clock.Now()
	if err := s.Rotate(clerk.Context()); !errs.Is(err, errs.Forbidden) {
		t.Errorf("an editor changes the key: %v", err)
	}
	w.Clock.Advance(time.Hour)
	if err := s.Rotate(admin.Context()); err != nil {
		t.Fatal(err)
	}
	second := sign(t, w, s, clerk, "乙")
	if first.Key == second.Key {
		t.Fatal("the old key is in use")
	}
	if err := verify(t, w, s, clerk, county.ID, "甲", first, then); err != nil {
		t.Errorf("what the old key signed: %v", err)
	}
	if err := verify(t, w, s, clerk, county.ID, "甲", first, w.Clock.Now().Add(time.Hour)); !errs.Is(err, errs.Conflict) {
		t.Errorf("signed with a key that was put away: %v", err)
	}
	keys, err := s.Keys(clerk.Context())
	if err != nil || len(keys) != 2 || keys[0].ID != second.Key || keys[0].RetiredAt != nil || keys[1].RetiredAt == nil {
		t.Errorf("%+v, %v", keys, err)
	}
}

func TestTheFirstSignaturesAtOnceUseOneKey(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county := w.Tenant("cppcc", "county")
	clerk := county.Person("editor")
	var wait sync.WaitGroup
	keys := make([]uuid.UUID, 6)
	for i := range keys {
		wait.Go(func() { keys[i] = sign(t, w, w.Keys(), clerk, "甲").Key })
	}
	wait.Wait()
	if slices.ContainsFunc(keys, func(k uuid.UUID) bool { return k != keys[0] || k == uuid.Nil }) {
		t.Errorf("%v", keys)
	}
}

func TestAPrivateKeyIsSealedAndItsTenantsOwn(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county, city := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "city")
	clerk, stranger := county.Person("editor"), city.Person("system_admin")
	g := sign(t, w, w.Keys(), clerk, "甲")
	if keys, err := w.Keys().Keys(stranger.Context()); err != nil || len(keys) != 0 {
		t.Errorf("a stranger lists %v, %v", keys, err)
	}
	if err := w.Keys().Rotate(stranger.Context()); err != nil {
		t.Fatal(err)
	}
	if again := sign(t, w, w.Keys(), clerk, "甲"); again.Key != g.Key {
		t.Error("a stranger's rotation reached this tenant")
	}
	var private, public []byte
	row := w.TestDB.Admin(t).QueryRow(context.Background(), `
		select s.private, p.public from signing_keys s join platform.signing_keys p using (tenant_id, id) where s.tenant_id = $1`, county.ID)
	if err := row.Scan(&private, &public); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(private, public) { // an ed25519 private key ends with its public one
		t.Error("the private key is stored open")
	}
	for name, box := range map[string]*secret.Box{"another key": secret.NewBox("another key of the program, long enough"), "no key": nil} {
		err := w.DB.InTx(clerk.Context(), func(tx *tenancy.Tx) error {
			_, err := signing.New(w.DB, box).Sign(clerk.Context(), tx, []byte("甲"))
			return err
		})
		if !errs.Is(err, errs.Unavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// lengths is another algorithm, as a card of the nation would be: its "signature" is enough to see who is asked.
type lengths struct{}

func (lengths) Generate() (private, public []byte, err error) {
	return []byte("card 7"), []byte("public 7"), nil
}
func (lengths) Sign(private, message []byte) ([]byte, error) {
	return []byte(string(private) + ":" + string(message)), nil
}
func (lengths) Verify(public, message, signature []byte) bool {
	return strings.TrimPrefix(string(public), "public") == strings.TrimPrefix(strings.TrimSuffix(string(signature), ":"+string(message)), "card")
}

func TestAnotherAlgorithmTakesThePlace(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county := w.Tenant("cppcc", "county")
	clerk := county.Person("editor")
	before := sign(t, w, w.Keys(), clerk, "甲")
	card := signing.New(w.DB, secret.NewBox("a key that only tests have, the same in each"), signing.Algorithm{Name: "card", Signer: lengths{}, Verifier: lengths{}}, signing.Ed25519)
	after := sign(t, w, card, clerk, "甲")
	if after.Algorithm != "card" || after.Key == before.Key {
		t.Fatalf("%+v", after)
	}
	for _, g := range []signing.Signature{before, after} {
		if err := verify(t, w, card, clerk, county.ID, "甲", g, w.Clock.Now()); err != nil {
			t.Errorf("%s: %v", g.Algorithm, err)
		}
	}
	if err := verify(t, w, card, clerk, county.ID, "乙", after, w.Clock.Now()); !errs.Is(err, errs.Conflict) {
		t.Errorf("another message: %v", err)
	}
}
