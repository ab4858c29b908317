package config_test

import (
	"os"
	"strings"
	"testing"

	"shangda/cmd/shangda/config"
)

func TestAllFaultsAtOnce(t *testing.T) {
	_, err := config.Load([]string{"SHANGDA_LISTEN=nowhere", "SHANGDA_LOG_FORMAT=xml", "SHANGDA_DATABASE_URL=mysql://x", "SHANGDA_LISTN=1", "SHANGDA_DEMO_PASSWORD=短"})
	if err == nil {
		t.Fatal("wrong settings were taken")
	}
	for _, name := range []string{"SHANGDA_LISTEN：", "SHANGDA_LOG_FORMAT：", "SHANGDA_DATABASE_URL：", "SHANGDA_LISTN：", "SHANGDA_DEMO_PASSWORD："} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in %q", name, err)
		}
	}
}

func TestDefaults(t *testing.T) {
	c, err := config.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || !strings.HasSuffix(c.BlobURL, "/.shangda/files") || c.LogFormat != "text" {
		t.Fatalf("defaults: %+v", c)
	}
}

func TestTheDatabaseNeedsBothRoles(t *testing.T) {
	if _, err := config.Load([]string{"SHANGDA_DATABASE_URL=postgres://a/b"}); err == nil || !strings.Contains(err.Error(), "SHANGDA_DATABASE_FOLD_URL") {
		t.Fatalf("error: %v", err)
	}
}

func TestHelpNamesEverySetting(t *testing.T) {
	help := config.Help()
	for _, name := range config.Names() {
		if !strings.Contains(help, name+"\n") {
			t.Errorf("help says nothing of %s", name)
		}
	}
}

func TestTheReadmeListsEverySetting(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range config.Names() {
		if !strings.Contains(string(readme), "| `"+name+"` |") {
			t.Errorf("the README says nothing of %s", name)
		}
	}
}
