package login

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/redisx"
)

var requestIDs = regexp.MustCompile(`"request_id":"[^"]*"`)

func TestAWrongPasswordAndAnUnknownLoginAreOneAnswer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	me := s.member(s.Tenant("cppcc", "county"), "editor")
	b := s.browser()
	var bodies []string
	for _, login := range []string{me.Login, "nobody-" + me.Login} {
		before := s.login.Hashes()
		a := b.want(401, http.MethodPost, "/api/v1/session", credentials(login, "不是这个密码"))
		if n := s.login.Hashes() - before; n != 1 {
			t.Errorf("%s: %d hashes instead of one", login, n)
		}
		if len(a.cookies) > 0 {
			t.Errorf("%s: a refusal sets %v", login, a.cookies)
		}
		bodies = append(bodies, requestIDs.ReplaceAllString(a.body, ""))
	}
	if bodies[0] != bodies[1] || !strings.Contains(bodies[0], "用户名或密码不正确") {
		t.Errorf("known and unknown login are told apart:\n%s\n%s", bodies[0], bodies[1])
	}
	a := b.want(200, http.MethodPost, "/api/v1/session", credentials(strings.ToUpper(me.Login), password))
	account := decode[accountView](t, a.body)
	if account.Person.Login != me.Login || len(account.Tenants) != 1 || account.Tenants[0].Code != me.Tenant.Code || account.Tenants[0].Title != me.Title {
		t.Errorf("account: %s", a.body)
	}
	if again := b.want(200, http.MethodGet, "/api/v1/me", ""); decode[accountView](t, again.body).Tenants[0] != account.Tenants[0] {
		t.Errorf("me: %s", again.body)
	}
}

func TestAnUnreadableHashIsTheSameWork(t *testing.T) {
	t.Parallel()
	stored, err := cheap.Hash(password)
	if err != nil {
		t.Fatal(err)
	}
	if !cheap.matches(stored, password) || cheap.matches(stored, password+"。") {
		t.Fatal("a hash does not tell its password from another")
	}
	for _, bad := range []string{"", "x", strings.Replace(stored, "v=19", "v=18", 1), strings.Replace(stored, "argon2id", "argon2i", 1), stored[:strings.LastIndex(stored, "$")] + "$", strings.Replace(stored, "t=1", "t=0", 1)} {
		if cheap.matches(bad, password) || cheap.matches(bad, "") {
			t.Errorf("%q lets in", bad)
		}
	}
	for _, refused := range []string{"1234567", strings.Repeat("长", longestPassword+1)} {
		if _, err := HashPassword(refused); err == nil {
			t.Errorf("a password of %d bytes was accepted", len(refused))
		}
	}
	if standard, err := HashPassword(password); err != nil || !strings.HasPrefix(standard, "$argon2id$v=19$m=65536,t=3,p=1$") || !cheap.matches(standard, password) {
		t.Errorf("standard cost: %s, %v", standard, err)
	}
}

func TestOnlySoManyHashesRunAtATime(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	me := s.member(s.Tenant("cppcc", "county"), "editor")
	s.login.gate.wait = 20 * time.Millisecond
	for range cap(s.login.gate.slots) {
		s.login.gate.slots <- struct{}{}
	}
	b := s.browser()
	for range freeFailures + 2 { // being turned away is no failure
		if a := b.want(429, http.MethodPost, "/api/v1/session", credentials(me.Login, password)); a.header.Get("Retry-After") == "" {
			t.Fatal("429 without Retry-After")
		}
	}
	for range cap(s.login.gate.slots) {
		<-s.login.gate.slots
	}
	b.signIn(me)
}

func TestFailuresHoldUpTheGuesserOnly(t *testing.T) {
	t.Parallel()
	for _, shared := range []bool{false, true} {
		s := newSite(t)
		me := s.member(s.Tenant("cppcc", "county"), "editor")
		other := s.replica(shared)
		guess := func(at *Service, address, password string) error {
			_, _, err := at.signIn(t.Context(), me.Login, password, address)
			return err
		}
		const guesser, owner = "203.0.113.9", "203.0.113.10"
		for i := range freeFailures {
			if err := guess(s.login, guesser, "猜一个密码试试"); err == nil || strings.Contains(err.Error(), "次数过多") {
				t.Fatalf("guess %d: %v", i, err)
			}
		}
		before := s.login.Hashes()
		if err := guess(s.login, guesser, password); err == nil || !strings.Contains(err.Error(), "次数过多") {
			t.Fatalf("the guesser is let in or judged: %v", err)
		}
		if s.login.Hashes() != before {
			t.Error("a refused attempt was hashed")
		}
		if err := guess(other, guesser, "猜一个密码试试"); shared != strings.Contains(err.Error(), "次数过多") {
			t.Errorf("with Redis %v another replica says %v", shared, err)
		}
		if err := guess(s.login, owner, password); err != nil {
			t.Errorf("the owner is locked out: %v", err)
		}
		s.Clock.Advance(2 * time.Second)
		if err := guess(s.login, guesser, password); err != nil {
			t.Errorf("after waiting: %v", err)
		}
		if err := guess(s.login, guesser, "再猜"); err == nil || strings.Contains(err.Error(), "次数过多") {
			t.Errorf("a success does not clear the count: %v", err)
		}
	}
}

// replica is another process of the program; with Redis, both count together.
func (s *site) replica(shared bool) *Service {
	other := New(s.DB, s.Pool(), s.login.dir, s.Policies, s.Clock)
	other.Hashing = cheap
	if shared {
		client, err := redisx.Open(s.TestDB.RedisURL)
		if err != nil {
			s.t.Fatal(err)
		}
		s.t.Cleanup(func() { _ = client.Close() })
		s.login.Redis, other.Redis = client, client
	}
	return other
}

func TestAttemptsAreBoundedAndByHousehold(t *testing.T) {
	t.Parallel()
	a, now := newAttempts(), time.Now()
	for i := range attemptsInCache + 50 {
		a.begin(uuid.NewString(), now.Add(time.Duration(i)))
	}
	if n := len(a.byKey); n > attemptsInCache {
		t.Errorf("%d attempts are kept", n)
	}
	if attemptKey("A", "2001:db8::1") != attemptKey("a", "2001:db8::2") || attemptKey("a", "2001:db8::1") == attemptKey("a", "2001:db8:0:1::1") {
		t.Error("an IPv6 household is not one address")
	}
	if attemptKey("a", "192.0.2.1") == attemptKey("a", "192.0.2.2") || attemptKey("a", "192.0.2.1") == attemptKey("b", "192.0.2.1") {
		t.Error("another address or login shares the count")
	}
	for failures, want := range map[int]time.Duration{4: 0, 5: time.Second, 8: 8 * time.Second, 100: longestDelay} {
		if got := delayAfter(failures); got != want {
			t.Errorf("after %d failures %v", failures, got)
		}
	}
}

func TestCookiesAreBoundToTheHost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	me := s.member(s.Tenant("cppcc", "county"), "editor")
	for _, c := range []struct {
		host, name string
		secure     bool
	}{
		{"", "shangda", false}, {"localhost:8080", "shangda", false}, {"[::1]:8080", "shangda", false},
		{"shangda.example.cn", "__Host-shangda", true}, {"localhost.evil.example", "__Host-shangda", true},
	} {
		var headers []string
		if c.host != "" {
			headers = []string{"Host", c.host}
		}
		person := s.browser().want(200, http.MethodPost, "/api/v1/session", credentials(me.Login, password), headers...).cookies
		if len(person) != 1 {
			t.Fatalf("%s: %d cookies", c.host, len(person))
		}
		sent := append(headers, "Cookie", person[0].Name+"="+person[0].Value)
		tenant := s.browser().want(200, http.MethodPost, at(me.Tenant, "/session"), "", sent...).cookies
		if len(tenant) != 1 || tenant[0].Value == person[0].Value {
			t.Fatalf("%s: %v", c.host, tenant)
		}
		for cookie, name := range map[*http.Cookie]string{person[0]: c.name, tenant[0]: c.name + "-" + me.Tenant.Code} {
			if cookie.Name != name || cookie.Secure != c.secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Path != "/" || cookie.Domain != "" {
				t.Errorf("%s: %s", c.host, cookie.Raw)
			}
			if len(cookie.Value) < 43 {
				t.Errorf("a token of %d characters", len(cookie.Value))
			}
		}
	}
}
