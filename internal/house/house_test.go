// Package house holds the rules about the house itself: who may import whom.
package house

import (
	"bufio"
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

// floor is the height of a room: a package imports only rooms below its own (design: one direction).
func floor(path string) int {
	path = strings.TrimPrefix(path, "shangda/")
	ground := map[string]bool{"services/letters": true, "services/notices": true, "services/attachments": true, "services/attachments/filetype": true, "services/documents": true}
	switch {
	case strings.HasPrefix(path, "cmd/"):
		return 7
	case strings.HasPrefix(path, "dashboards/"):
		return 6
	case ground[path]:
		return 4
	case strings.HasPrefix(path, "services/"):
		return 5
	case strings.HasPrefix(path, "tenancy/") || strings.HasPrefix(path, "authz/"):
		return 3
	case path == "authz":
		return 2
	case path == "tenancy":
		return 1
	}
	return 0 // internal, migrations, web
}

// Nouns are blind to each other, with this exception.
var nouns = map[[2]string]string{
	{"shangda/services/forwardings", "shangda/services/reports"}: "what travels and what comes back is a report's; forwardings only carries it",
}

func TestImportsGoOneWay(t *testing.T) {
	t.Parallel()
	for _, e := range imports(t) {
		from, to := floor(e[0]), floor(e[1])
		switch {
		case to > from:
			t.Errorf("%s imports %s: upwards", e[0], e[1])
		case from == 5 && to == 5 && nouns[e] == "" && !strings.HasPrefix(e[1], e[0]+"/"): // a noun may have rooms of its own
			t.Errorf("%s imports %s: nouns are blind to each other", e[0], e[1])
		case strings.HasPrefix(e[0], "shangda/dashboards/") && to == 5:
			t.Errorf("%s imports %s: the read side knows no noun", e[0], e[1])
		}
	}
}

func TestOnlyTheRoomsOfTheHouse(t *testing.T) {
	t.Parallel()
	rooms := map[string]bool{"cmd": true, "services": true, "tenancy": true, "authz": true, "dashboards": true, "helm": true, "migrations": true, "web": true, "internal": true}
	for _, pkg := range strings.Fields(string(goList(t, "{{.ImportPath}}"))) {
		room, _, _ := strings.Cut(strings.TrimPrefix(pkg, "shangda/"), "/")
		if !rooms[room] {
			t.Errorf("%s stands in no room", pkg)
		}
		for _, vague := range []string{"models", "utils", "handlers", "repositories", "common"} {
			if strings.HasSuffix(pkg, "/"+vague) {
				t.Errorf("%s: a type lives with its noun", pkg)
			}
		}
	}
}

func imports(t *testing.T) [][2]string {
	t.Helper()
	var edges [][2]string
	scanner := bufio.NewScanner(bytes.NewReader(goList(t, `{{$p := .ImportPath}}{{range .Imports}}{{$p}} {{.}}{{"\n"}}{{end}}`)))
	for scanner.Scan() {
		from, to, ok := strings.Cut(scanner.Text(), " ")
		if ok && strings.HasPrefix(to, "shangda/") {
			edges = append(edges, [2]string{from, to})
		}
	}
	if len(edges) < 20 {
		t.Fatalf("go list shows only %d imports", len(edges))
	}
	return edges
}

func goList(t *testing.T, format string) []byte {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", format, "shangda/...")
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, problems.String())
	}
	return out
}
