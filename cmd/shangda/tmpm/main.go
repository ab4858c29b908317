package main

import (
	"encoding/csv"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strconv"
	"time"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/hints"
)

func main() {
	if os.Args[1] == "adv" {
		adv()
		return
	}
	rules := hints.Rules{MaxTitle: 100, GoodTitle: 25, MaxText: 3000, GoodText: 1500}
	var texts []hints.Text
	if os.Args[1] == "demo" {
		for _, r := range story.Reports() {
			texts = append(texts, hints.Text{Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice})
		}
	} else {
		f, _ := os.Open("../shared/data/citizen-messages.csv")
		rows, _ := csv.NewReader(f).ReadAll()
		for _, r := range rows[1:] {
			texts = append(texts, hints.Text{Title: r[3], Problem: r[4]})
		}
	}
	show := ""
	n := 20
	if len(os.Args) > 2 {
		show = os.Args[2]
	}
	if len(os.Args) > 3 {
		n, _ = strconv.Atoi(os.Args[3])
	}
	count, docs := map[string]int{}, map[string]int{}
	var samples []string
	start := time.Now()
	for _, t := range texts {
		seen := map[string]bool{}
		for _, h := range hints.Check(t, rules) {
			k := h.Code + " " + h.Severity
			count[k]++
			if !seen[k] {
				seen[k] = true
				docs[k]++
			}
			if h.Code == show {
				s := map[string]string{"title": t.Title, "problem": t.Problem, "cause": t.Cause, "advice": t.Advice}[h.Section]
				rs := []rune(s)
				a, b := max(0, h.Offset-25), min(len(rs), h.Offset+h.Length+25)
				if h.Length == 0 {
					b = min(len(rs), 200)
				}
				samples = append(samples, fmt.Sprintf("[%s|%s] …%s… => %s / %s %s", h.Section, t.Title, string(rs[a:b]), h.Text, h.Suggestion, h.Replacement))
			}
		}
	}
	fmt.Println(len(texts), "texts", time.Since(start)/time.Duration(len(texts)))
	keys := []string{}
	for k := range count {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Println(k, count[k], "in", docs[k])
	}
	rand.New(rand.NewSource(1)).Shuffle(len(samples), func(i, j int) { samples[i], samples[j] = samples[j], samples[i] })
	for _, s := range samples[:min(n, len(samples))] {
		fmt.Println("-", s)
	}
}
