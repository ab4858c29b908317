package tenancy

import "strings"

// Key builds a Redis key of one tenant; the only maker of such keys. Parts never contain the separator.
func Key(tenant Tenant, parts ...string) string {
	var b strings.Builder
	b.WriteString("sd:")
	b.WriteString(tenant.Code)
	for _, part := range parts {
		b.WriteByte(':')
		b.WriteString(strings.ReplaceAll(part, ":", "_"))
	}
	return b.String()
}
