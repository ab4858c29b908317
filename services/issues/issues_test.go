package issues_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/issues"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func TestAnIssueFromItsArrangementToItsWithdrawal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := h.signed(o, "关于加装电梯的建议")
	draft := h.done(h.issues.Create(o.editor.Context(), o.ordinary, []uuid.UUID{report}))
	v := h.get(o.editor, draft)
	if v.State != issues.Draft || v.No != 1 || v.Total != 1 || v.ReportTo != "市委书记、市长" || len(v.Items) != 1 || v.Items[0].AuthorName != o.member.Name {
		t.Fatalf("%+v", v)
	}
	if _, err := h.issues.Release(o.editor.Context(), draft, v.Version); !errs.Is(err, errs.Forbidden) {
		t.Fatalf("an editor releases: %v", err)
	}
	if _, err := h.issues.Release(o.signer.Context(), draft, v.Version+1); !errs.Is(err, errs.Stale) {
		t.Fatalf("another version is released: %v", err)
	}
	h.done(h.issues.Release(o.signer.Context(), draft, v.Version))
	v = h.get(o.editor, draft)
	if v.State != issues.Released || v.Year != 2026 || v.No != 1 || v.Title != "关于加装电梯的建议" || v.ReleasedBy != o.signer.Name || len(v.Digest) != 64 {
		t.Fatalf("%+v", v)
	}
	if form := h.adoption(o.member, report); form != "single" {
		t.Fatalf("adopted %q", form)
	}
	stations, err := h.reports.Timeline(o.member.Context(), report)
	if err != nil || !slices.ContainsFunc(stations, func(e reports.TimelineEntry) bool {
		return strings.HasSuffix(e.Text, "编发《社情民意》2026年第1期")
	}) {
		t.Fatalf("%+v, %v", stations, err)
	}
	_, err = h.issues.Update(o.editor.Context(), draft, v.Version, content(v, "改"))
	h.refused(errs.Conflict, err)
	_, err = h.issues.Withdraw(o.signer.Context(), draft, " ")
	h.refused(errs.Invalid, err)
	h.done(h.issues.Withdraw(o.signer.Context(), draft, "数据有误"))
	v = h.get(o.editor, draft)
	if v.State != issues.Withdrawn || v.No != 1 || v.Reason != "数据有误" || v.Items[0].Problem == "" {
		t.Fatalf("%+v", v)
	}
	if form := h.adoption(o.member, report); form != "" {
		t.Fatalf("still adopted as %q", form)
	}
	if again := h.release(o, o.ordinary, report); again.No != 2 || h.adoption(o.member, report) != "single" {
		t.Fatalf("printed anew as %d", again.No)
	}
}

func TestWhatWasPrintedStays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	printed := h.release(o, o.ordinary, h.signed(o, "停车难"))
	all, err := h.issues.Journals(o.head.Context())
	if err != nil {
		t.Fatal(err)
	}
	j := all[slices.IndexFunc(all, func(j issues.Journal) bool { return j.ID == o.ordinary })]
	if j.Next != 2 || j.NextTotal != 2 {
		t.Fatalf("%+v", j)
	}
	changed := j.JournalInput
	changed.Name, changed.Head.Title = "新刊名", "新红头"
	h.done(h.issues.UpdateJournal(o.head.Context(), o.ordinary, j.Version, changed))
	if v := h.get(o.editor, printed.ID); v.Journal != "社情民意" || v.Head.Title != "" || v.Digest != printed.Digest {
		t.Fatalf("%+v", v)
	}
	changed.Start.No = 30
	_, err = h.issues.UpdateJournal(o.head.Context(), o.ordinary, j.Version+1, changed)
	h.refused(errs.Invalid, err)
	_, err = h.issues.UpdateJournal(o.head.Context(), o.ordinary, j.Version, j.JournalInput)
	h.refused(errs.Stale, err)
	_, err = h.TestDB.Admin(t).Exec(context.Background(), `update issue_prints set content = content || 'x'::bytea where tenant_id = $1`, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.issues.Get(o.editor.Context(), printed.ID); !errs.Is(err, errs.Internal) {
		t.Fatalf("another text is shown for what was printed: %v", err)
	}
}

func TestSeveralReportsOfOneIssue(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	first, second, third := h.signed(o, "停车难"), h.signed(o, "上学难"), h.signed(o, "看病难")
	h.done(h.reports.Adopt(o.signer.Context(), third, reports.NewAdoption{Form: "single"}))
	draft := h.done(h.issues.Create(o.editor.Context(), o.special, []uuid.UUID{first, second}))
	h.done(h.issues.Add(o.editor.Context(), draft, third))
	_, err := h.issues.Add(o.editor.Context(), draft, third)
	h.refused(errs.Conflict, err)
	v := h.get(o.editor, draft)
	_, err = h.issues.Release(o.signer.Context(), draft, v.Version)
	h.refused(errs.Invalid, err) // no common title
	c := content(v, "关于三件民生实事的专报")
	c.Items = []issues.ItemInput{c.Items[2], {ReportID: first, Heading: "城区停车"}, c.Items[1]}
	h.done(h.issues.Update(o.editor.Context(), draft, v.Version, c))
	_, err = h.issues.Update(o.editor.Context(), draft, v.Version, c)
	h.refused(errs.Stale, err)
	h.done(h.issues.Release(o.signer.Context(), draft, v.Version+1))
	v = h.get(o.leader, draft)
	var order []string
	for _, item := range v.Items {
		order = append(order, item.Heading+item.Title)
	}
	if !slices.Equal(order, []string{"看病难", "城区停车停车难", "上学难"}) || v.Title != "关于三件民生实事的专报" {
		t.Fatalf("%v", order)
	}
	for id, form := range map[uuid.UUID]string{first: "combined", second: "combined", third: "single"} {
		if got := h.adoption(o.member, id); got != form {
			t.Errorf("adopted as %q, want %q", got, form)
		}
	}
	h.done(h.issues.Withdraw(o.head.Context(), draft, "重编"))
	if h.adoption(o.member, first) != "" || h.adoption(o.member, third) != "single" {
		t.Error("the withdrawal took back another adoption than its own, or not its own")
	}
}

func TestWhoMayPutWhatIntoWhich(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	desk, signed := h.onDesk(o, "在办"), h.signed(o, "已签")
	_, err := h.issues.Create(o.editor.Context(), o.ordinary, []uuid.UUID{desk})
	h.refused(errs.Conflict, err)
	_, err = h.issues.Create(o.editor.Context(), o.express, []uuid.UUID{desk})
	h.refused(errs.Forbidden, err)
	for _, p := range []*tenancytest.Person{o.leader, o.signer} {
		_, err = h.issues.Create(p.Context(), o.ordinary, []uuid.UUID{signed})
		h.refused(errs.Forbidden, err)
	}
	for _, p := range []*tenancytest.Person{o.member, o.Person("system_admin")} {
		_, err = h.issues.Create(p.Context(), o.ordinary, []uuid.UUID{signed})
		h.refused(errs.NotFound, err)
	}
	express := h.release(o, o.express, desk)
	if express.No != 1 || express.Journal != "直通车" || h.adoption(o.member, desk) != "single" {
		t.Fatalf("%+v", express)
	}
	h.done(h.issues.Create(o.editor.Context(), o.ordinary, []uuid.UUID{signed}))
	_, err = h.issues.Create(o.editor.Context(), o.ordinary, []uuid.UUID{signed})
	h.refused(errs.Conflict, err)
	other := h.done(h.issues.Create(o.editor.Context(), o.special, []uuid.UUID{signed})) // another journal
	h.done(h.issues.Discard(o.editor.Context(), other))
	_, err = h.issues.Get(o.editor.Context(), other)
	h.refused(errs.NotFound, err)
	h.done(h.issues.Create(o.editor.Context(), o.special, []uuid.UUID{signed}))
}

func TestFaultsAreNamedAtTheirFields(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	draft := h.done(h.issues.Create(o.editor.Context(), o.ordinary, nil))
	c := issues.Content{Title: "机密★一年", Introduction: strings.Repeat("长", 2001), Dated: "昨天", Addressees: issues.Addressees{Copies: -1}}
	_, err := h.issues.Update(o.editor.Context(), draft, 1, c)
	h.refused(errs.Invalid, err)
	for _, field := range []string{"title", "introduction", "dated", "copies"} {
		if !strings.Contains(fieldsOf(err), field) {
			t.Errorf("%s is not named: %v", field, fieldsOf(err))
		}
	}
	_, err = h.issues.Release(o.signer.Context(), draft, 1)
	h.refused(errs.Invalid, err)
	_, err = h.issues.CreateJournal(o.head.Context(), issues.JournalInput{Name: "社情民意", Kind: issues.Ordinary})
	h.refused(errs.Invalid, err)
	_, err = h.issues.CreateJournal(o.editor.Context(), issues.JournalInput{Name: "新刊", Kind: issues.Ordinary})
	h.refused(errs.Forbidden, err)
}

func fieldsOf(err error) string {
	var names []string
	if e := (*errs.Error)(nil); errors.As(err, &e) {
		for _, f := range e.Fields {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, " ")
}

// atOnce releases drafts side by side and gives the numbers, and how many releases failed.
func atOnce(h *house, o *office, drafts []uuid.UUID) (numbers []int, failed int) {
	h.t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	begin := make(chan struct{})
	for _, id := range drafts {
		v := h.get(o.signer, id)
		all.Go(func() {
			<-begin
			_, err := h.issues.Release(o.signer.Context(), id, v.Version)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed++
			}
		})
	}
	close(begin)
	all.Wait()
	slices.SortFunc(drafts, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	for _, id := range slices.Compact(drafts) { // each once, though asked for twice
		if v := h.get(o.signer, id); v.State == issues.Released {
			numbers = append(numbers, v.No)
		}
	}
	slices.Sort(numbers)
	return numbers, failed
}

// TestNumbersHaveNoGapAndNoRepeat: fifty releases at once, some of which are refused, and one that is asked for twice.
func TestNumbersHaveNoGapAndNoRepeat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	var drafts []uuid.UUID
	for range 50 {
		drafts = append(drafts, h.arranged(o, o.ordinary, h.signed(o, "停车难")))
	}
	refused := h.done(h.issues.Create(o.editor.Context(), o.ordinary, nil)) // incomplete
	numbers, failed := atOnce(h, o, append(drafts, refused, drafts[0]))
	if failed != 2 || len(numbers) != 50 {
		t.Fatalf("%d failed, numbers %v", failed, numbers)
	}
	for i, no := range numbers {
		if no != i+1 {
			t.Fatalf("numbers %v", numbers)
		}
	}
	// A year begins anew; the running number goes on.
	h.Clock.Advance(70 * 24 * time.Hour)
	if v := h.release(o, o.ordinary, h.signed(o, "开年第一件")); v.Year != 2027 || v.No != 1 || v.Total != 51 {
		t.Fatalf("%d %d %d", v.Year, v.No, v.Total)
	}
}

// TestTheNumbersByHighestAreCaught: the same test finds the numbering that reads the highest number and adds one.
func TestTheNumbersByHighestAreCaught(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	var drafts []uuid.UUID
	for range 20 {
		drafts = append(drafts, h.arranged(o, o.ordinary, h.signed(o, "停车难")))
	}
	h.issues.NumberByHighest()
	if _, failed := atOnce(h, o, drafts); failed == 0 {
		t.Fatal("twenty releases at once by the highest number, and none fails: the test above proves nothing")
	}
}

func TestAUnitGoesOnWithItsNumbers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	in := issues.JournalInput{Name: "每日要情", Kind: issues.Ordinary, Active: true, Head: issues.Head{Style: "bulletin"}, Addressees: issues.Addressees{ReportTo: "市委"}}
	in.Start.No, in.Start.Total = 37, 1204
	journal := h.done(h.issues.CreateJournal(o.head.Context(), in))
	for i, want := range []int{37, 38} {
		if v := h.release(o, journal, h.signed(o, "停车难")); v.No != want || v.Total != 1204+i {
			t.Fatalf("%d, %d", v.No, v.Total)
		}
	}
}

// TestAnIssueTellsHowLongItTook: from the earliest submission among its reports to its release, without those withdrawn and
// without a neighbour's.
func TestAnIssueTellsHowLongItTook(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.office(), h.office()
	first := h.signed(o, "停车难")
	h.Clock.Advance(3 * time.Hour)
	h.release(o, o.special, h.signed(o, "上学难"), first)
	h.done(h.issues.Withdraw(o.signer.Context(), h.release(o, o.special, h.signed(o, "看病难")).ID, "重编"))
	slow := h.signed(o, "出行难")
	h.release(neighbour, neighbour.ordinary, h.signed(neighbour, "邻市"))
	h.Clock.Advance(30 * time.Minute)
	h.release(o, o.ordinary, slow)
	h.release(o, o.ordinary, h.signed(o, "看病难"))
	got, err := h.issues.Paces(o.leader.Context(), 2026)
	want := []issues.Pace{{Kind: issues.Special, Issues: 1, Median: 3, Most: 3}, {Kind: issues.Ordinary, Issues: 2, Median: 0.3, Most: 0.5}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	if got, err := h.issues.Paces(o.leader.Context(), 2025); err != nil || len(got) != 0 {
		t.Errorf("another year: %+v, %v", got, err)
	}
}

func TestTheListAndTheRegister(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.office(), h.office()
	h.release(neighbour, neighbour.ordinary, h.signed(neighbour, "邻市"))
	report := h.signed(o, "=停车难")
	h.release(o, o.ordinary, report)
	h.Clock.Advance(time.Minute)
	last := h.release(o, o.special, h.signed(o, "上学难"), h.signed(o, "看病难"))
	h.done(h.issues.Withdraw(o.signer.Context(), last.ID, "重编"))
	for f, want := range map[issues.Filter]int{{}: 2, {Journal: o.ordinary}: 1, {State: issues.Withdrawn}: 1, {Year: 2025}: 0, {Report: report}: 1, {Query: "上学"}: 1, {Limit: 1}: 1} {
		found, next, err := h.issues.List(o.leader.Context(), f)
		if err != nil || len(found) != want || (f.Limit == 1) != (next != "") {
			t.Errorf("%+v: %d, %q, %v", f, len(found), next, err)
		}
		if next != "" {
			if rest, _, err := h.issues.List(o.leader.Context(), issues.Filter{Cursor: next}); err != nil || len(rest) != 1 {
				t.Errorf("the next page: %d, %v", len(rest), err)
			}
		}
	}
	e, content, err := h.issues.Register(o.editor.Context(), 2026, uuid.Nil, documents.DOCX)
	if err != nil || e.Rows != 3 || len(content) == 0 {
		t.Fatalf("%+v, %v", e, err)
	}
	_, _, err = h.issues.Register(o.leader.Context(), 2026, uuid.Nil, documents.XLSX)
	h.refused(errs.Forbidden, err)
	q, err := h.DB.Read(o.editor.Context())
	if err != nil {
		t.Fatal(err)
	}
	taken, err := tenancy.Scalars[string](context.Background(), q, `select actor from events where tenant_id = $1 and kind = 'document.exported'`, q.Tenant())
	if err != nil || !slices.Equal(taken, []string{o.editor.Name}) {
		t.Fatal(taken, err)
	}
}
