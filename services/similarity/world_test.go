package similarity_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/similarity"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// kept is a report with whose it is.
type kept struct {
	similarity.Report
	author uuid.UUID
}

// library is a world whose reports are what the tests say they are: the nouns are blind to each other.
type library struct {
	*tenancytest.World
	t       *testing.T
	service *similarity.Service
	all     map[int32]map[uuid.UUID]kept
}

func newLibrary(t *testing.T) *library {
	t.Helper()
	l := &library{World: tenancytest.New(t), t: t, all: map[int32]map[uuid.UUID]kept{}}
	l.service = similarity.New(l.DB, l)
	return l
}

// Readable are those the caller may read.
func (l *library) Readable(_ context.Context, q tenancy.Querier, ids []uuid.UUID) ([]similarity.Report, error) {
	var found []similarity.Report
	for _, id := range ids {
		k, ok := l.all[q.Tenant()][id]
		o := authz.Object{Read: authz.ReportRead, Owner: k.author, Private: k.State == "draft"}
		if ok && authz.Allows(q.Principal(), authz.ReportRead, o) {
			found = append(found, k.Report)
		}
	}
	return found, nil
}

// put keeps a report of the person's and lets the indexer see it.
func (l *library) put(p *tenancytest.Person, state string, t similarity.Text) uuid.UUID {
	l.t.Helper()
	l.Clock.Advance(time.Minute)
	r := similarity.Report{ID: tenancy.NewID(), Text: t, State: state, Author: p.Name, At: l.Clock.Now(), Made: true}
	if _, err := l.TestDB.Admin(l.t).Exec(context.Background(), `
		insert into reports (tenant_id, id, state, author_id, title, origin, created_at, updated_at) values ($1, $2, $3, $4, $5, $1, $6, $6)`,
		p.Tenant.ID, r.ID, state, p.Membership, t.Title, r.At); err != nil {
		l.t.Fatal(err)
	}
	if l.all[p.Tenant.ID] == nil {
		l.all[p.Tenant.ID] = map[uuid.UUID]kept{}
	}
	l.all[p.Tenant.ID][r.ID] = kept{r, p.Membership}
	l.index(p.Tenant, r.ID)
	return r.ID
}

func (l *library) state(t *tenancytest.Tenant, id uuid.UUID, state string) {
	l.t.Helper()
	k := l.all[t.ID][id]
	k.State = state
	l.all[t.ID][id] = k
	l.index(t, id)
}

func (l *library) index(t *tenancytest.Tenant, id uuid.UUID) {
	l.t.Helper()
	ctx := tenancy.System(context.Background(), t.Tenant, "indexer", "test", authz.Actors())
	if err := l.DB.InTx(ctx, func(tx *tenancy.Tx) error { return l.service.Indexed(ctx, tx, l.all[t.ID][id].Report) }); err != nil {
		l.t.Fatal(err)
	}
}

func (l *library) set(t *tenancytest.Tenant, version int, rules similarity.Rules) {
	l.t.Helper()
	if err := similarity.RulesOf.Set(t.Person("system_admin").Context(), l.DB, version, rules); err != nil {
		l.t.Fatal(err)
	}
}

func (l *library) of(p *tenancytest.Person, id uuid.UUID) *similarity.Checked {
	l.t.Helper()
	c, err := l.service.Of(p.Context(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	return c
}

func (l *library) badges(p *tenancytest.Person, ids ...uuid.UUID) map[uuid.UUID]similarity.Badge {
	l.t.Helper()
	list, err := l.service.Badges(p.Context(), ids)
	if err != nil {
		l.t.Fatal(err)
	}
	all := map[uuid.UUID]similarity.Badge{}
	for _, b := range list {
		all[b.ReportID] = b
	}
	return all
}

// submit asks the gate as the author would.
func (l *library) submit(p *tenancytest.Person, id uuid.UUID) error {
	return l.DB.InTx(p.Context(), func(tx *tenancy.Tx) error { return l.service.Before(p.Context(), tx, id, "submit") })
}

func (l *library) refused(kind errs.Kind, err error) {
	l.t.Helper()
	if !errs.Is(err, kind) {
		l.t.Fatalf("%v, want %s", err, kind)
	}
}

var (
	mixer = similarity.Text{Title: "关于搬迁丽发新城小区旁搅拌站的建议",
		Problem: "暮云街道丽发新城小区旁不到百米处建有大型搅拌站，早六点至晚八点不停运转，噪音、扬尘严重，老人孩子无法休息，阳台不能晾晒衣物，三万余居民多次反映没有结果。",
		Cause:   "搅拌站由绿心范围内迁来，选址未征求业主意见，环评没有公示，属地和环保部门相互推诿。", Advice: "责令停产整改，限期搬迁；今后此类项目须在小区公示并听证。"}
	mixerAgain = similarity.Text{Title: "丽发新城附近搅拌站噪音扬尘扰民亟待解决",
		Problem: "丽发新城小区居民反映，离小区不足百米的搅拌站噪音扬尘污染严重，影响三万居民生活，白天老人孩子无法休息。", Advice: "请环保部门查处并搬迁搅拌站。"}
	parking = similarity.Text{Title: "关于规范房屋与车位捆绑销售的建议",
		Problem: "滨河苑楼盘要求购房者一对一购买十二万元的车位，不买就取消购房资格，已收认购款十八万元却不签合同。", Advice: "查处捆绑销售，退还认购款。"}
)
