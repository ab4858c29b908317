package search_test

import (
	"context"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"shangda/services/search"
)

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	service := reflect.TypeFor[*search.Service]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() > 1 && m.Type.In(1) == reflect.TypeFor[context.Context]() && accounted[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

// The function of the search reads the index of its words; the same question under the tenant's policy cannot: @@ is not
// leakproof. Both plans are of the very text of the function.
func TestTheSearchReadsItsIndex(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	office := l.Tenant("cppcc", "county")
	editor := office.Person("editor")
	ctx, admin := context.Background(), l.TestDB.Admin(t)
	if _, err := admin.Exec(ctx, `
		with made as (
			insert into reports (tenant_id, id, state, author_id, title, origin, created_at, updated_at, submitted_at)
			select $1, gen_random_uuid(), 'submitted', $2, '停车难', $1, now(), now(), now() - n * interval '1 minute' from generate_series(1, 20000) n returning id, submitted_at)
		insert into search_documents (tenant_id, report_id, listed_at, terms)
		select $1, id, submitted_at, array_to_tsvector(array['x|' || left(id::text, 3), 'x|~' || left(id::text, 3), 'x|every']) from made`, office.ID, editor.Membership); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Exec(ctx, `analyze search_documents`); err != nil {
		t.Fatal(err)
	}
	plan := func(role, text string) string {
		tx, err := admin.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(ctx) }()
		for _, set := range []string{`select set_config('app.tenant', '` + itoa(office.ID) + `', true)`, `set local role ` + role} {
			if _, err := tx.Exec(ctx, set); err != nil {
				t.Fatal(err)
			}
		}
		// As inside the function: its settings, and one plan made without knowing the question.
		for _, prepare := range []string{`set local plan_cache_mode = force_generic_plan`, `set local enable_seqscan = off`, `prepare asked (tsquery, tsquery, timestamptz, timestamptz, int) as ` + text} {
			if _, err := tx.Exec(ctx, prepare); err != nil {
				t.Fatal(err)
			}
		}
		defer func() { _, _ = tx.Exec(ctx, `deallocate asked`) }()
		rows, err := tx.Query(ctx, `explain (analyze, costs off, timing off, summary off) execute asked ($q$'x|abc'$q$, $q$'x|~abc'$q$, '-infinity', 'infinity', 300)`)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	}
	for _, function := range []string{"search_find", "search_count", "search_newest"} {
		var body string
		if err := admin.QueryRow(ctx, `select prosrc from pg_proc where proname = $1`, function).Scan(&body); err != nil {
			t.Fatal(err)
		}
		body = strings.NewReplacer("p_query", "$1", "p_title", "$2", "p_from", "$3", "p_to", "$4", "p_most", "$5").Replace(body)
		if shown := plan("shangda_search", body); !strings.Contains(shown, "Bitmap Index Scan on search_documents_terms") || strings.Contains(shown, "Seq Scan on search_documents") {
			t.Errorf("%s:\n%s", function, shown)
		} else {
			t.Logf("%s:\n%s", function, shown)
		}
		if shown := plan("shangda_app", body); strings.Contains(shown, "search_documents_terms") {
			t.Errorf("%s as the runtime role reads the index: the function is no longer needed\n%s", function, shown)
		}
	}
}

func itoa(n int32) string { return strconv.Itoa(int(n)) }
