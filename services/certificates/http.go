package certificates

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/services/documents"
	"shangda/tenancy"
)

type byID struct {
	ID uuid.UUID `path:"id"`
}

type one[T any] struct{ Body T }

func answer[T any](found T, err error) (*one[T], error) { return &one[T]{found}, err }

type issueInput struct {
	ID   uuid.UUID `path:"id"`
	Body New
}

type withdrawInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason" maxLength:"300"`
	}
}

// From is where a request comes from; exported, because huma reads no other embedded part.
type From struct{ address string }

// Resolve notes the address; nothing can be wrong with it.
func (f *From) Resolve(ctx huma.Context) []error {
	f.address = humafiber.Unwrap(ctx).Context().RemoteIP().String()
	return nil
}

type verifyInput struct {
	From
	Body struct {
		Number string `json:"number" maxLength:"60"`
		Code   string `json:"code" maxLength:"30"`
	}
}

const whyOpen = "whoever holds a certificate may ask whether it stands: number and code together tell unit, date, level and a family name; limited by address"

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"certificates"}, MaxBodyBytes: 4 << 10}
}

// Routes registers the certificates, and the answer to everybody.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.CertificateIssue, operation("list-certificates", http.MethodGet, "/reports/{id}/certificates", "信息的采用证明"),
		func(ctx context.Context, in *byID) (*one[Sheet], error) { return answer(s.Of(ctx, in.ID)) })
	issue := operation("issue-certificate", http.MethodPost, "/reports/{id}/certificates", "开具采用证明")
	issue.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.CertificateIssue, issue, func(ctx context.Context, in *issueInput) (*one[Certificate], error) {
		id, err := tenancy.Changed(s.Issue(ctx, in.ID, in.Body))
		if err != nil {
			return nil, err
		}
		return answer(s.Get(ctx, id))
	})
	authz.Register(api, authz.CertificateIssue, operation("withdraw-certificate", http.MethodPost, "/certificates/{id}/withdraw", "撤销采用证明"),
		func(ctx context.Context, in *withdrawInput) (*one[Certificate], error) {
			if _, err := tenancy.Changed(s.Withdraw(ctx, in.ID, in.Body.Reason)); err != nil {
				return nil, err
			}
			return answer(s.Get(ctx, in.ID))
		})
	authz.Open(api, whyOpen, huma.Operation{OperationID: "verify-certificate", Method: http.MethodPost, Path: "/api/v1/certificate-verification", Summary: "核验采用证明",
		Tags: []string{"certificates"}, MaxBodyBytes: 1 << 10},
		func(ctx context.Context, in *verifyInput) (*one[Answer], error) {
			return answer(s.Verify(ctx, in.Body.Number, in.Body.Code, in.address))
		})
	authz.Raw(api, documents.ExportRight, huma.Operation{
		OperationID: "export-certificate", Method: http.MethodGet, Path: "/certificates/{id}/document", Tags: []string{"certificates"}, Summary: "下载采用证明（Word）",
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Format: "uuid"}}}, Responses: documents.FileResponse(documents.DOCX),
	}, func(c *fiber.Ctx) error {
		id, err := uuid.Parse(c.Params("id"))
		if err != nil {
			return httpx.WriteProblem(c, errs.Missing())
		}
		e, content, err := s.Paper(c.UserContext(), id, c.Hostname())
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		return documents.Send(c, e, content)
	})
}
