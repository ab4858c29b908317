package mailbox

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const plainText = "路灯坏了三个月，晚上老人不敢出门。\n希望尽快修好。"

func gb(t testing.TB, text string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func quoted(text string) string {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

func b64(text string) string {
	var b strings.Builder
	encoded := base64.StdEncoding.EncodeToString([]byte(text))
	for len(encoded) > 76 {
		b.WriteString(encoded[:76] + "\r\n")
		encoded = encoded[76:]
	}
	return b.String() + encoded
}

func mailOf(head, body string) string {
	return "From: =?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte("王晓")) + "?= <Wang.Xiao@Example.com>\r\nTo: zx@example.cn\r\nMessage-ID: <1@example.com>\r\n" +
		"Date: Wed, 25 Nov 2026 09:00:00 +0800\r\nMIME-Version: 1.0\r\n" + head + "\r\n" + body
}

// samplesOf are mails as programs in China write them.
func samplesOf(t testing.TB) map[string]string {
	subject := "Subject: =?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte("关于路灯的来信")) + "?=\r\n"
	return map[string]string{
		"base64 in UTF-8": mailOf(subject+"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n", b64(plainText)),
		"GB 18030, quoted-printable": mailOf("Subject: =?gb18030?B?"+base64.StdEncoding.EncodeToString([]byte(gb(t, "关于路灯的来信")))+"?=\r\nContent-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: quoted-printable\r\n",
			quoted(gb(t, plainText))),
		"GBK as it is":      mailOf("Subject: =?gbk?B?"+base64.StdEncoding.EncodeToString([]byte(gb(t, "关于路灯的来信")))+"?=\r\nContent-Type: text/plain; charset=\"GBK\"\r\nContent-Transfer-Encoding: 8bit\r\n", gb(t, plainText)),
		"GB 2312 as base64": mailOf(subject+"Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n", b64(gb(t, plainText))),
		"a page and nothing else": mailOf(subject+"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n",
			b64("<html><head><title>x</title><style>p{}</style></head><body><p>路灯坏了三个月，晚上老人不敢出门。</p><script>alert(1)</script><div>希望尽快修好。</div></body></html>")),
		"both, with a picture": mailOf(subject+"Content-Type: multipart/mixed; boundary=a\r\n", "--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"+b64(plainText)+
			"\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>other</p>\r\n--b--\r\n--a\r\nContent-Type: image/png; name=\"=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte("现场.png"))+"?=\"\r\nContent-Disposition: attachment; filename*=utf-8''%E7%8E%B0%E5%9C%BA.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"+b64("picture")+"\r\n--a--\r\n"),
	}
}

func TestMailsAreReadRight(t *testing.T) {
	t.Parallel()
	for name, raw := range samplesOf(t) {
		p, err := parse(strings.NewReader(raw))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		text := strings.ReplaceAll(p.Text, "\n\n", "\n")
		if p.From != "wang.xiao@example.com" || p.Name != "王晓" || p.Subject != "关于路灯的来信" || text != plainText || p.ID != "1@example.com" || p.Date.IsZero() {
			t.Errorf("%s: %+v", name, p)
		}
		if name == "both, with a picture" {
			if len(p.Files) != 1 || p.Files[0].Name != "现场.png" {
				t.Errorf("%s: files %+v", name, p.Files)
			} else if content, _ := io.ReadAll(io.NewSectionReader(p.Files[0].Content, 0, 100)); string(content) != "picture" {
				t.Errorf("%s: %q", name, content)
			}
		}
		p.close()
	}
}

func TestWhatAMailLacks(t *testing.T) {
	t.Parallel()
	one, err := parse(strings.NewReader("From: a@example.com, b@example.com\r\nSubject: Re: FW: 转发：路灯\r\n\r\n路灯坏了。"))
	if err != nil || one.From != "" || one.title() != "路灯" || !strings.HasPrefix(one.ID, "sha256:") {
		t.Fatalf("%+v, %v", one, err)
	}
	again, _ := parse(strings.NewReader("From: a@example.com, b@example.com\r\nSubject: Re: FW: 转发：路灯\r\n\r\n路灯坏了。"))
	other, _ := parse(strings.NewReader("From: a@example.com, b@example.com\r\nSubject: Re: FW: 转发：路灯\r\n\r\n路灯坏了！"))
	if one.ID != again.ID || one.ID == other.ID {
		t.Error("without a Message-Id the content is the mark")
	}
	if p, err := parse(strings.NewReader("Subject: \r\n\r\n\r\n第一行是标题的开头\r\n第二行")); err != nil || p.title() != "第一行是标题的开头" {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err := parse(strings.NewReader("Content-Type: text/plain; charset=klingon\r\n\r\nabc")); err == nil && p.Text != "abc" {
		t.Errorf("an unknown character set: %+v", p)
	}
}

func TestAMailOfManyPartsIsBounded(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n", 20_000)
	many := mailOf("Content-Type: multipart/mixed; boundary=a\r\n", strings.Repeat("--a\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n", 5_000))
	for name, raw := range map[string]string{"deep": deep, "many": many, "a line": "Subject: " + strings.Repeat("a", 8<<20) + "\r\n\r\nx"} {
		p, err := parse(strings.NewReader(raw))
		if err != nil {
			continue
		}
		if len(p.Files) > maxFiles || len(p.Text) > maxText {
			t.Errorf("%s: %d files, %d bytes", name, len(p.Files), len(p.Text))
		}
		p.close()
	}
}

func FuzzMail(f *testing.F) {
	for _, raw := range samplesOf(f) {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(_ *testing.T, raw []byte) {
		if p, err := parse(bytes.NewReader(raw)); err == nil {
			_ = p.title()
			p.close()
		}
	})
}
