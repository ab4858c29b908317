package checks

import (
	"crypto/sha256"
	"encoding/binary"
	"regexp"
	"strings"
)

// figure is what a second person verifies: numbers in digits, and Chinese ones that count or measure something.
var figure = regexp.MustCompile(`[0-9０-９]|百分之|[一二三四五六七八九十百千两]+(?:余|多)?(?:百|千|万|亿|个|户|人|家|处|起|件|次|名|所|公里|亩|吨|元|倍|成)`)

var sentenceEnd = regexp.MustCompile(`[。！？；\n]`)

// figurePassages are the sentences of the text that hold figures, in order.
func (r Report) figurePassages() []string {
	var found []string
	for _, part := range []string{r.Title, r.Problem, r.Cause, r.Advice} {
		for _, sentence := range sentenceEnd.Split(part, -1) {
			if s := strings.TrimSpace(sentence); figure.MatchString(s) {
				found = append(found, s)
			}
		}
	}
	return found
}

// digests are what a check remembers of the text: its statements (title, problem and cause; advice states no facts), and its
// passages with figures.
func (r Report) digests() (statements, figures []byte) {
	return digest(r.Title, r.Problem, r.Cause), digest(r.figurePassages()...)
}

// wholeDigest is of all four parts: what a proof check read.
func (r Report) wholeDigest() []byte { return digest(r.Title, r.Problem, r.Cause, r.Advice) }

// digest is sha256 over the parts, each with its length, so that no character can move from one to another.
func digest(parts ...string) []byte {
	sum := sha256.New()
	for _, part := range parts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		sum.Write(length[:])
		sum.Write([]byte(part))
	}
	return sum.Sum(nil)
}
