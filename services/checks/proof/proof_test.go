package proof

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var lists = Lists{
	People: []Person{{Name: "王明", Post: "市政协主席"}, {Name: "李秀英", Post: "市政协副主席"}},
	Words:  []Pair{{Wrong: "市住建委", Right: "市住房和城乡建设局"}},
}

// quotes are what is found in a problem, as "group quote".
func quotes(problem string) []string {
	list := []string{}
	for _, f := range Read(Text{Title: "关于停车的建议", Problem: problem}, lists) {
		list = append(list, f.Group+" "+f.Quote)
	}
	return list
}

func TestWhatIsFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026年2月29日召开会议。":            "dates 2026年2月29日",
		"11月31日起施行。":                 "dates 11月31日",
		"截至2026年13月。":                "dates 13月",
		"2026年11月25日（星期二）走访。":        "dates 2026年11月25日（星期二）",
		"合格率为120%。":                  "figures 120%",
		"停车难问题占比达到103.5%。":           "figures 103.5%",
		"共有小区30个，其中老旧小区20个、新建小区15个。": "figures 30个",
		"甲村12户、乙村15户，合计28户。":         "figures 28户",
		"三类问题分别占50%、40%和20%。":        "figures 分别占50%、40%和20%",
		"《物业管理条例规定不明。":               "typing 《",
		"规定不明》的问题。":                  "typing 》",
		"居民（约两百户)反映。":                "typing （约两百户)",
		"停车的的问题。":                    "typing 的的",
		"有关部门部门推诿。":                  "typing 部门部门",
		"群众反映强烈，，要求解决。":              "typing ，，",
		"共有２３处。":                     "typing ２３",
		"设施老化,无人维修。":                 "typing ,",
		"截止目前仍未解决。":                  "typing 截止目前",
		"市住建委负责。":                    "names 市住建委",
		"市政协副主席王明调研。":                "names 副主席王明",
		"市政协主席王鸣调研。":                 "names 王鸣",
	} {
		if got := strings.Join(quotes(text), "; "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsRightStaysSilent(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"2024年2月29日（星期四）和2026年11月25日（星期三）。",
		"2026年11月25日星期三，12月31日前完成。",
		"完成率达到120%，同比增长130%，增幅超过200%。",
		"共有小区30个，其中老旧小区20个、新建小区10个。",
		"共有小区30个，其中老旧小区20个，涉及车位500个。",
		"甲村12户、乙村15户，合计27户。",
		"分别占50%、30%和20%。",
		"《物业管理条例》规定“业主大会（含业主委员会）”。",
		"主要有：1）设施老化；2）无人维修。",
		"目的的确定，以及及时解决，由公布署名，自己经营，周末来访，讨论讨论。",
		"市政协主席王明、副主席李秀英调研，市住房和城乡建设局负责。",
		"主席、王明同志。",
		"网址为 www.example.cn，版本 3.5，时间 9:30。",
		"月份为5月，第13月台。",
	} {
		if got := quotes(text); len(got) > 0 {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestTheTitleAgreesWithTheText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ title, problem, want string }{
		{"23处站台破损", "全市有23处站台破损。", ""},
		{"23处站台破损", "全市有32处站台破损。", "标题是“23处”，正文是“32处”，请核对"},
		{"23处站台破损", "站台破损严重。", "正文中没有标题里的“23处”，请核对"},
		{"站台破损。", "站台破损严重。", "标题末尾不用标点"},
		{"1.2万户居民用水难", "涉及12000户居民。", ""},
	} {
		messages := []string{}
		for _, f := range Read(Text{Title: c.title, Problem: c.problem}, Lists{}) {
			messages = append(messages, f.Message)
		}
		if got := strings.Join(messages, "; "); got != c.want {
			t.Errorf("%s / %s: %q, want %q", c.title, c.problem, got, c.want)
		}
	}
}

func TestAKeyOutlivesAnEditElsewhere(t *testing.T) {
	t.Parallel()
	before := Read(Text{Problem: "停车的的问题。又停车的的问题。"}, Lists{})
	after := Read(Text{Problem: "前面加了一句话。停车的的问题。又停车的的问题。"}, Lists{})
	if len(before) != 2 || before[0].Key == before[1].Key || len(after) != 2 || before[0].Key != after[0].Key || before[1].Key != after[1].Key {
		t.Fatalf("%+v\n%+v", before, after)
	}
}

func TestEveryShippedPairChangesSomething(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range shipped {
		if p.Wrong == p.Right || seen[p.Wrong] || strings.Contains(p.Wrong, "!") {
			t.Errorf("%+v", p)
		}
		seen[p.Wrong] = true
		for _, word := range p.within {
			if !strings.Contains(word, p.Wrong) {
				t.Errorf("%s is no part of %s", p.Wrong, word)
			}
		}
	}
	if len(shipped) < 100 {
		t.Errorf("only %d words", len(shipped))
	}
}

// Any text is read without harm, and every finding names a place that is there.
func TestEveryFindingNamesItsPlace(t *testing.T) {
	t.Parallel()
	pieces := []string{"的的", "《", "》", "（", ")", "2026年2月30日", "共有3个", "其中5个", "合计9户", "，，", "１", "市政协主席", "王明", "王鸣", "帐户", "占120%", "a", "\n", "。", "\xff", "🙂"}
	rapid.Check(t, func(r *rapid.T) {
		text := Text{Title: strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 4).Draw(r, "title"), ""),
			Problem: strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(r, "problem"), "")}
		for _, f := range Read(text, lists) {
			part := []rune(map[string]string{"title": text.Title, "problem": text.Problem}[f.Part])
			quote := []rune(f.Quote)
			if f.At < 0 || f.At+len(quote) > len(part) || string(part[f.At:f.At+len(quote)]) != string(quote) || f.Message == "" || f.Key == "" || !slices.Contains(Groups, f.Group) {
				r.Fatalf("%+v in %q", f, string(part))
			}
		}
	})
}
