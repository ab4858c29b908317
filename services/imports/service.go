package imports

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Files is where the files lie that are imported; *attachments.Service fulfils it.
type Files interface {
	Local(ctx context.Context, id uuid.UUID) (attachments.Attachment, *os.File, error)
	UploadOnce(ctx context.Context, id uuid.UUID, name string, content []byte) (attachments.Attachment, error)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
}

// Service imports. Sinks and Categories are wired by cmd.
type Service struct {
	Sinks      map[string]Sink
	Categories []string

	db      *tenancy.DB
	files   Files
	notices Notifier
}

// New makes the service.
func New(db *tenancy.DB, files Files, notices Notifier) *Service {
	return &Service{Sinks: map[string]Sink{}, db: db, files: files, notices: notices}
}

var object = authz.Object{Read: authz.ImportRun}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "import", ID: id} }

// tryTime is how long a table may be tried: longer than a request usually works.
const tryTime = time.Minute

// errTried ends the transaction of a try: nothing of it stays.
var errTried = errors.New("tried")

// Try reads a table that was uploaded before and tells of each row what would become of it, by bringing all of them in and taking
// everything back. The import is kept, to be started or to be read again.
func (s *Service) Try(ctx context.Context, kind string, file uuid.UUID, submit bool) (uuid.UUID, error) {
	if s.Sinks[kind] == nil {
		return uuid.Nil, errs.InvalidField("kind", "只能导入信息或线索")
	}
	a, local, err := s.files.Local(ctx, file)
	if errs.Is(err, errs.NotFound) {
		err = errs.InvalidField("attachment", "文件不存在，请重新上传")
	}
	if err != nil {
		return uuid.Nil, err
	}
	defer func() { _ = local.Close() }()
	lines, err := readTable(local, a.Size, columns(kind, s.Categories))
	if err != nil {
		return uuid.Nil, err
	}
	i := Import{ID: tenancy.NewID(), Kind: kind, Name: a.Name, Submit: submit}
	rows := make([]stored, len(lines))
	for at, l := range lines {
		rows[at] = stored{No: l.No, Key: clip(l.Cells.key(), 100), Cells: l.Cells, State: RowReady}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tryTime)
	defer cancel()
	if err := s.try(ctx, i, rows); err != nil {
		return uuid.Nil, err
	}
	return i.ID, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.ImportRun, object); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "import.checked", Subject: subject(i.ID), Detail: map[string]any{"kind": kind, "name": i.Name, "rows": len(rows)}})
		return insertImport(ctx, tx, i, rows)
	})
}

// try fills in what would become of the rows. Its transaction comes to nothing, so it does not use up the request's key.
func (s *Service) try(ctx context.Context, i Import, rows []stored) error {
	err := s.db.InTx(tenancy.WithoutIdempotencyKey(ctx), func(tx *tenancy.Tx) error {
		p := tx.Principal()
		if err := authz.Check(p, authz.ImportRun, object); err != nil {
			return err
		}
		if err := oneAtATime(ctx, tx); err != nil {
			return err
		}
		for at := range rows {
			if err := s.bringIn(ctx, tx, i, &rows[at], p.Membership); err != nil {
				return err
			}
			if rows[at].State == RowDone {
				rows[at].State, rows[at].SubjectID = RowReady, nil
			}
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return err
}

// bringIn brings in one row and notes what became of it. A refusal is the row's; an error is the transaction's end.
func (s *Service) bringIn(ctx context.Context, tx *tenancy.Tx, i Import, r *stored, by uuid.UUID) error {
	known, err := keyOf(ctx, tx, i.Kind, r.Key)
	if err != nil {
		return err
	}
	if known != nil {
		r.State, r.Reason, r.SubjectID = RowRepeat, "以前已经导入", known
		return nil
	}
	e, err := s.entry(ctx, tx, i, r.Cells, by)
	var id uuid.UUID
	if err == nil {
		id, err = s.Sinks[i.Kind].BringIn(ctx, tx, e)
	}
	switch errs.KindOf(err) {
	case errs.Invalid, errs.Conflict:
		r.State, r.Reason = RowRefused, reasonOf(err)
		return nil
	}
	if err != nil {
		return err
	}
	r.State, r.Reason, r.SubjectID = RowDone, "", &id
	return insertKey(ctx, tx, i.Kind, r.Key, id)
}

// reasonOf is a refusal as a clerk reads it, every fault of the row.
func reasonOf(err error) string {
	var e *errs.Error
	if !errors.As(err, &e) {
		return "这一行有误"
	}
	if len(e.Fields) == 0 {
		return e.Message
	}
	text := ""
	for at, f := range e.Fields {
		if at > 0 {
			text += "；"
		}
		text += f.Message
	}
	return text
}

// entry reads the cells of a row.
func (s *Service) entry(ctx context.Context, tx *tenancy.Tx, i Import, c Cells, by uuid.UUID) (Entry, error) {
	var faults errs.Fields
	e := Entry{Title: c["标题"], Problem: c["问题"], Cause: c["原因"], Advice: c["建议"], Body: c["内容"], Place: c["地点"], Category: c["分类"], By: by, Author: by, Submit: i.Submit}
	code := func(column string, pairs [][2]string) string {
		for _, pair := range pairs {
			if pair[0] == c[column] {
				return pair[1]
			}
		}
		if c[column] != "" {
			faults.Add(column, "%s没有“%s”这一项", column, clip(c[column], 20))
		}
		return ""
	}
	e.Urgency, e.SourceKind = code("紧急程度", Urgencies), code("来源", SourceNames)
	if i.Kind == Clues && c["来源"] == "" {
		faults.Add("来源", "请填写来源")
	}
	if text := c["收到日期"]; text != "" {
		at, ok := day(text)
		if !ok {
			faults.Add("收到日期", "日期“%s”看不懂，应写作 2026-11-25", clip(text, 20))
		}
		e.ReceivedAt = at
	}
	if name := c["反映人"]; name != "" {
		found, err := membersNamed(ctx, tx, name)
		switch {
		case err != nil:
			return e, err
		case len(found) == 1:
			e.Author = found[0]
		case len(found) > 1:
			faults.Add("反映人", "本单位有 %d 位“%s”，请写登录名", len(found), name)
		case i.Kind == Clues:
			e.Author, e.Voice = uuid.Nil, name
		default:
			faults.Add("反映人", "本单位没有成员“%s”", clip(name, 30))
		}
	}
	return e, faults.Err()
}

// Start brings the table in: a job takes its rows in turns, and the clerk is told when it is done.
func (s *Service) Start(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.turn(ctx, id, "import.started", func(tx *tenancy.Tx, i Import) error {
		if i.State != StateChecked {
			return errs.New(errs.Conflict, "这个文件已经导入过，请重新上传")
		}
		if i.Ready == 0 {
			return errs.New(errs.Conflict, "没有可以导入的行")
		}
		if err := setState(ctx, tx, id, StateRunning); err != nil {
			return err
		}
		return tx.Enqueue(ctx, RunArgs{Tenant: tx.Tenant(), Import: id}, &river.InsertOpts{MaxAttempts: 1000})
	})
}

// Cancel stops an import; what was brought in until then stays.
func (s *Service) Cancel(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.turn(ctx, id, "import.cancelled", func(tx *tenancy.Tx, i Import) error {
		if i.State != StateChecked && i.State != StateRunning {
			return errs.New(errs.Conflict, "导入已经结束")
		}
		return setState(ctx, tx, id, StateCancelled)
	})
}

func (s *Service) turn(ctx context.Context, id uuid.UUID, event string, fn func(tx *tenancy.Tx, i Import) error) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.ImportRun, object); err != nil {
			return err
		}
		if err := lockImport(ctx, tx, id); err != nil {
			return err
		}
		i, err := findImport(ctx, tx, id)
		if err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: event, Subject: subject(id)})
		return fn(tx, i)
	})
}

// Get is one import of the unit.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Import, error) {
	q, err := s.read(ctx)
	if err != nil {
		return Import{}, err
	}
	return findImport(ctx, q, id)
}

// List shows the unit's last imports, newest first.
func (s *Service) List(ctx context.Context) ([]Import, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	return listImports(ctx, q)
}

// Rows shows the rows of an import behind a line number, all or those in one state.
func (s *Service) Rows(ctx context.Context, id uuid.UUID, state string, after, limit int) ([]Row, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := findImport(ctx, q, id); err != nil {
		return nil, err
	}
	return listRows(ctx, q, id, state, after, limit)
}

func (s *Service) read(ctx context.Context) (tenancy.Querier, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	return q, authz.Check(q.Principal(), authz.ImportRun, object)
}

// Template is the empty table of a kind, to be filled in.
func (s *Service) Template(ctx context.Context, kind string) ([]byte, error) {
	if _, err := s.read(ctx); err != nil {
		return nil, err
	}
	if kind != Reports && kind != Clues {
		return nil, errs.Missing()
	}
	return template(kind, s.Categories)
}

func clip(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return fmt.Sprint(string([]rune(text)[:most-1]), "…")
}
