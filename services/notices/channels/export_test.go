package channels

import (
	"context"

	"shangda/tenancy"
)

// Tell apart what tests look at.
var (
	Sign       = sign
	SigningKey = signingKey
)

// Trusting is the service without its assertion, with the channels of another tenant: the fault that the tests must catch.
func (s *Service) Trusting(other tenancy.Querier) *Service {
	broken := s.Astray(other)
	broken.guard = func(int32, ...int32) error { return nil }
	return broken
}

// Astray is the service that takes up the channels of another tenant, with its assertion.
func (s *Service) Astray(other tenancy.Querier) *Service {
	broken := *s
	broken.rows = func(ctx context.Context, _ tenancy.Querier) (map[string]channelRow, error) {
		return channelRows(ctx, other)
	}
	return &broken
}

// AnyCertificate lets the mail server of a test have a certificate of its own.
func (s *Service) AnyCertificate() {
	m, _ := s.by[Email].(mailer)
	m.anyTLS = true
	s.by[Email] = m
}
