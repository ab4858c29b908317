package similarity_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/similarity"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func TestTheSameMatterIsFound(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "county")
	author, editor := office.Person("member"), office.Person("editor")
	first := l.put(author, "submitted", mixer)
	l.put(author, "submitted", parking)
	again := l.put(office.Person("member"), "submitted", mixerAgain)
	copied := l.put(author, "submitted", mixer)
	c := l.of(editor, again)
	if len(c.Matches) != 2 || c.Matches[0].Score < 35 || c.Matches[0].Copied || c.Copied || c.Hidden != 0 {
		t.Fatalf("%+v", c)
	}
	if c := l.of(editor, copied); c.Matches[0].ID != first || !c.Matches[0].Copied || c.Matches[0].Score != 100 || !c.Copied {
		t.Fatalf("%+v", c)
	}
	b := l.badges(editor, first, again, copied)
	if b[copied].OtherID == nil || *b[copied].OtherID != first || !b[copied].Copied || b[again].Score == 0 || b[first].Score != 0 {
		t.Errorf("%+v", b)
	}
	// Edited into another matter, the report is no longer similar; back in its draft it is compared with nothing.
	k := l.all[office.ID][copied]
	k.Text = parking
	l.all[office.ID][copied] = k
	l.index(office, copied)
	if c := l.of(editor, first); len(c.Matches) != 1 {
		t.Errorf("after the edit: %+v", c.Matches)
	}
	l.state(office, again, "draft")
	if c := l.of(editor, first); len(c.Matches) != 0 || c.Hidden != 0 {
		t.Errorf("a draft is compared with: %+v", c)
	}
}

// Who may not read the other report learns that there is one, and no more.
func TestTheWriterIsWarned(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office, neighbour := l.Tenant("cppcc", "county"), l.Tenant("cppcc", "county")
	one, two := office.Person("member"), office.Person("member")
	l.put(one, "submitted", mixer)
	check := func(p *tenancytest.Person, text similarity.Text) *similarity.Checked {
		return l.of(p, l.put(p, "draft", text))
	}
	if c := check(one, mixerAgain); len(c.Matches) != 1 || c.Matches[0].Title != mixer.Title || c.OnSubmit != "warn" {
		t.Errorf("%+v", c)
	}
	if c := check(two, mixerAgain); len(c.Matches) != 0 || c.Hidden != 1 {
		t.Errorf("%+v", c)
	}
	if c := check(two, mixer); !c.Copied || c.Hidden != 1 {
		t.Errorf("%+v", c)
	}
	if c := check(neighbour.Person("member"), mixer); c.Hidden != 0 || len(c.Matches) != 0 || c.Elsewhere {
		t.Errorf("the neighbour: %+v", c)
	}
	if c := check(two, similarity.Text{Title: "搅拌站"}); c.Hidden != 0 {
		t.Errorf("a word alone: %+v", c)
	}
}

func TestWhatTheTenantSetsForSubmissions(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "county")
	one, two := office.Person("member"), office.Person("member")
	first := l.put(one, "submitted", mixer)
	copied, similar, own := l.put(two, "draft", mixer), l.put(two, "draft", mixerAgain), l.put(one, "draft", mixer)
	if err := l.submit(two, copied); err != nil {
		t.Errorf("warned, not refused: %v", err)
	}
	l.set(office, 0, similarity.Rules{OnSubmit: "block"})
	err := l.submit(two, copied)
	l.refused(errs.Conflict, err)
	if strings.Contains(err.Error(), mixer.Title) {
		t.Errorf("tells the title of another's report: %v", err)
	}
	if err := l.submit(one, own); !errs.Is(err, errs.Conflict) || !strings.Contains(err.Error(), mixer.Title) {
		t.Errorf("of one's own: %v", err)
	}
	if err := l.submit(two, similar); err != nil {
		t.Errorf("similar is no copy: %v", err)
	}
	if err := l.DB.InTx(two.Context(), func(tx *tenancy.Tx) error { return l.service.Before(two.Context(), tx, copied, "edit") }); err != nil {
		t.Errorf("another action: %v", err)
	}
	l.set(office, 1, similarity.Rules{OnSubmit: "link"})
	l.state(office, copied, "submitted")
	if c := l.of(office.Person("editor"), copied); c.Matches[0].ID != first || c.Matches[0].Verdict != "duplicate" || c.Matches[0].DecidedBy != "" {
		t.Errorf("not linked: %+v", c.Matches)
	}
	l.index(office, copied) // once more changes nothing
	admin := office.Person("system_admin")
	if err := similarity.RulesOf.Set(admin.Context(), l.DB, 2, similarity.Rules{OnSubmit: "no"}); !errs.Is(err, errs.Invalid) {
		t.Error(err)
	}
}

func TestWhatIsSaidOfTwoReportsIsRemembered(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "county")
	author, editor := office.Person("member"), office.Person("editor")
	first, again, other := l.put(author, "submitted", mixer), l.put(author, "submitted", mixerAgain), l.put(author, "submitted", parking)
	decide := func(p *tenancytest.Person, a, b uuid.UUID, word string) error {
		return l.service.Decide(p.Context(), a, b, word)
	}
	if err := decide(editor, again, first, "different"); err != nil {
		t.Fatal(err)
	}
	if m := l.of(editor, first).Matches[0]; m.Verdict != "different" || m.DecidedBy != editor.Name {
		t.Errorf("from the other side: %+v", m)
	}
	l.index(office, again)
	if b := l.badges(editor, again); len(b) != 0 {
		t.Errorf("a badge for what was told apart: %+v", b)
	}
	if err := decide(editor, first, again, "duplicate"); err != nil {
		t.Fatal(err)
	}
	if err := decide(editor, first, other, "duplicate"); err != nil {
		t.Fatal(err)
	}
	if c := l.of(editor, first); len(c.Matches) != 2 || c.Matches[1].ID != other || c.Matches[1].Verdict != "duplicate" {
		t.Errorf("linked by hand: %+v", c.Matches)
	}
	if b := l.badges(editor, other); !b[other].Linked {
		t.Errorf("%+v", b)
	}
	l.refused(errs.Forbidden, decide(author, first, again, "different"))
	l.refused(errs.Invalid, decide(editor, first, again, "perhaps"))
	l.refused(errs.Invalid, decide(editor, first, first, "duplicate"))
	l.refused(errs.Conflict, decide(editor, l.put(editor, "draft", mixer), first, "duplicate"))
	q, err := l.DB.Read(editor.Context())
	if err != nil {
		t.Fatal(err)
	}
	n, err := tenancy.Scalar[int](context.Background(), q, `select count(*)::int from events where tenant_id = $1 and kind like 'similarity.%'`, q.Tenant())
	if err != nil || n != 3 {
		t.Errorf("%d events, %v", n, err)
	}
}

// The platform says yes or no about whole texts, once a report, from the day after, to those who take part.
func TestThePlatformSaysYesOrNo(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	county, city, apart := l.Tenant("cppcc", "county"), l.Tenant("cppcc", "city"), l.Tenant("cppcc", "city")
	l.set(apart, 0, similarity.Rules{OnSubmit: "warn"})
	long := similarity.Text{Title: "关于整治渡口村采砂船的建议", Problem: "渡口村江段十二条采砂船夜间偷采，河床下切两米有余，堤脚淘空，两处取水口停用，千亩菜地无水可灌，渔民网具屡被绞断。",
		Cause: "水政、海事、公安各管一段，夜间无人值守；船主在邻县登记，处罚后换船再来；砂价三年翻番。", Advice: "两县联合执法，江段装设雷达与摄像；船舶实名备案，一次偷采即吊销证照；堤脚抛石护岸，先复通取水口。"}
	near := similarity.Text{Title: "渡口村江段夜间偷采江砂严重", Problem: "渡口村十二条采砂船夜间偷采江砂，堤脚淘空，取水口停用，菜地无水可灌，请两县联合执法查处，先复通取水口，保护堤防安全和渔民生计。"}
	l.put(county.Person("member"), "submitted", long)
	l.put(apart.Person("member"), "submitted", parking)
	ask := func(t *tenancytest.Tenant, text similarity.Text) bool {
		editor := t.Person("editor")
		id := l.put(editor, "submitted", text)
		return l.of(editor, id).Elsewhere
	}
	if ask(city, long) {
		t.Error("on the same day: when a text came could be found out by asking")
	}
	l.Clock.Advance(24 * time.Hour)
	if !ask(city, long) {
		t.Error("the next day there is nothing")
	}
	if ask(city, near) {
		t.Error("about a matter, not a text: what others report could be found out")
	}
	if ask(apart, long) {
		t.Error("who does not take part is told")
	}
	wide := parking
	wide.Cause = strings.Repeat("广铁集团与开发公司协商后下发文件，职工只能接受，多次向房管、市场监管部门反映，均未得到明确答复，反映渠道不畅。", 2)
	l.put(apart.Person("member"), "submitted", wide)
	l.Clock.Advance(24 * time.Hour)
	if ask(city, wide) {
		t.Error("who does not take part is compared with")
	}
	// County leaves: its text is gone for the others from that moment.
	l.DB.Followers = []tenancy.Follower{l.service}
	l.set(county, 0, similarity.Rules{OnSubmit: "warn"})
	l.DB.Followers = nil
	fresh := l.Tenant("cppcc", "city")
	l.set(city, 0, similarity.Rules{OnSubmit: "warn"})
	if _, err := l.TestDB.Admin(t).Exec(context.Background(), `delete from platform.prints where tenant_id = $1`, city.ID); err != nil {
		t.Fatal(err)
	}
	if ask(fresh, long) {
		t.Error("after leaving")
	}
}

// However often a tenant asks, the platform answers so many questions a day.
func TestThePlatformAnswersSoOften(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	q, err := l.DB.Read(l.Tenant("cppcc", "county").Person("editor").Context())
	if err != nil {
		t.Fatal(err)
	}
	ask := func(prints string) *bool {
		answer, err := tenancy.Scalar[*bool](context.Background(), q, `select platform.prints_elsewhere($1::text::bigint[], '2026-11-02')`, prints)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	full := "{" + strings.Repeat("1,", 19) + "1}"
	if ask("{1,2,3}") != nil {
		t.Error("answers about a piece of a text")
	}
	answered := 0
	for range 520 {
		if ask(full) != nil {
			answered++
		}
	}
	if answered != 500 {
		t.Errorf("%d answers", answered)
	}
}

func TestNobodyReachesANeighboursReport(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office, neighbour := l.Tenant("cppcc", "county"), l.Tenant("cppcc", "county")
	author := office.Person("member")
	a, b := l.put(author, "submitted", mixer), l.put(author, "submitted", mixerAgain)
	stranger := neighbour.Person("member", "editor", "reviewer", "signer")
	own := l.put(stranger, "submitted", parking)
	ctx := stranger.Context()
	calls := map[string]func(id uuid.UUID) error{
		"Of":      func(id uuid.UUID) error { _, err := l.service.Of(ctx, id); return err },
		"Compare": func(id uuid.UUID) error { _, err := l.service.Compare(ctx, own, id); return err },
		"Decide":  func(id uuid.UUID) error { return l.service.Decide(ctx, id, own, "duplicate") },
	}
	for name, call := range calls {
		missing := call(uuid.New())
		for _, id := range []uuid.UUID{a, b} {
			if err := call(id); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
				t.Errorf("%s: %v; of a missing one %v", name, err, missing)
			}
		}
	}
	_, err := l.service.Badges(ctx, []uuid.UUID{own, a})
	l.refused(errs.NotFound, err)
	covered := map[string]bool{"Of": true, "Compare": true, "Decide": true, "Badges": true,
		"Before": true /* the caller's own report; TestWhatTheTenantSetsForSubmissions */, "Indexed": true, "Follow": true /* the transaction's tenant; TestThePlatformSaysYesOrNo */}
	service := reflect.TypeFor[*similarity.Service]()
	for i := range service.NumMethod() {
		if m := service.Method(i); m.Type.NumIn() > 1 && m.Type.In(1) == reflect.TypeFor[context.Context]() && !covered[m.Name] {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

func TestCommonPassagesAreMarked(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "county")
	editor := office.Person("editor")
	a, b := l.put(editor, "submitted", mixer), l.put(editor, "submitted", mixerAgain)
	c, err := l.service.Compare(editor.Context(), a, b)
	if err != nil {
		t.Fatal(err)
	}
	texts := func(p []similarity.Piece) (whole, common string) {
		for _, piece := range p {
			whole += piece.Text
			if piece.Common {
				common += piece.Text + "|"
			}
		}
		return whole, common
	}
	whole, common := texts(c.One.Problem)
	if whole != mixer.Problem || !strings.Contains(common, "丽发新城小区") || !strings.Contains(common, "老人孩子无法休息|") {
		t.Errorf("%s\n%s", whole, common)
	}
	if whole, _ := texts(c.Other.Advice); whole != mixerAgain.Advice || len(c.Other.Cause) != 0 {
		t.Errorf("%+v", c.Other)
	}
	if c.Match.Score < 35 {
		t.Errorf("%+v", c.Match)
	}
}
