package documents

import "shangda/internal/docx"

// Form is a table of names and values, such as a 核稿单: its rows are made by Pairs, Wide and Tall.
type Form struct{ rows []docx.Row }

// Columns of a form in twips: a name, a value, a name, a value.
var formWidths = []int{1760, 2662, 1760, 2662}

const formRow = 560

func formFont(name string) docx.Font { return docx.Font{Name: name, Size: size4} }

func formCell(font docx.Font, align docx.Align, text string, span int) docx.Cell {
	return docx.Cell{Span: span, Blocks: []docx.Paragraph{{Align: align, Runs: []docx.Run{{Text: text, Font: font}}}}}
}

// Pairs is a row of two names with their values.
func (f *Form) Pairs(name, value, second, its string) {
	f.rows = append(f.rows, docx.Row{Height: formRow, Cells: []docx.Cell{
		formCell(formFont(firstFont), docx.Center, name, 1), formCell(formFont(bodyFont), docx.Left, value, 1),
		formCell(formFont(firstFont), docx.Center, second, 1), formCell(formFont(bodyFont), docx.Left, its, 1),
	}})
}

// Wide is a row of one name with a value over the whole width.
func (f *Form) Wide(name, value string) {
	f.rows = append(f.rows, docx.Row{Height: formRow, Cells: []docx.Cell{
		formCell(formFont(firstFont), docx.Center, name, 1), formCell(formFont(bodyFont), docx.Left, value, 3),
	}})
}

// Tall is a row of one name with a text of several paragraphs, at least that many lines high.
func (f *Form) Tall(name string, lines int, texts ...string) {
	cell := docx.Cell{Span: 3, Top: true}
	for _, text := range texts {
		cell.Blocks = append(cell.Blocks, docx.Paragraph{Runs: []docx.Run{{Text: text, Font: formFont(bodyFont)}}})
	}
	f.rows = append(f.rows, docx.Row{Height: lines * 420, Cells: []docx.Cell{formCell(formFont(firstFont), docx.Center, name, 1), cell}})
}

// Table is the form as a block.
func (f *Form) Table() docx.Table {
	return docx.Table{Widths: formWidths, Rows: f.rows, Rule: docx.Rule{Size: 6}}
}
