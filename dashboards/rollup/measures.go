package rollup

import "strings"

// Levels are the levels of deciding units, lowest first.
var Levels = []string{"county", "city", "province", "national"}

// Forms are the forms of adoption.
var Forms = []string{"single", "combined", "relayed"}

// OwnMeasures count what a tenant received, sent and decided itself.
var OwnMeasures = []string{
	"own_submitted", "own_received", "own_signed", "own_forwarded",
	"own_adopted_single", "own_adopted_combined", "own_adopted_relayed",
	"own_kept", "own_declined", "own_returned",
}

// TreeMeasures count a report once, at its origin, for every unit that sees the figures of that origin.
var TreeMeasures = treeMeasures()

// Measures are all measures an event may carry and the columns of sums and unit_sums, in their order.
var Measures = append(append([]string{}, OwnMeasures...), TreeMeasures...)

func treeMeasures() []string {
	all := []string{"tree_submitted", "tree_forwarded", "tree_forwardings"}
	for _, level := range Levels {
		for _, form := range Forms {
			all = append(all, "tree_times_"+level+"_"+form)
		}
	}
	all = append(all, "tree_reports")
	for _, level := range Levels {
		all = append(all, "tree_reports_"+level)
	}
	for _, form := range Forms {
		all = append(all, "tree_reports_"+form)
	}
	return all
}

// Columns writes each measure in place of the @ of the pattern and joins them with commas: how the constant statements
// over all measures are made.
func Columns(measures []string, pattern string) string {
	parts := make([]string, len(measures))
	for i, m := range measures {
		parts[i] = strings.ReplaceAll(pattern, "@", m)
	}
	return strings.Join(parts, ", ")
}
