package channels_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/secret"
	"shangda/services/notices"
	"shangda/services/notices/channels"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

const (
	key     = "a key of thirty-two characters, or more"
	hookKey = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"
)

// house is a world whose notices go out.
type house struct {
	*tenancytest.World
	t        *testing.T
	notices  *notices.Service
	channels *channels.Service
}

func newHouse(t *testing.T, options channels.Options) *house {
	t.Helper()
	w := tenancytest.New(t)
	options.Secrets = secret.NewBox(key)
	h := &house{World: w, t: t, notices: notices.New(w.DB)}
	h.channels = channels.New(w.DB, tenancy.NewDirectory(w.Pool()), options)
	h.notices.Outward = h.channels
	return h
}

// office is a committee with an administrator and a member who has an address.
type office struct {
	*tenancytest.Tenant
	h             *house
	system, clerk *tenancytest.Person
	member        *tenancytest.Person
}

func (h *house) office() *office {
	h.t.Helper()
	o := &office{Tenant: h.Tenant("cppcc", "county"), h: h}
	o.system, o.clerk, o.member = o.Person("system_admin"), o.Person("editor"), o.Person("member")
	if _, err := h.TestDB.Admin(h.t).Exec(context.Background(), `update memberships set email = 'member@example.com' where tenant_id = $1 and id = $2`, o.ID, o.member.Membership); err != nil {
		h.t.Fatal(err)
	}
	return o
}

// open sets a channel up.
func (o *office) open(channel string, in channels.Setup) {
	o.h.t.Helper()
	in.Active = true
	if err := o.h.channels.Set(o.system.Context(), channel, o.version(channel), in); err != nil {
		o.h.t.Fatal(err)
	}
}

func (o *office) version(channel string) int {
	o.h.t.Helper()
	views, err := o.h.channels.Channels(o.system.Context())
	if err != nil {
		o.h.t.Fatal(err)
	}
	for _, v := range views {
		if v.Channel == channel {
			return v.Version
		}
	}
	o.h.t.Fatal(channel)
	return 0
}

// choose changes what the member chose.
func (o *office) choose(change func(*channels.Choice)) {
	o.h.t.Helper()
	w, err := o.h.channels.Ways(o.member.Context())
	if err != nil {
		o.h.t.Fatal(err)
	}
	change(&w.Choice)
	if err := o.h.channels.Choose(o.member.Context(), w.Version, w.Choice); err != nil {
		o.h.t.Fatal(err)
	}
}

// tell writes a notice to the member as a use case does.
func (o *office) tell(kind, text string) {
	o.h.t.Helper()
	report := tenancy.Subject{Kind: "report", ID: tenancy.NewID()}
	err := o.h.DB.InTx(o.clerk.Context(), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: kind, Subject: report})
		return o.h.notices.Tell(context.Background(), tx, []uuid.UUID{o.member.Membership}, notices.Notice{Kind: kind, Text: text, Subject: report})
	})
	if err != nil {
		o.h.t.Fatal(err)
	}
}

// sends are the member's, oldest first.
func (o *office) sends() []channels.Entry {
	o.h.t.Helper()
	entries, _, err := o.h.channels.Sends(o.member.Context(), false, "", "", 100)
	if err != nil {
		o.h.t.Fatal(err)
	}
	for i, j := 0, len(entries)-1; i < j; i, j = i+1, j-1 {
		entries[i], entries[j] = entries[j], entries[i]
	}
	return entries
}

func (o *office) messenger() context.Context {
	return tenancy.System(context.Background(), o.Tenant.Tenant, "messenger", "test", authz.Actors())
}

// deliver does the job of a send.
func (o *office) deliver(id uuid.UUID) time.Duration {
	o.h.t.Helper()
	wait, err := o.h.channels.Deliver(o.messenger(), id)
	if err != nil {
		o.h.t.Fatal(err)
	}
	return wait
}

// only is the member's one send.
func (o *office) only() channels.Entry {
	o.h.t.Helper()
	all := o.sends()
	if len(all) != 1 {
		o.h.t.Fatalf("%d sends: %+v", len(all), all)
	}
	return all[0]
}

func (h *house) refused(kind errs.Kind, err error) {
	h.t.Helper()
	if !errs.Is(err, kind) {
		h.t.Fatalf("%v, want %s", err, kind)
	}
}

// heard is a call that a receiver got.
type heard struct {
	Header http.Header
	Query  string
	Body   string
}

// receiver is a server that takes calls and answers them one after the other.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	calls   []heard
	answers []int
	body    string
}

func newReceiver(t *testing.T, answers ...int) *receiver {
	t.Helper()
	r := &receiver{answers: answers, body: `{"errcode":0,"errmsg":"ok"}`}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.calls = append(r.calls, heard{request.Header.Clone(), request.URL.RawQuery, string(body)})
		if n := len(r.calls); n <= len(r.answers) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(r.answers[n-1])
			return
		}
		_, _ = io.WriteString(w, r.body)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) heard() []heard {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]heard{}, r.calls...)
}

// spoken is what a robot said.
func (c heard) spoken(t *testing.T) string {
	t.Helper()
	var said struct {
		Type string `json:"msgtype"`
		Text struct{ Content string }
	}
	if err := json.Unmarshal([]byte(c.Body), &said); err != nil || said.Type != "text" {
		t.Fatalf("%v: %s", err, c.Body)
	}
	return said.Text.Content
}

// box is the sealing box of the house.
func (h *house) box() *secret.Box { return secret.NewBox(key) }

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in %s", part, text)
		}
	}
}
