package bench

import "strings"

// What the reports of the stock are made of.
var (
	syllables = strings.Fields(`东 西 南 北 金 银 玉 石 清 白 青 红 高 长 新 老 桂 梅 兰 竹 松 柳 杨 桃 荷 泉 溪 湖 江 河 山 岭 坪 塘 桥 渡 凤 龙 鹤 雁`)
	suffixes  = strings.Fields(`街道 镇 乡`)
	sites     = strings.Fields(`社区 村 小区 花园 安置点 园区 路口 学校 市场 医院`)
	families  = strings.Fields(`张 王 李 赵 刘 陈 杨 黄 周 吴 徐 孙 马 朱 胡 郭 何 林 罗 高`)
	given     = strings.Fields(`建国 志强 丽华 秀英 文静 海燕 永刚 桂兰 明亮 晓东 雪梅 国庆 春生 玉珍 浩然 思源 立新 少华 雅琴 振宇`)
	matters   = strings.Fields(`停车难 油烟扰民 夜间施工噪音 路面破损 雨后积水 电梯加装缓慢 垃圾清运不及时 公交班次少 自来水浑浊 路灯不亮 物业收费混乱 幼儿园学位不足 飞线充电 违章建筑
		房产证办理拖延 农民工工资拖欠 河道淤积 养老床位紧张 药店断货 快递乱堆 网络诈骗 宠物伤人 消防通道堵塞 井盖缺失 集市占道 光纤改造滞后 土地流转纠纷 灌溉渠道失修 粉尘污染 校车缺乏`)
	categories = strings.Fields(`城乡建设 劳动和社会保障 教育文体 商贸旅游 卫生健康 交通运输 环境保护 农村农业 经济管理 民政 公安与司法`)
	openings   = strings.Fields(`走访六个小区发现， 问卷显示， 近三年来， 据街道统计， 群众多次反映， 与周边县区相比， 由于历史原因， 目前， 今年以来， 实地查看时， 部门之间， 从实际情况看， 在座谈中， 受资金所限， 从长远看， 建议由主管部门牵头，
		一是尽快摸清底数， 二是明确责任单位， 三是安排专项资金， 四是建立回访制度，`)
	middles = strings.Fields(`设施建成已近二十年 居民意见长期不能统一 主管部门相互推诿 维修资金余额不足 监测数据超出国家标准 高峰时段排队超过四十分钟 老人和儿童受影响最大 执法力量夜间无人值守 规划没有预留用地 审批环节多达十一个
		企业担心收不回成本 责任主体更换三次 投诉件同比上升三成 涉及群众一千二百余户 每年雨季都会反复 试点经验没有推广 信息在平台之间不能共享 收费标准没有公示 配套管网容量不够 考核办法没有覆盖`)
	ends = strings.Fields(`，整改至今没有完成 ，影响了正常生活 ，存在较大安全隐患 ，群众反映强烈 ，有关承诺没有兑现 ，需要统筹解决 ，应当限期办结 ，并向社会公开结果 ，可以分期分批推进 ，由财政和受益者分担 ，纳入年度民生实事 ，参照外地做法办理 ，
		增加了基层负担 ，造成了资源浪费 ，降低了服务质量 ，引发了多起纠纷 ，亟待明确标准 ，应当听取各方意见 ，先行试点再行推广 ，接受群众监督`)
)

// The towns and places of the stock: some 400 and 1,600.
var towns, places = func() (towns, places []string) {
	for i, a := range syllables {
		for j, b := range syllables {
			if (i*7+j)%4 == 0 {
				towns = append(towns, a+b+suffixes[(i+j)%len(suffixes)])
			}
			places = append(places, a+b+sites[(i*3+j)%len(sites)])
		}
	}
	return towns, places
}()
