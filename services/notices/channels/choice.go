package channels

import (
	"context"
	"slices"
	"strconv"
	"time"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Choice is how a member hears of things besides in the page: by which channels of each group of notices, when not, and
// whether all at once at a set hour.
type Choice struct {
	Outcome   []string `json:"outcome" enum:"email,webhook,wecom,dingtalk" maxItems:"4"`
	Task      []string `json:"task" enum:"email,webhook,wecom,dingtalk" maxItems:"4"`
	Other     []string `json:"other" enum:"email,webhook,wecom,dingtalk" maxItems:"4"`
	Quiet     bool     `json:"quiet" doc:"免打扰时段内除催办外不外发"`
	QuietFrom string   `json:"quiet_from" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$"`
	QuietTo   string   `json:"quiet_to" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$"`
	Digest    bool     `json:"digest" doc:"除催办外，每天合并成一条"`
	DigestAt  int      `json:"digest_at" minimum:"0" maximum:"23"`
}

// Ways is a member's choice with what there is to choose from.
type Ways struct {
	Choice   Choice `json:"choice"`
	Channels []Way  `json:"channels"`
	Email    string `json:"email" doc:"登记的邮箱，由系统管理员登记"`
	Version  int    `json:"-"`
}

// Way is a channel that the unit has opened.
type Way struct {
	Channel string `json:"channel" enum:"email,webhook,wecom,dingtalk"`
	Name    string `json:"name"`
}

func shippedChoice() Choice {
	return Choice{Outcome: []string{}, Task: []string{}, Other: []string{}, Quiet: true, QuietFrom: "22:00", QuietTo: "07:00", DigestAt: 18}
}

// by are the channels for a kind of notice.
func (c Choice) by(kind string) []string {
	return map[string][]string{groupOutcome: c.Outcome, groupTask: c.Task, groupOther: c.Other}[groupOf(kind)]
}

var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// due is when a notice of that kind, written now, may go out to this member.
func (c Choice) due(kind string, now time.Time) time.Time {
	if urgent(kind) {
		return now
	}
	at := now.In(zone)
	if c.Digest {
		at = next(at, c.DigestAt, 0)
	}
	if c.Quiet && c.silent(at) {
		hour, minute := clock(c.QuietTo)
		at = next(at, hour, minute)
	}
	if at.Equal(now) {
		return now
	}
	return at.UTC()
}

// silent tells whether the moment lies in the quiet hours, which may pass midnight.
func (c Choice) silent(at time.Time) bool {
	fromHour, fromMinute := clock(c.QuietFrom)
	toHour, toMinute := clock(c.QuietTo)
	from, to, is := fromHour*60+fromMinute, toHour*60+toMinute, at.Hour()*60+at.Minute()
	if from <= to {
		return is >= from && is < to
	}
	return is >= from || is < to
}

// next is the first such time of day after the moment.
func next(at time.Time, hour, minute int) time.Time {
	on := time.Date(at.Year(), at.Month(), at.Day(), hour, minute, 0, 0, zone)
	if !on.After(at) {
		on = on.AddDate(0, 0, 1)
	}
	return on
}

func clock(text string) (hour, minute int) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, 0
	}
	return t.Hour(), t.Minute()
}

func number(n int) string { return strconv.Itoa(n) }

// Ways is how the caller hears of things.
func (s *Service) Ways(ctx context.Context) (Ways, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Ways{}, err
	}
	if err := authz.Check(q.Principal(), authz.NoticeRead, own(q.Principal())); err != nil {
		return Ways{}, err
	}
	return ways(ctx, q)
}

func own(p *tenancy.Principal) authz.Object {
	return authz.Object{Read: authz.NoticeRead, Owner: p.Membership, Private: true}
}

// Choose changes how the caller hears of things, based on the version that was read.
func (s *Service) Choose(ctx context.Context, version int, c Choice) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p := tx.Principal()
		if err := authz.Check(p, authz.NoticeRead, own(p)); err != nil {
			return err
		}
		before, err := ways(ctx, tx)
		if err != nil {
			return err
		}
		if before.Version != version {
			return errs.New(errs.Stale, "接收方式已在别处修改，请刷新后重新设置")
		}
		if err := c.check(before); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "notice.ways", Subject: tenancy.Subject{Kind: "notice", ID: p.Membership}})
		return saveChoice(ctx, tx, c)
	})
}

// check cleans the choice; what the unit has not opened cannot be chosen, nor mail without an address.
func (c *Choice) check(w Ways) error {
	var faults errs.Fields
	for field, list := range map[string]*[]string{"outcome": &c.Outcome, "task": &c.Task, "other": &c.Other} {
		chosen := []string{}
		for _, name := range All {
			if !slices.Contains(*list, name) {
				continue
			}
			chosen = append(chosen, name)
			if !slices.ContainsFunc(w.Channels, func(way Way) bool { return way.Channel == name }) {
				faults.Add(field, "本单位没有开通%s", channelText[name])
			} else if name == Email && w.Email == "" {
				faults.Add(field, "您没有登记邮箱，请联系系统管理员")
			}
		}
		*list = chosen
	}
	if c.Quiet && c.QuietFrom == c.QuietTo {
		faults.Add("quiet_to", "免打扰的起止时间不能相同")
	}
	return faults.Err()
}
