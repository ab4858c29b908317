package requirements_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/services/requirements"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// place is the real letters between units; the test is the courier.
type place struct {
	*tenancytest.World
	t       *testing.T
	s       *requirements.Service
	letters *letters.Service
}

func newPlace(t *testing.T) *place {
	t.Helper()
	t.Parallel()
	w := tenancytest.New(t)
	dir := tenancy.NewDirectory(w.Pool())
	p := &place{World: w, t: t, letters: letters.New(w.DB, dir, nil, w.Keys())}
	p.s = requirements.New(w.DB, dir, p.letters, notices.New(w.DB))
	return p
}

func (p *place) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// queued are the letters of a unit that are still to be carried, oldest first.
func (p *place) queued(of *tenancytest.Tenant) []uuid.UUID {
	p.t.Helper()
	rows, err := p.TestDB.Admin(p.t).Query(context.Background(), `select id from letters_out where tenant_id = $1 and state = 'queued' order by id`, of.ID)
	p.must(err)
	defer rows.Close()
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		p.must(rows.Scan(&id))
		ids = append(ids, id)
	}
	return ids
}

func (p *place) carry(from *tenancytest.Tenant) {
	p.t.Helper()
	for _, id := range p.queued(from) {
		p.must(p.letters.Deliver(context.Background(), from.ID, id))
	}
}

func (p *place) above(reader *tenancytest.Person) []requirements.FromAbove {
	p.t.Helper()
	list, err := p.s.Above(reader.Context())
	p.must(err)
	return list
}

func (p *place) of(reader *tenancytest.Person, upper *tenancytest.Tenant) requirements.Published {
	p.t.Helper()
	q, err := p.DB.Read(reader.Context())
	p.must(err)
	found, err := p.s.Of(reader.Context(), q, upper.ID)
	p.must(err)
	return found
}

var strict = requirements.Requirements{Text: "一事一报，事实清楚。", MostChars: 1500, Sheet: true, Topics: []string{" 养老 服务", "养老 服务", ""}, AnswerDays: 10, MostReturns: 2}

func TestWhatIsPublishedReachesWhoReports(t *testing.T) {
	p := newPlace(t)
	city, county, other, later := p.Tenant("cppcc", "city"), p.Tenant("cppcc", "county"), p.Tenant("cppcc", "county"), p.Tenant("cppcc", "county")
	p.Line(county, city)
	editor, clerk := city.Person("editor"), county.Person("editor")
	if got := p.of(clerk, city); got.Version != 0 || got.AnswerDays != requirements.Shipped.AnswerDays {
		t.Fatalf("before: %+v", got)
	}
	units, err := p.s.Publish(editor.Context(), 0, strict)
	if err != nil || units != 1 {
		t.Fatalf("%d units, %v", units, err)
	}
	p.carry(city)
	list := p.above(clerk)
	if len(list) != 1 || list[0].Upper.Code != city.Code || list[0].Version != 1 || !list[0].Sheet || list[0].MostChars != 1500 || strings.Join(list[0].Topics, "/") != "养老 服务" {
		t.Fatalf("%+v", list)
	}
	if unread, _, err := notices.New(p.DB).List(clerk.Context(), true, "", 10); err != nil || len(unread) != 1 || !strings.Contains(unread[0].Text, "发布了报送要求") {
		t.Errorf("%+v, %v", unread, err)
	}
	if got := p.of(other.Person("editor"), city); got.Version != 0 {
		t.Errorf("a unit without a line hears of it: %+v", got)
	}
	// A line opened later: published again, unchanged, it goes there too.
	p.Line(later, city)
	if got, err := p.s.Get(editor.Context()); err != nil || got.Version != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	units, err = p.s.Publish(editor.Context(), 1, strict)
	p.must(err)
	p.carry(city)
	if got := p.of(later.Person("editor"), city); units != 2 || got.Version != 2 || got.Text != strict.Text {
		t.Errorf("%d units, %+v", units, got)
	}
	if _, err := p.s.Publish(editor.Context(), 1, strict); !errs.Is(err, errs.Stale) {
		t.Errorf("over a newer version: %v", err)
	}
}

func TestAnOlderVersionThatComesLateChangesNothing(t *testing.T) {
	p := newPlace(t)
	city, county := p.Tenant("cppcc", "city"), p.Tenant("cppcc", "county")
	p.Line(county, city)
	editor, clerk := city.Person("editor"), county.Person("editor")
	for version, chars := range []int{1500, 1200} {
		r := strict
		r.MostChars = chars
		_, err := p.s.Publish(editor.Context(), version, r)
		p.must(err)
	}
	ids := p.queued(city)
	if len(ids) != 2 {
		t.Fatal(ids)
	}
	// The courier keeps the order; were it lost, the version still decides.
	_, err := p.TestDB.Admin(t).Exec(context.Background(), `update letters_out set state = 'failed' where tenant_id = $1 and id = $2`, city.ID, ids[0])
	p.must(err)
	p.must(p.letters.Deliver(context.Background(), city.ID, ids[1]))
	_, err = p.TestDB.Admin(t).Exec(context.Background(), `update letters_out set state = 'queued' where tenant_id = $1 and id = $2`, city.ID, ids[0])
	p.must(err)
	p.must(p.letters.Deliver(context.Background(), city.ID, ids[0]))
	if got := p.of(clerk, city); got.Version != 2 || got.MostChars != 1200 {
		t.Errorf("%+v", got)
	}
}

func TestFaultyRequirements(t *testing.T) {
	p := newPlace(t)
	editor := p.Tenant("cppcc", "city").Person("editor")
	for field, change := range map[string]func(*requirements.Requirements){
		"text":         func(r *requirements.Requirements) { r.Text = strings.Repeat("字", 2001) },
		"topics":       func(r *requirements.Requirements) { r.Topics = []string{strings.Repeat("字", 41)} },
		"most_chars":   func(r *requirements.Requirements) { r.MostChars = -1 },
		"answer_days":  func(r *requirements.Requirements) { r.AnswerDays = 0 },
		"most_returns": func(r *requirements.Requirements) { r.MostReturns = 10 },
	} {
		r := strict
		change(&r)
		if _, err := p.s.Publish(editor.Context(), 0, r); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestIsolation asks every method as who may not.
func TestIsolation(t *testing.T) {
	p := newPlace(t)
	city, county, neighbour := p.Tenant("cppcc", "city"), p.Tenant("cppcc", "county"), p.Tenant("cppcc", "county")
	p.Line(county, city)
	editor, member, stranger := city.Person("editor"), city.Person("member"), neighbour.Person("editor")
	if _, err := p.s.Publish(member.Context(), 0, strict); !errs.Is(err, errs.Forbidden) {
		t.Errorf("a member publishes: %v", err)
	}
	_, err := p.s.Publish(editor.Context(), 0, strict)
	p.must(err)
	p.carry(city)
	for _, outsider := range []*tenancytest.Person{stranger, county.Person("editor")} {
		if got, err := p.s.Get(outsider.Context()); err != nil || got.Version != 0 {
			t.Errorf("%s has %+v, %v", outsider.Tenant.Code, got, err)
		}
		q, err := p.DB.Read(outsider.Context())
		p.must(err)
		if got, err := p.s.Own(outsider.Context(), q); err != nil || got.Version != 0 {
			t.Errorf("%s has %+v, %v", outsider.Tenant.Code, got, err)
		}
	}
	if list := p.above(stranger); len(list) != 0 {
		t.Errorf("the neighbour sees %+v", list)
	}
	if got := p.of(stranger, city); got.Version != 0 {
		t.Errorf("the neighbour has %+v", got)
	}
}
