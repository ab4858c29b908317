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

// cosigner is a second signer of the tenant, to add, to pass on to, to stand in.
func (s *shelf) cosigner() uuid.UUID {
	return s.keep("another signer", func(uuid.UUID) bool { return true }, func() uuid.UUID { return s.of.Person("signer").Membership })
}

// reviewed is the running review of a new report of that category; special is the flow of that category alone.
func (s *shelf) reviewed(category, urgency string, special reviews.NewChain) uuid.UUID {
	s.keep("flow of "+category, func(uuid.UUID) bool { return true }, func() uuid.UUID {
		special.Name, special.When.Categories = category, []string{category}
		id, err := s.h.Reviews.CreateChain(s.system.Context(), special)
		s.must(err)
		return id
	})
	s.serial++
	id, err := s.h.Reports.Create(s.author.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: fmt.Sprint("专题", s.serial), Problem: "待办。"}, Category: category, Urgency: urgency}})
	s.must(err)
	_, err = s.h.Reports.TakeUp(s.editor.Context(), id)
	s.must(err)
	review, err := s.h.Reviews.Start(s.editor.Context(), id)
	s.must(err)
	return review
}

var signs = reviews.Step{Title: "签发", Role: "signer"}

// twoSteps waits for the signer, then for the head; the signer may release it when it is urgent.
func (s *shelf) twoSteps(urgency string) uuid.UUID {
	return s.reviewed("民政", urgency, reviews.NewChain{AppliesTo: []string{"ordinary", "urgent"}, Green: []string{"vice_chair"},
		Steps: []reviews.Step{signs, {Title: "复核", Role: "reviewer"}}})
}

// vote waits for a vote of all signers.
func (s *shelf) vote() uuid.UUID {
	s.cosigner()
	return s.reviewed("农村农业", "normal", reviews.NewChain{AppliesTo: []string{"ordinary"}, Steps: []reviews.Step{{Title: "表决", Role: "signer", Mode: "vote", Ratio: 50}}})
}

// left is a review that waits for a member who has left, and what of it is to be reassigned.
func (s *shelf) left() (review, target uuid.UUID) {
	gone := s.of.Person("signer").Membership
	review = s.twoSteps("normal")
	_, err := s.h.Reviews.AddSigners(s.signer.Context(), review, reviews.Adding{People: []uuid.UUID{gone}, Before: true})
	s.must(err)
	s.must(s.h.Members.Suspend(s.system.Context(), gone))
	r, err := s.h.Reviews.Get(s.editor.Context(), review)
	s.must(err)
	return review, r.Steps[0].Tasks[0].ID
}

// fresh is the review of a new report in that state, for what uses it up.
func (s *shelf) fresh(state reports.State) uuid.UUID {
	all, err := s.h.Reviews.Of(s.editor.Context(), s.make(state))
	s.must(err)
	return all[len(all)-1].ID
}

func (s *shelf) reassigned() tenancytest.Sample {
	review, target := s.left()
	return on(review, fmt.Sprintf(`{"target":"%s","to":"%s"}`, target, s.cosigner()))
}

func (s *shelf) delegation() uuid.UUID {
	s.serial++
	from := s.h.world.Clock.Now().Add(time.Duration(s.serial) * 48 * time.Hour)
	id, err := s.h.Reviews.Delegate(s.signer.Context(), reviews.NewDelegation{Deputy: s.cosigner(), Reason: "出差", StartsAt: from, EndsAt: from.Add(time.Hour)})
	s.must(err)
	return id
}

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"POST /chains/{id}/end": func(s *shelf) tenancytest.Sample { return on(s.chain(), ``) },
		"POST /chain-trials": func(*shelf) tenancytest.Sample {
			return body(`{"chain":` + chainBody + `,"sample":{"class":"ordinary","urgency":"urgent"}}`)
		},
		"GET /settings/work-calendar": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/work-calendar": func(s *shelf) tenancytest.Sample {
			return s.setting("work-calendar", `{"off":["2026-11-20"],"work":[]}`)
		},
		"GET /review-people":    func(*shelf) tenancytest.Sample { return body(``) },
		"GET /fields-in-charge": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /fields-in-charge": func(s *shelf) tenancytest.Sample {
			return body(fmt.Sprintf(`{"items":[{"category":"教育文体","member":"%s"}]}`, s.signer.Membership))
		},
		"GET /stuck-reviews":                func(*shelf) tenancytest.Sample { return body(``) },
		"POST /stuck-reviews/{id}/reassign": (*shelf).reassigned,
		"POST /reports/{id}/review":         func(s *shelf) tenancytest.Sample { return on(s.report(reports.TakenUp), `{}`) },
		"GET /reports/{id}/flow-preview":    func(s *shelf) tenancytest.Sample { return on(s.report(reports.TakenUp), ``) },
		"POST /reviews/{id}/reject":         func(s *shelf) tenancytest.Sample { return on(s.vote(), `{"opinion":"不同意"}`) },
		"POST /reviews/{id}/release":        func(s *shelf) tenancytest.Sample { return on(s.twoSteps("urgent"), `{"opinion":"紧急"}`) },
		"POST /reviews/{id}/reopen": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Signed), `{"opinion":"有误"}`)
		},
		"POST /reviews/{id}/withdraw": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Reviewing), `{"opinion":"再改"}`)
		},
		"POST /reviews/{id}/add-signer": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Reviewing), fmt.Sprintf(`{"people":["%s"],"before":false}`, s.cosigner()))
		},
		"POST /reviews/{id}/remove-signer": func(s *shelf) tenancytest.Sample {
			review := s.fresh(reports.Reviewing)
			_, err := s.h.Reviews.AddSigners(s.signer.Context(), review, reviews.Adding{People: []uuid.UUID{s.cosigner()}})
			s.must(err)
			r, err := s.h.Reviews.Get(s.editor.Context(), review)
			s.must(err)
			return on(review, fmt.Sprintf(`{"target":"%s"}`, r.Steps[1].ID))
		},
		"POST /reviews/{id}/pass-on": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Reviewing), fmt.Sprintf(`{"to":"%s"}`, s.head.Membership))
		},
		"POST /reviews/{id}/reassign": (*shelf).reassigned,
		"POST /reviews/{id}/copy": func(s *shelf) tenancytest.Sample {
			return on(s.fresh(reports.Reviewing), fmt.Sprintf(`{"people":["%s"]}`, s.head.Membership))
		},
		"POST /reviews/{id}/read": func(s *shelf) tenancytest.Sample {
			review := s.fresh(reports.Reviewing)
			_, err := s.h.Reviews.CopyTo(s.signer.Context(), review, []uuid.UUID{s.head.Membership})
			s.must(err)
			return on(review, `{}`)
		},
		"POST /reviews/{id}/take-back": func(s *shelf) tenancytest.Sample {
			review := s.twoSteps("normal")
			_, err := s.h.Reviews.Approve(s.signer.Context(), review, "同意", nil)
			s.must(err)
			return on(review, ``)
		},
		"POST /reviews/{id}/urge": func(s *shelf) tenancytest.Sample { return on(s.fresh(reports.Reviewing), ``) },
		"GET /delegations":        func(*shelf) tenancytest.Sample { return body(``) },
		"POST /delegations": func(s *shelf) tenancytest.Sample {
			s.serial++
			from := s.h.world.Clock.Now().Add(time.Duration(s.serial) * 48 * time.Hour)
			return body(fmt.Sprintf(`{"deputy":"%s","reason":"出差","starts_at":"%s","ends_at":"%s"}`, s.cosigner(), from.Format(time.RFC3339), from.Add(time.Hour).Format(time.RFC3339)))
		},
		"POST /delegations/{id}/end": func(s *shelf) tenancytest.Sample { return on(s.delegation(), ``) },
	})
	maps.Copy(unproven, map[string]string{
		"POST /reviews/{id}/withdraw":      "only who sent it; TestEveryChangeHappensOnce",
		"POST /reviews/{id}/urge":          "only who sent it; TestEveryChangeHappensOnce",
		"POST /reviews/{id}/remove-signer": "only who added or sent; TestEveryChangeHappensOnce",
		"POST /reviews/{id}/release":       "only the post that may; TestEveryChangeHappensOnce",
		"POST /reviews/{id}/take-back":     "only after one's own word; TestEveryChangeHappensOnce",
		"POST /reviews/{id}/reopen":        "only who signed; TestEveryChangeHappensOnce",
		"POST /reviews/{id}/read":          "only who has a copy; TestEveryChangeHappensOnce",
		"POST /delegations/{id}/end":       "only the two of it; TestEveryChangeHappensOnce",
	})
}
