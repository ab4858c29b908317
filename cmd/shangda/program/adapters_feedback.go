package program

import (
	"shangda/internal/secret"
	"shangda/services/notices/channels"
)

// Feedback is the rooms by which what happened reaches people.
type Feedback struct {
	Channels *channels.Service
}

// wireFeedback connects the channels with the notices they carry.
func (p *Program) wireFeedback(stack Stack) error {
	server, err := channels.ParseServer(stack.Mail.SMTP)
	if err != nil {
		return err
	}
	p.Channels = channels.New(p.DB, p.Directory, channels.Options{
		Secrets: secret.NewBox(stack.Mail.SecretKey), Inside: stack.Mail.HookInside, MailInside: stack.Mail.Inside, Mail: server,
	})
	p.Notices.Outward = p.Channels
	return nil
}
