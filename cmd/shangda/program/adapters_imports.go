package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/clues"
	"shangda/services/imports"
	"shangda/services/reports"
	"shangda/tenancy"
)

// importedReports brings in rows as reports of their authors.
type importedReports struct{ *reports.Service }

// BringIn makes one report.
func (s importedReports) BringIn(ctx context.Context, tx *tenancy.Tx, e imports.Entry) (uuid.UUID, error) {
	return s.Service.BringIn(ctx, tx, reports.Brought{
		Input: reports.Input{
			Text: reports.Text{Title: e.Title, Problem: e.Problem, Cause: e.Cause, Advice: e.Advice}, Category: e.Category, Urgency: e.Urgency,
		},
		Author: e.Author, Recorder: e.By, Channel: "import", Submit: e.Submit,
	})
}

// importedClues brings in rows as clues; whose word they are stands beside them.
type importedClues struct{ *clues.Service }

// BringIn makes one clue.
func (s importedClues) BringIn(ctx context.Context, tx *tenancy.Tx, e imports.Entry) (uuid.UUID, error) {
	n := clues.NewClue{Title: e.Title, Body: e.Body, SourceKind: e.SourceKind, Place: e.Place, Category: e.Category, ReceivedAt: e.ReceivedAt, Channel: "import"}
	switch {
	case e.Voice != "":
		n.OnBehalf = &clues.Voice{Name: e.Voice}
	case e.Author != e.By:
		n.OnBehalf = &clues.Voice{MemberID: &e.Author}
	}
	return s.CreateIn(ctx, tx, n)
}

// wireImports says what tables may become, and which categories they choose from.
func (p *Program) wireImports() {
	p.Imports = imports.New(p.DB, p.Attachments, p.Notices)
	p.Imports.Sinks[imports.Reports] = importedReports{p.Reports}
	p.Imports.Sinks[imports.Clues] = importedClues{p.Clues}
	for _, c := range reports.Categories() {
		p.Imports.Categories = append(p.Imports.Categories, c.Name)
	}
}
