package segment

import "strings"

// stops are words that stand in every text and tell none from another.
var stops = func() map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(`
		的 了 和 是 在 就 都 而 及 与 着 或 一个 没有 我们 你们 他们 它们 她们 咱们 自己 这 那 这个 那个 这些 那些 此 其 之 以 于 也 又 还 并 并且 但 但是 因为 所以
		如果 虽然 然而 而且 不过 只是 只有 只要 由于 为了 对于 关于 至于 等 等等 把 被 让 给 向 从 到 由 自 与其 不仅 不但 很 非常 太 更 最 较 比较 已 已经 曾 曾经
		正在 将 将要 会 能 能够 可以 可 应 应该 应当 必须 需要 须 要 想 我 你 他 她 它 您 谁 什么 怎么 怎样 如何 为什么 哪 哪个 哪些 多少 几 吗 呢 吧 啊 呀 哦 嗯
		一 二 三 上 下 中 里 内 外 前 后 时 时候 地 得 过 来 去 做 说 个 些 每 各 另 另外 其他 其它 某 某些 同时 以及 其中 之一 一些 一样 这样 那样 这里 那里
		不 没 无 非 别 有 为 对 所 者 们 再 才 便 则 若 虽 且 即 仍 却 使 令 按 依 据 经 通过 根据 按照`) {
		all[w] = true
	}
	return all
}()
