// Package config reads the program's settings from the environment: SHANGDA_* and nothing else.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"shangda/services/notices/channels"
)

// Config is every setting, checked.
type Config struct {
	Listen        string
	MetricsListen string
	Data          string
	DemoPassword  string
	DatabaseURL   string
	OwnerURL      string
	FoldURL       string
	RedisURL      string
	BlobURL       string
	Topics        string
	SecretKey     string
	MailInside    bool
	Maildirs      string
	SMTP          string
	HookInside    bool
	LogFormat     string
	LogLevel      slog.Level
}

// setting is one environment variable, what it does, and how it is read.
type setting struct {
	name     string
	fallback string
	sentence string
	read     func(c *Config, value string) error
}

var settings = []setting{
	{"SHANGDA_LISTEN", "127.0.0.1:8080", "网页和接口的监听地址（主机:端口）。", func(c *Config, v string) error { return address(&c.Listen, v) }},
	{"SHANGDA_METRICS_LISTEN", "127.0.0.1:8081", "Prometheus 指标的监听地址；设为 off 则不开放。", func(c *Config, v string) error {
		if v == "off" {
			c.MetricsListen = ""
			return nil
		}
		return address(&c.MetricsListen, v)
	}},
	{"SHANGDA_DATA", ".shangda", "数据文件夹：附件，以及演示时自带的 PostgreSQL 和 Redis 的数据。", func(c *Config, v string) (err error) {
		c.Data, err = filepath.Abs(v)
		return err
	}},
	{"SHANGDA_DEMO_PASSWORD", "", "演示人员的统一密码（8 位以上）；不设则随机生成，启动时显示。", func(c *Config, v string) error {
		if v != "" && len([]rune(v)) < 8 {
			return errors.New("至少 8 位")
		}
		c.DemoPassword = v
		return nil
	}},
	{"SHANGDA_DATABASE_URL", "", "PostgreSQL 地址，角色 shangda_app（postgres://…）；演示和测评时不设则用自带的数据库。", func(c *Config, v string) error {
		return urlOf(&c.DatabaseURL, v, "postgres", "postgresql")
	}},
	{"SHANGDA_DATABASE_OWNER_URL", "", "同一数据库，角色 shangda_owner，只用于 migrate 和 demo 建表。", func(c *Config, v string) error {
		return urlOf(&c.OwnerURL, v, "postgres", "postgresql")
	}},
	{"SHANGDA_DATABASE_FOLD_URL", "", "同一数据库，角色 shangda_fold，用于汇总统计；设了 SHANGDA_DATABASE_URL 就必须设。", func(c *Config, v string) error {
		return urlOf(&c.FoldURL, v, "postgres", "postgresql")
	}},
	{"SHANGDA_REDIS_URL", "", "Redis 地址（redis://…），只存可重建的副本；演示时不设则用自带的。", func(c *Config, v string) error {
		return urlOf(&c.RedisURL, v, "redis", "rediss", "unix")
	}},
	{"SHANGDA_BLOB_URL", "", "附件的存放处：文件夹，或 S3 兼容存储 s3://桶?endpoint=https://主机&region=…&use_path_style=true（密钥用 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY）；不设则为数据文件夹下的 files。", func(c *Config, v string) error { c.BlobURL = v; return nil }},
	{"SHANGDA_SECRET_KEY", "", "封存各单位邮箱密码和签名私钥用的密钥（32 个字符以上），各进程须相同；不设则用数据文件夹中首次启动时生成的 secret.key；换掉则邮箱密码须重填、签名密钥须更换。", func(c *Config, v string) error {
		if v != "" && len(v) < 32 {
			return errors.New("至少 32 个字符，例如 openssl rand -hex 32 的输出")
		}
		c.SecretKey = v
		return nil
	}},
	{"SHANGDA_MAIL_INSIDE", "no", "是否允许各单位的邮件服务器在内网（yes 或 no）。", func(c *Config, v string) error {
		if v != "yes" && v != "no" {
			return errors.New("只能是 yes 或 no")
		}
		c.MailInside = v == "yes"
		return nil
	}},
	{"SHANGDA_MAILDIR", "", "maildir 邮箱所在的文件夹，其下按单位代码分；不设则不能用 maildir。", func(c *Config, v string) error { c.Maildirs = v; return nil }},
	{"SHANGDA_SMTP_URL", "", "发送通知邮件的服务器，供没有自设服务器的单位使用：smtp://用户:密码@主机:587?from=发件人地址，或 smtps://…；不设则各单位自设。", func(c *Config, v string) error {
		if _, err := channels.ParseServer(v); err != nil {
			return err
		}
		c.SMTP = v
		return nil
	}},
	{"SHANGDA_HOOK_INSIDE", "no", "是否允许各单位的网络回调和群机器人在内网（yes 或 no）。", func(c *Config, v string) error {
		if v != "yes" && v != "no" {
			return errors.New("只能是 yes 或 no")
		}
		c.HookInside = v == "yes"
		return nil
	}},
	{"SHANGDA_TOPICS", "", "建议分类所用的文件夹（topic-taxonomy.csv 和 labelled-messages.csv）；不设则不作建议。", func(c *Config, v string) (err error) {
		if v == "" {
			return nil
		}
		if _, err := os.ReadDir(v); err != nil {
			return errors.New("文件夹无法读取")
		}
		c.Topics, err = filepath.Abs(v)
		return err
	}},
	{"SHANGDA_LOG_FORMAT", "text", "日志格式：text 或 json。", func(c *Config, v string) error {
		if v != "text" && v != "json" {
			return errors.New("只能是 text 或 json")
		}
		c.LogFormat = v
		return nil
	}},
	{"SHANGDA_LOG_LEVEL", "info", "日志级别：debug、info、warn 或 error。", func(c *Config, v string) error {
		if err := c.LogLevel.UnmarshalText([]byte(v)); err != nil {
			return errors.New("只能是 debug、info、warn 或 error")
		}
		return nil
	}},
}

// Load reads the environment. All faults come in one error, one line each.
func Load(environ []string) (Config, error) {
	var c Config
	values := map[string]string{}
	var faults []error
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, "SHANGDA_") {
			continue
		}
		if !slices.ContainsFunc(settings, func(s setting) bool { return s.name == name }) {
			faults = append(faults, fmt.Errorf("%s：没有这个设置（shangda help 列出全部设置）", name))
		}
		values[name] = value
	}
	for _, s := range settings {
		value := values[s.name]
		if value == "" {
			value = s.fallback
		}
		if err := s.read(&c, value); err != nil {
			faults = append(faults, fmt.Errorf("%s：%w", s.name, err))
		}
	}
	if c.DatabaseURL != "" && c.FoldURL == "" {
		faults = append(faults, errors.New("SHANGDA_DATABASE_FOLD_URL：设了 SHANGDA_DATABASE_URL 就必须同时设置"))
	}
	if c.BlobURL == "" {
		c.BlobURL = filepath.Join(c.Data, "files")
	}
	return c, errors.Join(faults...)
}

// FromEnvironment is Load of the process's environment.
func FromEnvironment() (Config, error) { return Load(os.Environ()) }

// Help lists every setting with its sentence and default.
func Help() string {
	var b strings.Builder
	for _, s := range settings {
		fmt.Fprintf(&b, "  %s\n      %s", s.name, s.sentence)
		if s.fallback != "" {
			fmt.Fprintf(&b, "（默认 %s）", s.fallback)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Names lists the settings, for the test that holds README and program together.
func Names() []string {
	names := make([]string, 0, len(settings))
	for _, s := range settings {
		names = append(names, s.name)
	}
	return names
}

func address(into *string, value string) error {
	if _, port, err := net.SplitHostPort(value); err != nil || port == "" {
		return fmt.Errorf("%q 不是 主机:端口", value)
	}
	*into = value
	return nil
}

func urlOf(into *string, value string, schemes ...string) error {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || !slices.Contains(schemes, u.Scheme) {
		return fmt.Errorf("应以 %s:// 开头", schemes[0])
	}
	*into = value
	return nil
}
