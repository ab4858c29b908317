package program_test

import (
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/activities"
	"shangda/services/points"
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
	unusedPermissions[authz.PointReceive] = "the visitor's, who has no login and so no such route"
	openToStrangers["GET /api/v1/t/{tenant}/open/points/{code}"] = "the form on the wall; services/points"
	openToStrangers["POST /api/v1/t/{tenant}/open/points/{code}"] = "the form on the wall; services/points"
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

		"GET /activities": func(*shelf) tenancytest.Sample {
			return tenancytest.Sample{Query: "from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z"}
		},
		"GET /activity-recipients":     func(*shelf) tenancytest.Sample { return body(``) },
		"GET /activities/{id}":         func(s *shelf) tenancytest.Sample { return on(s.activity(), ``) },
		"POST /activities":             func(*shelf) tenancytest.Sample { return body(activityBody) },
		"PUT /activities/{id}":         func(s *shelf) tenancytest.Sample { return at(on(s.activity(), activityBody)) },
		"POST /activities/{id}/cancel": func(s *shelf) tenancytest.Sample { return on(s.activity(), `{"reason":"改期"}`) },
		"POST /activities/{id}/send": func(s *shelf) tenancytest.Sample {
			lower := s.h.world.Tenant("cppcc", "county")
			s.h.world.Line(lower, s.of)
			return on(s.activity(), `{"below":["`+lower.Code+`"]}`)
		},
		"POST /activities/{id}/tasks": func(s *shelf) tenancytest.Sample { return on(s.activity(), s.taskBody()) },
		"POST /activities/{id}/tasks/{task}/done": func(s *shelf) tenancytest.Sample {
			id := s.activity()
			_, err := s.h.Activities.AddTask(s.editor.Context(), id, activities.NewTask{Text: "收集线索", DueOn: s.due(), Members: []uuid.UUID{s.author.Membership}})
			s.must(err)
			a, err := s.h.Activities.Get(s.editor.Context(), id)
			s.must(err)
			sample := on(id, ``)
			sample.Params["task"] = a.Tasks[0].ID.String()
			return sample
		},

		"GET /points":            func(*shelf) tenancytest.Sample { return body(``) },
		"GET /points/{id}":       func(s *shelf) tenancytest.Sample { return on(s.point().ID, ``) },
		"GET /points/{id}/clues": func(s *shelf) tenancytest.Sample { return on(s.point().ID, ``) },
		"GET /points/{id}/code":  func(s *shelf) tenancytest.Sample { return on(s.point().ID, ``) },
		"POST /points":           func(s *shelf) tenancytest.Sample { return body(s.pointBody()) },
		"PUT /points/{id}":       func(s *shelf) tenancytest.Sample { return at(on(s.point().ID, s.pointBody())) },
		"GET /open/points/{code}": func(s *shelf) tenancytest.Sample {
			return tenancytest.Sample{Params: map[string]string{"code": s.point().Code}}
		},
		"POST /open/points/{code}": func(s *shelf) tenancytest.Sample {
			return tenancytest.Sample{Params: map[string]string{"code": s.point().Code}, Body: fmt.Sprintf(`{"form":"%s","opened_at":1,"body":"路灯不亮了。"}`, uuid.New())}
		},
	})
}

const activityBody = `{"kind":"survey","title":"养老服务调研","starts_at":"2026-11-10T01:00:00Z","ends_at":"2026-11-10T09:00:00Z"}`

func (s *shelf) activity() uuid.UUID {
	at := s.h.world.Clock.Now()
	id, err := s.h.Activities.Create(s.editor.Context(), activities.NewActivity{Kind: "survey", Title: "养老服务调研", StartsAt: at, EndsAt: at})
	s.must(err)
	return id
}

func (s *shelf) due() string { return time.Now().AddDate(0, 1, 0).Format(time.DateOnly) }

func (s *shelf) taskBody() string {
	return fmt.Sprintf(`{"text":"收集线索","due_on":"%s","members":["%s"]}`, s.due(), s.author.Membership)
}

func (s *shelf) pointBody() string {
	return fmt.Sprintf(`{"kind":"station","name":"城关民情驿站","fields":{"name":"optional","phone":"optional","place":"off"},"keeper_id":"%s"}`, s.author.Membership)
}

func (s *shelf) point() points.Point {
	id, err := s.h.Points.Create(s.editor.Context(), points.NewPoint{Kind: "station", Name: "城关民情驿站", KeeperID: s.author.Membership})
	s.must(err)
	p, err := s.h.Points.Get(s.editor.Context(), id)
	s.must(err)
	return p
}
