package program_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// fits fails the test when an answer is not what the description promises: an array that is null, a word outside its list,
// a field that is missing or that nobody described. The console's types are made from the description.
func fits(t *testing.T, described *huma.OpenAPI, method, path string, r reply) {
	t.Helper()
	op := operation(described, method, path)
	if op == nil || !r.ok() || r.body == "" {
		return
	}
	for _, fault := range faults(described, op.Responses[strconv.Itoa(r.status)], r.body) {
		t.Errorf("%s %s answers %d with what is not described: %v", method, path, r.status, fault)
	}
}

func faults(described *huma.OpenAPI, answer *huma.Response, body string) []error {
	if answer == nil {
		return []error{errors.New("no such status")}
	}
	media := answer.Content["application/json"]
	if media == nil {
		return nil
	}
	var value any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		return []error{err}
	}
	var result huma.ValidateResult
	huma.Validate(described.Components.Schemas, media.Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, value, &result)
	return result.Errors
}

// operation finds the one a path belongs to; nil for pages and for what only tests have.
func operation(described *huma.OpenAPI, method, path string) *huma.Operation {
	path, _, _ = strings.Cut(path, "?")
	given := strings.Split(path, "/")
	for template, item := range described.Paths {
		if !matches(strings.Split(template, "/"), given) {
			continue
		}
		return map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete}[method]
	}
	return nil
}

func matches(template, path []string) bool {
	if len(template) != len(path) {
		return false
	}
	for i, part := range template {
		if part != path[i] && !strings.HasPrefix(part, "{") {
			return false
		}
	}
	return true
}

func TestWhatIsNotDescribedIsNoticed(t *testing.T) {
	h := open(t)
	described := h.API.Huma.OpenAPI()
	op := operation(described, "GET", "/api/v1/t/zx/categories?x=1")
	if op == nil || op.OperationID != "list-categories" {
		t.Fatalf("found %v", op)
	}
	for body, right := range map[string]bool{
		`{"items":[]}`: true, `{"items":[{"name":"民政","topics":["养老服务"]}]}`: true,
		`{"items":null}`: false, `{"items":[{"name":"民政","topics":null}]}`: false, `{"items":[],"more":1}`: false, `{}`: false,
	} {
		if found := faults(described, op.Responses["200"], body); (len(found) == 0) != right {
			t.Errorf("%s: %v", body, found)
		}
	}
}
