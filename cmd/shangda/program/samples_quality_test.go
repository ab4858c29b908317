package program_test

import (
	"maps"

	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /settings/report-rules": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/report-rules": func(s *shelf) tenancytest.Sample {
			return s.setting("report-rules", `{"required":[],"title_limit":100,"title_good":30,"draft_limit":3000,"issued_limit":1500,"secrecy_check":false}`)
		},
		"GET /settings/hint-rules": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/hint-rules": func(s *shelf) tenancytest.Sample {
			return s.setting("hint-rules", `{"phrases":["再创佳绩"],"off":["jargon"]}`)
		},
		"POST /hints":     func(*shelf) tenancytest.Sample { return body(`{"title":"站台问题","problem":"高度重视。"}`) },
		"GET /hint-codes": func(*shelf) tenancytest.Sample { return body(``) },
	})
}
