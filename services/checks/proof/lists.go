package proof

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Person is somebody whose name and post must be right, such as 王明, 市政协主席.
type Person struct {
	Name string `json:"name" maxLength:"20"`
	Post string `json:"post" maxLength:"60"`
}

// Pair is a wrong form and the right one, such as 市住建委 and 市住房和城乡建设局.
type Pair struct {
	Wrong string `json:"wrong" maxLength:"60"`
	Right string `json:"right" maxLength:"60"`

	within []string // longer words in which the wrong form is right
}

// Lists are a tenant's own: its leaders, and the names and words that it writes in one way.
type Lists struct {
	People []Person `json:"people" maxItems:"300"`
	Words  []Pair   `json:"words" maxItems:"500"`
}

// posts are the words a post ends with, the longer before those they end with.
var posts = []string{"副主席", "主席", "副主任", "主任", "副书记", "书记", "副市长", "市长", "副县长", "县长", "副区长", "区长", "副省长", "省长", "秘书长", "部长", "副部长", "局长", "副局长", "主委", "副主委", "会长", "副会长", "院长", "检察长"}

func init() { slices.SortFunc(posts, func(a, b string) int { return len(b) - len(a) }) }

func (l Lists) read(p part) {
	replace(p, Names, l.Words)
	for _, person := range l.People {
		person.underAnotherPost(p)
		person.misspelt(p, l.People)
	}
}

// underAnotherPost: the name directly after a post that is not the person's.
func (n Person) underAnotherPost(p part) {
	if utf8.RuneCountInString(n.Name) < 2 {
		return
	}
	for at := 0; ; {
		i := strings.Index(p.text[at:], n.Name)
		if i < 0 {
			return
		}
		i += at
		at = i + len(n.Name)
		before := strings.TrimRight(p.text[:i], " 　、")
		if before != strings.TrimRight(p.text[:i], " 　") {
			continue // 主席、王明: not his post
		}
		said := postAt(before)
		if said != "" && said != postAt(n.Post) {
			p.add(Names, len(before)-len(said), at, "", "%s的职务是“%s”，请核对", n.Name, n.Post)
		}
	}
}

// postAt is the post that the text ends with.
func postAt(text string) string {
	for _, post := range posts {
		if strings.HasSuffix(text, post) {
			return post
		}
	}
	return ""
}

// misspelt: after the person's full post a name that has as many characters and differs in one.
func (n Person) misspelt(p part, all []Person) {
	name := []rune(n.Name)
	if len(name) < 2 || n.Post == "" {
		return
	}
	for at := 0; ; {
		i := strings.Index(p.text[at:], n.Post)
		if i < 0 {
			return
		}
		at += i + len(n.Post)
		written := []rune(p.text[at:])
		if len(written) < len(name) {
			return
		}
		written = written[:len(name)]
		if !almost(name, written) || slices.ContainsFunc(all, func(o Person) bool { return strings.HasPrefix(p.text[at:], o.Name) }) {
			continue
		}
		p.add(Names, at, at+len(string(written)), n.Name, "%s是%s，请核对姓名", n.Post, n.Name)
	}
}

// almost tells whether two names of one length share the surname and differ in exactly one character.
func almost(name, written []rune) bool {
	differ := 0
	for i := range name {
		if !unicode.Is(unicode.Han, written[i]) {
			return false
		}
		if name[i] != written[i] {
			differ++
		}
	}
	return differ == 1 && (name[0] == written[0] || len(name) > 2)
}
