package program_test

import (
	"maps"

	"shangda/authz"
)

func init() {
	maps.Copy(unusedPermissions, map[authz.Permission]string{
		authz.ReportRecord: "a field of POST /reports and PATCH /reports/{id}; TestAReportIsWrittenDownForAnother",
		authz.CommentWrite: "services/comments has no routes yet",
		authz.LedgerRead:   "services/ledger has no routes yet",
		authz.LedgerWrite:  "services/ledger has no routes yet",
	})
}
