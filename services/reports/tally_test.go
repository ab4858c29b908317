package reports

import (
	"maps"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func day(month time.Month, d int) time.Time { return time.Date(2026, month, d, 4, 0, 0, 0, time.UTC) }

func mark(n int) uuid.UUID { return uuid.UUID{15: byte(n)} }

// A county's report reached the city by two ways. The city adopted one copy alone in March and the other within a combined
// report in April; the province adopted in May and took it back; the nation relayed it in June.
func TestTallyByHand(t *testing.T) {
	t.Parallel()
	const county, city, province, nation = 1, 2, 3, 4
	all := []outcomeRow{
		{mark(1), city, mark(21), 1, KindTakenUp, "", "city", day(3, 1), nil, ""},
		{mark(2), city, mark(21), 2, KindAdopted, FormSingle, "city", day(3, 2), nil, ""},
		{mark(3), city, mark(21), 3, KindForwarded, "", "city", day(3, 3), nil, ""},
		{mark(4), city, mark(22), 2, KindAdopted, FormCombined, "city", day(4, 1), nil, ""},
		{mark(5), province, mark(31), 2, KindAdopted, FormSingle, "province", day(5, 1), nil, ""},
		{mark(6), province, mark(31), 3, KindCorrected, "", "province", day(7, 1), nil, ""},
		{mark(7), nation, mark(41), 2, KindAdopted, FormRelayed, "national", day(6, 1), nil, ""},
		{mark(8), county, mark(11), 1, KindTakenUp, "", "county", day(1, 1), nil, ""},
	}
	want := map[string]booking{
		"times:2":        {"tree_times_city_single", day(3, 2)},
		"times:4":        {"tree_times_national_relayed", day(6, 1)},
		"reports":        {"tree_reports", day(3, 2)},
		"level:city":     {"tree_reports_city", day(3, 2)},
		"level:national": {"tree_reports_national", day(6, 1)},
		"form:single":    {"tree_reports_single", day(3, 2)},
		"form:relayed":   {"tree_reports_relayed", day(6, 1)},
	}
	if got := tally(county, true, all); !maps.Equal(got, want) {
		t.Fatal(got)
	}
	if got := tally(city, false, all); !maps.Equal(got, map[string]booking{"own:adopted": {"own_adopted_single", day(3, 2)}}) {
		t.Fatal("at the city:", got)
	}
	// The city takes the single adoption back: the combined one in April counts instead.
	corrected := append(all, outcomeRow{mark(9), city, mark(21), 4, KindCorrected, "", "city", day(8, 1), nil, ""})
	want["times:2"] = booking{"tree_times_city_combined", day(4, 1)}
	want["reports"], want["level:city"] = booking{"tree_reports", day(4, 1)}, booking{"tree_reports_city", day(4, 1)}
	want["form:combined"] = booking{"tree_reports_combined", day(4, 1)}
	delete(want, "form:single")
	if got := tally(county, true, corrected); !maps.Equal(got, want) {
		t.Fatal("corrected:", got)
	}
	moved := difference(tally(county, true, all), tally(county, true, corrected))
	if len(moved) != 2 || !moved[0].At.Equal(day(3, 2)) || moved[0].Measures["tree_reports"] != -1 || moved[1].Measures["tree_reports"] != 1 || moved[0].Measures["tree_reports_national"] != 0 {
		t.Fatal(moved)
	}
}

// TestWhatFollowsCountsNowhere: an instruction, its correction and the handling change no adoption, whoever tells of them and
// whatever comes between.
func TestWhatFollowsCountsNowhere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := decisions(t)
		more := all
		for i := range rapid.IntRange(1, 6).Draw(t, "followed") {
			kind := rapid.SampledFrom([]string{KindInstructed, KindInstructionWithdraw, KindAssigned, KindAnswered, KindHandled}).Draw(t, "kind")
			decider := rapid.IntRange(0, 3).Draw(t, "decider")
			more = append(more, outcomeRow{OriginEvent: uuid.UUID{15: byte(i + 1)}, Decider: int32(decider + 1), DeciderReport: mark(10 * decider), No: rapid.IntRange(1, 9).Draw(t, "no"),
				Outcome: kind, Form: rapid.SampledFrom([]string{"", "A", FormSingle}).Draw(t, "form"), Level: "national", OccurredAt: day(1, 1)})
		}
		origin := rapid.Bool().Draw(t, "origin")
		if !maps.Equal(tally(1, origin, all), tally(1, origin, more)) {
			t.Fatalf("%v counts otherwise than %v", more, all)
		}
	})
}

// decisions draws what several units decided on several copies, each copy's decisions numbered in time.
func decisions(t *rapid.T) []outcomeRow {
	var all []outcomeRow
	levels := []string{"county", "city", "province", "national"}
	for decider := range 4 {
		for copies := range rapid.IntRange(0, 2).Draw(t, "copies") {
			at := day(1, 1)
			for no := range rapid.IntRange(0, 5).Draw(t, "decisions") {
				at = at.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "hours")) * time.Hour)
				o := outcomeRow{OriginEvent: uuid.UUID{0: byte(decider), 1: byte(copies), 2: byte(no)}, Decider: int32(decider + 1), DeciderReport: mark(10*decider + copies),
					No: no + 1, Level: levels[decider], OccurredAt: at}
				o.Outcome = rapid.SampledFrom([]string{KindTakenUp, KindAdopted, KindAdopted, KindCorrected, KindKept, KindReturned, KindForwarded}).Draw(t, "kind")
				if o.Outcome == KindAdopted {
					o.Form = rapid.SampledFrom([]string{FormSingle, FormCombined, FormRelayed}).Draw(t, "form")
				}
				all = append(all, o)
			}
		}
	}
	return all
}

func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := decisions(t)
		origin := rapid.Bool().Draw(t, "origin")
		want := tally(1, origin, all)
		// The news comes in any order; what is known is booked each time, and a repeat is known already.
		arrival := rapid.Permutation(all).Draw(t, "arrival")
		known, have, sums := []outcomeRow{}, map[string]booking{}, map[string]int{}
		for _, o := range arrival {
			known = append(known, o)
			for range rapid.IntRange(1, 2).Draw(t, "times told") {
				now := tally(1, origin, known)
				for _, c := range difference(have, now) {
					for measure, n := range c.Measures {
						sums[measure+c.At.Format(" 2006-01")] += n
					}
				}
				have = now
			}
		}
		if !maps.Equal(have, want) {
			t.Fatalf("%v, want %v", have, want)
		}
		scratch := map[string]int{}
		for _, b := range want {
			scratch[b.Measure+b.OccurredAt.Format(" 2006-01")]++
		}
		maps.DeleteFunc(sums, func(_ string, n int) bool { return n == 0 })
		if !maps.Equal(sums, scratch) {
			t.Fatalf("sums %v, from scratch %v", sums, scratch)
		}
	})
}

func TestEachDeciderOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := decisions(t)
		times, reports := map[int32]bool{}, 0
		for key := range tally(9, true, all) {
			if key == "reports" {
				reports++
			}
		}
		for _, a := range inForce(all) {
			if times[a.Decider] {
				t.Fatalf("%d counts twice", a.Decider)
			}
			times[a.Decider] = true
		}
		if (reports == 1) != (len(times) > 0) {
			t.Fatalf("%d 篇, %d 篇次", reports, len(times))
		}
	})
}

func TestForwardingsCountEachUpperUnitOnce(t *testing.T) {
	t.Parallel()
	r := &Report{ID: mark(1)}
	step := func(have map[string]booking, via uuid.UUID, to int32, forwarded bool, at time.Time) map[string]booking {
		return forwardings(have, r, via, to, forwarded, at)
	}
	have := step(nil, r.ID, 7, true, day(3, 1))
	have = step(have, r.ID, 8, true, day(4, 1))
	have = step(have, r.ID, 7, true, day(5, 1))
	have = step(have, mark(2), 9, true, day(2, 1))
	if have[sentTree] != (booking{"tree_forwarded", day(2, 1)}) || have[sentOwn] != (booking{"own_forwarded", day(3, 1)}) || len(have) != 5 {
		t.Fatal(have)
	}
	have = step(step(have, mark(2), 9, false, day(6, 1)), r.ID, 7, false, day(6, 1))
	if have[sentTree] != (booking{"tree_forwarded", day(4, 1)}) || have[sentOwn] != (booking{"own_forwarded", day(4, 1)}) || len(have) != 3 {
		t.Fatal(have)
	}
	if have = step(have, r.ID, 8, false, day(7, 1)); len(have) != 0 {
		t.Fatal(have)
	}
}
