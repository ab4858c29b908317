package rollup

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"

	"shangda/tenancy"
)

// Channel carries the codes of tenants whose figures changed, as a JSON list.
const Channel = "sd:boards"

// tellAtOnce bounds the size of one message.
const tellAtOnce = 500

// generationAge ends the generations of tenants whose figures have long not changed; readers then begin a new one.
const generationAge = 24 * time.Hour

// GenerationKey holds in Redis a name for a tenant's figures as they are, another one after each change; a cached board
// carries the generation it was made of and serves no other.
func GenerationKey(tenant tenancy.Tenant) string { return tenancy.Key(tenant, "board", "generation") }

// tell renews the generation of the changed tenants, drops their boards in every process and wakes open pages. Whom
// Redis could not be told about is told with the next pass; until then copies end by their age.
func (f *Folder) tell(ctx context.Context, changed []tenancy.Tenant) {
	f.telling.Lock()
	defer f.telling.Unlock()
	for _, t := range changed {
		f.untold[t.Code] = t
	}
	if len(f.untold) > 0 {
		f.tellRedis(ctx)
	}
	if f.Changed == nil {
		return
	}
	for _, t := range changed {
		f.Changed(t, []tenancy.Change{{Kind: "board", ID: t.Code}})
	}
}

func (f *Folder) tellRedis(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	batch := make([]tenancy.Tenant, 0, tellAtOnce)
	for _, t := range f.untold {
		if batch = append(batch, t); len(batch) == tellAtOnce {
			if !f.publish(ctx, batch) {
				return
			}
			batch = batch[:0]
		}
	}
	if len(batch) > 0 {
		f.publish(ctx, batch)
	}
}

// publish renews the generations first: who hears of the change must not find the old one.
func (f *Folder) publish(ctx context.Context, tenants []tenancy.Tenant) bool {
	codes := make([]string, len(tenants))
	for i, t := range tenants {
		codes[i] = t.Code
	}
	generation := tenancy.NewID().String()
	message, err := json.Marshal(codes)
	if err == nil {
		_, err = f.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
			for _, t := range tenants {
				p.Set(ctx, GenerationKey(t), generation, generationAge)
			}
			p.Publish(ctx, Channel, message)
			return nil
		})
	}
	if err != nil {
		slog.WarnContext(ctx, "fold: Redis was not told of changed figures", "error", err)
		return false
	}
	for _, code := range codes {
		delete(f.untold, code)
	}
	return true
}
