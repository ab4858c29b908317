package hints_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"shangda/services/hints"
)

// rules are those that a tenant has before it sets its own.
var rules = hints.Rules{MaxTitle: 100, GoodTitle: 25, MaxText: 3000, GoodText: 1500}

// good is a report nobody would object to.
var good = hints.Text{
	Title:   "关于规范老旧电梯更新资金筹集的建议",
	Problem: "湖滨区现有使用15年以上的住宅电梯612台。据走访柳巷、南湖2个街道了解，单台年维修费普遍超过1.2万元。",
	Cause:   "维修资金账户余额不足，高低楼层业主分摊比例缺乏参照。",
	Advice:  "由住建部门发布分楼层出资参考系数，供业主大会表决时选用。",
}

func codes(t hints.Text, r hints.Rules) string {
	var list []string
	for _, h := range hints.Check(t, r) {
		list = append(list, h.Code)
	}
	return strings.Join(list, " ")
}

func TestAGoodReportIsLeftAlone(t *testing.T) {
	t.Parallel()
	if got := hints.Check(good, rules); len(got) != 0 {
		t.Fatalf("%+v", got)
	}
}

// Each row changes the good report in one way; the hint must come, and no other.
func TestEachHint(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("路面破损", 40)
	for _, row := range []struct {
		want   string
		change func(*hints.Text)
	}{
		{"missing_section", func(t *hints.Text) { t.Advice = " \n" }},
		{"title_long", func(t *hints.Text) { t.Title = "关于" + strings.Repeat("湖滨", 12) + "的建议" }},
		{"title_pattern", func(t *hints.Text) { t.Title = "老旧电梯更新资金" }},
		{"several_matters", func(t *hints.Text) { t.Title = "关于老旧电梯等几个问题的建议" }},
		{"several_matters", func(t *hints.Text) { t.Cause += "还有一个问题，小区路灯不亮。" }},
		{"no_evidence", func(t *hints.Text) { t.Problem = "老旧住宅电梯更新缺钱，业主意见不一。" }},
		{"no_figures", func(t *hints.Text) { t.Problem = "据走访了解，老旧住宅电梯更新缺钱。" }},
		{"no_source", func(t *hints.Text) { t.Problem = "湖滨区有老旧住宅电梯612台，更新缺钱。" }},
		{"work_news", func(t *hints.Text) { t.Problem += "我局先后组织检查12次，受到群众一致好评。" }},
		{"empty_phrase", func(t *hints.Text) { t.Advice += "要加强组织领导。" }},
		{"jargon", func(t *hints.Text) { t.Advice += "用数据为更新赋能。" }},
		{"abbreviation", func(t *hints.Text) { t.Advice += "推广REITs筹资。" }},
		{"long_sentence", func(t *hints.Text) { t.Cause += long }},
		{"personal_data", func(t *hints.Text) { t.Problem += "联系人王某13812345678。" }},
		{"secrecy_near", func(t *hints.Text) { t.Cause += "详见涉密会议记录。" }},
		{"secrecy_marking", func(t *hints.Text) { t.Cause += "\n机密★1年\n" }},
		{"too_long", func(t *hints.Text) { t.Problem += strings.Repeat("路面破损。", 400) }},
		{"advice_unmatched", func(t *hints.Text) {
			t.Problem = "据走访：一是老旧电梯612台超期运行。二是夜间噪声扰民，居民难以入睡。"
			t.Advice = "设立电梯更新周转金，先换后筹。"
		}},
	} {
		text := good
		row.change(&text)
		if got := codes(text, rules); got != row.want {
			t.Errorf("want %s, got %q", row.want, got)
		}
	}
}

func TestATenantsRulesCount(t *testing.T) {
	t.Parallel()
	text := good
	text.Advice = ""
	strict := rules
	strict.Required = []string{hints.Advice, hints.Evidence}
	got := hints.Check(text, strict)
	if len(got) != 2 || got[0].Severity != hints.Warn || got[0].Section != hints.Advice || got[1].Section != hints.Evidence {
		t.Fatalf("%+v", got)
	}
	if got := hints.Check(text, rules); got[0].Severity != hints.Note {
		t.Fatalf("allowed, and yet %+v", got)
	}
	own := rules
	own.Phrases, own.Off = []string{"分楼层出资"}, []string{"missing_section", "secrecy_marking"}
	if got := codes(good, own); got != "empty_phrase" {
		t.Error(got)
	}
	text.Cause = "秘密★"
	if got := codes(text, own); got != "secrecy_marking" {
		t.Error("a marking was switched off:", got)
	}
}

// A place is in characters, and the sentence found there is what the hint is about.
func TestPlacesAreInCharacters(t *testing.T) {
	t.Parallel()
	text := good
	text.Problem = "据走访612户，𠮷祥里居民反映。请联系 138 1234 5678 或 １３８１２３４５６７９，身份证11010519491231002X，卡号 6222 0210 0111 1112 220。"
	var got []string
	masked := []rune(text.Problem)
	for _, h := range hints.Check(text, rules) {
		if h.Code != "personal_data" {
			continue
		}
		part := masked[h.Offset : h.Offset+h.Length]
		got = append(got, string(part))
		if utf8.RuneCountInString(h.Replacement) != h.Length {
			t.Errorf("%q becomes %q: another length", string(part), h.Replacement)
		}
		copy(part, []rune(h.Replacement))
	}
	if strings.Join(got, "|") != "138 1234 5678|１３８１２３４５６７９|11010519491231002X|6222 0210 0111 1112 220" {
		t.Error(got)
	}
	want := "据走访612户，𠮷祥里居民反映。请联系 138 **** 5678 或 １３８****５６７９，身份证110*************2X，卡号 6222 **** **** ***2 220。"
	if string(masked) != want {
		t.Errorf("\n%s\n%s", string(masked), want)
	}
	text.Problem = string(masked)
	if got := codes(text, rules); got != "" {
		t.Error("masked, and found again:", got)
	}
}

// Numbers of other kinds are no personal data.
func TestOtherNumbersStay(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"110105194912310021", "11010519491331002X", "6222021001116245703", "2019101812345", "12345678901", "1.3812345678", "138****5678", "A13812345678", "0731-88665110",
		"2024年13812345678901元", "110105-1949-1231-002X", "622202100111", "19990101-20201231", "0000000000000000"} {
		text := good
		text.Problem += "编号" + number + "。"
		if got := codes(text, rules); strings.Contains(got, "personal_data") {
			t.Errorf("%s is taken for personal data", number)
		}
	}
}

// What was tried and must not come again: each sentence is the good use of a word that a hint looks for.
func TestFalseAlarms(t *testing.T) {
	t.Parallel()
	for _, sentence := range []string{
		"整治工作未取得明显成效。", "居民统一是由物业代收。", "PM2.5浓度升高。", "住宅执行GB 50368标准。", "业主通过手机APP缴费。", "快速公交（BRT）停运。", "BRT（快速公交）停运。",
		"物业以商业秘密为由拒绝公开账目。", "医院荣获奖项无数，却不收儿童。", "费用约3.5万元。", "两侧停车，此外还有消防通道被占。",
	} {
		text := good
		text.Cause += sentence
		if got := codes(text, rules); got != "" {
			t.Errorf("%s: %s", sentence, got)
		}
	}
}

// Work news, experience and publicity as they are really sent in; the tenant that wrote them calls them reports.
func TestWorkNewsIsFound(t *testing.T) {
	t.Parallel()
	for _, news := range []string{
		"今年以来，区城管局高度重视市容整治，先后组织集中行动36次，取得了显著成效，受到社会各界一致好评。",
		"我局坚持以党建为引领，扎实开展“走基层”活动，打造为民服务品牌。",
		"为进一步擦亮招牌，街道创新推出网格议事厅，深入推进矛盾化解工作，群众满意度持续提升。",
		"近日，第十届艺术节在市文化馆隆重举行，参演单位28家。",
		"主要做法：一是成立专班，二是建立台账，三是定期通报。",
		"日前，全市社区工作者培训班圆满结束，共培训学员320人。",
		"该镇的先进经验介绍：以积分换服务，荣获市级表彰。",
		"本单位积极开展志愿服务，工作成效突出，得到了上级领导的充分肯定。",
	} {
		text := good
		text.Problem, text.Cause = news, ""
		if got := codes(text, rules); !strings.Contains(got, "work_news") {
			t.Errorf("%s: %q", news, got)
		}
	}
}

func TestNothingIsToldMoreThanTwentyTimes(t *testing.T) {
	t.Parallel()
	text := good
	text.Advice = strings.Repeat("高度重视，", 50)
	if n := strings.Count(codes(text, rules), "empty_phrase"); n != 20 {
		t.Error(n)
	}
}

func BenchmarkCheck(b *testing.B) {
	text := good
	text.Problem, text.Cause, text.Advice = strings.Repeat(good.Problem, 15), strings.Repeat(good.Cause, 30), strings.Repeat(good.Advice, 30)
	for b.Loop() {
		hints.Check(text, rules)
	}
}
