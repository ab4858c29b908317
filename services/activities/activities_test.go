package activities_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"shangda/internal/errs"
	"shangda/services/activities"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// desk is one calendar over the real letters; the test is the courier.
type desk struct {
	*tenancytest.World
	t       *testing.T
	s       *activities.Service
	letters *letters.Service
	told    map[uuid.UUID][]string
	roles   map[int32][]string
}

func (d *desk) Tell(_ context.Context, _ *tenancy.Tx, to []uuid.UUID, n notices.Notice) error {
	for _, m := range to {
		d.told[m] = append(d.told[m], n.Text)
	}
	return nil
}

func (d *desk) TellRoles(_ context.Context, tx *tenancy.Tx, _ []string, n notices.Notice) error {
	d.roles[tx.Tenant()] = append(d.roles[tx.Tenant()], n.Text)
	return nil
}

func (d *desk) Yields(_ context.Context, _ tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]activities.Yield, error) {
	all := map[uuid.UUID]activities.Yield{}
	for _, id := range ids {
		all[id] = activities.Yield{Clues: 2, Reports: 1}
	}
	return all, nil
}

func setUp(t *testing.T) *desk {
	t.Helper()
	d := &desk{World: tenancytest.New(t), t: t, told: map[uuid.UUID][]string{}, roles: map[int32][]string{}}
	dir := tenancy.NewDirectory(d.Pool())
	d.letters = letters.New(d.DB, dir, nil, d.Keys())
	d.s = activities.New(d.DB, dir, d.letters, d)
	d.s.Clues = d
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) refused(kind errs.Kind, field string, err error) {
	d.t.Helper()
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != kind || field != "" && (len(e.Fields) == 0 || e.Fields[0].Name != field) {
		d.t.Fatalf("%v, want %s of %q", err, kind, field)
	}
}

// queued are the letters of a unit that are still to be carried, oldest first.
func (d *desk) queued(of *tenancytest.Tenant) []uuid.UUID {
	d.t.Helper()
	rows, err := d.TestDB.Admin(d.t).Query(context.Background(), `select id from letters_out where tenant_id = $1 and state = 'queued' order by id`, of.ID)
	d.must(err)
	defer rows.Close()
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		d.must(rows.Scan(&id))
		ids = append(ids, id)
	}
	return ids
}

func (d *desk) carry(from *tenancytest.Tenant) {
	d.t.Helper()
	for _, id := range d.queued(from) {
		d.must(d.letters.Deliver(context.Background(), from.ID, id))
	}
}

func (d *desk) calendar(p *tenancytest.Person) []activities.Activity {
	d.t.Helper()
	all, err := d.s.List(p.Context(), d.Clock.Now().AddDate(0, 0, -10), d.Clock.Now().AddDate(0, 1, 0), "")
	d.must(err)
	return all
}

func (d *desk) survey() activities.NewActivity {
	at := d.Clock.Now().Add(48 * time.Hour)
	return activities.NewActivity{Kind: "survey", Title: "养老服务调研", Body: "请各县准备材料。", Place: "城关镇", StartsAt: at, EndsAt: at.Add(3 * time.Hour)}
}

func TestUnitsBelowSeeWhatIsArrangedAbove(t *testing.T) {
	t.Parallel()
	d := setUp(t)
	city, county, other, province := d.Tenant("cppcc", "city"), d.Tenant("cppcc", "county"), d.Tenant("cppcc", "county"), d.Tenant("cppcc", "province")
	d.Line(county, city)
	d.Line(city, province)
	editor, member, clerk := city.Person("editor"), county.Person("member"), county.Person("editor")
	units, err := d.s.Below(editor.Context())
	if err != nil || len(units) != 1 || units[0].Tenant != county.Code {
		t.Fatalf("%+v, %v", units, err)
	}
	for _, wrong := range []*tenancytest.Tenant{other, province, city} {
		n := d.survey()
		n.Below = []string{county.Code, wrong.Code}
		_, err := d.s.Create(editor.Context(), n)
		d.refused(errs.Invalid, "below", err)
	}
	if len(d.calendar(editor)) != 0 {
		t.Fatal("half done")
	}
	n := d.survey()
	n.Below = []string{county.Code}
	id, err := d.s.Create(editor.Context(), n)
	d.must(err)
	if a, err := d.s.Get(editor.Context(), id); err != nil || len(a.Sendings) != 1 || a.Sendings[0].State != "queued" {
		t.Fatalf("%+v, %v", a, err)
	}
	d.carry(city)
	there := d.calendar(member)
	if len(there) != 1 || there[0].Title != n.Title || there[0].From == nil || there[0].From.Tenant != city.Code || len(there[0].Can) != 0 {
		t.Fatalf("%+v", there)
	}
	if got := d.roles[county.ID]; len(got) != 1 || !strings.Contains(got[0], "安排了活动") {
		t.Fatal(got)
	}
	// Below it can be read and given tasks, not changed.
	_, err = d.s.Edit(clerk.Context(), there[0].ID, 1, d.survey())
	d.refused(errs.Conflict, "", err)
	_, err = d.s.Cancel(clerk.Context(), there[0].ID, "不办了")
	d.refused(errs.Conflict, "", err)
	_, err = d.s.AddTask(clerk.Context(), there[0].ID, activities.NewTask{Text: "收集养老线索", DueOn: "2026-11-10", Members: []uuid.UUID{member.Membership}})
	d.must(err)
	if a, err := d.s.Get(editor.Context(), id); err != nil || len(a.Tasks) != 0 || a.Sendings[0].State != "delivered" {
		t.Fatalf("the tasks of a unit below are its own: %+v, %v", a, err)
	}
	// Changes and the cancellation come down too.
	changed := d.survey()
	changed.Place = "市民中心"
	_, err = d.s.Edit(editor.Context(), id, 1, changed)
	d.must(err)
	_, err = d.s.Edit(editor.Context(), id, 1, changed)
	d.refused(errs.Stale, "", err)
	_, err = d.s.Cancel(editor.Context(), id, "改在下月")
	d.must(err)
	d.carry(city)
	if a := d.calendar(member)[0]; a.Place != "市民中心" || a.State != activities.Cancelled || a.Reason != "改在下月" || !a.Mine {
		t.Fatalf("%+v", a)
	}
	if got := d.roles[county.ID]; len(got) != 3 || !strings.Contains(got[1], "调整") || !strings.Contains(got[2], "取消") {
		t.Fatal(got)
	}
	_, err = d.s.Send(editor.Context(), id, []string{county.Code})
	d.refused(errs.Conflict, "", err)
}

// TestWhatComesDownIsWhatStandsAbove: whatever is changed and however often letters are carried, in the end the calendar
// below says what the one above says.
func TestWhatComesDownIsWhatStandsAbove(t *testing.T) {
	t.Parallel()
	d := setUp(t)
	city, county := d.Tenant("cppcc", "city"), d.Tenant("cppcc", "county")
	d.Line(county, city)
	editor, member := city.Person("editor"), county.Person("member")
	rapid.Check(t, func(r *rapid.T) {
		n := d.survey()
		n.Below = []string{county.Code}
		id, err := d.s.Create(editor.Context(), n)
		d.must(err)
		for version := 1; version < 4; version++ {
			n.Title = rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(r, "title")
			_, err := d.s.Edit(editor.Context(), id, version, n)
			d.must(err)
			waiting := d.queued(city)
			for range rapid.IntRange(0, 3).Draw(r, "carried") { // out of order a letter waits; twice it does nothing
				letter := rapid.SampledFrom(waiting).Draw(r, "letter")
				_ = d.letters.Deliver(context.Background(), city.ID, letter)
			}
		}
		d.carry(city)
		above, err := d.s.Get(editor.Context(), id)
		d.must(err)
		same := slices.DeleteFunc(d.calendar(member), func(a activities.Activity) bool { return a.Title != above.Title })
		if len(same) == 0 {
			r.Fatalf("below nothing is called %s", above.Title)
		}
	})
	if above, below := len(d.calendar(editor)), len(d.calendar(member)); above != below {
		t.Fatalf("%d above, %d below", above, below)
	}
}

func TestATaskIsDoneByThoseItWasGivenTo(t *testing.T) {
	t.Parallel()
	d := setUp(t)
	county := d.Tenant("cppcc", "county")
	editor, ann, bo := county.Person("editor"), county.Person("member"), county.Person("member")
	id, err := d.s.Create(editor.Context(), d.survey())
	d.must(err)
	task := activities.NewTask{Text: "收集养老线索", DueOn: "2026-11-05", Members: []uuid.UUID{ann.Membership}}
	_, err = d.s.AddTask(ann.Context(), id, task)
	d.refused(errs.Forbidden, "", err)
	for field, spoil := range map[string]func(*activities.NewTask){
		"text":    func(n *activities.NewTask) { n.Text = "" },
		"due_on":  func(n *activities.NewTask) { n.DueOn = "2026-11-01" },
		"members": func(n *activities.NewTask) { n.Members = []uuid.UUID{uuid.New()} },
	} {
		n := task
		spoil(&n)
		_, err := d.s.AddTask(editor.Context(), id, n)
		d.refused(errs.Invalid, field, err)
	}
	_, err = d.s.AddTask(editor.Context(), id, task)
	d.must(err)
	if len(d.told[ann.Membership]) != 1 || !d.calendar(ann)[0].Mine || d.calendar(bo)[0].Mine {
		t.Fatal("who has the task does not know")
	}
	a, err := d.s.Get(ann.Context(), id)
	if err != nil || len(a.Tasks) != 1 || a.Tasks[0].Names[0] != ann.Name || !a.Tasks[0].Mine || a.Tasks[0].Overdue || a.Clues != 2 {
		t.Fatalf("%+v, %v", a, err)
	}
	d.Clock.Set(d.Clock.Now().AddDate(0, 0, 4))
	if a, err := d.s.Get(ann.Context(), id); err != nil || !a.Tasks[0].Overdue {
		t.Fatalf("%+v, %v", a, err)
	}
	_, err = d.s.FinishTask(bo.Context(), id, a.Tasks[0].ID)
	d.refused(errs.Forbidden, "", err)
	_, err = d.s.FinishTask(ann.Context(), uuid.New(), a.Tasks[0].ID)
	d.refused(errs.NotFound, "", err)
	_, err = d.s.FinishTask(ann.Context(), id, a.Tasks[0].ID)
	d.must(err)
	_, err = d.s.FinishTask(editor.Context(), id, a.Tasks[0].ID)
	d.refused(errs.Conflict, "", err)
}

func TestABadActivityIsRefusedByName(t *testing.T) {
	t.Parallel()
	d := setUp(t)
	editor := d.Tenant("cppcc", "county").Person("editor")
	for field, spoil := range map[string]func(*activities.NewActivity){
		"title":     func(n *activities.NewActivity) { n.Title = " " },
		"body":      func(n *activities.NewActivity) { n.Body = "秘密★5年" },
		"kind":      func(n *activities.NewActivity) { n.Kind = "party" },
		"starts_at": func(n *activities.NewActivity) { n.StartsAt = time.Time{} },
		"ends_at":   func(n *activities.NewActivity) { n.EndsAt = n.StartsAt.Add(-time.Second) },
	} {
		n := d.survey()
		spoil(&n)
		_, err := d.s.Create(editor.Context(), n)
		d.refused(errs.Invalid, field, err)
	}
	_, err := d.s.List(editor.Context(), d.Clock.Now(), d.Clock.Now(), "")
	d.refused(errs.Invalid, "to", err)
}

func TestNobodyReachesANeighboursActivities(t *testing.T) {
	t.Parallel()
	d := setUp(t)
	county, neighbour := d.Tenant("cppcc", "county"), d.Tenant("cppcc", "county")
	d.Line(neighbour, county) // one below sees no more than what was sent to it
	editor := county.Person("editor")
	id, err := d.s.Create(editor.Context(), d.survey())
	d.must(err)
	task := activities.NewTask{Text: "收集", DueOn: "2026-11-05", Members: []uuid.UUID{editor.Membership}}
	_, err = d.s.AddTask(editor.Context(), id, task)
	d.must(err)
	a, err := d.s.Get(editor.Context(), id)
	d.must(err)
	s := d.s
	calls := map[string]func(ctx context.Context) error{
		"Get":        func(ctx context.Context) error { _, err := s.Get(ctx, id); return err },
		"Edit":       func(ctx context.Context) error { _, err := s.Edit(ctx, id, 1, d.survey()); return err },
		"Cancel":     func(ctx context.Context) error { _, err := s.Cancel(ctx, id, "不办"); return err },
		"Send":       func(ctx context.Context) error { _, err := s.Send(ctx, id, []string{neighbour.Code}); return err },
		"AddTask":    func(ctx context.Context) error { _, err := s.AddTask(ctx, id, task); return err },
		"FinishTask": func(ctx context.Context) error { _, err := s.FinishTask(ctx, id, a.Tasks[0].ID); return err },
		"MayRead": func(ctx context.Context) error {
			q, err := d.DB.Read(ctx)
			d.must(err)
			return s.MayRead(ctx, q, id)
		},
		"List": func(ctx context.Context) error {
			all, err := s.List(ctx, d.Clock.Now(), d.Clock.Now().AddDate(0, 1, 0), "")
			if err == nil && len(all) == 0 {
				return errs.Missing()
			}
			return err
		},
		"Below": func(ctx context.Context) error {
			units, err := s.Below(ctx)
			if err == nil && !slices.ContainsFunc(units, func(u activities.Unit) bool { return u.Tenant == neighbour.Code }) {
				return errs.Missing()
			}
			return err
		},
	}
	service, ctx := reflect.TypeFor[*activities.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		if m := service.Method(i); m.Name != "Create" && m.Type.NumIn() > 1 && m.Type.In(1) == ctx && calls[m.Name] == nil {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
	for who, p := range map[string]*tenancytest.Person{"neighbour": neighbour.Person("editor"), "admin": county.Person("system_admin")} {
		for name, call := range calls {
			if err := call(p.Context()); !errs.Is(err, errs.NotFound) {
				t.Errorf("%s by the %s: %v", name, who, err)
			}
		}
	}
}
