package devstack

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// child is a server process that the kernel ends when this program ends.
type child struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when the process is gone
}

// spawn starts cmd as the account, in a process group of its own (Ctrl-C at the terminal
// reaches the program alone, which then ends its servers in order). The kernel sends onDeath
// to the process when the thread that made it ends; so that thread is kept for it.
func spawn(cmd *exec.Cmd, who account, onDeath syscall.Signal) (*child, error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: onDeath, Credential: who.credential()}
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=/"}
	c := &child{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with this goroutine
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // how it ended stands in its log
		}
		close(c.done)
	}()
	return c, <-started
}

// kill ends the process at once and waits until it is gone.
func (c *child) kill() { c.stop(syscall.SIGKILL) }

// stop sends the signals one after the other, giving the process time after each, and last
// SIGKILL; it returns when the process is gone. A nil child is gone.
func (c *child) stop(signals ...syscall.Signal) {
	if c == nil || c.cmd.Process == nil {
		return
	}
	for _, sig := range append(signals, syscall.SIGKILL) {
		if err := c.cmd.Process.Signal(sig); errors.Is(err, os.ErrProcessDone) {
			break
		}
		select {
		case <-c.done:
			return
		case <-time.After(10 * time.Second):
		}
	}
	<-c.done
}
