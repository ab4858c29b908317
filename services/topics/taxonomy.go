package topics

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Entry is one line of the taxonomy: three levels, from the wide to the narrow.
type Entry struct{ Level1, Level2, Level3 string }

// What an honest taxonomy stays under.
const (
	maxEntries = 5000
	maxBytes   = 1 << 20
	maxRunes   = 60
)

// ReadTaxonomy reads level1,level2,level3. It names the line of a fault, and takes no more than a taxonomy can be.
func ReadTaxonomy(from io.Reader) ([]Entry, error) {
	limited := &io.LimitedReader{R: from, N: maxBytes + 1}
	reader := csv.NewReader(skipMark(limited))
	reader.FieldsPerRecord, reader.ReuseRecord = 3, true
	head, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("分类表无法读取：%w", err)
	}
	if head[0] != "level1" || head[1] != "level2" || head[2] != "level3" {
		return nil, errors.New("分类表的表头应为 level1,level2,level3")
	}
	var all []Entry
	seen := map[Entry]bool{}
	for line := 2; ; line++ {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("分类表第 %d 行：%w", line, err)
		}
		e := Entry{strings.TrimSpace(record[0]), strings.TrimSpace(record[1]), strings.TrimSpace(record[2])}
		if err := e.check(); err != nil {
			return nil, fmt.Errorf("分类表第 %d 行：%w", line, err)
		}
		if !seen[e] {
			seen[e] = true
			all = append(all, e)
		}
		if len(all) > maxEntries || limited.N == 0 {
			return nil, errors.New("分类表过大")
		}
	}
	if len(all) == 0 {
		return nil, errors.New("分类表没有内容")
	}
	return all, nil
}

func (e Entry) check() error {
	for _, name := range []string{e.Level1, e.Level2, e.Level3} {
		if !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxRunes {
			return errors.New("名称过长或有无法识别的字符")
		}
	}
	if e.Level1 == "" || e.Level2 == "" {
		return errors.New("一级和二级不能为空")
	}
	return nil
}

// skipMark passes over the mark that some programs put before UTF-8.
func skipMark(from io.Reader) io.Reader {
	r := bufio.NewReader(from)
	if mark, err := r.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		_, _ = r.Discard(3)
	}
	return r
}
