package documents_test

import (
	"testing"

	"shangda/services/documents"
)

func TestMarkings(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"机密★1年", "关于某事的报告\n绝 密\n正文", "密级：秘密", "【机密】会议纪要", "(秘密)", "秘密 特急", "机\u200b密★长期", "内容\n  机密　\r\n"} {
		if !documents.Marked(text) {
			t.Errorf("%q passes", text)
		}
	}
	for _, text := range []string{"", "泄露商业秘密罪", "以商业机密为由拒绝提供", "保守秘密、热情周到", "与真题一样的绝密纸条", "何来机密可言", "可以发现秘密！"} {
		if documents.Marked(text) {
			t.Errorf("%q is refused", text)
		}
	}
	for _, name := range []string{"机密文件.pdf", "绝密.docx", "秘密★附件.png", "会议纪要（机密）.pdf", "2026-机密-纪要.pdf"} {
		if !documents.MarkedName(name) {
			t.Errorf("file %q passes", name)
		}
	}
	for _, name := range []string{"关于商业秘密保护的建议.docx", "现场照片.jpg", "保密教育.pdf"} {
		if documents.MarkedName(name) {
			t.Errorf("file %q is refused", name)
		}
	}
}

func TestWhatNobodySeesIsDropped(t *testing.T) {
	t.Parallel()
	const written = "  关于\u200b停车难\ufeff的\t建议\r\n一、\u202e问题\r二、\x00原因 \xff "
	if got, want := documents.Clean(written, true), "关于停车难的\t建议\n一、问题\n二、原因"; got != want {
		t.Errorf("with lines %q, want %q", got, want)
	}
	if got, want := documents.Line(written), "关于停车难的 建议 一、问题 二、原因"; got != want {
		t.Errorf("on one line %q, want %q", got, want)
	}
}
