package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"shangda/internal/ooxml"
)

// node is an element with what is in it, or (without a name) a piece between elements. Tags are kept as they were written.
type node struct {
	name  string
	open  string // the start tag, or the whole piece
	close string
	text  string // of a piece of text, unescaped
	kids  []*node
}

// parse reads a part into a tree whose writing gives the same bytes. nodes is how many more there may be.
func parse(all string, nodes *int) (*node, error) {
	tokens := ooxml.NewTokens(strings.NewReader(all)) // every tag is kept as a piece of it
	root := &node{}
	stack := []*node{root}
	for {
		from := tokens.Offset()
		token, err := tokens.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, refusal(err)
		}
		raw := all[from:tokens.Offset()]
		top := stack[len(stack)-1]
		if _, ends := token.(xml.EndElement); !ends {
			*nodes--
		}
		if *nodes < 0 {
			return nil, ErrTooMuch
		}
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: full(token.Name), open: raw}
			top.kids, stack = append(top.kids, n), append(stack, n)
		case xml.EndElement:
			if len(stack) == 1 || top.name != full(token.Name) {
				return nil, ErrNoWord
			}
			top.close, stack = raw, stack[:len(stack)-1]
		case xml.CharData:
			piece := &node{open: raw}
			if top.name == "w:t" {
				piece.text = string(token)
			}
			top.kids = append(top.kids, piece)
		default:
			top.kids = append(top.kids, &node{open: raw})
		}
	}
	if len(stack) != 1 {
		return nil, ErrNoWord
	}
	return root, nil
}

func full(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func (n *node) write(b *strings.Builder) {
	b.WriteString(n.open)
	for _, kid := range n.kids {
		kid.write(b)
	}
	b.WriteString(n.close)
}

func (n *node) clone() *node {
	c := *n
	c.kids = make([]*node, len(n.kids))
	for i, kid := range n.kids {
		c.kids[i] = kid.clone()
	}
	return &c
}

// each visits the elements of that name, outer ones first.
func (n *node) each(name string, visit func(*node)) {
	if n.name == name {
		visit(n)
	}
	for _, kid := range n.kids {
		kid.each(name, visit)
	}
}

func (n *node) find(name string) *node {
	var first *node
	n.each(name, func(m *node) {
		if first == nil {
			first = m
		}
	})
	return first
}

// ownTexts are the texts of a paragraph that are not those of a paragraph within it, such as in a text box.
func (n *node) ownTexts() []*node {
	var list []*node
	for _, kid := range n.kids {
		switch kid.name {
		case "w:p":
		case "w:t":
			list = append(list, kid)
		default:
			list = append(list, kid.ownTexts()...)
		}
	}
	return list
}

func (n *node) content() string {
	var b strings.Builder
	for _, kid := range n.kids {
		b.WriteString(kid.text)
	}
	return b.String()
}

// words is the text of a paragraph, whatever runs it is torn into.
func (n *node) words() string {
	var b strings.Builder
	for _, t := range n.ownTexts() {
		b.WriteString(t.content())
	}
	return b.String()
}

// checkBlocks sees that each block that begins among the children of an element ends there, and that none stands in another.
func (n *node) checkBlocks() error {
	open := false
	for _, kid := range n.kids {
		if kid.name != "w:p" {
			if err := kid.checkBlocks(); err != nil {
				return err
			}
			continue
		}
		switch text := strings.TrimSpace(kid.words()); {
		case text == blockBegins && !open:
			open = true
		case text == blockEnds && open:
			open = false
		case strings.Contains(text, blockBegins), strings.Contains(text, blockEnds):
			return ErrBlock
		}
		for _, inner := range kid.kids {
			if err := inner.checkBlocks(); err != nil {
				return err
			}
		}
	}
	if open {
		return ErrBlock
	}
	return nil
}

// budget is how many bytes the filling of a template may still make: a small one may ask for a great deal of copies.
type budget int

// copy is n again, nil once the budget is spent.
func (b *budget) copy(n *node) *node {
	if !b.spend(nodeCost * n.count()) {
		return nil
	}
	return n.clone()
}

func (b *budget) spend(bytes int) bool {
	*b -= budget(bytes)
	return *b >= 0
}

func (n *node) count() int {
	all := 1
	for _, kid := range n.kids {
		all += kid.count()
	}
	return all
}

const (
	nodeCost = 128
	linkCost = 8
	textCost = 3
)

// repeat puts the paragraphs between the marks of a block once for each item.
func (n *node) repeat(v Values, left *budget) {
	for left.spend(linkCost * len(n.kids)) {
		begins := slices.IndexFunc(n.kids, func(k *node) bool { return k.name == "w:p" && strings.TrimSpace(k.words()) == blockBegins })
		if begins < 0 {
			break
		}
		length := slices.IndexFunc(n.kids[begins:], func(k *node) bool { return k.name == "w:p" && strings.TrimSpace(k.words()) == blockEnds })
		if length < 0 {
			break
		}
		var all []*node
		for _, item := range v.Items {
			block := left.copy(&node{kids: n.kids[begins+1 : begins+length]})
			if block == nil {
				return
			}
			block.replace(item, left)
			all = append(all, block.kids...)
		}
		n.kids = slices.Concat(n.kids[:begins], all, n.kids[begins+length+1:])
	}
	for _, kid := range n.kids {
		kid.repeat(v, left)
	}
}

// replace puts values in place of their placeholders. A name that is not in values stays for who comes later.
func (n *node) replace(values map[string]string, left *budget) {
	for i := 0; i < len(n.kids) && *left >= 0; i++ {
		kid := n.kids[i]
		if kid.name == "w:p" {
			if lines := kid.alone(values); len(lines) > 1 {
				copies := make([]*node, len(lines))
				for j, line := range lines {
					if copies[j] = left.copy(kid); copies[j] == nil {
						return
					}
					copies[j].fill(func(string) (string, bool) { return line, true }, left)
				}
				left.spend(linkCost * len(n.kids))
				n.kids = slices.Concat(n.kids[:i], copies, n.kids[i+1:])
				i += len(copies) - 1
				continue
			}
			kid.fill(func(name string) (string, bool) { value, ok := values[name]; return value, ok }, left)
		}
		kid.replace(values, left)
	}
}

// alone gives the lines of the value where a paragraph holds one placeholder and nothing else.
func (n *node) alone(values map[string]string) []string {
	text := strings.TrimSpace(n.words())
	found := placeholder.FindStringSubmatch(text)
	if found == nil || found[0] != text {
		return nil
	}
	value, ok := values[found[1]]
	if !ok {
		return nil
	}
	return strings.Split(strings.TrimRight(value, "\n"), "\n")
}

// fill replaces the placeholders of a paragraph. A placeholder over several runs takes the look of the first.
func (n *node) fill(value func(name string) (string, bool), left *budget) {
	texts := n.ownTexts()
	all := n.words()
	matches := placeholder.FindAllStringSubmatchIndex(all, -1)
	for i := len(matches) - 1; i >= 0; i-- {
		m := matches[i]
		with, ok := value(all[m[2]:m[3]])
		if !ok {
			continue
		}
		if !left.spend(textCost * (len(all) + len(with))) {
			return
		}
		offset := 0
		for _, t := range texts {
			content := t.content()
			from, to := max(m[0]-offset, 0), min(m[1]-offset, len(content))
			begins := m[0] >= offset && m[0] < offset+len(content)
			offset += len(content)
			if from >= to {
				continue
			}
			middle := ""
			if begins {
				middle = with
			}
			t.set(content[:from] + middle + content[to:])
		}
		all = n.words()
	}
}

// set makes the text of a w:t; line feeds become breaks beside it.
func (n *node) set(text string) {
	n.open, n.close = `<w:t xml:space="preserve">`, `</w:t>`
	lines := strings.Split(text, "\n")
	raw := make([]string, len(lines))
	for i, line := range lines {
		raw[i] = escaped(line)
	}
	n.kids = []*node{{open: strings.Join(raw, `</w:t><w:br/><w:t xml:space="preserve">`), text: text}}
}

// append puts something at the end of the outermost element.
func (n *node) append(what string) {
	for _, kid := range n.kids {
		if kid.name != "" {
			kid.unfold()
			kid.kids = append(kid.kids, &node{open: what})
			return
		}
	}
}

// unfold makes <a/> into <a></a>.
func (n *node) unfold() {
	if strings.HasSuffix(n.open, "/>") {
		n.open, n.close = strings.TrimSuffix(n.open, "/>")+">", "</"+n.name+">"
	}
}

// addHeaders gives the first section the header of our own for each kind of page that has none; later sections inherit it.
func (n *node) addHeaders() {
	section := n.find("w:sectPr")
	if section == nil {
		return
	}
	section.unfold()
	for _, kind := range []string{"default", "even", "first"} {
		has := slices.ContainsFunc(section.kids, func(k *node) bool {
			return k.name == "w:headerReference" && strings.Contains(k.open, `"`+kind+`"`)
		})
		if !has {
			reference := `<w:headerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" w:type="` + kind + `" r:id="` + ownHeaderID + `"/>`
			section.kids = slices.Concat([]*node{{open: reference}}, section.kids)
		}
	}
}
