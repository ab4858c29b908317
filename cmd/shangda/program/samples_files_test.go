package program_test

import (
	"maps"
	"strconv"

	"github.com/google/uuid"

	"shangda/services/attachments"
	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /settings/attachment-limits": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/attachment-limits": func(s *shelf) tenancytest.Sample {
			return s.setting("attachment-limits", `{"count":10,"picture_mb":10,"video_mb":100,"document_mb":20}`)
		},
		"GET /attachments/{id}/thumbnail": func(s *shelf) tenancytest.Sample { return on(s.attachment(), ``) },
		"GET /subjects/{kind}/{id}/attachments": func(s *shelf) tenancytest.Sample {
			return tenancytest.Sample{Params: map[string]string{"kind": "clue", "id": s.clue().String()}}
		},
		"PUT /subjects/{kind}/{id}/attachments": func(s *shelf) tenancytest.Sample {
			return tenancytest.Sample{Params: map[string]string{"kind": "clue", "id": s.clue().String()}, Body: `{"attachments":[]}`}
		},
		"POST /uploads": func(*shelf) tenancytest.Sample { return body(`{"name":"现场.png","size":100}`) },
		"GET /uploads/{id}": func(s *shelf) tenancytest.Sample {
			return on(s.upload(false), ``)
		},
		"PUT /uploads/{id}/parts/{offset}": func(s *shelf) tenancytest.Sample {
			return tenancytest.Sample{Params: map[string]string{"id": s.upload(false).String(), "offset": "0"}, Body: string(picture()),
				Header: map[string]string{"Content-Type": "application/octet-stream"}}
		},
		"POST /uploads/{id}/finish": func(s *shelf) tenancytest.Sample { return s.finish() },
		"DELETE /uploads/{id}":      func(s *shelf) tenancytest.Sample { return on(s.upload(false), ``) },
	})
	for _, route := range []string{"GET /uploads/{id}", "PUT /uploads/{id}/parts/{offset}", "POST /uploads/{id}/finish", "DELETE /uploads/{id}"} {
		unproven[route] = "only who began it; TestALargeFileGoesOnAfterABreak in services/attachments"
	}
}

// finish has no body that a repeat could change: only the size of what was sent counts.
func (s *shelf) finish() tenancytest.Sample {
	sample := on(s.upload(true), ``)
	sample.Header = map[string]string{"Content-Type": "application/octet-stream"}
	return sample
}

// upload is one that the author began; whole, where it only wants to be finished.
func (s *shelf) upload(whole bool) uuid.UUID {
	content := picture()
	return s.keep("upload "+strconv.FormatBool(whole), func(uuid.UUID) bool { return true }, func() uuid.UUID {
		id, err := s.h.Attachments.Begin(s.author.Context(), attachments.NewUpload{Name: "现场.png", Size: int64(len(content))})
		s.must(err)
		if whole {
			_, err = s.h.Attachments.PutPart(s.author.Context(), id, 0, content, nil)
			s.must(err)
		}
		return id
	})
}
