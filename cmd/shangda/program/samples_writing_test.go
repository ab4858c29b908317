package program_test

import (
	"fmt"
	"maps"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/comments"
	"shangda/services/ledger"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// ledgerView is a view that the head of the office shares.
func (s *shelf) ledgerView() uuid.UUID {
	s.serial++
	id, err := s.h.Ledger.SaveView(s.head.Context(), ledger.NewView{Name: fmt.Sprint("视图", s.serial), Shared: true})
	s.must(err)
	return id
}

// comment is one on a submitted report.
func (s *shelf) comment() uuid.UUID {
	id, err := s.h.Comments.Write(s.editor.Context(), tenancy.Subject{Kind: "report", ID: s.report(reports.Submitted)}, comments.NewComment{Text: "请核实。"})
	s.must(err)
	return id
}

func init() {
	maps.Copy(unusedPermissions, map[authz.Permission]string{
		authz.ReportRecord: "a field of POST /reports and PATCH /reports/{id}; TestAReportIsWrittenDownForAnother",
	})
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /settings/ledger-rules": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/ledger-rules": func(*shelf) tenancytest.Sample {
			sample := body(`{"take_up_days":2,"decide_days":15,"send_days":5}`)
			sample.Header = map[string]string{"If-Match": `"0"`}
			return sample
		},
		"GET /reports/{id}/comments": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/comments": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.Submitted), `{"section":"problem","quote":"站台破损","text":"哪个站台？"}`)
		},
		"POST /comments/{id}/resolution": func(s *shelf) tenancytest.Sample { return on(s.comment(), `{"resolved":true}`) },

		"GET /ledger":         func(*shelf) tenancytest.Sample { return body(``) },
		"GET /exports/ledger": func(*shelf) tenancytest.Sample { return body(``) },
		"POST /ledger/assignments": func(s *shelf) tenancytest.Sample {
			return body(fmt.Sprintf(`{"reports":["%s"],"note":"跟踪"}`, s.report(reports.TakenUp)))
		},
		"PATCH /ledger/{id}": func(s *shelf) tenancytest.Sample {
			sample := on(s.make(reports.TakenUp), `{"note":"跟踪"}`)
			sample.Header = map[string]string{"If-Match": `"0"`}
			return sample
		},
		"GET /ledger-views": func(*shelf) tenancytest.Sample { return body(``) },
		"POST /ledger-views": func(s *shelf) tenancytest.Sample {
			s.serial++
			return body(fmt.Sprintf(`{"name":"视图%d","filter":{"state":"kept"},"columns":["title"]}`, s.serial))
		},
		"POST /ledger-views/{id}/remove": func(s *shelf) tenancytest.Sample { return on(s.ledgerView(), ``) },
	})
	unproven["POST /ledger-views/{id}/remove"] = "only whose view it is; services/ledger"
}
