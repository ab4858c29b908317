package program_test

import (
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"

	"shangda/services/reports"
	"shangda/services/reviews"
	"shangda/tenancy/tenancytest"
)

// another is a second signer of the tenant, to add, to pass on to, to stand in.
func (s *shelf) another() uuid.UUID {
	return s.keep("another signer", func(uuid.UUID) bool { return true }, func() uuid.UUID { return s.of.Person("signer").Membership })
}

// fresh is the review of a new report in that state, for what uses it up.
func (s *shelf) fresh(state reports.State) uuid.UUID {
	all, err := s.h.Reviews.Of(s.editor.Context(), s.make(state))
	s.must(err)
	return all[len(all)-1].ID
}

func (s *shelf) delegation() uuid.UUID {
	s.serial++
	from := s.h.world.Clock.Now().Add(time.Duration(s.serial) * 48 * time.Hour)
	id, err := s.h.Reviews.Delegate(s.signer.Context(), reviews.NewDelegation{Deputy: s.another(), Reason: "出差", StartsAt: from, EndsAt: from.Add(time.Hour)})
	s.must(err)
	return id
}

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"POST /chains/{id}/end": func(s *shelf) tenancytest.Sample { return on(s.chain(), ``) },
		"POST /chain-trials": func(*shelf) tenancytest.Sample {
			return body(`{"chain":` + chainBody + `,"sample":{"class":"ordinary","urgency":"urgent"}}`)
		},
		"GET /review-people":    func(*shelf) tenancytest.Sample { return body(``) },
		"GET /fields-in-charge": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /fields-in-charge": func(s *shelf) tenancytest.Sample {
			return body(fmt.Sprintf(`{"items":[{"category":"教育文体","member":"%s"}]}`, s.signer.Membership))
		},
		"GET /stuck-reviews": func(*shelf) tenancytest.Sample { return body(``) },
		"POST /stuck-reviews/{id}/reassign": func(s *shelf) tenancytest.Sample {
			return on(s.review(), fmt.Sprintf(`{"target":"%s","to":"%s"}`, uuid.New(), s.another()))
		},
		"GET /reports/{id}/flow-preview": func(s *shelf) tenancytest.Sample { return on(s.report(reports.TakenUp), ``) },
		"POST /reviews/{id}/reject":      func(s *shelf) tenancytest.Sample { return on(s.review(), `{"opinion":"不同意"}`) },
		"POST /reviews/{id}/release":     func(s *shelf) tenancytest.Sample { return on(s.review(), `{"opinion":"紧急"}`) },
		"POST /reviews/{id}/reopen": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Signed), `{"opinion":"有误"}`)
		},
		"POST /reviews/{id}/withdraw": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Reviewing), `{"opinion":"再改"}`)
		},
		"POST /reviews/{id}/add-signer": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Reviewing), fmt.Sprintf(`{"people":["%s"],"before":false}`, s.another()))
		},
		"POST /reviews/{id}/remove-signer": func(s *shelf) tenancytest.Sample {
			review := s.fresh(reports.Reviewing)
			_, err := s.h.Reviews.AddSigners(s.signer.Context(), review, reviews.Adding{People: []uuid.UUID{s.another()}})
			s.must(err)
			r, err := s.h.Reviews.Get(s.editor.Context(), review)
			s.must(err)
			return on(review, fmt.Sprintf(`{"target":"%s"}`, r.Steps[1].ID))
		},
		"POST /reviews/{id}/pass-on": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Reviewing), fmt.Sprintf(`{"to":"%s"}`, s.head.Membership))
		},
		"POST /reviews/{id}/reassign": func(s *shelf) tenancytest.Sample {
			return on(s.review(), fmt.Sprintf(`{"target":"%s","to":"%s"}`, uuid.New(), s.another()))
		},
		"POST /reviews/{id}/copy": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Reviewing), fmt.Sprintf(`{"people":["%s"]}`, s.head.Membership))
		},
		"POST /reviews/{id}/read": func(s *shelf) tenancytest.Sample {
			review := s.fresh(reports.Reviewing)
			_, err := s.h.Reviews.CopyTo(s.signer.Context(), review, []uuid.UUID{s.head.Membership})
			s.must(err)
			return on(review, `{}`)
		},
		"POST /reviews/{id}/take-back": func(s *shelf) tenancytest.Sample { return on(s.fresh(reports.Reviewing), ``) },
		"POST /reviews/{id}/urge":      func(s *shelf) tenancytest.Sample { return on(s.fresh(reports.Reviewing), ``) },
		"GET /delegations":             func(*shelf) tenancytest.Sample { return body(``) },
		"POST /delegations": func(s *shelf) tenancytest.Sample {
			s.serial++
			from := s.h.world.Clock.Now().Add(time.Duration(s.serial) * 48 * time.Hour)
			return body(fmt.Sprintf(`{"deputy":"%s","reason":"出差","starts_at":"%s","ends_at":"%s"}`, s.another(), from.Format(time.RFC3339), from.Add(time.Hour).Format(time.RFC3339)))
		},
		"POST /delegations/{id}/end": func(s *shelf) tenancytest.Sample { return on(s.delegation(), ``) },
	})
	maps.Copy(unproven, map[string]string{
		"POST /stuck-reviews/{id}/reassign": "only where somebody has left; services/reviews TestWhatNobodyCanActOnIsReassigned",
		"POST /reviews/{id}/reassign":       "only where somebody has left; services/reviews TestWhatNobodyCanActOnIsReassigned",
		"POST /reviews/{id}/reject":         "only in a vote; services/reviews TestAVote",
		"POST /reviews/{id}/release":        "only an urgent one; services/reviews TestTheGreenChannel",
		"POST /reviews/{id}/take-back":      "only after one's own word; services/reviews TestTakingBack",
		"POST /reviews/{id}/reopen":         "only who signed; services/reviews TestASignedReviewIsReopened",
		"POST /reviews/{id}/read":           "only who has a copy; services/reviews TestCopies",
		"POST /delegations/{id}/end":        "only the two of it; services/reviews TestDelegation",
	})
}
