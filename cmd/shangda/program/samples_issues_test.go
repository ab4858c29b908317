package program_test

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"strconv"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/issues"
	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

const journalSample = `"kind":"ordinary","head":{"style":"bulletin"},"report_to":"市委"`

// journal is an ordinary one.
func (s *shelf) journal() uuid.UUID {
	return s.keep("journal", func(uuid.UUID) bool { return true }, func() uuid.UUID { return s.newJournal() })
}

func (s *shelf) newJournal() uuid.UUID {
	s.serial++
	id, err := s.h.Issues.CreateJournal(s.head.Context(), issues.JournalInput{Name: "刊物" + strconv.Itoa(s.serial), Kind: issues.Ordinary, Active: true,
		Head: issues.Head{Style: "bulletin"}, Addressees: issues.Addressees{ReportTo: "市委"}})
	s.must(err)
	return id
}

// issue is one of a signed report, in that state.
func (s *shelf) issue(state string) uuid.UUID {
	good := func(id uuid.UUID) bool {
		v, err := s.h.Issues.Get(s.editor.Context(), id)
		return err == nil && v.State == state
	}
	return s.keep("issue "+state, good, func() uuid.UUID {
		id, err := s.h.Issues.Create(s.head.Context(), s.journal(), []uuid.UUID{s.make(reports.Signed)})
		s.must(err)
		if state == issues.Released {
			_, err = s.h.Issues.Release(s.signer.Context(), id, 1)
			s.must(err)
		}
		return id
	})
}

// matched is a sample with the version that the issue has.
func (s *shelf) matched(id uuid.UUID, text string) tenancytest.Sample {
	v, err := s.h.Issues.Get(s.editor.Context(), id)
	s.must(err)
	sample := on(id, text)
	sample.Header = map[string]string{"If-Match": strconv.Quote(strconv.Itoa(v.Version))}
	return sample
}

func (s *shelf) templateFile() uuid.UUID {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml":          `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"word/_rels/document.xml.rels": `<Relationships></Relationships>`,
		"word/document.xml":            `<w:document><w:body><w:p><w:r><w:t>{{标题}}</w:t></w:r></w:p></w:body></w:document>`,
	} {
		f, err := w.Create(name)
		s.must(err)
		_, err = io.WriteString(f, text)
		s.must(err)
	}
	s.must(w.Close())
	id, err := s.h.Attachments.Upload(s.head.Context(), "模板.docx", b.Bytes())
	s.must(err)
	return id
}

func (s *shelf) template() uuid.UUID {
	good := func(id uuid.UUID) bool {
		all, err := s.h.Issues.Templates(s.head.Context())
		s.must(err)
		for _, t := range all {
			if t.ID == id {
				return true
			}
		}
		return false
	}
	return s.keep("template", good, func() uuid.UUID {
		id, err := s.h.Issues.CreateTemplate(s.head.Context(), issues.NewTemplate{Name: "模板", Purpose: issues.PurposeIssue, AttachmentID: s.templateFile()})
		s.must(err)
		return id
	})
}

func init() {
	maps.Copy(samples, map[string]func(s *shelf) tenancytest.Sample{
		"GET /exports/reports": func(*shelf) tenancytest.Sample { return tenancytest.Sample{Query: "box=all&columns=title,state"} },
		"GET /exports/issues":  func(*shelf) tenancytest.Sample { return tenancytest.Sample{Query: "year=2026"} },
		"GET /journals":        func(*shelf) tenancytest.Sample { return body(``) },
		"POST /journals": func(s *shelf) tenancytest.Sample {
			s.serial++
			return body(`{"name":"新刊` + strconv.Itoa(s.serial) + `",` + journalSample + `}`)
		},
		"PUT /journals/{id}": func(s *shelf) tenancytest.Sample {
			s.serial++
			sample := on(s.newJournal(), `{"name":"改刊`+strconv.Itoa(s.serial)+`",`+journalSample+`}`)
			sample.Header = map[string]string{"If-Match": `"1"`}
			return sample
		},
		"GET /issue-paces": func(*shelf) tenancytest.Sample { return tenancytest.Sample{Query: "year=2026"} },
		"GET /issues":      func(*shelf) tenancytest.Sample { return body(``) },
		"POST /issues": func(s *shelf) tenancytest.Sample {
			return body(`{"journal_id":"` + s.journal().String() + `"}`)
		},
		"GET /issues/{id}":          func(s *shelf) tenancytest.Sample { return on(s.issue(issues.Draft), ``) },
		"GET /issues/{id}/document": func(s *shelf) tenancytest.Sample { return on(s.issue(issues.Released), ``) },
		"PUT /issues/{id}": func(s *shelf) tenancytest.Sample {
			return s.matched(s.issue(issues.Draft), `{"report_to":"市委","items":[]}`)
		},
		"POST /issues/{id}/reports": func(s *shelf) tenancytest.Sample {
			return on(s.issue(issues.Draft), `{"report_id":"`+s.make(reports.Signed).String()+`"}`)
		},
		"POST /issues/{id}/release": func(s *shelf) tenancytest.Sample {
			id, err := s.h.Issues.Create(s.head.Context(), s.journal(), []uuid.UUID{s.make(reports.Signed)})
			s.must(err)
			return s.matched(id, ``)
		},
		"POST /issues/{id}/withdraw": func(s *shelf) tenancytest.Sample { return on(s.issue(issues.Released), `{"reason":"重印"}`) },
		"POST /issues/{id}/discard":  func(s *shelf) tenancytest.Sample { return on(s.issue(issues.Draft), ``) },
		"GET /reports/{id}/document": func(s *shelf) tenancytest.Sample {
			sample := on(s.report(reports.Signed), ``)
			sample.Query = "paper=proof"
			return sample
		},
		"GET /document-templates":    func(*shelf) tenancytest.Sample { return body(``) },
		"GET /document-placeholders": func(*shelf) tenancytest.Sample { return tenancytest.Sample{Query: "purpose=proof"} },
		"POST /document-templates": func(s *shelf) tenancytest.Sample {
			return body(`{"name":"版式","purpose":"issue","attachment_id":"` + s.templateFile().String() + `"}`)
		},
		"POST /document-templates/{id}/retire": func(s *shelf) tenancytest.Sample { return on(s.template(), ``) },
		"GET /document-templates/{id}/preview": func(s *shelf) tenancytest.Sample { return on(s.template(), ``) },
	})
	maps.Copy(unproven, map[string]string{
		"POST /document-templates": "a template's file must be the caller's own upload; services/issues",
	})
	maps.Copy(unusedPermissions, map[authz.Permission]string{
		authz.IssueExpress: "asked beside issue:edit and issue:release by the kind of journal; TestWhoMayPutWhatIntoWhich",
	})
}
