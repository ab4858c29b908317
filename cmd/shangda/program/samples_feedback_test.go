package program_test

import (
	"fmt"
	"maps"
	"strconv"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/certificates"
	"shangda/services/meetings"
	"shangda/services/notices"
	"shangda/services/notices/channels"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// failedSend is a message of the author's that went nowhere: nothing is sent in these tests.
func (s *shelf) failedSend() uuid.UUID {
	s.channelOpen()
	ways, err := s.h.Channels.Ways(s.author.Context())
	s.must(err)
	ways.Choice.Other, ways.Choice.Quiet = []string{channels.Webhook}, false
	s.must(s.h.Channels.Choose(s.author.Context(), ways.Version, ways.Choice))
	s.must(s.h.DB.InTx(s.editor.Context(), func(tx *tenancy.Tx) error {
		at := tenancy.Subject{Kind: "clue", ID: tenancy.NewID()}
		tx.Record(tenancy.Event{Kind: "clue.decided", Subject: at})
		return s.h.Notices.Tell(s.editor.Context(), tx, []uuid.UUID{s.author.Membership}, notices.Notice{Kind: "clue.decided", Text: "线索已定", Subject: at})
	}))
	sends, _, err := s.h.Channels.Sends(s.author.Context(), false, channels.Queued, "", 1)
	s.must(err)
	_, err = s.h.world.TestDB.Admin(s.h.t).Exec(s.editor.Context(), `update notice_sends set state = 'failed' where tenant_id = $1 and id = $2`, s.of.ID, sends[0].ID)
	s.must(err)
	return sends[0].ID
}

// channelOpen opens the hook, without a secret: nothing is sealed in these tests.
func (s *shelf) channelOpen() {
	_, err := s.h.world.TestDB.Admin(s.h.t).Exec(s.editor.Context(), `
		insert into notice_channels (tenant_id, channel, active, full_text, config, changed_by, changed_at) values ($1, 'webhook', true, false, '{}', $2, now())
		on conflict do nothing`, s.of.ID, s.system.Membership)
	s.must(err)
}

// certificate is one that stands.
func (s *shelf) certificate() certificates.Certificate {
	get := func(id uuid.UUID) certificates.Certificate {
		c, err := s.h.Certificates.Get(s.editor.Context(), id)
		s.must(err)
		return c
	}
	good := func(id uuid.UUID) bool { return get(id).Withdrawn == nil }
	return get(s.keep("certificate", good, func() uuid.UUID {
		report := s.newlyAdopted()
		id, err := s.h.Certificates.Issue(s.editor.Context(), report, s.certifiable(report))
		s.must(err)
		return id
	}))
}

// newlyAdopted is a report that was just adopted.
func (s *shelf) newlyAdopted() uuid.UUID {
	id := s.make(reports.TakenUp)
	_, err := s.h.Reports.Adopt(s.head.Context(), id, reports.NewAdoption{Form: reports.FormSingle})
	s.must(err)
	return id
}

func (s *shelf) certifiable(report uuid.UUID) certificates.New {
	sheet, err := s.h.Feedback.Of(s.editor.Context(), report)
	s.must(err)
	return certificates.New{Event: sheet.Outcomes[0].Event, Person: s.author.Name}
}

// meeting is one that was held and can be closed.
func (s *shelf) meeting() meetings.Meeting {
	get := func(id uuid.UUID) meetings.Meeting {
		m, err := s.h.Meetings.Get(s.editor.Context(), id)
		s.must(err)
		return m
	}
	good := func(id uuid.UUID) bool { return get(id).State == meetings.Planned }
	return get(s.keep("meeting", good, func() uuid.UUID {
		id, err := s.h.Meetings.Create(s.editor.Context(), meetings.Plan{Title: "第三次例会", HeldAt: s.h.DB.Clock.Now().Add(-time.Hour), Minutes: "通报了采用情况。", Agenda: []string{"通报"}})
		s.must(err)
		return id
	}))
}

func (s *shelf) meetingAt(text string) tenancytest.Sample {
	m := s.meeting()
	sample := on(m.ID, text)
	sample.Header = map[string]string{"If-Match": strconv.Quote(strconv.Itoa(m.Version))}
	return sample
}

const meetingBody = `{"title":"第三次例会","held_at":"2026-11-02T01:00:00Z","place":"会议室","host":"","attendees":"","agenda":["通报"],"minutes":"通报了采用情况。"}`

func init() {
	unusedPermissions[authz.NoticeSend] = "the messenger's, who has no routes"
	unusedPermissions[authz.CertificateVerify] = "the visitor's, who has no login and so no such route"
	openToStrangers["POST /api/v1/certificate-verification"] = "whoever holds a certificate; services/certificates"
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /notice-channels": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /notice-channels": func(s *shelf) tenancytest.Sample {
			views, err := s.h.Channels.Channels(s.system.Context())
			s.must(err)
			return tenancytest.Sample{Header: map[string]string{"If-Match": strconv.Quote(strconv.Itoa(views[0].Version))},
				Body: `{"channel":"email","active":true,"full_text":false,"config":{"host":"smtp.example.com","port":465,"security":"tls","sender":"a@example.com"}}`}
		},
		"GET /notice-ways": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /notice-ways": func(s *shelf) tenancytest.Sample {
			return tenancytest.Sample{Body: `{"outcome":[],"task":[],"other":[],"quiet":true,"quiet_from":"22:00","quiet_to":"07:00","digest":false,"digest_at":18}`,
				Header: map[string]string{"If-Match": `"0"`}}
		},
		"GET /notice-sends":              func(*shelf) tenancytest.Sample { return body(``) },
		"POST /notice-sends/{id}/resend": func(s *shelf) tenancytest.Sample { return on(s.failedSend(), ``) },

		"GET /feedback":              func(*shelf) tenancytest.Sample { return body(``) },
		"GET /reports/{id}/feedback": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/feedback": func(s *shelf) tenancytest.Sample {
			return on(s.adopted(), `{"way":"phone","words":"已电话告知采用情况","on":"`+s.h.DB.Clock.Now().In(time.FixedZone("", 8*3600)).Format(time.DateOnly)+`"}`)
		},
		"POST /reports/{id}/feedback/seen": func(s *shelf) tenancytest.Sample { return on(s.newlyAdopted(), ``) },
		"GET /reports/{id}/papers/{paper}": func(s *shelf) tenancytest.Sample {
			sample := on(s.adopted(), ``)
			sample.Params["paper"] = "letter"
			return sample
		},
		"GET /reports/{id}/certificates": func(s *shelf) tenancytest.Sample { return on(s.adopted(), ``) },
		"POST /reports/{id}/certificates": func(s *shelf) tenancytest.Sample {
			id := s.newlyAdopted()
			n := s.certifiable(id)
			return on(id, fmt.Sprintf(`{"event":"%s","person":"%s"}`, n.Event, n.Person))
		},
		"POST /certificates/{id}/withdraw": func(s *shelf) tenancytest.Sample { return on(s.certificate().ID, `{"reason":"姓名有误"}`) },
		"GET /certificates/{id}/document":  func(s *shelf) tenancytest.Sample { return on(s.certificate().ID, ``) },
		"GET /meetings":                    func(*shelf) tenancytest.Sample { return body(``) },
		"POST /meetings":                   func(*shelf) tenancytest.Sample { return body(meetingBody) },
		"GET /meetings/{id}":               func(s *shelf) tenancytest.Sample { return on(s.meeting().ID, ``) },
		"PUT /meetings/{id}":               func(s *shelf) tenancytest.Sample { return s.meetingAt(meetingBody) },
		"POST /meetings/{id}/close":        func(s *shelf) tenancytest.Sample { return s.meetingAt(``) },
		"GET /meetings/{id}/document":      func(s *shelf) tenancytest.Sample { return on(s.meeting().ID, ``) },
	})
}
