package reports_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// as runs one statement as superuser, which no code under test can do.
func (h *house) as(o *office, sql string, args ...any) {
	h.t.Helper()
	if _, err := h.TestDB.Admin(h.t).Exec(context.Background(), sql, append([]any{o.ID}, args...)...); err != nil {
		h.t.Fatal(err)
	}
}

func TestASealedTextThatWasTouchedIsNotShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	id := h.takenUp(county, "停车难")
	h.sign(county, id)
	above := h.send(county, city, id)
	h.as(city, `update report_versions set advice = '另一种建议' where tenant_id = $1 and report_id = $2`, above)
	texts, err := h.reports.Versions(city.editor.Context(), above)
	if err != nil || len(texts) != 1 || texts[0].Fault == "" || texts[0].Advice != "" || texts[0].Title != "" {
		t.Fatalf("%+v, %v", texts, err)
	}
}

func TestTextsCannotBeChangedByTheProgram(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	id := h.submitted(county, "停车难")
	for _, sql := range []string{
		`update report_versions set title = 'x' where tenant_id = $1 and report_id = $2`,
		`delete from report_versions where tenant_id = $1 and report_id = $2`,
		`delete from reports where tenant_id = $1 and id = $2`,
		`update report_outcomes set no = 1 where tenant_id = $1 and report_id = $2`,
	} {
		err := h.in(county.editor.Context(), func(ctx context.Context, tx *tenancy.Tx) error {
			_, err := tx.Exec(ctx, sql, tx.Tenant(), id)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func TestOfTwoWhoTakeUpOneDoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	id := h.submitted(county, "停车难")
	var all sync.WaitGroup
	results := make([]error, 6)
	for i := range results {
		p := county.Person("editor")
		all.Go(func() { _, results[i] = h.reports.TakeUp(p.Context(), id) })
	}
	all.Wait()
	done := 0
	for _, err := range results {
		if err == nil {
			done++
		} else if !errs.Is(err, errs.Conflict) {
			t.Error(err)
		}
	}
	if done != 1 {
		t.Fatalf("%d took it up", done)
	}
}

func TestAUnitsPeopleSeeTheirUnit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	mine, other := tenancy.NewID(), tenancy.NewID()
	h.as(county, `insert into units (tenant_id, id, name, created_at) values ($1, $2, '提案委', now()), ($1, $3, '文史委', now())`, mine, other)
	h.as(county, `insert into roles (tenant_id, code, name, class, origin) values ($1, 'head', '机构负责人', 'business', 'own')`)
	h.as(county, `insert into role_grants (tenant_id, role, permission, scope) values ($1, 'head', 'report:read', 'unit'), ($1, 'head', 'report:screen', 'unit')`)
	head := county.Person("member")
	h.as(county, `insert into role_holders (tenant_id, membership_id, role, class, granted_at) values ($1, $2, 'head', 'business', now())`, head.Membership)
	h.as(county, `update policies set version = 2 where tenant_id = $1`)
	head.Roles = append(head.Roles, "head")
	writer := func(unit uuid.UUID) *tenancytest.Person {
		p := county.Person("member")
		h.as(county, `update memberships set unit_id = $2 where tenant_id = $1 and id = $3`, unit, p.Membership)
		p.Unit = unit
		return p
	}
	h.as(county, `update memberships set unit_id = $2 where tenant_id = $1 and id = $3`, mine, head.Membership)
	head.Unit = mine
	q, err := h.DB.Read(head.Context())
	if err != nil {
		t.Fatal(err)
	}
	if head.Policy, err = h.Policies.Policy(head.Context(), q, 2); err != nil {
		t.Fatal(err)
	}
	seen := h.done(h.reports.Create(writer(mine).Context(), written("本机构的")))
	hidden := h.done(h.reports.Create(writer(other).Context(), written("别的机构的")))
	if ids := h.ids(head, reports.Filter{Box: "inbox"}); len(ids) != 1 || ids[0] != seen {
		t.Fatal(ids)
	}
	h.done(h.reports.TakeUp(head.Context(), seen))
	_, err = h.reports.TakeUp(head.Context(), hidden)
	h.refused(errs.NotFound, err)
}

func TestNobodyIsTheAuthorOfWhatCameByLetter(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	h.as(city, `insert into roles (tenant_id, code, name, class, origin) values ($1, 'scribe', '代录', 'business', 'own')`)
	h.as(city, `insert into role_grants (tenant_id, role, permission, scope) values ($1, 'scribe', 'report:write', 'tenant'), ($1, 'scribe', 'report:read', 'tenant')`)
	scribe := city.Person("member")
	h.as(city, `insert into role_holders (tenant_id, membership_id, role, class, granted_at) values ($1, $2, 'scribe', 'business', now())`, scribe.Membership)
	h.as(city, `update policies set version = 2 where tenant_id = $1`)
	id := h.takenUp(county, "停车难")
	h.sign(county, id)
	_, err := h.reports.Withdraw(scribe.Context(), h.send(county, city, id))
	h.refused(errs.Conflict, err)
}

func TestFilesHangOnTheReport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	upload := func(p *tenancytest.Person) uuid.UUID {
		t.Helper()
		id, err := h.files.Upload(p.Context(), "现场.pdf", []byte("%PDF-1.4 现场"))
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	n := written("停车难")
	n.Attachments = []uuid.UUID{upload(county.member)}
	id := h.done(h.reports.Create(county.member.Context(), n))
	if v := h.get(county.editor, id); len(v.Attachments) != 1 || v.Attachments[0].Name != "现场.pdf" {
		t.Fatalf("%+v", v.Attachments)
	}
	stolen := written("别人的文件")
	stolen.Attachments = []uuid.UUID{upload(county.editor)}
	if _, err := h.reports.Create(county.member.Context(), stolen); err == nil {
		t.Fatal("hung somebody else's file on a report")
	}
	if ids := h.ids(county.member, reports.Filter{Box: "mine"}); len(ids) != 1 {
		t.Fatal(ids)
	}
}
