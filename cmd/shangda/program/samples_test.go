package program_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/authz/roles"
	"shangda/internal/errs"
	"shangda/services/clues"
	"shangda/services/forwardings"
	"shangda/services/reports"
	"shangda/services/reviews"
	"shangda/tenancy/tenancytest"
)

// shelf makes good inputs for the routes of one tenant, with objects of that tenant. An object stays until it is used up.
type shelf struct {
	h                                              *house
	of                                             *tenancytest.Tenant
	target                                         string
	author, editor, head, signer, system, security *tenancytest.Person
	kept                                           map[string]uuid.UUID
	serial                                         int
}

func (h *house) shelf(of *tenancytest.Tenant) *shelf {
	s := &shelf{h: h, of: of, kept: map[string]uuid.UUID{}, author: of.Person("member"), editor: of.Person("editor"), head: of.Person("reviewer"),
		signer: of.PersonAt("vice_chair", "signer"), system: of.Person("system_admin"), security: of.Person("security_admin")}
	target := h.world.Tenant("front", "city")
	h.world.Line(of, target)
	s.target = target.Code
	_, err := h.Reviews.CreateChain(s.system.Context(), reviews.NewChain{Name: "一步审签", AppliesTo: []string{"ordinary"}, Steps: []reviews.Step{{Title: "签发", Role: "signer"}}})
	s.must(err)
	return s
}

func (s *shelf) must(err error) {
	s.h.t.Helper()
	if err != nil {
		s.h.t.Fatal(err)
	}
}

// keep gives the object of that name, a new one where it is no longer good.
func (s *shelf) keep(name string, good func(uuid.UUID) bool, make func() uuid.UUID) uuid.UUID {
	if id, ok := s.kept[name]; ok && good(id) {
		return id
	}
	s.kept[name] = make()
	return s.kept[name]
}

// report is one in that state.
func (s *shelf) report(state reports.State) uuid.UUID {
	return s.keep(string(state), func(id uuid.UUID) bool { return s.view(id).State == state }, func() uuid.UUID { return s.make(state) })
}

func (s *shelf) view(id uuid.UUID) *reports.ReportView {
	v, err := s.h.Reports.Get(s.editor.Context(), id)
	if errs.Is(err, errs.NotFound) {
		v, err = s.h.Reports.Get(s.author.Context(), id) // a draft
	}
	s.must(err)
	return v
}

func (s *shelf) make(state reports.State) uuid.UUID {
	s.serial++
	text := reports.Text{Title: fmt.Sprint("公交站台问题", s.serial), Problem: "站台破损。", Advice: "尽快修缮。"}
	n := reports.NewReport{Submit: state != reports.Draft, Input: reports.Input{Text: text, Category: "交通运输"}}
	id, err := s.h.Reports.Create(s.author.Context(), n)
	s.must(err)
	if state == reports.Draft || state == reports.Submitted {
		return id
	}
	_, err = s.h.Reports.TakeUp(s.editor.Context(), id)
	s.must(err)
	if state == reports.TakenUp {
		return id
	}
	review, err := s.h.Reviews.Start(s.editor.Context(), id)
	s.must(err)
	if state == reports.Signed {
		_, err = s.h.Reviews.Approve(s.signer.Context(), review, "同意", nil)
		s.must(err)
	}
	return id
}

func (s *shelf) adopted() uuid.UUID {
	return s.keep("adopted", func(id uuid.UUID) bool { return s.view(id).Adoptions.Times > 0 }, func() uuid.UUID {
		id := s.make(reports.TakenUp)
		_, err := s.h.Reports.Adopt(s.head.Context(), id, reports.NewAdoption{Form: reports.FormSingle})
		s.must(err)
		return id
	})
}

func (s *shelf) review() uuid.UUID {
	all, err := s.h.Reviews.Of(s.editor.Context(), s.report(reports.Reviewing))
	s.must(err)
	return all[len(all)-1].ID
}

func (s *shelf) forwarding() uuid.UUID {
	sent := func(report uuid.UUID) forwardings.Forwarding {
		list, _, err := s.h.Forwardings.Of(s.editor.Context(), report)
		s.must(err)
		return list[0]
	}
	report := s.keep("forwarded", func(id uuid.UUID) bool { return sent(id).State != forwardings.Recalled }, func() uuid.UUID {
		id, err := s.h.Forwardings.Send(s.editor.Context(), s.make(reports.Signed), []string{s.target}, forwardings.Options{})
		s.must(err)
		return id
	})
	return sent(report).ID
}

func (s *shelf) attachment() uuid.UUID {
	return s.keep("attachment", func(uuid.UUID) bool { return true }, func() uuid.UUID {
		id, err := s.h.Attachments.Upload(s.author.Context(), "现场.png", picture())
		s.must(err)
		_, err = s.h.Reports.Create(s.author.Context(), reports.NewReport{Submit: true, Input: reports.Input{
			Text: reports.Text{Title: "有图", Problem: "见图。"}, Category: "交通运输", Attachments: []uuid.UUID{id}}})
		s.must(err)
		return id
	})
}

func (s *shelf) clue() uuid.UUID {
	good := func(id uuid.UUID) bool {
		c, err := s.h.Clues.Get(s.editor.Context(), id)
		s.must(err)
		return c.State == "new"
	}
	return s.keep("clue", good, func() uuid.UUID {
		s.serial++
		id, err := s.h.Clues.Create(s.editor.Context(), clues.NewClue{Title: fmt.Sprint("来信", s.serial), Body: "路灯不亮。", SourceKind: "visit"})
		s.must(err)
		return id
	})
}

func (s *shelf) chain() uuid.UUID {
	good := func(id uuid.UUID) bool {
		c, err := s.h.Reviews.Chain(s.system.Context(), id)
		s.must(err)
		return c.Active
	}
	return s.keep("chain", good, func() uuid.UUID {
		id, err := s.h.Reviews.CreateChain(s.system.Context(), reviews.NewChain{Name: "紧急", AppliesTo: []string{"urgent"}, Steps: []reviews.Step{{Title: "签发", Role: "signer"}}})
		s.must(err)
		return id
	})
}

func (s *shelf) suspended() uuid.UUID {
	member := s.of.Person("member").Membership
	s.must(s.h.Members.Suspend(s.system.Context(), member))
	return member
}

func (s *shelf) role() string {
	err := s.h.Roles.Create(s.security.Context(), roles.NewRole{Code: "own_role", Name: "自设", CopyOf: "editor"})
	if !errs.Is(err, errs.Conflict) {
		s.must(err)
	}
	return "own_role"
}

func picture() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 4, 4)))
	return b.Bytes()
}

// form is a multipart body with one file, and its content type.
func form(name string, content []byte) (body, contentType string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, _ := w.CreateFormFile("file", name)
	_, _ = part.Write(content)
	_ = w.Close()
	return b.String(), w.FormDataContentType()
}

func body(text string) tenancytest.Sample { return tenancytest.Sample{Body: text} }

func on(id uuid.UUID, text string) tenancytest.Sample {
	return tenancytest.Sample{Params: map[string]string{"id": id.String()}, Body: text}
}

const (
	chainBody = `{"name":"紧急流程","applies_to":["urgent"],"steps":[{"title":"签发","role":"signer"}]}`
	textBody  = `"title":"路口积水","problem":"雨后积水。","category":"交通运输"`
)

// samples is a good input of every route of a tenant. A route that is not here fails the isolation test.
var samples = map[string]func(s *shelf) tenancytest.Sample{
	"POST /session":   func(*shelf) tenancytest.Sample { return body(`{}`) },
	"DELETE /session": func(*shelf) tenancytest.Sample { return body(``) },
	"GET /me":         func(*shelf) tenancytest.Sample { return body(``) },

	"GET /organisation": func(*shelf) tenancytest.Sample { return body(``) },
	"POST /units": func(s *shelf) tenancytest.Sample {
		s.serial++
		return body(fmt.Sprintf(`{"name":"机构%d"}`, s.serial))
	},
	"GET /platform/tenants":           func(*shelf) tenancytest.Sample { return body(``) },
	"POST /platform/tenants":          func(*shelf) tenancytest.Sample { return body(`{}`) },
	"GET /platform/lines":             func(*shelf) tenancytest.Sample { return body(``) },
	"POST /platform/lines":            func(*shelf) tenancytest.Sample { return body(`{"lower":"a","upper":"b","from":"2026-11"}`) },
	"POST /platform/lines/{id}/close": func(*shelf) tenancytest.Sample { return on(uuid.New(), `{"to":"2027-01"}`) },
	"POST /platform/lines/{id}/stop":  func(*shelf) tenancytest.Sample { return on(uuid.New(), ``) },

	"GET /members": func(*shelf) tenancytest.Sample { return body(``) },
	"POST /members": func(s *shelf) tenancytest.Sample {
		s.serial++
		return body(fmt.Sprintf(`{"name":"甲","login":"iso.%d","password":"12345678"}`, s.serial))
	},
	"GET /members/{id}": func(s *shelf) tenancytest.Sample { return on(s.author.Membership, ``) },
	"PATCH /members/{id}": func(s *shelf) tenancytest.Sample {
		return on(s.of.Person("member").Membership, `{"title":"新职务"}`)
	},
	"POST /members/{id}/suspend": func(s *shelf) tenancytest.Sample { return on(s.of.Person("member").Membership, ``) },
	"POST /members/{id}/resume":  func(s *shelf) tenancytest.Sample { return on(s.suspended(), ``) },
	"PUT /members/{id}/roles": func(s *shelf) tenancytest.Sample {
		return on(s.of.Person("member").Membership, `{"roles":["officer"]}`)
	},
	"GET /roles": func(*shelf) tenancytest.Sample { return body(``) },
	"POST /roles": func(s *shelf) tenancytest.Sample {
		s.serial++
		return body(fmt.Sprintf(`{"code":"made_%d","name":"新角色","copy_of":"editor"}`, s.serial))
	},
	"PUT /roles/{code}/grants": func(s *shelf) tenancytest.Sample {
		return tenancytest.Sample{Params: map[string]string{"code": s.role()}, Body: `{"report:read":"own"}`}
	},
	"GET /audit": func(*shelf) tenancytest.Sample { return body(``) },

	"GET /reports":      func(*shelf) tenancytest.Sample { return body(``) },
	"GET /categories":   func(*shelf) tenancytest.Sample { return body(``) },
	"GET /reasons":      func(*shelf) tenancytest.Sample { return body(``) },
	"POST /reports":     func(*shelf) tenancytest.Sample { return body(`{` + textBody + `}`) },
	"GET /reports/{id}": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
	"PATCH /reports/{id}": func(s *shelf) tenancytest.Sample {
		id := s.report(reports.TakenUp)
		sample := on(id, `{"advice":"抽排。"}`)
		sample.Header = map[string]string{"If-Match": strconv.Quote(strconv.Itoa(s.view(id).Version))}
		return sample
	},
	"GET /reports/{id}/timeline":  func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
	"GET /reports/{id}/versions":  func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
	"POST /reports/{id}/submit":   func(s *shelf) tenancytest.Sample { return on(s.report(reports.Draft), `{}`) },
	"POST /reports/{id}/withdraw": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
	"POST /reports/{id}/take-up":  func(s *shelf) tenancytest.Sample { return on(s.report(reports.Submitted), ``) },
	"POST /reports/{id}/edit":     func(s *shelf) tenancytest.Sample { return on(s.report(reports.TakenUp), ``) },
	"POST /reports/{id}/keep": func(s *shelf) tenancytest.Sample {
		return on(s.report(reports.TakenUp), `{"reason_code":"timing"}`)
	},
	"POST /reports/{id}/decline": func(s *shelf) tenancytest.Sample {
		return on(s.report(reports.TakenUp), `{"reason_code":"hollow"}`)
	},
	"POST /reports/{id}/return": func(s *shelf) tenancytest.Sample {
		return on(s.report(reports.TakenUp), `{"reason_code":"no_data"}`)
	},
	"POST /reports/{id}/adopt": func(s *shelf) tenancytest.Sample { return on(s.report(reports.TakenUp), `{"form":"single"}`) },
	"POST /reports/{id}/adoption-correction": func(s *shelf) tenancytest.Sample {
		return on(s.adopted(), `{"reason":"误操作"}`)
	},
	"POST /combinations": func(s *shelf) tenancytest.Sample {
		return body(fmt.Sprintf(`{%s,"reports":["%s","%s"]}`, textBody, s.make(reports.TakenUp), s.make(reports.TakenUp)))
	},

	"GET /chains":                func(*shelf) tenancytest.Sample { return body(``) },
	"GET /chain-templates":       func(*shelf) tenancytest.Sample { return body(``) },
	"POST /chains":               func(*shelf) tenancytest.Sample { return body(chainBody) },
	"PUT /chains/{id}":           func(s *shelf) tenancytest.Sample { return on(s.chain(), chainBody) },
	"GET /reports/{id}/reviews":  func(s *shelf) tenancytest.Sample { return on(s.report(reports.Reviewing), ``) },
	"POST /reports/{id}/review":  func(s *shelf) tenancytest.Sample { return on(s.report(reports.TakenUp), ``) },
	"POST /reviews/{id}/approve": func(s *shelf) tenancytest.Sample { return on(s.review(), `{"opinion":"同意"}`) },
	"POST /reviews/{id}/return":  func(s *shelf) tenancytest.Sample { return on(s.review(), `{"opinion":"再核","to":0}`) },

	"GET /forwarding-targets": func(s *shelf) tenancytest.Sample {
		return tenancytest.Sample{Query: "report=" + s.report(reports.Signed).String()}
	},
	"POST /reports/{id}/forwardings": func(s *shelf) tenancytest.Sample {
		return on(s.report(reports.Signed), `{"to":["`+s.target+`"]}`)
	},
	"GET /reports/{id}/forwardings": func(s *shelf) tenancytest.Sample { return on(s.report(reports.Signed), ``) },
	"POST /forwardings/{id}/recall": func(s *shelf) tenancytest.Sample { return on(s.forwarding(), ``) },

	"POST /attachments": func(*shelf) tenancytest.Sample {
		content, kind := form("现场.png", picture())
		return tenancytest.Sample{Body: content, Header: map[string]string{"Content-Type": kind}}
	},
	"GET /attachments/{id}": func(s *shelf) tenancytest.Sample { return on(s.attachment(), ``) },

	"GET /clues":      func(*shelf) tenancytest.Sample { return body(``) },
	"GET /clues/{id}": func(s *shelf) tenancytest.Sample { return on(s.clue(), ``) },
	"POST /clues": func(*shelf) tenancytest.Sample {
		return body(`{"title":"来信","body":"路灯不亮。","source_kind":"visit"}`)
	},
	"POST /clues/{id}/convert": func(s *shelf) tenancytest.Sample { return on(s.clue(), ``) },
	"POST /clues/{id}/drop":    func(s *shelf) tenancytest.Sample { return on(s.clue(), `{"reason":"重复"}`) },

	"GET /notices":       func(*shelf) tenancytest.Sample { return body(``) },
	"POST /notices/read": func(*shelf) tenancytest.Sample { return body(`{"all":true}`) },
	"GET /live":          func(*shelf) tenancytest.Sample { return body(``) },
	"GET /boards/unit":   func(*shelf) tenancytest.Sample { return body(``) },
	"GET /boards/tree":   func(*shelf) tenancytest.Sample { return body(``) },
}

func routeName(r authz.Route) string {
	return r.Method + " " + strings.TrimPrefix(r.Path, authz.TenantPath)
}
