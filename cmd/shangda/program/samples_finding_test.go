package program_test

import (
	"maps"

	"shangda/authz"
	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"GET /search": func(*shelf) tenancytest.Sample { return tenancytest.Sample{Query: "q=%E5%81%9C%E8%BD%A6&page=1"} },
	})
	maps.Copy(unusedPermissions, map[authz.Permission]string{
		authz.SearchIndex: "the indexer's, who has no routes",
	})
}
