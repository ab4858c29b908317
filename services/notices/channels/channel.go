// Package channels takes notices out of the program: by e-mail, to an address of the tenant (webhook), to the group robots of
// 企业微信 and 钉钉. The administrator sets the channels up, each member chooses what he hears by which.
//
// Its rules: a notice is queued in the transaction that wrote it and sent by a job after the commit, tried again with growing
// pauses, always under the same id, so that a receiver can tell a repeat. Whose notice it is, is asserted when it is queued and
// when it is sent: by no fault of the program does one tenant's notice leave by another's channel. What leaves says that there
// is something to read; its text only where the administrator allowed that.
package channels

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// The channels.
const (
	Email    = "email"
	Webhook  = "webhook"
	WeCom    = "wecom"
	DingTalk = "dingtalk"
)

// All channels, in the order they are shown.
var All = []string{Email, Webhook, WeCom, DingTalk}

var channelText = map[string]string{Email: "电子邮件", Webhook: "网络回调", WeCom: "企业微信群机器人", DingTalk: "钉钉群机器人"}

// Channel carries a message to where the target says.
type Channel interface {
	Send(ctx context.Context, to Target, m Message) error
}

// Target is where a channel of one tenant leads. Secret is opened for this one message; Address is the reader's, for e-mail.
type Target struct {
	Tenant  tenancy.Tenant
	Config  Config
	Secret  string
	Address string
}

// Message is what one reader is told at once. ID stays the same however often it is tried.
type Message struct {
	ID    uuid.UUID
	At    time.Time
	Unit  string
	To    string
	Full  bool
	Items []Item
}

// Item is a notice in a message. Text is empty where the channel may not carry it.
type Item struct {
	ID          uuid.UUID `json:"id"`
	Kind        string    `json:"kind"`
	Text        string    `json:"text,omitempty"`
	SubjectKind string    `json:"subject_kind"`
	SubjectID   uuid.UUID `json:"subject_id"`
	At          time.Time `json:"at"`
}

// Subject is the message in one line.
func (m Message) Subject() string {
	if len(m.Items) == 1 {
		return "【上达】" + m.To + "，您有一条新消息：" + groupText[groupOf(m.Items[0].Kind)]
	}
	return "【上达】" + m.To + "，您有 " + number(len(m.Items)) + " 条新消息"
}

// shownItems is how many notices a message spells out.
const shownItems = 20

// Text is the message for a person.
func (m Message) Text() string {
	lines := []string{m.Subject(), m.Unit}
	for i, item := range m.Items {
		if i == shownItems {
			lines = append(lines, "……另有 "+number(len(m.Items)-shownItems)+" 条")
			break
		}
		if m.Full {
			lines = append(lines, "· "+item.Text)
		}
	}
	return strings.Join(append(lines, "请登录上达查看。"), "\n")
}

// The groups that a member chooses by.
const (
	groupOutcome = "outcome"
	groupTask    = "task"
	groupOther   = "other"
)

var groupText = map[string]string{groupOutcome: "采用与处理结果", groupTask: "待办与催办", groupOther: "其他消息"}

// tasks begin the kinds of notices that wait for the reader to do something.
var tasks = []string{"review.", "check.", "consultation.", "activity.", "visit.", "assignment.", "supervision.", "report.handover", "report.submitted", "report.received"}

// groupOf is the group of a kind of notice.
func groupOf(kind string) string {
	switch {
	case slices.ContainsFunc(tasks, func(start string) bool { return strings.HasPrefix(kind, start) }):
		return groupTask
	case strings.HasPrefix(kind, "report.") || strings.HasPrefix(kind, "instruction.") || strings.HasPrefix(kind, "feedback."):
		return groupOutcome
	}
	return groupOther
}

// urgent kinds wait neither for the morning nor for the digest.
func urgent(kind string) bool {
	return strings.HasSuffix(kind, ".urged") || strings.HasSuffix(kind, ".overdue")
}

// errRefused is a fault that another try does not mend.
var errRefused = errors.New("channels: refused for good")

// fault is what the log of sends shows of an error: words for the administrator, nothing from inside.
type fault struct {
	text  string
	final bool
}

func (f *fault) Error() string { return f.text }

func (f *fault) Is(target error) bool { return target == errRefused && f.final }

// said is the sentence for the log of sends.
func said(err error) string {
	var f *fault
	if errors.As(err, &f) {
		return f.text
	}
	return "没有送达，对方服务器没有应答或连接中断"
}
