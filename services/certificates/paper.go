package certificates

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Paper is the certificate as a Word document; at is where the public page stands, without its scheme.
func (s *Service) Paper(ctx context.Context, id uuid.UUID, at string) (documents.Export, []byte, error) {
	var e documents.Export
	c, err := s.Get(ctx, id)
	if err != nil {
		return e, nil, err
	}
	if c.Withdrawn != nil {
		return e, nil, errs.New(errs.Conflict, "这份证明已经撤销，不能再打印")
	}
	e = documents.Export{Subject: subject(id), Name: "采用证明 " + c.Person + " " + c.Number, Format: documents.DOCX, Rows: 1, Given: true}
	watermark, err := documents.Take(ctx, s.db, e)
	if err != nil {
		return e, nil, err
	}
	content, err := c.paper(watermark, tenancy.From(ctx).Tenant.Name, at)
	return e, content, err
}

func (c Certificate) paper(watermark, unit, at string) ([]byte, error) {
	form := formText[c.Form]
	if form != "" {
		form = "（" + form + "）"
	}
	adopted := day(c.AdoptedOn)
	d := documents.Paper("采用证明", watermark)
	d.Blocks = append(d.Blocks, documents.Heading("采用证明")...)
	d.Blocks = append(d.Blocks, documents.Body("兹证明"+c.Person+"撰写的社情民意信息《"+c.Title+"》，于"+adopted+"被"+c.Decider+"采用"+form+"。\n特此证明。")...)
	d.Blocks = append(d.Blocks, documents.Signed(unit, c.IssuedAt.In(zone).Format("2006年1月2日"))...)
	table := &documents.Form{}
	table.Wide("证明编号", c.Number)
	table.Wide("验证码", c.Code[:4]+" "+c.Code[4:8]+" "+c.Code[8:])
	table.Wide("核验网址", at+"/verify")
	d.Blocks = append(d.Blocks, documents.Blank(), documents.Blank(), table.Table())
	return d.Bytes()
}

// day is a date as it stands in a text.
func day(iso string) string {
	if t, err := time.Parse(time.DateOnly, iso); err == nil {
		return t.Format("2006年1月2日")
	}
	return iso
}
