package httpx

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5/pgconn"

	"shangda/internal/errs"
)

// Problem is the one form of an error answer (RFC 9457). Detail is Chinese and meant for the user.
type Problem struct {
	Type       string        `json:"type" doc:"Always about:blank; kind tells problems apart"`
	Title      string        `json:"title"`
	Status     int           `json:"status"`
	Detail     string        `json:"detail"`
	Kind       string        `json:"kind" doc:"invalid, unauthenticated, forbidden, not_found, conflict, stale, too_large, unsupported, limited, unavailable or internal"`
	RequestID  string        `json:"request_id,omitempty"`
	Errors     []ProblemPart `json:"errors,omitempty"`
	retryAfter int
}

// ProblemPart names one faulty part of the input.
type ProblemPart struct {
	Location string `json:"location"`
	Message  string `json:"message"`
}

func (p *Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders carries Retry-After where waiting helps.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter > 0 {
		h.Set("Retry-After", itoa(p.retryAfter))
	}
	return h
}

var statusOf = map[errs.Kind]int{
	errs.Invalid:         http.StatusUnprocessableEntity,
	errs.Unauthenticated: http.StatusUnauthorized,
	errs.Forbidden:       http.StatusForbidden,
	errs.NotFound:        http.StatusNotFound,
	errs.Conflict:        http.StatusConflict,
	errs.Stale:           http.StatusPreconditionFailed,
	errs.TooLarge:        http.StatusRequestEntityTooLarge,
	errs.Unsupported:     http.StatusUnsupportedMediaType,
	errs.Limited:         http.StatusTooManyRequests,
	errs.Unavailable:     http.StatusServiceUnavailable,
	errs.Internal:        http.StatusInternalServerError,
}

// FromError maps any error to its problem; what is not an *errs.Error is hidden from the user and logged.
func FromError(ctx context.Context, err error) *Problem {
	id := RequestID(ctx)
	var e *errs.Error
	switch {
	case notText(err):
		e = errs.New(errs.Invalid, "内容中有无法识别的字符，请删除后重试")
	case errors.As(err, &e):
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		e = &errs.Error{Kind: errs.Unavailable, Message: "处理超时，请稍后重试", Err: err}
	case unreachable(err):
		e = &errs.Error{Kind: errs.Unavailable, Message: "系统繁忙，请稍后重试", RetryAfter: time.Second, Err: err}
	default:
		e = &errs.Error{Kind: errs.Internal, Message: "系统出错了，内容没有改动，请稍后重试", Err: err}
	}
	if e.Kind == errs.Internal || e.Kind == errs.Unavailable {
		slog.ErrorContext(ctx, "request failed", "request_id", id, "kind", string(e.Kind), "error", err.Error())
	}
	p := newProblem(statusOf[e.Kind], e.Message)
	p.Kind, p.RequestID = string(e.Kind), id
	p.retryAfter = int(math.Ceil(e.RetryAfter.Seconds()))
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, ProblemPart{Location: "body." + f.Name, Message: f.Message})
	}
	return p
}

// notText tells whether the database refused a text that is none: with a zero byte, or not in UTF-8.
func notText(err error) bool {
	var refusal *pgconn.PgError
	return errors.As(err, &refusal) && (refusal.Code == "22021" || refusal.Code == "22P05")
}

// unreachable tells whether the database could not be asked, or had to give up: later it may succeed. The classes are
// connection (08), retry (40), resources (53), locks (55) and intervention (57).
func unreachable(err error) bool {
	var connecting *pgconn.ConnectError
	var network net.Error
	var refusal *pgconn.PgError
	switch {
	case errors.As(err, &connecting), errors.As(err, &network), errors.Is(err, io.ErrUnexpectedEOF):
		return true
	case errors.As(err, &refusal):
		return slices.Contains([]string{"08", "40", "53", "55", "57"}, refusal.Code[:2])
	}
	return false
}

func newProblem(status int, detail string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Kind: string(kindOf(status))}
}

func kindOf(status int) errs.Kind {
	for kind, s := range statusOf {
		if s == status {
			return kind
		}
	}
	if status < http.StatusInternalServerError {
		return errs.Invalid
	}
	return errs.Internal
}

var detailOf = map[int]string{
	http.StatusBadRequest:            "请求格式不正确",
	http.StatusUnauthorized:          "请先登录",
	http.StatusForbidden:             "您没有这项权限",
	http.StatusNotFound:              "没有找到",
	http.StatusMethodNotAllowed:      "不支持的操作",
	http.StatusRequestTimeout:        "请求超时，请重试",
	http.StatusRequestEntityTooLarge: "内容太大",
	http.StatusUnsupportedMediaType:  "不支持的内容格式",
	http.StatusUnprocessableEntity:   "填写的内容有误，请修改后重试",
}

// init makes huma speak as the program does: our problem, and Chinese messages.
func init() {
	huma.NewError = func(status int, message string, faults ...error) huma.StatusError {
		detail := message
		if known, ok := detailOf[status]; ok {
			detail = known
		}
		p := newProblem(status, detail)
		for _, fault := range faults {
			var d huma.ErrorDetailer
			if errors.As(fault, &d) {
				part := d.ErrorDetail()
				p.Errors = append(p.Errors, ProblemPart{Location: part.Location, Message: part.Message})
			} else if fault != nil {
				p.Errors = append(p.Errors, ProblemPart{Message: "格式不正确"})
			}
		}
		return p
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, faults ...error) huma.StatusError {
		p := huma.NewError(status, message, faults...).(*Problem)
		if ctx != nil {
			p.RequestID = RequestID(ctx.Context())
		}
		return p
	}
	validation.MsgUnexpectedProperty = "不认识的字段"
	validation.MsgExpectedRequiredProperty = "缺少 %s"
	validation.MsgExpectedString = "应为文字"
	validation.MsgExpectedNumber = "应为数字"
	validation.MsgExpectedInteger = "应为整数"
	validation.MsgExpectedBoolean = "应为是或否"
	validation.MsgExpectedArray = "应为列表"
	validation.MsgExpectedObject = "应为对象"
	validation.MsgExpectedOneOf = "只能是 \"%s\" 之一"
	validation.MsgExpectedMinLength = "至少 %d 个字"
	validation.MsgExpectedMaxLength = "最多 %d 个字"
	validation.MsgExpectedMinItems = "至少 %d 项"
	validation.MsgExpectedMaxItems = "最多 %d 项"
	validation.MsgExpectedMinimumNumber = "不能小于 %v"
	validation.MsgExpectedMaximumNumber = "不能大于 %v"
	validation.MsgExpectedMatchPattern = "格式应为 %s"
	validation.MsgExpectedBePattern = "格式应为 %s"
	validation.MsgExpectedRFC4122UUID = "不是有效的编号：%v"
	validation.MsgExpectedRFC3339DateTime = "不是有效的时间"
	validation.MsgExpectedRFC3339Date = "不是有效的日期"
	validation.MsgExpectedArrayItemsUnique = "有重复的项"
}

// WriteProblem answers a fiber request with a problem.
func WriteProblem(c *fiber.Ctx, err error) error {
	p := FromError(c.UserContext(), err)
	for name, values := range p.GetHeaders() {
		c.Set(name, strings.Join(values, ", "))
	}
	if err := c.Status(p.Status).JSON(p); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/problem+json")
	return nil
}
