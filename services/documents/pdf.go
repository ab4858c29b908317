package documents

import "context"

// Printer turns a Word document into PDF; internal/docx fulfils it where LibreOffice is.
type Printer interface {
	Able() bool
	PDF(ctx context.Context, document []byte) ([]byte, error)
}
