package search

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"shangda/authz"
)

type findInput struct {
	Q            string `query:"q" maxLength:"100" doc:"Words of title, text, files, people and numbers; all of them should be there"`
	State        string `query:"state" maxLength:"20"`
	Category     string `query:"category" maxLength:"40"`
	Topic        string `query:"topic" maxLength:"40"`
	Urgency      string `query:"urgency" enum:"normal,urgent,critical"`
	Class        string `query:"class" enum:"ordinary,important"`
	Flag         string `query:"flag" enum:"sensitive,hot,warning"`
	Mode         string `query:"mode" maxLength:"20"`
	Channel      string `query:"channel" maxLength:"20"`
	SourceKind   string `query:"source_kind" maxLength:"40"`
	Sender       string `query:"sender" maxLength:"40" doc:"Code of the unit it was received from; - for what was written here"`
	Author       string `query:"author" maxLength:"40" doc:"Name of the author"`
	AdoptedLevel string `query:"adopted_level" enum:"county,city,province,national"`
	AdoptedForm  string `query:"adopted_form" enum:"single,combined,relayed"`
	From         string `query:"from" maxLength:"10" doc:"First day, such as 2026-11-02"`
	To           string `query:"to" maxLength:"10" doc:"Last day"`
	Order        string `query:"order" default:"rank" enum:"rank,newest"`
	Page         int    `query:"page" minimum:"1" maximum:"30" default:"1"`
}

type findOutput struct{ Body *Found }

// Routes registers the routes of the search.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ReportRead, huma.Operation{OperationID: "search-reports", Method: http.MethodGet, Path: "/search", Summary: "搜索信息", Tags: []string{"search"},
		Description: "刚保存的内容一两秒后可以搜到。"}, s.getFind)
}

func (s *Service) getFind(ctx context.Context, in *findInput) (*findOutput, error) {
	found, err := s.Find(ctx, Question{
		Words: in.Q, State: in.State, Category: in.Category, Topic: in.Topic, Urgency: in.Urgency, Class: in.Class, Flag: in.Flag, Mode: in.Mode, Channel: in.Channel,
		SourceKind: in.SourceKind, Sender: in.Sender, Author: in.Author, AdoptedLevel: in.AdoptedLevel, AdoptedForm: in.AdoptedForm,
		From: in.From, To: in.To, Newest: in.Order == "newest", Page: in.Page,
	})
	return &findOutput{found}, err
}
