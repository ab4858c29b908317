package program_test

import (
	"maps"

	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /settings/terms": func(*shelf) tenancytest.Sample { return body(``) },
		"PUT /settings/terms": func(s *shelf) tenancytest.Sample { return s.setting("terms", `{"member":"社员"}`) },
	})
}

// setting is a new value of a setting, based on the version that stands.
func (s *shelf) setting(name, value string) tenancytest.Sample {
	etag := s.h.as(s.system).send("GET", "/settings/"+name, nil).header.Get("ETag")
	return tenancytest.Sample{Body: value, Header: map[string]string{"If-Match": etag}}
}
