package reports_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy"
)

// calls is every use case, asked about one report. Those that take a transaction get one of the caller's.
func calls(h *house) map[string]func(ctx context.Context, id uuid.UUID) error {
	s := h.reports
	within := func(fn func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error) func(context.Context, uuid.UUID) error {
		return func(ctx context.Context, id uuid.UUID) error {
			return h.in(ctx, func(ctx context.Context, tx *tenancy.Tx) error { return fn(ctx, tx, id) })
		}
	}
	elsewhere := tenancy.Tenant{ID: 1, Name: "别处", Code: "platform", Level: "city"}
	why := reports.Why{Code: "no_data"}
	return map[string]func(ctx context.Context, id uuid.UUID) error{
		"Get":      func(ctx context.Context, id uuid.UUID) error { _, err := s.Get(ctx, id); return err },
		"Timeline": func(ctx context.Context, id uuid.UUID) error { _, err := s.Timeline(ctx, id); return err },
		"Versions": func(ctx context.Context, id uuid.UUID) error { _, err := s.Versions(ctx, id); return err },
		"Submit":   func(ctx context.Context, id uuid.UUID) error { _, err := s.Submit(ctx, id); return err },
		"ToGrade": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.ToGrade(ctx, tx, id)
			return err
		}),
		"Grade": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error { return s.Grade(ctx, tx, id, 60, nil) }),
		"MayAny": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.MayAny(ctx, tx, id, authz.ReportWrite, authz.ReportScreen)
		}),
		"SubmitChecked": func(ctx context.Context, id uuid.UUID) error { _, err := s.SubmitChecked(ctx, id); return err },
		"Withdraw":      func(ctx context.Context, id uuid.UUID) error { _, err := s.Withdraw(ctx, id); return err },
		"TakeUp":        func(ctx context.Context, id uuid.UUID) error { _, err := s.TakeUp(ctx, id); return err },
		"BeginEdit":     func(ctx context.Context, id uuid.UUID) error { _, err := s.BeginEdit(ctx, id); return err },
		"Edit": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Edit(ctx, id, 1, reports.Change{Title: ptr("改")})
			return err
		},
		"Keep": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Keep(ctx, id, reports.Why{Code: "timing"})
			return err
		},
		"Decline": func(ctx context.Context, id uuid.UUID) error { _, err := s.Decline(ctx, id, why); return err },
		"Return":  func(ctx context.Context, id uuid.UUID) error { _, err := s.Return(ctx, id, why); return err },
		"Adopt": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Adopt(ctx, id, reports.NewAdoption{Form: "single"})
			return err
		},
		"CorrectAdoption": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.CorrectAdoption(ctx, id, "更正")
			return err
		},
		"HandOver": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.HandOver(ctx, id, reports.NewHandover{To: uuid.New()})
			return err
		},
		"AnswerHandover": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.AnswerHandover(ctx, id, "accepted", "")
			return err
		},
		"Handovers": func(ctx context.Context, id uuid.UUID) error { _, err := s.Handovers(ctx, id); return err },
		"Split": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Split(ctx, id, []reports.Part{{Text: text("一")}, {Text: text("二")}})
			return err
		},
		"Links": func(ctx context.Context, id uuid.UUID) error { _, err := s.Links(ctx, id); return err },
		"Link": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Link(ctx, id, uuid.New(), "related", "")
			return err
		},
		"Unlink": func(ctx context.Context, id uuid.UUID) error { _, err := s.Unlink(ctx, id); return err },
		"Absorb": func(ctx context.Context, id uuid.UUID) error { _, err := s.Absorb(ctx, id, uuid.New()); return err },
		"ChangeSources": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.ChangeSources(ctx, id, 1, reports.Combination{Reports: []uuid.UUID{id}})
			return err
		},
		"Combine": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Combine(ctx, reports.Combination{Text: text("综合"), Category: "民政", Reports: []uuid.UUID{id, uuid.New()}})
			return err
		},
		"BeginReview": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.BeginReview(ctx, tx, id)
		}),
		"ReviewText": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.ReviewText(ctx, tx, id, text("改"))
		}),
		"Sign": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error { return s.Sign(ctx, tx, id) }),
		"ReviewReturned": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.ReviewReturned(ctx, tx, id, "")
		}),
		"Arrange": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.Arrange(ctx, tx, id, true)
			return err
		}),
		"Issue": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, _, err := s.Issue(ctx, tx, id, "第1期", "single", true)
			return err
		}),
		"IssueWithdrawn": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.IssueWithdrawn(ctx, tx, id, "第1期", "重印", true)
		}),
		"Printables": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			found, err := s.Printables(ctx, tx, []uuid.UUID{id})
			if err == nil && len(found) == 0 {
				return errs.Missing()
			}
			return err
		}),
		"ReviewToAuthor": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.ReviewToAuthor(ctx, tx, id, "请补充")
		}),
		"ReviewWithdrawn": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.ReviewWithdrawn(ctx, tx, id)
		}),
		"ReviewReopened": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.ReviewReopened(ctx, tx, id)
		}),
		"TextOf": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.TextOf(ctx, tx, id)
			return err
		}),
		"Heads": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			found, err := s.Heads(ctx, tx, []uuid.UUID{id})
			if err == nil && len(found) == 0 {
				err = errs.Missing()
			}
			return err
		}),
		"Whole": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.Whole(ctx, tx, id)
			return err
		}),
		"Load": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.Load(ctx, tx, id)
			return err
		}),
		"LoadText": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.LoadText(ctx, tx, id)
			return err
		}),
		"Text":    func(ctx context.Context, id uuid.UUID) error { _, err := s.Text(ctx, id); return err },
		"MayRead": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error { return s.MayRead(ctx, tx, id) }),
		"Commented": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, _, err := s.Commented(ctx, tx, id)
			return err
		}),
		"ForSending": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.ForSending(ctx, tx, id)
			return err
		}),
		"Forwarded": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.Forwarded(ctx, tx, id, elsewhere, uuid.New())
		}),
		"Recalled": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.Recalled(ctx, tx, id, elsewhere)
		}),
		"Delivered": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.Delivered(ctx, tx, id, elsewhere, uuid.New())
		}),
		"Archive": func(ctx context.Context, id uuid.UUID) error { _, err := s.Archive(ctx, id); return err },
		"Begin": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.Begin(ctx, tx, id, reports.FollowUp{Kind: reports.KindInstructed, Level: "city"})
			return err
		}),
		"GoOn": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.GoOn(ctx, tx, id, reports.FollowUp{Kind: reports.KindHandled, Form: "A"})
			return err
		}),
		"Known": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, _, err := s.Known(ctx, tx, id, uuid.New())
			return err
		}),
		"Into": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			_, err := s.Into(ctx, tx, id)
			return err
		}),
		"Owned": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error { return s.Owned(ctx, tx, id) }),
		"Apply": within(func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
			return s.Apply(ctx, tx, id, reports.Outcome{Event: uuid.New(), Decider: elsewhere, No: 1, Kind: "adopted", Form: "single", Level: "city", OccurredAt: tx.Now()}, true)
		}),
	}
}

// others are the use cases that name no report, with the test that keeps them apart.
var others = map[string]string{
	"ExportList":     "lists through List; TestAListGoesOutAsItIsShown",
	"Create":         "writes to the caller's tenant; TestAnIdMeansOneReport",
	"ForReview":      "the approval asks MayRead before it; services/reviews TestANeighbourSeesNothing",
	"BringIn":        "writes to the caller's tenant, in the name of a member of it; TestWhatIsBroughtInIsItsAuthors",
	"Draft":          "writes to the caller's tenant; TestOthersKeepApart",
	"List":           "TestAListIsWhatOneMayRead",
	"Rules":          "the caller's unit's setting; tenancy/settings",
	"ReasonsHere":    "the caller's unit's catalogue; services/checklists",
	"Receive":        "TestOthersKeepApart",
	"RecallReceived": "TestOthersKeepApart",
	"Origins":        "TestOthersKeepApart",
	"From":           "TestOthersKeepApart",
	"Following":      "TestTheIndexerAlone",
	"Readable":       "TestTheIndexerAlone",
}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	known := calls(newHouse(t))
	service, ctx := reflect.TypeFor[*reports.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() < 2 || m.Type.In(1) != ctx {
			continue
		}
		if known[m.Name] == nil && others[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

func TestNobodyReachesANeighboursReport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.office("county"), h.office("county")
	h.FiguresLine(county.Tenant, neighbour.Tenant) // an upper unit sees no more than what was sent to it
	signed := h.takenUp(county, "已签发")
	h.sign(county, signed)
	states := map[string]uuid.UUID{"submitted": h.submitted(county, "已提交"), "taken up": h.takenUp(county, "已受理"), "signed": signed}
	strangers := map[string]context.Context{
		"neighbour": neighbour.Person("member", "editor", "reviewer", "signer", "leader").Context(),
		"courier":   h.courier(neighbour),
		"admin":     county.Person("system_admin").Context(),
	}
	before := len(h.stations(county.editor, signed))
	for name, call := range calls(h) {
		for who, ctx := range strangers {
			missing := call(ctx, uuid.New())
			for state, id := range states {
				if err := call(ctx, id); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
					t.Errorf("%s of the %s report by the %s: %v; of a missing one: %v", name, state, who, err, missing)
				}
			}
		}
	}
	if len(h.stations(county.editor, signed)) != before || h.get(county.editor, states["taken up"]).Version != 2 {
		t.Error("something was changed")
	}
}

func TestOthersKeepApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city, neighbour := h.office("county"), h.office("city"), h.office("city")
	id := h.takenUp(county, "停车难")
	h.sign(county, id)
	above := h.send(county, city, id)
	in := reports.Incoming{Sender: county.Tenant.Tenant, SenderReport: id, Letter: uuid.New(), Outgoing: reports.Outgoing{Text: text("冒名"), Category: "民政", Urgency: "normal", Class: "ordinary", Origin: county.Tenant.Tenant}}
	for _, p := range []context.Context{city.editor.Context(), neighbour.editor.Context()} {
		h.refused(errs.NotFound, h.in(p, func(ctx context.Context, tx *tenancy.Tx) error { _, err := h.reports.Receive(ctx, tx, in); return err }))
		h.refused(errs.NotFound, h.in(p, func(ctx context.Context, tx *tenancy.Tx) error {
			_, err := h.reports.RecallReceived(ctx, tx, county.ID, id)
			return err
		}))
		h.refused(errs.NotFound, h.in(p, func(ctx context.Context, tx *tenancy.Tx) error {
			_, err := h.reports.From(ctx, tx, county.ID, id)
			return err
		}))
	}
	h.refused(errs.NotFound, h.in(h.courier(neighbour), func(ctx context.Context, tx *tenancy.Tx) error {
		_, err := h.reports.From(ctx, tx, county.ID, id)
		return err
	}))
	// At the neighbour the same sender's report is another one, and there is nothing to recall before it came.
	err := h.in(h.courier(neighbour), func(ctx context.Context, tx *tenancy.Tx) error {
		if recalled, err := h.reports.RecallReceived(ctx, tx, county.ID, id); recalled || err != nil {
			t.Error(recalled, err)
		}
		other, err := h.reports.Receive(ctx, tx, in)
		if other == above {
			t.Error("one report in two tenants")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if v := h.get(city.editor, above); v.Title != "停车难" || v.State != reports.Submitted {
		t.Fatalf("%+v", v)
	}
	ways := func(ctx context.Context) ([]reports.Origin, error) {
		q, err := h.DB.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return h.reports.Origins(ctx, q, above)
	}
	if found, err := ways(city.editor.Context()); err != nil || len(found) != 1 || found[0].SenderReport != id {
		t.Fatal(found, err)
	}
	if found, err := ways(h.courier(neighbour)); err != nil || len(found) != 0 {
		t.Fatal(found, err)
	}
	_, err = ways(neighbour.editor.Context())
	h.refused(errs.NotFound, err)

	var draft uuid.UUID
	err = h.in(county.editor.Context(), func(ctx context.Context, tx *tenancy.Tx) (err error) {
		draft, err = h.reports.Draft(ctx, tx, reports.NewDraft{Text: text("线索"), Category: "民政", SourceKind: "citizen_message", SourceID: uuid.New()})
		return err
	})
	if err != nil || h.get(county.editor, draft).State != reports.Draft || !strings.Contains(h.stations(county.editor, draft)[0], "线索") {
		t.Fatal(err)
	}
	h.refused(errs.Forbidden, h.in(county.Person("system_admin").Context(), func(ctx context.Context, tx *tenancy.Tx) error {
		_, err := h.reports.Draft(ctx, tx, reports.NewDraft{Text: text("线索")})
		if errs.Is(err, errs.NotFound) {
			return errs.New(errs.Forbidden, "")
		}
		return err
	}))
}
