// Package mailbox brings in what is mailed to a unit. A mail becomes a clue; from the registered address of a member it
// becomes his draft.
//
// Its rules: a mail counts once, by its Message-Id. Who sent it is what it says, and anybody can write that: so a mail
// submits nothing by itself unless the unit has set so, the member is told of it, and nothing is ever answered. What is
// refused is listed for the clerk, without its text.
package mailbox

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

// Config is a unit's mailbox.
type Config struct {
	Kind     string `json:"kind" enum:"imap,maildir"`
	Host     string `json:"host,omitempty" maxLength:"200"`
	Port     int    `json:"port,omitempty" minimum:"0" maximum:"65535"`
	Security string `json:"security,omitempty" enum:"tls,starttls,none"`
	Username string `json:"username,omitempty" maxLength:"200"`
	Folder   string `json:"folder" maxLength:"200" doc:"邮箱文件夹，如 INBOX；maildir 为本单位文件夹下的名称"`
	Submit   bool   `json:"submit" doc:"成员来信直接提交；默认只存为其草稿"`
	Category string `json:"category,omitempty" maxLength:"40" doc:"直接提交时的分类"`
	Active   bool   `json:"active"`
}

// View is the mailbox as who may see it does: the password never.
type View struct {
	Config
	HasPassword bool       `json:"has_password"`
	CheckedAt   *time.Time `json:"checked_at,omitempty"`
	LastError   string     `json:"last_error,omitempty"`
	Version     int        `json:"-"`
}

// The states of a mail: what it became, or that it was refused.
const (
	BecameClue      = "clue"
	BecameDraft     = "draft"
	BecameSubmitted = "submitted"
	Refused         = "refused"
)

// Mail is one that came, as the clerk sees it.
type Mail struct {
	ID         uuid.UUID  `json:"id"`
	MessageID  string     `json:"message_id"`
	Sender     string     `json:"sender" doc:"邮件自称的发件人，可能是冒用的"`
	Subject    string     `json:"subject"`
	SentAt     *time.Time `json:"sent_at,omitempty"`
	ReceivedAt time.Time  `json:"received_at"`
	State      string     `json:"state" enum:"clue,draft,submitted,refused"`
	Reason     string     `json:"reason,omitempty"`
	SubjectID  *uuid.UUID `json:"subject_id,omitempty" doc:"成为了哪条线索；成员的草稿只有本人可见"`
}

var hostName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.\-:]{0,198}[A-Za-z0-9])?$`)

// publicPorts are the only ones a mailbox may have where the inside is closed: no way to knock at other services.
var publicPorts = map[int]bool{143: true, 993: true}

// check cleans the settings and names every fault.
func (c *Config) check(inside bool) error {
	for _, text := range []*string{&c.Host, &c.Username, &c.Folder, &c.Category} {
		*text = strings.TrimSpace(*text)
	}
	var faults errs.Fields
	if utf8.RuneCountInString(c.Folder) == 0 {
		faults.Add("folder", "请填写文件夹，如 INBOX")
	}
	if strings.ContainsAny(c.Folder+c.Username, "\r\n\x00") {
		faults.Add("folder", "含有不能使用的字符")
	}
	switch c.Kind {
	case "imap":
		if !hostName.MatchString(c.Host) {
			faults.Add("host", "请填写邮件服务器地址，如 imap.example.com")
		}
		if c.Port < 1 || !inside && !publicPorts[c.Port] {
			faults.Add("port", "端口一般为 993（加密）或 143")
		}
		if c.Security != "tls" && c.Security != "starttls" && (!inside || c.Security != "none") {
			faults.Add("security", "请选择加密方式")
		}
		if c.Username == "" {
			faults.Add("username", "请填写用户名")
		}
	case "maildir":
		if strings.ContainsAny(c.Folder, `/\`) || strings.HasPrefix(c.Folder, "..") {
			faults.Add("folder", "只填文件夹的名称")
		}
		c.Host, c.Port, c.Security, c.Username = "", 0, "", ""
	default:
		faults.Add("kind", "请选择邮箱种类")
	}
	if c.Submit && c.Category == "" {
		faults.Add("category", "直接提交须选定分类")
	}
	return faults.Err()
}
