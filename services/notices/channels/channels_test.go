package channels_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/services/notices/channels"
	"shangda/tenancy"
)

func hooked(t *testing.T, answers ...int) (*office, *receiver) {
	t.Helper()
	o, r := newHouse(t, channels.Options{Inside: true}).office(), newReceiver(t, answers...)
	o.open(channels.Webhook, channels.Setup{Config: channels.Config{URL: r.URL + "/hook"}, Secret: hookKey})
	o.choose(func(c *channels.Choice) { c.Outcome = []string{channels.Webhook} })
	return o, r
}

// TestAHookIsCalledSignedAndOnce: tried again under the same id until it is taken, then never again; and again when asked for.
func TestAHookIsCalledSignedAndOnce(t *testing.T) {
	t.Parallel()
	o, r := hooked(t, 500)
	o.tell("report.adopted", "《路灯不亮》：市政协采用")
	s := o.only()
	if wait := o.deliver(s.ID); wait <= 0 {
		t.Errorf("after a 500 it waits %v", wait)
	}
	if s = o.only(); s.State != channels.Queued || s.Attempts != 1 || !strings.Contains(s.LastError, "500") {
		t.Errorf("after a failure: %+v", s)
	}
	o.deliver(s.ID)
	o.deliver(s.ID)
	calls := r.heard()
	if len(calls) != 2 {
		t.Fatalf("%d calls", len(calls))
	}
	if s = o.only(); s.State != channels.Sent || s.SentAt == nil || s.LastError != "" || s.Text == "" {
		t.Errorf("when it was sent: %+v", s)
	}
	for _, c := range calls {
		id, stamp := c.Header.Get("webhook-id"), c.Header.Get("webhook-timestamp")
		raw, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(hookKey, "whsec_"))
		mac := hmac.New(sha256.New, raw)
		mac.Write([]byte(id + "." + stamp + "." + c.Body))
		if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); c.Header.Get("webhook-signature") != want || id != s.ID.String() {
			t.Errorf("signed %v, want %s", c.Header, want)
		}
	}
	var body struct {
		Type string
		Data struct {
			Tenant, To string
			Notices    []map[string]any
		}
	}
	if err := json.Unmarshal([]byte(calls[1].Body), &body); err != nil || body.Type != "notice.created" || body.Data.Tenant != o.Code || body.Data.To != o.member.Name || len(body.Data.Notices) != 1 {
		t.Fatalf("%v: %s", err, calls[1].Body)
	}
	if n := body.Data.Notices[0]; n["kind"] != "report.adopted" || n["text"] != nil {
		t.Errorf("the text went out though it may not: %v", n)
	}
	if err := o.h.channels.Resend(o.member.Context(), s.ID); err != nil {
		t.Fatal(err)
	}
	o.deliver(s.ID)
	if calls = r.heard(); len(calls) != 3 || calls[2].Header.Get("webhook-id") != s.ID.String() {
		t.Errorf("sent again: %d calls", len(calls))
	}
}

func TestWhatDoesNotCommitGoesNowhere(t *testing.T) {
	t.Parallel()
	o, r := hooked(t)
	broken := errors.New("broken")
	err := o.h.DB.InTx(o.clerk.Context(), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "report.adopted", Subject: tenancy.Subject{Kind: "report", ID: tenancy.NewID()}})
		if err := o.h.notices.Tell(t.Context(), tx, []uuid.UUID{o.member.Membership}, notices.Notice{Kind: "report.adopted", Text: "采用", Subject: tenancy.Subject{Kind: "report", ID: tenancy.NewID()}}); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) || len(o.sends()) != 0 || len(r.heard()) != 0 {
		t.Errorf("%v, %v", err, o.sends())
	}
	o.tell("review.waiting", "等待您审签") // a group for which nothing is chosen
	if len(o.sends()) != 0 {
		t.Errorf("%+v", o.sends())
	}
}

// TestTheTextGoesOutOnlyWhereItMay, to both robots.
func TestRobotsSpeak(t *testing.T) {
	t.Parallel()
	o, wecom, ding := newHouse(t, channels.Options{Inside: true}).office(), newReceiver(t), newReceiver(t)
	o.open(channels.WeCom, channels.Setup{Secret: wecom.URL + "/cgi-bin/webhook/send?key=1", FullText: true})
	o.open(channels.DingTalk, channels.Setup{Secret: ding.URL + "/robot/send?access_token=2 SECabc"})
	o.choose(func(c *channels.Choice) { c.Outcome = []string{channels.WeCom, channels.DingTalk} })
	o.tell("report.adopted", "《路灯不亮》：市政协采用")
	ding.body = `{"errcode":310000,"errmsg":"sign not match"}`
	for _, s := range o.sends() {
		o.deliver(s.ID)
	}
	text := wecom.heard()[0].spoken(t)
	contains(t, text, "《路灯不亮》：市政协采用", o.member.Name)
	call := ding.heard()[0]
	if text := call.spoken(t); strings.Contains(text, "路灯") || !strings.Contains(text, "采用与处理结果") {
		t.Errorf("钉钉: %s", text)
	}
	query, _ := url.ParseQuery(call.Query)
	mac := hmac.New(sha256.New, []byte("SECabc"))
	mac.Write([]byte(query.Get("timestamp") + "\nSECabc"))
	if query.Get("access_token") != "2" || query.Get("sign") != base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
		t.Errorf("signed %v", query)
	}
	for _, s := range o.sends() {
		if refused := s.Channel == channels.DingTalk; refused != (s.State == channels.Queued) || refused && !strings.Contains(s.LastError, "310000") {
			t.Errorf("%+v", s)
		}
	}
}

// TestHooksStayOutside: neither an address inside, nor a way there by a detour.
func TestHooksStayOutside(t *testing.T) {
	t.Parallel()
	o, r := hooked(t)
	strict := channels.New(o.h.DB, tenancy.NewDirectory(o.h.Pool()), channels.Options{Secrets: o.h.box()})
	o.tell("report.adopted", "采用")
	s := o.only()
	if _, err := strict.Deliver(o.messenger(), s.ID); err != nil {
		t.Fatal(err)
	}
	if s = o.only(); s.State != channels.Failed || !strings.Contains(s.LastError, "内网") || len(r.heard()) != 0 {
		t.Errorf("%+v, %d calls", s, len(r.heard()))
	}
	for _, address := range []string{"http://example.com/", "https://u:p@example.com/", "ftp://example.com", "example.com", "https://"} {
		err := strict.Set(o.system.Context(), channels.Webhook, o.version(channels.Webhook), channels.Setup{Active: true, Config: channels.Config{URL: address}, Secret: hookKey})
		o.h.refused(errs.Invalid, err)
	}
	err := strict.Set(o.system.Context(), channels.WeCom, 0, channels.Setup{Secret: "https://example.com/robot"})
	o.h.refused(errs.Invalid, err)

	o2, r2 := hooked(t, 302)
	o2.tell("report.adopted", "采用")
	o2.deliver(o2.only().ID)
	if s := o2.only(); len(r2.heard()) != 1 || s.State != channels.Queued || !strings.Contains(s.LastError, "302") {
		t.Errorf("a detour: %+v, %d calls", s, len(r2.heard()))
	}
}

// TestManyAtOnceAreTwoMessages: the first goes at once, what follows within a minute goes together.
func TestManyAtOnceAreTwoMessages(t *testing.T) {
	t.Parallel()
	o, r := hooked(t)
	for i := range 100 {
		o.tell("report.adopted", "第"+strconv.Itoa(i)+"篇采用")
	}
	all := o.sends()
	for _, s := range all {
		o.deliver(s.ID)
	}
	if n := len(r.heard()); n != 1 {
		t.Fatalf("%d calls at once", n)
	}
	o.h.Clock.Advance(time.Minute)
	for _, s := range all {
		o.deliver(s.ID)
	}
	calls := r.heard()
	if len(calls) != 2 || strings.Count(calls[1].Body, `"kind"`) != 99 {
		t.Fatalf("%d calls", len(calls))
	}
	if left := o.sends(); len(left) != 2 || left[1].Notices != 99 || left[1].State != channels.Sent {
		t.Errorf("%d in the log", len(left))
	}
}

// TestQuietHoursAndDigests: at night only what is urgent, and where wished everything at one hour.
func TestQuietHoursAndDigests(t *testing.T) {
	t.Parallel()
	o, r := hooked(t)
	o.choose(func(c *channels.Choice) { c.Task = []string{channels.Webhook} })
	o.h.Clock.Set(time.Date(2026, 11, 2, 15, 30, 0, 0, time.UTC)) // 23:30
	o.tell("report.adopted", "采用")
	o.tell("review.urged", "催办")
	all := o.sends()
	wait := o.deliver(all[0].ID)
	if wait != 7*time.Hour+30*time.Minute {
		t.Errorf("waits %v", wait)
	}
	if wait := o.deliver(all[1].ID); wait != 0 || len(r.heard()) != 1 {
		t.Errorf("what is urgent waits %v, %d calls", wait, len(r.heard()))
	}
	o.choose(func(c *channels.Choice) { c.Digest, c.DigestAt = true, 18 })
	o.h.Clock.Set(time.Date(2026, 11, 3, 2, 0, 0, 0, time.UTC)) // 10:00
	o.deliver(all[0].ID)
	for _, text := range []string{"甲", "乙", "丙"} {
		o.tell("report.adopted", text)
		o.h.Clock.Advance(time.Hour)
	}
	all = o.sends()[2:]
	if len(all) != 3 || o.deliver(all[0].ID) != 5*time.Hour {
		t.Fatalf("%+v", all)
	}
	o.h.Clock.Set(time.Date(2026, 11, 3, 10, 0, 0, 0, time.UTC)) // 18:00
	for _, s := range all {
		o.deliver(s.ID)
	}
	if calls := r.heard(); len(calls) != 3 || strings.Count(calls[2].Body, `"kind"`) != 3 {
		t.Errorf("%d calls", len(calls))
	}
}

// TestWhatIsChosenMustBeThere, and who may set and see what.
func TestSettings(t *testing.T) {
	t.Parallel()
	o, _ := hooked(t)
	w, err := o.h.channels.Ways(o.member.Context())
	if err != nil || len(w.Channels) != 1 || w.Email != "member@example.com" || w.Version != 1 {
		t.Fatalf("%+v, %v", w, err)
	}
	c := w.Choice
	c.Task = []string{channels.Email}
	o.h.refused(errs.Invalid, o.h.channels.Choose(o.member.Context(), 1, c))
	o.h.refused(errs.Stale, o.h.channels.Choose(o.member.Context(), 0, w.Choice))
	set := func(version int, in channels.Setup) error {
		return o.h.channels.Set(o.system.Context(), channels.Webhook, version, in)
	}
	o.h.refused(errs.Stale, set(0, channels.Setup{Config: channels.Config{URL: "https://example.com"}, Secret: hookKey}))
	o.h.refused(errs.Invalid, set(1, channels.Setup{Config: channels.Config{URL: "https://example.com"}})) // another address, the same secret
	o.h.refused(errs.Invalid, set(1, channels.Setup{Config: channels.Config{URL: "https://example.com"}, Secret: "short"}))
	o.h.refused(errs.NotFound, o.h.channels.Set(o.system.Context(), "pigeon", 0, channels.Setup{}))
	o.h.refused(errs.Invalid, o.h.channels.Set(o.system.Context(), channels.Email, 0, channels.Setup{}))
	o.h.refused(errs.Forbidden, o.h.channels.Set(o.member.Context(), channels.Webhook, 1, channels.Setup{Config: channels.Config{URL: "https://example.com"}, Secret: hookKey}))
	views, _ := o.h.channels.Channels(o.system.Context())
	text, _ := json.Marshal(views)
	if strings.Contains(string(text), "whsec") || !views[1].HasSecret {
		t.Errorf("the secret is shown: %s", text)
	}
	o.tell("report.adopted", "《路灯不亮》采用")
	all, _, err := o.h.channels.Sends(o.system.Context(), true, "", "", 10)
	if err != nil || len(all) != 1 || all[0].Text != "" || all[0].To != o.member.Name {
		t.Errorf("the administrator sees %+v, %v", all, err)
	}
	_, _, err = o.h.channels.Sends(o.member.Context(), true, "", "", 10)
	o.h.refused(errs.Forbidden, err)
	o.h.refused(errs.Conflict, o.h.channels.Resend(o.member.Context(), all[0].ID))
}

// TestThereIsAlwaysAnEnd: what a receiver never takes is failed after so many tries.
func TestThereIsAlwaysAnEnd(t *testing.T) {
	t.Parallel()
	answers := make([]int, 100)
	for i := range answers {
		answers[i] = 503
	}
	o, r := hooked(t, answers...)
	o.tell("report.adopted", "采用")
	id, last := o.only().ID, time.Duration(0)
	for range 40 {
		wait := o.deliver(id)
		if wait == 0 {
			break
		}
		if wait < last || wait > time.Hour {
			t.Fatalf("%v after %v", wait, last)
		}
		last = wait
	}
	if s := o.only(); s.State != channels.Failed || len(r.heard()) != s.Attempts {
		t.Errorf("%+v, %d calls", s, len(r.heard()))
	}
	gone, _ := hooked(t, 410)
	gone.tell("report.adopted", "采用")
	gone.deliver(gone.only().ID)
	if s := gone.only(); s.State != channels.Failed || s.Attempts != 1 {
		t.Errorf("%+v", s)
	}
}
