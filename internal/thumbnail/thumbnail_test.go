package thumbnail_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"shangda/internal/thumbnail"
)

// tall is a JPEG, red on top and blue below, which the camera says to turn.
func tall(t *testing.T, orientation uint16) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 1000, 2000))
	for y := range 2000 {
		for x := range 1000 {
			picture.Set(x, y, map[bool]color.Color{true: color.RGBA{R: 200, A: 255}, false: color.RGBA{B: 200, A: 255}}[y < 1000])
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, nil); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	exif = binary.BigEndian.AppendUint16(exif, orientation)
	exif = append(exif, 0, 0, 0, 0, 0, 0)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(append([]byte{0xff, 0xd8}, segment...), exif...), b.Bytes()[2:]...)
}

func TestAPictureIsSmallAndUpright(t *testing.T) {
	t.Parallel()
	for orientation, want := range map[uint16]struct {
		size image.Point
		red  image.Point
	}{
		1: {image.Pt(160, 320), image.Pt(80, 20)},
		3: {image.Pt(160, 320), image.Pt(80, 300)},
		6: {image.Pt(320, 160), image.Pt(300, 80)},
		8: {image.Pt(320, 160), image.Pt(20, 80)},
		9: {image.Pt(160, 320), image.Pt(80, 20)},
	} {
		small, err := thumbnail.Picture(t.Context(), bytes.NewReader(tall(t, orientation)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := jpeg.Decode(bytes.NewReader(small))
		if err != nil || got.Bounds().Size() != want.size {
			t.Errorf("%d: %v, %v", orientation, got.Bounds(), err)
			continue
		}
		if r, _, b, _ := got.At(want.red.X, want.red.Y).RGBA(); r < b {
			t.Errorf("%d: turned wrongly", orientation)
		}
	}
}

func TestAMonsterHasNone(t *testing.T) {
	t.Parallel()
	head := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), 0, 0, 0x40, 0, 0, 0, 0x40, 0, 8, 6, 0, 0, 0)
	head = binary.BigEndian.AppendUint32(head, crc32.ChecksumIEEE(head[12:]))
	var broken bytes.Buffer
	_ = png.Encode(&broken, image.NewRGBA(image.Rect(0, 0, 50, 50)))
	for what, content := range map[string][]byte{"16384 × 16384": head, "half a picture": broken.Bytes()[:60], "nothing": nil} {
		if _, err := thumbnail.Picture(t.Context(), bytes.NewReader(content)); !errors.Is(err, thumbnail.ErrNone) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAFilmShowsItsFirstMoment(t *testing.T) {
	t.Parallel()
	if !thumbnail.HasFilm() {
		t.Skip("没有安装 ffmpeg，跳过视频缩略图的测试")
	}
	path := filepath.Join(t.TempDir(), "a.mp4")
	if out, err := exec.Command("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=duration=1:size=640x360:rate=5", "-pix_fmt", "yuv420p", path).CombinedOutput(); err != nil {
		t.Skipf("这台机器的 ffmpeg 不能编码 MP4：%s", out)
	}
	film, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer film.Close()
	if err := os.Remove(path); err != nil { // as a temporary file is
		t.Fatal(err)
	}
	small, err := thumbnail.Film(t.Context(), film, "mov")
	if err != nil {
		t.Fatal(err)
	}
	if head, err := jpeg.DecodeConfig(bytes.NewReader(small)); err != nil || head.Width != 320 || head.Height != 180 {
		t.Errorf("%+v, %v", head, err)
	}
	list := filepath.Join(t.TempDir(), "list.mp4")
	if err := os.WriteFile(list, []byte("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	disguised, err := os.Open(list)
	if err != nil {
		t.Fatal(err)
	}
	defer disguised.Close()
	if _, err := thumbnail.Film(t.Context(), disguised, "mov"); !errors.Is(err, thumbnail.ErrNone) {
		t.Errorf("a play list: %v", err)
	}
}
