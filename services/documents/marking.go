// Package documents holds what every text and every file of the program must satisfy.
package documents

import (
	"regexp"
	"strings"
	"unicode"

	"shangda/internal/errs"
)

// Spaces within a marking are part of official style (机 密★一年), so they do not hide it.
const marks = `(?:绝\s*密|机\s*密|秘\s*密)`

// A word alone is not a marking: 商业秘密 and 泄露机密 are ordinary matters. A marking has the star of the state
// standard, stands in brackets, follows 密级, or has a line to itself, with or without the degree of urgency.
var inText = regexp.MustCompile(marks + `\s*(?:级\s*)?[★☆✩⭐]` +
	`|密\s*级\s*[:：]?\s*` + marks +
	`|[【\[（(〔［]\s*` + marks + `\s*(?:级|件|文件)?\s*[】\])）〕］]` +
	`|(?m:^[ \t　]*` + marks + `(?:级|件)?[ \t　]*(?:特急|加急|平急|特提|紧急|急件)?[ \t　]*\r?$)`)

// In the name of a file the mark also counts where the name begins with it or sets it apart.
var inName = regexp.MustCompile(`(?:^|[\s_\-—.·])` + marks + `(?:级|件|文件|资料)?(?:$|[\s_\-—.·（(【\[])`)

// Marked tells whether a text carries a secrecy marking.
func Marked(text string) bool { return inText.MatchString(visible(text)) }

// MarkedName tells whether the name of a file carries a secrecy marking.
func MarkedName(name string) bool {
	name = visible(name)
	return inText.MatchString(name) || inName.MatchString(name)
}

// PaperOnly is the refusal of what carries a marking: it must not enter this system in any form.
func PaperOnly(field string) error { return errs.InvalidField(field, "%s", PaperOnlyText) }

// PaperOnlyText is the notice that goes with it.
const PaperOnlyText = "如涉及保密内容，请提交纸质版材料"

// visible drops what has no width, which would hide a marking from the eye of the program but not of the reader.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}
