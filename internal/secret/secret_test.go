package secret_test

import (
	"bytes"
	"errors"
	"testing"

	"shangda/internal/secret"
)

func TestASecretOpensOnlyWithItsKeyAtItsPlace(t *testing.T) {
	box := secret.NewBox("a long enough key")
	sealed, err := box.Seal("密码", "mailbox 7")
	if err != nil || bytes.Contains(sealed, []byte("密码")) {
		t.Fatal(err)
	}
	again, _ := box.Seal("密码", "mailbox 7")
	if bytes.Equal(sealed, again) {
		t.Error("the same text looks the same twice")
	}
	if text, err := box.Open(sealed, "mailbox 7"); err != nil || text != "密码" {
		t.Fatal(text, err)
	}
	for what, open := range map[string]func() (string, error){
		"another place": func() (string, error) { return box.Open(sealed, "mailbox 8") },
		"another key":   func() (string, error) { return secret.NewBox("another key").Open(sealed, "mailbox 7") },
		"changed":       func() (string, error) { return box.Open(append(sealed[:len(sealed)-1:len(sealed)-1], 0), "mailbox 7") },
		"cut":           func() (string, error) { return box.Open(sealed[:5], "mailbox 7") },
	} {
		if text, err := open(); err == nil {
			t.Errorf("%s: opened: %q", what, text)
		}
	}
	if _, err := secret.NewBox("").Seal("x", ""); !errors.Is(err, secret.ErrNoKey) {
		t.Error(err)
	}
}
