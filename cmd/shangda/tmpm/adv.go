package main

import (
	"fmt"
	"strings"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/hints"
)

func adv() {
	rs := story.Reports()
	rules := hints.Rules{}
	ord := []rune("一二三四五六七八九")
	run := func(shift int) {
		points, items := 0, 0
		shown := 0
		for i, r := range rs {
			a := rs[(i+shift)%len(rs)].Advice
			c := ""
			for k, cl := range strings.FieldsFunc(r.Cause, func(r rune) bool { return r == '；' || r == '。' }) {
				if k < 9 {
					c += string(ord[k]) + "是" + cl + "。"
					points++
				}
			}
			for _, h := range hints.Check(hints.Text{Title: r.Title, Problem: c, Advice: a}, rules) {
				if h.Code == "advice_unmatched" {
					items++
					if shift == 0 && shown < 25 {
						shown++
						fmt.Println("FALSE?", string([]rune(c)[h.Offset:h.Offset+h.Length]), "//", a)
					}
				}
			}
		}
		fmt.Println("shift", shift, "points", points, "unmatched", items)
	}
	run(0)
	run(7)
	run(31)
	run(50)
}
