package channels_test

import (
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"shangda/services/notices/channels"
)

// post is a mail server that keeps what it gets.
type post struct {
	mu    sync.Mutex
	mails []string
	to    []string
	fault error
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{post: p}, nil }

type session struct {
	post   *post
	known  bool
	sender string
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		if s.known = username == "notice" && password == "geheim"; !s.known {
			return errors.New("wrong password")
		}
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.sender = from; return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	s.post.to = append(s.post.to, to)
	return s.post.fault
}

func (s *session) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil || !s.known || s.sender != "notice@example.com" {
		return errors.New("not from here")
	}
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	s.post.mails = append(s.post.mails, string(content))
	return nil
}

func (s *session) Reset() {}

func (s *session) Logout() error { return nil }

// start opens the server; with TLS only after STARTTLS may anybody say who he is.
func (p *post) start(t *testing.T) int {
	t.Helper()
	certificate := httptest.NewTLSServer(nil)
	t.Cleanup(certificate.Close)
	server := smtp.NewServer(p)
	server.Domain, server.TLSConfig, server.ReadTimeout, server.WriteTimeout = "localhost", certificate.TLS, 10*time.Second, 10*time.Second
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	address, _ := listener.Addr().(*net.TCPAddr)
	return address.Port
}

// TestMailGoesThroughAServer, with STARTTLS and a password, in the words that may go out.
func TestMailGoesThroughAServer(t *testing.T) {
	t.Parallel()
	p := &post{}
	h := newHouse(t, channels.Options{MailInside: true})
	h.channels.AnyCertificate()
	o := h.office()
	config := channels.Config{Host: "127.0.0.1", Port: p.start(t), Security: "starttls", Username: "notice", Sender: "notice@example.com"}
	o.open(channels.Email, channels.Setup{Config: config, Secret: "geheim", FullText: true})
	o.choose(func(c *channels.Choice) { c.Outcome = []string{channels.Email} })
	o.tell("report.adopted", "《路灯不亮》：市政协采用")
	id := o.only().ID
	o.deliver(id)
	o.deliver(id)
	if s := o.only(); s.State != channels.Sent || len(p.mails) != 1 || p.to[0] != "member@example.com" {
		t.Fatalf("%+v; %v to %v", s, p.mails, p.to)
	}
	r, err := mail.CreateReader(strings.NewReader(p.mails[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, _ := r.Header.Subject()
	message, _ := r.Header.MessageID()
	part, err := r.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(part.Body)
	if !strings.Contains(subject, "采用与处理结果") || message != id.String()+"@shangda" {
		t.Errorf("%q %q", subject, message)
	}
	contains(t, string(body), "《路灯不亮》：市政协采用", o.member.Name, o.Tenant.Name)

	p.fault = &smtp.SMTPError{Code: 550, Message: "no such user"}
	h.Clock.Advance(time.Hour)
	o.tell("report.declined", "不予采用")
	second := o.sends()[1].ID
	o.deliver(second)
	if s := o.sends()[1]; s.State != channels.Failed || !strings.Contains(s.LastError, "550") {
		t.Errorf("an address that is not there: %+v", s)
	}
}

// TestTheOperatorsServer serves the units that have none of their own.
func TestTheOperatorsServer(t *testing.T) {
	t.Parallel()
	p := &post{}
	port := p.start(t)
	server, err := channels.ParseServer("smtp://notice:geheim@127.0.0.1?from=notice@example.com")
	if err != nil || server.Port != 587 || server.Security != "starttls" {
		t.Fatalf("%+v, %v", server, err)
	}
	for _, wrong := range []string{"http://a", "smtp://host", "smtp://host:x?from=a@b.c", "smtps://host?from=nobody"} {
		if _, err := channels.ParseServer(wrong); err == nil {
			t.Errorf("%s was taken", wrong)
		}
	}
	server.Port = port
	h := newHouse(t, channels.Options{Mail: server})
	h.channels.AnyCertificate()
	o := h.office()
	o.open(channels.Email, channels.Setup{})
	o.choose(func(c *channels.Choice) { c.Outcome = []string{channels.Email} })
	o.tell("report.adopted", "《路灯不亮》：市政协采用")
	o.deliver(o.only().ID)
	if s := o.only(); s.State != channels.Sent || len(p.mails) != 1 {
		t.Fatalf("%+v", s)
	}
}
