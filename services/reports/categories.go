package reports

import "slices"

// CategoryTopics is one first-level subject with its topics, after the taxonomy the petition offices use.
type CategoryTopics struct {
	Name   string   `json:"name"`
	Topics []string `json:"topics"`
}

var categories = []CategoryTopics{
	{"城乡建设", []string{"城市建设和市政管理", "城乡规划", "住房保障与房地产", "物业管理", "房屋征收与补偿", "村镇建设", "工程质量与安全", "城市更新", "国土资源"}},
	{"劳动和社会保障", []string{"就业创业", "劳动关系", "工资福利", "社会保险", "职业培训", "离退休待遇", "灵活就业人员权益"}},
	{"教育文体", []string{"学前教育", "义务教育", "高中和职业教育", "高等教育", "教师队伍", "文化遗产保护", "公共文化服务", "体育", "广播影视与网络文化"}},
	{"商贸旅游", []string{"市场流通", "消费者权益", "服务业", "对外贸易", "旅游", "会展与商圈", "电子商务"}},
	{"卫生健康", []string{"医疗服务", "基层卫生", "公共卫生", "药品与医疗器械", "食品安全", "中医药", "人口与托育", "医疗保障"}},
	{"交通运输", []string{"公共交通", "道路建设与养护", "交通管理", "停车", "水路与港口", "铁路与航空", "物流与邮政"}},
	{"环境保护", []string{"大气污染防治", "水污染防治", "土壤与固体废物", "噪声与油烟", "生态保护与修复", "垃圾分类", "绿色低碳"}},
	{"农村农业", []string{"农业生产", "农村土地", "农田水利", "农产品流通", "乡村治理", "农村基础设施", "乡村产业", "林业与渔业"}},
	{"经济管理", []string{"营商环境", "中小企业", "财政税收", "金融与保险", "国有企业", "价格与市场监管", "园区与招商", "统计与审计"}},
	{"科技与信息产业", []string{"科技创新", "成果转化", "人才", "数字政府", "数据与网络安全", "通信服务", "知识产权"}},
	{"民政", []string{"养老服务", "社会救助", "儿童福利", "残疾人事业", "婚姻与殡葬", "社区治理", "社会组织", "退役军人事务", "区划地名"}},
	{"公安与司法", []string{"社会治安", "交通安全执法", "户籍与出入境", "电信网络诈骗", "法律服务", "审判与执行", "检察监督", "消防与应急"}},
	{"组织人事", []string{"干部队伍", "公务员管理", "事业单位人事", "基层减负", "党外干部", "编制管理"}},
	{"纪检监察", []string{"作风建设", "形式主义", "廉政建设", "监督机制", "群众身边的不正之风"}},
	{"党务政务", []string{"党的建设", "统一战线", "政协工作", "民族宗教", "港澳台侨", "政务公开与服务", "舆论宣传", "信访工作"}},
}

// Categories lists the first-level subjects with their topics.
func Categories() []CategoryTopics { return categories }

func knownCategory(name string) bool {
	return slices.ContainsFunc(categories, func(c CategoryTopics) bool { return c.Name == name })
}

func knownTopic(category, topic string) bool {
	return slices.ContainsFunc(categories, func(c CategoryTopics) bool { return c.Name == category && slices.Contains(c.Topics, topic) })
}
