package devstack

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// account is who the servers run as: ourselves, or an unprivileged user when we are root,
// because PostgreSQL refuses to run as root.
type account struct {
	uid, gid uint32
	other    bool // not ourselves
}

func (a account) credential() *syscall.Credential {
	if !a.other {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

func unprivileged() (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil {
			return account{uid: uint32(uid), gid: uint32(gid), other: true}, nil
		}
	}
	return account{}, errors.New("PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody")
}

// place is where a stack's files are.
type place struct {
	dir  string // the data folder asked for: lock and logs
	home string // where the servers' own folders are: dir, or elsewhere if they cannot enter it
	run  string // the sockets; short and private
	who  account
	note string
	lock *os.File
}

func (p *place) data() string { return filepath.Join(p.home, "postgres") }

// settle makes the folders of a stack and takes the data folder for this program.
func settle(dir string) (*place, error) {
	who, err := unprivileged()
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	p := &place{dir: dir, home: dir, who: who}
	if p.lock, err = takeLock(filepath.Join(dir, "lock")); err != nil {
		return nil, err
	}
	if err := p.choose(); err != nil {
		return nil, errors.Join(err, p.release())
	}
	return p, nil
}

// choose finds the home and the socket folder.
func (p *place) choose() error {
	if p.who.other && !enterable(p.dir, p.who) {
		if err := p.moveOut(); err != nil {
			return err
		}
	}
	p.run = filepath.Join(p.home, "run")
	if len(p.run) > 80 { // a socket's path has at most 107 bytes, file name included
		p.run = filepath.Join(shortTemp(), fmt.Sprintf("shangda-%d-%s", os.Geteuid(), digest(p.home)))
	}
	return private(p.run, p.who)
}

// moveOut gives the servers a home outside a data folder they cannot enter. The link
// "elsewhere" in the data folder remembers it: without the link the stack begins anew.
func (p *place) moveOut() error {
	link := filepath.Join(p.dir, "elsewhere")
	home, err := os.Readlink(link)
	if errors.Is(err, fs.ErrNotExist) {
		home, err = os.MkdirTemp("/var/lib", "shangda-")
		if err != nil {
			home, err = os.MkdirTemp("", "shangda-")
		}
		if err == nil {
			err = os.Symlink(home, link)
		}
	}
	if err == nil {
		err = os.MkdirAll(home, 0o711)
	}
	if err == nil {
		err = os.Chmod(home, 0o711)
	}
	if err != nil {
		return fmt.Errorf("find a folder for PostgreSQL outside %s: %w", p.dir, err)
	}
	p.home = home
	p.note = fmt.Sprintf("PostgreSQL cannot enter %s; its data are in %s.", p.dir, home)
	return nil
}

// release gives the data folder free.
func (p *place) release() error {
	if p.run != "" && filepath.Dir(p.run) != p.home {
		_ = os.RemoveAll(p.run) // sockets only
	}
	return p.lock.Close()
}

// takeLock takes the file's lock or says who has it. The kernel frees it with the program.
func takeLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := os.ReadFile(path)
		f.Close()
		return nil, fmt.Errorf("the data folder %s is in use by another program (process %s)",
			filepath.Dir(path), strings.TrimSpace(string(holder)))
	}
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if _, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// enterable tells whether the account may enter the folder and all above it.
func enterable(dir string, who account) bool {
	for {
		info, err := os.Stat(dir)
		if err != nil {
			return false
		}
		st := info.Sys().(*syscall.Stat_t)
		bit := fs.FileMode(0o001)
		if st.Uid == who.uid {
			bit = 0o100
		} else if st.Gid == who.gid {
			bit = 0o010
		}
		if info.Mode()&bit == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
		dir = filepath.Dir(dir)
	}
}

// private makes a folder that the account alone may enter, and refuses one that somebody else
// has put there before.
func private(dir string, who account) error {
	if err := os.Mkdir(dir, 0o700); err == nil {
		if who.other {
			err = os.Chown(dir, int(who.uid), int(who.gid))
		}
		return err
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	owner := info.Sys().(*syscall.Stat_t).Uid
	if !info.IsDir() || (owner != who.uid && owner != uint32(os.Geteuid())) {
		return fmt.Errorf("%s belongs to somebody else", dir)
	}
	if who.other {
		if err := os.Chown(dir, int(who.uid), int(who.gid)); err != nil {
			return err
		}
	}
	return os.Chmod(dir, 0o700)
}

func shortTemp() string {
	if dir := os.TempDir(); len(dir) <= 40 {
		return dir
	}
	return "/tmp"
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:5])
}
