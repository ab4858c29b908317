package notices

import (
	"slices"

	"shangda/tenancy"
)

// mailboxSize is how many changes wait before they become one resync.
const mailboxSize = 200

// mailbox collects changes until they are taken: each once, and too many become one resync. So whoever is slow costs
// nothing but that.
type mailbox struct {
	Changes []tenancy.Change `json:"changes,omitempty"`
	Resync  bool             `json:"resync,omitempty"`
}

func (m *mailbox) add(changes ...tenancy.Change) {
	for _, c := range changes {
		if !m.Resync && !slices.Contains(m.Changes, c) {
			m.Changes = append(m.Changes, c)
		}
	}
	if len(m.Changes) > mailboxSize {
		m.resync()
	}
}

func (m *mailbox) resync() { m.Changes, m.Resync = nil, true }

func (m *mailbox) merge(other mailbox) {
	if other.Resync {
		m.resync()
	}
	m.add(other.Changes...)
}

func (m *mailbox) take() mailbox {
	all := *m
	*m = mailbox{}
	return all
}
