package segment

import (
	"bufio"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// unknown is the weight of a word no corpus knows, such as a street or a firm: it tells much.
const unknown = 12

// single is what a single character keeps of its weight: it is mostly the remainder of a name.
const single = 0.4

var weights = sync.OnceValue(func() map[string]float32 {
	all := make(map[string]float32, 270_000)
	lines := bufio.NewScanner(strings.NewReader(gse.ZhIdf))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 2 {
			continue
		}
		if w, err := strconv.ParseFloat(fields[1], 32); err == nil {
			all[fields[0]] = float32(w)
		}
	}
	return all
})

// Weight is how much a word tells: its inverse document frequency in general Chinese, which is shipped with the dictionary.
func Weight(word string) float32 {
	w, known := weights()[word]
	if !known {
		w = unknown
	}
	if utf8.RuneCountInString(word) == 1 {
		w *= single
	}
	return w
}
