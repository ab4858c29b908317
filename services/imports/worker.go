package imports

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"shangda/authz"
	"shangda/services/notices"
	"shangda/tenancy"
)

// RunArgs is the job that brings in one table.
type RunArgs struct {
	Tenant int32     `json:"tenant"`
	Import uuid.UUID `json:"import"`
}

// Kind names the job.
func (RunArgs) Kind() string { return "run_import" }

type worker struct {
	river.WorkerDefaults[RunArgs]
	service *Service
	dir     *tenancy.Directory
}

// AddWorkers adds the importer.
func (s *Service) AddWorkers(w *river.Workers, dir *tenancy.Directory) {
	river.AddWorker(w, &worker{service: s, dir: dir})
}

// Timeout is that of one round; the next goes on where it stopped.
func (w *worker) Timeout(*river.Job[RunArgs]) time.Duration { return 30 * time.Second }

// Work brings in rows until all are, the import was cancelled, or the round is over; then it comes again.
func (w *worker) Work(ctx context.Context, job *river.Job[RunArgs]) error {
	tenant, err := w.dir.ByID(ctx, job.Args.Tenant)
	if err != nil {
		return err
	}
	for round := time.Now(); time.Since(round) < 15*time.Second; {
		more, err := w.service.Run(tenancy.System(ctx, tenant, "importer", fmt.Sprintf("import %s", job.Args.Import), authz.Actors()), job.Args.Import)
		if err != nil || !more {
			return err
		}
	}
	return river.JobSnooze(0)
}

// atOnce is how many rows one transaction brings in: a break loses no more than these, and they come again.
const atOnce = 50

// Run brings in the next rows of an import, for the actor importer, and tells whether there are more. It may be repeated.
func (s *Service) Run(ctx context.Context, id uuid.UUID) (more bool, err error) {
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.ImportRun, object); err != nil {
			return err
		}
		if err := lockImport(ctx, tx, id); err != nil {
			return err
		}
		i, err := findImport(ctx, tx, id)
		if err != nil || i.State != StateRunning {
			return errors.Join(err, errStopped)
		}
		by, err := starter(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := oneAtATime(ctx, tx); err != nil {
			return err
		}
		rows, err := nextRows(ctx, tx, id, atOnce)
		if err != nil {
			return err
		}
		for at := range rows {
			if err := s.bringIn(ctx, tx, i, &rows[at], by); err != nil {
				return err
			}
		}
		if err := saveRows(ctx, tx, id, rows); err != nil {
			return err
		}
		if more = len(rows) == atOnce; more {
			tx.Record(tenancy.Event{Kind: "import.advanced", Subject: subject(id)})
			return nil
		}
		return s.end(ctx, tx, id, by)
	})
	if errors.Is(err, errStopped) {
		return false, nil
	}
	return more && err == nil, err
}

// errStopped says that there is nothing to run: cancelled, or ended before.
var errStopped = errors.New("imports: not running")

func (s *Service) end(ctx context.Context, tx *tenancy.Tx, id, by uuid.UUID) error {
	if err := setState(ctx, tx, id, StateDone); err != nil {
		return err
	}
	i, err := findImport(ctx, tx, id)
	if err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "import.done", Subject: subject(id), Detail: map[string]int{"done": i.Done, "refused": i.Refused, "repeat": i.Repeat}})
	text := fmt.Sprintf("“%s”导入完成：新增 %d，以前已有 %d，未导入 %d", i.Name, i.Done, i.Repeat, i.Refused)
	return s.notices.Tell(ctx, tx, []uuid.UUID{by}, notices.Notice{Kind: "import.done", Text: text, Subject: subject(id)})
}
