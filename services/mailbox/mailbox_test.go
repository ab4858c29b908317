package mailbox

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-maildir"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/internal/secret"
	"shangda/services/attachments"
	"shangda/services/notices"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// sink makes events of mails.
type sink struct{ made []Letter }

func (s *sink) make(tx *tenancy.Tx, kind string, l Letter) (uuid.UUID, error) {
	id := tenancy.NewID()
	tx.Record(tenancy.Event{Kind: kind + ".made", Subject: tenancy.Subject{Kind: kind, ID: id}})
	s.made = append(s.made, l)
	return id, nil
}

func (s *sink) Clue(_ context.Context, tx *tenancy.Tx, l Letter) (uuid.UUID, error) {
	return s.make(tx, "clue", l)
}

func (s *sink) Report(_ context.Context, tx *tenancy.Tx, l Letter) (uuid.UUID, bool, error) {
	id, err := s.make(tx, "report", l)
	return id, l.Submit, err
}

type house struct {
	*tenancytest.World
	mailbox *Service
	files   *attachments.Service
	sink    *sink
	county  *tenancytest.Tenant
	head    *tenancytest.Person
	clerk   *tenancytest.Person
	maildir string
}

func setUp(t *testing.T) *house {
	t.Helper()
	bucket, err := blob.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	w := tenancytest.New(t)
	h := &house{World: w, sink: &sink{}, files: attachments.New(w.DB, bucket), county: w.Tenant("cppcc", "county"), maildir: t.TempDir()}
	h.mailbox = New(w.DB, tenancy.NewDirectory(w.Pool()), h.files, notices.New(w.DB), h.sink, Options{Secrets: secret.NewBox(strings.Repeat("k", 32)), Inside: true, Maildirs: h.maildir})
	h.head, h.clerk = h.county.Person("reviewer"), h.county.Person("editor")
	return h
}

func (h *house) mailman(of *tenancytest.Tenant) context.Context {
	return tenancy.System(context.Background(), of.Tenant, "mailman", "test", authz.Actors())
}

// box opens a maildir for the county and makes it its mailbox.
func (h *house) box(t *testing.T) maildir.Dir {
	t.Helper()
	dir := filepath.Join(h.maildir, h.county.Code, "in")
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := maildir.Dir(dir).Init(); err != nil {
		t.Fatal(err)
	}
	if err := h.mailbox.Set(h.head.Context(), 0, Config{Kind: "maildir", Folder: "in", Active: true}, ""); err != nil {
		t.Fatal(err)
	}
	return maildir.Dir(dir)
}

func deliver(t *testing.T, dir maildir.Dir, raw string) {
	t.Helper()
	d, err := maildir.NewDelivery(string(dir))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = d.Write([]byte(raw))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// check reads until nothing is left.
func (h *house) check(t *testing.T) {
	t.Helper()
	for range 20 {
		more, err := h.mailbox.Check(h.mailman(h.county))
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return
		}
	}
	t.Fatal("it never ends")
}

func (h *house) mails(t *testing.T, state string) []Mail {
	t.Helper()
	found, err := h.mailbox.List(h.clerk.Context(), state, h.Clock.Now().Add(time.Hour), 100)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func plain(id, from, subject, text string) string {
	return fmt.Sprintf("From: %s\r\nSubject: %s\r\nMessage-ID: <%s>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s", from, subject, id, text)
}

func TestAMailBecomesOnceWhatItIs(t *testing.T) {
	t.Parallel()
	h := setUp(t)
	member := h.county.Person("member")
	if _, err := h.TestDB.Admin(t).Exec(t.Context(), `update memberships set email = 'wei@example.com' where id = $1`, member.Membership); err != nil {
		t.Fatal(err)
	}
	dir := h.box(t)
	picture := "--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n路灯坏了。\r\n--a\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\n说明\r\n--a\r\nContent-Disposition: attachment; filename=a.exe\r\n\r\nMZ\x00\r\n--a--"
	for range 2 { // the server delivers it twice
		deliver(t, dir, "From: li@example.com\r\nSubject: 路灯\r\nMessage-ID: <1@x>\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"+picture)
	}
	deliver(t, dir, plain("2@x", "Wei <WEI@example.com>", "停车", "没有车位。"))
	deliver(t, dir, plain("3@x", "li@example.com", "机密★一年", "内容"))
	deliver(t, dir, plain("4@x", "li@example.com", "空", ""))
	deliver(t, dir, plain("5@x", "li@example.com", "大", strings.Repeat("x", maxMail)))
	for range 2 {
		h.check(t)
	}
	if len(h.sink.made) != 2 {
		t.Fatalf("%d made: %+v", len(h.sink.made), h.sink.made)
	}
	byTitle := map[string]Letter{h.sink.made[0].Title: h.sink.made[0], h.sink.made[1].Title: h.sink.made[1]}
	if l := byTitle["路灯"]; l.Member != uuid.Nil || l.Address != "li@example.com" || !strings.Contains(l.Text, "a.exe") || !strings.Contains(l.Text, "来自邮件") {
		t.Errorf("%+v", l)
	}
	if l := byTitle["停车"]; l.Member != member.Membership || l.Submit {
		t.Errorf("%+v", l)
	}
	if told, _, err := notices.New(h.DB).List(member.Context(), true, "", 10); err != nil || len(told) != 1 || !strings.Contains(told[0].Text, "草稿") {
		t.Errorf("the member is told %+v, %v", told, err)
	}
	clues, drafts, refused := h.mails(t, BecameClue), h.mails(t, BecameDraft), h.mails(t, Refused)
	if len(clues) != 1 || len(drafts) != 1 || drafts[0].SubjectID != nil || len(refused) != 3 {
		t.Fatalf("%+v %+v %+v", clues, drafts, refused)
	}
	reasons := ""
	for _, m := range refused {
		reasons += m.Reason + "|"
		if strings.Contains(m.Subject, "机密") {
			t.Error("the marked subject is kept")
		}
	}
	for _, says := range []string{"纸质版", "没有文字", "超过"} {
		if !strings.Contains(reasons, says) {
			t.Errorf("%q not among %s", says, reasons)
		}
	}
	q, _ := h.DB.Read(h.clerk.Context())
	if files, err := h.files.Of(h.clerk.Context(), q, tenancy.Subject{Kind: "clue", ID: *clues[0].SubjectID}); err != nil || len(files) != 1 || files[0].Name != "a.txt" {
		t.Errorf("%+v, %v", files, err)
	}
}

func TestASubmissionByMailIsASetting(t *testing.T) {
	t.Parallel()
	h := setUp(t)
	member := h.county.Person("member")
	if _, err := h.TestDB.Admin(t).Exec(t.Context(), `update memberships set email = 'wei@example.com' where id = $1`, member.Membership); err != nil {
		t.Fatal(err)
	}
	dir := h.box(t)
	if err := h.mailbox.Set(h.head.Context(), 1, Config{Kind: "maildir", Folder: "in", Active: true, Submit: true}, ""); !errs.Is(err, errs.Invalid) {
		t.Errorf("without a category: %v", err)
	}
	if err := h.mailbox.Set(h.head.Context(), 1, Config{Kind: "maildir", Folder: "in", Active: true, Submit: true, Category: "民政"}, ""); err != nil {
		t.Fatal(err)
	}
	deliver(t, dir, plain("1@x", "wei@example.com", "停车", "没有车位。"))
	h.check(t)
	if len(h.sink.made) != 1 || !h.sink.made[0].Submit || h.sink.made[0].Category != "民政" || len(h.mails(t, BecameSubmitted)) != 1 {
		t.Fatalf("%+v", h.sink.made)
	}
}

func TestThePasswordIsNeverShown(t *testing.T) {
	t.Parallel()
	h := setUp(t)
	c := Config{Kind: "imap", Host: "imap.example.com", Port: 993, Security: "tls", Username: "zx", Folder: "INBOX", Active: true}
	if err := h.mailbox.Set(h.head.Context(), 0, c, ""); !errs.Is(err, errs.Invalid) {
		t.Errorf("without a password: %v", err)
	}
	if err := h.mailbox.Set(h.head.Context(), 0, c, "sesame-open"); err != nil {
		t.Fatal(err)
	}
	v, err := h.mailbox.Get(h.head.Context())
	if err != nil || !v.HasPassword || strings.Contains(fmt.Sprintf("%+v", v), "sesame") {
		t.Fatalf("%+v, %v", v, err)
	}
	var kept []byte
	if err := h.TestDB.Admin(t).QueryRow(t.Context(), `select secret from mailboxes where tenant_id = $1`, h.county.ID).Scan(&kept); err != nil || bytes.Contains(kept, []byte("sesame")) {
		t.Fatalf("%q, %v", kept, err)
	}
	if err := h.mailbox.Set(h.head.Context(), 0, c, ""); !errs.Is(err, errs.Stale) {
		t.Errorf("over another's change: %v", err)
	}
	c.Folder = "政协"
	if err := h.mailbox.Set(h.head.Context(), 1, c, ""); err != nil {
		t.Errorf("another folder of the same server: %v", err)
	}
	c.Host = "evil.example.com"
	if err := h.mailbox.Set(h.head.Context(), 2, c, ""); !errs.Is(err, errs.Invalid) {
		t.Errorf("the password would go to another server: %v", err)
	}
	h.mailbox.options.Inside = false
	for _, bad := range []Config{{Kind: "imap", Host: "imap.example.com", Port: 6379, Security: "tls", Username: "a", Folder: "INBOX"}, {Kind: "imap", Host: "imap.example.com", Port: 143, Security: "none", Username: "a", Folder: "INBOX"},
		{Kind: "imap", Host: "a b", Port: 993, Security: "tls", Username: "a", Folder: "INBOX"}, {Kind: "maildir", Folder: "../x"}, {Kind: "maildir", Folder: ".."}, {Kind: "pop"}} {
		if err := h.mailbox.Set(h.head.Context(), 2, bad, "x"); !errs.Is(err, errs.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	c.Host = "127.0.0.1"
	if err := h.mailbox.Set(h.head.Context(), 2, c, "x"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.mailbox.Check(h.mailman(h.county)); err != nil {
		t.Fatal(err)
	}
	if v, _ := h.mailbox.Get(h.head.Context()); !strings.Contains(v.LastError, "内网") {
		t.Errorf("an address inside: %q", v.LastError)
	}
}

func TestNobodyReachesANeighboursMailbox(t *testing.T) {
	t.Parallel()
	h := setUp(t)
	dir := h.box(t)
	deliver(t, dir, plain("1@x", "li@example.com", "停车", "没有车位。"))
	neighbour := h.Tenant("cppcc", "county")
	if more, err := h.mailbox.Check(h.mailman(neighbour)); more || err != nil || len(h.sink.made) != 0 {
		t.Fatal(more, err)
	}
	h.check(t)
	if found, err := h.mailbox.List(neighbour.Person("editor").Context(), "", h.Clock.Now().Add(time.Hour), 10); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
	if v, err := h.mailbox.Get(neighbour.Person("reviewer").Context()); err != nil || v.Active || v.Version != 0 {
		t.Errorf("%+v, %v", v, err)
	}
	for who, ctx := range map[string]context.Context{"member": h.county.Person("member").Context(), "leader": h.county.Person("leader").Context()} {
		_, get := h.mailbox.Get(ctx)
		_, list := h.mailbox.List(ctx, "", h.Clock.Now(), 10)
		_, check := h.mailbox.Check(ctx)
		for what, err := range map[string]error{"Get": get, "List": list, "Check": check, "Ask": h.mailbox.Ask(ctx), "Set": h.mailbox.Set(ctx, 1, Config{Kind: "maildir", Folder: "in"}, "")} {
			if !errs.Is(err, errs.Forbidden) && !errs.Is(err, errs.NotFound) {
				t.Errorf("%s by a %s: %v", what, who, err)
			}
		}
	}
}

// TestARealMailServer reads a folder of Dovecot, over TLS and after a break.
func TestARealMailServer(t *testing.T) {
	t.Parallel()
	port := dovecot(t)
	h := setUp(t)
	h.mailbox.anyCertificate = true
	client, err := imapclient.DialInsecure(fmt.Sprintf("127.0.0.1:%d", port), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Login("zx", "sesame").Wait(); err != nil {
		t.Fatal(err)
	}
	put := func(raw string) {
		t.Helper()
		command := client.Append("INBOX", int64(len(raw)), nil)
		_, _ = command.Write([]byte(raw))
		if err := command.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := command.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 30 {
		put(plain(fmt.Sprintf("%d@x", i), "li@example.com", fmt.Sprint("来信", i), "内容"))
	}
	put(samplesOf(t)["GB 18030, quoted-printable"])
	c := Config{Kind: "imap", Host: "127.0.0.1", Port: port, Security: "none", Username: "zx", Folder: "INBOX", Active: true}
	if err := h.mailbox.Set(h.head.Context(), 0, c, "wrong"); err != nil {
		t.Fatal(err)
	}
	h.check(t)
	if v, _ := h.mailbox.Get(h.head.Context()); !strings.Contains(v.LastError, "拒绝登录") {
		t.Errorf("%q", v.LastError)
	}
	if err := h.mailbox.Set(h.head.Context(), 1, c, "sesame"); err != nil {
		t.Fatal(err)
	}
	if more, err := h.mailbox.Check(h.mailman(h.county)); err != nil || !more || len(h.sink.made) != atOnce {
		t.Fatalf("%t, %v, %d", more, err, len(h.sink.made))
	}
	h.check(t)
	if len(h.sink.made) != 31 || h.sink.made[30].Title != "关于路灯的来信" {
		t.Fatalf("%d made", len(h.sink.made))
	}
	put(plain("new@x", "li@example.com", "新的", "内容"))
	if _, err := h.TestDB.Admin(t).Exec(t.Context(), `update mailboxes set place = '' where tenant_id = $1`, h.county.ID); err != nil { // the place was lost
		t.Fatal(err)
	}
	c.Security = "starttls"
	if err := h.mailbox.Set(h.head.Context(), 2, c, "sesame"); err != nil {
		t.Fatal(err)
	}
	h.check(t)
	if len(h.sink.made) != 32 || h.sink.made[31].Title != "新的" {
		v, _ := h.mailbox.Get(h.head.Context())
		t.Fatalf("%d made, %q", len(h.sink.made), v.LastError)
	}
}

// dovecot runs the mail server of the machine for one user, unprivileged, on a free port of this machine only.
func dovecot(t *testing.T) (port int) {
	t.Helper()
	program := "/usr/sbin/dovecot"
	if _, err := os.Stat(program); err != nil {
		t.Skip("没有安装 dovecot-imapd，跳过真实邮件服务器的测试")
	}
	dir, err := os.MkdirTemp("/tmp", "shangda-mail-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	who, uid, gid := owner(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port = listener.Addr().(*net.TCPAddr).Port
	_ = listener.Close()
	certificate(t, dir)
	config := fmt.Sprintf(`base_dir = %[1]s/run
state_dir = %[1]s/run
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
default_internal_user = %[2]s
default_login_user = %[2]s
default_internal_group = %[3]s
ssl = yes
ssl_cert = <%[1]s/cert.pem
ssl_key = <%[1]s/key.pem
disable_plaintext_auth = no
mail_location = maildir:%[1]s/mail/%%u
first_valid_uid = 0
first_valid_gid = 0
service imap-login {
  chroot =
  inet_listener imap {
    port = %[4]d
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
passdb {
  driver = static
  args = password=sesame
}
userdb {
  driver = static
  args = uid=%[5]d gid=%[6]d home=%[1]s/home/%%u
}
`, dir, who.Username, groupOf(t, who), port, uid, gid)
	if err := os.WriteFile(filepath.Join(dir, "dovecot.conf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	_ = filepath.Walk(dir, func(path string, _ os.FileInfo, _ error) error { return os.Chown(path, uid, gid) })
	command := exec.Command(program, "-F", "-c", filepath.Join(dir, "dovecot.conf"))
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if os.Getuid() == 0 {
		command.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	var said bytes.Buffer
	command.Stderr = &said
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
	})
	for deadline := time.Now().Add(15 * time.Second); ; {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			_ = conn.Close()
			return port
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			t.Fatalf("dovecot does not start: %s %s", said.String(), log)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// owner is whom the server runs as: not root.
func owner(t *testing.T) (*user.User, int, int) {
	t.Helper()
	who, err := user.Current()
	if err == nil && os.Getuid() == 0 {
		who, err = user.Lookup("nobody")
	}
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	return who, uid, gid
}

func groupOf(t *testing.T, who *user.User) string {
	t.Helper()
	group, err := user.LookupGroupId(who.Gid)
	if err != nil {
		t.Fatal(err)
	}
	return group.Name
}

func certificate(t *testing.T, dir string) {
	t.Helper()
	out, err := exec.Command("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
		"-keyout", filepath.Join(dir, "key.pem"), "-out", filepath.Join(dir, "cert.pem")).CombinedOutput()
	if err != nil {
		t.Skipf("没有 openssl，跳过真实邮件服务器的测试：%s", out)
	}
}
