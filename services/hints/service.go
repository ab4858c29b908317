package hints

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// Choices is what a unit sets about hints: empty phrases of its own, and what it does not want to be told.
type Choices struct {
	Phrases []string `json:"phrases" maxItems:"200" doc:"Empty phrases beside the shipped ones"`
	Off     []string `json:"off" maxItems:"30" doc:"Codes of hints that are not told"`
}

// The lengths of a phrase, and how many a unit may add.
const (
	minPhrase  = 2
	maxPhrase  = 30
	maxPhrases = 200
)

// ChoicesOf is the setting.
var ChoicesOf = settings.Kind[Choices]{
	Name: "hint-rules", Title: "写作提示",
	Default: func(tenancy.Tenant) Choices { return Choices{Phrases: []string{}, Off: []string{}} },
	Check:   checkChoices,
}

func checkChoices(c *Choices) error {
	var faults errs.Fields
	phrases := []string{}
	for _, phrase := range c.Phrases {
		phrase = strings.Join(strings.Fields(phrase), "")
		if n := utf8.RuneCountInString(phrase); n > 0 && (n < minPhrase || n > maxPhrase) {
			faults.Add("phrases", "“%s”应为 %d 到 %d 个字", phrase, minPhrase, maxPhrase)
		}
		if phrase != "" && !slices.Contains(phrases, phrase) {
			phrases = append(phrases, phrase)
		}
	}
	if len(phrases) > maxPhrases {
		faults.Add("phrases", "最多 %d 条", maxPhrases)
	}
	for _, code := range c.Off {
		if !slices.ContainsFunc(Codes, func(known Code) bool { return known.Code == code }) {
			faults.Add("off", "没有这种提示")
		}
	}
	slices.Sort(c.Off)
	c.Phrases, c.Off = phrases, slices.Compact(c.Off)
	return faults.Err()
}

// Limits is what the unit asks of its texts; the noun that keeps the texts fulfils it.
type Limits interface {
	Limits(ctx context.Context, q tenancy.Querier) (Rules, error)
}

// Service reads texts by the rules of the caller's unit.
type Service struct {
	db     *tenancy.DB
	limits Limits
}

// New makes the service.
func New(db *tenancy.DB, limits Limits) *Service { return &Service{db: db, limits: limits} }

// Rules are those of the caller's unit.
func (s *Service) Rules(ctx context.Context, q tenancy.Querier) (Rules, error) {
	rules, err := s.limits.Limits(ctx, q)
	if err != nil {
		return rules, err
	}
	own, err := ChoicesOf.Get(ctx, q)
	rules.Phrases, rules.Off = own.Phrases, own.Off
	return rules, err
}

// Read reads a text that somebody is writing; nothing of it is kept.
func (s *Service) Read(ctx context.Context, t Text) ([]Hint, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.ReportWrite); err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx, q)
	if err != nil {
		return nil, err
	}
	found := Check(t, rules)
	if found == nil {
		found = []Hint{}
	}
	return found, nil
}

type textInput struct {
	Body struct {
		Title    string `json:"title,omitempty" maxLength:"2000"`
		Problem  string `json:"problem,omitempty" maxLength:"12000"`
		Cause    string `json:"cause,omitempty" maxLength:"12000"`
		Advice   string `json:"advice,omitempty" maxLength:"12000"`
		Evidence string `json:"evidence,omitempty" maxLength:"4000"`
	}
}

type hintList struct {
	Body struct {
		Items []Hint `json:"items"`
	}
}

type codeList struct {
	Body struct {
		Items   []Code   `json:"items"`
		Phrases []string `json:"phrases" doc:"The shipped empty phrases"`
	}
}

// Routes registers the routes of hints.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ReportWrite, huma.Operation{
		OperationID: "read-text", Method: http.MethodPost, Path: "/hints", Summary: "写作提示：读一遍正在写的稿件", Tags: []string{"hints"}, MaxBodyBytes: 256 << 10,
	}, func(ctx context.Context, in *textInput) (*hintList, error) {
		b, out := in.Body, &hintList{}
		var err error
		out.Body.Items, err = s.Read(ctx, Text{Title: b.Title, Problem: b.Problem, Cause: b.Cause, Advice: b.Advice, Evidence: b.Evidence})
		return out, err
	})
	authz.Register(api, authz.SettingRead, huma.Operation{
		OperationID: "list-hint-codes", Method: http.MethodGet, Path: "/hint-codes", Summary: "写作提示的种类和自带的套话", Tags: []string{"hints"},
	}, func(context.Context, *struct{}) (*codeList, error) {
		out := &codeList{}
		out.Body.Items, out.Body.Phrases = Codes, Phrases
		return out, nil
	})
	settings.Serve(api, s.db, ChoicesOf)
}
