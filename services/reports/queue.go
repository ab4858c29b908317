package reports

import (
	"context"
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// OrderPriority reads a box in the order an office works: urgency, flags, the score of the first screening, then the newest.
const OrderPriority = "priority"

// queued are the boxes that can be read by priority.
var queued = []string{BoxInbox, BoxDesk}

// plainQueues and filteredQueues are the texts of these lists; the priority a page begins at follows the other arguments.
var plainQueues, filteredQueues = func() (plain, filtered map[string]string) {
	plain, filtered = map[string]string{}, map[string]string{}
	head := func(argument int) string {
		return strings.Replace(listHead, "(listed_at, id) < ($2, $3)", fmt.Sprintf("(priority, listed_at, id) < ($%d, $2, $3)", argument), 1)
	}
	const tail = ` order by priority desc, listed_at desc, id desc limit $4`
	for _, box := range queued {
		plain[box] = head(7) + boxes[box] + tail
		filtered[box] = head(17) + boxes[box] + listFilters + tail
	}
	return plain, filtered
}()

// queueStatement is statement for a box read by priority.
func (s *Service) queueStatement(ctx context.Context, q tenancy.Querier, f Filter) (string, []any, error) {
	if plainQueues[f.Box] == "" {
		return "", nil, errs.InvalidField("order", "只有收件箱和在办稿件可以按优先级排列")
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
	if sql == plainLists[f.Box] {
		return plainQueues[f.Box], append(args, priority), nil
	}
	return filteredQueues[f.Box], append(args, priority), nil
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
