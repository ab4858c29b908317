package hints

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// sections names what is empty: a warning where the tenant asks for it, a remark elsewhere (S2: 不只报建议、更要提问题).
func sections(t Text, r Rules) []Hint {
	var all []Hint
	for _, p := range t.parts()[:4] {
		if !blank(p.text) {
			continue
		}
		must := p.name == Title || p.name == Problem || slices.Contains(r.Required, p.name)
		severity, suggestion := Note, "本单位允许只报问题；能写明会更有用。"
		switch {
		case must:
			severity, suggestion = Warn, "提交前须写明。"
		case p.name == Cause && blank(t.Problem), p.name == Advice && blank(t.Problem):
			continue // nothing has been written yet
		}
		all = append(all, p.whole("missing_section", severity, "还没有写"+sectionText[p.name], suggestion))
	}
	if slices.Contains(r.Required, Evidence) && blank(t.Evidence) {
		all = append(all, part{Evidence, ""}.whole("missing_section", Warn, "还没有写数据与来源", "提交前须写明。"))
	}
	return all
}

func lengths(t Text, r Rules) []Hint {
	n := 0
	for _, p := range t.body() {
		n += utf8.RuneCountInString(strings.TrimSpace(p.text))
	}
	problem := part{Problem, t.Problem}
	switch {
	case r.MaxText > 0 && n > r.MaxText:
		return []Hint{problem.whole("too_long", Warn, fmt.Sprintf("全文 %d 字，超过来稿上限 %d 字", n, r.MaxText), "删去背景和重复，只留事实、原因和建议。")}
	case r.GoodText > 0 && n > r.GoodText:
		return []Hint{problem.whole("too_long", Note, fmt.Sprintf("全文 %d 字，编发时一般不超过 %d 字", n, r.GoodText), "压缩到最要紧的内容，更容易被采用。")}
	}
	return nil
}

// What a title of this kind of report ends with or says.
var titlePattern = regexp.MustCompile(`^关于.+(?:建议|意见|情况|情况反映|问题|思考|反映|对策)$|建议$|亟待|亟需|亟须|应予|值得关注|需引起|应引起`)

func titles(t Text, r Rules) []Hint {
	if blank(t.Title) {
		return nil
	}
	p := part{Title, t.Title}
	title := strings.TrimSpace(t.Title)
	var all []Hint
	if n := utf8.RuneCountInString(title); r.GoodTitle > 0 && n > r.GoodTitle {
		all = append(all, p.whole("title_long", Note, fmt.Sprintf("标题 %d 字，%d 字以内为宜", n, r.GoodTitle), "只留对象和要办的事。"))
	}
	if !titlePattern.MatchString(title) {
		all = append(all, p.whole("title_pattern", Note, "标题没有写明是哪一类反映", "一般写作“关于……的建议”或“关于……的情况反映”。"))
	}
	return all
}

// Words with which a writer begins another matter, and titles that announce several.
var (
	nextMatter = regexp.MustCompile(`(?:另外|此外|还有|顺便|同时)[，,]?(?:再|还|也|又)?(?:想|要|需要)?(?:反映|投诉|咨询|说|提)(?:一个|一下|另)|还有(?:另)?(?:一件|一个|一桩)(?:事|事情|问题)|另(?:外)?(?:一件|一个)(?:事|事情)(?:是|就是|，)|第[二三四]件事|再反映(?:一|另)|(?:另|还)有一事`)
	manyTitle  = regexp.MustCompile(`(?:若干|几个|几件|两个|三个|多个|两件|三件)(?:事情|事|问题|诉求)|等(?:若干|几个|多个|诸多)问题`)
)

// matters warns of 一事一报 broken. It goes by what the writer says himself: topics guessed from words gave more false
// alarms than finds.
func matters(t Text, _ Rules) []Hint {
	const suggestion = "一事一报：每件事单独成篇，便于交办。"
	var all []Hint
	title := part{Title, t.Title}
	if at := manyTitle.FindStringIndex(title.text); at != nil {
		all = append(all, title.span("several_matters", Warn, at[0], at[1], "标题像是一次反映几件事", suggestion))
	}
	for _, p := range t.body() {
		if at := nextMatter.FindStringIndex(p.text); at != nil {
			all = append(all, p.span("several_matters", Warn, at[0], at[1], "从这里起像是另一件事", suggestion))
		}
	}
	return all
}
