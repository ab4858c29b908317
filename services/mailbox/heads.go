package mailbox

import (
	"errors"
	"io"
)

const maxHead = 256 << 10

var errHead = errors.New("mailbox: a head without end")

// heads lets a mail through until a head in it, its own or that of a part, is longer than an honest one's: a reader of mails
// collects each head in memory, many times over. A head begins at the start or after a line that begins with two dashes, and
// ends with an empty line.
type heads struct {
	r      io.Reader
	within bool // a head
	head   int  // its bytes so far
	column int
	last   byte
	dashes bool // at the beginning of this line
}

func (h *heads) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	for i, c := range p[:n] {
		h.see(c)
		if h.head > maxHead {
			return i, errHead
		}
	}
	return n, err
}

func (h *heads) see(c byte) {
	if h.within {
		h.head++
	}
	switch {
	case c != '\n':
		if h.column == 1 {
			h.dashes = c == '-' && h.last == '-'
		}
		h.column, h.last = h.column+1, c
		return
	case h.column == 0 || h.column == 1 && h.last == '\r':
		h.within, h.head = false, 0
	case h.dashes:
		h.within, h.head = true, 0
	}
	h.column, h.last, h.dashes = 0, 0, false
}
