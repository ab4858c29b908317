package hints

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Phrases are the shipped empty phrases: they could stand in any report and say nothing in this one.
var Phrases = strings.Fields(`
	在党委政府的正确领导下 在各级领导的关心支持下 提高政治站位 提高思想认识 统一思想认识 切实提高认识 高度重视 进一步提高认识
	加强组织领导 切实加强领导 强化组织保障 强化责任担当 层层压实责任 压紧压实 齐抓共管 形成强大合力 凝聚强大合力 形成工作合力 凝心聚力 上下联动 多措并举 真抓实干 狠抓落实
	抓紧抓实 抓实抓细 落地见效 落到实处 久久为功 常抓不懈 建章立制 完善体制机制 健全体制机制 建立健全长效机制 建立长效机制 形成长效机制
	加大宣传力度 加强宣传引导 强化宣传引导 营造良好氛围 营造浓厚氛围 营造良好的社会氛围 再上新台阶 迈上新台阶 谱写新篇章 保驾护航 添砖加瓦
	具有重要意义 具有十分重要的意义 意义重大 众所周知 毋庸置疑 随着经济社会的不断发展 随着经济社会的快速发展 随着社会的不断发展 随着人民生活水平的不断提高 随着生活水平的提高
	全方位、多层次 全方位多层次 行之有效 切实可行的措施 采取有效措施 采取切实措施 切实有效的措施 加大工作力度 加大扶持力度 提供坚强保障 提供有力保障 奠定坚实基础 打下坚实基础`)

// occurrences are the places of any word of the list, in bytes and in order; of two that overlap the one that begins first,
// then the longer one.
func occurrences(text string, list []string) [][2]int {
	var all [][2]int
	for _, word := range list {
		for from := 0; word != ""; {
			at := strings.Index(text[from:], word)
			if at < 0 {
				break
			}
			all = append(all, [2]int{from + at, from + at + len(word)})
			from += at + len(word)
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], b[1]-a[1]) })
	end := 0
	return slices.DeleteFunc(all, func(at [2]int) bool {
		overlaps := at[0] < end
		end = max(end, at[1])
		return overlaps
	})
}

func phrases(t Text, r Rules) []Hint {
	list := slices.Concat(Phrases, r.Phrases)
	var all []Hint
	for _, p := range t.parts()[:4] {
		for _, at := range occurrences(p.text, list) {
			all = append(all, p.span("empty_phrase", Note, at[0], at[1], "“"+p.text[at[0]:at[1]]+"”是套话", "删去，或写明谁做什么、何时做到。"))
		}
	}
	return all
}

// What work news say (S11: 不同于普通工作动态性信息、经验性信息和宣传信息). A strong word is enough; of the weaker it takes two.
var (
	strongNews = regexp.MustCompile(`主要做法|(?:典型|先进|工作|宝贵|有益)经验(?:做法|材料|介绍|总结)|经验做法|圆满(?:完成|举办|召开|结束|落幕)|硕果累累|喜获|隆重(?:举行|召开)`)
	weakNews   = regexp.MustCompile(`荣获|(?:受到|得到|赢得)了?(?:广大|社会|各界|各级|上级|领导|群众|与会|一致|广泛|充分|高度)+[^。；，]{0,8}(?:好评|肯定|赞誉|称赞|表扬)|取得了?(?:显著|明显|良好|积极|丰硕|突出|可喜|一定|较好|阶段性|优异)的?(?:成效|成绩|成果|进展|效果)|(?:工作|成效|成绩)(?:显著|突出|斐然)|(?:扎实|深入|积极|有力|全力|大力)(?:开展|推进|推动|组织)[^。；，]{0,12}(?:工作|活动)|先后(?:组织|开展|召开|举办|出台)|(?:我|本)(?:局|委|办|会|支部|中心|单位|校|院)(?:高度重视|积极|扎实|认真|深入|大力|坚持|始终)|坚持以[^。；，]{1,20}为(?:引领|抓手|契机|统领)|创新(?:开展|推出|打造)|打造[^。；，]{0,10}(?:品牌|样板|标杆|亮点)`)
	negated    = regexp.MustCompile(`(?:未|没有|没|难以|不能|尚未|无法|并未)[^。；，]{0,6}$`)
)

const needed = 2

func workNews(t Text, _ Rules) []Hint {
	const text, suggestion = "像是工作动态、经验或宣传", "不写成绩、不写经验、不写做法：请写存在的问题、原因和建议。"
	var weak []Hint
	for _, p := range []part{{Title, t.Title}, {Problem, t.Problem}, {Cause, t.Cause}} {
		for _, at := range strongNews.FindAllStringIndex(p.text, -1) {
			if !negated.MatchString(p.text[:at[0]]) {
				return []Hint{p.span("work_news", Warn, at[0], at[1], text, suggestion)}
			}
		}
		for _, at := range weakNews.FindAllStringIndex(p.text, -1) {
			if !negated.MatchString(p.text[:at[0]]) {
				weak = append(weak, p.span("work_news", Warn, at[0], at[1], text, suggestion))
			}
		}
	}
	if len(weak) < needed {
		return nil
	}
	return weak[:1]
}

// Jargon and what to say instead.
var jargon = map[string]string{
	"赋能": "支持、帮助", "抓手": "办法、手段", "颗粒度": "细致程度", "方法论": "办法", "底层逻辑": "根本原因", "组合拳": "几项措施一起用", "打通最后一公里": "办到群众家门口",
	"去中心化": "不由一家统管", "私域流量": "自己的老顾客", "矩阵化": "成套", "数智化": "用数字和智能技术", "沉浸式": "身临其境的",
	"全生命周期": "从头到尾", "生态位": "位置", "闭环管理": "从头管到尾", "出圈": "广为人知", "对标对表": "比照",
}

var jargonWords = slices.Sorted(maps.Keys(jargon))

var (
	abbreviation = regexp.MustCompile(`[A-Za-z][A-Za-z&\-]*[A-Za-z]`)
	capitals     = regexp.MustCompile(`[A-Z]{2}`)
	explained    = regexp.MustCompile(`^\s*[（(][^）)]*\p{Han}`)
	explaining   = regexp.MustCompile(`\p{Han}[^。；]{0,20}[（(]\s*(?:简称|简写|缩写|英文|即)?[:：]?\s*$`)
)

// everyday are abbreviations that everybody reads.
var everyday = map[string]bool{}

func init() {
	for _, word := range strings.Fields(`APP GDP WIFI KTV ATM CT ETC LED VIP QQ SUV PPT PDF VR DNA ICU CBD POS USB GPS IP IT AI ID CPU CPI HIV CCTV NBA TV DVD PVC SIM AED LNG CNG AB IC CEO DJ HPV RH BOSS MALL II III IV VCR MP PK PM OK NO OFO MBA`) {
		everyday[word] = true
	}
}

// abbreviations finds jargon, and Latin abbreviations at their first use where nothing explains them.
func abbreviations(t Text, _ Rules) []Hint {
	var all []Hint
	seen := map[string]bool{}
	for _, p := range t.parts()[:4] {
		for _, at := range occurrences(p.text, jargonWords) {
			word := p.text[at[0]:at[1]]
			all = append(all, p.span("jargon", Note, at[0], at[1], "“"+word+"”外行不易读懂", "可改为“"+jargon[word]+"”一类的大白话。"))
		}
		for _, at := range abbreviation.FindAllStringIndex(p.text, -1) {
			word := p.text[at[0]:at[1]]
			if len(word) > 8 || seen[word] || !capitals.MatchString(word) || everyday[strings.ToUpper(word)] || code(p.text, at) {
				continue
			}
			seen[word] = true
			if explained.MatchString(p.text[at[1]:]) || explaining.MatchString(p.text[:at[0]]) {
				continue
			}
			all = append(all, p.span("abbreviation", Note, at[0], at[1], "“"+word+"”没有解释", "第一次出现时用中文写全，或加括号说明。"))
		}
	}
	return all
}

// code is an abbreviation that is part of a number, a model or a standard: PM2.5, K12, GB 50368, CXW-200.
func code(text string, at []int) bool {
	digit := func(b byte) bool { return b >= '0' && b <= '9' }
	after := strings.TrimLeft(text[at[1]:], " -/")
	return after != "" && digit(after[0]) || strings.HasPrefix(text[at[1]:], "/") || at[0] > 0 && (digit(text[at[0]-1]) || text[at[0]-1] == '-' || text[at[0]-1] == '/')
}

// longest is how many characters a reader takes in without a stop.
const longest = 120

var stops = regexp.MustCompile(`[。！？；!?;\n]`)

func sentences(t Text, _ Rules) []Hint {
	var all []Hint
	for _, p := range t.body() {
		from := 0
		for _, stop := range append(stops.FindAllStringIndex(p.text, -1), []int{len(p.text), len(p.text)}) {
			text := p.text[from:stop[0]]
			if n := utf8.RuneCountInString(text); n > longest && numbered(text) == nil {
				all = append(all, p.span("long_sentence", Note, from, stop[0], fmt.Sprintf("这一句有 %d 字，读者不易读懂", n), "在意思完整的地方用句号断开。"))
			}
			from = stop[1]
		}
	}
	return all
}
