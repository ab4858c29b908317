package demo

import (
	"context"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/issues"
)

// setUpJournals gives each committee that has a head of its office the journals it prints: its own, a 专报 and a 直通车.
func (c *country) setUpJournals(ctx context.Context) error {
	for _, o := range story.Organisations() {
		if o.Kind != story.KindCPPCC || o.Journal == "" || !c.has(o.Code, story.RoleReviewer) {
			continue
		}
		head, err := c.holder(ctx, o.Code, story.RoleReviewer)
		if err != nil {
			return err
		}
		ordinary := issues.Head{Style: "bulletin", Note: "内部资料·注意保存", Byline: true, Total: true}
		for _, j := range []issues.JournalInput{
			{Name: o.Journal, Kind: issues.Ordinary, Head: ordinary, Addressees: issues.Addressees{ReportTo: "党委、政府主要领导", SendTo: "有关部门", Scope: "本级领导", Copies: 30}},
			{Name: o.ShortName + "专报", Kind: issues.Special, Head: issues.Head{Style: "letter", Byline: true}, Addressees: issues.Addressees{ReportTo: "党委、政府分管领导", Scope: "分管领导"}},
			{Name: o.ShortName + "直通车", Kind: issues.Express, Head: issues.Head{Style: "upward", Note: "特急"}, Addressees: issues.Addressees{ReportTo: "党委、政府主要领导", Scope: "主要领导"}},
		} {
			j.Active = true
			if _, err := c.Issues.CreateJournal(head, j); err != nil {
				return err
			}
		}
	}
	return nil
}
