package main

import (
	"context"
	"fmt"
	"io"

	"shangda/cmd/shangda/config"
	"shangda/cmd/shangda/program"
	"shangda/internal/clock"
	"shangda/tenancy"
)

func searchCommand(ctx context.Context, c config.Config, args []string, out io.Writer) error {
	if len(args) != 1 || args[0] != "rebuild" {
		return usageError("用法：shangda search rebuild")
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
	all := 0
	err = p.Search.Rebuild(ctx, func(tenant tenancy.Tenant, reports int) {
		all += reports
		fmt.Fprintf(out, "%s：%d 篇\n", tenant.Name, reports)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "索引已重新编制，共 %d 篇\n", all)
	return nil
}
