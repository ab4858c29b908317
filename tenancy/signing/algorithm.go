// Package signing holds the keys with which a tenant signs what it sends to others, and tells whether a signature is right.
//
// A tenant has one key in use. An earlier one stays and goes on verifying what it signed. The private half is kept sealed with
// a key of the program and never leaves this package; the public halves of all tenants can be read by all. The algorithm is
// named beside each key and each signature, so that another one can take the place of the shipped one while both are known.
package signing

import (
	"crypto/ed25519"
	"crypto/rand"
)

// Signer makes keys and signs with them. private is whatever the algorithm keeps: the key itself, or the name of a key in a card.
type Signer interface {
	Generate() (private, public []byte, err error)
	Sign(private, message []byte) ([]byte, error)
}

// Verifier tells whether a signature over a message was made with the private half of a public key.
type Verifier interface {
	Verify(public, message, signature []byte) bool
}

// Algorithm is one way to sign, under the name that stands beside what it signed.
type Algorithm struct {
	Name string
	Signer
	Verifier
}

// Ed25519 is the shipped algorithm.
var Ed25519 = Algorithm{Name: "ed25519", Signer: edwards{}, Verifier: edwards{}}

type edwards struct{}

func (edwards) Generate() (private, public []byte, err error) {
	public, private, err = ed25519.GenerateKey(rand.Reader)
	return private, public, err
}

func (edwards) Sign(private, message []byte) ([]byte, error) {
	if len(private) != ed25519.PrivateKeySize {
		return nil, errNotOurs
	}
	return ed25519.Sign(private, message), nil
}

func (edwards) Verify(public, message, signature []byte) bool {
	return len(public) == ed25519.PublicKeySize && ed25519.Verify(public, message, signature)
}
