package program_test

import (
	"maps"

	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(s *shelf) tenancytest.Sample{
		"GET /exports/reports": func(*shelf) tenancytest.Sample { return tenancytest.Sample{Query: "box=all&columns=title,state"} },
	})
}
