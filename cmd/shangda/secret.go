package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"shangda/cmd/shangda/config"
)

// secretFile holds the key of a program that was given none, in its data folder.
const secretFile = "secret.key"

// secretKey is the key that was set, or the one in the data folder, which the first start makes. Two first starts at once agree:
// the file is written under another name and linked, which only one can do.
func secretKey(c config.Config) (string, error) {
	if c.SecretKey != "" {
		return c.SecretKey, nil
	}
	path := filepath.Join(c.Data, secretFile)
	key, err := os.ReadFile(path)
	if err == nil {
		return readSecret(path, key)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("密钥文件 %s 无法读取：%w", path, err)
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return "", err
	}
	temporary, err := os.CreateTemp(c.Data, secretFile+"-*") // readable to its owner alone
	if err != nil {
		return "", err
	}
	defer func() { _ = os.Remove(temporary.Name()) }()
	_, err = temporary.WriteString(hex.EncodeToString(fresh) + "\n")
	if err = errors.Join(err, temporary.Sync(), temporary.Close()); err != nil {
		return "", err
	}
	if err := os.Link(temporary.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	if key, err = os.ReadFile(path); err != nil {
		return "", err
	}
	return readSecret(path, key)
}

func readSecret(path string, key []byte) (string, error) {
	text := strings.TrimSpace(string(key))
	if len(text) < 32 {
		return "", fmt.Errorf("密钥文件 %s 不完整：请恢复它，或设置 SHANGDA_SECRET_KEY", path)
	}
	return text, nil
}
