package main

import (
	"context"
	"flag"
	"io"
	"os"

	"shangda/cmd/shangda/config"
	"shangda/cmd/shangda/importer"
	"shangda/cmd/shangda/program"
	"shangda/internal/clock"
)

func importCommand(ctx context.Context, c config.Config, args []string, out io.Writer) error {
	const usage = usageError("用法：shangda import messages 文件.csv --as 登录名 [--dry-run]")
	if len(args) < 2 || args[0] != "messages" {
		return usage
	}
	o := importer.Options{File: args[1], Out: out, Terminal: isTerminal(out)}
	flags := flag.NewFlagSet("import messages", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.As, "as", "", "")
	flags.BoolVar(&o.DryRun, "dry-run", false, "")
	if err := flags.Parse(args[2:]); err != nil || o.As == "" || flags.NArg() > 0 {
		return usage
	}
	stack, closeStack, err := running(ctx, c)
	if err != nil {
		return err
	}
	defer closeStack()
	p, err := program.New(ctx, stack, clock.System())
	if err != nil {
		return err
	}
	defer closeProgram(p)
	_, err = importer.Run(ctx, o, importer.Deps{Enter: p.Login.As, Directory: p.Directory, Clues: p.Clues})
	return err
}

func isTerminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
