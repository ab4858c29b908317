package program_test

import (
	"maps"
	"strconv"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/notices"
	"shangda/services/notices/channels"
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

func init() {
	unusedPermissions[authz.NoticeSend] = "the messenger's, who has no routes"
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
	})
}
