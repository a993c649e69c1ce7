# General
sentence-gap = {" "}
money = { $amount } { $currency }
date = { $year }-{ $month }-{ $day }
subtitle = Brief on the plan and its money, { SPAN($first, $last) }
# Headings and heads of columns
word-summary = In short
word-proof = Status
word-delivers = What the plan delivers, and when
word-where = Where
word-money = What it costs, and who pays
word-cannot = What cannot be met, and why
word-assumed = What was assumed
word-how-good = How good the plan is, and how that is known
word-target = Target
word-delivered = Done
word-total = Planned
word-state = State
word-project = Project
word-projects = Building projects
word-county = County
word-start = Starts
word-opens = Opens
word-spent = Spent ({ $currency })
word-gap-share = Gap at end of { $year }
word-payer = Who pays ({ $currency })
word-sum = Sum
word-standard = Standard
word-required = Needs
word-stock = Has
word-gap = Lacks
word-reason = Reason, as far as the figures show
word-short = Short
word-table = Table of the input
word-assumed-rows = Assumed
word-all-rows = Of rows
word-ground = Ground most often given (as in the plan)
word-criterion = Criterion, in order
word-in-plan = This plan
word-value = Best found
word-bound = Proven: nothing better than
word-proof-gap = Difference
word-proven = How far proven
word-chart-deliveries = Share of each target delivered by year
word-chart-deliveries-of = Share of each of the first { $shown } of { $number } targets delivered by year
word-chart-money = Who pays in which year ({ $currency })
word-prepared = Prepared on
# In short
point-all-targets = All { $number } targets are reached in time.
point-targets = { $done } of { $number } targets are reached in time; the rest and the reasons are below.
point-headline = The first in the plan: { $targets }.
point-money = It costs { $total } { $currency } in { SPAN($first, $last) }: { $payers }.
point-no-money = It costs nothing in { SPAN($first, $last) }.
point-all-ready = At the end of { $year } { PLURAL($counties) ->
    [one] the county meets all its standards
   *[other] all { $counties } counties meet all their standards
  }.
point-ready = At the end of { $year }, { $met } of { $counties } counties meet all their standards; { $furthest } is furthest from them, with { $gap } still missing on average.
point-assumptions = { $number } of the { $rows } rows of input are assumptions, not figures of the plan: please check them before deciding.
headline-target = { $name } { $delivered }
headline-missed = { $name } { $delivered } of { $total }
# What and when
mark-reached = reached
mark-short = { $number } short
targets-note = The plan has { $number } more targets; they are in the exported workbook, and those that fall short are listed below.
opens-later = { $year } (after the plan)
years-together = { SPAN($first, $last) }
projects-more = { $number } more projects are in the exported workbook.
projects-unbuilt = Not built within the plan: { $number }.
# Where
map-gap = Still missing at the end of { $year }
map-spending = Spent over the plan ({ $currency })
map-note = Schematic map: one tile a county, about where it lies, darker where the figure is larger; not a map of boundaries. Missing is the average gap to the county's standards, by their weights.
map-absent = Without standards of their own, and so not on the map: { $names }.
counties-note = { $number } more counties, in which less is spent, are in the exported workbook.
# Money
money-cost = It costs { $total } { $currency }: { $capital } to build and buy, { $recurrent } to run.
money-dearest = The dearest year is { $year }, with { $amount } { $currency }.
money-payers = Who pays: { $payers }.
money-later-running = After { $year }, running what the plan adds costs { $amount } { $currency } a year.
money-later-instalments = After { $year }, { $amount } { $currency } remain to be paid for projects that are under way.
money-later-loans = After { $year }, { $amount } { $currency } of loans remain to be paid back, interest included.
money-unit = amounts in { $currency }
money-unit-wan = amounts in { $currency } (10,000 yuan)
payer-county = counties' own funds { $share } ({ $amount } { $currency })
payer-pool = shared funds { $share } ({ $amount } { $currency })
payer-request = asked beyond all funds { $share } ({ $amount } { $currency })
payers-other = { $number } other payers
# What cannot be met
standard-staffing = Staffing of teams
shortfalls-none = No target falls short.
shortfalls-more = { $number } more targets fall short; they are in the exported workbook.
gaps-none = Every standard is met at the end of { $year }.
gaps-more = { $number } smaller gaps at the end of { $year } are in the exported workbook.
# What was assumed
assumptions-note = { $number } of { $rows } rows of input ({ $share }) rest on assumptions. The exported workbook lists every one with its source.
assumptions-more = { $number } of them are in tables not shown here.
assumptions-none = No row of the input rests on an assumption.
no-ground = no ground given
# Proof
proof-note = The values of this plan were recomputed by an exact check that does not use the solver.
seal = Every rule was checked exactly, one by one ({ $rules } checks); seal { $seal }…
seal-full = Seal { $seal }; inputs { $plan }
made-with = Made with { $versions }
model-line = Decision model: { $model }. { $account }
scenario-line = Scenario: { $scenario }
no-scenario = base case
describe-map = Schematic map of the readiness gap and the spending of each county: { $counties }.
seal-short = Seal { $seal }…
word-shortfalls = Targets that fall short
word-gaps = The widest gaps to the standards at the end of { $year }
sentence = { $words }.
