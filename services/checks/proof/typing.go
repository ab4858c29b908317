package proof

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var closers = map[rune]rune{'》': '《', '”': '“', '）': '（', '】': '【', '〉': '〈', '’': '‘', '」': '「', ')': '(', ']': '['}

// ordinal is a closing bracket of a numbered point: 1） and a) open nowhere.
var ordinal = regexp.MustCompile(`(?:^|[。；，：:、\s])[0-9０-９一二三四五六七八九十a-zA-Z]{1,3}$`)

// pairs: brackets and quotation marks that are not closed, not opened, or closed by another width. A part stands for itself.
func pairs(p part) {
	type open struct {
		r  rune
		at int
	}
	var stack []open
	opening := map[rune]bool{}
	for _, o := range closers {
		opening[o] = true
	}
	for at, r := range p.text {
		size := utf8.RuneLen(r)
		if opening[r] {
			stack = append(stack, open{r: r, at: at})
			continue
		}
		opener, closing := closers[r]
		if !closing {
			continue
		}
		switch {
		case len(stack) > 0 && stack[len(stack)-1].r == opener:
			stack = stack[:len(stack)-1]
		case len(stack) > 0 && sameKind(stack[len(stack)-1].r, r):
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			p.add(Typing, o.at, at+size, "（"+p.text[o.at+utf8.RuneLen(o.r):at]+"）", "括号全角和半角混用")
		case (r == '）' || r == ')') && ordinal.MatchString(p.text[:at]):
		case r == '’':
		default:
			p.add(Typing, at, at+size, "", "“%c”没有与之配对的前半部分", r)
		}
	}
	for _, o := range stack {
		if o.r != '‘' {
			p.add(Typing, o.at, o.at+utf8.RuneLen(o.r), "", "“%c”没有与之配对的后半部分", o.r)
		}
	}
}

// sameKind: an opening and a closing round bracket of different widths.
func sameKind(o, c rune) bool { return o == '（' && c == ')' || o == '(' && c == '）' }

// doubled are the little words that are never written twice, unless they belong to a longer word beside them.
var doubled = map[string][]string{
	"的的": {"的的确确", "目的的", "标的的"}, "了了": {"了了解", "不了了之", "直截了当", "除了了", "为了了"}, "是是": {"是是非非", "于是是", "还是是", "但是是"}, "在在": {"现在在", "存在在", "正在在"},
	"和和": {"和和气气", "和和美美", "总和和", "共和和"}, "与与": {"参与与"}, "及及": {"以及及时", "普及及", "及及时"}, "将将": {"即将将"}, "被被": nil, "对对": {"对对口", "对对方", "对对应", "成双成对对"},
	"为为": {"行为为", "作为为", "认为为", "成为为", "为为民"}, "不不": nil, "有有": {"所有有", "没有有", "拥有有", "现有有", "国有有"}, "这这": nil, "由由": {"自由由", "理由由"}, "从从": {"从从业"}, "把把": {"把把关"},
}

// stutter are words that are sometimes pasted twice. Verbs that may be doubled for their meaning (讨论讨论) are not here.
var stutter = regexp.MustCompile(`(?:进行进行|建议建议|问题问题|工作工作|部门部门|目前目前|存在存在|加强加强|提高提高|以及以及|或者或者|因此因此|由于由于|但是但是|同时同时|通过通过|我市我市|我县我县|我区我区|群众群众|社区社区|应该应该|可以可以|没有没有|相关相关|对于对于|关于关于)`)

var punctuation = regexp.MustCompile(`[，、；：][，、；：。]+|。{2}|。[，、；：]|？{2,}|！{2,}`)

// repeated: characters, words and punctuation that stand twice.
func repeated(p part) {
	for word, longer := range doubled {
		for at := 0; ; {
			i := strings.Index(p.text[at:], word)
			if i < 0 {
				break
			}
			i += at
			at = i + len(word)
			if !inside(p.text, i, len(word), longer) {
				p.add(Typing, i, i+len(word), word[:len(word)/2], "“%s”重复", word[:len(word)/2])
			}
		}
	}
	for _, m := range stutter.FindAllStringIndex(p.text, -1) {
		word := p.text[m[0] : m[0]+(m[1]-m[0])/2]
		p.add(Typing, m[0], m[1], word, "“%s”重复", word)
	}
	for _, m := range punctuation.FindAllStringIndex(p.text, -1) {
		p.add(Typing, m[0], m[1], "", "标点重复或连用")
	}
}

var (
	fullWidth = regexp.MustCompile(`[０-９Ａ-Ｚａ-ｚ％]+`)
	halfMarks = regexp.MustCompile(`\p{Han}([,;:?!])(?:\p{Han}|$|\n)|\p{Han}(\.)(?:\p{Han}|$|\n)`)
)

// full is the mark that belongs between Chinese characters.
var full = map[string]string{",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}

// widths: digits and letters of full width, and half marks between Chinese characters.
func widths(p part) {
	for _, m := range fullWidth.FindAllStringIndex(p.text, -1) {
		p.add(Typing, m[0], m[1], narrow(p.text[m[0]:m[1]]), "数字和字母请用半角")
	}
	for _, m := range halfMarks.FindAllStringSubmatchIndex(p.text, -1) {
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		mark := p.text[from:to]
		p.add(Typing, from, to, full[mark], "中文里请用全角标点“%s”", full[mark])
	}
}

func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, text)
}

func endOfTitle(p part) {
	if p.name != "title" {
		return
	}
	if r, size := utf8.DecodeLastRuneInString(p.text); strings.ContainsRune("。，；、：,.;:", r) && unicode.IsPunct(r) {
		p.add(Typing, len(p.text)-size, len(p.text), "", "标题末尾不用标点")
	}
}
