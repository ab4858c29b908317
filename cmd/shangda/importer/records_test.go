package importer

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

const header = "message_id,author_id,sent_at,title,body,likes,dislikes\n"

func good(id string) string {
	return id + ",A1,2019-02-28T11:25:05+08:00,题,文,0,0\n"
}

// told is one word a record: its number, or the line and the fault.
func told(t testing.TB, text string) []string {
	t.Helper()
	rows, err := newRecords(strings.NewReader(text))
	if err != nil {
		return []string{err.Error()}
	}
	var all []string
	for {
		no, clue, err := rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return all
		case err != nil:
			all = append(all, fmt.Sprintf("%d:%v", no, err))
		default:
			all = append(all, fmt.Sprintf("%d=%s", no, clue.SourceRef))
		}
	}
}

func TestABadRecordCostsItsOwnLineOnly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ what, text, want string }{
		{"two rows", header + good("1") + good("2"), "2=1 3=2"},
		{"mark at the beginning, no end at the end", "\ufeff" + header + strings.TrimSuffix(good("1"), "\n"), "2=1"},
		{"Windows lines and blank ones", strings.ReplaceAll(header+"\n"+good("1")+"\n", "\n", "\r\n"), "3=1"},
		{"a record of three lines", header + "1,A,2019-02-28T11:25:05+08:00,题,\"一\n二,\n\"\"三\"\"\",0,0\n" + good("2"), "2=1 5=2"},
		{"a quote never closed", header + "1,A,2019-02-28T11:25:05+08:00,题,\"文,0,0\n" + good("2") + good("3"), "2:引号没有闭合 3=2 4=3"},
		{"a quote closed by another's", header + "1,A,2019-02-28T11:25:05+08:00,题,\"文,0,0\n" + good("2") + "3,A,2019-02-28T11:25:05+08:00,题,\"一\n二\",0,0\n" + good("4"),
			"2:引号用法不正确 3=2 4=3 6=4"},
		{"too few columns", header + "1,A,2019\n" + good("2"), "2:列数不对：应为 7 列，实为 3 列 3=2"},
		{"a wrong time", header + "1,A,2019/2/28,题,文,0,0\n", "2:时间（sent_at）格式不正确"},
		{"no number", header + good(" "), "2:没有编号（message_id）"},
		{"another encoding", header + "1,A,2019-02-28T11:25:05+08:00,\xcc\xe2,x,0,0\n" + good("2"), "2:不是 UTF-8 编码 3=2"},
		{"a line without end", header + strings.Repeat("长", maxRecord) + "\n" + good("2"), "2:这一行太长 3=2"},
		{"a quote in the middle", header + "1,A,2019-02-28T11:25:05+08:00,题\"一\",文,0,0\n", "2:引号用法不正确"},
		{"other columns, other order", "body,title,sent_at,message_id\n文,题,2019-02-28T11:25:05+08:00,9\n", "2=9"},
		{"no header", good("1"), "表头缺少 message_id 列（应有 message_id、sent_at、title、body）"},
		{"nothing", "", "第 1 行（表头）：文件是空的"},
	} {
		if got := strings.Join(told(t, c.text), " "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, c.want)
		}
	}
}

func FuzzRecords(f *testing.F) {
	for _, seed := range []string{good("1"), "\"", "a\"\n\"\n", "1,A,2019-02-28T11:25:05+08:00,题,\"一\n二\",0,0\n", "\r\n\n", "\xff,\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := newRecords(strings.NewReader(header + text))
		if err != nil {
			t.Fatal(err)
		}
		before, lines := 1, strings.Count(text, "\n")+2
		for {
			no, _, err := rows.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if no <= before || no > lines {
				t.Fatalf("a record on line %d after line %d of %d", no, before, lines)
			}
			before = no
		}
	})
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ title, body, district, words string }{
		{"A3区道路", "位于A市A3区", "a3", "A3区"},
		{"A7县", "A7县、A7县", "a7", "A7县"},
		{"反映", "A9市某镇", "a9", "A9市"},
		{"A3区", "和A4区", "", "A3区、A4区"},
		{"小区", "A市某小区A4栋", "", "A市"},
		{"A12栋", "A3区的A12区块", "a3", "A3区"},
		{"打印A4纸", "没有地点", "", ""},
		{"XA3区", "BA4区", "", ""},
		{"K8县", "A市也有", "", "A市"},
		{"B市", "和A2区", "a2", "A2区"},
	} {
		if got := placeOf(c.title, c.body); got.district != c.district || got.words != c.words || got.foreign {
			t.Errorf("%s / %s: %+v", c.title, c.body, got)
		}
	}
	for _, text := range []string{"K8县某村", "B市新华驾校", "G2区和M14县"} {
		if !placeOf(text, "").foreign {
			t.Errorf("%s is not foreign", text)
		}
	}
}
