package reviews_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/services/reviews"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func TestANewChainTakesItsRoutesAndLeavesRunningReviewsAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T4")
	running := o.start(o.paper("important"))
	own := reviews.NewChain{Name: "重要信息快审", AppliesTo: []string{"important"}, Steps: []reviews.Step{{Title: "领导审签", Role: "leader"}}}
	id, err := o.reviews.CreateChain(o.admin.Context(), own)
	if err != nil {
		t.Fatal(err)
	}
	o.expect(running, "running cwww", o.head)
	o.want(o.approve(o.head, running), "", "the running review")
	o.expect(running, "running acww", o.secretary)
	for route, steps := range map[string]string{"important": "running c", "ordinary": "running cwww", "urgent": "running cwww"} {
		if got, _ := o.states(o.editor, o.start(o.paper(route))); got != steps {
			t.Errorf("%s: %q, want %q", route, got, steps)
		}
	}
	own.Name, own.Steps = "重要信息两审", append(own.Steps, reviews.Step{Title: "签发", Post: "vice_chair", Role: "signer"})
	next, err := o.reviews.UpdateChain(o.admin.Context(), id, own)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.reviews.UpdateChain(o.admin.Context(), id, own); !errs.Is(err, errs.Conflict) {
		t.Fatalf("the replaced chain replaced again: %v", err)
	}
	twoSteps := o.start(o.paper("important"))
	o.want(o.approve(o.vice, twoSteps), errs.Forbidden, "a signer who is no leader")
	o.want(o.approve(o.chair, twoSteps), "", "a leader, by role")
	o.want(o.approve(o.chair, twoSteps), errs.Conflict, "a signer without the post")
	o.want(o.approve(o.vice, twoSteps), "", "by post and role")
	o.want(o.approve(o.head, running), errs.Conflict, "twice")

	chains, err := o.reviews.Chains(o.admin.Context())
	if err != nil || len(chains) != 3 || chains[0].ID != next || !chains[0].Active || chains[2].ID != id || chains[2].Active {
		t.Fatalf("%+v, %v", chains, err)
	}
	if got := chains[1]; got.Template != "T4" || !slices.Equal(got.AppliesTo, []string{"ordinary", "urgent"}) || len(got.Steps) != 4 {
		t.Fatalf("the old chain keeps the other routes: %+v", got)
	}
}

func TestWhoMayNotAndWhatWouldWaitForEver(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for name, step := range map[string]reviews.Step{
		"an unknown role": {Title: "审签", Role: "emperor"}, "a stranger": {Title: "审签", People: []uuid.UUID{uuid.New()}},
		"the administrator": {Title: "审签", People: []uuid.UUID{o.admin.Membership}}, "nobody": {Title: "审签"},
	} {
		_, err := o.reviews.CreateChain(o.admin.Context(), reviews.NewChain{Name: "流程", AppliesTo: []string{"urgent"}, Steps: []reviews.Step{step}})
		var e *errs.Error
		if !errs.Is(err, errs.Invalid) || !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Name != "steps" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, p := range []*tenancytest.Person{o.editor, o.chair, o.Person("security_admin")} {
		if _, err := o.reviews.CreateChain(p.Context(), reviews.FromTemplate("T7")[0]); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%v sets up a chain: %v", p.Roles, err)
		}
	}
}

func TestTheRoutes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var caller *tenancytest.Person
	app := httpx.New(nil)
	app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(tenancy.With(c.UserContext(), caller.Principal))
		return c.Next()
	})
	o.reviews.Routes(&authz.API{App: app, Huma: humafiber.New(app, huma.DefaultConfig("test", "1"))})
	call := func(p *tenancytest.Person, method, path, body string, status int) map[string]any {
		t.Helper()
		caller = p
		request := httptest.NewRequestWithContext(context.Background(), method, "/api/v1/t/x"+path, strings.NewReader(body))
		if body != "" {
			request.Header.Set("Content-Type", "application/json")
		}
		response, err := app.Test(request, -1)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		content, _ := io.ReadAll(response.Body)
		if response.StatusCode != status {
			t.Fatalf("%s %s: %d, want %d: %s", method, path, response.StatusCode, status, content)
		}
		var out map[string]any
		if err := json.Unmarshal(content, &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	shipped := call(o.admin, http.MethodGet, "/chain-templates", "", 200)
	if len(shipped["items"].([]any)) != len(flow.Templates()) {
		t.Fatal(shipped)
	}
	chain := call(o.admin, http.MethodPost, "/chains", `{"name":"两审","applies_to":["ordinary","important"],"steps":[{"title":"编审","post":"office_head"},{"title":"签发","role":"signer"}]}`, 201)
	call(o.admin, http.MethodPost, "/chains", `{"name":"两审","applies_to":["ordinary"],"steps":[],"tenant":"other"}`, 422)
	call(o.editor, http.MethodPost, "/chains", `{}`, 403)
	replaced := call(o.admin, http.MethodPut, "/chains/"+chain["id"].(string), `{"name":"两审","applies_to":["ordinary"],"steps":[{"title":"编审","post":"office_head"},{"title":"签发","role":"signer"}]}`, 200)
	if replaced["id"] == chain["id"] || len(call(o.editor, http.MethodGet, "/chains", "", 200)["items"].([]any)) != 2 {
		t.Fatal(replaced)
	}
	report := o.paper("ordinary")
	review := call(o.editor, http.MethodPost, "/reports/"+report.String()+"/review", "{}", 200)
	path := "/reviews/" + review["id"].(string)
	call(o.vice, http.MethodPost, path+"/approve", `{"opinion":"同意"}`, 403)
	call(o.head, http.MethodPost, path+"/approve", `{"opinion":"同意","title":"只有标题"}`, 422)
	call(o.head, http.MethodPost, path+"/approve", `{"opinion":"★机密★"}`, 422)
	call(o.head, http.MethodPost, path+"/approve", `{"opinion":"同意","title":"新题","problem":"一","cause":"二","advice":"三"}`, 200)
	call(o.vice, http.MethodPost, path+"/return", `{"opinion":"","to":1}`, 422)
	call(o.vice, http.MethodPost, path+"/return", `{"opinion":"再核","to":1}`, 200)
	call(o.head, http.MethodPost, path+"/approve", `{}`, 200)
	signed := call(o.vice, http.MethodPost, path+"/approve", `{"opinion":"签发"}`, 200)
	steps := signed["steps"].([]any)
	if last := steps[1].(map[string]any); signed["state"] != "signed" || last["by"] != o.vice.Name || last["opinion"] != "签发" || last["at"] == nil {
		t.Fatal(signed)
	}
	if list := call(o.editor, http.MethodGet, "/reports/"+report.String()+"/reviews", "", 200); len(list["items"].([]any)) != 1 {
		t.Fatal(list)
	}
	call(o.editor, http.MethodGet, "/reports/"+tenancy.NewID().String()+"/reviews", "", 404)
}
