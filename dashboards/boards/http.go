package boards

import (
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
)

// Longer than any class of units, and than any code of a tenant.
const (
	mostClass = 40
	mostCode  = 32
)

// Routes registers the two boards. They answer with the bytes of the copy, which huma would write anew each time.
func (s *Service) Routes(api *authz.API) {
	period := query("period", "2026, 2026-H1, 2026-Q3, 2026-10 or 2026-01..2026-06; empty for the current year")
	authz.Raw(api, authz.BoardUnit, describe(api, "board-unit", "/boards/unit", "本单位统计", period), s.serve(ScopeUnit))
	authz.Raw(api, authz.BoardTree, describe(api, "board-tree", "/boards/tree", "所属各单位统计和排名", period,
		query("class", "Rank only units of this class"),
		query("under", "Look into this unit below: a tenant's code"),
		query("measure", "Rank by times (default), reports, submitted, forwarded or rate")), s.serve(ScopeTree))
}

func query(name, doc string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: doc, Schema: &huma.Schema{Type: huma.TypeString}}
}

func describe(api *authz.API, id, path, summary string, params ...*huma.Param) huma.Operation {
	schema := api.Huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Board](), true, "Board")
	tenant := &huma.Param{Name: "tenant", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}
	return huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Parameters: append([]*huma.Param{tenant}, params...),
		Responses: map[string]*huma.Response{
			"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}},
			"304": {Description: "Not Modified"},
		},
	}
}

func (s *Service) serve(scope string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		q, err := s.read(c, scope)
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		board, err := s.Cached(c.UserContext(), q)
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		c.Set(fiber.HeaderETag, board.ETag)
		if matches(c.Get(fiber.HeaderIfNoneMatch), board.ETag) {
			return c.SendStatus(http.StatusNotModified)
		}
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		return c.Send(board.Body)
	}
}

// read makes the query of a request. Parameters of the tree board do nothing on the unit board.
func (s *Service) read(c *fiber.Ctx, scope string) (Query, error) {
	q := Query{Scope: scope}
	var err error
	if q.Period, err = ParsePeriod(c.Query("period"), s.clock.Now()); err != nil || scope == ScopeUnit {
		return q, err
	}
	q.Class, q.Under, q.Measure = c.Query("class"), c.Query("under"), c.Query("measure", "times")
	if measures[q.Measure] == nil {
		return q, errs.InvalidField("measure", "排名依据只能是 times、reports、submitted、forwarded 或 rate")
	}
	if !utf8.ValidString(q.Class) || utf8.RuneCountInString(q.Class) > mostClass || strings.ContainsRune(q.Class, 0) {
		return q, errs.InvalidField("class", "单位类别不超过 %d 个字", mostClass)
	}
	if len(q.Under) > mostCode {
		return q, errs.Missing()
	}
	if strings.EqualFold(q.Under, c.Params("tenant")) {
		q.Under = ""
	}
	return q, nil
}

func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimPrefix(strings.TrimSpace(part), "W/"); part == etag || part == "*" {
			return true
		}
	}
	return false
}
