package boards

import "time"

// Board is the figures of one unit over one period: its own, and those of the reports that began below it.
type Board struct {
	AsOf        time.Time         `json:"as_of" doc:"The figures are exact as of this moment"`
	LagSeconds  float64           `json:"lag_seconds" doc:"How old that moment was when the board was made"`
	Period      PeriodName        `json:"period"`
	Unit        UnitName          `json:"unit"`
	Own         *Own              `json:"own" doc:"What the unit itself received, sent and decided; null when looking at a unit below"`
	Tree        Tree              `json:"tree" doc:"Reports counted at their origin: the unit's own ones (unit board) or also all below it (tree board)"`
	Trend       []Month           `json:"trend" doc:"Twelve months up to the end of the period, or to this month"`
	Categories  []Category        `json:"categories" doc:"Empty when looking at a unit further down than the next level"`
	Ranking     []Ranked          `json:"ranking,omitzero" doc:"Tree board only; units of basis tree first, ranked apart from those of basis own"`
	Classes     []string          `json:"classes,omitzero" doc:"Tree board only: the classes among the ranked units"`
	Definitions map[string]string `json:"definitions" doc:"What each measure means"`
}

// PeriodName tells the period by its first and last month and in words.
type PeriodName struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Label string `json:"label"`
}

// UnitName is a unit by code and name.
type UnitName struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Own is what a unit did itself.
type Own struct {
	Submitted int        `json:"submitted"`
	Received  int        `json:"received"`
	Signed    int        `json:"signed"`
	Forwarded int        `json:"forwarded"`
	Adopted   OwnAdopted `json:"adopted"`
	Kept      int        `json:"kept"`
	Declined  int        `json:"declined"`
	Returned  int        `json:"returned"`
}

// OwnAdopted is what a unit adopted, by form.
type OwnAdopted struct {
	Single   int `json:"single"`
	Combined int `json:"combined"`
	Relayed  int `json:"relayed"`
	Total    int `json:"total"`
}

// Count is 篇 and 篇次.
type Count struct {
	Reports int `json:"reports"`
	Times   int `json:"times"`
}

// Levels are counts by the level of the deciding unit.
type Levels struct {
	County   Count `json:"county"`
	City     Count `json:"city"`
	Province Count `json:"province"`
	National Count `json:"national"`
}

// Forms are counts by the form of adoption.
type Forms struct {
	Single   Count `json:"single"`
	Combined Count `json:"combined"`
	Relayed  Count `json:"relayed"`
}

// Tree is the fate of reports, each counted once at its origin.
type Tree struct {
	Submitted    int         `json:"submitted"`
	Forwarded    int         `json:"forwarded"`
	Forwardings  int         `json:"forwardings"`
	Adopted      TreeAdopted `json:"adopted"`
	AdoptionRate *float64    `json:"adoption_rate"`
}

// TreeAdopted is how many reports were adopted how often, where and how.
type TreeAdopted struct {
	Count
	ByLevel Levels `json:"by_level"`
	ByForm  Forms  `json:"by_form"`

	ByLevelForm LevelForms `json:"by_level_form" doc:"篇次 by level and form"`
}

// FormTimes is 篇次 by the form of adoption.
type FormTimes struct {
	Single   int `json:"single"`
	Combined int `json:"combined"`
	Relayed  int `json:"relayed"`
}

// LevelForms is 篇次 by the level of the deciding unit and the form of adoption.
type LevelForms struct {
	County   FormTimes `json:"county"`
	City     FormTimes `json:"city"`
	Province FormTimes `json:"province"`
	National FormTimes `json:"national"`
}

// Month is one month of the trend.
type Month struct {
	Month          string `json:"month"`
	Submitted      int    `json:"submitted"`
	AdoptedReports int    `json:"adopted_reports"`
	AdoptedTimes   int    `json:"adopted_times"`
}

// Category is one category of reports.
type Category struct {
	Category       string `json:"category"`
	Submitted      int    `json:"submitted"`
	AdoptedReports int    `json:"adopted_reports"`
	AdoptedTimes   int    `json:"adopted_times"`
}

// Ranked is one unit in the ranking. Basis tree: the reports that began in or below the unit, and their whole way. Basis
// own: a sender across lines, whose figures are only what it sent here and what became of it here.
type Ranked struct {
	Rank           int      `json:"rank"`
	Tenant         string   `json:"tenant"`
	Name           string   `json:"name"`
	ShortName      string   `json:"short_name"`
	Kind           string   `json:"kind" enum:"cppcc,party,federation,group,front,office,department"`
	Party          string   `json:"party"`
	Class          string   `json:"class"`
	Basis          string   `json:"basis" enum:"tree,own"`
	Submitted      int      `json:"submitted"`
	Forwarded      int      `json:"forwarded"`
	AdoptedReports int      `json:"adopted_reports"`
	AdoptedTimes   int      `json:"adopted_times"`
	ByLevel        Levels   `json:"by_level"`
	AdoptionRate   *float64 `json:"adoption_rate"`
	HasChildren    bool     `json:"has_children"`
}

// definitions are the same for everybody, so that two units never mean two things by one word.
var definitions = map[string]string{
	"own":           "本单位：本单位自己收到、签发、报送和处理的信息，按办理发生的月份统计。",
	"tree":          "源头统计：每篇信息只在首次提出的单位计一次，各级处理结果随它计入；综合稿不另计，按来源篇目分别计入。",
	"submitted":     "提交：作者提交的信息篇数，按提交月份统计，撤回的不计。",
	"received":      "收到：其他单位报送到本单位的信息篇数。",
	"signed":        "签发：本单位审签完成的信息篇数。",
	"forwarded":     "报送：至少报送过一个上级单位的信息篇数，按首次报送月份统计。",
	"forwardings":   "报送篇次：一篇信息报送几个单位计几次。",
	"adopted":       "采用：单篇采用、综合采用和转送采用，按作出决定的月份统计，更正的计回原月份。",
	"reports":       "篇：一篇信息不论被采用几次只计一篇，计入首次被采用的月份；分级、分形式时各计首次。",
	"times":         "篇次：一篇信息每被一个单位采用一次计一次。",
	"adoption_rate": "采用率：本时段首次被采用的篇数除以本时段提交的篇数；没有提交的不计算。",
	"ranking_tree":  "所属单位按源头统计排名：包括该单位及其所属各单位提出的全部信息，以及它们在各级的采用情况。",
	"ranking_own":   "其他报送单位按本单位统计排名：“提交”指报送到本单位的篇数，“报送”指本单位继续上报的篇数，“采用”只指本单位的采用。",
	"kept":          "留存：本单位决定留存的信息篇数。",
	"declined":      "不采用：本单位决定不采用的信息篇数。",
	"returned":      "退回：本单位退回修改的次数。",
}
