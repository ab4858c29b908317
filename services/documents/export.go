package documents

import (
	"context"
	"mime"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"shangda/authz"
	"shangda/tenancy"
)

// ExportRight is the permission that every export and every print needs.
const ExportRight = authz.DocumentExport

// The formats of what is taken out, as the ends of file names.
const (
	DOCX = "docx"
	PDF  = "pdf"
	XLSX = "xlsx"
)

var mediaTypes = map[string]string{
	DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	PDF:  "application/pdf",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// Export is one file that leaves the program. Subject is what it shows, empty for a list; Name is what it is called,
// without its end; Rows is how many rows a list has.
// Given says that it is made to be given to somebody outside, such as a certificate: then it is not marked as internal.
type Export struct {
	Subject tenancy.Subject
	Name    string
	Format  string
	Rows    int
	Given   bool
}

// Take is the one way out of the program: it checks the right, writes down who takes what out, in a transaction of its own,
// and gives the watermark which the file must carry. Whether the caller may see the thing is the asker's to check before.
func Take(ctx context.Context, db *tenancy.DB, e Export) (watermark string, err error) {
	err = db.InTx(ctx, func(tx *tenancy.Tx) error {
		watermark, err = Taken(tx, e)
		return err
	})
	return watermark, err
}

// Taken is Take within a transaction that does more.
func Taken(tx *tenancy.Tx, e Export) (watermark string, err error) {
	p := tx.Principal()
	if err := authz.Holds(p, ExportRight); err != nil {
		return "", err
	}
	if e.Subject.Kind == "" {
		e.Subject = tenancy.Subject{Kind: "document", ID: tenancy.NewID()}
	}
	tx.Record(tenancy.Event{Kind: "document.exported", Subject: e.Subject, Detail: map[string]any{"name": e.Name, "format": e.Format, "rows": e.Rows}})
	marks := []string{p.Name, p.Tenant.Name, tx.Now().In(shanghai).Format("2006-01-02 15:04")}
	if !e.Given {
		marks = append(marks, "仅供内部使用")
	}
	return strings.Join(marks, " "), nil
}

// Send answers with the file, to be kept and not to be opened as a page.
func Send(c *fiber.Ctx, e Export, content []byte) error {
	c.Set(fiber.HeaderContentType, mediaTypes[e.Format])
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": fileName(e.Name) + "." + e.Format}))
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(content)
}

// fileName is a name that every system takes.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return -1
		}
		return r
	}, visible(name))
	if name = shorten(strings.Trim(name, ". "), 60); name == "" {
		return "导出"
	}
	return name
}

// FileResponse describes the answer of a route that sends a file of one of the formats.
func FileResponse(formats ...string) map[string]*huma.Response {
	content := map[string]*huma.MediaType{}
	for _, format := range formats {
		content[mediaTypes[format]] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	}
	return map[string]*huma.Response{"200": {Description: "OK", Content: content}}
}
