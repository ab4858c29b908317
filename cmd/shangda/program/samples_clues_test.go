package program_test

import (
	"fmt"
	"maps"

	"github.com/google/uuid"

	"shangda/services/clues"
	"shangda/services/proposals"
	"shangda/tenancy/tenancytest"
)

// another is a clue of the unit that waits, besides the one that is kept.
func (s *shelf) another(prepare func(uuid.UUID) (uuid.UUID, error)) uuid.UUID {
	s.serial++
	id, err := s.h.Clues.Create(s.editor.Context(), clues.NewClue{Title: fmt.Sprint("走访所见", s.serial), Body: "路面破损。", SourceKind: "visit"})
	s.must(err)
	if prepare != nil {
		_, err = prepare(id)
		s.must(err)
	}
	return id
}

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /clue-counts":        func(*shelf) tenancytest.Sample { return body(``) },
		"GET /reports/{id}/clues": func(s *shelf) tenancytest.Sample { return on(s.report("submitted"), ``) },
		"PATCH /clues/{id}": func(s *shelf) tenancytest.Sample {
			sample := on(s.another(nil), `{"title":"整理后的标题"}`)
			sample.Header = map[string]string{"If-Match": `"1"`}
			return sample
		},
		"POST /clues/{id}/claim": func(s *shelf) tenancytest.Sample { return on(s.another(nil), ``) },
		"POST /clues/{id}/release": func(s *shelf) tenancytest.Sample {
			return on(s.another(func(id uuid.UUID) (uuid.UUID, error) { return s.h.Clues.Claim(s.editor.Context(), id) }), ``)
		},
		"POST /clues/{id}/restore": func(s *shelf) tenancytest.Sample {
			return on(s.another(func(id uuid.UUID) (uuid.UUID, error) { return s.h.Clues.Drop(s.editor.Context(), id, "重复") }), ``)
		},
		"POST /clues/{id}/reserve":  func(s *shelf) tenancytest.Sample { return on(s.another(nil), `{"reason":"等两会"}`) },
		"POST /clues/{id}/decision": func(s *shelf) tenancytest.Sample { return on(s.another(nil), `{"topic":"关于修路的建议"}`) },
		"GET /clues/{id}/talk":      func(s *shelf) tenancytest.Sample { return on(s.another(nil), ``) },
		"POST /clues/{id}/talk":     func(s *shelf) tenancytest.Sample { return on(s.another(nil), `{"body":"可以合并"}`) },
		"POST /clue-merges": func(s *shelf) tenancytest.Sample {
			return body(fmt.Sprintf(`{"clues":["%s","%s"]}`, s.another(nil), s.another(nil)))
		},

		"GET /proposals":      func(*shelf) tenancytest.Sample { return body(``) },
		"GET /proposals/{id}": func(s *shelf) tenancytest.Sample { return on(s.proposal(), ``) },
		"POST /proposals": func(*shelf) tenancytest.Sample {
			return body(`{"title":"关于修路的提案","situation":"破损。","advice":"修。"}`)
		},
		"POST /reports/{id}/proposal": func(s *shelf) tenancytest.Sample { return on(s.report("submitted"), ``) },
		"PATCH /proposals/{id}": func(s *shelf) tenancytest.Sample {
			sample := on(s.proposal(), `{"advice":"尽快修。"}`)
			sample.Header = map[string]string{"If-Match": `"1"`}
			return sample
		},
	})
}

func (s *shelf) proposal() uuid.UUID {
	id, err := s.h.Proposals.Create(s.editor.Context(), proposals.Text{Title: "关于修路的提案"})
	s.must(err)
	return id
}
