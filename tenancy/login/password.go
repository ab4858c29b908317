package login

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"shangda/internal/errs"
)

// Hashing is what one look at a password costs: memory in KiB, passes and threads of argon2id.
type Hashing struct {
	Memory  uint32
	Passes  uint32
	Threads uint8
}

// Standard is the cost of passwords in use: 64 MiB, three passes, one thread.
var Standard = Hashing{Memory: 64 << 10, Passes: 3, Threads: 1}

const (
	shortestPassword = 8
	longestPassword  = 128
	saltSize         = 16
	sumSize          = 32
)

// HashPassword makes the string that is stored in place of a password, at the standard cost. A password that is too
// short or too long is an Invalid error on the field password.
func HashPassword(password string) (string, error) { return Standard.Hash(password) }

// Hash is HashPassword at this cost. The string names its cost, so passwords of different cost live side by side.
func (h Hashing) Hash(password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < shortestPassword || n > longestPassword {
		return "", errs.InvalidField("password", "密码应为 %d 到 %d 个字符", shortestPassword, longestPassword)
	}
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	sum := argon2.IDKey([]byte(password), salt, h.Passes, h.Memory, h.Threads, sumSize)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.Memory, h.Passes, h.Threads, encode(salt), encode(sum)), nil
}

// matches compares a password with what is stored. Where nothing readable is stored it does the same work, in vain.
func (h Hashing) matches(stored, password string) bool {
	cost, salt, sum, known := parse(stored)
	if !known {
		cost, salt, sum = h, make([]byte, saltSize), make([]byte, sumSize)
	}
	got := argon2.IDKey([]byte(password), salt, cost.Passes, cost.Memory, cost.Threads, uint32(len(sum)))
	return subtle.ConstantTimeCompare(got, sum) == 1 && known
}

// parse reads a string made by Hash.
func parse(stored string) (cost Hashing, salt, sum []byte, ok bool) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &cost.Memory, &cost.Passes, &cost.Threads); err != nil {
		return cost, nil, nil, false
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	sum, sumErr := base64.RawStdEncoding.DecodeString(parts[5])
	ok = saltErr == nil && sumErr == nil && len(sum) == sumSize && cost.Passes > 0 && cost.Threads > 0
	return cost, salt, sum, ok
}

// gate lets few hashes run at a time: each takes much memory and a whole core.
type gate struct {
	slots  chan struct{}
	wait   time.Duration
	passed atomic.Int64
}

const longestWait = 3 * time.Second

func newGate() *gate {
	return &gate{slots: make(chan struct{}, min(max(runtime.NumCPU(), 2), 4)), wait: longestWait}
}

// do runs the work when its turn comes; a Limited error when that takes too long.
func (g *gate) do(ctx context.Context, work func()) error {
	timer := time.NewTimer(g.wait)
	defer timer.Stop()
	select {
	case g.slots <- struct{}{}:
	case <-timer.C:
		return &errs.Error{Kind: errs.Limited, Message: "登录的人较多，请稍后再试", RetryAfter: longestWait}
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-g.slots }()
	g.passed.Add(1)
	work()
	return nil
}
