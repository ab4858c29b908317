package points

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// A code of this many points, with the quiet margin that readers need, prints well on a sheet of A4.
const (
	codeSize   = 720
	codeMargin = 60
)

// code is the address as a picture (PNG), with enough redundancy for a wall.
func code(address string) ([]byte, error) {
	c, err := qr.Encode(address, qr.Q, qr.Auto)
	if err == nil {
		c, err = barcode.Scale(c, codeSize-2*codeMargin, codeSize-2*codeMargin)
	}
	if err != nil {
		return nil, err
	}
	sheet := image.NewGray(image.Rect(0, 0, codeSize, codeSize))
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(sheet, image.Rect(codeMargin, codeMargin, codeSize-codeMargin, codeSize-codeMargin), c, image.Point{}, draw.Src)
	var b bytes.Buffer
	err = png.Encode(&b, sheet)
	return b.Bytes(), err
}
