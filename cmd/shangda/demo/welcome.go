package demo

import (
	"fmt"
	"io"
	"time"

	"shangda/cmd/shangda/demo/story"
)

// guests are who a visitor may be, in the order of the journey of a report.
var guests = []struct{ login, tenant, role string }{
	{"zhoumin", "a1-zx", "委员，写信息（手机页面 /m）"},
	{"xuwenjing", "a1-zx", "编辑，受理、编辑、报送"},
	{"hanzhiyuan", "a1-zx", "审签"},
	{"caolixin", "a1-zx", "主席，签发、看统计"},
	{"linyue", "a-zx", "编辑，收件、综合、转报"},
	{"yehongmei", "a-zx", "研究室主任，审签、采用"},
	{"zhaomingyuan", "a-zx", "主席，签发、看全市统计"},
	{"chenmohan", "p1-zx", "编辑，省级"},
	{"jiangyutong", "zx", "编辑，全国"},
	{"shenruolan", "a1-zx、a-mm", "两个单位的成员，可切换"},
	{"guanshuming", "a-zx", "系统管理员"},
	{"anlizhi", "a-zx", "安全管理员，角色权限"},
	{"shenjing", "a-zx", "审计管理员"},
	{"luoyiming", "platform", "平台运营，开通单位和报送关系"},
}

// Welcome says in one screen where to click and who to be.
func Welcome(out io.Writer, address, password string, took time.Duration) {
	names, units := map[string]string{}, map[string]string{}
	for _, p := range story.People() {
		names[p.Login] = p.Name
	}
	for _, o := range story.Organisations() {
		units[o.Code] = o.ShortName
	}
	fmt.Fprintf(out, "\n上达已启动（%.1f 秒）  http://%s   手机页面 http://%s/m\n\n", took.Seconds(), address, address)
	for _, g := range guests {
		unit, ok := units[g.tenant]
		if !ok {
			unit = "湖滨区政协、民盟临江市委"
		}
		fmt.Fprintf(out, "  %-12s %s  %s  %s\n", g.login, names[g.login], unit, g.role)
	}
	if password != "" {
		fmt.Fprintf(out, "\n密码（所有人相同，只显示这一次）：%s\n", password)
	} else {
		fmt.Fprint(out, "\n密码：首次启动时显示的那一个（忘了就换一个 SHANGDA_DATA 文件夹）\n")
	}
	fmt.Fprint(out, "按 Ctrl-C 结束。\n\n")
}
