package hints

import "regexp"

var (
	// An ordinal is no figure.
	ordinalAny = regexp.MustCompile(`(?m)(?:^|[。；;：:！？\s])[（(]?\d{1,2}[）)、.．]|第\d+`)
	figure     = regexp.MustCompile(`[0-9０-９]|[二三四五六七八九十百千万亿两]+(?:[余多来几]+)?(?:个|户|人|家|起|件|次|处|条|公里|里|米|吨|亩|年|月|天|元|成|倍|台|辆|套|座|所|名|位|平方|小时|分钟|岁|层|栋|只|头|批|期|份|封)|[一二三四五六七八九十几两]+[百千万亿]|百分之|过半|半数|分之`)
	sourced    = regexp.MustCompile(`(?m)(?:^|[，。；：\s])(?:据|根据)[^，。；]{2,40}[，,]|据(?:了解|统计|介绍|反映|悉|测算)|走访|调研|问卷|座谈|实地|抽样|抽查|年鉴|公报|数据来源|来源[:：]|统计(?:数据|显示|表明)|检测|现场(?:清点|查看|测量|计数)|逐[一户家个村]|踏勘|访谈|受访|回访|随访|排查|实测|询问了?\d|普遍反映`)
)

// grounds asks for data and where they come from (S12: 没有数据支撑的不用). Advice does not count: it says what shall be.
func grounds(t Text, _ Rules) []Hint {
	if blank(t.Problem) {
		return nil
	}
	said := t.Problem + "\n" + t.Cause + "\n" + t.Evidence
	figures := figure.MatchString(ordinalAny.ReplaceAllString(said, "。"))
	source := !blank(t.Evidence) || sourced.MatchString(said)
	p := part{Problem, t.Problem}
	switch {
	case !figures && !source:
		return []Hint{p.whole("no_evidence", Warn, "既没有数据，也没有说明来源", "写出数量、时间、范围，并在“数据与来源”里注明从哪里得来。")}
	case !figures:
		return []Hint{p.whole("no_figures", Note, "没有数据", "写出数量、时间、范围，事实才站得住。")}
	case !source:
		return []Hint{p.whole("no_source", Note, "没有说明数据和事实从哪里来", "在“数据与来源”里注明走访、统计或文件的出处。")}
	}
	return nil
}
