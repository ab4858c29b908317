package main

import (
	"context"
	"io"
	"slices"
	"time"

	"shangda/cmd/shangda/bench"
	"shangda/cmd/shangda/config"
)

func benchCommand(ctx context.Context, _ config.Config, args []string, out io.Writer) error {
	o := bench.Options{Rounds: 5, Round: time.Second, Clients: 8, JSON: slices.Contains(args, "--json")}
	names := slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == "--json" || a == "--small" })
	if len(names) != 1 {
		return usageError("用法：shangda bench http|board|desk|letters [--json] [--small]")
	}
	switch names[0] {
	case "http":
		return bench.HTTP(ctx, o, out)
	case "board":
		return bench.Board(ctx, o, out)
	case "desk":
		return bench.Desk(ctx, o, slices.Contains(args, "--small"), out)
	case "letters":
		return bench.Letters(ctx, o, slices.Contains(args, "--small"), out)
	}
	return usageError("没有这项测评：" + names[0])
}
