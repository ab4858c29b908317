package story

import "slices"

// countyPeople are the people of the nine districts and counties of city A.
func countyPeople() []Person {
	return slices.Concat(lakeside(), districts(), counties())
}

// lakeside is A1 with A3, the two districts with the largest membership.
// 沈若兰 is a committee member in A1 and a party member in city A.
func lakeside() []Person {
	shen := member("shenruolan", "沈若兰", "湖滨区实验小学副校长", "教育界", minmeng)
	shen.Memberships = append(shen.Memberships, Membership{
		Tenant: "a-mm", Title: "湖滨区实验小学副校长", Roles: []string{RoleMember}, Party: minmeng, Class: "盟员",
	})
	return slices.Concat(
		at("a1-zx",
			staff("xuwenjing", "许文静", PostInformationOfficer),
			staff("lujianping", "陆建平", PostOfficeHead),
			staff("guchunsheng", "顾春生", PostCommitteeHead),
			staff("hanzhiyuan", "韩志远", PostSecretaryGeneral),
			staff("fengyuzhen", "冯玉珍", PostViceChair),
			staff("caolixin", "曹立新", PostChair),
			member("zhoumin", "周敏", "湖滨区人民医院全科医学科主任", "医药卫生界", jiusan),
			shen,
			member("qianguoliang", "钱国梁", "临江绿源环境工程有限公司总经理", "工商联界", "民建"),
			member("hexiaoyan", "何晓燕", "望湖街道望湖社区党委书记", "社会福利和社会保障界", "中共"),
			member("tangwei", "唐伟", "江南正衡律师事务所主任", "社会科学界", "无党派"),
			member("maxiaoyong", "马小勇", "临江捷顺快递湖滨站站长", "新社会阶层人士", "群众"),
			officer("jiangxiuying", "蒋秀英", "柳巷街道政协联络组信息员"),
		),
		at("a3-zx",
			staff("songjiayi", "宋佳怡", PostInformationOfficer),
			staff("pengzhiqiang", "彭志强", PostOfficeHead),
			staff("yanguizhi", "阎桂芝", PostCommitteeHead),
			staff("luoyongnian", "罗永年", PostSecretaryGeneral),
			staff("zhangyaqin", "章雅琴", PostViceChair),
			staff("xiaguoqing", "夏国庆", PostChair),
			member("duzihan", "杜子涵", "临江学院化学工程学院教授", "科技界", jiusan),
			member("lihaoran", "李浩然", "桂溪数云科技有限公司技术总监", "新社会阶层人士", "无党派"),
			member("wanghuifang", "王慧芳", "桂溪区中医院副院长", "医药卫生界", "农工党"),
			member("chenjianhua", "陈建华", "桂溪区大学城管理服务中心主任", "经济界", "中共"),
			member("zhengshuangshuang", "郑双双", "桂溪区第一中学教师", "教育界", minmeng),
			member("guojinbao", "郭金宝", "桂溪区物业管理协会会长", "工商联界", "民建"),
			officer("yuanxiaodan", "袁小丹", "桂园街道政协工作站信息员"),
		),
	)
}

func districts() []Person {
	return slices.Concat(
		at("a2-zx",
			staff("liuchang", "刘畅", PostInformationOfficer),
			staff("tangjinlong", "汤金龙", PostOfficeHead),
			staff("wuyufen", "吴玉芬", PostCommitteeHead),
			staff("xuguohua", "徐国华", PostSecretaryGeneral),
			staff("jiaochunhong", "焦春红", PostViceChair),
			staff("maozhengang", "毛振刚", PostChair),
			member("wangdajiang", "汪大江", "望江区轮渡公司经理", "经济界", "中共"),
			member("qiuxiaoling", "邱小玲", "望江区社会福利院院长", "社会福利和社会保障界", "中共"),
			member("dingyihang", "丁一航", "望江区滨江小学校长", "教育界", "民进"),
		),
		at("a4-zx",
			staff("fangyuanyuan", "方媛媛", PostInformationOfficer),
			staff("shenguoping", "沈国平", PostOfficeHead),
			staff("lvlianying", "吕莲英", PostCommitteeHead),
			staff("jinzhihao", "金志豪", PostSecretaryGeneral),
			staff("zhumingxia", "朱明霞", PostViceChair),
			staff("gaozhenhua", "高振华", PostChair),
			member("xuhaitao", "徐海涛", "南浦农产品批发市场总经理", "工商联界", "民建"),
			member("zhouyulan", "周玉兰", "南浦区货运行业工会联合会主席", "工会界", "中共"),
			member("shixiaojun", "石晓军", "南浦区人民医院急诊科主任", "医药卫生界", "农工党"),
		),
		at("a5-zx",
			staff("lixiang", "李想", PostInformationOfficer),
			staff("kongdeming", "孔德铭", PostOfficeHead),
			staff("chenliqun", "陈立群", PostCommitteeHead),
			staff("huangyongsheng", "黄永胜", PostSecretaryGeneral),
			staff("heyuxia", "何玉霞", PostViceChair),
			staff("wangzhongqiang", "王忠强", PostChair),
			member("linhaisheng", "林海生", "新埠港务有限公司副总经理", "经济界", "无党派"),
			member("yangfan", "杨帆", "新埠精工模具有限公司董事长", "工商联界", "民建"),
			member("zhaolingling", "赵玲玲", "新埠经济开发区人力资源服务中心主任", "工会界", "中共"),
			member("xiezhiming", "谢志明", "新埠区环境科学学会副会长", "环境资源界", jiusan),
		),
		at("a6-zx",
			staff("yuxiaoqing", "余晓晴", PostInformationOfficer),
			staff("caizhengguo", "蔡正国", PostOfficeHead),
			staff("luochunlan", "罗春兰", PostCommitteeHead),
			staff("daijianhui", "戴建辉", PostSecretaryGeneral),
			staff("wanyuhua", "万玉华", PostViceChair),
			staff("qinzhengming", "秦正明", PostChair),
			member("shanlinfeng", "单林峰", "云台山风景区旅行社总经理", "工商联界", "民建"),
			member("yejingyi", "叶静怡", "云台区文化馆馆长", "文化艺术界", "民进"),
			member("hudelin", "胡德林", "云台镇桃源村党支部书记", "农业界", "中共"),
		),
	)
}

func counties() []Person {
	return slices.Concat(
		at("a7-zx",
			staff("shixiaoyu", "石小雨", PostInformationOfficer),
			staff("zhangdaming", "张大明", PostOfficeHead),
			staff("wenqiuju", "温秋菊", PostCommitteeHead),
			staff("yangjianjun", "杨建军", PostSecretaryGeneral),
			staff("heguilan", "何桂兰", PostViceChair),
			staff("pengyoucai", "彭有才", PostChair),
			member("tianshougen", "田守根", "青岩县绿丰高山蔬菜合作社理事长", "农业界", "群众"),
			member("wuxiuzhen", "吴秀珍", "青岩县云峰镇中心卫生院院长", "医药卫生界", "农工党"),
			member("luoshixiong", "罗世雄", "青岩县民族中学校长", "教育界", minmeng),
		),
		at("a8-zx",
			staff("yeyun", "叶芸", PostInformationOfficer),
			staff("tongshuisheng", "童水生", PostOfficeHead),
			staff("baoyue", "鲍月", PostCommitteeHead),
			staff("jiguangcheng", "纪光成", PostSecretaryGeneral),
			staff("zhayulian", "查玉莲", PostViceChair),
			staff("songqiushi", "宋秋实", PostChair),
			member("zhamingde", "查明德", "茗岭云雾茶业有限公司董事长", "工商联界", "民建"),
			member("linxiangmei", "林香梅", "茗岭县林业技术推广站站长", "农业界", jiusan),
			member("fangguoqing", "方国庆", "茗岭县客运公司经理", "经济界", "中共"),
		),
		at("a9-zx",
			staff("zhuxinyan", "朱欣妍", PostInformationOfficer),
			staff("yanzhihong", "严志宏", PostOfficeHead),
			staff("jinqiaoling", "金巧玲", PostCommitteeHead),
			staff("wengjianlin", "翁建林", PostSecretaryGeneral),
			staff("shaomeihua", "邵美华", PostViceChair),
			staff("luguozhong", "卢国忠", PostChair),
			member("taodajun", "陶大军", "石桥窑陶瓷有限公司总经理", "工商联界", "民建"),
			member("yuxiufang", "俞秀芳", "石桥市妇幼保健院院长", "医药卫生界", jiusan),
			member("shuiliansheng", "水连生", "石桥市清水养殖协会会长", "农业界", "群众"),
		),
	)
}
