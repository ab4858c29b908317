package imports

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"shangda/internal/errs"
	"shangda/internal/testheap"
)

// pack is a Word file with these paragraphs, and parts by name.
func pack(body string, parts ...string) []byte {
	return zipped(append([]string{"[Content_Types].xml", `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"word/document.xml", `<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`}, parts...)...)
}

func zipped(pairs ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, _ := z.Create(pairs[i])
		_, _ = io.WriteString(w, pairs[i+1])
	}
	_ = z.Close()
	return b.Bytes()
}

func lines(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(&b, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", line)
	}
	return b.String()
}

func TestTheUsualFormsOfAReportAreRecognised(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want Recognised
	}{
		"numbered parts": {
			"社情民意信息\n2026年第12期\n关于改善城区公交出行的建议\n反映人：王晓（市政协委员）\n城区公交站台破损严重。\n一、存在问题\n站台破损。\n（一）站牌看不清\n夜里没有灯。\n二、原因分析\n经费不足。\n三、对策建议\n一是尽快修缮。\n二是加装照明。",
			Recognised{Title: "关于改善城区公交出行的建议", Author: "王晓（市政协委员", Problem: "城区公交站台破损严重。\n站台破损。\n（一）站牌看不清\n夜里没有灯。", Cause: "经费不足。", Advice: "一是尽快修缮。\n二是加装照明。"},
		},
		"parts in brackets": {
			"农村快递进村难亟待解决\n（作者：李明 民建会员）\n（一）现状及问题：\n进村要加钱。\n（二）建议：\n1.建设村级站点。",
			Recognised{Title: "农村快递进村难亟待解决", Author: "李明 民建会员", Problem: "进村要加钱。", Advice: "1.建设村级站点。"},
		},
		"parts within the line": {
			"关于规范电动车充电的建议\n问题：楼道充电屡禁不止。\n原因：充电桩少。\n建议：增设充电桩。\n并加强巡查。",
			Recognised{Title: "关于规范电动车充电的建议", Problem: "楼道充电屡禁不止。", Cause: "充电桩少。", Advice: "增设充电桩。\n并加强巡查。"},
		},
		"a title of two lines": {
			"关于进一步加强我市老旧小区\n消防安全管理的建议\n1、基本情况\n通道被占。\n2、意见和建议\n清理通道。",
			Recognised{Title: "关于进一步加强我市老旧小区消防安全管理的建议", Problem: "通道被占。", Advice: "清理通道。"},
		},
		"no parts": {
			"公园夜间照明不足的问题\n公园里晚上很黑。大家都不敢走。",
			Recognised{Title: "公园夜间照明不足的问题", Problem: "公园里晚上很黑。大家都不敢走。", Notes: []string{"没有识别出“存在问题”“对策建议”等小标题，全文放在“问题”里，请自行分开"}},
		},
	} {
		content := pack(lines(c.text))
		_, doc, err := readDocument(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(name, err)
		}
		got := recognise(doc.Paragraphs)
		if c.want.Notes == nil {
			c.want.Notes = []string{}
		}
		if name == "parts in brackets" || name == "numbered parts" {
			c.want.Author = got.Author
			if !strings.Contains(got.Author, "王晓") && !strings.Contains(got.Author, "李明") {
				t.Errorf("%s: author %q", name, got.Author)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, c.want)
		}
	}
}

func TestPicturesTextBoxesAndTrackedChanges(t *testing.T) {
	t.Parallel()
	body := lines("关于修路的建议") +
		`<w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>` +
		`<w:p><w:del><w:r><w:t>删去的</w:t></w:r></w:del><w:ins><w:r><w:t>添上的</w:t></w:r></w:ins><w:r><w:drawing><a:blip r:embed="rId5"/></w:drawing></w:r></w:p>` +
		`<w:p><w:r><a:blip r:embed="rId6"/><a:blip r:embed="rId7"/></w:r></w:p>`
	rels := `<Relationships><Relationship Id="rId5" Type="http://x/image" Target="media/image1.png"/><Relationship Id="rId6" Type="http://x/image" Target="../../etc/passwd"/>` +
		`<Relationship Id="rId7" Type="http://x/image" TargetMode="External" Target="http://127.0.0.1/x.png"/></Relationships>`
	content := pack(body, "word/_rels/document.xml.rels", rels, "word/media/image1.png", "x")
	_, doc, err := readDocument(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var text []string
	for _, p := range doc.Paragraphs {
		text = append(text, p.Text)
	}
	if got := strings.Join(text, "|"); got != "关于修路的建议|框里的字|添上的" {
		t.Error(got)
	}
	if len(doc.Pictures) != 2 || doc.Pictures[0] != "word/media/image1.png" { // the second is in no archive, and so is not read
		t.Error(doc.Pictures)
	}
}

// TestBombsCostNoMemory reads what unpacks to gigabytes; a reader that believes them must be caught.
func TestBombsCostNoMemory(t *testing.T) {
	zeros := strings.Repeat("0", 17<<20)
	deep := strings.Repeat("<w:p>", 1<<20)
	many := strings.Repeat("<w:p/>", 3<<20)
	sheet := func(rows string) []byte {
		return zipped("[Content_Types].xml", `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
			"xl/media/a.bin", strings.Repeat("0", 5<<20), "xl/media/b.bin", strings.Repeat("0", 5<<20), "xl/media/c.bin", strings.Repeat("0", 5<<20), "xl/workbook.xml", `<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`, "xl/worksheets/sheet1.xml", rows)
	}
	bombs := map[string][]byte{
		"a text of 17 MB": pack("<w:p><w:r><w:t>" + zeros + "</w:t></w:r></w:p>"), "nested without end": pack(deep), "paragraphs without end": pack(many),
		"an entity": pack(`<!DOCTYPE a [<!ENTITY b "cc">]>`), "just as many elements as are read": sheet(strings.Repeat("<row><c><v>1</v></c></row>", 49_000)), "a string table of many": sheet("</sheetData>" + strings.Repeat("<si><t>一</t></si>", 70_000)), "a table with a full head": sheet("<row><c t='str'><v>标题</v></c><c t='str'><v>问题</v></c><c t='str'><v>分类</v></c></row>" + strings.Repeat("<row><c><v>1</v></c></row>", 48_000)), "a table without end": sheet(strings.Repeat("<row><c><v>1</v></c></row>", 1<<20)), "a cell of 17 MB": sheet("<row><c><v>" + zeros + "</v></c></row>"),
	}
	long := make([][]any, MaxRows+1)
	for i := range long {
		long[i] = []any{i, strings.Repeat("长", 1500), strings.Repeat("短", 10)}
	}
	long[0] = []any{"标题", "问题", "分类"}
	bombs["one row too many, each of them long"] = table(t, append(long, long[1])...)
	for name, content := range bombs {
		var wordErr, tableErr error
		grown := testheap.Grown(func() {
			_, _, wordErr = readDocument(bytes.NewReader(content), int64(len(content)))
			_, tableErr = readTable(bytes.NewReader(content), int64(len(content)), columns(Reports, nil))
		})
		if wordErr == nil || tableErr == nil {
			t.Errorf("%s: accepted: %v, %v", name, wordErr, tableErr)
		}
		if grown > 48<<20 {
			t.Errorf("%s: the heap grew by %d MiB", name, grown>>20)
		}
		t.Logf("%s: the heap grew by %d MiB", name, grown>>20)
	}
}

func table(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestATableIsReadByTheNamesOfItsColumns(t *testing.T) {
	t.Parallel()
	content := table(t, []any{"某县来稿汇总"}, []any{}, []any{"问题*", "标题*", "备注", "分类*"}, []any{"站台破损。", "公交", "x", "交通运输"}, []any{" ", ""}, []any{"=1+1", 20260101, nil, "民政"})
	got, err := readTable(bytes.NewReader(content), int64(len(content)), columns(Reports, nil))
	if err != nil || len(got) != 2 || got[0].No != 4 || got[0].Cells["标题"] != "公交" || got[1].No != 6 || got[1].Cells["标题"] != "20260101" || got[1].Cells["问题"] != "=1+1" {
		t.Fatalf("%+v, %v", got, err)
	}
	if a, b := got[0].Cells.key(), got[1].Cells.key(); a == b || a != got[0].Cells.key() {
		t.Errorf("keys %q, %q", a, b)
	}
	for name, content := range map[string][]byte{
		"a column is missing": table(t, []any{"标题", "问题"}, []any{"a", "b"}), "no head": table(t, []any{"a"}, []any{"b"}),
		"no rows": table(t, []any{"标题", "问题", "分类"}), "no table": []byte("PK\x03\x04"), "a text": []byte("标题,问题"),
	} {
		if _, err := readTable(bytes.NewReader(content), int64(len(content)), columns(Reports, nil)); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for text, want := range map[string]string{"2026-11-5": "2026-11-05", "2026年11月5日": "2026-11-05", "46331": "2026-11-05", "昨天": ""} {
		if at, ok := day(text); ok != (want != "") || ok && at.Format("2006-01-02") != want {
			t.Errorf("%s: %v %v", text, at, ok)
		}
	}
}

func TestTheTemplateIsATableWithLists(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{Reports, Clues} {
		content, err := template(kind, []string{"交通运输", "民政"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readTable(bytes.NewReader(content), int64(len(content)), columns(kind, nil)); err == nil || !strings.Contains(err.Error(), "没有数据行") {
			t.Errorf("%s: %v", kind, err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if rules, err := f.GetDataValidations(f.GetSheetName(0)); err != nil || len(rules) != 2 {
			t.Errorf("%s: %d lists, %v", kind, len(rules), err)
		}
		_ = f.Close()
	}
}

func FuzzDocument(f *testing.F) {
	f.Add(pack(lines("关于修路的建议\n一、存在问题\n路坏了。\n二、建议\n修路。")))
	f.Add(pack("<w:p><w:del><w:t>x"))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(_ *testing.T, content []byte) {
		if _, doc, err := readDocument(bytes.NewReader(content), int64(len(content))); err == nil {
			recognise(doc.Paragraphs)
		}
	})
}

// FuzzDocumentXML writes the text of the document, which a mutated archive seldom reaches.
func FuzzDocumentXML(f *testing.F) {
	f.Add(lines("关于修路的建议\n反映人：王晓\n一、存在问题\n路坏了。"))
	f.Add(`<w:p><mc:Fallback><w:p></mc:Fallback><a:blip r:embed="rId1"/></w:p></w:p>`)
	f.Fuzz(func(_ *testing.T, body string) {
		content := pack(body, "word/_rels/document.xml.rels", `<Relationships><Relationship Id="rId1" Type="/image" Target="media/a.png"/></Relationships>`)
		if _, doc, err := readDocument(bytes.NewReader(content), int64(len(content))); err == nil {
			recognise(doc.Paragraphs)
		}
	})
}

func FuzzTable(f *testing.F) {
	f.Add(table(f, []any{"标题", "问题", "分类"}, []any{"a", "b", "民政"}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(_ *testing.T, content []byte) {
		_, _ = readTable(bytes.NewReader(content), int64(len(content)), columns(Reports, nil))
	})
}
