package program_test

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shangda/tenancy/tenancytest"
)

// atOnce is how long a test waits for news from one unit to the next, on a machine that does much else under the race
// detector. The five seconds that people are promised are measured by the browser's journey "main".
const atOnce = 30 * time.Second

// unit is an organisation with the people through whose hands a report goes.
type unit struct {
	code, name                   string
	author, editor, head, signer *browser
}

type report struct {
	ID, Number, Title, Problem, Advice, State string
	Version                                   int
	Origin                                    *struct{ Tenant string }
	Adoptions                                 struct{ Reports, Times int }
}

type list[T any] struct{ Items []T }

type station struct {
	Kind, Text, Actor string
	Tenant            struct{ Code, Level string }
}

// unit opens an organisation in which reports go through two steps.
func (h *house) unit(kind, level string) (*tenancytest.Tenant, *unit) {
	h.t.Helper()
	t := h.world.Tenant(kind, level)
	u := &unit{code: t.Code, name: t.Name, author: h.as(t.Person("member")), editor: h.as(t.Person("editor")),
		head: h.as(t.PersonAt("office_head", "reviewer")), signer: h.as(t.Person("signer"))}
	chain(h.as(t.Person("system_admin")), "signer")
	return t, u
}

func chain(system *browser, signing string) {
	system.t.Helper()
	system.change(http.MethodPost, "/chains", map[string]any{"name": "两级审签", "applies_to": []string{"ordinary", "important", "urgent"},
		"steps": []any{map[string]string{"title": "研究室审核", "post": "office_head"}, map[string]string{"title": "主席签发", "role": signing}}})
}

// submit has the unit's author write and hand in a report.
func (u *unit) submit(title string) report {
	u.author.t.Helper()
	return post[report](u.author, "/reports", map[string]any{"title": title, "problem": title + "，群众反映强烈。", "cause": "管理责任不清。",
		"advice": "建议明确牵头部门。", "category": "城乡建设", "urgency": "urgent", "submit": true})
}

// received waits for the report of that number in the unit's inbox.
func (u *unit) received(number string) (found report) {
	u.editor.t.Helper()
	soon(u.editor.t, atOnce, number+" in the inbox of "+u.code, func() bool {
		for _, r := range get[list[report]](u.editor, "/reports?box=inbox&q="+number).Items {
			if r.Number == number {
				found = r
				return true
			}
		}
		return false
	})
	return found
}

// sign takes the report through the desk and both steps: taken up, edited with the unit's own mark, approved, signed.
func (u *unit) sign(id string) {
	u.editor.t.Helper()
	u.editor.change(http.MethodPost, "/reports/"+id+"/take-up", map[string]any{})
	u.edit(id)
}

func (u *unit) mark() string { return "【" + u.code + "办公室编辑意见】" }

// edit changes what is on the desk and has it signed.
func (u *unit) edit(id string) {
	u.editor.t.Helper()
	etag := u.editor.send(http.MethodGet, "/reports/"+id, nil).header.Get("ETag")
	u.editor.change(http.MethodPatch, "/reports/"+id, map[string]string{"advice": "建议由" + u.mark() + "牵头整改。"}, "If-Match", etag)
	u.review(id)
	if r := get[report](u.editor, "/reports/"+id); r.State != "signed" || !strings.Contains(r.Advice, u.mark()) {
		u.editor.t.Fatalf("after both steps at %s: %+v", u.code, r)
	}
}

func (u *unit) review(id string) {
	u.editor.t.Helper()
	review := post[struct{ ID string }](u.editor, "/reports/"+id+"/review", map[string]any{})
	if early := u.signer.send(http.MethodPost, "/reviews/"+review.ID+"/approve", map[string]string{}); early.status != http.StatusForbidden {
		u.editor.t.Fatalf("the last step before the first: %d %s", early.status, early.body)
	}
	u.head.change(http.MethodPost, "/reviews/"+review.ID+"/approve", map[string]string{"opinion": "同意" + u.mark()})
	u.signer.change(http.MethodPost, "/reviews/"+review.ID+"/approve", map[string]string{"opinion": "同意签发。"})
}

func (u *unit) forward(id string, to ...*unit) {
	u.editor.t.Helper()
	codes := []string{}
	for _, upper := range to {
		codes = append(codes, upper.code)
	}
	u.editor.change(http.MethodPost, "/reports/"+id+"/forwardings", map[string]any{"to": codes, "cover": "请予参考。"})
}

func (u *unit) adopt(id string) {
	u.head.t.Helper()
	u.head.change(http.MethodPost, "/reports/"+id+"/adopt", map[string]string{"form": "single"})
}

// tells reports whether the report's timeline has an adoption by that unit.
func tells(b *browser, id string, decider *unit, words string) bool {
	for _, s := range get[list[station]](b, "/reports/"+id+"/timeline").Items {
		if s.Tenant.Code == decider.code && strings.Contains(s.Text, words) {
			return true
		}
	}
	return false
}

// noticed reports whether the person has a notice of an adoption by that unit.
func noticed(b *browser, decider *unit) bool {
	for _, n := range get[list[struct{ Kind, Text string }]](b, "/notices?limit=100").Items {
		if n.Kind == "report.adopted" && strings.Contains(n.Text, decider.name) {
			return true
		}
	}
	return false
}

// watch opens the live stream and counts the changes of the subject.
func (b *browser) watch(id string) *atomic.Int32 {
	b.t.Helper()
	request, err := b.request(http.MethodGet, "/live", nil)
	if err != nil {
		b.t.Fatal(err)
	}
	response, err := (&http.Client{Jar: b.client.Jar}).Do(request.WithContext(b.t.Context()))
	if err != nil || response.StatusCode != http.StatusOK {
		b.t.Fatal(response, err)
	}
	seen := new(atomic.Int32)
	go func() {
		defer func() { _ = response.Body.Close() }()
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if line := lines.Text(); strings.HasPrefix(line, "data:") && strings.Contains(line, id) {
				seen.Add(1)
			}
		}
	}()
	return seen
}

// TestAReportGoesUpFourLevelsAndTheNewsComesBack is the main job: every level forwards along two lines at once, the city
// and the nation adopt, and author and units hear of it within seconds.
func TestAReportGoesUpFourLevelsAndTheNewsComesBack(t *testing.T) {
	h := start(t)
	var way, aside []*unit
	var tenants []*tenancytest.Tenant
	for _, level := range []string{"county", "city", "province", "national"} {
		tenant, u := h.unit("cppcc", level)
		front, side := h.unit("front", level)
		if n := len(tenants); n > 0 {
			h.world.FiguresLine(tenants[n-1], tenant)
			h.world.Line(tenants[n-1], front)
		}
		tenants, way, aside = append(tenants, tenant), append(way, u), append(aside, side)
	}
	county, city, nation := way[0], way[1], way[3]

	r := county.submit("老旧小区消防通道被占用")
	live := county.author.watch(r.ID)
	ids := []string{r.ID}
	for i, u := range way {
		if i > 0 {
			ids = append(ids, u.received(r.Number).ID)
		}
		u.sign(ids[i])
		if u == city {
			u.adopt(ids[i])
		}
		if u != nation {
			u.forward(ids[i], way[i+1], aside[i+1])
			aside[i+1].received(r.Number)
		}
	}
	before, decided := live.Load(), time.Now()
	nation.adopt(ids[3])

	soon(t, atOnce, "the author's timeline tells the national adoption", func() bool { return tells(county.author, r.ID, nation, "采用（单篇）") })
	soon(t, atOnce, "the author's page hears of it", func() bool { return live.Load() > before })
	for i, u := range way[:3] {
		soon(t, atOnce, "timeline and notice at "+u.code, func() bool { return tells(u.editor, ids[i], nation, "采用（单篇）") && noticed(u.editor, nation) })
	}
	if !noticed(county.author, nation) || !noticed(county.author, city) {
		t.Error("the author has no notice of an adoption")
	}
	t.Logf("told to all within %s", time.Since(decided).Round(time.Millisecond))

	if a := get[report](county.author, "/reports/"+r.ID).Adoptions; a.Reports != 1 || a.Times != 2 {
		t.Errorf("adopted by city and nation: %+v, want 1 篇 2 篇次", a)
	}
	figures(t, 2, county, city, way[2])
	secrets(t, county, r.ID, way[1:])
}

// figures: the adoptions of one origin report are one 篇 and so many 篇次, in its unit and wherever it is below.
func figures(t *testing.T, times int, county *unit, uppers ...*unit) {
	t.Helper()
	type board struct {
		Tree struct {
			Adopted struct{ Reports, Times int }
		}
	}
	soon(t, atOnce, "the county's own figures", func() bool {
		a := get[board](county.editor, "/boards/unit").Tree.Adopted
		return a.Reports == 1 && a.Times == times
	})
	for _, u := range uppers {
		soon(t, atOnce, "the figures of all below "+u.code, func() bool {
			a := get[board](u.editor, "/boards/tree").Tree.Adopted
			return a.Reports == 1 && a.Times == times
		})
	}
}

// secrets: nothing that upper units wrote can be read below.
func secrets(t *testing.T, county *unit, id string, uppers []*unit) {
	t.Helper()
	for _, b := range []*browser{county.author, county.editor, county.head, county.signer} {
		for _, path := range []string{"", "/timeline", "/versions", "/reviews", "/forwardings"} {
			r := b.send(http.MethodGet, "/reports/"+id+path, nil)
			for _, u := range uppers {
				if strings.Contains(r.body, u.mark()) {
					t.Errorf("%s shows what %s wrote: %s", path, u.code, r.body)
				}
			}
		}
	}
}

// TestTwoCountiesAreCombined: the city makes one report of two counties', the province adopts it, both authors hear.
func TestTwoCountiesAreCombined(t *testing.T) {
	h := start(t)
	provinceTenant, province := h.unit("cppcc", "province")
	cityTenant, city := h.unit("cppcc", "city")
	h.world.FiguresLine(cityTenant, provinceTenant)
	var counties []*unit
	var reports []report
	var parts []string
	for i := range 2 {
		tenant, county := h.unit("cppcc", "county")
		h.world.FiguresLine(tenant, cityTenant)
		r := county.submit(fmt.Sprintf("第%d县停车难", i+1))
		county.sign(r.ID)
		county.forward(r.ID, city)
		part := city.received(r.Number)
		city.editor.change(http.MethodPost, "/reports/"+part.ID+"/take-up", map[string]any{})
		counties, reports, parts = append(counties, county), append(reports, r), append(parts, part.ID)
	}
	combined := post[report](city.editor, "/combinations", map[string]any{"reports": parts, "title": "两县停车难", "problem": "两县均反映停车难。",
		"cause": "规划不足。", "advice": "统筹建设。", "category": "城乡建设"})
	city.edit(combined.ID)
	city.forward(combined.ID, province)
	up := province.received(combined.Number)
	province.editor.change(http.MethodPost, "/reports/"+up.ID+"/take-up", map[string]any{})
	province.adopt(up.ID)
	for i, county := range counties {
		soon(t, atOnce, "told to the author in "+county.code, func() bool { return tells(county.author, reports[i].ID, province, "采用（综合）") })
		if a := get[report](county.author, "/reports/"+reports[i].ID).Adoptions; a.Reports != 1 || a.Times != 1 {
			t.Errorf("%s: %+v, want one 篇次 a source", county.code, a)
		}
		if other := counties[1-i]; strings.Contains(county.author.send(http.MethodGet, "/reports/"+reports[i].ID+"/timeline", nil).body, other.code) {
			t.Errorf("%s learns of %s", county.code, other.code)
		}
	}
}

// TestReturnedUpstairsAndRecalled: what was returned by letter joins the same report when it comes again, and what nobody
// has taken up can be recalled.
func TestReturnedUpstairsAndRecalled(t *testing.T) {
	h := start(t)
	countyTenant, county := h.unit("cppcc", "county")
	cityTenant, city := h.unit("cppcc", "city")
	h.world.FiguresLine(countyTenant, cityTenant)
	r := county.submit("农村饮水工程管护缺位")
	county.sign(r.ID)
	county.forward(r.ID, city)
	up := city.received(r.Number)
	city.editor.change(http.MethodPost, "/reports/"+up.ID+"/take-up", map[string]any{})
	city.editor.change(http.MethodPost, "/reports/"+up.ID+"/return", map[string]string{"reason_code": "no_data", "reason": "请补充涉及的村数。"})
	soon(t, atOnce, "back on the county's desk", func() bool { return get[report](county.editor, "/reports/"+r.ID).State == "editing" })
	if body := county.author.send(http.MethodGet, "/reports/"+r.ID+"/timeline", nil).body; !strings.Contains(body, "请补充涉及的村数。") {
		t.Errorf("the reason is not told: %s", body)
	}
	county.edit(r.ID)
	county.forward(r.ID, city)
	if again := city.received(r.Number); again.ID != up.ID {
		t.Errorf("came again as another report: %s, was %s", again.ID, up.ID)
	}
	sealed := 0
	for _, v := range get[list[struct{ Kind, Fault string }]](city.editor, "/reports/"+up.ID+"/versions").Items {
		if v.Kind == "sealed" && v.Fault == "" {
			sealed++
		}
	}
	if sealed != 2 {
		t.Errorf("%d sealed texts, want both letters", sealed)
	}

	sent := get[list[struct{ ID, State string }]](county.editor, "/reports/"+r.ID+"/forwardings").Items
	county.editor.change(http.MethodPost, "/forwardings/"+sent[len(sent)-1].ID+"/recall", map[string]any{})
	soon(t, atOnce, "recalled upstairs", func() bool { return get[report](city.editor, "/reports/"+up.ID).State == "recalled" })
	if late := city.editor.send(http.MethodPost, "/reports/"+up.ID+"/take-up", map[string]any{}); late.status != http.StatusConflict {
		t.Errorf("taking up what was recalled: %d %s", late.status, late.body)
	}
}
