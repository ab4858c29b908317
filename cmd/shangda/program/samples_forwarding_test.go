package program_test

import (
	"context"
	"maps"

	"github.com/google/uuid"

	"shangda/services/forwardings"
	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /signing-keys":           func(*shelf) tenancytest.Sample { return body(``) },
		"POST /signing-keys":          func(*shelf) tenancytest.Sample { return body(``) },
		"GET /requirements":           func(*shelf) tenancytest.Sample { return body(``) },
		"GET /upper-requirements":     func(*shelf) tenancytest.Sample { return body(``) },
		"GET /answer-clocks":          func(*shelf) tenancytest.Sample { return body(``) },
		"GET /reports/{id}/received":  func(s *shelf) tenancytest.Sample { return on(s.report(reports.Signed), ``) },
		"GET /reports/{id}/exchanges": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Signed), ``) },
		"POST /reports/{id}/remarks": func(s *shelf) tenancytest.Sample {
			return on(s.received(), `{"text":"请注明数据来源。"}`)
		},
		"POST /reports/{id}/supplement-requests": func(s *shelf) tenancytest.Sample {
			return on(s.received(), `{"text":"请补充站台数量。","due_on":"2099-12-01"}`)
		},
		"POST /exchanges/{id}/supplement": func(s *shelf) tenancytest.Sample { return on(s.askedForMore(), `{"text":"共一百二十六个。"}`) },
		"PUT /requirements": func(s *shelf) tenancytest.Sample {
			etag := s.h.as(s.system).send("GET", "/requirements", nil).header.Get("ETag")
			return tenancytest.Sample{Header: map[string]string{"If-Match": etag},
				Body: `{"text":"一事一报。","most_chars":1500,"sheet":false,"topics":["养老服务"],"answer_days":10,"most_returns":2}`}
		},
	})
}

// sentFrom sends a signed report of that shelf to a unit above and carries it there.
func (s *shelf) sentFrom(from *shelf, to *tenancytest.Tenant) uuid.UUID {
	id, err := s.h.Forwardings.Send(from.editor.Context(), from.make(reports.Signed), []string{to.Code}, forwardings.Options{})
	s.must(err)
	list, _, err := s.h.Forwardings.Of(from.editor.Context(), id)
	s.must(err)
	s.must(s.h.Letters.Deliver(context.Background(), from.of.ID, list[0].LetterID))
	return id
}

// received is a report that came to this unit from one below.
func (s *shelf) received() uuid.UUID {
	return s.keep("received", func(uuid.UUID) bool { return true }, func() uuid.UUID {
		below := s.h.world.Tenant("cppcc", "county")
		s.h.world.Line(below, s.of)
		s.sentFrom(s.h.shelf(below), s.of)
		return s.inboxOf(s.editor, below)
	})
}

// inboxOf is what a unit received from another.
func (s *shelf) inboxOf(p *tenancytest.Person, from *tenancytest.Tenant) uuid.UUID {
	list, _, err := s.h.Reports.List(p.Context(), reports.Filter{Box: reports.BoxInbox, Sender: from.Code, Limit: 1})
	s.must(err)
	return list[0].ID
}

// askedForMore is a request that a unit above sent down about a report of this one.
func (s *shelf) askedForMore() uuid.UUID {
	return s.keep("asked for more", func(uuid.UUID) bool { return true }, func() uuid.UUID {
		above := s.h.world.Tenant("cppcc", "national")
		s.h.world.Line(s.of, above)
		report := s.sentFrom(s, above)
		desk := above.Person("editor")
		copied := s.inboxOf(desk, s.of)
		_, err := s.h.Exchanges.Ask(desk.Context(), copied, "请补充站台数量。", "2099-12-01")
		s.must(err)
		sent, err := s.h.Exchanges.Of(desk.Context(), copied)
		s.must(err)
		s.must(s.h.Letters.Deliver(context.Background(), above.ID, sent[0].LetterID))
		list, err := s.h.Exchanges.Of(s.editor.Context(), report)
		s.must(err)
		return list[len(list)-1].ID
	})
}
