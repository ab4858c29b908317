package importer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"shangda/services/clues"
)

// A record is at most this long: a body of the largest clue in UTF-8 with room for quotes, and nothing more.
const maxRecord = 64 << 10

// The columns that are used; others may stand beside them and are not read (authors and their likes stay outside).
var columns = []string{"message_id", "sent_at", "title", "body"}

var errUnclosed = errors.New("引号没有闭合")

// records reads a CSV file record by record within fixed memory. A quote that is never closed costs its own line and no
// other: the following lines are read as if it had not been there.
type records struct {
	in      *bufio.Reader
	pending []line // lines given back after a record that did not close
	last    int    // number of the last line read from in
	at      map[string]int
	width   int
}

type line struct {
	no   int
	text []byte
	err  error
}

// newRecords reads the header. An error where it does not name the columns.
func newRecords(in io.Reader) (*records, error) {
	r := &records{in: bufio.NewReaderSize(in, maxRecord), at: map[string]int{}}
	no, header, err := r.read()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("文件是空的")
		}
		return nil, fmt.Errorf("第 %d 行（表头）：%w", max(no, 1), err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	for i, name := range header {
		r.at[strings.TrimSpace(name)] = i
	}
	for _, name := range columns {
		if _, ok := r.at[name]; !ok {
			return nil, fmt.Errorf("表头缺少 %s 列（应有 %s）", name, strings.Join(columns, "、"))
		}
	}
	r.width = len(header)
	return r, nil
}

// next gives the next message and the line it begins on; io.EOF at the end, any other error is of this record alone.
func (r *records) next() (int, clues.NewClue, error) {
	no, fields, err := r.read()
	if err != nil {
		return no, clues.NewClue{}, err
	}
	n := clues.NewClue{SourceKind: clues.CitizenMessage, SourceRef: strings.TrimSpace(fields[r.at["message_id"]]),
		Title: fields[r.at["title"]], Body: fields[r.at["body"]]}
	if n.SourceRef == "" {
		return no, n, errors.New("没有编号（message_id）")
	}
	if n.ReceivedAt, err = time.Parse(time.RFC3339, strings.TrimSpace(fields[r.at["sent_at"]])); err != nil {
		return no, n, errors.New("时间（sent_at）格式不正确")
	}
	return no, n, nil
}

// read gives the fields of the next record that is not blank. A record of several lines that is none after all costs its
// first line only: the others are given back and read by themselves.
func (r *records) read() (int, []string, error) {
	first := r.line()
	for first.err == nil && len(bytes.TrimSpace(first.text)) == 0 {
		first = r.line()
	}
	if first.err != nil {
		return first.no, nil, first.err
	}
	lines, text := []line{first}, slices.Clone(first.text)
	for open := odd(first.text); open; {
		more := r.line()
		lines = append(lines, more)
		if more.err != nil || len(text)+len(more.text) > maxRecord {
			r.giveBack(lines[1:])
			return first.no, nil, errUnclosed
		}
		text = append(text, more.text...)
		open = open != odd(more.text)
	}
	fields, err := r.parse(text)
	if err != nil {
		r.giveBack(lines[1:])
	}
	return first.no, fields, err
}

func odd(text []byte) bool { return bytes.Count(text, []byte{'"'})%2 == 1 }

func (r *records) giveBack(lines []line) { r.pending = append(slices.Clone(lines), r.pending...) }

func (r *records) parse(text []byte) ([]string, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("不是 UTF-8 编码")
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
	fields, err := reader.Read()
	if err != nil {
		return nil, errors.New("引号用法不正确")
	}
	if r.width > 0 && len(fields) != r.width {
		return nil, fmt.Errorf("列数不对：应为 %d 列，实为 %d 列", r.width, len(fields))
	}
	return fields, nil
}

// line gives the next line with its end; a line longer than a record is an error of its own.
func (r *records) line() line {
	if len(r.pending) > 0 {
		l := r.pending[0]
		r.pending = r.pending[1:]
		return l
	}
	text, err := r.in.ReadSlice('\n')
	if len(text) == 0 && err != nil {
		return line{no: r.last + 1, err: err}
	}
	r.last++
	l := line{no: r.last, text: slices.Clone(text)}
	if errors.Is(err, bufio.ErrBufferFull) {
		l.text, l.err = nil, errors.New("这一行太长")
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = r.in.ReadSlice('\n')
		}
	}
	return l
}
