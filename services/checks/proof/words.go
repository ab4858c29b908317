package proof

import "strings"

// shipped are words that are written wrongly again and again, each with the right one, and after ! the longer words in which
// the same characters are right (自己经营). A word stands here only where the wrong form is never right by itself.
var shipped = read(`
帐户 账户;帐目 账目;帐号 账号;坏帐 坏账;帐本 账本;转帐 转账;部份 部分;份内 分内 !份内容 !份内部;份外 分外 !份外部 !份外地 !份外来;充份 充分;过份 过分;成份 成分 !成份额;水份 水分;养份 养分;安份 安分;
再接再励 再接再厉;迫不急待 迫不及待;渡假 度假;穿流不息 川流不息;一愁莫展 一筹莫展;走头无路 走投无路;谈笑风声 谈笑风生;水笼头 水龙头;鼎立相助 鼎力相助;不径而走 不胫而走;金壁辉煌 金碧辉煌;
松驰 松弛;精萃 精粹;幅射 辐射;防碍 妨碍;震憾 震撼;决窍 诀窍;痉孪 痉挛;脉博 脉搏;气慨 气概;声名雀起 声名鹊起;世外桃园 世外桃源;手屈一指 首屈一指;一诺千斤 一诺千金;有持无恐 有恃无恐;
装祯 装帧;坐阵 坐镇;重迭 重叠;必竟 毕竟;布署 部署 !发布署 !公布署 !宣布署 !颁布署;截止目前 截至目前;截止到目前 截至目前;截止今年 截至今年;截止去年 截至去年;通迅 通讯;己经 已经 !自己经;巳经 已经;
末来 未来 !周末来 !月末来 !年末来 !期末来 !岁末来 !末来得;阀值 阈值;侯选 候选;由其是 尤其是;凑和 凑合;草管人命 草菅人命;惯彻 贯彻;贯切 贯彻 !连贯切 !一贯切;合谐 和谐 !结合谐;急燥 急躁;简炼 简练;
滥芋充数 滥竽充数;廖廖无几 寥寥无几;默守成规 墨守成规;偶而 偶尔 !不偶而;旁证博引 旁征博引;披星带月 披星戴月;凭添 平添;破斧沉舟 破釜沉舟;迁徒 迁徙;情不自尽 情不自禁;趋之若骛 趋之若鹜;融汇贯通 融会贯通;
如火如茶 如火如荼;上窜下跳 上蹿下跳;食不裹腹 食不果腹;水蒸汽 水蒸气;提纲携领 提纲挈领;推委扯皮 推诿扯皮;推萎 推诿;挖墙角 挖墙脚;委屈求全 委曲求全;味同嚼腊 味同嚼蜡;相辅相承 相辅相成;消声匿迹 销声匿迹;
延申 延伸;一如继往 一如既往;因地治宜 因地制宜;因地置宜 因地制宜;责无旁代 责无旁贷;沾污 玷污;仗义直言 仗义执言;震聋发聩 振聋发聩;直接了当 直截了当;指手划脚 指手画脚;追朔 追溯;谘询 咨询;
座落 坐落 !座落成 !座落地 !座落后;急待解决 亟待解决;规画 规划;冶理 治理;身分证 身份证;国务员 国务院;议事日成 议事日程;营商环竟 营商环境;补帖 补贴;津帖 津贴;竭制 遏制;兼故 兼顾;
社情民义 社情民意;社请民意 社情民意;提按办理 提案办理;乡村振新 乡村振兴;老旧小去 老旧小区;污水处里 污水处理;交通拥赌 交通拥堵;食品安金 食品安全;安全隐换 安全隐患`)

// read takes wrong, right and the words in which the wrong form is right.
func read(text string) []Pair {
	var list []Pair
	for _, entry := range strings.Split(strings.ReplaceAll(text, "\n", ""), ";") {
		words := strings.Fields(entry)
		if len(words) < 2 {
			continue
		}
		p := Pair{Wrong: words[0], Right: words[1]}
		for _, word := range words[2:] {
			p.within = append(p.within, strings.TrimPrefix(word, "!"))
		}
		list = append(list, p)
	}
	return list
}

// wordings: words of the shipped list.
func wordings(p part) { replace(p, Typing, shipped) }

// replace notes every wrong form that is not a piece of a longer, right one.
func replace(p part, group string, list []Pair) {
	for _, w := range list {
		longer := w.within
		if strings.Contains(w.Right, w.Wrong) {
			longer = append([]string{w.Right}, longer...)
		}
		for at := 0; ; {
			i := strings.Index(p.text[at:], w.Wrong)
			if i < 0 {
				break
			}
			i += at
			at = i + len(w.Wrong)
			if !inside(p.text, i, len(w.Wrong), longer) {
				p.add(group, i, at, w.Right, "“%s”应为“%s”", w.Wrong, w.Right)
			}
		}
	}
}

// inside tells whether the piece at..at+size is part of one of the longer words.
func inside(text string, at, size int, longer []string) bool {
	for _, word := range longer {
		from, to := max(0, at-len(word)), min(len(text), at+size+len(word))
		for i := from; i < to; {
			found := strings.Index(text[i:to], word)
			if found < 0 {
				break
			}
			if begin := i + found; begin <= at && begin+len(word) >= at+size {
				return true
			}
			i += found + 1
		}
	}
	return false
}
