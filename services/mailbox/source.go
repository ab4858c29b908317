package mailbox

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-maildir"

	"shangda/internal/errs"
	"shangda/internal/outward"
)

// found is one mail in a box. Raw is nil where it is larger than what is read; Size is then what the box says.
type found struct {
	Place string // where it stands in the box: a UID, or a file's key
	Size  int64
	Raw   *os.File
}

// box is where mails are read from; nothing in it is changed but, in a maildir, the mark that a mail was seen.
type box interface {
	// each gives the mails behind the place read last, in order, until take fails or has had enough (errEnough).
	each(ctx context.Context, after string, take func(found) error) error
}

var errEnough = errors.New("mailbox: enough for now")

// sessionTime and sessionBytes bound what a mail server can cost.
const (
	sessionTime  = 35 * time.Second
	sessionBytes = 300 << 20
)

// imapBox reads a folder on a mail server.
type imapBox struct {
	Config
	password string
	dialer   outward.Dialer
	insecure bool // accepts any certificate: tests only
}

func (b imapBox) each(ctx context.Context, after string, take func(found) error) error {
	client, err := b.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	if err := client.Login(b.Username, b.password).Wait(); err != nil {
		return errs.New(errs.Invalid, "邮箱拒绝登录，请检查用户名和密码（或授权码）")
	}
	selected, err := client.Select(b.Folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		return errs.New(errs.Invalid, "邮箱里没有文件夹“%s”", b.Folder)
	}
	last := placeOf(after, selected.UIDValidity)
	var behind imap.UIDSet
	behind.AddRange(last+1, 0)
	uids, err := client.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{behind}}, nil).Wait()
	if err != nil {
		return err
	}
	all := uids.AllUIDs()
	slices.Sort(all)
	for _, uid := range all {
		if uid <= last { // "n:*" always names the last one
			continue
		}
		f, err := fetch(client, uid)
		if err != nil {
			return err
		}
		f.Place = formatPlace(selected.UIDValidity, uid)
		err = take(f)
		if f.Raw != nil {
			_ = f.Raw.Close()
		}
		if err != nil {
			return err
		}
	}
	return client.Logout().Wait()
}

// open connects, encrypted where it is to be.
func (b imapBox) open(ctx context.Context) (*imapclient.Client, error) {
	conn, err := b.dialer.Dial(ctx, b.Host, b.Port)
	if errors.Is(err, outward.ErrInside) {
		return nil, errs.InvalidField("host", "不能使用内网地址")
	}
	if err != nil {
		return nil, errs.New(errs.Unavailable, "连不上邮件服务器 %s", b.Host)
	}
	_ = conn.SetDeadline(time.Now().Add(sessionTime))
	options := &imapclient.Options{TLSConfig: &tls.Config{ServerName: b.Host, MinVersion: tls.VersionTLS12, InsecureSkipVerify: b.insecure}}
	limited := &limitedConn{Conn: conn, left: sessionBytes}
	var client *imapclient.Client
	switch b.Security {
	case "tls":
		client = imapclient.New(tls.Client(limited, options.TLSConfig), options)
	case "starttls":
		client, err = imapclient.NewStartTLS(limited, options)
	default:
		client = imapclient.New(limited, options)
	}
	if err == nil {
		err = client.WaitGreeting()
	}
	if err != nil {
		_ = conn.Close()
		return nil, errs.New(errs.Unavailable, "与邮件服务器 %s 的加密连接没有建立", b.Host)
	}
	return client, nil
}

// fetch asks for the size first: what is too large is not fetched.
func fetch(client *imapclient.Client, uid imap.UID) (found, error) {
	f := found{}
	sizes, err := client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, RFC822Size: true}).Collect()
	if err != nil {
		return f, err
	}
	if len(sizes) == 0 {
		return f, nil // gone meanwhile
	}
	if f.Size = sizes[0].RFC822Size; f.Size > maxMail {
		return f, nil
	}
	section := &imap.FetchItemBodySection{Peek: true}
	command := client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
	defer func() { _ = command.Close() }()
	for data := command.Next(); data != nil; data = command.Next() {
		for item := data.Next(); item != nil; item = data.Next() {
			body, ok := item.(imapclient.FetchItemDataBodySection)
			if !ok || body.Literal == nil || f.Raw != nil {
				continue
			}
			if f.Raw, err = spool(body.Literal); err != nil && !errors.Is(err, errTooLarge) {
				return f, err
			}
		}
	}
	return f, nil
}

// limitedConn ends a session that sends too much.
type limitedConn struct {
	net.Conn
	left int64
}

func (c *limitedConn) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := c.Conn.Read(p)
	c.left -= int64(n)
	return n, err
}

// maildirBox reads a folder of this machine.
type maildirBox struct{ dir string }

func (b maildirBox) each(_ context.Context, after string, take func(found) error) error {
	dir := maildir.Dir(b.dir)
	if _, err := os.Stat(filepath.Join(b.dir, "cur")); err != nil {
		return errs.InvalidField("folder", "没有这个邮件文件夹")
	}
	if _, err := dir.Unseen(); err != nil { // moves what is new to where it is read
		return err
	}
	messages, err := dir.Messages()
	if err != nil {
		return err
	}
	slices.SortFunc(messages, func(a, b *maildir.Message) int { return strings.Compare(a.Key(), b.Key()) })
	for _, m := range messages {
		if slices.Contains(m.Flags(), maildir.FlagSeen) {
			continue
		}
		f := found{Place: after}
		raw, err := m.Open()
		if err != nil {
			return err
		}
		if f.Raw, err = spool(raw); errors.Is(err, errTooLarge) {
			f.Size, err = maxMail+1, nil
		}
		_ = raw.Close()
		if err != nil {
			return err
		}
		err = take(f)
		if f.Raw != nil {
			_ = f.Raw.Close()
		}
		if err != nil {
			return err
		}
		if err := m.SetFlags(append(m.Flags(), maildir.FlagSeen)); err != nil {
			return err
		}
	}
	return nil
}

// placeOf is the UID of a place in a folder, zero where the folder was made anew since.
func placeOf(place string, validity uint32) imap.UID {
	var v, uid uint32
	if n, err := fmt.Sscanf(place, "%d/%d", &v, &uid); err != nil || n != 2 || v != validity {
		return 0
	}
	return imap.UID(uid)
}

func formatPlace(validity uint32, uid imap.UID) string { return fmt.Sprintf("%d/%d", validity, uid) }
