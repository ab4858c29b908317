// Package thumbnail makes small pictures of big ones, and of the first moment of a film where the machine has ffmpeg.
//
// Its rule: whoever sends a monster gets no thumbnail; memory stays bounded by what is unpacked at once.
package thumbnail

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif" // the formats that are read
	"image/jpeg"
	_ "image/png" //
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	scale "golang.org/x/image/draw"
	_ "golang.org/x/image/webp" //
)

// ErrNone says that there is no thumbnail to be had of this file, now and later.
var ErrNone = errors.New("thumbnail: none to be had")

const (
	// Side is the longer side of a thumbnail in pixels.
	Side = 320
	// maxUnpacked is what a picture may need in memory; two are unpacked at a time.
	maxUnpacked = 48 << 20
	patience    = 20 * time.Second
)

var turn = make(chan struct{}, 2)

// Picture gives a JPEG of a picture, upright as the camera meant it.
func Picture(ctx context.Context, content io.ReadSeeker) ([]byte, error) {
	head, format, err := image.DecodeConfig(content)
	if err != nil || head.Width <= 0 || head.Height <= 0 {
		return nil, ErrNone
	}
	bytesAPixel := 4
	if format == "jpeg" || format == "webp" {
		bytesAPixel = 2 // brightness whole, colours a quarter or half each
	}
	if head.Width > maxUnpacked/bytesAPixel/head.Height {
		return nil, ErrNone
	}
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	upright := orientation(content)
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	whole, _, err := image.Decode(content)
	if err != nil {
		return nil, ErrNone
	}
	return encode(rotate(small(whole), upright))
}

// small scales a picture down to the side; transparent parts become white.
func small(whole image.Image) *image.RGBA {
	width, height := whole.Bounds().Dx(), whole.Bounds().Dy()
	if longer := max(width, height); longer > Side {
		width, height = max(1, width*Side/longer), max(1, height*Side/longer)
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	scale.ApproxBiLinear.Scale(out, out.Bounds(), whole, whole.Bounds(), draw.Over, nil)
	return out
}

// rotate turns a picture as the number of its EXIF orientation says.
func rotate(in *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return in
	}
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			at := map[int]image.Point{2: {X: w - 1 - x, Y: y}, 3: {X: w - 1 - x, Y: h - 1 - y}, 4: {X: x, Y: h - 1 - y}, 5: {X: y, Y: x},
				6: {X: h - 1 - y, Y: x}, 7: {X: h - 1 - y, Y: w - 1 - x}, 8: {X: y, Y: w - 1 - x}}[orientation]
			out.SetRGBA(at.X, at.Y, in.RGBAAt(x, y))
		}
	}
	return out
}

func encode(in image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, in, &jpeg.Options{Quality: 80})
	return b.Bytes(), err
}

// HasFilm tells whether the machine can look into films.
func HasFilm() bool {
	_, err := exec.LookPath("ffmpeg")
	return err == nil
}

// Film gives a JPEG of the first second of a film. format is what the container was found to be (mov or webm), so that the
// decoder takes the file for nothing else, such as a list of addresses to fetch.
func Film(ctx context.Context, content *os.File, format string) ([]byte, error) {
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		return nil, ErrNone
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	side := strconv.Itoa(Side)
	command := exec.CommandContext(ctx, path, "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-max_alloc", "67108864", "-threads", "1",
		"-f", format, "-i", "/dev/fd/3", "-an", "-sn", "-dn", "-frames:v", "1", "-threads", "1",
		"-vf", "scale='min("+side+",iw)':'min("+side+",ih)':force_original_aspect_ratio=decrease", "-f", "mjpeg", "pipe:1")
	command.ExtraFiles = []*os.File{content}
	command.Env = []string{}
	out, err := command.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil || len(out) == 0 {
		return nil, ErrNone
	}
	return out, nil
}
