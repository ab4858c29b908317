// Package topics suggests where a report belongs: its first level by a small model trained on labelled messages, the levels
// below by the words of the taxonomy.
//
// Its rules: taxonomy and examples are read at run time from a folder that is not part of the program; without the folder
// nothing is suggested. What is suggested is a category the program knows. Suggestions are made for a report that the caller
// may read, and change nothing.
package topics

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/segment"
	"shangda/tenancy"
)

// The files of the folder.
const (
	taxonomyFile = "topic-taxonomy.csv"
	examplesFile = "labelled-messages.csv"
)

// Text is what is judged.
type Text struct{ Title, Body string }

// Category is a first-level subject of the program with its topics.
type Category struct {
	Name   string
	Topics []string
}

// Reports gives the text of a report that the caller may read; services/reports fulfils it.
type Reports interface {
	Text(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Text, error)
}

// Service suggests topics.
type Service struct {
	db         *tenancy.DB
	reports    Reports
	categories []Category
	load       func() (*knowledge, error)
}

// knowledge is what the folder holds.
type knowledge struct {
	entries []Entry
	model   *Model
}

// New suggests out of the folder, among the program's categories; nothing where the folder is empty. The folder is read at
// the first question.
func New(db *tenancy.DB, reports Reports, categories []Category, folder string) *Service {
	return &Service{db: db, reports: reports, categories: categories, load: sync.OnceValues(func() (*knowledge, error) {
		if folder == "" {
			return nil, nil
		}
		k, err := Load(folder)
		if err != nil {
			slog.Error("topics are off", "error", err.Error())
		}
		return k, err
	})}
}

// Load reads the folder; SHANGDA_TOPICS is checked with it when the program starts.
func Load(folder string) (*knowledge, error) {
	taxonomy, err := os.Open(filepath.Join(folder, taxonomyFile))
	if err != nil {
		return nil, err
	}
	defer func() { _ = taxonomy.Close() }()
	entries, err := ReadTaxonomy(taxonomy)
	if err != nil {
		return nil, err
	}
	labelled, err := os.Open(filepath.Join(folder, examplesFile))
	if err != nil {
		return nil, err
	}
	defer func() { _ = labelled.Close() }()
	examples, err := ReadExamples(labelled)
	if err != nil {
		return nil, err
	}
	return &knowledge{entries, Train(withTaxonomy(examples, entries))}, nil
}

// ofTaxonomy is how much a line of the taxonomy counts beside a labelled message.
const ofTaxonomy = 0.5

// withTaxonomy adds the names below each subject that has examples: they say what belongs there.
func withTaxonomy(examples []Example, entries []Entry) []Example {
	learnt := map[string]bool{}
	for _, e := range examples {
		learnt[e.Topic] = true
	}
	all := slices.Clone(examples)
	for _, e := range entries {
		if learnt[e.Level1] {
			all = append(all, Example{Body: e.Level2 + "，" + e.Level3, Topic: e.Level1, Weight: ofTaxonomy})
		}
	}
	return all
}

// ReadExamples reads labelled messages: columns title, body and topic_level1 by their names.
func ReadExamples(from io.Reader) ([]Example, error) {
	reader := csv.NewReader(skipMark(io.LimitReader(from, 64<<20)))
	head, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("样例表无法读取：%w", err)
	}
	title, body, topic := slices.Index(head, "title"), slices.Index(head, "body"), slices.Index(head, "topic_level1")
	if title < 0 || body < 0 || topic < 0 {
		return nil, errors.New("样例表应有 title、body、topic_level1 三列")
	}
	var examples []Example
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("样例表：%w", err)
		}
		if record[topic] != "" {
			examples = append(examples, Example{Title: record[title], Body: record[body], Topic: record[topic], Weight: 1})
		}
	}
	if len(examples) == 0 {
		return nil, errors.New("样例表没有内容")
	}
	return examples, nil
}

// Suggestion is a category the report may belong to. Topic is one of the category's, where the words name one; Path is how
// the taxonomy goes on.
type Suggestion struct {
	Category string   `json:"category"`
	Topic    string   `json:"topic,omitempty"`
	Path     []string `json:"path" doc:"The levels of the taxonomy, from the wide to the narrow"`
	Share    int      `json:"share" doc:"Per cent of the belief"`
}

const (
	leastRunes = 20 // less says nothing
	leastShare = 0.25
	mostShown  = 2
)

// Suggest judges a report the caller may read.
func (s *Service) Suggest(ctx context.Context, id uuid.UUID) ([]Suggestion, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	text, err := s.reports.Text(ctx, q, id)
	if err != nil {
		return nil, err
	}
	k := s.ready()
	if k == nil || utf8.RuneCountInString(text.Title+text.Body) < leastRunes {
		return []Suggestion{}, nil
	}
	return s.suggest(k, text), nil
}

// ready is what was learned, nil where there was nothing to learn from; the log has said why.
func (s *Service) ready() *knowledge {
	k, err := s.load()
	if err != nil {
		return nil
	}
	return k
}

func (s *Service) suggest(k *knowledge, t Text) []Suggestion {
	words := wordsOf(t.Title, t.Body)
	out := []Suggestion{}
	for _, g := range k.model.Guess(t.Title, t.Body) {
		category, ok := s.known(g.Topic)
		if !ok || g.Share < leastShare || len(out) == mostShown {
			continue
		}
		out = append(out, s.suggestion(k, category, g, words))
	}
	// The examples know seven subjects; another one is proposed where the title names one of its topics outright.
	if e, ok := named(k.entries, t.Title, k.model.topics); ok {
		if category, ok := s.known(e.Level1); ok {
			out = append([]Suggestion{s.suggestion(k, category, Guess{e.Level1, 1}, words)}, out...)
		}
	}
	return out[:min(len(out), mostShown)]
}

func (s *Service) suggestion(k *knowledge, category Category, g Guess, words map[string]float64) Suggestion {
	one := Suggestion{Category: category.Name, Path: []string{g.Topic}, Share: int(g.Share*100 + 0.5)}
	if e, ok := closest(k.entries, g.Topic, words); ok {
		one.Path = append(one.Path, e.Level2)
		if e.Level3 != "" && e.Level3 != "其他" {
			one.Path = append(one.Path, e.Level3)
		}
	}
	one.Topic = topicOf(category, words)
	return one
}

// renamed are the subjects that the program calls otherwise than the taxonomy.
var renamed = map[string]string{"卫生计生": "卫生健康", "政法": "公安与司法", "国土资源": "城乡建设"}

func (s *Service) known(topic string) (Category, bool) {
	name := topic
	if to, ok := renamed[topic]; ok {
		name = to
	}
	at := slices.IndexFunc(s.categories, func(c Category) bool { return c.Name == name })
	if at < 0 {
		return Category{}, false
	}
	return s.categories[at], true
}

// agrees is how much of a name's words the text has.
func agrees(name string, words map[string]float64) float64 {
	sum := 0.0
	for _, w := range segment.Terms(name) {
		sum += words[w] * float64(segment.Weight(w))
	}
	return sum
}

// closest is the entry of the subject whose words the text has most of.
func closest(entries []Entry, subject string, words map[string]float64) (best Entry, found bool) {
	most := 0.0
	for _, e := range entries {
		if e.Level1 != subject {
			continue
		}
		if n := agrees(e.Level2, words) + 2*agrees(e.Level3, words); n > most {
			best, most, found = e, n, true
		}
	}
	return best, found
}

func topicOf(category Category, words map[string]float64) (best string) {
	most := 0.0
	for _, topic := range category.Topics {
		if n := agrees(topic, words); n > most {
			best, most = topic, n
		}
	}
	return best
}

// named is an entry of a subject without examples whose narrowest name stands in the title.
func named(entries []Entry, title string, learnt []string) (Entry, bool) {
	for _, e := range entries {
		if utf8.RuneCountInString(e.Level3) >= 4 && strings.Contains(title, e.Level3) && !slices.Contains(learnt, e.Level1) {
			return e, true
		}
	}
	return Entry{}, false
}
