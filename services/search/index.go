package search

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// IndexArgs is the job that brings one report's place in the index up to date.
type IndexArgs struct {
	Tenant int32     `json:"tenant"`
	Report uuid.UUID `json:"report"`
}

// Kind names the job.
func (IndexArgs) Kind() string { return "index_report" }

// Follow asks for the reports that a transaction changed to be indexed once it has committed (tenancy.Follower).
func (s *Service) Follow(ctx context.Context, tx *tenancy.Tx, events []tenancy.Event) error {
	seen := map[uuid.UUID]bool{}
	for _, e := range events {
		if e.Subject.Kind != "report" || seen[e.Subject.ID] {
			continue
		}
		seen[e.Subject.ID] = true
		if err := tx.Enqueue(ctx, IndexArgs{Tenant: tx.Tenant(), Report: e.Subject.ID}, nil); err != nil {
			return err
		}
	}
	return nil
}

type worker struct {
	river.WorkerDefaults[IndexArgs]
	service *Service
}

// AddWorkers adds the indexer.
func (s *Service) AddWorkers(w *river.Workers) { river.AddWorker(w, &worker{service: s}) }

// Timeout ends an indexing that hangs; it is tried again.
func (w *worker) Timeout(*river.Job[IndexArgs]) time.Duration { return 25 * time.Second }

// Work indexes the report once.
func (w *worker) Work(ctx context.Context, job *river.Job[IndexArgs]) error {
	return w.service.Index(ctx, job.Args.Tenant, job.Args.Report)
}

// indexer enters a tenant as the actor that may read what is to be indexed.
func (s *Service) indexer(ctx context.Context, tenant int32, cause string) (context.Context, error) {
	t, err := s.dir.ByID(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return tenancy.System(ctx, t, "indexer", cause, authz.Actors()), nil
}

// Index makes the report's place in the index what the report is now. Doing it again changes nothing; a report that is not
// there, such as that of a transaction rolled back, is no fault.
func (s *Service) Index(ctx context.Context, tenant int32, report uuid.UUID) error {
	ctx, err := s.indexer(ctx, tenant, "report "+report.String())
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error { return s.index(ctx, tx, report) })
}

func (s *Service) index(ctx context.Context, tx *tenancy.Tx, report uuid.UUID) error {
	if err := lock(ctx, tx, report); err != nil {
		return err
	}
	d, err := s.reports.Document(ctx, tx, report)
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := put(ctx, tx, d); err != nil {
		return err
	}
	for _, n := range s.Neighbours {
		if err := n.Indexed(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

// batch is how many reports a rebuild indexes in one transaction.
const batch = 50

// Rebuild indexes every report of every tenant anew and tells of its progress.
func (s *Service) Rebuild(ctx context.Context, progress func(tenant tenancy.Tenant, reports int)) error {
	tenants, err := s.dir.All(ctx)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		n, err := s.rebuild(ctx, t.ID)
		if err != nil {
			return err
		}
		if n > 0 {
			progress(t, n)
		}
	}
	return nil
}

func (s *Service) rebuild(ctx context.Context, tenant int32) (n int, err error) {
	ctx, err = s.indexer(ctx, tenant, "rebuild")
	if err != nil {
		return 0, err
	}
	var after uuid.UUID
	for {
		var ids []uuid.UUID
		err := s.db.InTx(ctx, func(tx *tenancy.Tx) (err error) {
			if ids, err = s.reports.Following(ctx, tx, after, batch); err != nil {
				return err
			}
			for _, id := range ids {
				if err := s.index(ctx, tx, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(ids) == 0 {
			return n, err
		}
		n += len(ids)
		after = ids[len(ids)-1]
	}
}
