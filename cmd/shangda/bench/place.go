package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/valyala/fasthttp"

	"shangda/authz"
	"shangda/cmd/shangda/program"
	"shangda/internal/clock"
	"shangda/internal/devstack"
	"shangda/internal/httpx"
	"shangda/migrations"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/login"
	"shangda/tenancy/members"
	"shangda/tenancy/organisations"
)

// password of everyone in the place that is measured.
const password = "bench-password"

// place is a program on servers of its own, with one county committee, its editor logged in, and some reports.
type place struct {
	*program.Program
	stack   program.Stack
	capture *capture
	editor  context.Context
	base    string
	cookie  string
	tenant  string
	hash    string // of the one password
	admin   string // superuser, in the program's database
	end     []func()
	page    []byte      // what the constant handlers answer
	read    []statement // what one of them asks the database before
}

const reportsInPlace = 2000

// build starts everything in a folder of its own, with one committee. Close ends it and removes the folder.
func build(ctx context.Context) (*place, error) {
	p, err := start(ctx)
	if err != nil {
		return nil, err
	}
	if err = p.settle(ctx); err == nil {
		err = p.listen(ctx)
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// start starts servers and a program on them, with nobody in it.
func start(ctx context.Context) (p *place, err error) {
	p = &place{capture: &capture{}, tenant: "bench-county"}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	dir, err := os.MkdirTemp("", "shangda-bench-")
	if err != nil {
		return nil, err
	}
	p.end = append(p.end, func() { _ = os.RemoveAll(dir) })
	stack, err := devstack.Start(ctx, devstack.Options{Dir: dir})
	if err != nil {
		return nil, err
	}
	p.end = append(p.end, func() { _ = stack.Close() })
	p.admin = stack.URL("postgres", devstack.Database)
	if err := migrations.Up(ctx, stack.OwnerURL); err != nil {
		return nil, err
	}
	p.stack = program.Stack{AppURL: stack.AppURL, FoldURL: stack.FoldURL, RedisURL: stack.RedisURL, BlobURL: dir + "/files", Tracer: p.capture, SecretKey: uuid.NewString()}
	if p.Program, err = program.New(ctx, p.stack, clock.System()); err != nil {
		return nil, err
	}
	p.end = append(p.end, func() { p.Close(context.Background()) })
	return p, nil
}

func (p *place) close() {
	for i := len(p.end) - 1; i >= 0; i-- {
		p.end[i]()
	}
}

// settle opens the committee through the use cases and lets its editor write.
func (p *place) settle(ctx context.Context) error {
	if err := p.found(ctx); err != nil {
		return err
	}
	if err := p.open(ctx, p.tenant, "county", "990199"); err != nil {
		return err
	}
	var err error
	if p.editor, err = p.join(ctx, p.tenant, "bench.editor", "editor"); err != nil {
		return err
	}
	for range reportsInPlace {
		if _, err := p.Reports.Create(p.editor, submission()); err != nil {
			return err
		}
	}
	_, err = p.Fold.Once(ctx)
	return err
}

// found makes the operator. Everybody here has one password, hashed once.
func (p *place) found(ctx context.Context) (err error) {
	if p.hash, err = login.HashPassword(password); err != nil {
		return err
	}
	p.Members = members.New(p.DB, func(string) (string, error) { return p.hash, nil })
	operator, err := p.Directory.ByID(ctx, tenancy.OperatorTenant)
	if err != nil {
		return err
	}
	return p.Organisations.Found(ctx, operator, []organisations.NewAdministrator{p.person("platform", "system", "operator")})
}

// person is an administrator of a unit; he logs in as unit.class.
func (p *place) person(unit, class, role string) organisations.NewAdministrator {
	return organisations.NewAdministrator{Class: class, Role: role, Name: class, Login: unit + "." + class, PasswordHash: p.hash}
}

// as is an administrator at work, for one thing.
func (p *place) as(ctx context.Context, unit, class string, do func(context.Context) error) error {
	caller, end, err := p.Login.As(ctx, unit+"."+class, unit)
	if err != nil {
		return err
	}
	defer end()
	return do(caller)
}

// open opens a committee of a level.
func (p *place) open(ctx context.Context, code, level, division string) error {
	return p.as(ctx, "platform", "system", func(operator context.Context) error {
		return p.Organisations.OpenTenant(operator, organisations.NewTenant{
			Code: code, Name: "测评" + code, ShortName: "测评" + code, Kind: "cppcc", Level: level, Division: division, Class: "政协",
			Administrators: []organisations.NewAdministrator{p.person(code, "system", ""), p.person(code, "security", ""), p.person(code, "audit", "")},
		})
	})
}

// join makes a member with roles and logs him in.
func (p *place) join(ctx context.Context, code, name string, roles ...string) (context.Context, error) {
	var id uuid.UUID
	err := p.as(ctx, code, "system", func(system context.Context) (err error) {
		id, err = p.Members.Create(system, members.NewMember{Name: "测评员", Login: name, Password: password, Class: string(authz.Business)})
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := p.as(ctx, code, "security", func(security context.Context) error { return p.Roles.Assign(security, id, roles) }); err != nil {
		return nil, err
	}
	member, _, err := p.Login.As(ctx, name, code)
	return member, err
}

func submission() reports.NewReport {
	return reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{
			Title:   "关于完善老旧小区电动自行车充电设施的建议",
			Problem: "走访六个老旧小区发现，二百余辆电动自行车只有十八个充电端口，飞线充电和电池上楼普遍存在，夜间充电高峰排队超过四十分钟。",
			Cause:   "小区建成早，未预留用地和容量；增容费用无人承担；运营企业担心收不回成本。",
			Advice:  "一是结合旧改按车桩比四比一补建；二是电力增容费用由财政、企业按比例分担；三是收费分项公示，服务费设上限。",
		},
		Category: "城乡建设",
	}}
}

// listen serves on a port of its own and logs the editor in as a browser would.
func (p *place) listen(ctx context.Context) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	p.Extra = p.constants
	app := p.Routes()
	go func() { _ = app.Listener(listener) }()
	p.base = "http://" + listener.Addr().String()
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	client := &http.Client{Jar: jar, Timeout: 10 * time.Second}
	if err := post(ctx, client, p.base+"/api/v1/session", fmt.Sprintf(`{"login":"bench.editor","password":%q}`, password)); err != nil {
		return err
	}
	if err := post(ctx, client, p.base+"/api/v1/t/"+p.tenant+"/session", `{}`); err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base, nil)
	if err != nil {
		return err
	}
	for _, c := range jar.Cookies(request.URL) {
		p.cookie += c.Name + "=" + c.Value + "; "
	}
	return nil
}

func post(ctx context.Context, client *http.Client, url, body string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusMultipleChoices {
		text, _ := io.ReadAll(response.Body)
		return fmt.Errorf("%s: %s %s", url, response.Status, text)
	}
	return nil
}

// call is a contestant's request over connections that stay open.
func (p *place) call(method, path string, body []byte) func(int) error {
	client := &fasthttp.Client{MaxConnsPerHost: 256}
	return func(int) error {
		request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		defer fasthttp.ReleaseRequest(request)
		defer fasthttp.ReleaseResponse(response)
		request.SetRequestURI(p.base + path)
		request.Header.SetMethod(method)
		request.Header.Set("Cookie", p.cookie)
		if body != nil {
			request.Header.SetContentType("application/json")
			request.SetBodyRaw(body)
		}
		if err := client.Do(request, response); err != nil {
			return err
		}
		if code := response.StatusCode(); code >= fasthttp.StatusMultipleChoices {
			return fmt.Errorf("%s %s: %d %s", method, path, code, response.Body())
		}
		return nil
	}
}

// constants adds handlers that give the page's bytes behind the same chain: at once, after the page's own SQL, and after
// one Redis GET of them.
func (p *place) constants(api *authz.API) {
	send := func(c *fiber.Ctx, body []byte) error {
		c.Set(fiber.HeaderContentType, "application/json")
		return c.Send(body)
	}
	authz.Raw(api, authz.ReportRead, huma.Operation{OperationID: "bench-constant", Method: http.MethodGet, Path: "/bench/constant"}, func(c *fiber.Ctx) error {
		return send(c, p.page)
	})
	authz.Raw(api, authz.ReportRead, huma.Operation{OperationID: "bench-same-sql", Method: http.MethodGet, Path: "/bench/same-sql"}, func(c *fiber.Ctx) error {
		if err := replayRead(c.UserContext(), p.DB.ReadPool, p.read); err != nil {
			return httpx.WriteProblem(c, err)
		}
		return send(c, p.page)
	})
	authz.Raw(api, authz.BoardUnit, huma.Operation{OperationID: "bench-from-redis", Method: http.MethodGet, Path: "/bench/from-redis"}, func(c *fiber.Ctx) error {
		body, err := p.Redis.Get(c.UserContext(), p.pageKey()).Bytes()
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		return send(c, body)
	})
}

func (p *place) pageKey() string {
	return tenancy.Key(tenancy.From(p.editor).Tenant, "bench", "page")
}

// fetch is one answer of the program, for a handler that gives the same bytes.
func (p *place) fetch(path string) ([]byte, error) {
	request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(request)
	defer fasthttp.ReleaseResponse(response)
	request.SetRequestURI(p.base + path)
	request.Header.Set("Cookie", p.cookie)
	if err := fasthttp.Do(request, response); err != nil {
		return nil, err
	}
	if response.StatusCode() != fasthttp.StatusOK {
		return nil, fmt.Errorf("GET %s: %d %s", path, response.StatusCode(), response.Body())
	}
	return bytes.Clone(response.Body()), nil
}

func marshalSubmission() ([]byte, error) {
	n := submission()
	return json.Marshal(map[string]any{
		"title": n.Title, "problem": n.Problem, "cause": n.Cause, "advice": n.Advice, "category": n.Category, "submit": true,
	})
}
