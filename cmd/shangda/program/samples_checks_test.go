package program_test

import (
	"fmt"
	"maps"
	"strconv"

	"github.com/google/uuid"

	"shangda/services/checks"
	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

// asked is a request to a department outside, whose answer the clerks write down.
func (s *shelf) asked() uuid.UUID {
	good := func(id uuid.UUID) bool {
		c, err := s.h.Checks.Get(s.editor.Context(), id)
		s.must(err)
		return c.State == checks.Asked
	}
	return s.keep("asked", good, func() uuid.UUID {
		id, err := s.h.Checks.Ask(s.editor.Context(), s.report(reports.TakenUp), checks.NewRequest{Matter: checks.MatterFacts, Department: "市交通局", Question: "请核实"})
		s.must(err)
		return id
	})
}

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /reports/{id}/text":   func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"GET /reports/{id}/checks": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/checks": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), `{"matter":"facts","method":"phone","result":"true"}`)
		},
		"POST /reports/{id}/check-requests": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), `{"matter":"facts","department":"市交通局","question":"请核实"}`)
		},
		"GET /checks/{id}": func(s *shelf) tenancytest.Sample { return on(s.asked(), ``) },
		"POST /checks/{id}/answer": func(s *shelf) tenancytest.Sample {
			return on(s.asked(), `{"method":"department","result":"true"}`)
		},
		"POST /checks/{id}/cancel": func(s *shelf) tenancytest.Sample { return on(s.asked(), `{"reason":"已解决"}`) },
		"GET /check-tasks":         func(*shelf) tenancytest.Sample { return body(``) },
		"GET /reports/{id}/proof":  func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/proof": func(s *shelf) tenancytest.Sample {
			id := s.report(reports.TakenUp)
			sample := on(id, `{"decisions":{},"ticks":["names","figures","dates","typing"]}`)
			sample.Header = map[string]string{"If-Match": strconv.Quote(strconv.Itoa(s.view(id).Version))}
			return sample
		},
		"GET /settings/check-rules": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/check-rules": func(s *shelf) tenancytest.Sample {
			return s.setting("check-rules", `{"facts":"off","figures":"off","proof":"off","again":true,"important":false,"categories":[],"days":3}`)
		},
		"GET /settings/proof-lists": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/proof-lists": func(s *shelf) tenancytest.Sample {
			s.serial++
			return s.setting("proof-lists", fmt.Sprintf(`{"people":[],"words":[{"wrong":"写法%d","right":"规范写法"}]}`, s.serial))
		},
	})
}
