// Package program wires the rooms together. It knows every package and holds no rule.
package program

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"
	"github.com/riverqueue/river"
	gocloud "gocloud.dev/blob"

	"shangda/authz"
	"shangda/authz/roles"
	"shangda/dashboards/boards"
	"shangda/dashboards/rollup"
	"shangda/internal/blob"
	"shangda/internal/clock"
	"shangda/internal/docx"
	"shangda/internal/httpx"
	"shangda/internal/jobs"
	"shangda/internal/postgres"
	"shangda/internal/redisx"
	"shangda/internal/secret"
	"shangda/internal/segment"
	"shangda/services/attachments"
	"shangda/services/comments"
	"shangda/services/exchanges"
	"shangda/services/forwardings"
	"shangda/services/imports"
	"shangda/services/issues"
	"shangda/services/ledger"
	"shangda/services/letters"
	"shangda/services/mailbox"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/services/requirements"
	"shangda/services/reviews"
	"shangda/services/search"
	"shangda/services/similarity"
	"shangda/services/topics"
	"shangda/tenancy"
	"shangda/tenancy/audit"
	"shangda/tenancy/login"
	"shangda/tenancy/members"
	"shangda/tenancy/organisations"
	"shangda/tenancy/settings"
	"shangda/tenancy/signing"
	"shangda/tenancy/upkeep"
)

// Stack is where the program's data lives.
type Stack struct {
	AppURL   string
	FoldURL  string
	RedisURL string
	BlobURL  string
	Topics   string // the folder of the taxonomy; empty for no suggestions
	Mail     Mail
	Tracer   pgx.QueryTracer // sees every statement of the runtime role; nil for none

	SecretKey string // seals the passwords of mailboxes and the signing keys of the units
}

// Program is the whole, wired. Its fields are the rooms, for what acts beside HTTP: demonstration, import, bench.
type Program struct {
	DB            *tenancy.DB
	Directory     *tenancy.Directory
	Login         *login.Service
	Organisations *organisations.Service
	Members       *members.Service
	Roles         *roles.Service
	Audit         *audit.Service
	Signing       *signing.Service
	Letters       *letters.Service
	Notices       *notices.Service
	Hub           *notices.Hub
	Attachments   *attachments.Service
	Imports       *imports.Service
	Mailbox       *mailbox.Service
	Reports       *reports.Service
	Reviews       *reviews.Service
	Forwardings   *forwardings.Service
	Requirements  *requirements.Service
	Exchanges     *exchanges.Service
	Search        *search.Service
	Intake
	Checking
	Handling
	Quality
	Telling

	Issues     *issues.Service
	Ledger     *ledger.Service
	Comments   *comments.Service
	Similarity *similarity.Service
	Topics     *topics.Service
	Fold       *rollup.Folder
	Boards     *boards.Service
	API        *authz.API
	App        *fiber.App
	Registry   *prometheus.Registry
	Redis      *redis.Client
	Extra      func(*authz.API) // further routes of a measurement; nil for none

	topics string
	pools  *postgres.Pools
	fold   *pgxpool.Pool

	bucket  *gocloud.Bucket
	printer *docx.Printer
	runner  *jobs.Client
	ready   readiness

	background context.Context // of what runs beside requests, until Close
	stop       context.CancelFunc
	running    sync.WaitGroup
}

// New connects and wires. It refuses a database role that row-level security does not bind.
func New(ctx context.Context, stack Stack, clk clock.Clock) (*Program, error) {
	p := &Program{Registry: prometheus.NewRegistry(), topics: stack.Topics}
	p.background, p.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := p.connect(ctx, stack); err != nil {
		p.Close(ctx)
		return nil, err
	}
	if err := p.wire(stack, clk); err != nil {
		p.Close(ctx)
		return nil, err
	}
	if err := p.employ(); err != nil {
		p.Close(ctx)
		return nil, err
	}
	p.observe()
	p.running.Go(func() { p.Boards.Run(p.background) })
	return p, nil
}

func (p *Program) connect(ctx context.Context, stack Stack) (err error) {
	if p.pools, err = postgres.OpenPools(ctx, stack.AppURL, stack.Tracer); err != nil {
		return err
	}
	if err := postgres.RefuseUnsafeRole(ctx, p.pools.Write); err != nil {
		return err
	}
	if p.fold, err = postgres.Open(ctx, stack.FoldURL, postgres.Options{MaxConns: 2, Name: "shangda fold"}); err != nil {
		return err
	}
	if p.Redis, err = redisx.Open(stack.RedisURL); err != nil {
		return err
	}
	p.bucket, err = blob.Open(ctx, stack.BlobURL)
	return err
}

func (p *Program) wire(stack Stack, clk clock.Clock) error {
	policies := roles.NewPolicies()
	inserter, err := jobs.Inserter(p.pools.Write)
	if err != nil {
		return err
	}
	p.Hub = notices.NewHub(p.Redis)
	p.DB = &tenancy.DB{ReadPool: p.pools.Read, WritePool: p.pools.Write, Clock: clk, Policies: policies, Jobs: inserter, Committed: p.Hub.Publish}
	p.Directory = tenancy.NewDirectory(p.pools.Read)
	p.Login = login.New(p.DB, p.pools.Read, p.Directory, policies, clk)
	p.Organisations = organisations.New(p.DB, p.Directory, login.HashPassword)
	p.Members = members.New(p.DB, login.HashPassword)
	p.Roles = roles.New(p.DB)
	p.Members.Roles = p.Roles
	p.Notices = notices.New(p.DB)
	p.Attachments = attachments.New(p.DB, p.bucket)
	p.Signing = signing.New(p.DB, secret.NewBox(stack.SecretKey))
	p.Letters = letters.New(p.DB, p.Directory, p.Attachments, p.Signing)
	p.Reports = reports.New(p.DB, p.Directory, p.Notices, p.Attachments)
	p.Reviews = reviews.New(p.DB, p.Directory, p.Notices, reviewed{p.Reports})
	p.Reports.Gates = append(p.Reports.Gates, p.Reviews)
	p.Forwardings = forwardings.New(p.DB, p.Directory, p.Letters, p.Reports, p.Attachments, p.Notices)
	p.wireForwarding()
	p.wireIntake()
	p.Ledger = ledger.New(p.DB, p.Directory, p.Notices)
	p.Comments = comments.New(p.DB, p.Notices)
	p.Comments.Subjects["report"] = commented{p.Reports}
	p.Reports.News, p.Reports.Reviews = p.Forwardings, p.Reviews
	p.wireFinding()
	p.wireChecks()
	p.wireHandling()
	p.Hub.Check, p.Login.Unread, p.Login.Redis = p.Login.Check, p.Notices.Unread, p.Redis
	p.wireQuality()
	p.Audit = audit.New(p.DB)
	p.wireFiles()
	p.wireImports()
	p.wireMailbox(stack)
	if err := p.wireFeedback(stack); err != nil {
		return err
	}
	p.Fold = rollup.New(p.fold, p.Redis, clk)
	p.Fold.Changed = p.Hub.Publish
	p.wireIssues()
	p.Boards = boards.New(p.DB, p.Directory, p.Redis, clk)
	return nil
}

// employ makes the workers that carry letters.
func (p *Program) employ() (err error) {
	workers := river.NewWorkers()
	p.Letters.AddWorkers(workers)
	p.Imports.AddWorkers(workers, p.Directory)
	p.Mailbox.AddWorkers(workers)
	p.Channels.AddWorkers(workers)
	p.Search.AddWorkers(workers)
	p.runner, err = jobs.Runner(p.pools.Write, workers)
	return err
}

// Routes builds the HTTP application with every route.
func (p *Program) Routes() *fiber.App {
	if p.App != nil {
		return p.App
	}
	p.App = httpx.New(p.request())
	p.App.Use(p.ready.note)
	p.App.Use("/api/v1/t/:tenant", p.Login.Middleware())
	p.API = &authz.API{App: p.App}
	p.API.Huma = humafiber.New(p.App, apiConfig(p.API.SchemaName))
	for _, room := range []interface{ Routes(*authz.API) }{
		p.Login, p.Organisations, p.Members, p.Roles, p.Audit, p.Reports, p.Reviews, p.Forwardings, p.Attachments, p.Clues, p.Notices, p.Hub, p.Boards,
		p.Proposals, p.Visits, p.Activities, p.Points,
		p.Ledger, p.Issues, p.Comments,
		p.Search, p.Similarity, p.Topics,
		p.Hints, p.Checklists, p.Screenings,
		p.Imports, p.Mailbox,
		p.Checks, p.Experts, p.Consultations,
		p.Signing, p.Requirements, p.Exchanges,
		p.Channels, p.Feedback, p.Certificates, p.Meetings,
		p.Instructions, p.Assignments,
	} {
		room.Routes(p.API)
	}
	settings.Serve(p.API, p.DB, settings.TermsOf)
	if p.Extra != nil {
		p.Extra(p.API)
	}
	p.health()
	console(p.App)
	return p.App
}

func apiConfig(schemaName func(reflect.Type, string) string) huma.Config {
	c := huma.DefaultConfig("上达 Shangda", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "/openapi", "", "", nil
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.Info.Description = "社情民意信息的收集、审签、报送与反馈。每条路由写明所需权限；错误一律为 RFC 9457 problem+json。"
	return c
}

// Start runs the background work: letters and the fold. Close ends it.
func (p *Program) Start() error {
	p.running.Go(func() { p.Fold.Run(p.background) })
	p.running.Go(func() { p.Reviews.Run(p.background) })
	tidying := upkeep.New(p.DB, p.Directory)
	tidying.Chores = []upkeep.Chore{p.Attachments, p.Checks, p.Consultations, p.Forwardings, p.Assignments}
	p.running.Go(func() { tidying.Run(p.background) })
	p.running.Go(func() { p.Mailbox.Run(p.background) })
	go segment.Warm() // beside the rest: the first search need not wait for the dictionary, nor a stop
	return p.runner.Start(p.background)
}

// Close drains: /readyz says so, requests end, then jobs, then the connections. Safe on a half-made program.
func (p *Program) Close(ctx context.Context) {
	p.ready.drain(ctx)
	if p.Hub != nil {
		p.Hub.Close()
	}
	if p.App != nil {
		logError("close http", p.App.ShutdownWithContext(ctx))
	}
	if p.runner != nil {
		logError("close jobs", p.runner.Stop(ctx))
	}
	p.stop()
	p.running.Wait()
	if p.pools != nil {
		p.pools.Close()
	}
	if p.fold != nil {
		p.fold.Close()
	}
	if p.Redis != nil {
		logError("close redis", p.Redis.Close())
	}
	if p.bucket != nil {
		logError("close files", p.bucket.Close())
	}
	if p.printer != nil {
		logError("close printer", p.printer.Close())
	}
}

func logError(what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		slog.Error(what, "error", err.Error())
	}
}
