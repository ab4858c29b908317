package letters

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/signing"
	"shangda/tenancy/tenancytest"
)

// trusting is the broken variant: it takes every signature as right.
type trusting struct{ Keys }

func (trusting) Verify(context.Context, tenancy.Querier, int32, []byte, signing.Signature, time.Time) (bool, error) {
	return true, nil
}

// forgeries are what somebody with a hand in the database could do to a letter; each changes the letter of $1, $2 in a box. The
// digest is made anew, so that only the signature can tell. other is a letter that another tenant signed.
var forgeries = map[string]string{
	"another text":             `update %s set payload = '9', digest = $3 where tenant_id = $1 and id = $2 and $4::uuid is not null`,
	"no signature":             `update %s set algorithm = '', key_id = null, signature = null where tenant_id = $1 and id = $2 and $3::bytea is not null and $4::uuid is not null`,
	"another algorithm":        `update %s set algorithm = 'rot13' where tenant_id = $1 and id = $2 and $3::bytea is not null and $4::uuid is not null`,
	"an unknown key":           `update %s set key_id = gen_random_uuid() where tenant_id = $1 and id = $2 and $3::bytea is not null and $4::uuid is not null`,
	"another signature":        `update %s set signature = set_byte(signature, 5, (get_byte(signature, 5) + 1) % 256) where tenant_id = $1 and id = $2 and $3::bytea is not null and $4::uuid is not null`,
	"another tenant's key":     `update %s set key_id = (select o.key_id from letters_out o where o.id = $4) where tenant_id = $1 and id = $2 and $3::bytea is not null`,
	"another letter's":         `update %s set (key_id, signature) = (select o.key_id, o.signature from letters_out o where o.id = $4) where tenant_id = $1 and id = $2 and $3::bytea is not null`,
	"sent at another time":     `update %s set sent_at = sent_at - interval '1 second' where tenant_id = $1 and id = $2 and $3::bytea is not null and $4::uuid is not null`,
	"an answer to something":   `update %s set answers = $4 where tenant_id = $1 and id = $2 and $3::bytea is not null`,
	"another kind, same bytes": `update %s set kind = 'down', digest = $3 where tenant_id = $1 and id = $2 and $4::uuid is not null`,
}

// afterTheStart is a time when letters must be signed.
var afterTheStart = time.Date(2030, 3, 4, 2, 0, 0, 0, time.UTC)

// passed names the forgeries that a service lets through, done in the box on the way or in the one of the recipient.
func passed(t *testing.T, box string, keys func(*tenancytest.World) Keys) []string {
	var through []string
	p := newPlace(t)
	p.w.Clock.Set(afterTheStart)
	p.w.Line(p.county, p.city)
	p.service.keys = keys(p.w)
	p.service.Register("down", p.service.handlers["test"])
	stranger := p.w.Tenant("cppcc", "county")
	p.w.Line(stranger, p.city)
	other := p.send(stranger.Person("editor"), Draft{To: p.city.ID, Payload: []byte("2")})
	for name, sql := range forgeries {
		id := p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("1")})
		forged := digest("test", []byte("9"), []byte("[]"))
		if name == "another kind, same bytes" {
			forged = digest("down", []byte("1"), []byte("[]"))
		}
		if box == "letters_out" {
			p.forge(sql, box, p.county, id, forged, other)
			if err := p.deliver(p.county, id); err == nil {
				through = append(through, name)
			} else if !errors.As(err, new(*Refused)) || p.state(p.clerk, id).State != Failed {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err := p.deliver(p.county, id); err != nil {
			t.Fatal(err)
		}
		p.forge(sql, box, p.city, id, forged, other)
		q, _ := p.w.DB.Read(p.desk.Context())
		if _, err := p.service.Received(p.desk.Context(), q, p.county.ID, id); err == nil {
			through = append(through, name)
		} else if !errs.Is(err, errs.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	slices.Sort(through)
	return through
}

func (p *place) forge(sql, box string, of *tenancytest.Tenant, id uuid.UUID, digest []byte, other uuid.UUID) {
	p.t.Helper()
	n, err := p.w.TestDB.Admin(p.t).Exec(context.Background(), replaceBox(sql, box), of.ID, id, digest, other)
	if err != nil || n.RowsAffected() != 1 {
		p.t.Fatalf("%s: %v, %v", sql, n, err)
	}
}

func replaceBox(sql, box string) string { return "update " + box + sql[len("update %s"):] }

func TestAForgedLetterIsRefused(t *testing.T) {
	if got := passed(t, "letters_out", func(w *tenancytest.World) Keys { return w.Keys() }); len(got) > 0 {
		t.Errorf("delivered all the same: %v", got)
	}
}

func TestAForgedLetterShowsAFault(t *testing.T) {
	if got := passed(t, "letters_in", func(w *tenancytest.World) Keys { return w.Keys() }); len(got) > 0 {
		t.Errorf("shown as whole: %v", got)
	}
}

// Without verification every forgery passes: it is the signature that the tests above see at work.
func TestWithoutVerificationForgeriesPass(t *testing.T) {
	got := passed(t, "letters_in", func(w *tenancytest.World) Keys { return trusting{w.Keys()} })
	if len(got) != len(forgeries) {
		t.Errorf("only %v of %d passed", got, len(forgeries))
	}
}

func TestALetterFromBeforeNeedsNoSignature(t *testing.T) {
	p := newPlace(t)
	p.w.Line(p.county, p.city)
	// The clock of the test stands before the day of the migration.
	id := p.send(p.clerk, Draft{To: p.city.ID, Payload: []byte("1")})
	p.forge(forgeries["no signature"], "letters_out", p.county, id, []byte{}, uuid.New())
	if err := p.deliver(p.county, id); err != nil {
		t.Fatal(err)
	}
	q, _ := p.w.DB.Read(p.desk.Context())
	l, err := p.service.Received(p.desk.Context(), q, p.county.ID, id)
	if err != nil || l.Signed() {
		t.Errorf("signed %v, %v", l.Signed(), err)
	}
}

// BenchmarkSignature is what the signature costs a letter: one signing and two verifications, besides the look-ups of the keys.
func BenchmarkSignature(b *testing.B) {
	l := Letter{ID: tenancy.NewID(), Sender: tenancy.Tenant{Code: "a1-cppcc"}, Recipient: tenancy.Tenant{Code: "a-cppcc"}, Digest: make([]byte, 32), SentAt: time.Now()}
	private, public, err := signing.Ed25519.Generate()
	if err != nil {
		b.Fatal(err)
	}
	signature, err := signing.Ed25519.Sign(private, l.signed())
	if err != nil {
		b.Fatal(err)
	}
	b.Run("sign", func(b *testing.B) {
		for b.Loop() {
			if _, err := signing.Ed25519.Sign(private, l.signed()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if !signing.Ed25519.Verify(public, l.signed(), signature) {
				b.Fatal("does not verify")
			}
		}
	})
}

// BenchmarkSend is a letter put into the outbox and carried, with signatures and without, on the real database.
func BenchmarkSend(b *testing.B) {
	for name, keys := range map[string]func(Keys) Keys{"signed": func(k Keys) Keys { return k }, "unsigned": func(Keys) Keys { return silent{} }} {
		b.Run(name, func(b *testing.B) {
			w := tenancytest.New(b)
			county, city := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "city")
			w.Line(county, city)
			clerk := county.Person("editor")
			s := New(w.DB, tenancy.NewDirectory(w.Pool()), nil, keys(w.Keys()))
			s.Register("test", Handler{Receive: func(context.Context, *tenancy.Tx, Letter) (tenancy.Subject, error) {
				return tenancy.Subject{Kind: "unit", ID: tenancy.NewID()}, nil
			}})
			for b.Loop() {
				var id uuid.UUID
				err := w.DB.InTx(clerk.Context(), func(tx *tenancy.Tx) (err error) {
					subject := tenancy.Subject{Kind: "unit", ID: tenancy.NewID()}
					tx.Record(tenancy.Event{Kind: "unit.sent", Subject: subject})
					id, err = s.Send(clerk.Context(), tx, Draft{Kind: "test", To: city.ID, Subject: subject, Payload: make([]byte, 4000)})
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
				if err := s.Deliver(context.Background(), county.ID, id); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// silent signs nothing and asks for nothing.
type silent struct{}

func (silent) Sign(context.Context, *tenancy.Tx, []byte) (signing.Signature, error) {
	return signing.Signature{}, nil
}

func (silent) Verify(context.Context, tenancy.Querier, int32, []byte, signing.Signature, time.Time) (bool, error) {
	return false, nil
}
