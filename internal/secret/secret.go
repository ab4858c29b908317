// Package secret keeps what the program must be able to use but nobody may read: sealed with a key that stands in the
// program's settings and never in the database.
package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"errors"
)

// Box seals with one key. A nil box has no key and refuses.
type Box struct{ gcm cipher.AEAD }

// ErrNoKey says that the program was given no key.
var ErrNoKey = errors.New("secret: no key is set")

// NewBox is the box of a key, nil for an empty one.
func NewBox(key string) *Box {
	if key == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(key))
	block, err := aes.NewCipher(sum[:])
	if err != nil {
		return nil
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil
	}
	return &Box{gcm}
}

// Seal shuts a text in for one place: at another place it does not open.
func (b *Box) Seal(text, place string) ([]byte, error) {
	if b == nil {
		return nil, ErrNoKey
	}
	nonce := make([]byte, b.gcm.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return b.gcm.Seal(nonce, nonce, []byte(text), []byte(place)), nil
}

// Open gives the text back.
func (b *Box) Open(sealed []byte, place string) (string, error) {
	if b == nil {
		return "", ErrNoKey
	}
	size := b.gcm.NonceSize()
	if len(sealed) < size {
		return "", errors.New("secret: too short")
	}
	text, err := b.gcm.Open(nil, sealed[:size], sealed[size:], []byte(place))
	return string(text), err
}
