package meetings_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/docx/docxtest"
	"shangda/internal/errs"
	"shangda/services/meetings"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// news is what happened to whom, as a test wrote it down.
type news struct{ list map[int32][]meetings.Change }

func (n *news) Between(_ context.Context, q tenancy.Querier, since, until time.Time) ([]meetings.Change, error) {
	found := []meetings.Change{}
	for _, c := range n.list[q.Tenant()] {
		if c.At.After(since) && !c.At.After(until) {
			found = append(found, c)
		}
	}
	return found, nil
}

type house struct {
	*tenancytest.World
	t        *testing.T
	news     *news
	meetings *meetings.Service
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{World: tenancytest.New(t), t: t, news: &news{map[int32][]meetings.Change{}}}
	h.meetings = meetings.New(h.DB, h.news)
	return h
}

func (h *house) plan(title string) meetings.Plan {
	return meetings.Plan{Title: title, HeldAt: h.Clock.Now(), Place: "第一会议室", Agenda: []string{"通报采用情况", "", "研究选题"}, Minutes: "通报了采用情况。"}
}

func (h *house) create(p *tenancytest.Person, title string) meetings.Meeting {
	h.t.Helper()
	id, err := h.meetings.Create(p.Context(), h.plan(title))
	if err != nil {
		h.t.Fatal(err)
	}
	return h.get(p, id)
}

func (h *house) get(p *tenancytest.Person, id uuid.UUID) meetings.Meeting {
	h.t.Helper()
	m, err := h.meetings.Get(p.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return m
}

func (h *house) happened(t *tenancytest.Tenant, title string) {
	h.news.list[t.ID] = append(h.news.list[t.ID], meetings.Change{ReportID: uuid.New(), Title: title, What: "采用", Own: true, At: h.Clock.Now()})
}

func (h *house) refused(kind errs.Kind, err error) {
	h.t.Helper()
	if !errs.Is(err, kind) {
		h.t.Fatalf("%v, want %s", err, kind)
	}
}

// TestAMeetingHearsWhatHappenedSinceTheOneBefore, and what it heard stays.
func TestAMeetingHearsWhatHappenedSinceTheOneBefore(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.Tenant("cppcc", "county")
	editor, reader := o.Person("editor"), o.Person("leader")
	h.happened(o, "甲")
	h.Clock.Advance(time.Hour)
	m := h.create(editor, "第一次例会")
	if len(m.Changes) != 1 || len(m.Agenda) != 2 || m.Since == nil || len(m.Can) != 2 || len(h.get(reader, m.ID).Can) != 0 {
		t.Fatalf("%+v", m)
	}
	h.happened(o, "乙")
	if m = h.get(editor, m.ID); len(m.Changes) != 2 {
		t.Fatalf("%+v", m)
	}
	p := m.Plan
	p.Minutes = ""
	if _, err := h.meetings.Edit(editor.Context(), m.ID, m.Version, p); err != nil {
		t.Fatal(err)
	}
	_, err := h.meetings.Close(editor.Context(), m.ID, m.Version)
	h.refused(errs.Stale, err)
	_, err = h.meetings.Close(editor.Context(), m.ID, m.Version+1)
	h.refused(errs.Invalid, err)
	p.Minutes = "通报了两篇采用。"
	if _, err := h.meetings.Edit(editor.Context(), m.ID, m.Version+1, p); err != nil {
		t.Fatal(err)
	}
	if _, err := h.meetings.Close(editor.Context(), m.ID, m.Version+2); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(time.Hour)
	h.happened(o, "丙")
	m = h.get(editor, m.ID)
	if m.State != meetings.Closed || len(m.Changes) != 2 || m.Closer != editor.Name || len(m.Can) != 0 {
		t.Errorf("%+v", m)
	}
	_, err = h.meetings.Edit(editor.Context(), m.ID, m.Version, p)
	h.refused(errs.Conflict, err)
	h.Clock.Advance(time.Hour)
	if next := h.create(editor, "第二次例会"); len(next.Changes) != 1 || next.Changes[0].Title != "丙" {
		t.Errorf("%+v", next)
	}
	if lines, err := h.meetings.List(reader.Context(), h.Clock.Now().Add(time.Hour), 10); err != nil || len(lines) != 2 || lines[0].Title != "第二次例会" || lines[1].Topics != 2 {
		t.Errorf("%+v, %v", lines, err)
	}
	later := h.plan("下月例会")
	later.HeldAt = h.Clock.Now().Add(24 * time.Hour)
	id, err := h.meetings.Create(editor.Context(), later)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.meetings.Close(editor.Context(), id, 1)
	h.refused(errs.Conflict, err)
	_, err = h.meetings.Create(editor.Context(), meetings.Plan{Title: "例"})
	h.refused(errs.Invalid, err)
	_, err = h.meetings.Create(reader.Context(), h.plan("例会"))
	h.refused(errs.Forbidden, err)
}

func TestAMeetingIsADocument(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.Tenant("cppcc", "county")
	editor := o.Person("editor")
	h.happened(o, "公交站台破损")
	h.Clock.Advance(time.Hour)
	m := h.create(editor, "第一次例会")
	e, content, err := h.meetings.Paper(editor.Context(), m.ID)
	if err != nil || e.Name != "工作例会 第一次例会" || e.Rows != 1 {
		t.Fatal(e, err)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := archive.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(part)
	for _, want := range []string{o.Name, "第一会议室", "1．通报采用情况", "通报了采用情况。", "《公交站台破损》", "尚未告知作者", "共1件"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the document does not say %s", want)
		}
	}
	if text := docxtest.Printed(t, "meeting", content); !strings.Contains(text, "第一次例会") || !strings.Contains(text, "反馈清单") || !strings.Contains(text, "仅供内部使用") {
		t.Errorf("on paper: %s", text)
	}
}

// calls are the use cases that name a meeting.
func calls(h *house, s *meetings.Service) map[string]func(ctx context.Context, id uuid.UUID) error {
	return map[string]func(ctx context.Context, id uuid.UUID) error{
		"Get": func(ctx context.Context, id uuid.UUID) error { _, err := s.Get(ctx, id); return err },
		"Edit": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Edit(ctx, id, 1, h.plan("改名"))
			return err
		},
		"Close": func(ctx context.Context, id uuid.UUID) error { _, err := s.Close(ctx, id, 1); return err },
		"Paper": func(ctx context.Context, id uuid.UUID) error { _, _, err := s.Paper(ctx, id); return err },
	}
}

// others name nothing of a tenant, with the test that keeps them apart.
var others = map[string]string{"List": "TestNobodyReachesANeighboursMeetings", "Create": "its own tenant; TestNobodyReachesANeighboursMeetings"}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	known := calls(h, h.meetings)
	service, ctx := reflect.TypeFor[*meetings.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() > 1 && m.Type.In(1) == ctx && known[m.Name] == nil && others[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

// leaks names the use cases by which a stranger reaches the meeting, or hears that it is there.
func leaks(calls map[string]func(context.Context, uuid.UUID) error, ctx context.Context, id uuid.UUID) []string {
	found := []string{}
	for name, call := range calls {
		missing := call(ctx, uuid.New())
		if err := call(ctx, id); !errs.Is(err, errs.NotFound) || missing == nil || err.Error() != missing.Error() {
			found = append(found, fmt.Sprintf("%s: %v; of a missing one: %v", name, err, missing))
		}
	}
	return found
}

func TestNobodyReachesANeighboursMeetings(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.Tenant("cppcc", "county"), h.Tenant("cppcc", "county")
	editor, stranger := o.Person("editor"), neighbour.Person("editor")
	h.happened(o, "甲")
	m := h.create(editor, "第一次例会")
	for who, p := range map[string]*tenancytest.Person{"neighbour": stranger, "member": o.Person("member"), "admin": o.Person("system_admin")} {
		for _, leak := range leaks(calls(h, h.meetings), p.Context(), m.ID) {
			t.Errorf("%s: %s", who, leak)
		}
	}
	if lines, err := h.meetings.List(stranger.Context(), h.Clock.Now().Add(time.Hour), 10); err != nil || len(lines) != 0 {
		t.Errorf("%+v, %v", lines, err)
	}
	if theirs := h.create(stranger, "邻县例会"); len(theirs.Changes) != 0 {
		t.Errorf("%+v", theirs)
	}
	if found := leaks(calls(h, h.meetings.Astray()), stranger.Context(), m.ID); len(found) == 0 {
		t.Error("the broken service was not noticed")
	}
	if again := h.get(editor, m.ID); again.Title != "第一次例会" || again.State != meetings.Planned {
		t.Errorf("a stranger changed it: %+v", again)
	}
}
