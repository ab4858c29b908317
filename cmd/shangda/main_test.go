package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangda/cmd/shangda/config"
)

// call runs the program as from a shell with these settings and none else.
func call(t *testing.T, settings map[string]string, args ...string) (code int, out, problems string) {
	t.Helper()
	for _, name := range config.Names() {
		t.Setenv(name, settings[name])
	}
	var o, p bytes.Buffer
	code = run(args, &o, &p)
	return code, o.String(), p.String()
}

func TestHelpNamesCommandsAndSettings(t *testing.T) {
	code, out, _ := call(t, nil, "help")
	if code != 0 {
		t.Fatalf("exit code %d", code)
	}
	for _, c := range commands() {
		if !strings.Contains(out, "  "+c.name) {
			t.Errorf("help says nothing of the command %s", c.name)
		}
	}
	for _, name := range config.Names() {
		if !strings.Contains(out, name) {
			t.Errorf("help says nothing of the setting %s", name)
		}
	}
}

func TestWrongSettingsAreNamedAllAtOnce(t *testing.T) {
	code, _, problems := call(t, map[string]string{"SHANGDA_LISTEN": "8080", "SHANGDA_LOG_LEVEL": "loud"}, "demo")
	if code != 2 || !strings.Contains(problems, "SHANGDA_LISTEN：") || !strings.Contains(problems, "SHANGDA_LOG_LEVEL：") {
		t.Fatalf("exit code %d: %s", code, problems)
	}
}

func TestWrongCallsSayHow(t *testing.T) {
	for _, args := range [][]string{
		{"fly"}, {"serve"}, {"work"}, {"migrate"}, {"figures"}, {"bench"}, {"bench", "everything"}, {"import", "messages", "x.csv"},
		{"import", "messages", "x.csv", "--as", "linyue"},
	} {
		code, _, problems := call(t, map[string]string{"SHANGDA_DATA": filepath.Join(t.TempDir(), "none")}, args...)
		if code != 2 || problems == "" {
			t.Errorf("%v: exit code %d, %q", args, code, problems)
		}
	}
}

func TestTheDescriptionIsCurrent(t *testing.T) {
	code, out, problems := call(t, nil, "openapi")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, problems)
	}
	kept, err := os.ReadFile("../../web/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if out != string(kept) {
		t.Error("web/openapi.json is not what the program describes: make generate")
	}
}
