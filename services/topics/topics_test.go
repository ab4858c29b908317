package topics

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

const taxonomyText = "\xef\xbb\xbflevel1,level2,level3\n城乡建设,城市建设和市政管理,供水排水\n城乡建设,物业管理,停车管理\n卫生计生,医疗服务,医患关系\n农村农业,农田水利,灌溉渠道\n" +
	"农村农业,农田水利,灌溉渠道\n"

const examplesText = "message_id,title,body,topic_level1\n1,小区停车难,物业收费混乱车位不足,城乡建设\n2,路面积水,排水管道堵塞雨后积水,城乡建设\n3,医院挂号难,专家号源紧张医生态度差,卫生计生\n4,疫苗短缺,社区医院没有疫苗,卫生计生\n5,其他,没有分类,\n"

// stocked is a folder with these files.
func stocked(t *testing.T, taxonomy, examples string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{taxonomyFile: taxonomy, examplesFile: examples} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// desk has one report, which its author reads.
type desk struct {
	author uuid.UUID
	id     uuid.UUID
	text   Text
}

func (d desk) Text(_ context.Context, q tenancy.Querier, id uuid.UUID) (Text, error) {
	if id != d.id || q.Principal().Membership != d.author {
		return Text{}, errs.Missing()
	}
	return d.text, nil
}

var program = []Category{{"城乡建设", []string{"物业管理", "城乡规划"}}, {"卫生健康", []string{"医疗服务", "公共卫生"}}, {"农村农业", []string{"农田水利"}}}

func TestACategoryIsSuggested(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	office := w.Tenant("cppcc", "county")
	author, other := office.Person("member"), office.Person("editor")
	folder := stocked(t, taxonomyText, examplesText)
	suggest := func(folder, title, body string) []Suggestion {
		d := desk{author.Membership, uuid.New(), Text{title, body}}
		found, err := New(w.DB, d, program, folder).Suggest(author.Context(), d.id)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	got := suggest(folder, "关于社区医院疫苗接种的建议", "社区医院专家少，疫苗接种排队时间长，医疗服务跟不上。")
	if len(got) == 0 || got[0].Category != "卫生健康" || got[0].Topic != "医疗服务" || strings.Join(got[0].Path, "/") != "卫生计生/医疗服务/医患关系" || got[0].Share <= 50 {
		t.Errorf("%+v", got)
	}
	got = suggest(folder, "关于维修灌溉渠道的建议", "灌溉渠道多年失修，千亩农田用不上水，影响春耕生产。")
	if len(got) == 0 || got[0].Category != "农村农业" || got[0].Topic != "农田水利" {
		t.Errorf("a subject without examples, named outright: %+v", got)
	}
	for name, folder := range map[string]string{"without a folder": "", "without the files": t.TempDir(), "with faulty files": stocked(t, "a,b,c\n", examplesText)} {
		if got := suggest(folder, "关于社区医院疫苗接种的建议", "社区医院专家少，疫苗接种排队时间长。"); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := suggest(folder, "停车", ""); len(got) != 0 {
		t.Errorf("of a word alone: %+v", got)
	}
	d := desk{author.Membership, uuid.New(), Text{"停车难", ""}}
	if _, err := New(w.DB, d, program, folder).Suggest(other.Context(), d.id); !errs.Is(err, errs.NotFound) {
		t.Errorf("of a report one may not read: %v", err)
	}
}

func TestFaultyTaxonomiesAreRefused(t *testing.T) {
	t.Parallel()
	if all, err := ReadTaxonomy(strings.NewReader(taxonomyText)); err != nil || len(all) != 4 {
		t.Fatal(all, err)
	}
	for name, text := range map[string]string{
		"empty": "", "another head": "a,b,c\n1,2,3\n", "the head alone": "level1,level2,level3\n", "two columns": "level1,level2,level3\na,b\n",
		"no second level": "level1,level2,level3\na,,c\n", "a name too long": "level1,level2,level3\na,b," + strings.Repeat("长", 61) + "\n",
		"too many": "level1,level2,level3\n" + lines(maxEntries+1), "an open quote": "level1,level2,level3\n\"a,b,c\n", "bad bytes": "level1,level2,level3\na,b,\xff\n",
	} {
		if all, err := ReadTaxonomy(strings.NewReader(text)); err == nil {
			t.Errorf("%s: %d entries", name, len(all))
		}
	}
}

func lines(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("甲,乙," + strings.Repeat("丙", i%50+1) + strings.Repeat("丁", i/50%8) + string(rune('a'+i/400)) + "\n")
	}
	return b.String()
}

// FuzzReadTaxonomy: whatever comes in, reading ends with entries that are whole, or with a fault.
func FuzzReadTaxonomy(f *testing.F) {
	for _, seed := range []string{taxonomyText, "", "level1,level2,level3\n\"a\nb\",c,d\n", "level1,level2,level3\r\na,b,c\r\n", "\xef\xbb", strings.Repeat("level1,level2,level3\n", 3)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := ReadTaxonomy(strings.NewReader(string(text)))
		if err != nil && len(all) > 0 {
			t.Fatal("entries beside a fault")
		}
		for _, e := range all {
			if e.check() != nil {
				t.Fatalf("%+v", e)
			}
		}
	})
}
