package imports

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"shangda/internal/errs"
)

// convertTime is how long LibreOffice may take for one file; one at a time.
const convertTime = 40 * time.Second

var converting = make(chan struct{}, 1)

// converted is an old Word or WPS file as docx, where the machine has LibreOffice.
func converted(ctx context.Context, content io.Reader) (*os.File, error) {
	program, err := exec.LookPath("soffice")
	if err != nil {
		return nil, errs.New(errs.Unsupported, "服务器没有安装 LibreOffice，不能读取 .doc/.wps，请另存为 .docx 后再导入")
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), convertTime)
	defer cancel()
	select {
	case converting <- struct{}{}:
		defer func() { <-converting }()
	case <-ctx.Done():
		return nil, errs.New(errs.Unavailable, "正在转换其他文件，请稍后重试")
	}
	dir, err := os.MkdirTemp("", "shangda-convert-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	in, err := os.Create(filepath.Join(dir, "in.doc"))
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(in, content)
	if closing := in.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, program, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--norestore", "--convert-to", "docx", "--outdir", dir, in.Name())
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) } // it starts a child
	command.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	if err := command.Run(); err != nil {
		return nil, errs.InvalidField("attachment", "这个文件不能转换，请另存为 .docx 后再导入")
	}
	out, err := os.Open(filepath.Join(dir, "in.docx"))
	if err != nil {
		return nil, errs.InvalidField("attachment", "这个文件不能转换，请另存为 .docx 后再导入")
	}
	return out, nil // its folder goes, the open file stays until it is closed
}
