package httpx

import (
	"strconv"
	"strings"

	"shangda/internal/errs"
)

// ETag is the version of a thing as it stands in the header.
func ETag(version int) string { return strconv.Quote(strconv.Itoa(version)) }

// Version reads the version that an edit is based on, as it came in If-Match.
func Version(ifMatch string) (int, error) {
	version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(ifMatch, "W/"), `"`))
	if err != nil {
		return 0, errs.New(errs.Invalid, "修改时须注明所依据的版本（If-Match）")
	}
	return version, nil
}
