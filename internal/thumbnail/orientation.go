package thumbnail

import (
	"bytes"
	"encoding/binary"
	"io"
)

// orientation finds the EXIF orientation (1 to 8) of a JPEG; 1, upright, where it says none.
func orientation(content io.ReadSeeker) int {
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return 1
	}
	head := make([]byte, 128<<10) // the segment stands at the beginning and has at most 64 kB
	n, _ := io.ReadFull(content, head)
	head = head[:n]
	if !bytes.HasPrefix(head, []byte("\xff\xd8")) {
		return 1
	}
	for at := 2; at+4 <= len(head) && head[at] == 0xff; {
		length := int(binary.BigEndian.Uint16(head[at+2:]))
		end := min(at+2+length, len(head))
		if head[at+1] == 0xe1 && at+10 < end && string(head[at+4:at+10]) == "Exif\x00\x00" {
			return inExif(head[at+10 : end])
		}
		if length < 2 || head[at+1] == 0xda {
			return 1
		}
		at += 2 + length
	}
	return 1
}

func inExif(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	entries := int(order.Uint16(tiff[at:]))
	for i := range entries {
		entry := at + 2 + 12*i
		if entry+12 > len(tiff) {
			return 1
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			return int(order.Uint16(tiff[entry+8:]))
		}
	}
	return 1
}
