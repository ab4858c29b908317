package channels

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"shangda/internal/outward"
)

// Server is a mail server that sends.
type Server struct {
	Host     string
	Port     int
	Security string // tls, starttls or none
	Username string
	Password string
	Sender   string
}

// ParseServer reads smtps://user:password@host:465?from=notice@example.com; smtp:// begins in the open and turns to TLS,
// with ?tls=none it does not.
func ParseServer(text string) (*Server, error) {
	if text == "" {
		return nil, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("应为 smtp://用户:密码@主机:端口?from=发件人 或 smtps://…")
	}
	s := &Server{Host: u.Hostname(), Port: 587, Security: "starttls", Sender: u.Query().Get("from"), Username: u.User.Username()}
	s.Password, _ = u.User.Password()
	if u.Scheme == "smtps" {
		s.Port, s.Security = 465, "tls"
	} else if u.Query().Get("tls") == "none" {
		s.Security = "none"
	}
	if u.Port() != "" {
		if s.Port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, errors.New("端口不对")
		}
	}
	if _, err := mail.ParseAddress(s.Sender); err != nil {
		return nil, errors.New("缺少发件人：?from=notice@example.com")
	}
	return s, nil
}

// mailer sends by the unit's own server, or else by the operator's.
type mailer struct {
	shared *Server
	inside bool
	anyTLS bool // tests: the server's certificate is its own
}

// Send hands the mail over to the server.
func (c mailer) Send(ctx context.Context, to Target, m Message) error {
	server, dialer := c.shared, outward.Dialer{Inside: true} // the operator's server may stand anywhere
	if to.Config.Host != "" {
		server = &Server{Host: to.Config.Host, Port: to.Config.Port, Security: to.Config.Security, Username: to.Config.Username, Password: to.Secret, Sender: to.Config.Sender}
		dialer = outward.Dialer{Inside: c.inside}
	}
	if server == nil {
		return &fault{"没有设置邮件服务器", true}
	}
	letter, err := letterOf(server.Sender, to.Address, m)
	if err != nil {
		return &fault{"邮件地址不对", true}
	}
	conn, err := dialer.Dial(ctx, server.Host, server.Port)
	if errors.Is(err, outward.ErrInside) {
		return &fault{"邮件服务器在内网，运营方没有允许", true}
	}
	if err != nil {
		return &fault{"连不上邮件服务器", false}
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	return c.hand(conn, server, to.Address, letter)
}

func (c mailer) hand(conn net.Conn, server *Server, address string, letter []byte) error {
	trust := &tls.Config{ServerName: server.Host, MinVersion: tls.VersionTLS12, InsecureSkipVerify: c.anyTLS} //nolint:gosec // set by tests only
	var client *smtp.Client
	var err error
	switch server.Security {
	case "tls":
		client = smtp.NewClient(tls.Client(conn, trust))
	case "starttls":
		client, err = smtp.NewClientStartTLS(conn, trust)
	default:
		client = smtp.NewClient(conn)
	}
	if err != nil {
		return &fault{"邮件服务器不能加密连接", false}
	}
	defer func() { _ = client.Close() }()
	if server.Username != "" {
		if err := client.Auth(sasl.NewPlainClient("", server.Username, server.Password)); err != nil {
			return &fault{"邮件服务器不接受用户名或密码", false}
		}
	}
	if err := client.SendMail(server.Sender, []string{address}, bytes.NewReader(letter)); err != nil {
		if refusal := (*smtp.SMTPError)(nil); errors.As(err, &refusal) {
			return &fault{"邮件服务器拒收（" + strconv.Itoa(refusal.Code) + "）", !refusal.Temporary()}
		}
		return &fault{"邮件没有送达", false}
	}
	_ = client.Quit()
	return nil
}

// letterOf is the mail. Its Message-ID is the message's, so a mail box shows a repeat as the same.
func letterOf(sender, address string, m Message) ([]byte, error) {
	from, err := mail.ParseAddress(sender)
	if err != nil {
		return nil, err
	}
	to, err := mail.ParseAddress(address)
	if err != nil {
		return nil, err
	}
	from.Name, to.Name = "上达", m.To
	var h mail.Header
	h.SetDate(m.At.In(zone))
	h.SetAddressList("From", []*mail.Address{from})
	h.SetAddressList("To", []*mail.Address{to})
	h.SetSubject(m.Subject())
	h.SetMessageID(m.ID.String() + "@shangda")
	h.Set("Auto-Submitted", "auto-generated")
	h.SetContentType("text/plain", map[string]string{"charset": "utf-8"})
	var b bytes.Buffer
	w, err := mail.CreateSingleInlineWriter(&b, h)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(w, m.Text()); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}
