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

// handover is one that waits for the editor's answer.
func (s *shelf) handover() uuid.UUID {
	id := s.make(reports.Draft)
	_, err := s.h.Reports.HandOver(s.author.Context(), id, reports.NewHandover{To: s.editor.Membership})
	s.must(err)
	list, err := s.h.Reports.Handovers(s.author.Context(), id)
	s.must(err)
	return list[0].ID
}

// link is one between two reports that were taken up.
func (s *shelf) link() uuid.UUID {
	id := s.make(reports.TakenUp)
	_, err := s.h.Reports.Link(s.editor.Context(), id, s.make(reports.TakenUp), reports.LinkRelated, "")
	s.must(err)
	list, err := s.h.Reports.Links(s.editor.Context(), id)
	s.must(err)
	return *list[0].ID
}

// combined is a report made of the two.
func (s *shelf) combined() (id, one, other uuid.UUID) {
	one, other = s.make(reports.TakenUp), s.make(reports.TakenUp)
	id, err := s.h.Reports.Combine(s.editor.Context(), reports.Combination{
		Text: reports.Text{Title: "公交站台问题综合", Problem: "多处站台破损。"}, Category: "交通运输", Reports: []uuid.UUID{one, other}})
	s.must(err)
	return id, one, other
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

		"GET /handovers":              func(*shelf) tenancytest.Sample { return body(``) },
		"GET /reports/{id}/handovers": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/handovers": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.Draft), fmt.Sprintf(`{"to":"%s","note":"请接着写"}`, s.editor.Membership))
		},
		"POST /handovers/{id}/answer": func(s *shelf) tenancytest.Sample { return on(s.handover(), `{"answer":"accepted"}`) },
		"POST /reports/{id}/split": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), `{"parts":[{"title":"站台破损","problem":"多处破损。"},{"title":"站牌缺失","problem":"三站没有站牌。"}]}`)
		},
		"GET /reports/{id}/links": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
		"POST /reports/{id}/links": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), fmt.Sprintf(`{"other":"%s","kind":"related"}`, s.make(reports.TakenUp)))
		},
		"POST /report-links/{id}/remove": func(s *shelf) tenancytest.Sample { return on(s.link(), ``) },
		"POST /reports/{id}/merge-into": func(s *shelf) tenancytest.Sample {
			return on(s.report(reports.TakenUp), fmt.Sprintf(`{"into":"%s"}`, s.make(reports.TakenUp)))
		},
		"PUT /reports/{id}/sources": func(s *shelf) tenancytest.Sample {
			id, one, other := s.combined()
			sample := on(id, fmt.Sprintf(`{"reports":["%s","%s"]}`, other, one))
			sample.Header = map[string]string{"If-Match": fmt.Sprintf(`"%d"`, s.view(id).Version)}
			return sample
		},

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
	maps.Copy(unproven, map[string]string{
		"POST /ledger-views/{id}/remove": "only whose view it is; services/ledger",
		"POST /reports/{id}/handovers":   "only its author; services/reports",
		"POST /handovers/{id}/answer":    "only to whom it is offered; services/reports",
	})
}
