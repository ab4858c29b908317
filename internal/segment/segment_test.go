package segment

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestChineseIsCutIntoWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"老旧小区加装电梯的建议":            "老 旧 小区 加装 电梯 建议",
		"Ａ５区２０２６年停车难":            "a5 区 2026 年 停车难",
		"编号 A1-2611-7K3M9Q，请查收！": "编号 a1-2611-7k3m9q 请 查收",
		"人力资源和社会保障局":             "人力资源 社会 保障局",
		"":                       "",
		"，。！ \n\t":               "",
		"PM2.5 超标":               "pm2.5 超标",
		"\xff\xfe坏字节\x00停车":      "坏 字节 停车",
	} {
		if got := strings.Join(Words(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTermsHoldTheShorterWords(t *testing.T) {
	t.Parallel()
	terms := Terms("社会保障与停车难，编号A1-2611-7K3M9Q")
	for _, want := range []string{"社会", "保障", "社会保障", "停车", "停车难", "a1-2611-7k3m9q", "7k3m9q"} {
		if !slices.Contains(terms, want) {
			t.Errorf("%s is missing in %v", want, terms)
		}
	}
}

// A text is found by whatever stands in it: each word of a question cut out of a text is met by the text's own terms.
func TestATextAnswersQuestionsAboutItself(t *testing.T) {
	t.Parallel()
	const text = "桂溪大学城毕业生就业难，幸福里社区老旧小区加装电梯进展缓慢，停车位不足；社会保障卡补办须往返人力资源局两次。"
	terms := map[string]bool{}
	for _, term := range Terms(text) {
		terms[term] = true
	}
	for _, question := range []string{"大学城 毕业生", "停车", "加装电梯", "社会保障", "人力资源", "老旧小区"} {
		for _, a := range Question(question) {
			met := terms[a.Word]
			if !met && len(a.Parts) > 0 {
				met = true
				for _, p := range a.Parts {
					met = met && terms[p]
				}
			}
			if !met {
				t.Errorf("%q: %+v is not in the text", question, a)
			}
		}
	}
	if q := Question("停车难"); len(q) != 1 || !slices.Contains(q[0].Parts, "停车") || !slices.Contains(q[0].Parts, "难") {
		t.Errorf("%+v", q)
	}
	if q := Question("的"); len(q) != 1 {
		t.Errorf("a stop word alone is looked for: %+v", q)
	}
}

func TestNamesAreFoundInWholeAndInPart(t *testing.T) {
	t.Parallel()
	if got := strings.Join(Name("张 卫国"), " "); got != "张卫国 张 卫 国 张卫 卫国" {
		t.Error(got)
	}
	if Name(" ") != nil {
		t.Error("no name has no terms")
	}
}

// Whatever comes in, cutting ends, and gives valid text without stop words.
func TestAnythingCanBeCut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		for _, w := range append(Words(text), Terms(text)...) {
			if w == "" || !utf8.ValidString(w) || stops[w] {
				t.Fatalf("%q gives %q", text, w)
			}
		}
		Question(text)
	})
}
