package importer

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Account is what became of every row of a file.
type Account struct {
	Rows         int
	BroughtIn    map[string]int // by the code of the unit
	AlreadyThere map[string]int // by the code of the unit
	Refused      map[string]int // by the reason
}

func newAccount() Account {
	return Account{BroughtIn: map[string]int{}, AlreadyThere: map[string]int{}, Refused: map[string]int{}}
}

// Total is how many rows are accounted for; it equals Rows when an import has run to its end.
func (a Account) Total() int { return sum(a.BroughtIn) + sum(a.AlreadyThere) + sum(a.Refused) }

func sum(counts map[string]int) int {
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}

// write prints the account; names are the units' names by code.
func (a Account) write(out io.Writer, dryRun bool, names map[string]string) {
	verb := "导入"
	if dryRun {
		verb = "可导入"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "读取 %d 行\n", a.Rows)
	section(&b, verb, a.BroughtIn, names)
	section(&b, "此前已导入", a.AlreadyThere, names)
	section(&b, "未导入", a.Refused, nil)
	fmt.Fprintf(&b, "合计 %d 行，与读取行数%s\n", a.Total(), map[bool]string{true: "一致", false: "不一致"}[a.Total() == a.Rows])
	if dryRun {
		b.WriteString("这是试运行，没有写入任何内容\n")
	}
	_, _ = io.WriteString(out, b.String())
}

func section(b *strings.Builder, title string, counts map[string]int, names map[string]string) {
	fmt.Fprintf(b, "%s %d 行\n", title, sum(counts))
	keys := make([]string, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		label := key
		if name := names[key]; name != "" {
			label = key + " " + name
		}
		fmt.Fprintf(b, "    %5d  %s\n", counts[key], label)
	}
}

// progress shows how far the import is: a bar on a terminal, else a line every thousand rows.
type progress struct {
	out      io.Writer
	terminal bool
	read     int64 // bytes
	size     int64
}

const barWidth = 40

func (p *progress) show(rows int) {
	if p.terminal && rows%20 == 0 && p.size > 0 {
		done := int(min(p.read, p.size) * barWidth / p.size)
		fmt.Fprintf(p.out, "\r[%s%s] %3d%% %d 行", strings.Repeat("█", done), strings.Repeat("░", barWidth-done), min(p.read, p.size)*100/p.size, rows)
	}
	if !p.terminal && rows%1000 == 0 {
		fmt.Fprintf(p.out, "已处理 %d 行\n", rows)
	}
}

// say prints a line of its own, past the bar.
func (p *progress) say(format string, args ...any) {
	if p.terminal {
		fmt.Fprint(p.out, "\r\033[K")
	}
	fmt.Fprintf(p.out, format+"\n", args...)
}
