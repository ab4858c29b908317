package attachments_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/services/attachments"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

var (
	small   = image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White})
	pngFile = encoded(func(w io.Writer) error { return png.Encode(w, small) })
	jpgFile = encoded(func(w io.Writer) error { return jpeg.Encode(w, small, nil) })
	gifFile = encoded(func(w io.Writer) error { return gif.Encode(w, small, nil) })
	webFile = []byte("RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x000\x01\x00\x9d\x01*\x01\x00\x01\x00\x01@&%\xa4\x00\x03p\x00\xfe\xfd6h\x00")
	pdfFile = []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF")
	docFile = word("<w:p><w:t>关于改善公交出行的建议</w:t></w:p>")
)

const wordTypes = `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

func encoded(encode func(io.Writer) error) []byte {
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func word(body string) []byte {
	return archive("[Content_Types].xml", wordTypes, "word/document.xml", "<w:document>"+body+"</w:document>")
}

func archive(pairs ...string) []byte {
	return encoded(func(out io.Writer) error {
		z := zip.NewWriter(out)
		for i := 0; i < len(pairs); i += 2 {
			w, err := z.Create(pairs[i])
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, pairs[i+1]); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

// serve is the program's HTTP side with the person as the caller, nobody where it is nil.
func (f *fixture) serve(p *tenancytest.Person) *fiber.App {
	app := httpx.New(nil)
	app.Use(func(c *fiber.Ctx) error {
		if p != nil {
			c.SetUserContext(tenancy.With(c.UserContext(), p.Principal))
		}
		return c.Next()
	})
	f.files.Routes(&authz.API{App: app, Huma: humafiber.New(app, huma.DefaultConfig("test", "1"))})
	return app
}

func upload(t *testing.T, app *fiber.App, field, name string, content []byte) (*http.Response, []byte) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = form.Close()
	request := httptest.NewRequest(http.MethodPost, "/api/v1/t/x/attachments", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	return send(t, app, request)
}

func send(t *testing.T, app *fiber.App, request *http.Request) (*http.Response, []byte) {
	t.Helper()
	response, err := app.Test(request, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, content
}

func TestWhatIsAcceptedComesBackAsItWas(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	author := f.Tenant("cppcc", "county").Person("member")
	app := f.serve(author)
	for _, c := range []struct {
		name, kept, mediaType string
		content               []byte
	}{
		{"现场.PNG", "现场.PNG", "image/png", pngFile},
		{"a.jpg", "a.jpg", "image/jpeg", jpgFile},
		{"a.jpeg", "a.jpeg", "image/jpeg", jpgFile},
		{"a.gif", "a.gif", "image/gif", gifFile},
		{"a.webp", "a.webp", "image/webp", webFile},
		{"附图 1.pdf", "附图 1.pdf", "application/pdf", pdfFile},
		{"关于商业秘密保护的建议.docx", "关于商业秘密保护的建议.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docFile},
		{`C:\文档\报告.pdf`, "报告.pdf", "application/pdf", pdfFile},
		{"图\u202egnp.png", "图gnp.png", "image/png", pngFile},
		{strings.Repeat("长", 300) + ".png", strings.Repeat("长", 116) + ".png", "image/png", pngFile},
	} {
		response, body := upload(t, app, "file", c.name, c.content)
		var a attachments.Attachment
		if response.StatusCode != http.StatusCreated || json.Unmarshal(body, &a) != nil || a.Name != c.kept || a.Type != c.mediaType {
			t.Errorf("%q: %d %s", c.name, response.StatusCode, body)
			continue
		}
		if utf8.RuneCountInString(a.Name) > 120 {
			t.Errorf("%q: a name of %d characters", c.name, utf8.RuneCountInString(a.Name))
		}
		response, content := send(t, app, httptest.NewRequest(http.MethodGet, "/api/v1/t/x/attachments/"+a.ID.String(), nil))
		disposition, params, err := mime.ParseMediaType(response.Header.Get("Content-Disposition"))
		if response.StatusCode != http.StatusOK || !bytes.Equal(content, c.content) || err != nil || disposition != "attachment" || params["filename"] != c.kept ||
			response.Header.Get("X-Content-Type-Options") != "nosniff" || response.Header.Get("Content-Type") != c.mediaType {
			t.Errorf("%q: %d, %v, %v", c.name, response.StatusCode, response.Header, err)
		}
	}
}

func TestAFileThatIsNotWhatItSaysIsNotStored(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	app := f.serve(f.Tenant("cppcc", "county").Person("member"))
	bomb := archive("[Content_Types].xml", wordTypes, "word/document.xml", strings.Repeat("0", 80<<20))
	monster := append([]byte(nil), gifFile...)
	monster[6], monster[7], monster[8], monster[9] = 0xff, 0xff, 0xff, 0xff
	for _, c := range []struct {
		what, field, name string
		content           []byte
		status            int
		says              string
	}{
		{"a page as a picture", "file", "a.png", []byte("<html><script>alert(1)</script>"), 415, "只接受"},
		{"a program as a picture", "file", "a.jpg", []byte("MZ\x90\x00"), 415, "只接受"},
		{"a PDF as a picture", "file", "a.png", pdfFile, 422, "文件内容与扩展名不符"},
		{"a picture as a document", "file", "a.docx", pngFile, 422, "文件内容与扩展名不符"},
		{"no extension", "file", "现场", pngFile, 422, "文件内容与扩展名不符"},
		{"two extensions", "file", "a.png.exe", pngFile, 422, "文件内容与扩展名不符"},
		{"a head without a picture", "file", "a.png", pngFile[:12], 422, "图片已损坏"},
		{"a monster", "file", "a.gif", monster, 422, "尺寸过大"},
		{"an archive", "file", "a.docx", archive("a.txt", "a"), 415, "Word"},
		{"half an archive", "file", "a.docx", docFile[:40], 415, "Word"},
		{"a spreadsheet", "file", "a.docx", archive("[Content_Types].xml", "<Types/>", "word/document.xml", "<a/>"), 415, "Word"},
		{"macros", "file", "a.docx", archive("[Content_Types].xml", wordTypes, "word/document.xml", "<a/>", "word/vbaProject.bin", "x"), 422, "宏"},
		{"a bomb", "file", "a.docx", bomb, 413, "解压后过大"},
		{"a marked document", "file", "a.docx", word("<w:p><w:t>机密</w:t><w:t>★1年</w:t></w:p>"), 422, "纸质版"},
		{"a marked name", "file", "秘密★纪要.pdf", pdfFile, 422, "纸质版"},
		{"nothing in it", "file", "a.png", nil, 422, "空的"},
		{"too much", "file", "a.pdf", append(append([]byte(nil), pdfFile...), make([]byte, attachments.MaxDirect)...), 413, "10 MB"},
		{"another field", "photo", "a.png", pngFile, 422, "请选择"},
	} {
		response, body := upload(t, app, c.field, c.name, c.content)
		if response.StatusCode != c.status || !strings.Contains(string(body), c.says) || response.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", c.what, response.StatusCode, body)
		}
	}
	if n := f.stored(t); n != 0 {
		t.Fatalf("%d files in the store", n)
	}
	var rows int
	if err := f.TestDB.Admin(t).QueryRow(context.Background(), `select count(*) from attachments where name = 'a.docx'`).Scan(&rows); err != nil || rows != 0 {
		t.Fatalf("%d rows, %v", rows, err)
	}
}

func TestRoutesAskForTheirPermission(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county := f.Tenant("cppcc", "county")
	for _, c := range []struct {
		who    *tenancytest.Person
		status int
	}{{nil, 401}, {county.Person("system_admin"), 403}, {county.Person("audit_admin"), 403}, {county.Person("editor"), 404}} {
		app := f.serve(c.who)
		for _, id := range []string{tenancy.NewID().String(), "..", "1"} {
			if response, body := send(t, app, httptest.NewRequest(http.MethodGet, "/api/v1/t/x/attachments/"+id, nil)); id != ".." && response.StatusCode != c.status {
				t.Errorf("download: %d, want %d: %s", response.StatusCode, c.status, body)
			}
		}
		if response, body := upload(t, app, "file", "a.png", pngFile); c.status != 404 && response.StatusCode != c.status {
			t.Errorf("upload: %d, want %d: %s", response.StatusCode, c.status, body)
		}
	}
}
