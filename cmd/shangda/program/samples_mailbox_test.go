package program_test

import (
	"maps"

	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /mailbox": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /mailbox": func(s *shelf) tenancytest.Sample {
			etag := s.h.as(s.system).send("GET", "/mailbox", nil).header.Get("ETag")
			return tenancytest.Sample{Body: `{"kind":"maildir","folder":"in","submit":false,"active":true}`, Header: map[string]string{"If-Match": etag}}
		},
		"POST /mailbox/check": func(*shelf) tenancytest.Sample { return body(``) },
		"GET /mails":          func(*shelf) tenancytest.Sample { return body(``) },
	})
}
