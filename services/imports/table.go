package imports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"shangda/internal/errs"
	"shangda/internal/ooxml"
)

// What of a table is read. Honest tables of so many rows stay far under the bounds on what they unpack to.
const (
	MaxRows     = 2000
	maxTable    = 10 << 20
	maxColumns  = 30
	maxUnpacked = 20 << 20
	maxHeld     = 4 << 20 // of a sheet: what is longer is read from a file
	maxOther    = 4 << 20 // of all the XML beside the sheets and their words
	maxElements = 150_000
)

// Cells is one row by the names of its columns.
type Cells map[string]string

// line is one row of a table as it was read: its number in the file, and its cells.
type line struct {
	No    int
	Cells Cells
}

// readTable reads the first sheet. The row with the names of the columns is looked for in the first ten; rows before it, such as
// a title, and empty rows are left out. All faults of the table itself are named at once.
func readTable(content io.ReaderAt, size int64, columns []column) ([]line, error) {
	if size > maxTable {
		return nil, errs.New(errs.TooLarge, "表格不能超过 %d MB", maxTable>>20)
	}
	lean, err := measure(content, size)
	if err != nil {
		return nil, tableFault(err)
	}
	file, err := excelize.OpenReader(lean, excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxHeld, RawCellValue: true})
	if err != nil {
		return nil, tableFault(err)
	}
	defer func() { _ = file.Close() }()
	sheets := file.GetSheetList()
	if len(sheets) == 0 {
		return nil, tableFault(ooxml.ErrFormat)
	}
	rows, err := file.Rows(sheets[0])
	if err != nil {
		return nil, tableFault(err)
	}
	defer func() { _ = rows.Close() }()
	return collect(rows, columns)
}

func collect(rows *excelize.Rows, columns []column) ([]line, error) {
	var names []string
	var found []line
	for no := 1; rows.Next(); no++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, tableFault(err)
		}
		cells = cells[:min(len(cells), maxColumns)]
		switch {
		case names == nil:
			if names, err = header(cells, columns); err != nil {
				return nil, err
			}
			if names == nil && no >= 10 {
				return nil, errs.InvalidField("attachment", "没有找到表头，请使用下载的模板")
			}
		case !empty(cells):
			if len(found) == MaxRows {
				return nil, errs.InvalidField("attachment", "一次最多导入 %d 行，请分成几个文件", MaxRows)
			}
			found = append(found, line{No: no, Cells: named(names, cells)})
		}
	}
	if err := rows.Error(); err != nil {
		return nil, tableFault(err)
	}
	if len(found) == 0 {
		return nil, errs.InvalidField("attachment", "表格里没有数据行")
	}
	return found, nil
}

// header is the names of the columns where the row is the one that has them, nil where it is not. It lacks no required one.
func header(cells []string, columns []column) ([]string, error) {
	names, known := make([]string, len(cells)), 0
	for i, cell := range cells {
		names[i] = strings.TrimRight(strings.TrimSpace(cell), "*＊ ")
		if slices.ContainsFunc(columns, func(c column) bool { return c.Name == names[i] }) {
			known++
		}
	}
	if known < 2 {
		return nil, nil
	}
	var missing []string
	for _, c := range columns {
		if c.Required && !slices.Contains(names, c.Name) {
			missing = append(missing, "“"+c.Name+"”")
		}
	}
	if len(missing) > 0 {
		return nil, errs.InvalidField("attachment", "缺少列：%s，请使用下载的模板", strings.Join(missing, "、"))
	}
	return names, nil
}

func empty(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

func named(names, cells []string) Cells {
	row := Cells{}
	for i, name := range names {
		if i < len(cells) && name != "" {
			if text := strings.TrimSpace(cells[i]); text != "" {
				row[name] = text
			}
		}
	}
	return row
}

// measure reads the XML of the table once as a stream: what has more elements than an honest table would cost too much memory
// where it is read as a whole. It gives the table with nothing in it but that XML, without its pictures.
func measure(content io.ReaderAt, size int64) (io.Reader, error) {
	file, err := ooxml.Open(content, size)
	if err != nil {
		return nil, err
	}
	if file.Kind != ooxml.Spreadsheet {
		return nil, ooxml.ErrFormat
	}
	elements, other := 0, uint64(0)
	var lean bytes.Buffer
	w := zip.NewWriter(&lean)
	for _, entry := range file.Entries() {
		if !strings.HasSuffix(entry.Name, ".xml") && !strings.HasSuffix(entry.Name, ".rels") {
			continue
		}
		if !strings.HasPrefix(entry.Name, "xl/worksheets/sheet") && entry.Name != "xl/sharedStrings.xml" {
			if other += entry.UncompressedSize64; other > maxOther {
				return nil, ooxml.ErrTooLarge
			}
		}
		err := file.Walk(entry.Name, ooxml.MaxPart, func(token xml.Token) error {
			if start, ok := token.(xml.StartElement); ok {
				if elements += 1 + len(start.Attr); elements > maxElements*2 {
					return ooxml.ErrTooLarge
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if err := w.Copy(entry); err != nil {
			return nil, ooxml.ErrFormat
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return &lean, nil
}

func tableFault(err error) error {
	if errors.Is(err, ooxml.ErrTooLarge) {
		return errs.New(errs.TooLarge, "表格内容过大，一次最多导入 %d 行", MaxRows)
	}
	if errors.Is(err, ooxml.ErrMacro) {
		return errs.InvalidField("attachment", "不接受带宏的表格")
	}
	return errs.InvalidField("attachment", "不是有效的 Excel（xlsx）文件")
}

// day reads a date as people write it, or as a spreadsheet counts it.
func day(text string) (time.Time, bool) {
	if serial, err := strconv.ParseFloat(text, 64); err == nil && serial > 18_000 && serial < 80_000 {
		at, err := excelize.ExcelDateToTime(serial, false)
		return at, err == nil
	}
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102", "2006-1-2 15:04", "2006-1-2 15:04:05"} {
		if at, err := time.ParseInLocation(layout, text, shanghai); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)
