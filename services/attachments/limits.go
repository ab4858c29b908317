package attachments

import (
	"shangda/internal/errs"
	"shangda/services/attachments/filetype"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// Limits is what a tenant sets for its files.
type Limits struct {
	Count      int `json:"count" doc:"Files a subject may have"`
	PictureMB  int `json:"picture_mb"`
	VideoMB    int `json:"video_mb"`
	DocumentMB int `json:"document_mb"`
}

// MaxClaim is how many files one subject may be given at the most.
const MaxClaim = 20

// Rules is the setting of the limits.
var Rules = settings.Kind[Limits]{
	Name: "attachment-limits", Title: "附件限制",
	Default: func(tenancy.Tenant) Limits { return usual() }, Check: (*Limits).check,
}

func usual() Limits {
	return Limits{Count: MaxClaim, PictureMB: 20, VideoMB: MaxSize >> 20, DocumentMB: 50}
}

func (l *Limits) check() error {
	var faults errs.Fields
	for _, part := range []struct {
		field, name string
		value, most int
	}{
		{"count", "附件个数", l.Count, MaxClaim}, {"picture_mb", "图片大小（MB）", l.PictureMB, 50},
		{"video_mb", "视频大小（MB）", l.VideoMB, MaxSize >> 20}, {"document_mb", "文档大小（MB）", l.DocumentMB, 100},
	} {
		if part.value < 1 || part.value > part.most {
			faults.Add(part.field, "%s须为 1 至 %d", part.name, part.most)
		}
	}
	return faults.Err()
}

// allow refuses a file that is larger than its class may be.
func (l Limits) allow(t filetype.Type, size int64) error {
	name, most := "图片", l.PictureMB
	switch t.Class {
	case filetype.Video:
		name, most = "视频", l.VideoMB
	case filetype.Document:
		name, most = "文档", l.DocumentMB
	}
	if size > int64(most)<<20 {
		return errs.New(errs.TooLarge, "%s不能超过 %d MB", name, most)
	}
	return nil
}

// largest is the largest file of any class.
func (l Limits) largest() int64 { return int64(max(l.PictureMB, l.VideoMB, l.DocumentMB)) << 20 }
