package reports

import (
	"context"
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// OrderPriority reads a box in the order an office works: urgency, flags, the score of the first screening, then the newest.
const OrderPriority = "priority"

// queued are the boxes that can be read by priority.
var queued = []string{BoxInbox, BoxDesk}

// byPriority is a list's text in that order; the priority a page begins at is its last argument.
func byPriority(text string, arguments int) string {
	text = strings.Replace(text, "(listed_at, id) < ($2, $3)", "(priority, listed_at, id) < ($"+strconv.Itoa(arguments)+", $2, $3)", 1)
	return strings.Replace(text, "order by listed_at desc, id desc", "order by priority desc, listed_at desc, id desc", 1)
}

// queueStatement is statement for a box read by priority.
func (s *Service) queueStatement(ctx context.Context, q tenancy.Querier, f Filter) (string, []any, error) {
	if !slices.Contains(queued, f.Box) {
		return "", nil, errs.InvalidField("order", "只有收件箱和在办稿件可以按优先级排列")
	}
	if f.Until != "" {
		return "", nil, errs.InvalidField("until", "按优先级排列时不能跳到日期")
	}
	rest, priority, err := parseQueueCursor(f.Cursor)
	if err != nil {
		return "", nil, err
	}
	f.Cursor, f.Order = rest, ""
	sql, args, err := s.statement(ctx, q, f)
	if err != nil {
		return "", nil, err
	}
	args = append(args, priority)
	return byPriority(sql, len(args)), args, nil
}

// queueCursor is where a page by priority ends.
func queueCursor(r *Report) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(r.Priority))) + "." + cursor{r.listedAt(), r.ID}.String()
}

func parseQueueCursor(text string) (rest string, priority int, err error) {
	if text == "" {
		return "", math.MaxInt16, nil
	}
	first, rest, _ := strings.Cut(text, ".")
	raw, err := base64.RawURLEncoding.DecodeString(first)
	if err == nil {
		priority, err = strconv.Atoi(string(raw))
	}
	if err != nil || rest == "" || priority < math.MinInt16 || priority > math.MaxInt16 {
		return "", 0, errs.InvalidField("cursor", "翻页位置无效")
	}
	return rest, priority, nil
}
