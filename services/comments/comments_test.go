package comments

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// paper is one text of one tenant, seen by whom it lets.
type paper struct {
	tenant int32
	id     uuid.UUID
	text   Text
	hidden map[uuid.UUID]bool
}

func (p *paper) Commented(_ context.Context, q tenancy.Querier, id uuid.UUID) (Text, error) {
	if q.Tenant() != p.tenant || id != p.id || p.hidden[q.Principal().Membership] {
		return Text{}, errs.Missing()
	}
	return p.text, nil
}

type talk struct {
	*tenancytest.World
	t        *testing.T
	comments *Service
	paper    *paper
	county   *tenancytest.Tenant
	author   *tenancytest.Person
	editor   *tenancytest.Person
}

func newTalk(t *testing.T) *talk {
	w := tenancytest.New(t)
	k := &talk{World: w, t: t, comments: New(w.DB, notices.New(w.DB)), county: w.Tenant("cppcc", "county")}
	k.author, k.editor = k.county.Person("member"), k.county.Person("editor")
	k.paper = &paper{tenant: k.county.ID, id: tenancy.NewID(), hidden: map[uuid.UUID]bool{}, text: Text{Title: "停车难", Authors: []uuid.UUID{k.author.Membership},
		Sections: map[string]string{"problem": "车位只有两百个。居民有一千户。", "advice": "增设车位。"}}}
	k.comments.Subjects["report"] = k.paper
	return k
}

func (k *talk) write(p *tenancytest.Person, n NewComment) uuid.UUID {
	k.t.Helper()
	id, err := k.comments.Write(p.Context(), report(k.paper.id), n)
	if err != nil {
		k.t.Fatal(err)
	}
	return id
}

func (k *talk) of(p *tenancytest.Person) []Comment {
	k.t.Helper()
	list, err := k.comments.Of(p.Context(), report(k.paper.id))
	if err != nil {
		k.t.Fatal(err)
	}
	return list
}

func (k *talk) unread(p *tenancytest.Person) string {
	k.t.Helper()
	items, _, err := notices.New(k.DB).List(p.Context(), true, "", 100)
	if err != nil {
		k.t.Fatal(err)
	}
	texts := []string{}
	for _, n := range items {
		texts = append(texts, n.Text)
	}
	return strings.Join(texts, "\n")
}

func (k *talk) refused(kind errs.Kind, err error) {
	k.t.Helper()
	if !errs.Is(err, kind) {
		k.t.Fatalf("%v, want %s", err, kind)
	}
}

func TestEditorAndAuthorTalkAboutAPlace(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	other := k.county.Person("editor")
	asked := k.write(k.editor, NewComment{Section: "problem", Quote: "两百个", Place: 4, Text: " 哪一年的数据？\n"})
	if told := k.unread(k.author); !strings.Contains(told, k.editor.Name+"批注了《停车难》：哪一年的数据？") {
		t.Fatal(told)
	}
	if told := k.unread(other); told != "" {
		t.Fatal("not meant for him", told)
	}
	k.write(k.author, NewComment{Thread: &asked, Section: "title", Text: "2025 年物业台账。"})
	if told := k.unread(k.editor); !strings.Contains(told, "答复了批注") || k.unread(other) != "" {
		t.Fatal(told)
	}
	list := k.of(k.author)
	if len(list) != 2 || list[0].Text != "哪一年的数据？" || list[0].Place != 4 || list[0].OfAuthor || !list[1].OfAuthor || *list[1].ThreadID != asked || list[1].Section != "" {
		t.Fatalf("%+v", list)
	}
	if _, err := k.comments.Resolve(k.editor.Context(), asked, true); err != nil {
		t.Fatal(err)
	}
	if list := k.of(k.author); list[0].ResolvedBy != k.editor.Name || list[0].ResolvedAt == nil {
		t.Fatalf("%+v", list[0])
	}
	k.write(k.author, NewComment{Thread: &asked, Text: "还有一处要改。"})
	if list := k.of(k.editor); list[0].ResolvedAt != nil {
		t.Fatal("an answer opens it again")
	}
	_, err := k.comments.Resolve(k.editor.Context(), list[1].ID, true)
	k.refused(errs.Conflict, err)
}

func TestAnAuthorAsksTheOffice(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	k.write(k.author, NewComment{Text: "数据可以公开吗？"})
	if told := k.unread(k.editor); !strings.Contains(told, "数据可以公开吗") {
		t.Fatal(told)
	}
	if told := k.unread(k.author); told != "" {
		t.Fatal(told)
	}
}

func TestACommentHoldsOnToItsWords(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	k.write(k.editor, NewComment{Section: "problem", Quote: "居民有一千户", Place: 8, Text: "请核实"})
	for text, want := range map[string]int{
		"据统计，车位只有两百个。居民有一千户。":    12,
		"居民有一千户。车位只有两百个。居民有一千户。": 15,
		"车位只有两百个。居民有一千二百户。":      8, // its first half is enough
		"车位只有两百个。":               -1,
		"住户一千户。":                 2, // so is its last
	} {
		k.paper.text.Sections["problem"] = text
		if got := k.of(k.author)[0].Place; got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

func TestWhatCannotBeSaid(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	for _, n := range []NewComment{{}, {Text: strings.Repeat("长", 501)}, {Text: "机密★一年"}, {Text: "好", Section: "elsewhere"},
		{Text: "好", Section: "problem", Quote: "没有这句话在里面"}} {
		_, err := k.comments.Write(k.editor.Context(), report(k.paper.id), n)
		k.refused(errs.Invalid, err)
	}
	missing := uuid.New()
	_, err := k.comments.Write(k.editor.Context(), report(k.paper.id), NewComment{Thread: &missing, Text: "答"})
	k.refused(errs.NotFound, err)
	if len(k.of(k.editor)) != 0 {
		t.Error("a refused comment was kept")
	}
}

// calls is every use case, asked about the paper or a comment on it.
func calls(k *talk, comment uuid.UUID) map[string]func(ctx context.Context) error {
	return map[string]func(ctx context.Context) error{
		"Of": func(ctx context.Context) error { _, err := k.comments.Of(ctx, report(k.paper.id)); return err },
		"Write": func(ctx context.Context) error {
			_, err := k.comments.Write(ctx, report(k.paper.id), NewComment{Text: "好"})
			return err
		},
		"Resolve": func(ctx context.Context) error { _, err := k.comments.Resolve(ctx, comment, true); return err },
	}
}

func TestOnlyWhoSeesTheTextTakesPart(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	comment := k.write(k.editor, NewComment{Text: "好"})
	blind := k.county.Person("member")
	k.paper.hidden[blind.Membership] = true
	stranger := k.Tenant("cppcc", "county").Person("member", "editor", "reviewer")
	known := calls(k, comment)
	service, ctx := reflect.TypeFor[*Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() < 2 || m.Type.In(1) != ctx {
			continue
		}
		call := known[m.Name]
		if call == nil {
			t.Errorf("%s is in no isolation test", m.Name)
			continue
		}
		k.refused(errs.NotFound, call(blind.Context()))
		k.refused(errs.NotFound, call(stranger.Context()))
	}
	// An answer cannot be hung on another text's comment.
	other := &paper{tenant: k.county.ID, id: tenancy.NewID(), text: Text{Title: "另一篇"}}
	k.comments.Subjects["report"] = other
	_, err := k.comments.Write(k.editor.Context(), report(other.id), NewComment{Thread: &comment, Text: "错位"})
	k.refused(errs.NotFound, err)
}
