package imports

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Recognised is what a document was taken for, to be confirmed by a person. Notes say what was not clear.
type Recognised struct {
	Title   string   `json:"title"`
	Problem string   `json:"problem"`
	Cause   string   `json:"cause"`
	Advice  string   `json:"advice"`
	Author  string   `json:"author" doc:"反映人，文中写明时"`
	Notes   []string `json:"notes" doc:"没有把握的地方，请核对"`
}

var (
	numbering = regexp.MustCompile(`^(?:第?[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]、?|[0-9]{1,2}[、.．]|[（(][0-9]{1,2}[)）])\s*`)
	trailing  = "：:。.；; 　"
	authors   = regexp.MustCompile(`^[（(【]?\s*(?:第一)?(?:反映人|反映单位|报送单位|报送人|作\s*者|撰稿人?|供稿人?|提交人|建议人|来稿单位)\s*[:：]\s*([^）)】]{2,60})[）)】]?$`)
	bracketed = regexp.MustCompile(`^[（(]\s*(?:作者系?|反映人)?\s*[:：]?\s*([^（）()]{2,60}(?:委员|常委|盟员|会员|社员|党员|教授|主任|主席|副主席|律师|支部|支社|总支)[^（）()]{0,20})[）)]$`)
	titled    = regexp.MustCompile(`^关于.{2,60}$|^.{4,60}(?:的建议|的意见建议|的对策|的问题|问题及建议|的情况反映|值得关注|亟待.{2,12}|应予.{2,12})$`)
	heads     = regexp.MustCompile(`^(?:社情民意(?:信息)?|反映社情民意信息|信\s*息|情况反映|建言献策|第\s*\d+\s*期.*|\(?（?\d{4}年.*|.{2,20}(?:编|办公室|研究室|委员会))$`)
)

// The words that open a part, without numbering and punctuation.
var openings = map[string][]string{
	"problem": {"存在问题", "存在的问题", "存在的主要问题", "主要问题", "问题", "基本情况", "有关情况", "主要情况", "情况", "现状", "基本现状", "情况反映", "反映问题", "反映的问题", "问题反映",
		"背景", "现状及问题", "现状与问题", "现状和问题", "当前问题", "目前存在的问题", "当前存在的问题", "问题与不足", "问题和不足", "存在的不足", "问题现状", "突出问题"},
	"cause": {"原因", "原因分析", "问题原因", "主要原因", "成因", "成因分析", "产生原因", "产生问题的原因", "存在问题的原因", "问题成因", "问题产生的原因", "原因剖析", "问题分析", "分析", "原因及分析"},
	"advice": {"建议", "对策建议", "意见建议", "意见和建议", "意见与建议", "对策", "对策与建议", "对策和建议", "工作建议", "几点建议", "相关建议", "有关建议", "具体建议", "建议措施", "对策措施",
		"措施建议", "解决建议", "解决办法", "改进建议", "为此建议", "主要建议", "思考与建议"},
}

// recognise finds title, author and the three parts of a report in the lines of a document.
func recognise(paragraphs []paragraph) Recognised {
	r := Recognised{Notes: []string{}}
	first := len(paragraphs)
	for i, p := range paragraphs {
		if part, _ := opening(p.Text); part != "" && i > 0 {
			first = i
			break
		}
	}
	title := r.findTitle(paragraphs[:min(first, 8)])
	parts, at, headed := map[string][]string{}, "problem", first < len(paragraphs)
	for i, p := range paragraphs {
		if i <= title || r.takeAuthor(p.Text) {
			continue
		}
		if part, rest := opening(p.Text); part != "" {
			at = part
			if rest == "" {
				continue
			}
			p.Text = rest
		}
		parts[at] = append(parts[at], p.Text)
	}
	r.Problem, r.Cause, r.Advice = strings.Join(parts["problem"], "\n"), strings.Join(parts["cause"], "\n"), strings.Join(parts["advice"], "\n")
	r.remark(headed)
	return r
}

// findTitle takes the title from the lines before the first part, and an author that stands above it; it returns the index of
// the title's last line, -1 without one.
func (r *Recognised) findTitle(lines []paragraph) int {
	candidate := func(good func(paragraph) bool) int {
		return slices.IndexFunc(lines, func(p paragraph) bool {
			return utf8.RuneCountInString(p.Text) <= 60 && !authors.MatchString(p.Text) && !bracketed.MatchString(p.Text) && good(p)
		})
	}
	at := candidate(func(p paragraph) bool { return strings.EqualFold(p.Style, "title") })
	if at < 0 {
		at = candidate(func(p paragraph) bool { return titled.MatchString(p.Text) })
	}
	if at < 0 {
		at = candidate(func(p paragraph) bool { return p.Centre && !heads.MatchString(p.Text) })
	}
	if at < 0 {
		at = candidate(func(p paragraph) bool { return !heads.MatchString(p.Text) && !strings.HasSuffix(p.Text, "。") })
	}
	if at < 0 {
		r.Notes = append(r.Notes, "没有识别出标题，请填写")
		return -1
	}
	for i := range at {
		r.takeAuthor(lines[i].Text)
	}
	r.Title = strings.Trim(lines[at].Text, " 　")
	ends := func(s string) bool {
		return regexp.MustCompile(`(?:建议|问题|情况|反映|思考|对策)$`).MatchString(s)
	}
	if next := at + 1; next < len(lines) && !ends(r.Title) && ends(lines[next].Text) && lines[next].Centre == lines[at].Centre && utf8.RuneCountInString(lines[next].Text) <= 30 {
		r.Title += lines[next].Text // a title of two lines
		at = next
	}
	return at
}

// takeAuthor tells whether a line only says whose report it is.
func (r *Recognised) takeAuthor(line string) bool {
	for _, pattern := range []*regexp.Regexp{authors, bracketed} {
		if found := pattern.FindStringSubmatch(line); found != nil {
			if r.Author == "" {
				r.Author = strings.TrimSpace(found[1])
			}
			return true
		}
	}
	return false
}

// opening tells which part a line opens, and what of its text follows behind a colon.
func opening(line string) (part, rest string) {
	head := numbering.ReplaceAllString(strings.TrimSpace(line), "")
	if before, after, ok := strings.Cut(strings.Replace(head, ":", "：", 1), "："); ok && utf8.RuneCountInString(before) <= 12 {
		head, rest = before, strings.TrimSpace(after)
	} else if utf8.RuneCountInString(head) > 14 {
		return "", ""
	}
	head = strings.Trim(strings.ReplaceAll(strings.ReplaceAll(head, "，", ""), " ", ""), trailing)
	for name, words := range openings {
		if slices.Contains(words, head) {
			return name, rest
		}
	}
	return "", ""
}

// remark notes what a person should look at.
func (r *Recognised) remark(headed bool) {
	switch {
	case !headed && r.Problem != "":
		r.Notes = append(r.Notes, "没有识别出“存在问题”“对策建议”等小标题，全文放在“问题”里，请自行分开")
	case headed && r.Problem == "":
		r.Notes = append(r.Notes, "没有识别出反映的问题，请核对")
	case headed && r.Advice == "":
		r.Notes = append(r.Notes, "没有识别出建议部分")
	}
	if n := utf8.RuneCountInString(r.Title); n > 100 {
		r.Notes = append(r.Notes, "标题超过 100 个字，请缩短")
	}
	if n := utf8.RuneCountInString(r.Problem + r.Cause + r.Advice); n > 3000 {
		r.Notes = append(r.Notes, "正文超过 3000 个字，提交前请压缩")
	}
}
