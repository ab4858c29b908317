package hints

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"shangda/services/documents"
)

// nearlyMarked are words that go with secret papers without being a marking.
var nearlyMarked = regexp.MustCompile(`涉密|密件|保密(?:文件|资料|会议|材料)|(?:绝密|机密|秘密)(?:级|件|文件|资料|材料|档案)|(?:不得|严禁|请勿|不可)外传|(?:仅供|限于?)内部|内部(?:文件|材料|资料|通报|传阅|掌握)|不(?:予|宜|得)公开(?:的)?(?:文件|资料|数据|会议|材料)|阅后(?:收回|即焚|销毁)|密级`)

// secrecy refuses a marking and warns of what comes near.
func secrecy(t Text, _ Rules) []Hint {
	var all []Hint
	for _, p := range t.parts() {
		if documents.Marked(p.text) {
			from, to := marking(p.text)
			all = append(all, p.span("secrecy_marking", Refuse, from, to, "带有密级标志，不能提交", documents.PaperOnlyText+"。"))
			continue
		}
		for _, at := range nearlyMarked.FindAllStringIndex(p.text, -1) {
			all = append(all, p.span("secrecy_near", Warn, at[0], at[1], "“"+p.text[at[0]:at[1]]+"”：可能涉及不宜公开的内容", "请核对；"+documents.PaperOnlyText+"。"))
		}
	}
	return all
}

// marking is the line that carries the marking, or all of the text.
func marking(text string) (from, to int) {
	for line := range strings.Lines(text) {
		if documents.Marked(line) {
			return from, from + len(strings.TrimRight(line, "\r\n"))
		}
		from += len(line)
	}
	return 0, len(text)
}

// personal offers to mask what identifies a person: mobile numbers, identity numbers by their check digit, bank cards by
// Luhn's sum. Addresses are part of a matter and stay.
func personal(t Text, _ Rules) []Hint {
	var all []Hint
	for _, p := range t.parts() {
		for _, f := range numbersIn(p.text) {
			h := p.span("personal_data", Warn, f.from, f.to, "像是"+f.kind, "与反映的问题无关时请遮盖。")
			h.Replacement = f.masked
			all = append(all, h)
		}
	}
	return all
}

// found is a number that identifies a person.
type found struct {
	from, to int
	kind     string
	masked   string
}

// run is a row of digits, in bytes. An identity number may end with X.
type run struct {
	from, to int
	digits   string
}

// numbersIn looks at each row of digits, and at rows that one blank or hyphen sets apart as phones and cards are written.
func numbersIn(text string) []found {
	runs := digits(text)
	var all []found
	for i := 0; i < len(runs); i++ {
		for n := min(5, len(runs)-i); n > 0; n-- {
			joined, ok := join(text, runs[i:i+n])
			if !ok {
				continue
			}
			if kind, head, tail := identify(joined.digits, n); kind != "" {
				all = append(all, found{joined.from, joined.to, kind, mask(text[joined.from:joined.to], head, tail)})
				i += n - 1
				break
			}
		}
	}
	return all
}

func digit(r rune) (byte, bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r >= '０' && r <= '９':
		return byte(r - '０' + '0'), true
	}
	return 0, false
}

func digits(text string) []run {
	var runs []run
	var now run
	end := func(to int) {
		if now.digits != "" && !glued(text, now.from, to) {
			now.to = to
			runs = append(runs, now)
		}
		now = run{}
	}
	for i, r := range text {
		d, ok := digit(r)
		if !ok && (r == 'X' || r == 'x' || r == 'Ｘ') && len(now.digits) == 17 {
			d, ok = 'X', true
		}
		if !ok {
			end(i)
			continue
		}
		if now.digits == "" {
			now.from = i
		}
		now.digits += string(d)
	}
	end(len(text))
	return runs
}

// glued is a row that belongs to something longer: a decimal, a code with letters.
func glued(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	letter := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' }
	return letter(before) || letter(after) || before == '.' || before == '*' || after == '*'
}

// join puts rows together that one blank or hyphen sets apart.
func join(text string, runs []run) (run, bool) {
	whole := runs[0]
	for _, next := range runs[1:] {
		switch text[whole.to:next.from] {
		case " ", "-", "－", "　":
		default:
			return whole, false
		}
		whole.to = next.to
		whole.digits += next.digits
	}
	return whole, true
}

// identify says what a number is, and how many digits at its ends may stay.
func identify(number string, pieces int) (kind string, head, tail int) {
	local := strings.TrimPrefix(number, "86")
	switch {
	case len(number) == 11 && mobile(number), len(number) == 13 && len(local) == 11 && mobile(local):
		return "手机号", len(number) - 8, 4
	case pieces == 1 && len(number) == 18 && identity(number):
		return "身份证号", 3, 2
	case len(number) >= 16 && len(number) <= 19 && strings.ContainsRune("3456", rune(number[0])) && luhn(number):
		return "银行卡号", 4, 4
	}
	return "", 0, 0
}

func mobile(n string) bool { return n[0] == '1' && n[1] >= '3' }

// identity checks the date of birth and the check digit of GB 11643.
func identity(n string) bool {
	born, err := time.Parse("20060102", n[6:14])
	if err != nil || born.Year() < 1900 || born.Year() > 2100 {
		return false
	}
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(n[i]-'0') * weight
	}
	return "10X98765432"[sum%11] == n[17]
}

func luhn(n string) bool {
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && strings.Trim(n, n[:1]) != ""
}

// mask puts a star for each digit but those at the ends; what stands between the digits stays, and so does the length.
func mask(text string, head, tail int) string {
	total := 0
	for _, r := range text {
		if isDigit(r) {
			total++
		}
	}
	n := 0
	return strings.Map(func(r rune) rune {
		if !isDigit(r) {
			return r
		}
		if n++; n > head && n <= total-tail {
			return '*'
		}
		return r
	}, text)
}

func isDigit(r rune) bool {
	_, ok := digit(r)
	return ok || r == 'X' || r == 'x' || r == 'Ｘ'
}
