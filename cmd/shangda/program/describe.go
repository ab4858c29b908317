package program

import (
	"context"
	"encoding/json"

	"github.com/prometheus/client_golang/prometheus"

	"shangda/internal/clock"
	"shangda/internal/postgres"
)

// Describe is the OpenAPI description of every route, without any server behind it.
func Describe() ([]byte, error) {
	p := &Program{Registry: prometheus.NewRegistry(), pools: &postgres.Pools{}}
	p.background, p.stop = context.WithCancel(context.Background())
	p.stop() // nothing is to run
	if err := p.wire(Stack{}, clock.System()); err != nil {
		return nil, err
	}
	defer p.Hub.Close()
	p.Routes()
	return json.Marshal(p.API.Huma.OpenAPI())
}
