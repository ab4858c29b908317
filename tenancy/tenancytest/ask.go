package tenancytest

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
)

// answer is what a request came back with. Of a stream only the status counts.
type answer struct {
	status int
	body   string
}

func (a answer) success() bool { return a.status >= 200 && a.status < 300 }

var client = &http.Client{Timeout: 20 * time.Second}

// ask sends a request at the tenant's door, as that person or as nobody.
func (r *run) ask(route authz.Route, door *Tenant, s Sample, p *Person) answer {
	r.t.Helper()
	r.Requests++
	path := strings.ReplaceAll(route.Path, "{tenant}", door.Code)
	for param, value := range s.Params {
		path = strings.ReplaceAll(path, "{"+param+"}", value)
	}
	path = unfilled.ReplaceAllStringFunc(path, func(string) string { return uuid.NewString() })
	if s.Query != "" {
		path += "?" + s.Query
	}
	request, err := http.NewRequest(route.Method, r.URL+path, strings.NewReader(s.Body))
	if err != nil {
		r.t.Fatal(err)
	}
	if s.Body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for key, value := range s.Header {
		request.Header.Set(key, value)
	}
	if p != nil {
		p.Sign(request)
	}
	response, err := client.Do(request)
	if err != nil {
		r.t.Fatalf("%s: %v", name(route), err)
	}
	defer response.Body.Close()
	a := answer{status: response.StatusCode}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		return a
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		r.t.Fatalf("%s: %v", name(route), err)
	}
	a.body = string(body)
	return a
}

var (
	unfilled = regexp.MustCompile(`\{[a-z_]+\}`)
	uuids    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
)

// missing is the same input with every id one that never was, and whether it names any id at all.
func (s Sample) missing() (Sample, bool) {
	other := s
	other.Params = maps.Clone(s.Params)
	for param, value := range s.Params {
		if uuids.MatchString(value) {
			other.Params[param] = uuid.NewString()
		} else {
			other.Params[param] = "x" + random(len(value)/2)
		}
	}
	fresh := func(string) string { return uuid.NewString() }
	other.Body, other.Query = uuids.ReplaceAllStringFunc(s.Body, fresh), uuids.ReplaceAllStringFunc(s.Query, fresh)
	return other, len(s.Params) > 0 || other.Body != s.Body || other.Query != s.Query
}

// forget takes out of an answer what must differ: the id of the request, and the very ids that were sent.
func (s Sample) forget(a answer) string {
	body := a.body
	var problem map[string]any
	if json.Unmarshal([]byte(body), &problem) == nil {
		delete(problem, "request_id")
		if text, err := json.Marshal(problem); err == nil {
			body = string(text)
		}
	}
	sent := append(uuids.FindAllString(s.Body+" "+s.Query, -1), slices.Collect(maps.Values(s.Params))...)
	for _, id := range sent {
		if len(id) > 3 { // a number such as a month or an offset stands in many a word
			body = strings.ReplaceAll(body, id, "ID")
		}
	}
	return http.StatusText(a.status) + " " + body
}
