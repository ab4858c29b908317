package main

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"shangda/cmd/shangda/config"
	"shangda/cmd/shangda/demo"
	"shangda/cmd/shangda/program"
	"shangda/internal/clock"
	"shangda/internal/devstack"
	"shangda/migrations"
)

// filledMark says, in the data folder, that the demonstration country was filled to its end.
const filledMark = "demonstration"

func demoCommand(ctx context.Context, c config.Config, _ []string, out io.Writer) error {
	started := time.Now()
	stack, note, closeStack, err := demoStack(ctx, c)
	if err != nil {
		return err
	}
	defer closeStack()
	if note != "" {
		fmt.Fprintln(out, note)
	}
	password, err := fillOnce(ctx, c, stack, out)
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
	return listenAndServe(ctx, c, p, func(address string) {
		demo.Welcome(out, address, password, time.Since(started))
	})
}

// demoStack is the servers that were set, or private ones in the data folder. A country half filled is begun anew.
func demoStack(ctx context.Context, c config.Config) (program.Stack, string, func(), error) {
	if c.DatabaseURL != "" {
		if c.OwnerURL == "" {
			return program.Stack{}, "", nil, usageError("演示要建表：请同时设置 SHANGDA_DATABASE_OWNER_URL")
		}
		stack, err := external(c)
		if err != nil {
			return program.Stack{}, "", nil, err
		}
		return stack, "", func() {}, migrations.Up(ctx, c.OwnerURL)
	}
	embedded, err := devstack.Start(ctx, devstack.Options{Dir: c.Data})
	if err != nil {
		return program.Stack{}, "", nil, err
	}
	if err := prepare(ctx, c, embedded); err != nil {
		embedded.Close()
		return program.Stack{}, "", nil, err
	}
	redis := embedded.RedisURL
	if c.RedisURL != "" {
		redis = c.RedisURL
	}
	stack, err := stackOf(c, embedded.AppURL, embedded.FoldURL, redis)
	if err != nil {
		embedded.Close()
		return program.Stack{}, "", nil, err
	}
	return stack, embedded.Note, func() { embedded.Close() }, nil
}

// prepare brings the private database to this version; one that was left half filled is emptied first.
func prepare(ctx context.Context, c config.Config, embedded *devstack.Stack) error {
	if _, err := os.Stat(filepath.Join(c.Data, filledMark)); os.IsNotExist(err) {
		if err := migrations.Recreate(ctx, embedded.AdminURL, devstack.Database); err != nil {
			return err
		}
		if err := os.RemoveAll(filepath.Join(c.Data, "files")); err != nil {
			return err
		}
	}
	return migrations.Up(ctx, embedded.OwnerURL)
}

// running is the servers that were set, those of the demonstration that runs, or the private ones started for this call.
func running(ctx context.Context, c config.Config) (program.Stack, func(), error) {
	if c.DatabaseURL != "" {
		stack, err := external(c)
		return stack, func() {}, err
	}
	a, ok, err := devstack.Attach(c.Data)
	if err != nil {
		return program.Stack{}, nil, err
	}
	if ok {
		stack, err := stackOf(c, a.AppURL, a.FoldURL, a.RedisURL)
		return stack, func() {}, err
	}
	if _, err := os.Stat(filepath.Join(c.Data, filledMark)); err != nil {
		return program.Stack{}, nil, usageError("还没有数据：先用 shangda demo 启动演示，或设置 SHANGDA_DATABASE_URL")
	}
	stack, _, end, err := demoStack(ctx, c)
	return stack, end, err
}

// fillOnce plays the demonstration year and returns the password of everyone in it; empty where it was played before.
func fillOnce(ctx context.Context, c config.Config, stack program.Stack, out io.Writer) (string, error) {
	mark := filepath.Join(c.Data, filledMark)
	if _, err := os.Stat(mark); err == nil {
		return "", nil
	}
	password := c.DemoPassword
	if password == "" {
		password = randomPassword()
	}
	if err := demo.Fill(ctx, stack, password, out); err != nil {
		return "", err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return "", err
	}
	return password, os.WriteFile(mark, []byte(time.Now().Format(time.RFC3339)+"\n"), 0o600)
}

func randomPassword() string {
	b := make([]byte, 5)
	_, _ = rand.Read(b)
	return strings.ToLower(base32.StdEncoding.EncodeToString(b))
}
