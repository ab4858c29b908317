// Package importer brings citizens' messages from a file into the units that they concern, as clues.
//
// It acts through the use case of clues and by its rules. The person in whose name it runs must hold clue:import in the
// city's unit, whose own rows he brings in himself. In the districts he is no member and no line leads clues downwards:
// their rows are brought in by the actor importer, whose lines in the audit name the person and the file.
package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/clues"
	"shangda/tenancy"
)

// Options is one run. As is the login of the person in whose name it runs; Terminal asks for a bar.
type Options struct {
	File     string
	As       string
	DryRun   bool
	Terminal bool
	Out      io.Writer
}

// Deps is what the importer acts through.
type Deps struct {
	// Enter opens a session of the person in a tenant (tenancy/login.Service.As).
	Enter     func(ctx context.Context, login, tenant string) (context.Context, func(), error)
	Directory *tenancy.Directory
	Clues     *clues.Service
}

// The codes of the city's own unit and, with a1 … a9 before it, of the units of its districts.
const (
	cityUnit = "a" + ofUnits
	ofUnits  = "-zx"
)

// batchSize is how many clues one transaction brings in.
const batchSize = 200

// Run imports a file and prints the rule, each refused row with its line and reason, and the account. It may be repeated:
// a message is known by its number. An error ends it where the file cannot be read, the person may not import, or the
// database fails; what was brought in until then stays and the account says so.
func Run(ctx context.Context, o Options, d Deps) (Account, error) {
	file, err := os.Open(o.File)
	if err != nil {
		return newAccount(), fmt.Errorf("打不开文件：%w", err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return newAccount(), err
	}
	person, end, err := d.Enter(ctx, o.As, cityUnit)
	if err != nil {
		return newAccount(), fmt.Errorf("不能以 %s 的身份进入 %s：%w", o.As, cityUnit, err)
	}
	defer end()
	if err := authz.Holds(tenancy.From(person), authz.ClueImport); err != nil {
		return newAccount(), err
	}
	r := &run{Options: o, Deps: d, person: person, account: newAccount(), units: map[string]*unit{}, seen: map[string]int{}, names: map[string]string{}}
	r.progress = progress{out: o.Out, terminal: o.Terminal, size: info.Size()}
	fmt.Fprintln(o.Out, Rule)
	err = r.all(ctx, file)
	r.progress.say("")
	r.account.write(o.Out, o.DryRun, r.names)
	if err == nil && r.account.Total() != r.account.Rows {
		err = errors.New("有的行没有着落，请报告这个错误")
	}
	return r.account, err
}

// run is an import under way.
type run struct {
	Options
	Deps
	person   context.Context
	account  Account
	progress progress
	units    map[string]*unit // by code; nil where the unit does not exist
	names    map[string]string
	seen     map[string]int // the line of each number
}

// unit is a unit with the rows waiting to be brought in.
type unit struct {
	code  string
	ctx   context.Context
	batch []clues.NewClue
	lines []int
}

// counted counts the bytes read, for the bar.
type counted struct {
	io.Reader
	n *int64
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	*c.n += int64(n)
	return n, err
}

func (r *run) all(ctx context.Context, file io.Reader) error {
	rows, err := newRecords(counted{file, &r.progress.read})
	if err != nil {
		return err
	}
	for {
		no, clue, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.account.Rows++
		if err := r.row(ctx, no, clue, err); err != nil {
			return err
		}
		r.progress.show(r.account.Rows)
	}
	for _, u := range r.units {
		if err := r.flush(u); err != nil {
			return err
		}
	}
	return nil
}

// row refuses a row or puts it with those of its unit. An error ends the import.
func (r *run) row(ctx context.Context, no int, clue clues.NewClue, fault error) error {
	if fault != nil {
		r.refuse(no, fault.Error())
		return nil
	}
	if earlier, ok := r.seen[clue.SourceRef]; ok {
		r.refuseAs(no, "编号与前面的行相同", fmt.Sprintf("编号 %s 与第 %d 行相同", clue.SourceRef, earlier))
		return nil
	}
	r.seen[clue.SourceRef] = no
	place := placeOf(clue.Title, clue.Body)
	if place.foreign {
		r.refuse(no, "只涉及其他城市")
		return nil
	}
	clue.Place = place.words
	code := cityUnit
	if place.district != "" {
		code = place.district + ofUnits
	}
	u, err := r.unit(ctx, code)
	if err != nil {
		return err
	}
	if u == nil {
		r.refuse(no, "单位 "+code+" 没有开通")
		return nil
	}
	u.batch, u.lines = append(u.batch, clue), append(u.lines, no)
	if len(u.batch) == batchSize {
		return r.flush(u)
	}
	return nil
}

// unit enters a unit once: the city's own as the person, a district as the importer.
func (r *run) unit(ctx context.Context, code string) (*unit, error) {
	if u, ok := r.units[code]; ok {
		return u, nil
	}
	tenant, err := r.Directory.ByCode(ctx, code)
	if errs.Is(err, errs.NotFound) || err == nil && tenant.State != "active" {
		r.units[code] = nil
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	u := &unit{code: code, ctx: r.person}
	if p := tenancy.From(r.person); code != cityUnit {
		cause := fmt.Sprintf("%s（%s %s）导入 %s", p.Name, cityUnit, p.Login, filepath.Base(r.File))
		u.ctx = tenancy.System(ctx, tenant, "importer", cause, authz.Actors())
	}
	r.units[code], r.names[code] = u, tenant.Name
	return u, nil
}

// flush brings in what waits for a unit.
func (r *run) flush(u *unit) error {
	if u == nil || len(u.batch) == 0 {
		return nil
	}
	bring := r.Clues.Import
	if r.DryRun {
		bring = r.Clues.Preview
	}
	outcomes, err := bring(u.ctx, u.batch)
	if err != nil {
		return fmt.Errorf("%s：%w", u.code, err)
	}
	for i, o := range outcomes {
		switch o.Fate {
		case clues.BroughtIn:
			r.account.BroughtIn[u.code]++
		case clues.AlreadyThere:
			r.account.AlreadyThere[u.code]++
		default:
			r.refuse(u.lines[i], reason(o.Err))
		}
	}
	u.batch, u.lines = u.batch[:0], u.lines[:0]
	return nil
}

// reason is the Chinese of a refusal, every fault of it.
func reason(err error) string {
	var e *errs.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	if len(e.Fields) < 2 {
		return e.Message
	}
	all := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		all[i] = f.Message
	}
	return strings.Join(all, "；")
}

func (r *run) refuse(no int, why string) { r.refuseAs(no, why, why) }

// refuseAs counts a row under one reason and says another, more exact one.
func (r *run) refuseAs(no int, why, exactly string) {
	r.account.Refused[why]++
	r.progress.say("第 %d 行：%s", no, exactly)
}
