// Package outward makes connections to addresses that users name. Its rule: they reach the public network only, unless the
// operator of the program says otherwise; the address is checked when it is dialled, after names were resolved, so no name
// leads inside.
package outward

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// ErrInside says that an address is not of the public network.
var ErrInside = errors.New("outward: not a public address")

// Dialer dials for users. Inside lets it also reach loopback and private networks.
type Dialer struct{ Inside bool }

// private networks beside those that netip knows: carrier-grade, benchmarks, documentation, translated.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001:db8::/32"),
}

// Public tells whether an address belongs to the public network.
func Public(address netip.Addr) bool {
	address = address.Unmap()
	if !address.IsGlobalUnicast() || address.IsPrivate() {
		return false
	}
	for _, prefix := range special {
		if prefix.Contains(address) {
			return false
		}
	}
	return true
}

// Dial connects over TCP.
func (d Dialer) Dial(ctx context.Context, host string, port int) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !d.Inside && !Public(at.Addr()) {
			return ErrInside
		}
		return nil
	}}
	return dialer.DialContext(ctx, "tcp", net.JoinHostPort(host, fmt.Sprint(port)))
}
