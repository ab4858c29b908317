package program_test

import (
	"maps"

	"shangda/authz"
	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /search":                       func(*shelf) tenancytest.Sample { return tenancytest.Sample{Query: "q=%E5%81%9C%E8%BD%A6&page=1"} },
		"GET /reports/{id}/similar":         func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"GET /reports/{id}/similar/{other}": func(s *shelf) tenancytest.Sample { return s.similarPair(``) },
		"PUT /reports/{id}/similar/{other}": func(s *shelf) tenancytest.Sample { return s.similarPair(`{"verdict":"different"}`) },
		"GET /reports/{id}/topics":          func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"GET /similar-badges": func(s *shelf) tenancytest.Sample {
			return tenancytest.Sample{Query: "reports=" + s.report(reports.Submitted).String()}
		},
		"GET /settings/duplicate-rules": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/duplicate-rules": func(s *shelf) tenancytest.Sample {
			return s.setting("duplicate-rules", `{"on_submit":"warn","platform":true}`)
		},
	})
	maps.Copy(unusedPermissions, map[authz.Permission]string{
		authz.SearchIndex: "the indexer's, who has no routes",
	})
}

// similarPair names two reports of the shelf.
func (s *shelf) similarPair(text string) tenancytest.Sample {
	return tenancytest.Sample{Body: text, Params: map[string]string{"id": s.report(reports.Submitted).String(), "other": s.report(reports.TakenUp).String()}}
}
