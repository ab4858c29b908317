package program_test

import (
	"fmt"
	"maps"

	"shangda/services/checklists"
	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

func init() {
	asks["POST /hints"] = "reads a text that stands nowhere yet"
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
		"GET /checklists": func(*shelf) tenancytest.Sample { return body(``) },
		"POST /checklists": func(s *shelf) tenancytest.Sample {
			s.serial++
			return body(fmt.Sprintf(`{"code":"list_%d",%s"items":[{"code":"item_%d","text":"核对地名","kind":"tick"}]}`, s.serial, listFields, s.serial))
		},
		"PUT /checklists/{code}": func(s *shelf) tenancytest.Sample {
			return tenancytest.Sample{Params: map[string]string{"code": "own_list"}, Header: map[string]string{"If-Match": s.listVersion("own_list")},
				Body: `{` + listFields + `"items":[{"code":"own_item","text":"核对地名","kind":"tick"}]}`}
		},
		"GET /reports/{id}/ticks": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/ticks": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), `{"list":"three_reviews","version":0,"ticks":[{"item":"political","ticked":true}]}`)
		},
		"GET /reports/{id}/screening": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/screening": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), `{"marks":{"title":4,"content":3,"novelty":5},"flags":["hot"]}`)
		},
		"GET /settings/screening-criteria": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/screening-criteria": func(s *shelf) tenancytest.Sample {
			return s.setting("screening-criteria", `{"items":[{"code":"title","name":"题目","weight":20},{"code":"content","name":"内容","weight":50},{"code":"novelty","name":"新颖性","weight":30}]}`)
		},
	})
}

const listFields = `"name":"自设清单","moment":"editing","position":9,"active":true,`

// listVersion is the If-Match of a checklist of the unit's own, which is made where there is none.
func (s *shelf) listVersion(code string) string {
	lists, err := s.h.Checklists.List(s.system.Context())
	s.must(err)
	for _, l := range lists {
		if l.Code == code {
			return fmt.Sprintf(`"%d"`, l.Version)
		}
	}
	s.must(s.h.Checklists.Create(s.system.Context(), checklists.List{Code: code, Name: "自设清单", Moment: checklists.Editing, Active: true,
		Items: []checklists.Item{{Code: "own_item", Text: "核对", Kind: checklists.Tick}}}))
	return `"1"`
}
