package docx

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// Printer turns documents into PDF by the LibreOffice of the machine, where there is one. Each of its workers has a profile
// of its own, so that they do not wait for one another; a run that takes too long is ended with all its children.
type Printer struct {
	program string
	free    chan string // folders of idle workers
	dir     string
}

// A run may take so long, and longer for each document in it.
const (
	printTime = 60 * time.Second
	printEach = 15 * time.Second
)

// ErrNoPrinter says that the machine has no LibreOffice.
var ErrNoPrinter = errors.New("docx: no LibreOffice on this machine")

// NewPrinter looks for LibreOffice; without it the printer is there but prints nothing. Close removes its folder.
func NewPrinter(workers int) *Printer {
	p := &Printer{}
	for _, name := range []string{"soffice", "libreoffice"} {
		if path, err := exec.LookPath(name); err == nil && p.program == "" {
			p.program = path
		}
	}
	if p.program == "" {
		return p
	}
	dir, err := os.MkdirTemp("", "shangda-print-")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "fonts.conf"), []byte(fontAliases), 0o600)
	}
	if err != nil {
		p.program = ""
		return p
	}
	p.dir, p.free = dir, make(chan string, workers)
	for i := range workers {
		p.free <- filepath.Join(dir, fmt.Sprint(i))
	}
	return p
}

// Able tells whether it can print.
func (p *Printer) Able() bool { return p != nil && p.program != "" }

// Close ends the use of the printer.
func (p *Printer) Close() error {
	if p.dir == "" {
		return nil
	}
	return os.RemoveAll(p.dir)
}

// PDF is the document as PDF. It waits for a free worker as long as ctx allows.
func (p *Printer) PDF(ctx context.Context, document []byte) ([]byte, error) {
	all, err := p.PDFs(ctx, document)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// PDFs prints several documents in one run.
func (p *Printer) PDFs(ctx context.Context, documents ...[]byte) ([][]byte, error) {
	if !p.Able() {
		return nil, ErrNoPrinter
	}
	var worker string
	select {
	case worker = <-p.free:
		defer func() { p.free <- worker }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	desk := filepath.Join(worker, "desk")
	defer func() { _ = os.RemoveAll(desk) }()
	if err := os.MkdirAll(desk, 0o700); err != nil {
		return nil, err
	}
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(worker, "profile")),
		"--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf:writer_pdf_Export", "--outdir", desk}
	for i, document := range documents {
		name := filepath.Join(desk, fmt.Sprintf("%d.docx", i))
		if err := os.WriteFile(name, document, 0o600); err != nil {
			return nil, err
		}
		args = append(args, name)
	}
	if err := p.run(ctx, worker, printTime+time.Duration(len(documents))*printEach, args); err != nil {
		return nil, err
	}
	printed := make([][]byte, len(documents))
	for i := range printed {
		var err error
		if printed[i], err = os.ReadFile(filepath.Join(desk, fmt.Sprintf("%d.pdf", i))); err != nil {
			return nil, fmt.Errorf("docx: print: %w", err)
		}
	}
	return printed, nil
}

func (p *Printer) run(ctx context.Context, worker string, limit time.Duration, args []string) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.program, args...)
	cmd.Env = append(os.Environ(), "FONTCONFIG_FILE="+filepath.Join(p.dir, "fonts.conf"), "HOME="+worker)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // soffice starts a child
	cmd.WaitDelay = time.Second
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("docx: print: %w: %.300s", err, text)
	}
	return nil
}

// fontAliases lets a machine without the fonts of official documents print with the nearest it has.
const fontAliases = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<alias binding="same"><family>方正小标宋简体</family><prefer><family>FZXiaoBiaoSong-B05S</family><family>华文中宋</family><family>Noto Serif CJK SC</family></prefer></alias>
<alias binding="same"><family>仿宋_GB2312</family><prefer><family>FangSong</family><family>FandolFang</family><family>Noto Serif CJK SC</family></prefer></alias>
<alias binding="same"><family>楷体_GB2312</family><prefer><family>KaiTi</family><family>LXGW WenKai</family><family>AR PL UKai CN</family><family>Noto Serif CJK SC</family></prefer></alias>
<alias binding="same"><family>黑体</family><prefer><family>SimHei</family><family>Noto Sans CJK SC</family></prefer></alias>
<alias binding="same"><family>宋体</family><prefer><family>SimSun</family><family>Noto Serif CJK SC</family></prefer></alias>
</fontconfig>`
