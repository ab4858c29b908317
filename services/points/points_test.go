package points_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/internal/limit"
	"shangda/services/notices"
	"shangda/services/points"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// pool is the clues that were left, by form, and who was told.
type pool struct {
	left map[uuid.UUID]points.Left
	told map[uuid.UUID]int
}

func (p *pool) Leave(_ context.Context, tx *tenancy.Tx, l points.Left) (uuid.UUID, string, error) {
	if first, twice := p.left[l.Form]; twice {
		return uuid.Nil, first.Receipt, nil
	}
	p.left[l.Form] = l
	tx.Record(tenancy.Event{Kind: "clue.received", Subject: tenancy.Subject{Kind: "clue", ID: tenancy.NewID()}})
	return uuid.New(), l.Receipt, nil
}

func (p *pool) Yields(_ context.Context, _ tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]points.Yield, error) {
	all := map[uuid.UUID]points.Yield{}
	for _, l := range p.left {
		y := all[l.Point.ID]
		y.Clues++
		all[l.Point.ID] = y
	}
	return all, nil
}

func (p *pool) AtPoint(_ context.Context, _ tenancy.Querier, point uuid.UUID, _ string, _ int) ([]points.Item, string, error) {
	items := []points.Item{}
	for _, l := range p.left {
		if l.Point.ID == point {
			items = append(items, points.Item{Title: l.Title})
		}
	}
	return items, "", nil
}

func (p *pool) Tell(_ context.Context, _ *tenancy.Tx, to []uuid.UUID, _ notices.Notice) error {
	for _, m := range to {
		p.told[m]++
	}
	return nil
}

type fixture struct {
	*tenancytest.World
	*pool
	t      *testing.T
	s      *points.Service
	county *tenancytest.Tenant
	editor *tenancytest.Person
	keeper *tenancytest.Person
}

func setUp(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{World: tenancytest.New(t), pool: &pool{map[uuid.UUID]points.Left{}, map[uuid.UUID]int{}}, t: t}
	f.s = points.New(f.DB, tenancy.NewDirectory(f.Pool()), f.pool)
	f.s.Clues, f.s.Limit = f.pool, limit.New(nil)
	f.county = f.Tenant("cppcc", "county")
	f.editor, f.keeper = f.county.Person("editor"), f.county.Person("member")
	return f
}

func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) refused(kind errs.Kind, field string, err error) {
	f.t.Helper()
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != kind || field != "" && (len(e.Fields) == 0 || e.Fields[0].Name != field) {
		f.t.Fatalf("%v, want %s of %q", err, kind, field)
	}
}

func (f *fixture) station() points.NewPoint {
	return points.NewPoint{Kind: "station", Name: "城关民情驿站", Intro: "有话请讲", KeeperID: f.keeper.Membership,
		Fields: points.Fields{Name: points.Optional, Phone: points.Optional, Place: points.Required}}
}

func (f *fixture) point() points.Point {
	f.t.Helper()
	id, err := f.s.Create(f.editor.Context(), f.station())
	f.must(err)
	p, err := f.s.Get(f.editor.Context(), id)
	f.must(err)
	return p
}

// filled is a form as a person fills it in, in a minute.
func (f *fixture) filled() points.Filled {
	return points.Filled{Form: uuid.New(), OpenedAt: f.Clock.Now().Add(-time.Minute).UnixMilli(), Body: "小区门口路灯不亮，晚上走路不安全。", Name: "王秀英", Phone: "13800001234", Place: "城关镇"}
}

func (f *fixture) leave(ctx context.Context, code, address string, form points.Filled) (string, error) {
	return f.s.Leave(ctx, f.county.Code, code, address, form)
}

func TestAVisitorLeavesAClueAndGetsAReceipt(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	p, stranger := f.point(), context.Background()
	form, err := f.s.Open(stranger, f.county.Code, p.Code, "192.0.2.1")
	if err != nil || form.Name != "城关民情驿站" || form.Unit != f.county.Name || form.Member != "" || form.Fields.Place != points.Required {
		t.Fatalf("%+v, %v", form, err)
	}
	filled := f.filled()
	first, err := f.leave(stranger, p.Code, "192.0.2.1", filled)
	f.must(err)
	if again, err := f.leave(stranger, p.Code, "192.0.2.1", filled); err != nil || again != first || len(f.left) != 1 || f.told[f.keeper.Membership] != 1 {
		t.Fatalf("%s, then %s, %v; %d clues, told %d times", first, again, err, len(f.left), f.told[f.keeper.Membership])
	}
	if l := f.left[filled.Form]; l.Member != nil || l.Name != "王秀英" || l.Title != "小区门口路灯不亮，晚上走路不安全。" || len(first) != 13 {
		t.Fatalf("%+v, %s", l, first)
	}
	// A member of the unit who is logged in is recorded as such, whatever name he writes.
	member := f.filled()
	_, err = f.leave(f.keeper.Context(), p.Code, "192.0.2.2", member)
	f.must(err)
	if l := f.left[member.Form]; l.Member == nil || *l.Member != f.keeper.Membership || l.Name != "" {
		t.Fatalf("%+v", l)
	}
	// One of another unit is a stranger here.
	other := f.filled()
	_, err = f.leave(f.Tenant("cppcc", "county").Person("member").Context(), p.Code, "192.0.2.3", other)
	f.must(err)
	if f.left[other.Form].Member != nil {
		t.Fatal("a member of another unit is taken for one of this")
	}
	if got, err := f.s.Get(f.keeper.Context(), p.ID); err != nil || got.Clues != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	if came, _, err := f.s.Came(f.keeper.Context(), p.ID, "", 10); err != nil || len(came) != 3 {
		t.Fatal(came, err)
	}
}

func TestAClosedPointIsAsGoodAsNone(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	p := f.point()
	closed := f.station()
	closed.State = "closed"
	_, err := f.s.Edit(f.editor.Context(), p.ID, 1, closed)
	f.must(err)
	other := f.Tenant("cppcc", "county")
	for what, at := range map[string][2]string{"closed": {f.county.Code, p.Code}, "missing": {f.county.Code, "aaaaaaaa"}, "of another unit": {other.Code, p.Code}, "of no unit": {"nowhere", p.Code}} {
		_, openErr := f.s.Open(context.Background(), at[0], at[1], what)
		_, leaveErr := f.s.Leave(context.Background(), at[0], at[1], what, f.filled())
		for _, err := range []error{openErr, leaveErr} {
			if !errs.Is(err, errs.NotFound) || err.Error() != errs.Missing().Error() {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	if len(f.left) != 0 {
		t.Fatal("something was stored")
	}
	_, err = f.s.Edit(f.editor.Context(), p.ID, 2, f.station())
	f.must(err)
	_, err = f.leave(context.Background(), p.Code, "192.0.2.1", f.filled())
	f.must(err)
}

func TestABadFormIsRefusedByName(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	p := f.point()
	n := 0
	for field, spoil := range map[string]func(*points.Filled){
		"body":      func(x *points.Filled) { x.Body = "密级：机密\n路灯不亮" },
		"place":     func(x *points.Filled) { x.Place = " " },
		"phone":     func(x *points.Filled) { x.Phone = "打我电话" },
		"form":      func(x *points.Filled) { x.Form = uuid.Nil },
		"opened_at": func(x *points.Filled) { x.OpenedAt = f.Clock.Now().Add(-time.Second).UnixMilli() },
	} {
		form := f.filled()
		spoil(&form)
		n++
		_, err := f.leave(context.Background(), p.Code, fmt.Sprint("192.0.2.", n), form)
		f.refused(errs.Invalid, field, err)
	}
	trapped := f.filled()
	trapped.Website = "http://spam.example"
	if receipt, err := f.leave(context.Background(), p.Code, "192.0.2.99", trapped); err != nil || receipt == "" || len(f.left) != 0 {
		t.Fatalf("%s, %v, %d clues", receipt, err, len(f.left))
	}
}

func TestAnAddressTires(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	p := f.point()
	leave := func(address string) error {
		_, err := f.leave(context.Background(), p.Code, address, f.filled())
		return err
	}
	for range 10 {
		f.must(leave("2001:db8::1"))
	}
	f.refused(errs.Limited, "", leave("2001:db8::2")) // the same household
	f.must(leave("2001:db8:1::1"))
	f.Clock.Set(f.Clock.Now().Add(11 * time.Minute))
	f.must(leave("2001:db8::1"))
	for range 120 {
		_, err := f.s.Open(context.Background(), "nowhere", "x", "192.0.2.1")
		f.refused(errs.NotFound, "", err)
	}
	_, err := f.s.Open(context.Background(), f.county.Code, p.Code, "192.0.2.1")
	f.refused(errs.Limited, "", err)
}

func TestTheCodeOnTheWallIsAPicture(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	p := f.point()
	app := httpx.New(nil)
	app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(tenancy.With(c.UserContext(), f.editor.Principal))
		return c.Next()
	})
	f.s.Routes(&authz.API{App: app, Huma: humafiber.New(app, huma.DefaultConfig("test", "1"))})
	for query, want := range map[string]int{"": 200, "?scheme=http": 200, "?scheme=javascript": 422} {
		answer, err := app.Test(httptest.NewRequest("GET", "/api/v1/t/"+f.county.Code+"/points/"+p.ID.String()+"/code"+query, nil), -1)
		f.must(err)
		if answer.StatusCode != want {
			t.Fatalf("%s: %d", query, answer.StatusCode)
		}
		if want != 200 {
			continue
		}
		var body bytes.Buffer
		_, err = body.ReadFrom(answer.Body)
		f.must(err)
		picture, err := png.Decode(&body)
		if err != nil || picture.Bounds().Dx() != 720 {
			t.Fatal(err)
		}
		if r, _, _, _ := picture.At(5, 5).RGBA(); r != 0xffff {
			t.Fatal("no quiet margin")
		}
	}
}

func TestNobodyReachesANeighboursPoints(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	p, s := f.point(), f.s
	_, err := f.leave(context.Background(), p.Code, "192.0.2.1", f.filled())
	f.must(err)
	calls := map[string]func(ctx context.Context) error{
		"Get":  func(ctx context.Context) error { _, err := s.Get(ctx, p.ID); return err },
		"Edit": func(ctx context.Context) error { _, err := s.Edit(ctx, p.ID, 1, f.station()); return err },
		"Came": func(ctx context.Context) error { _, _, err := s.Came(ctx, p.ID, "", 10); return err },
		"MayRead": func(ctx context.Context) error {
			q, err := f.DB.Read(ctx)
			f.must(err)
			return s.MayRead(ctx, q, p.ID)
		},
		"List": func(ctx context.Context) error {
			all, err := s.List(ctx)
			if err == nil && len(all) == 0 {
				return errs.Missing()
			}
			return err
		},
	}
	elsewhere := map[string]string{"Create": "what one makes is one's own", "Open": "TestAClosedPointIsAsGoodAsNone", "Leave": "TestAClosedPointIsAsGoodAsNone"}
	service, ctx := reflect.TypeFor[*points.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		if m := service.Method(i); m.Type.NumIn() > 1 && m.Type.In(1) == ctx && calls[m.Name] == nil && elsewhere[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
	visitor := tenancy.System(context.Background(), f.county.Tenant, "visitor", "测试", authz.Actors())
	neighbour := f.Tenant("cppcc", "county").Person("editor").Context()
	for who, ctx := range map[string]context.Context{"neighbour": neighbour, "member": f.county.Person("member").Context(), "admin": f.county.Person("system_admin").Context(), "visitor": visitor} {
		for name, call := range calls {
			if err := call(ctx); !errs.Is(err, errs.NotFound) {
				t.Errorf("%s by the %s: %v", name, who, err)
			}
		}
	}
	if _, err := s.Edit(f.keeper.Context(), p.ID, 1, f.station()); !errs.Is(err, errs.Forbidden) {
		t.Errorf("the keeper changes his point: %v", err)
	}
	bad := f.station()
	bad.KeeperID, bad.Name = uuid.New(), ""
	_, err = s.Create(f.editor.Context(), bad)
	f.refused(errs.Invalid, "name", err)
	bad.Name = "驿站"
	_, err = s.Create(f.editor.Context(), bad)
	f.refused(errs.Invalid, "keeper_id", err)
}
