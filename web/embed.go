// Package web carries the built console (the desk and the phone) inside the binary.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS is the root of the built console: index.html, m.html and assets/. It holds only a marker file
// until `npm run build` has been run.
var FS = mustSub(dist, "dist")

func mustSub(tree fs.FS, dir string) fs.FS {
	sub, err := fs.Sub(tree, dir)
	if err != nil {
		panic(err) // only a malformed constant path can fail here
	}
	return sub
}
