package program_test

import (
	"maps"

	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /signing-keys":          func(*shelf) tenancytest.Sample { return body(``) },
		"POST /signing-keys":         func(*shelf) tenancytest.Sample { return body(``) },
		"GET /requirements":          func(*shelf) tenancytest.Sample { return body(``) },
		"GET /upper-requirements":    func(*shelf) tenancytest.Sample { return body(``) },
		"GET /answer-clocks":         func(*shelf) tenancytest.Sample { return body(``) },
		"GET /reports/{id}/received": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Signed), ``) },
		"PUT /requirements": func(s *shelf) tenancytest.Sample {
			etag := s.h.as(s.system).send("GET", "/requirements", nil).header.Get("ETag")
			return tenancytest.Sample{Header: map[string]string{"If-Match": etag},
				Body: `{"text":"一事一报。","most_chars":1500,"sheet":false,"topics":["养老服务"],"answer_days":10,"most_returns":2}`}
		},
	})
}
