package issues

import (
	"fmt"
	"strings"
	"time"

	"shangda/internal/docx"
	"shangda/services/documents"
)

var ordinals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

// ordinal is a number as official texts count: 一 … 三十.
func ordinal(n int) string {
	switch {
	case n <= 10:
		return ordinals[n-1]
	case n < 20:
		return "十" + ordinals[n-11]
	case n%10 == 0:
		return ordinals[n/10-1] + "十"
	}
	return ordinals[n/10-1] + "十" + ordinals[n%10-1]
}

// chineseDate is 2026年11月25日.
func chineseDate(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format("2006年1月2日")
}

func (p Print) unit(tenant string) string {
	if p.Head.Unit != "" {
		return p.Head.Unit
	}
	return tenant
}

func (p Print) red() string {
	return Journal{JournalInput: JournalInput{Name: p.Journal, Head: p.Head}}.title()
}

// serial is 第3期, with the running number where the journal shows it.
func (p Print) serial() string {
	serial := fmt.Sprintf("第 %d 期", p.No)
	if p.Head.Total {
		serial += fmt.Sprintf("（总第 %d 期）", p.Total)
	}
	return serial
}

func (p Print) copies() string {
	if p.Copies == 0 {
		return ""
	}
	return fmt.Sprintf("共印%d份", p.Copies)
}

// document is the issue in the layout of GB/T 9704. note is printed in its head where it is no issue in force.
func (p Print) document(tenant, watermark, note string) docx.Document {
	d := documents.Paper(p.Title, watermark)
	head := documents.Masthead{Kind: p.Head.Style, Name: p.red(), Size: p.Head.Size, Note: p.Head.Note, Serial: p.serial() + note, Unit: p.unit(tenant),
		Date: chineseDate(p.Dated), Signer: p.Signer}
	if p.Head.Style == documents.HeadLetter {
		d.Numbers.Skip, d.Numbers.Rule = true, documents.LetterFoot()
	}
	d.Blocks = append(head.Blocks(), documents.Heading(p.Title)...)
	if len(p.Items) == 1 {
		d.Blocks = append(d.Blocks, p.single(p.Items[0])...)
	} else {
		d.Blocks = append(d.Blocks, documents.Body(p.Intro)...)
		for i, item := range p.Items {
			d.Blocks = append(d.Blocks, p.section(i+1, item)...)
		}
	}
	d.Foot = documents.Imprint{To: [][2]string{{"报", p.ReportTo}, {"送", p.SendTo}, {"发", p.IssueTo}}, Office: p.unit(tenant), Date: chineseDate(p.Dated) + "印发", Copies: p.copies()}.Box()
	return d
}

func (p Print) single(item Item) []docx.Block {
	var blocks []docx.Block
	if by := item.by(); p.Head.Byline && by != "" {
		blocks = append(blocks, documents.Byline(by))
	}
	blocks = append(blocks, documents.Body(p.Intro)...)
	return append(blocks, documents.Body(item.text(p.Head.Plain, "%s、%s"))...)
}

// section is one report of several.
func (p Print) section(no int, item Item) []docx.Block {
	blocks := []docx.Block{documents.Section(ordinal(no) + "、" + item.heading())}
	if by := item.by(); p.Head.Byline && by != "" {
		blocks = append(blocks, documents.Byline("（"+by+"）"))
	}
	return append(blocks, documents.Body(item.text(p.Head.Plain, "（%s）%s"))...)
}

func (i Item) heading() string {
	if i.Heading != "" {
		return i.Heading
	}
	return i.Title
}

// by is whose report it is: the unit it came from, post and name.
func (i Item) by() string {
	return strings.Join(strings.Fields(strings.Join([]string{i.Unit, i.AuthorTitle, i.AuthorName}, " ")), " ")
}

// text is the whole text, its parts named by number unless plain, or the writer has numbered it himself.
func (t Text) text(plain bool, pattern string) string {
	parts := []struct{ name, text string }{{"情况反映", t.Problem}, {"原因分析", t.Cause}, {"对策建议", t.Advice}}
	written := 0
	for _, part := range parts {
		if part.text != "" {
			written++
		}
		plain = plain || strings.HasPrefix(part.text, "一、") || strings.Contains(part.text, "\n一、")
	}
	var b strings.Builder
	no := 0
	for _, part := range parts {
		if part.text == "" {
			continue
		}
		if no++; !plain && written > 1 {
			fmt.Fprintf(&b, pattern+"\n", ordinal(no), part.name)
		}
		b.WriteString(part.text + "\n")
	}
	return strings.TrimSpace(b.String())
}

// values are what a template of an issue is filled with.
func (p Print) values(tenant, note string) docx.Values {
	v := docx.Values{All: map[string]string{
		"刊名": p.red(), "期号": p.serial() + note, "年": fmt.Sprint(p.Year), "期": fmt.Sprint(p.No), "总期": fmt.Sprint(p.Total), "单位": p.unit(tenant), "日期": chineseDate(p.Dated),
		"签发人": p.Signer, "标题": p.Title, "导语": p.Intro, "报": p.ReportTo, "送": p.SendTo, "发": p.IssueTo, "份数": p.copies(), "密级栏": p.Head.Note,
	}}
	var all []string
	for i, item := range p.Items {
		pattern := "%s、%s"
		if len(p.Items) > 1 {
			pattern = "（%s）%s"
			all = append(all, ordinal(i+1)+"、"+item.heading())
		}
		text := item.text(p.Head.Plain, pattern)
		all = append(all, text)
		v.Items = append(v.Items, map[string]string{"篇标题": item.heading(), "篇作者": item.by(), "篇正文": text, "篇序号": ordinal(i + 1)})
	}
	v.All["正文"] = strings.Join(all, "\n")
	return v
}
