package program_test

import (
	"fmt"
	"maps"

	"github.com/google/uuid"

	"shangda/services/assignments"
	"shangda/services/instructions"
	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

// instruction is one that stands.
func (s *shelf) instruction() uuid.UUID {
	good := func(id uuid.UUID) bool {
		v, err := s.h.Instructions.Get(s.editor.Context(), id)
		s.must(err)
		return v.State == "standing"
	}
	return s.keep("instruction", good, func() uuid.UUID {
		id, err := s.h.Instructions.Record(s.editor.Context(), s.report(reports.TakenUp), instructions.Entry{Leader: "甲书记", Level: "city", GivenOn: "2026-10-30"})
		s.must(err)
		return id
	})
}

// assignment is an open one of one department whose part stands in the state.
func (s *shelf) assignment(state string, steps ...assignments.Act) assignments.Assignment {
	get := func(id uuid.UUID) assignments.Assignment {
		a, err := s.h.Assignments.Get(s.editor.Context(), id)
		s.must(err)
		return a
	}
	good := func(id uuid.UUID) bool {
		a := get(id)
		return a.State == assignments.Open && a.Parts[0].State == state
	}
	return get(s.keep("assignment "+state, good, func() uuid.UUID {
		id, err := s.h.Assignments.Assign(s.editor.Context(), s.report(reports.TakenUp), assignments.Opening{Mode: assignments.Single, Request: "请办理", Days: 10, Departments: []string{"市交通局"}})
		s.must(err)
		for _, step := range steps {
			_, err := s.h.Assignments.Act(s.editor.Context(), get(id).Parts[0].ID, step)
			s.must(err)
		}
		return id
	}))
}

// laidAside is a report that was laid aside and can be archived.
func (s *shelf) laidAside() uuid.UUID {
	return s.keep("kept", func(id uuid.UUID) bool { return s.view(id).State == reports.Kept }, func() uuid.UUID {
		id, err := s.h.Reports.Keep(s.editor.Context(), s.make(reports.TakenUp), reports.Why{Code: "timing"})
		s.must(err)
		return id
	})
}

// answer is a report of the author's to which departments answered and of which he has said nothing, and the event.
func (s *shelf) answer() (report uuid.UUID, event string) {
	silent := func(id uuid.UUID) bool {
		said, err := s.h.Assignments.Verdicts(s.author.Context(), id)
		s.must(err)
		return len(said) == 0
	}
	report = s.keep("answered", silent, func() uuid.UUID {
		report := s.make(reports.TakenUp)
		id, err := s.h.Assignments.Assign(s.editor.Context(), report, assignments.Opening{Mode: assignments.Single, Request: "请办理", Days: 10, Departments: []string{"市交通局"}})
		s.must(err)
		a, err := s.h.Assignments.Get(s.editor.Context(), id)
		s.must(err)
		for _, step := range []assignments.Act{{Step: "accept"}, {Step: "reply", Note: "已修缮。"}, {Step: "pass"}} {
			_, err := s.h.Assignments.Act(s.editor.Context(), a.Parts[0].ID, step)
			s.must(err)
		}
		return report
	})
	for _, o := range s.view(report).Outcomes {
		if o.Kind == reports.KindAnswered {
			event = o.Event.String()
		}
	}
	return report, event
}

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"POST /reports/{id}/archive":     func(s *shelf) tenancytest.Sample { return on(s.laidAside(), ``) },
		"GET /reports/{id}/instructions": func(s *shelf) tenancytest.Sample { return on(s.report(reports.TakenUp), ``) },
		"POST /reports/{id}/instructions": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), `{"leader":"甲书记","level":"city","given_on":"2026-10-30","body":"请办理。"}`)
		},
		"GET /instructions/{id}":          func(s *shelf) tenancytest.Sample { return on(s.instruction(), ``) },
		"POST /instructions/{id}/correct": func(s *shelf) tenancytest.Sample { return on(s.instruction(), `{"reason":"不是这篇信息"}`) },
		"GET /reports/{id}/assignments":   func(s *shelf) tenancytest.Sample { return on(s.report(reports.TakenUp), ``) },
		"POST /reports/{id}/assignments": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), `{"mode":"joint","request":"请办理。","days":10,"departments":["市交通局","市财政局"]}`)
		},
		"GET /supervision":        func(*shelf) tenancytest.Sample { return body(``) },
		"GET /supervision/counts": func(*shelf) tenancytest.Sample { return body(``) },
		"GET /assignments/{id}":   func(s *shelf) tenancytest.Sample { return on(s.assignment(assignments.Assigned).ID, ``) },
		"POST /assignments/{id}/cancel": func(s *shelf) tenancytest.Sample {
			return on(s.assignment(assignments.Assigned).ID, `{"reason":"另行交办"}`)
		},
		"POST /assignment-parts/{id}/steps": func(s *shelf) tenancytest.Sample {
			return on(s.assignment(assignments.Assigned).Parts[0].ID, `{"step":"accept"}`)
		},
		"POST /assignments/{id}/close": func(s *shelf) tenancytest.Sample {
			a := s.assignment(assignments.Passed, assignments.Act{Step: "accept"}, assignments.Act{Step: "reply", Note: "已修缮。"}, assignments.Act{Step: "pass"})
			return on(a.ID, `{"result":"A","feedback":"已修缮。"}`)
		},
		"GET /reports/{id}/satisfactions": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/satisfactions": func(s *shelf) tenancytest.Sample {
			report, event := s.answer()
			return on(report, fmt.Sprintf(`{"event":%q,"verdict":"satisfied"}`, event))
		},
	})
}
