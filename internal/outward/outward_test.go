package outward_test

import (
	"errors"
	"net"
	"net/netip"
	"testing"

	"shangda/internal/outward"
)

func TestOnlyThePublicNetwork(t *testing.T) {
	for text, public := range map[string]bool{
		"8.8.8.8": true, "2400:3200::1": true, "127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "::1": false, "fe80::1": false, "fd00::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "64:ff9b::7f00:1": false, "::": false,
	} {
		if got := outward.Public(netip.MustParseAddr(text)); got != public {
			t.Errorf("%s: %t", text, got)
		}
	}
}

func TestNoNameLeadsInside(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	port := listener.Addr().(*net.TCPAddr).Port
	for _, host := range []string{"127.0.0.1", "localhost", "::ffff:127.0.0.1", "0"} {
		if _, err := (outward.Dialer{}).Dial(t.Context(), host, port); err == nil || host != "0" && !errors.Is(err, outward.ErrInside) {
			t.Errorf("%s: %v", host, err)
		}
	}
	conn, err := outward.Dialer{Inside: true}.Dial(t.Context(), "127.0.0.1", port)
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
}
