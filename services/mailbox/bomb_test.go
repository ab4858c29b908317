package mailbox

import (
	"strings"
	"testing"

	"shangda/internal/testheap"
)

// TestMailsThatAreBombsCostNoMemory reads mails as long as they may be, all of it in the one place where it hurts.
func TestMailsThatAreBombsCostNoMemory(t *testing.T) {
	const long = 28 << 20
	for name, mail := range map[string]string{
		"a head of one line":  mailOf("Subject: "+strings.Repeat("a", long)+"\r\n", "x"),
		"a head of lines":     mailOf(strings.Repeat("X-A: b\r\n", long/8), "x"),
		"a text":              mailOf("Content-Type: text/plain; charset=gb18030\r\n", strings.Repeat("长", long/3)),
		"a page of one tag":   mailOf("Content-Type: text/html\r\n", "<p "+strings.Repeat("a=b ", long/4)),
		"a page nested":       mailOf("Content-Type: text/html\r\n", strings.Repeat("<p>", long/3)),
		"parts":               mailOf("Content-Type: multipart/mixed; boundary=a\r\n", strings.Repeat("--a\r\n\r\nx\r\n", long/11)),
		"a part's head":       mailOf("Content-Type: multipart/mixed; boundary=a\r\n", "--a\r\nX-A: "+strings.Repeat("b", long)+"\r\n\r\nx\r\n--a--"),
		"a part's head lines": mailOf("Content-Type: multipart/mixed; boundary=a\r\n", "--a\r\n"+strings.Repeat("X-A: b\r\n", long/8)+"\r\nx\r\n--a--"),
		"parts in parts":      mailOf("Content-Type: multipart/mixed; boundary=a\r\n", strings.Repeat("--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n", long/50)),
		"a long boundary":     mailOf("Content-Type: multipart/mixed; boundary="+strings.Repeat("a", 1<<19)+"\r\n", strings.Repeat("--a\r\n", long/5)),
		"a file":              mailOf("Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n", strings.Repeat("AAAA", long/4)),
	} {
		grown := testheap.Grown(func() {
			if p, err := parse(strings.NewReader(mail)); err == nil {
				p.close()
			}
		})
		if grown > 48<<20 {
			t.Errorf("%s: the heap grew by %d MiB", name, grown>>20)
		}
		t.Logf("%s: the heap grew by %d MiB", name, grown>>20)
	}
}
