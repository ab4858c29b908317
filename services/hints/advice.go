package hints

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Ways to number: each family gives the number as its group.
var families = []*regexp.Regexp{
	regexp.MustCompile(`([一二三四五六七八九十])、`),
	regexp.MustCompile(`[（(]([一二三四五六七八九十])[）)]`),
	regexp.MustCompile(`([一二三四五六七八九十])是`),
	regexp.MustCompile(`[（(]?(\d{1,2})(?:[、．]|[)）]|\.)`),
	regexp.MustCompile(`第([一二三四五六七八九十])[，,、：:]`),
	regexp.MustCompile(`([①②③④⑤⑥⑦⑧⑨])`),
}

var ordinals = func() map[string]int {
	all := map[string]int{}
	for i, r := range []rune("一二三四五六七八九十") {
		all[string(r)] = i + 1
	}
	for i, r := range []rune("①②③④⑤⑥⑦⑧⑨") {
		all[string(r)] = i + 1
	}
	for i := range 20 {
		all[strconv.Itoa(i)] = i
	}
	return all
}()

// item is one numbered point of a section, in bytes.
type item struct{ from, to int }

// numbered cuts a text at its outermost numbers: those that begin first and count 1, 2, 3 …; none where it is not numbered.
func numbered(text string) []item {
	var best []item
	for _, family := range families {
		var marks []int
		for _, m := range family.FindAllStringSubmatchIndex(text, -1) {
			decimal := m[1] < len(text) && text[m[1]-1] == '.' && text[m[1]] >= '0' && text[m[1]] <= '9'
			if ordinals[text[m[2]:m[3]]] == len(marks)+1 && begins(text[:m[0]]) && !decimal {
				marks = append(marks, m[0])
			}
		}
		if len(marks) < 2 || len(best) > 0 && best[0].from <= marks[0] {
			continue
		}
		best = best[:0]
		for i, from := range marks {
			to := len(text)
			if i+1 < len(marks) {
				to = marks[i+1]
			}
			best = append(best, item{from, to})
		}
	}
	return best
}

// begins tells whether a point can begin here: 统一是 is no 一是.
func begins(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || unicode.IsSpace(r) || unicode.IsPunct(r)
}

// unanswered warns of a numbered problem that shares no word of its own with the advice (S12: 建议意见要与问题相呼应).
func unanswered(t Text, _ Rules) []Hint {
	problems := numbered(t.Problem)
	if len(problems) < 2 || blank(t.Advice) {
		return nil
	}
	advice := words(t.Advice)
	p := part{Problem, t.Problem}
	var all []Hint
	for i, one := range problems {
		own := words(t.Problem[one.from:one.to])
		if len(own) < 4 || shared(own, advice) {
			continue
		}
		all = append(all, p.span("advice_unmatched", Warn, one.from, one.to, fmt.Sprintf("第 %d 个问题没有对应的建议", i+1),
			"在建议里写明针对“"+excerpt(t.Problem[one.from:one.to])+"”由谁做什么。"))
	}
	return all
}

// words are the pairs of neighbouring Chinese characters that carry meaning: a matter's name is among them whatever the
// segmentation.
func words(text string) map[string]bool {
	all := map[string]bool{}
	var last rune
	for _, r := range text {
		if unicode.Is(unicode.Han, r) && unicode.Is(unicode.Han, last) {
			if pair := string([]rune{last, r}); !common[pair] && !strings.ContainsAny(pair, function) {
				all[pair] = true
			}
		}
		last = r
	}
	return all
}

func shared(a, b map[string]bool) bool {
	for word := range a {
		if b[word] {
			return true
		}
	}
	return false
}

// Characters that join words, and pairs that every report has.
const function = "的了在是和与及对把被由从向为于以而或也都就还又再很更最不没有无未能可应将已并等其这那该各每一二三四五六七八九十两几多少些个上下中内外前后时间年月日"

var common = func() map[string]bool {
	all := map[string]bool{}
	for _, pair := range strings.Fields(`建议 问题 部分 存在 加强 进行 工作 管理 相关 部门 情况 单位 措施 落实 推进 提高 提升 完善 建立 健全 制度 机制 政策 规范 统一 明确 落后 缺乏 缺少 不足
		困难 严重 目前 现有 现行 使用 要求 标准 服务 发展 建设 群众 居民 人员 企业 社会 政府 地方 方面 实际 主要 需要 导致 造成 影响 加大 力度 强化 监督 组织 开展 实施 具体 责任`) {
		all[pair] = true
	}
	return all
}()

// excerpt is the beginning of a point without its number.
func excerpt(text string) string {
	for _, family := range families {
		if at := family.FindStringIndex(text); at != nil && at[0] == 0 {
			text = text[at[1]:]
			break
		}
	}
	runes := []rune(strings.TrimLeft(text, "，,、：: \n\t"))
	for i, r := range runes {
		if i == 16 || strings.ContainsRune("。；;，,\n", r) {
			return string(runes[:i])
		}
	}
	return string(runes)
}
