// Package testheap measures for tests how much memory something takes while it runs.
package testheap

import (
	"runtime"
	"runtime/debug"
	"time"
)

const every = 2 * time.Millisecond

// Grown is by how many bytes the heap grows at most while fn runs. The collector runs twice as often as usual meanwhile, so that
// what is held counts and not what chance left lying.
func Grown(fn func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most, stop := make(chan uint64), make(chan struct{})
	go func() {
		var now runtime.MemStats
		var peak uint64
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
			select {
			case <-stop:
				most <- peak
				return
			case <-tick.C:
			}
		}
	}()
	fn()
	close(stop)
	peak := <-most
	return peak - min(peak, before.HeapAlloc)
}
