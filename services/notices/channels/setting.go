package channels

import (
	"context"
	"encoding/base64"
	"errors"
	"net/mail"
	"net/url"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/secret"
	"shangda/tenancy"
)

// Config is what may be seen of a channel once it is set up. An e-mail channel without a host uses the operator's server.
type Config struct {
	Host     string `json:"host,omitempty" maxLength:"200"`
	Port     int    `json:"port,omitempty" minimum:"0" maximum:"65535"`
	Security string `json:"security,omitempty" enum:",tls,starttls,none"`
	Username string `json:"username,omitempty" maxLength:"200"`
	Sender   string `json:"sender,omitempty" maxLength:"200" doc:"发件人地址"`
	URL      string `json:"url,omitempty" maxLength:"500" doc:"网络回调的地址"`
}

// View is a channel as its administrator sees it: never its secret.
type View struct {
	Channel   string `json:"channel" enum:"email,webhook,wecom,dingtalk"`
	Name      string `json:"name"`
	Active    bool   `json:"active"`
	FullText  bool   `json:"full_text" doc:"带上消息内容（含标题）；否则只说有新消息"`
	Config    Config `json:"config"`
	HasSecret bool   `json:"has_secret"`
	Shared    bool   `json:"shared" doc:"可以使用运营方的邮件服务器"`
	Version   int    `json:"version"`
}

// Setup is a change of a channel. Secret is the password of the mail account, the key of the signature, the address of the
// 企业微信 robot, or address and key of the 钉钉 robot with a blank between; an empty one stays as it was.
type Setup struct {
	Active   bool   `json:"active"`
	FullText bool   `json:"full_text"`
	Config   Config `json:"config"`
	Secret   string `json:"secret,omitempty" maxLength:"500"`
}

var hostName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.\-:]{0,198}[A-Za-z0-9])?$`)

// mailPorts are the only ones a unit's server may have where the inside is closed.
var mailPorts = map[int]bool{25: true, 465: true, 587: true}

func (s *Service) check(channel string, in *Setup) error {
	c, faults := &in.Config, errs.Fields{}
	for _, text := range []*string{&c.Host, &c.Username, &c.Sender, &c.URL, &in.Secret} {
		*text = strings.TrimSpace(*text)
	}
	switch channel {
	case Email:
		s.checkMail(&faults, c)
	case Webhook:
		*c = Config{URL: c.URL}
		s.checkURL(&faults, "url", c.URL, "")
		if in.Secret != "" && len(signingKey(in.Secret)) < 24 {
			faults.Add("secret", "密钥应为 whsec_ 加 24 字节以上的 base64，可点“生成”")
		}
	case WeCom:
		*c = Config{}
		if in.Secret != "" {
			s.checkURL(&faults, "secret", in.Secret, "qyapi.weixin.qq.com")
		}
	case DingTalk:
		*c = Config{}
		if in.Secret != "" {
			address, key, _ := strings.Cut(in.Secret, " ")
			s.checkURL(&faults, "secret", address, "oapi.dingtalk.com")
			if strings.TrimSpace(key) == "" {
				faults.Add("secret", "请填写机器人地址和加签密钥（SEC 开头），中间空一格")
			}
		}
	}
	return faults.Err()
}

func (s *Service) checkMail(faults *errs.Fields, c *Config) {
	if c.Host == "" {
		if s.options.Mail == nil {
			faults.Add("host", "运营方没有设置邮件服务器，请填写本单位的")
		}
		*c = Config{}
		return
	}
	if !hostName.MatchString(c.Host) {
		faults.Add("host", "请填写邮件服务器地址，如 smtp.example.com")
	}
	if c.Port < 1 || !s.options.MailInside && !mailPorts[c.Port] {
		faults.Add("port", "端口一般为 465 或 587")
	}
	if c.Security != "tls" && c.Security != "starttls" && (!s.options.MailInside || c.Security != "none") {
		faults.Add("security", "请选择加密方式")
	}
	if _, err := mail.ParseAddress(c.Sender); err != nil || strings.ContainsAny(c.Sender, "<>\r\n") {
		faults.Add("sender", "请填写发件人的邮箱地址")
	}
	c.URL = ""
}

// checkURL refuses what is no address of the outside; host is the only one allowed, where it is given.
func (s *Service) checkURL(faults *errs.Fields, field, text, host string) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.Scheme != "https" && (!s.options.Inside || u.Scheme != "http") {
		faults.Add(field, "请填写以 https:// 开头的完整地址")
		return
	}
	if host != "" && !s.options.Inside && u.Host != host {
		faults.Add(field, "机器人地址应以 https://%s/ 开头", host)
	}
}

// signingKey reads the key of a webhook: whsec_ and base64.
func signingKey(text string) []byte {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(text, "whsec_"))
	if err != nil || !strings.HasPrefix(text, "whsec_") {
		return nil
	}
	return key
}

// Channels are the tenant's, all four of them, for who sets them up.
func (s *Service) Channels(ctx context.Context) ([]View, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.SettingWrite); err != nil {
		return nil, err
	}
	rows, err := channelRows(ctx, q)
	if err != nil {
		return nil, err
	}
	views := make([]View, 0, len(All))
	for _, name := range All {
		r := rows[name]
		views = append(views, View{Channel: name, Name: channelText[name], Active: r.Active, FullText: r.FullText, Config: r.Config,
			HasSecret: len(r.Secret) > 0, Shared: name == Email && s.options.Mail != nil, Version: r.Version})
	}
	return views, nil
}

// Set changes a channel, based on the version that was read. A secret is kept sealed and never shown again; it never goes to
// another server than it was meant for.
func (s *Service) Set(ctx context.Context, channel string, version int, in Setup) error {
	if channelText[channel] == "" {
		return errs.Missing()
	}
	if err := s.check(channel, &in); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.SettingWrite); err != nil {
			return err
		}
		rows, err := channelRows(ctx, tx)
		if err != nil {
			return err
		}
		before := rows[channel]
		if before.Version != version {
			return errs.New(errs.Stale, "通知渠道已被他人修改，请刷新后重新设置")
		}
		sealed, err := s.sealed(tx.Tenant(), channel, before, in)
		if err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "channel.changed", Subject: subject(channel), Detail: map[string]any{"channel": channelText[channel], "active": in.Active, "full_text": in.FullText}})
		return saveChannel(ctx, tx, channel, in, sealed)
	})
}

func (s *Service) sealed(tenant int32, channel string, before channelRow, in Setup) ([]byte, error) {
	c, b := in.Config, before.Config
	moved := c.Host != b.Host || c.Port != b.Port || c.Username != b.Username || c.URL != b.URL
	needed := channel != Email || c.Host != "" && c.Username != ""
	switch {
	case in.Secret != "":
		sealed, err := s.options.Secrets.Seal(in.Secret, place(tenant, channel))
		if errors.Is(err, secret.ErrNoKey) {
			return nil, errs.InvalidField("secret", "系统没有设置密钥（SHANGDA_SECRET_KEY），不能保存，请联系运营方")
		}
		return sealed, err
	case needed && (moved || len(before.Secret) == 0):
		return nil, errs.InvalidField("secret", "请填写密码、密钥或机器人地址")
	case !needed:
		return nil, nil
	}
	return before.Secret, nil
}

// place is where a secret opens: in this tenant, for this channel.
func place(tenant int32, channel string) string {
	return "channel " + channel + " " + number(int(tenant))
}

func subject(channel string) tenancy.Subject {
	return tenancy.Subject{Kind: "channel", ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("channel:"+channel))}
}
