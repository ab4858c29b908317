// Package story holds the content of the demonstration country: its
// organisations and reporting lines, its people, a stock of reports and the
// phrases of the offices. It is data only. Every accessor returns a fresh
// slice in a fixed order, so a demonstration played from it is deterministic.
// All places, people and figures are invented.
package story

import "slices"

// Kinds of organisation, as in the domain dictionary.
const (
	KindCPPCC      = "cppcc"
	KindParty      = "party"
	KindFederation = "federation"
	KindFront      = "front"
	KindDepartment = "department"
	KindOperator   = "operator"
)

// Levels of organisation, lowest first.
const (
	LevelCounty   = "county"
	LevelCity     = "city"
	LevelProvince = "province"
	LevelNational = "national"
)

// Organisation is one tenant of the demonstration country.
type Organisation struct {
	// Code is the short name used in addresses.
	Code string
	// Name is the formal name, ShortName the one used in lists.
	Name, ShortName string
	// Kind and Level are the constants above; the operator has no level.
	Kind string
	// Party is the party of a party committee, empty for all others.
	Party string
	Level string
	// Division is a six-digit code of a province that does not exist.
	Division string
	// Parent is the organisation it belongs under, empty at the top.
	Parent string
	// Journal is the name of its printed reports, without title marks.
	Journal string
	// Class is the group in which the unit is ranked.
	Class string
}

// Line is an allowed way of sending from one organisation to an upper one.
type Line struct {
	Lower, Upper string
	// Figures says whether the upper end sees the figures of all below.
	Figures bool
}

// Classes of unit in which rankings are kept apart.
const (
	classNational   = "中央单位"
	classProvince   = "省级政协"
	classCity       = "设区市政协"
	classCounty     = "县（市、区）政协"
	classParty      = "民主党派"
	classFederation = "工商联"
	classFront      = "统战部门"
	classDepartment = "承办部门"
)

const (
	jiusan  = "九三学社"
	minmeng = "民盟"
)

var committees = []Organisation{
	{"platform", "上达平台运营中心", "平台运营", KindOperator, "", "", "000000", "", "", ""},
	{"zx", "全国政协", "全国政协", KindCPPCC, "", LevelNational, "000000", "", "社情民意信息", classNational},
	{"p1-zx", "政协江南省委员会", "江南省政协", KindCPPCC, "", LevelProvince, "990000", "zx", "江南社情民意", classProvince},
	{"p2-zx", "政协云岭省委员会", "云岭省政协", KindCPPCC, "", LevelProvince, "980000", "zx", "云岭社情民意", classProvince},
	{"a-zx", "政协临江市委员会", "临江市政协", KindCPPCC, "", LevelCity, "990100", "p1-zx", "临江社情民意", classCity},
	{"b-zx", "政协安澜市委员会", "安澜市政协", KindCPPCC, "", LevelCity, "990200", "p1-zx", "安澜社情民意", classCity},
	{"c-zx", "政协北屏市委员会", "北屏市政协", KindCPPCC, "", LevelCity, "990300", "p1-zx", "北屏社情民意", classCity},
	{"a1-zx", "政协临江市湖滨区委员会", "湖滨区政协", KindCPPCC, "", LevelCounty, "990102", "a-zx", "湖滨社情民意", classCounty},
	{"a2-zx", "政协临江市望江区委员会", "望江区政协", KindCPPCC, "", LevelCounty, "990103", "a-zx", "望江社情民意", classCounty},
	{"a3-zx", "政协临江市桂溪区委员会", "桂溪区政协", KindCPPCC, "", LevelCounty, "990104", "a-zx", "桂溪社情民意", classCounty},
	{"a4-zx", "政协临江市南浦区委员会", "南浦区政协", KindCPPCC, "", LevelCounty, "990105", "a-zx", "南浦社情民意", classCounty},
	{"a5-zx", "政协临江市新埠区委员会", "新埠区政协", KindCPPCC, "", LevelCounty, "990106", "a-zx", "新埠社情民意", classCounty},
	{"a6-zx", "政协临江市云台区委员会", "云台区政协", KindCPPCC, "", LevelCounty, "990107", "a-zx", "云台社情民意", classCounty},
	{"a7-zx", "政协青岩县委员会", "青岩县政协", KindCPPCC, "", LevelCounty, "990121", "a-zx", "青岩社情民意", classCounty},
	{"a8-zx", "政协茗岭县委员会", "茗岭县政协", KindCPPCC, "", LevelCounty, "990122", "a-zx", "茗岭社情民意", classCounty},
	{"a9-zx", "政协石桥市委员会", "石桥市政协", KindCPPCC, "", LevelCounty, "990181", "a-zx", "石桥社情民意", classCounty},
}

var parties = []Organisation{
	{"93", "九三学社中央委员会", "九三学社中央", KindParty, jiusan, LevelNational, "000000", "", "九三信息", classNational},
	{"mm", "中国民主同盟中央委员会", "民盟中央", KindParty, minmeng, LevelNational, "000000", "", "民盟信息", classNational},
	{"gsl", "中华全国工商业联合会", "全国工商联", KindFederation, "", LevelNational, "000000", "", "民营经济情况反映", classNational},
	{"p1-93", "九三学社江南省委员会", "九三学社江南省委", KindParty, jiusan, LevelProvince, "990000", "93", "江南九三信息", classParty},
	{"p1-mm", "中国民主同盟江南省委员会", "民盟江南省委", KindParty, minmeng, LevelProvince, "990000", "mm", "江南民盟信息", classParty},
	{"p1-gsl", "江南省工商业联合会", "江南省工商联", KindFederation, "", LevelProvince, "990000", "gsl", "江南民企呼声", classFederation},
	{"p2-93", "九三学社云岭省委员会", "九三学社云岭省委", KindParty, jiusan, LevelProvince, "980000", "93", "云岭九三信息", classParty},
	{"p2-mm", "中国民主同盟云岭省委员会", "民盟云岭省委", KindParty, minmeng, LevelProvince, "980000", "mm", "云岭民盟信息", classParty},
	{"p2-gsl", "云岭省工商业联合会", "云岭省工商联", KindFederation, "", LevelProvince, "980000", "gsl", "云岭民企呼声", classFederation},
	{"a-93", "九三学社临江市委员会", "九三学社临江市委", KindParty, jiusan, LevelCity, "990100", "p1-93", "临江九三信息", classParty},
	{"a-mm", "中国民主同盟临江市委员会", "民盟临江市委", KindParty, minmeng, LevelCity, "990100", "p1-mm", "临江民盟信息", classParty},
	{"a-gsl", "临江市工商业联合会", "临江市工商联", KindFederation, "", LevelCity, "990100", "p1-gsl", "临江民企呼声", classFederation},
	{"a1-93", "九三学社临江市湖滨区基层委员会", "九三学社湖滨区基层委", KindParty, jiusan, LevelCounty, "990102", "a-93", "湖滨九三信息", classParty},
	{"a1-mm", "中国民主同盟临江市湖滨区基层委员会", "民盟湖滨区基层委", KindParty, minmeng, LevelCounty, "990102", "a-mm", "湖滨民盟信息", classParty},
	{"a1-gsl", "临江市湖滨区工商业联合会", "湖滨区工商联", KindFederation, "", LevelCounty, "990102", "a-gsl", "湖滨民企呼声", classFederation},
	{"a3-93", "九三学社临江市桂溪区基层委员会", "九三学社桂溪区基层委", KindParty, jiusan, LevelCounty, "990104", "a-93", "桂溪九三信息", classParty},
	{"a3-gsl", "临江市桂溪区工商业联合会", "桂溪区工商联", KindFederation, "", LevelCounty, "990104", "a-gsl", "桂溪民企呼声", classFederation},
}

var offices = []Organisation{
	{"p1-tzb", "中共江南省委统一战线工作部", "江南省委统战部", KindFront, "", LevelProvince, "990000", "", "江南统战信息", classFront},
	{"a-tzb", "中共临江市委统一战线工作部", "临江市委统战部", KindFront, "", LevelCity, "990100", "p1-tzb", "临江统战信息", classFront},
	{"a-jtj", "临江市交通运输局", "市交通运输局", KindDepartment, "", LevelCity, "990100", "", "", classDepartment},
	{"a-csglj", "临江市城市管理局", "市城市管理局", KindDepartment, "", LevelCity, "990100", "", "", classDepartment},
}

// across are the lines between systems: the upper end sees only what was
// sent to it. The last one is a direct point that skips a level.
var across = [][2]string{
	{"a1-93", "a1-zx"}, {"a1-mm", "a1-zx"}, {"a1-gsl", "a1-zx"},
	{"a3-93", "a3-zx"}, {"a3-gsl", "a3-zx"},
	{"a-93", "a-zx"}, {"a-93", "a-tzb"},
	{"a-mm", "a-zx"}, {"a-mm", "a-tzb"},
	{"a-gsl", "a-zx"}, {"a-gsl", "a-tzb"},
	{"p1-93", "p1-zx"}, {"p1-93", "p1-tzb"},
	{"p1-mm", "p1-zx"}, {"p1-mm", "p1-tzb"},
	{"p1-gsl", "p1-zx"}, {"p1-gsl", "p1-tzb"},
	{"p2-93", "p2-zx"}, {"p2-mm", "p2-zx"}, {"p2-gsl", "p2-zx"},
	{"93", "zx"}, {"mm", "zx"}, {"gsl", "zx"},
	{"a-tzb", "p1-tzb"},
	{"a5-zx", "p1-zx"},
}

// Organisations returns every tenant, upper ones before those under them.
func Organisations() []Organisation {
	return slices.Concat(committees, parties, offices)
}

// Lines returns every reporting line: within one system from each
// organisation to its parent with figures, across systems without.
func Lines() []Line {
	var lines []Line
	for _, o := range slices.Concat(committees, parties) {
		if o.Parent != "" {
			lines = append(lines, Line{o.Code, o.Parent, true})
		}
	}
	for _, ends := range across {
		lines = append(lines, Line{ends[0], ends[1], false})
	}
	return lines
}
