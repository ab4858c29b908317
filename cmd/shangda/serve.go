package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"shangda/cmd/shangda/config"
	"shangda/cmd/shangda/program"
	"shangda/dashboards/rollup"
	"shangda/internal/clock"
	"shangda/internal/postgres"
	"shangda/migrations"
)

// drainTime is how long a stop waits for what is under way.
const drainTime = 20 * time.Second

func external(c config.Config) (program.Stack, error) {
	if c.DatabaseURL == "" {
		return program.Stack{}, usageError("请设置 SHANGDA_DATABASE_URL（或用 shangda demo 启动自带的数据库）")
	}
	return stackOf(c, c.DatabaseURL, c.FoldURL, c.RedisURL)
}

// stackOf is the program's data on these servers.
func stackOf(c config.Config, app, fold, redis string) (program.Stack, error) {
	key, err := secretKey(c)
	return program.Stack{
		AppURL: app, FoldURL: fold, RedisURL: redis, BlobURL: c.BlobURL, Topics: c.Topics, SecretKey: key,
		Mail: program.Mail{Inside: c.MailInside, Maildirs: c.Maildirs, SMTP: c.SMTP, HookInside: c.HookInside},
	}, err
}

func serveCommand(ctx context.Context, c config.Config, _ []string, out io.Writer) error {
	stack, err := external(c)
	if err != nil {
		return err
	}
	p, err := program.New(ctx, stack, clock.System())
	if err != nil {
		return err
	}
	defer closeProgram(p)
	return listenAndServe(ctx, c, p, func(address string) { fmt.Fprintln(out, "上达已启动：http://"+address) })
}

func workCommand(ctx context.Context, c config.Config, _ []string, out io.Writer) error {
	stack, err := external(c)
	if err != nil {
		return err
	}
	p, err := program.New(ctx, stack, clock.System())
	if err != nil {
		return err
	}
	defer closeProgram(p)
	if err := p.Start(); err != nil {
		return err
	}
	stopMetrics, err := serveMetrics(c, p)
	if err != nil {
		return err
	}
	defer stopMetrics()
	fmt.Fprintln(out, "后台工作已启动")
	<-ctx.Done()
	return nil
}

func migrateCommand(ctx context.Context, c config.Config, _ []string, out io.Writer) error {
	if c.OwnerURL == "" {
		return usageError("请设置 SHANGDA_DATABASE_OWNER_URL；角色先由管理员执行一次 migrations/0000_bootstrap.sql 建立")
	}
	if err := migrations.Up(ctx, c.OwnerURL); err != nil {
		return err
	}
	fmt.Fprintln(out, "数据库已是最新版本：", migrations.Version())
	return nil
}

func figuresCommand(ctx context.Context, c config.Config, args []string, out io.Writer) error {
	if len(args) != 1 || args[0] != "rebuild" {
		return usageError("用法：shangda figures rebuild")
	}
	stack, err := external(c)
	if err != nil {
		return err
	}
	pool, err := postgres.Open(ctx, stack.FoldURL, postgres.Options{MaxConns: 1, StatementTimeout: time.Hour, Name: "shangda rebuild"})
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := rollup.New(pool, nil, clock.System()).Rebuild(ctx); err != nil {
		return err
	}
	fmt.Fprintln(out, "统计已由事件重新汇总")
	return nil
}

func openapiCommand(_ context.Context, _ config.Config, _ []string, out io.Writer) error {
	spec, err := program.Describe()
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(json.RawMessage(spec))
}

// listenAndServe answers until ctx ends, then lets open requests finish.
func listenAndServe(ctx context.Context, c config.Config, p *program.Program, started func(address string)) error {
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("SHANGDA_LISTEN：%s 无法监听（可能已被占用）：%w", c.Listen, err)
	}
	stopMetrics, err := serveMetrics(c, p)
	if err != nil {
		_ = listener.Close()
		return err
	}
	defer stopMetrics()
	app := p.Routes()
	failed := make(chan error, 1)
	app.Hooks().OnListen(func(fiber.ListenData) error { started(listener.Addr().String()); return nil })
	go func() { failed <- app.Listener(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}

// serveMetrics opens the Prometheus listener, apart from the one people use.
func serveMetrics(c config.Config, p *program.Program) (stop func(), err error) {
	if c.MetricsListen == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", c.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("SHANGDA_METRICS_LISTEN：%s 无法监听（可能已被占用；设为 off 则不开放）：%w", c.MetricsListen, err)
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(p.Registry, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := server.Serve(listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
			fmt.Println("metrics:", err)
		}
	}()
	return func() { _ = server.Close() }, nil
}

func closeProgram(p *program.Program) {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	p.Close(ctx)
}
