// Command shangda is the whole program: the server, its background work, the demonstration and the tools around them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"shangda/cmd/shangda/config"
)

// command is one word after the program's name.
type command struct {
	name  string
	about string
	run   func(ctx context.Context, c config.Config, args []string, out io.Writer) error
}

func commands() []command {
	return []command{
		{"demo", "启动自带数据库的演示：建表、填充演示数据、提供网页", demoCommand},
		{"serve", "提供网页和接口（需要 SHANGDA_DATABASE_URL）", serveCommand},
		{"work", "后台工作：投递信函、汇总统计（需要 SHANGDA_DATABASE_URL）", workCommand},
		{"migrate", "把数据库升级到本版本（需要 SHANGDA_DATABASE_OWNER_URL）", migrateCommand},
		{"import", "导入：import messages 文件.csv --as 登录名 [--dry-run]", importCommand},
		{"figures", "统计：figures rebuild 由事件重新汇总全部统计", figuresCommand},
		{"search", "搜索：search rebuild 重新编制搜索和查重的索引", searchCommand},
		{"bench", "测评：bench http|board|desk|letters [--json]", benchCommand},
		{"openapi", "输出接口说明（OpenAPI 3.1）", openapiCommand},
	}
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program: 0 done, 1 failed, 2 called or set up wrongly.
func run(args []string, out, problems io.Writer) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		help(out)
		return 0
	}
	c, err := config.FromEnvironment()
	if err != nil {
		fmt.Fprintf(problems, "设置有误：\n%v\n", err)
		return 2
	}
	logTo(problems, c)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	for _, cmd := range commands() {
		if cmd.name != args[0] {
			continue
		}
		err := cmd.run(ctx, c, args[1:], out)
		var usage usageError
		switch {
		case errors.As(err, &usage):
			fmt.Fprintln(problems, usage)
			return 2
		case err != nil && !errors.Is(err, context.Canceled):
			fmt.Fprintln(problems, "shangda:", err)
			return 1
		}
		return 0
	}
	fmt.Fprintf(problems, "没有 %q 这个命令\n\n", args[0])
	help(problems)
	return 2
}

// usageError is a call that cannot be carried out as written.
type usageError string

func (e usageError) Error() string { return string(e) }

func help(out io.Writer) {
	fmt.Fprint(out, "上达 Shangda：社情民意信息的收集、审签、报送与反馈\n\n用法：shangda 命令 [参数]\n\n")
	for _, cmd := range commands() {
		fmt.Fprintf(out, "  %-8s  %s\n", cmd.name, cmd.about)
	}
	fmt.Fprint(out, "\n设置（环境变量）：\n\n", config.Help())
}

func logTo(w io.Writer, c config.Config) {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	var handler slog.Handler = slog.NewTextHandler(w, options)
	if c.LogFormat == "json" {
		handler = slog.NewJSONHandler(w, options)
	}
	slog.SetDefault(slog.New(handler))
}
