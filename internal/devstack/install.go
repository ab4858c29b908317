package devstack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// Install installs PostgreSQL and Redis where that needs no question: as root on Debian. What
// apt-get says goes to log. It does nothing where both are there, and returns ErrNoPostgres
// where it may not install. A missing Redis alone is no error: Start has one inside.
func Install(ctx context.Context, log io.Writer) error {
	_, noPostgres := binaries("")
	_, noRedis := exec.LookPath("redis-server")
	if noPostgres == nil && noRedis == nil {
		return nil
	}
	apt, noApt := exec.LookPath("apt-get")
	if os.Geteuid() != 0 || noApt != nil {
		return noPostgres
	}
	for _, args := range [][]string{
		{"update", "-q"},
		{"install", "-q", "-y", "--no-install-recommends", "postgresql", "redis-server"},
	} {
		cmd := exec.CommandContext(ctx, apt, args...)
		// RUNLEVEL=1: the packages do not start servers of their own.
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1")
		cmd.Stdout, cmd.Stderr = log, log
		if err := cmd.Run(); err != nil {
			return errors.Join(fmt.Errorf("apt-get %s: %w", args[0], err), noPostgres)
		}
	}
	_, noPostgres = binaries("")
	return noPostgres
}
