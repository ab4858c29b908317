package letters

import (
	"context"
	"errors"
	"testing"

	"shangda/tenancy"
)

// TestALetterGoesTheWayItsKindGoes: up the line, or down it, never the other way.
func TestALetterGoesTheWayItsKindGoes(t *testing.T) {
	p := newPlace(t)
	p.w.Line(p.county, p.city)
	p.service.Register("down", Handler{Down: true, Receive: func(ctx context.Context, tx *tenancy.Tx, l Letter) (tenancy.Subject, error) {
		return insertUnit(ctx, tx, "来自上级"+string(l.Payload))
	}})
	for _, kind := range []string{"test", "down"} {
		up := p.deliver(p.county, p.send(p.clerk, Draft{Kind: kind, To: p.city.ID, Payload: []byte("一")}))
		down := p.deliver(p.city, p.send(p.desk, Draft{Kind: kind, To: p.county.ID, Payload: []byte("一")}))
		right, wrong := up, down
		if kind == "down" {
			right, wrong = down, up
		}
		if right != nil || !errors.As(wrong, new(*Refused)) {
			t.Errorf("%s: up %v, down %v", kind, up, down)
		}
	}
	if p.count(p.county, "来自上级一") != 1 || p.count(p.city, "来自上级一") != 0 {
		t.Error("not where it should be")
	}
	stranger := p.w.Tenant("cppcc", "county")
	if err := p.deliver(p.city, p.send(p.desk, Draft{Kind: "down", To: stranger.ID})); !errors.As(err, new(*Refused)) {
		t.Errorf("down without a line: %v", err)
	}
}
