package documents_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shangda/internal/docx"
	"shangda/services/documents"
)

func revisions(texts ...string) []documents.Revision {
	var list []documents.Revision
	for i, text := range texts {
		list = append(list, documents.Revision{By: []string{"李明", "王芳", "张伟", "刘洋"}[i%4], At: time.Date(2026, 11, 30, 8+i, 0, 0, 0, time.UTC), Text: text})
	}
	return list
}

// settled is what stands of the paragraphs when all changes are accepted, or all refused.
func settled(blocks []docx.Block, accepted bool) string {
	stands := func(c *docx.Change) bool { return c == nil || c.Struck != accepted }
	var b strings.Builder
	for i, block := range blocks {
		p := block.(docx.Paragraph)
		for _, r := range p.Runs {
			if stands(r.Change) {
				b.WriteString(r.Text)
			}
		}
		if i < len(blocks)-1 && stands(p.Mark) {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// told are the changes as a reader of the file sees them.
func told(blocks []docx.Block) []string {
	var list []string
	for _, block := range blocks {
		p := block.(docx.Paragraph)
		for _, r := range p.Runs {
			if r.Change != nil {
				list = append(list, map[bool]string{true: "删", false: "增"}[r.Change.Struck]+" "+r.Change.By+" "+r.Text)
			}
		}
		if p.Mark != nil {
			list = append(list, map[bool]string{true: "并段", false: "分段"}[p.Mark.Struck]+" "+p.Mark.By)
		}
	}
	return list
}

func TestEveryChangeHasItsWriter(t *testing.T) {
	t.Parallel()
	blocks := documents.RevisedBody(revisions(
		"　　老旧小区停车难。\n\n建议增设车位。",
		"老旧小区停车难，居民反映强烈。\n建议增设车位。",
		"老旧小区停车难，群众反映强烈。\n一是挖掘存量。\n建议增设泊位。",
	))
	want := []string{"增 王芳 ，", "增 张伟 群众", "增 王芳 反映强烈", "增 张伟 一是挖掘存量。", "分段 张伟", "删 张伟 车", "增 张伟 泊"}
	if got := told(blocks); !slices.Equal(got, want) {
		t.Errorf("told %q\nwant %q", got, want)
	}
	if at := blocks[0].(docx.Paragraph).Runs[1].Change.At; at != "2026-11-30T09:00:00Z" {
		t.Errorf("changed at %s", at)
	}
}

// Accepting every change gives the last text, refusing every one the first, whatever was written between.
func TestChangesLoseNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringOfN(rapid.RuneFrom([]rune("老旧小区停车难一、（二）。；ab1😀")), 1, 12, -1)
		text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(line, 1, 5).Draw(t, "lines"), "\n") })
		texts := rapid.SliceOfN(text, 1, 5).Draw(t, "texts")
		blocks := documents.RevisedBody(revisions(texts...))
		if got := settled(blocks, true); got != texts[len(texts)-1] {
			t.Fatalf("accepted %q, want %q", got, texts[len(texts)-1])
		}
		if got := settled(blocks, false); got != texts[0] {
			t.Fatalf("refused %q, want %q", got, texts[0])
		}
	})
}
