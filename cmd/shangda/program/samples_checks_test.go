package program_test

import (
	"fmt"
	"maps"
	"strconv"

	"github.com/google/uuid"

	"shangda/services/checks"
	"shangda/services/consultations"
	"shangda/services/experts"
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

// expert is one of the directory.
func (s *shelf) expert() uuid.UUID {
	return s.keep("expert", func(uuid.UUID) bool { return true }, func() uuid.UUID {
		id, err := s.h.Experts.Add(s.editor.Context(), experts.Entry{Name: "甲教授", Fields: []string{"交通运输"}})
		s.must(err)
		return id
	})
}

// consultation is an open sheet on which a department outside is waited for.
func (s *shelf) consultation() consultations.Sheet {
	get := func(id uuid.UUID) consultations.Sheet {
		c, err := s.h.Consultations.Get(s.editor.Context(), id)
		s.must(err)
		return c
	}
	good := func(id uuid.UUID) bool {
		c := get(id)
		return c.State == consultations.Open && c.Opinions[0].State == consultations.Asked
	}
	return get(s.keep("consultation", good, func() uuid.UUID {
		id, err := s.h.Consultations.Start(s.editor.Context(), s.report(reports.TakenUp), consultations.Opening{Kind: consultations.Joint, Question: "请把关",
			Participants: []consultations.Participant{{Department: "市交通局"}, {Department: "市财政局"}}})
		s.must(err)
		return id
	}))
}

// read is the sample of somebody who has read the report as it stands.
func (s *shelf) read(report uuid.UUID, sample tenancytest.Sample) tenancytest.Sample {
	sample.Header = map[string]string{"If-Match": strconv.Quote(strconv.Itoa(s.view(report).Version))}
	return sample
}

func (s *shelf) opinion() uuid.UUID { return s.consultation().Opinions[0].ID }

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /reports/{id}/text":   func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"GET /reports/{id}/checks": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/checks": func(s *shelf) tenancytest.Sample {
			id := s.report(reports.TakenUp)
			return s.read(id, on(id, `{"matter":"facts","method":"phone","result":"true"}`))
		},
		"POST /reports/{id}/check-requests": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), `{"matter":"facts","department":"市交通局","question":"请核实"}`)
		},
		"GET /checks/{id}": func(s *shelf) tenancytest.Sample { return on(s.asked(), ``) },
		"POST /checks/{id}/answer": func(s *shelf) tenancytest.Sample {
			c, err := s.h.Checks.Get(s.editor.Context(), s.asked())
			s.must(err)
			return s.read(c.ReportID, on(c.ID, `{"method":"department","result":"true"}`))
		},
		"POST /checks/{id}/cancel": func(s *shelf) tenancytest.Sample { return on(s.asked(), `{"reason":"已解决"}`) },
		"GET /check-tasks":         func(*shelf) tenancytest.Sample { return body(``) },
		"GET /reports/{id}/proof":  func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/proof": func(s *shelf) tenancytest.Sample {
			id := s.report(reports.TakenUp)
			return s.read(id, on(id, `{"decisions":{},"ticks":["names","figures","dates","typing"]}`))
		},
		"GET /experts":      func(*shelf) tenancytest.Sample { return body(``) },
		"GET /experts/{id}": func(s *shelf) tenancytest.Sample { return on(s.expert(), ``) },
		"POST /experts": func(*shelf) tenancytest.Sample {
			return body(`{"name":"乙医生","fields":["医疗卫生"],"active":true}`)
		},
		"PUT /experts/{id}": func(s *shelf) tenancytest.Sample {
			sample := on(s.expert(), `{"name":"甲教授","fields":["交通运输"],"active":true}`)
			e, err := s.h.Experts.Get(s.editor.Context(), s.expert())
			s.must(err)
			sample.Header = map[string]string{"If-Match": strconv.Quote(strconv.Itoa(e.Version))}
			return sample
		},
		"GET /reports/{id}/consultations": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/consultations": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), `{"kind":"joint","question":"请把关","participants":[{"department":"市交通局"},{"department":"市财政局"}]}`)
		},
		"GET /opinion-tasks":               func(*shelf) tenancytest.Sample { return body(``) },
		"GET /consultations/{id}":          func(s *shelf) tenancytest.Sample { return on(s.consultation().ID, ``) },
		"GET /consultations/{id}/document": func(s *shelf) tenancytest.Sample { return on(s.consultation().ID, ``) },
		"POST /consultations/{id}/participants": func(s *shelf) tenancytest.Sample {
			s.serial++
			return on(s.consultation().ID, fmt.Sprintf(`{"participants":[{"department":"第%d局"}]}`, s.serial))
		},
		"POST /consultations/{id}/close": func(s *shelf) tenancytest.Sample {
			c := s.consultation()
			sample := on(c.ID, `{"conclusion":"按此修改"}`)
			sample.Header = map[string]string{"If-Match": strconv.Quote(strconv.Itoa(c.Version))}
			return sample
		},
		"POST /consultations/{id}/cancel": func(s *shelf) tenancytest.Sample { return on(s.consultation().ID, `{"reason":"已解决"}`) },
		"POST /opinions/{id}/answer":      func(s *shelf) tenancytest.Sample { return on(s.opinion(), `{"verdict":"agree"}`) },
		"POST /opinions/{id}/release":     func(s *shelf) tenancytest.Sample { return on(s.opinion(), ``) },
		"GET /settings/check-rules":       func(*shelf) tenancytest.Sample { return body(``) },
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
