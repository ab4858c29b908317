package instructions_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/instructions"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// house is a world with instructions on real reports.
type house struct {
	*tenancytest.World
	t            *testing.T
	reports      *reports.Service
	instructions *instructions.Service
	files        *attachments.Service
}

// between stands between the two nouns as the program does.
type between struct{ *reports.Service }

func (b between) Instructed(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n instructions.News) (uuid.UUID, error) {
	f := reports.FollowUp{Kind: reports.KindInstructed, Level: n.Level, At: n.At, Words: n.Words}
	if n.Again {
		return b.GoOn(ctx, tx, id, f)
	}
	return b.Begin(ctx, tx, id, f)
}

func (b between) Corrected(ctx context.Context, tx *tenancy.Tx, id, event uuid.UUID) error {
	_, err := b.GoOn(ctx, tx, id, reports.FollowUp{Kind: reports.KindInstructionWithdraw, Corrects: event})
	return err
}

func newHouse(t *testing.T) *house {
	t.Helper()
	w := tenancytest.New(t)
	bucket, err := blob.Open(context.Background(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	h := &house{World: w, t: t, files: attachments.New(w.DB, bucket)}
	h.reports = reports.New(w.DB, tenancy.NewDirectory(w.Pool()), notices.New(w.DB), h.files)
	h.instructions = instructions.New(w.DB, between{h.reports}, h.files)
	h.files.Subjects["report"], h.files.Subjects["instruction"] = h.reports.MayRead, h.instructions.MayRead
	return h
}

type office struct {
	*tenancytest.Tenant
	member, editor, reviewer, signer, system *tenancytest.Person
}

func (h *house) office() *office {
	o := &office{Tenant: h.Tenant("cppcc", "city")}
	o.member, o.editor, o.reviewer, o.signer, o.system = o.Person("member"), o.Person("editor"), o.Person("reviewer"), o.Person("signer"), o.Person("system_admin")
	return o
}

func (h *house) done(id uuid.UUID, err error) uuid.UUID {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) refused(kind errs.Kind, err error) {
	h.t.Helper()
	if !errs.Is(err, kind) {
		h.t.Fatalf("%v, want %s", err, kind)
	}
}

func (h *house) report(o *office) uuid.UUID {
	h.t.Helper()
	id := h.done(h.reports.Create(o.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "公交站台破损", Problem: "全市有23处站台破损。", Advice: "尽快修缮。"}, Category: "交通运输"}}))
	return h.done(h.reports.TakeUp(o.editor.Context(), id))
}

const secret = "请交通局三日内拿出方案。"

func entry(h *house) instructions.Entry {
	return instructions.Entry{Leader: "甲书记", LeaderTitle: "市委书记", Level: "city", GivenOn: h.today(), Body: secret}
}

// today is the date in China of the world's clock.
func (h *house) today() string {
	h.t.Helper()
	return h.Clock.Now().In(time.FixedZone("", 8*60*60)).Format(time.DateOnly)
}

func (h *house) of(p *tenancytest.Person, report uuid.UUID) []instructions.Instruction {
	h.t.Helper()
	list, err := h.instructions.Of(p.Context(), report)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

// Who may see what a leader wrote sees it; the author sees the fact, the level and the date, and so does every trace of it.
func TestTheFactIsForAllTheTextForSome(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := h.report(o)
	scan, err := h.files.Upload(o.editor.Context(), "批示.png", png())
	if err != nil {
		t.Fatal(err)
	}
	e := entry(h)
	e.Attachments = []uuid.UUID{scan}
	id := h.done(h.instructions.Record(o.editor.Context(), report, e))
	for _, p := range []*tenancytest.Person{o.editor, o.reviewer, o.signer, o.Person("leader")} {
		if list := h.of(p, report); len(list) != 1 || list[0].Body != secret || list[0].Leader != "甲书记" || len(list[0].Attachments) != 1 || list[0].Confidential {
			t.Errorf("%+v", list)
		}
	}
	list := h.of(o.member, report)
	if len(list) != 1 || list[0].Level != "city" || list[0].GivenOn != h.today() || !list[0].Confidential {
		t.Fatalf("%+v", list)
	}
	if v := list[0]; v.Body != "" || v.Leader != "" || v.LeaderTitle != "" || v.Recorder != "" || len(v.Attachments) != 0 || len(v.Can) != 0 {
		t.Fatalf("the author sees %+v", v)
	}
	_, err = h.instructions.Get(o.member.Context(), id)
	h.refused(errs.NotFound, err)
	if _, err := h.files.Get(o.member.Context(), scan); !errs.Is(err, errs.NotFound) {
		t.Fatalf("the author reaches the scan: %v", err)
	}
	v, err := h.reports.Get(o.member.Context(), report)
	way, fault := h.reports.Timeline(o.member.Context(), report)
	told, _, third := notices.New(h.DB).List(o.member.Context(), true, "", 50)
	if err != nil || fault != nil || third != nil {
		t.Fatal(err, fault, third)
	}
	if all := fmt.Sprintf("%+v %+v %+v", *v, way, told); strings.Contains(all, "三日内") || strings.Contains(all, "甲书记") || !strings.Contains(all, "获市级领导批示") {
		t.Fatal(all)
	}
	e.Attachments, e.Released = nil, true
	h.done(h.instructions.Record(o.editor.Context(), report, e))
	if list := h.of(o.member, report); list[1].Body != secret || list[1].Leader != "" {
		t.Fatalf("released: %+v", list[1])
	}
}

// An entry is never changed: a correcting one stands beside it, once, with the reason.
func TestACorrectingEntry(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := h.report(o)
	first := h.done(h.instructions.Record(o.editor.Context(), report, entry(h)))
	better := entry(h)
	better.Level = "province"
	_, err := h.instructions.Correct(o.editor.Context(), first, instructions.Correction{Entry: &better})
	h.refused(errs.Invalid, err)
	_, err = h.instructions.Correct(o.signer.Context(), first, instructions.Correction{Reason: "层级有误", Entry: &better})
	h.refused(errs.Forbidden, err)
	second := h.done(h.instructions.Correct(o.editor.Context(), first, instructions.Correction{Reason: "层级有误", Entry: &better}))
	_, err = h.instructions.Correct(o.reviewer.Context(), first, instructions.Correction{Reason: "层级有误"})
	h.refused(errs.Conflict, err)
	list := h.of(o.editor, report)
	if len(list) != 2 || list[0].State != "corrected" || list[0].Level != "city" || list[1].State != "standing" || *list[1].Corrects != first || list[1].Reason != "层级有误" {
		t.Fatalf("%+v", list)
	}
	if seen := h.of(o.member, report); len(seen) != 1 || seen[0].Level != "province" {
		t.Fatalf("%+v", seen)
	}
	h.outcomes(o.member, report, "province")
	// What those below were told stays as it is where only the name was wrong.
	again := better
	again.Leader = "乙书记"
	third := h.done(h.instructions.Correct(o.editor.Context(), second, instructions.Correction{Reason: "姓名有误", Entry: &again}))
	h.outcomes(o.member, report, "province")
	h.done(h.instructions.Correct(o.editor.Context(), third, instructions.Correction{Reason: "不是这篇信息"}))
	h.outcomes(o.member, report)
	if len(h.of(o.editor, report)) != 4 || len(h.of(o.member, report)) != 0 {
		t.Fatal("an entry was lost, or stands")
	}
}

// outcomes are the levels of the instructions that the report tells of.
func (h *house) outcomes(p *tenancytest.Person, report uuid.UUID, want ...string) {
	h.t.Helper()
	v, err := h.reports.Get(p.Context(), report)
	if err != nil {
		h.t.Fatal(err)
	}
	got := []string{}
	for _, o := range v.Outcomes {
		if o.Kind == reports.KindInstructed {
			got = append(got, o.Level)
		}
	}
	if !slices.Equal(got, want) {
		h.t.Fatalf("%v, want %v", got, want)
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := h.report(o)
	for name, change := range map[string]func(*instructions.Entry){
		"no leader":    func(e *instructions.Entry) { e.Leader = " " },
		"a level":      func(e *instructions.Entry) { e.Level = "village" },
		"no date":      func(e *instructions.Entry) { e.GivenOn = "昨天" },
		"tomorrow":     func(e *instructions.Entry) { e.GivenOn = "2999-01-01" },
		"long ago":     func(e *instructions.Entry) { e.GivenOn = "1949-10-01" },
		"marked":       func(e *instructions.Entry) { e.Body = "机密★十年" },
		"too long":     func(e *instructions.Entry) { e.Body = strings.Repeat("字", 2001) },
		"nothing open": func(e *instructions.Entry) { e.Body, e.Released = "", true },
	} {
		e := entry(h)
		change(&e)
		if _, err := h.instructions.Record(o.editor.Context(), report, e); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := h.instructions.Record(o.signer.Context(), report, entry(h))
	h.refused(errs.Forbidden, err)
	draft := h.done(h.reports.Create(o.editor.Context(), reports.NewReport{Input: reports.Input{Text: reports.Text{Title: "草稿"}}}))
	_, err = h.instructions.Record(o.editor.Context(), draft, entry(h))
	h.refused(errs.Conflict, err)
}

// calls is every use case, asked about a report or an entry.
func calls(h *house, s *instructions.Service) map[string]func(ctx context.Context, report, id uuid.UUID) error {
	return map[string]func(ctx context.Context, report, id uuid.UUID) error{
		"Record": func(ctx context.Context, report, _ uuid.UUID) error {
			_, err := s.Record(ctx, report, entry(h))
			return err
		},
		"Correct": func(ctx context.Context, _, id uuid.UUID) error {
			_, err := s.Correct(ctx, id, instructions.Correction{Reason: "有误"})
			return err
		},
		"Get": func(ctx context.Context, _, id uuid.UUID) error { _, err := s.Get(ctx, id); return err },
		"Of":  func(ctx context.Context, report, _ uuid.UUID) error { _, err := s.Of(ctx, report); return err },
		"MayRead": func(ctx context.Context, _, id uuid.UUID) error {
			q, err := h.DB.Read(ctx)
			if err != nil {
				return err
			}
			return s.MayRead(ctx, q, id)
		},
	}
}

// others are the use cases with a test of their own.
var others = map[string]string{"Standing": "asked for a report that was checked; TestNobodyReachesANeighboursInstruction"}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	known := calls(h, h.instructions)
	service, ctx := reflect.TypeFor[*instructions.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() >= 2 && m.Type.In(1) == ctx && known[m.Name] == nil && others[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

// leaks names the use cases by which a stranger reaches the report or the entry, or hears that they are there.
func leaks(calls map[string]func(ctx context.Context, report, id uuid.UUID) error, strangers map[string]context.Context, report, id uuid.UUID) []string {
	found := []string{}
	for name, call := range calls {
		for who, ctx := range strangers {
			missing := call(ctx, uuid.New(), uuid.New())
			if err := call(ctx, report, id); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
				found = append(found, fmt.Sprintf("%s by the %s: %v; of a missing one: %v", name, who, err, missing))
			}
		}
	}
	return found
}

// leaky lets everybody read every report: the fault that the isolation test must catch.
type leaky struct{ between }

func (leaky) MayRead(context.Context, tenancy.Querier, uuid.UUID) error { return nil }

func TestNobodyReachesANeighboursInstruction(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.office(), h.office()
	report := h.report(o)
	id := h.done(h.instructions.Record(o.editor.Context(), report, entry(h)))
	strangers := map[string]context.Context{
		"neighbour": neighbour.Person("member", "officer", "editor", "reviewer", "signer", "leader").Context(),
		"admin":     o.system.Context(),
		"member":    o.Person("member").Context(),
	}
	for _, leak := range leaks(calls(h, h.instructions), strangers, report, id) {
		t.Error(leak)
	}
	q, err := h.DB.Read(strangers["neighbour"])
	if err != nil {
		t.Fatal(err)
	}
	if standing, err := h.instructions.Standing(context.Background(), q, report); err != nil || len(standing) != 0 {
		t.Errorf("the neighbour sees %v, %v", standing, err)
	}
	broken := instructions.New(h.DB, leaky{between{h.reports}}, h.files)
	if found := leaks(calls(h, broken), map[string]context.Context{"admin": o.system.Context(), "member": o.Person("member", "leader").Context()}, report, id); len(found) == 0 {
		t.Error("the isolation test does not notice that everybody reads every report")
	}
	if list := h.of(o.editor, report); len(list) != 1 || list[0].State != "standing" {
		t.Errorf("something was changed: %+v", list)
	}
}

// png is a small picture.
func png() []byte {
	return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82")
}
