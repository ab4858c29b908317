package assignments_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/assignments"
	"shangda/services/instructions"
	"shangda/services/letters"
	"shangda/services/reports"
	"shangda/tenancy"
)

// The whole way: an instruction at the city on a county author's report, two departments, one refuses and is replaced, an
// extension, a reply that is sent back, the author's satisfaction from the county, and the result back down.
func TestFromTheInstructionToTheResult(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	h.FiguresLine(county.Tenant, city.Tenant)
	below := h.report(county)
	above := h.send(county, city, below)
	instruction := h.done(h.instructions.Record(city.editor.Context(), above, instructions.Entry{Leader: "甲市长", Level: "city", GivenOn: "2026-11-02", Body: "请抓紧办理。"}))
	h.carry()
	if h.outcome(county.member, below, reports.KindInstructed) == nil {
		t.Fatal("the author did not hear of the instruction")
	}
	_, err := h.reports.Archive(city.editor.Context(), above)
	h.refused(errs.Conflict, err)
	o := opening(assignments.Joint, "市交通局", "市财政局")
	o.InstructionID = &instruction
	id := h.done(h.assignments.Assign(city.editor.Context(), above, o))
	h.carry()
	if h.outcome(county.member, below, reports.KindAssigned) == nil {
		t.Fatal("the author did not hear of the assignment")
	}
	h.refusalAndExtension(city, id)
	if _, err := h.assignments.Close(city.editor.Context(), id, assignments.Closing{Result: "A", Feedback: "已修缮。"}); !errs.Is(err, errs.Conflict) {
		t.Fatalf("closed without the answers: %v", err)
	}
	h.answer(city, id, "市住建局")
	h.carry()
	answer := h.outcome(county.member, below, reports.KindAnswered)
	if answer == nil || answer.Words != "市交通局：23处全部修缮。\n市住建局：市住建局已经修缮。" {
		t.Fatalf("%+v", answer)
	}
	_, err = h.assignments.Say(county.editor.Context(), below, assignments.Verdict{Event: *answer.Event, Verdict: "satisfied"})
	h.refused(errs.Forbidden, err)
	h.done(h.assignments.Say(county.member.Context(), below, assignments.Verdict{Event: *answer.Event, Verdict: "satisfied", Note: "修得很快。"}))
	_, err = h.assignments.Say(county.member.Context(), below, assignments.Verdict{Event: *answer.Event, Verdict: "fair"})
	h.refused(errs.Conflict, err)
	h.carry()
	if v := h.get(city.editor, id); len(v.Voices) != 1 || v.Voices[0].Verdict != "satisfied" || v.Voices[0].Unit != county.Name || strings.Contains(fmt.Sprintf("%+v", v), county.member.Name) {
		t.Fatalf("%+v", v.Voices)
	}
	if told := strings.Join(h.unread(city.editor), "\n"); strings.Count(told, "表示满意") != 1 {
		t.Fatal(told)
	}
	_, err = h.reports.Archive(city.editor.Context(), above)
	h.refused(errs.Conflict, err)
	h.done(h.assignments.Close(city.reviewer.Context(), id, assignments.Closing{Result: "A", Feedback: "23处站台已全部修缮。"}))
	h.carry()
	if end := h.outcome(county.member, below, reports.KindHandled); end == nil || end.Result != "A" || end.Words != "23处站台已全部修缮。" {
		t.Fatalf("%+v", end)
	}
	h.done(h.reports.Archive(city.editor.Context(), above))
	h.done(h.reports.Archive(county.editor.Context(), below)) // its result came from above
}

// refusalAndExtension is the middle of the way.
func (h *house) refusalAndExtension(o *office, id uuid.UUID) {
	h.t.Helper()
	h.refused(errs.Invalid, h.act(o, id, "市财政局", assignments.Act{Step: "refuse"}))
	h.steps(o, id, "市财政局", assignments.Act{Step: "refuse", Note: "不属本单位职责。"})
	h.refused(errs.Invalid, h.act(o, id, "市财政局", assignments.Act{Step: "reassign", Department: "市交通局"}))
	h.steps(o, id, "市财政局", assignments.Act{Step: "reassign", Department: "市住建局"})
	if p := h.part(o, id, "市住建局"); p.Role != "joint" || p.State != assignments.Assigned || p.DueOn != "2026-11-16" {
		h.t.Fatalf("%+v", p)
	}
	h.refused(errs.Conflict, h.act(o, id, "市财政局", assignments.Act{Step: "accept"}))
	h.refused(errs.Conflict, h.act(o, id, "市交通局", assignments.Act{Step: "reply", Note: "还没有签收。"}))
	h.steps(o, id, "市交通局", assignments.Act{Step: "accept"}, assignments.Act{Step: "ask_extension", Note: "等材料。", Days: 5})
	h.steps(o, id, "市交通局", assignments.Act{Step: "grant"})
	if p := h.part(o, id, "市交通局"); p.DueOn != "2026-11-23" || p.Extended != 1 || p.AskedDue != "" {
		h.t.Fatalf("five working days after 16 November: %+v", p)
	}
	h.steps(o, id, "市交通局", assignments.Act{Step: "reply", Note: "将研究。"}, assignments.Act{Step: "send_back", Note: "请写明时限。"},
		assignments.Act{Step: "reply", Note: "23处全部修缮。"}, assignments.Act{Step: "pass"})
	v := h.get(o.editor, id)
	if last := v.Steps[len(v.Steps)-2]; last.Step != "reply" || !last.ByHand || last.Recorder != o.editor.Name {
		h.t.Fatalf("a department's step is written down by hand: %+v", last)
	}
}

// Not satisfied: the answer goes back, and what was told before is taken back by the next one.
func TestAnUnsatisfiedAuthor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office("city")
	report := h.report(o)
	id := h.done(h.assignments.Assign(o.editor.Context(), report, opening(assignments.Single, "市交通局")))
	h.answer(o, id, "市交通局")
	first := h.outcome(o.member, report, reports.KindAnswered)
	_, err := h.assignments.Say(o.member.Context(), report, assignments.Verdict{Event: *first.Event, Verdict: "unsatisfied"})
	h.refused(errs.Invalid, err)
	_, err = h.assignments.Say(o.member.Context(), report, assignments.Verdict{Event: uuid.New(), Verdict: "satisfied"})
	h.refused(errs.NotFound, err)
	h.done(h.assignments.Say(o.member.Context(), report, assignments.Verdict{Event: *first.Event, Verdict: "unsatisfied", Note: "还有两处没修。"}))
	h.steps(o, id, "市交通局", assignments.Act{Step: "send_back", Note: "反映人不满意。", Days: 3}, assignments.Act{Step: "reply", Note: "两处已补修。"}, assignments.Act{Step: "pass"})
	second := h.outcome(o.member, report, reports.KindAnswered) // told once: the first was taken back
	if *second.Event == *first.Event || second.Words != "两处已补修。" {
		t.Fatalf("%+v", second)
	}
	h.done(h.assignments.Say(o.member.Context(), report, assignments.Verdict{Event: *second.Event, Verdict: "satisfied"}))
	if v := h.get(o.editor, id); len(v.Voices) != 1 || v.Voices[0].Verdict != "satisfied" {
		t.Fatalf("%+v", v.Voices)
	}
	if said, err := h.assignments.Verdicts(o.member.Context(), report); err != nil || len(said) != 2 {
		t.Fatal(said, err)
	}
	h.done(h.assignments.Cancel(o.editor.Context(), id, "另行交办"))
	h.refused(errs.Conflict, h.act(o, id, "市交通局", assignments.Act{Step: "send_back", Note: "再办。"}))
	if p := h.part(o, id, "市交通局"); p.State != assignments.Cancelled {
		t.Fatalf("%+v", p)
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office("city")
	report := h.report(o)
	stranger := uuid.New()
	for name, change := range map[string]func(*assignments.Opening){
		"no request":     func(a *assignments.Opening) { a.Request = " " },
		"no days":        func(a *assignments.Opening) { a.Days = 0 },
		"a mode":         func(a *assignments.Opening) { a.Mode = "all" },
		"one of several": func(a *assignments.Opening) { a.Mode = assignments.Several },
		"two alone":      func(a *assignments.Opening) { a.Departments = []string{"市交通局", "市财政局"} },
		"twice the same": func(a *assignments.Opening) {
			a.Mode, a.Departments = assignments.Joint, []string{"市交通局", " 市交通局"}
		},
		"marked":         func(a *assignments.Opening) { a.Request = "绝密★请办理" },
		"an instruction": func(a *assignments.Opening) { a.InstructionID = &stranger },
	} {
		a := opening(assignments.Single, "市交通局")
		change(&a)
		if _, err := h.assignments.Assign(o.editor.Context(), report, a); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := h.assignments.Assign(o.signer.Context(), report, opening(assignments.Single, "市交通局"))
	h.refused(errs.Forbidden, err)
	id := h.done(h.assignments.Assign(o.editor.Context(), report, opening(assignments.Single, "市交通局")))
	h.refused(errs.Invalid, h.act(o, id, "市交通局", assignments.Act{Step: "accept", On: "2026-10-30"}))
	h.refused(errs.Invalid, h.act(o, id, "市交通局", assignments.Act{Step: "accept", On: "2026-11-03"}))
	h.refused(errs.Conflict, h.act(o, id, "市交通局", assignments.Act{Step: "cancel"}))
}

// Two clerks at once: one step counts, the other is refused.
func TestTwoClerksAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office("city")
	id := h.done(h.assignments.Assign(o.editor.Context(), h.report(o), opening(assignments.Single, "市交通局")))
	part := h.part(o, id, "市交通局").ID
	both := func(s *assignments.Service) (done int) {
		var all sync.WaitGroup
		var mu sync.Mutex
		for _, a := range []assignments.Act{{Step: "accept"}, {Step: "refuse", Note: "不属职责。"}} {
			all.Go(func() {
				if _, err := s.Act(o.editor.Context(), part, a); err == nil {
					mu.Lock()
					done++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		return done
	}
	if n := both(h.assignments); n != 1 {
		t.Fatalf("%d of two contrary steps were taken", n)
	}
	id = h.done(h.assignments.Assign(o.editor.Context(), h.report(o), opening(assignments.Single, "市交通局")))
	part = h.part(o, id, "市交通局").ID
	var meet sync.WaitGroup
	meet.Add(2)
	if n := both(assignments.Unlocked(h.assignments, func() { meet.Done(); meet.Wait() })); n != 2 {
		t.Fatalf("the test does not notice a missing lock: %d", n)
	}
}

// Reminders: once before the date, once after it, with the head of the office, by the stage; none on a free day.
func TestReminders(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office("city")
	report := h.report(o)
	id := h.done(h.assignments.Assign(o.editor.Context(), report, opening(assignments.Several, "市交通局", "市财政局")))
	h.steps(o, id, "市财政局", assignments.Act{Step: "accept"})
	tidy := func(at time.Time) {
		h.Clock.Set(at)
		for range 2 {
			if err := h.assignments.Tidy(tenancy.System(context.Background(), o.Tenant.Tenant, "clock", "test", o.editor.Policy)); err != nil {
				t.Fatal(err)
			}
		}
	}
	told := func(word string) (n int) {
		for _, text := range append(h.texts(o.editor.Membership), h.texts(o.reviewer.Membership)...) {
			if strings.Contains(text, word) {
				n++
			}
		}
		return n
	}
	tidy(shanghai(2026, 11, 12, 9))
	if told("到期") != 0 {
		t.Fatal("reminded too early")
	}
	tidy(shanghai(2026, 11, 13, 9)) // Friday before Monday 16 November
	if told("即将到期：市交通局还没有签收") != 1 || told("即将到期：市财政局还没有答复") != 1 {
		t.Fatal(h.texts(o.editor.Membership))
	}
	tidy(shanghai(2026, 11, 21, 9)) // a Saturday
	if told("超过") != 0 {
		t.Fatal("disturbed on a free day")
	}
	tidy(shanghai(2026, 11, 23, 9))
	if told("已超过办理期限：市交通局还没有签收") != 2 || told("已超过办理期限：市财政局还没有答复") != 2 {
		t.Fatal(h.texts(o.reviewer.Membership))
	}
}

// texts are a member's notices, read past the clock that ended his session.
func (h *house) texts(member uuid.UUID) []string {
	h.t.Helper()
	rows, err := h.TestDB.Admin(h.t).Query(context.Background(), `select text from notices where membership_id = $1 order by at`, member)
	if err != nil {
		h.t.Fatal(err)
	}
	list := []string{}
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			h.t.Fatal(err)
		}
		list = append(list, text)
	}
	return list
}

// The supervision list: by date, narrowed, page by page, and as many as are counted.
func TestSupervision(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office("city")
	report := h.report(o)
	id := h.done(h.assignments.Assign(o.editor.Context(), report, opening(assignments.Several, "市交通局", "市财政局", "市住建局")))
	h.answer(o, id, "市住建局")
	h.steps(o, id, "市财政局", assignments.Act{Step: "refuse", Note: "不属职责。"})
	list := func(box, department string) []assignments.Line {
		all, cursor := []assignments.Line{}, ""
		for {
			page, next, err := h.assignments.Supervise(o.signer.Context(), assignments.Filter{Box: box, Department: department, Cursor: cursor, Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			if all, cursor = append(all, page...), next; next == "" {
				return all
			}
		}
	}
	for box, want := range map[string]int{"waiting": 2, "review": 1, "done": 1, "all": 3, "overdue": 0} {
		if got := list(box, ""); len(got) != want {
			t.Errorf("%s: %+v", box, got)
		}
	}
	if got := list("all", "财政"); len(got) != 1 || got[0].Department != "市财政局" || len(got[0].Can) != 0 {
		t.Errorf("%+v", got)
	}
	if n, err := h.assignments.Count(o.signer.Context()); err != nil || n != (assignments.Counts{Waiting: 2, Review: 1, Done: 1}) {
		t.Errorf("%+v %v", n, err)
	}
	_, _, err := h.assignments.Supervise(o.signer.Context(), assignments.Filter{Box: "all", Cursor: "2026", Limit: 1})
	h.refused(errs.Invalid, err)
	_, err = h.assignments.Count(o.member.Context())
	h.refused(errs.Forbidden, err)
}

// calls is every use case, asked about a report, an assignment, a part of it or a step.
func calls(h *house, s *assignments.Service) map[string]func(ctx context.Context, report uuid.UUID, a assignments.Assignment) error {
	return map[string]func(ctx context.Context, report uuid.UUID, a assignments.Assignment) error{
		"Assign": func(ctx context.Context, report uuid.UUID, _ assignments.Assignment) error {
			_, err := s.Assign(ctx, report, opening(assignments.Single, "市交通局"))
			return err
		},
		"Act": func(ctx context.Context, _ uuid.UUID, a assignments.Assignment) error {
			_, err := s.Act(ctx, a.Parts[0].ID, assignments.Act{Step: "accept"})
			return err
		},
		"Close": func(ctx context.Context, _ uuid.UUID, a assignments.Assignment) error {
			_, err := s.Close(ctx, a.ID, assignments.Closing{Result: "A", Feedback: "已办。"})
			return err
		},
		"Cancel": func(ctx context.Context, _ uuid.UUID, a assignments.Assignment) error {
			_, err := s.Cancel(ctx, a.ID, "撤销")
			return err
		},
		"Get": func(ctx context.Context, _ uuid.UUID, a assignments.Assignment) error {
			_, err := s.Get(ctx, a.ID)
			return err
		},
		"Of": func(ctx context.Context, report uuid.UUID, _ assignments.Assignment) error {
			_, err := s.Of(ctx, report)
			return err
		},
		"Say": func(ctx context.Context, report uuid.UUID, _ assignments.Assignment) error {
			_, err := s.Say(ctx, report, assignments.Verdict{Event: uuid.New(), Verdict: "satisfied"})
			return err
		},
		"Verdicts": func(ctx context.Context, report uuid.UUID, _ assignments.Assignment) error {
			_, err := s.Verdicts(ctx, report)
			return err
		},
		"MayRead": func(ctx context.Context, _ uuid.UUID, a assignments.Assignment) error {
			q, err := h.DB.Read(ctx)
			if err != nil {
				return err
			}
			return s.MayRead(ctx, q, a.Steps[0].ID)
		},
	}
}

// others are the use cases that name nothing of a tenant, with the test that keeps them apart.
var others = map[string]string{
	"Supervise": "TestNobodyReachesANeighboursAssignment",
	"Count":     "TestNobodyReachesANeighboursAssignment",
	"Before":    "asked about a report that is locked in its own tenant; TestFromTheInstructionToTheResult",
	"Tidy":      "the clock, in each tenant by itself; TestReminders",
}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	known := calls(h, h.assignments)
	service, ctx := reflect.TypeFor[*assignments.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() >= 2 && m.Type.In(1) == ctx && known[m.Name] == nil && others[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

// leaks names the use cases by which a stranger reaches something, or hears that it is there.
func leaks(h *house, s *assignments.Service, strangers map[string]context.Context, report uuid.UUID, a assignments.Assignment) []string {
	nothing := assignments.Assignment{ID: uuid.New(), Parts: []assignments.Part{{ID: uuid.New()}}, Steps: []assignments.Step{{ID: uuid.New()}}}
	found := []string{}
	for name, call := range calls(h, s) {
		for who, ctx := range strangers {
			missing := call(ctx, uuid.New(), nothing)
			if err := call(ctx, report, a); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
				found = append(found, fmt.Sprintf("%s by the %s: %v; of a missing one: %v", name, who, err, missing))
			}
		}
	}
	return found
}

// leaky shows every report to everybody: the fault that the isolation test must catch.
type leaky struct{ shown }

func (leaky) Load(_ context.Context, _ tenancy.Querier, id uuid.UUID) (assignments.Report, error) {
	return assignments.Report{ID: id}, nil
}

// mute registers no letter twice.
type mute struct{ *letters.Service }

func (mute) Register(string, letters.Handler) {}

func TestNobodyReachesANeighboursAssignment(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.office("city"), h.office("city")
	report := h.report(o)
	a := h.get(o.editor, h.done(h.assignments.Assign(o.editor.Context(), report, opening(assignments.Single, "市交通局"))))
	all := neighbour.Person("member", "officer", "editor", "reviewer", "signer", "leader").Context()
	strangers := map[string]context.Context{"neighbour": all, "admin": o.system.Context(), "member": o.Person("member").Context()}
	for _, leak := range leaks(h, h.assignments, strangers, report, a) {
		t.Error(leak)
	}
	if list, _, err := h.assignments.Supervise(all, assignments.Filter{Box: "all", Limit: 50}); err != nil || len(list) != 0 {
		t.Errorf("the neighbour supervises %v, %v", list, err)
	}
	if n, err := h.assignments.Count(all); err != nil || n != (assignments.Counts{}) {
		t.Errorf("the neighbour counts %v, %v", n, err)
	}
	broken := assignments.New(h.DB, tenancy.NewDirectory(h.Pool()), leaky{shown{h.reports}}, h.instructions, ways{h.forwardings}, mute{h.letters}, nil, h.files)
	if found := leaks(h, broken, map[string]context.Context{"member": o.Person("member").Context()}, report, a); len(found) == 0 {
		t.Error("the isolation test does not notice that everybody reads every report")
	}
	if v := h.get(o.editor, a.ID); v.State != assignments.Open || len(v.Steps) != 1 {
		t.Errorf("something was changed: %+v", v)
	}
}
