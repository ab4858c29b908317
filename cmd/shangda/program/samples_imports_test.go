package program_test

import (
	"bytes"
	"maps"
	"os"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"shangda/services/imports"
	"shangda/tenancy/tenancytest"
)

func init() {
	maps.Copy(samples, map[string]func(*shelf) tenancytest.Sample{
		"POST /imports/document": func(s *shelf) tenancytest.Sample {
			content, err := os.ReadFile("../../../services/imports/testdata/report.docx")
			s.must(err)
			id, err := s.h.Attachments.Upload(s.author.Context(), "来稿.docx", content)
			s.must(err)
			return body(`{"attachment":"` + id.String() + `"}`)
		},
		"POST /imports": func(s *shelf) tenancytest.Sample {
			return body(`{"kind":"reports","attachment":"` + s.table().String() + `"}`)
		},
		"GET /imports":           func(*shelf) tenancytest.Sample { return body(``) },
		"GET /imports/{id}":      func(s *shelf) tenancytest.Sample { return on(s.tried(), ``) },
		"GET /imports/{id}/rows": func(s *shelf) tenancytest.Sample { return on(s.tried(), ``) },
		"POST /imports/{id}/start": func(s *shelf) tenancytest.Sample {
			return on(s.tried(), ``)
		},
		"POST /imports/{id}/cancel": func(s *shelf) tenancytest.Sample { return on(s.tried(), ``) },
		"GET /import-templates": func(*shelf) tenancytest.Sample {
			return tenancytest.Sample{Query: "kind=reports"}
		},
	})
	unproven["POST /imports"] = "only whose file it is; TestATableIsTriedThenBroughtInOnceForAll in services/imports"
	unproven["POST /imports/document"] = "only whose file it is; TestAWordFileBecomesTheBeginningOfAReport in services/imports"
}

// table is one row that can be brought in, uploaded by the editor.
func (s *shelf) table() uuid.UUID {
	return s.keep("table", func(uuid.UUID) bool { return true }, func() uuid.UUID {
		f := excelize.NewFile()
		defer f.Close()
		s.must(f.SetSheetRow("Sheet1", "A1", &[]any{"标题", "问题", "分类"}))
		s.must(f.SetSheetRow("Sheet1", "A2", &[]any{"公交", "站台破损。", "交通运输"}))
		var b bytes.Buffer
		s.must(f.Write(&b))
		id, err := s.h.Attachments.Upload(s.editor.Context(), "来稿.xlsx", b.Bytes())
		s.must(err)
		return id
	})
}

// tried is an import that may still be started.
func (s *shelf) tried() uuid.UUID {
	good := func(id uuid.UUID) bool {
		i, err := s.h.Imports.Get(s.editor.Context(), id)
		s.must(err)
		return i.State == imports.StateChecked && i.Ready > 0
	}
	return s.keep("import", good, func() uuid.UUID {
		id, err := s.h.Imports.Try(s.editor.Context(), imports.Reports, s.table(), false)
		s.must(err)
		return id
	})
}
