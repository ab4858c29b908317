package filetype

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"

	"shangda/internal/errs"
)

// boxes are what an MP4 or MOV file may begin with.
var boxes = []string{"ftyp", "moov", "wide", "mdat", "free", "skip"}

const maxBoxes = 10_000

// movieType walks the boxes of an MP4 or MOV file: together they are exactly the file, and one of them describes it.
func movieType(content *io.SectionReader, head []byte) (string, error) {
	broken := errs.InvalidField("file", "视频不完整或已损坏，请重新选择")
	media := "video/quicktime"
	if string(head[4:8]) == "ftyp" {
		switch brand := string(head[8:12]); {
		case brand == "qt  ":
		case slices.Contains([]string{"heic", "heix", "mif1", "msf1", "avif"}, brand):
			return "", errs.New(errs.Unsupported, "不接受 HEIC/AVIF 图片，请在手机相机设置中选择“兼容性最佳”（JPEG）后再拍")
		case strings.HasPrefix(brand, "M4A"):
			return "", unsupported()
		default:
			media = "video/mp4"
		}
	}
	described := false
	at := int64(0)
	for range maxBoxes {
		if at == content.Size() {
			break
		}
		var box [16]byte
		if n, _ := content.ReadAt(box[:], at); n < 8 {
			return "", broken
		}
		length := int64(binary.BigEndian.Uint32(box[:4]))
		switch length {
		case 0:
			length = content.Size() - at
		case 1:
			length = int64(binary.BigEndian.Uint64(box[8:16]))
		}
		if length < 8 || length > content.Size()-at {
			return "", broken
		}
		described = described || string(box[4:8]) == "moov"
		at += length
	}
	if !described || at != content.Size() {
		return "", broken
	}
	return media, nil
}

// webmType takes Matroska of the kind that browsers play.
func webmType(head []byte) (string, error) {
	if !bytes.Contains(head[:min(len(head), 64)], []byte("webm")) {
		return "", unsupported()
	}
	return "video/webm", nil
}
