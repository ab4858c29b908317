package importer

import (
	"regexp"
	"slices"
	"strings"
)

// The places of the file are coded: A市 is the city, A1区 … A9市 are its districts and counties, other letters are other
// cities with theirs.
var (
	district   = regexp.MustCompile(`A([1-9])[区县市]`)
	city       = regexp.MustCompile(`A市`)
	otherPlace = regexp.MustCompile(`[B-Z][0-9]{0,2}[市区县]`)
)

// Rule is the rule of places in words, printed before every import.
const Rule = `地点规则（依据标题和正文）：
  1. 地点代码指 A1 至 A9 后紧跟“区”“县”或“市”，且前面不是字母或数字；楼栋、纸张等字样（如 A4栋、A12栋、A4纸）不算地点。
  2. 只出现一个地点代码的，归该区（县、市）政协；一个都没有或出现几个的，归市政协本单位。
  3. 没有地点代码、也没有提到 A市，只提到其他城市（如 B市、K8县）的，不导入。`

// whereabouts is what a text says of its place: the district it belongs to (empty for the city's own unit), the words to
// show, or that it only concerns other cities.
type whereabouts struct {
	district string
	words    string
	foreign  bool
}

func placeOf(title, body string) whereabouts {
	text := title + "\n" + body
	words, digits := tokens(district, text), []string{}
	for _, w := range words {
		if d := w[1:2]; !slices.Contains(digits, d) {
			digits = append(digits, d)
		}
	}
	switch {
	case len(digits) == 1:
		return whereabouts{district: "a" + digits[0], words: words[0]}
	case len(digits) > 1:
		return whereabouts{words: strings.Join(words, "、")}
	case len(tokens(city, text)) > 0:
		return whereabouts{words: "A市"}
	case len(tokens(otherPlace, text)) > 0:
		return whereabouts{foreign: true}
	}
	return whereabouts{}
}

// tokens are the distinct matches that no letter or digit stands before, in the order of their first appearance.
func tokens(pattern *regexp.Regexp, text string) []string {
	var found []string
	for _, at := range pattern.FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		if at[0] > 0 && alphanumeric(text[at[0]-1]) || slices.Contains(found, word) {
			continue
		}
		found = append(found, word)
	}
	return found
}

func alphanumeric(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}
