package program_test

import (
	"fmt"
	"maps"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/visits"
	"shangda/tenancy/tenancytest"
)

const (
	planBody  = `{"title":"三进一走访","first_month":"2026-01","last_month":"2026-12","targets":[{"kind":"firm","name":"机械厂"}]}`
	visitBody = `{"kind":"firm","place":"机械厂","held_on":"2026-11-01","heard":"招工难。"}`
)

func (s *shelf) visitPlan() visits.Plan {
	id, err := s.h.Visits.CreatePlan(s.editor.Context(), visits.NewPlan{Title: "走访", FirstMonth: "2026-01", LastMonth: "2026-12", Targets: []visits.Target{{Kind: "firm", Name: "机械厂"}}})
	s.must(err)
	p, err := s.h.Visits.Plan(s.editor.Context(), id)
	s.must(err)
	return p
}

func (s *shelf) visit() uuid.UUID {
	id, err := s.h.Visits.Log(s.editor.Context(), visits.NewVisit{Kind: "firm", Place: "机械厂", HeldOn: "2026-11-01", Heard: "招工难。"})
	s.must(err)
	return id
}

// at is a sample of an edit of the first version.
func at(sample tenancytest.Sample) tenancytest.Sample {
	sample.Header = map[string]string{"If-Match": `"1"`}
	return sample
}

func init() {
	for _, p := range []authz.Permission{authz.ActivityRead, authz.ActivityWrite, authz.PointRead, authz.PointWrite, authz.PointReceive} {
		unusedPermissions[p] = "granted ahead of its routes"
	}
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /visit-plans":      func(*shelf) tenancytest.Sample { return body(``) },
		"GET /visit-plans/{id}": func(s *shelf) tenancytest.Sample { return on(s.visitPlan().ID, ``) },
		"POST /visit-plans":     func(*shelf) tenancytest.Sample { return body(planBody) },
		"PUT /visit-plans/{id}": func(s *shelf) tenancytest.Sample { return at(on(s.visitPlan().ID, planBody)) },
		"GET /visit-rota":       func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /visit-plans/{id}/rota/{month}": func(s *shelf) tenancytest.Sample {
			p := s.visitPlan()
			sample := on(p.ID, fmt.Sprintf(`{"duties":[{"target_id":"%s","members":["%s"]}]}`, p.Targets[0].ID, s.author.Membership))
			sample.Params["month"] = "2026-11"
			return sample
		},
		"GET /visits":            func(*shelf) tenancytest.Sample { return body(``) },
		"GET /visits/{id}":       func(s *shelf) tenancytest.Sample { return on(s.visit(), ``) },
		"POST /visits":           func(*shelf) tenancytest.Sample { return body(visitBody) },
		"PUT /visits/{id}":       func(s *shelf) tenancytest.Sample { return at(on(s.visit(), visitBody)) },
		"POST /visits/{id}/clue": func(s *shelf) tenancytest.Sample { return on(s.visit(), `{}`) },
	})
}
