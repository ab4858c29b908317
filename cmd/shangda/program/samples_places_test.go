package program_test

import (
	"shangda/authz"
)

func init() {
	for _, p := range []authz.Permission{authz.VisitRead, authz.VisitWrite, authz.VisitPlan, authz.ActivityRead, authz.ActivityWrite, authz.PointRead, authz.PointWrite, authz.PointReceive} {
		unusedPermissions[p] = "granted ahead of its routes"
	}
}
