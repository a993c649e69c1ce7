# Questions about a plan and their answers: how wishes are written, how intervals read, the workbook of an answer
kind-team = team
kind-project = project
kind-target = target
kind-standard = standard
all-counties = all counties together
all-years = over all years
in-year = in { $year }
wish-item-at-least = at least { $quantity } of { $subject } for { $county } { $year }
wish-item-at-most = at most { $quantity } of { $subject } for { $county } { $year }
wish-item-exactly = exactly { $quantity } of { $subject } for { $county } { $year }
wish-team = { $subject } meets its staffing standard from { $plain_year } on
wish-project-by = { $subject } open by { $plain_year }
wish-project-after = { $subject } not open before the end of { $plain_year }
wish-target = at least { $quantity } delivered of target “{ $subject }”
wish-standard = no gap to “{ $subject }” in { $county } in { $plain_year }

wish-unreadable = “{ $asked }” is not a wish. Write ITEM:COUNTY:YEAR>=N (or <=, =), team:TEAM:YEAR, project:PROJECT:YEAR (open by), project:PROJECT>YEAR (not open by the end of), target:TARGET>=N, or standard:STANDARD:COUNTY:YEAR.
wish-none = No wish was given. For example: ITEM:COUNTY:YEAR>=N.
wish-unknown-item = There is no item or group “{ $name }” (in “{ $asked }”); the nearest is “{ $near }”. There are: { $known }.
wish-unknown-county = There is no county “{ $name }” (in “{ $asked }”); the nearest is “{ $near }”. There are: { $known }.
wish-unknown-team = There is no team “{ $name }” (in “{ $asked }”); the nearest is “{ $near }”. There are: { $known }.
wish-unknown-project = There is no project “{ $name }” (in “{ $asked }”); the nearest is “{ $near }”. There are: { $known }.
wish-unknown-target = There is no target “{ $name }” (in “{ $asked }”); the nearest is “{ $near }”. There are: { $known }.
wish-unknown-standard = There is no standard “{ $name }” (in “{ $asked }”); the nearest is “{ $near }”. There are: { $known }.
wish-ambiguous = More than one is called “{ $name }” (in “{ $asked }”): { $known }. Write the id.
wish-year-outside = “{ $asked }”: { $year } is not in the plan, which runs from { $first } to { $last }.
wish-year-closed = “{ $asked }”: { $year } is closed (up to { $closed }) and cannot change.
wish-standard-not-there = “{ $asked }”: nothing is required of this standard in that county in { $year }.

unit-share = %
unit-share-change = { " " }points
unit-money = { " " }{ $currency }
unit-money-change = { " " }{ $currency }
unit-sum = { "" }
unit-sum-change = { "" }
interval = { $low } to { $high }
interval-at-least = at least { $value }
interval-at-most = at most { $value }
not-known = not known

sheet-front = Answer
front-said = What stands out
front-asked = Asked
front-plan = Plan
front-model = Decision model
front-status = Answered
status-answered = yes
status-partly = in part; what is not known is said to be so
status-impossible = it cannot be
status-unknown = not known

result-without-schedule = { $asked } has no schedule to ask about.
result-of-other-plan = { $asked } is the result of another plan ({ $title }): its content is not that of the plan given. Take the same plan, or solve again.
cell-has-nothing = “{ $asked }”: the schedule has nothing there to do without.
title-why-not = What a wish would cost: { $plan }
table-criteria = Criteria
table-moves = Changes
column-criterion = Criterion
column-before_low = Before, bound
column-before_high = Before
column-after_low = After, bound
column-after_high = After
column-change_low = Change, at least
column-change_high = Change, at most
column-kind = Change
column-of = Of
column-subject = What
column-county = County
column-year = Year
column-quantity = Quantity
column-to_year = To year
column-to_county = To county
column-to_subject = To
column-money = Money
