package reports

func outcomeWords(kind, form, reason string) string { return kind + form + reason }
