package issues

// The example that a template is shown with.
var (
	exampleText = Text{Title: "关于加快推进老旧小区加装电梯的建议", Number: "SAMPLE-2611-7K3M9Q", Problem: "老旧小区加装电梯推进缓慢，居民意见难以统一。\n低层住户反对意见集中。",
		Cause: "协商机制不健全，补偿标准没有依据。", Advice: "建立协商平台，明确补贴标准。", AuthorName: "李明", AuthorTitle: "市政协委员"}
	example = Print{Journal: "社情民意信息", Kind: Ordinary, Head: Head{Style: "bulletin", Note: "内部资料·注意保存", Byline: true, Total: true}, Year: 2026, No: 1, Total: 1,
		Title: exampleText.Title, Intro: "编者按：这是一份样例。", Addressees: Addressees{ReportTo: "市委书记、市长", SendTo: "市住房和城乡建设局", Copies: 30}, Signer: "王建国", Dated: "2026-01-05",
		Items: []Item{{Text: exampleText}, {Text: exampleText}}}
	exampleFacts = Facts{Text: exampleText, Sector: "经济界", Party: "民建", Inner: "经济委员会", Topic: "城乡建设 / 物业管理", Class: "一般", Urgency: "普通", Adopted: "单篇",
		To: []string{"市委", "市政府"}, Editor: "赵编辑"}
	exampleSigned = []Signature{{Step: "核稿", Name: "钱核稿", Opinion: "同意", State: "approved"}, {Step: "签发", Name: "王建国", Opinion: "同意印发", State: "approved", Signing: true}}
)
