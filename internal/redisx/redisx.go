// Package redisx opens Redis so that a slow or lost one costs a request little: Redis holds
// copies only, and an error there is a miss.
package redisx

import (
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// Timeout bounds each step of a command: connecting, writing, reading, waiting for a connection.
const Timeout = 200 * time.Millisecond

// Open is a client for an address redis://, rediss:// or unix://. It connects at first use, so
// an unreachable server is no error here; a malformed address is. Deadlines of the context
// are kept, and no command is sent twice (a repeated INCR counts twice).
func Open(url string) (*redis.Client, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, fmt.Errorf("redis address: %w", err)
	}
	options.ContextTimeoutEnabled = true
	options.MaxRetries = -1
	options.DialerRetries = 1
	options.DialTimeout, options.ReadTimeout, options.WriteTimeout, options.PoolTimeout = Timeout, Timeout, Timeout, Timeout
	return redis.NewClient(options), nil
}
