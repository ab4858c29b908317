package program

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// The console is sent as the browser takes it, and a missing asset is a 404, never a page.
func TestTheConsoleAsItIsAskedFor(t *testing.T) {
	t.Parallel()
	app := fiber.New()
	serveFiles(app, map[string]asset{"index.html": {body: []byte("page"), zipped: []byte("zip"), kind: "text/html"}})
	for _, c := range []struct {
		path, accepts, body string
		status              int
	}{
		{"/", "", "page", http.StatusOK},
		{"/t/a1-zx/inbox", "br, gzip", "zip", http.StatusOK},
		{"/assets/gone.js", "gzip", "", http.StatusNotFound},
		{"/api/v1/nothing", "", "", http.StatusNotFound},
	} {
		request := httptest.NewRequest(http.MethodGet, c.path, nil)
		request.Header.Set("Accept-Encoding", c.accepts)
		response, err := app.Test(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != c.status || c.body != "" && string(body) != c.body {
			t.Errorf("GET %s accepting %q: %d %q, %v", c.path, c.accepts, response.StatusCode, body, err)
		}
	}
}
