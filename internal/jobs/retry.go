package jobs

import (
	"time"

	"github.com/riverqueue/river/rivertype"
)

// retry waits 1, 2, 4 … seconds, at most five minutes, so that a passing fault costs seconds and a lasting one little.
type retry struct{}

func (retry) NextRetry(job *rivertype.JobRow) time.Time {
	wait := time.Second << min(job.Attempt-1, 9)
	return time.Now().Add(min(wait, 5*time.Minute))
}
