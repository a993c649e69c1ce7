# Why two answers differ
list-and = {", "}
and-others = { $first } and { $number } more
change-title = { $scenario } ({ $number }: { $table }, { $about })
group-rest = Everything else
# What is wrong with a question
groups-unknown = There is no way of grouping called “{ $asked }”; there are { $known }, or write NAME=PART,PART.
group-part-unknown = “{ $part }” in the group “{ $group }” is no changed table, no scenario and no change of one; there are: { $known }.
groups-overlap = The groups “{ $one }” and “{ $other }” both hold { $row } of table { $table }; a change belongs to one group, so leave it out of one of them.
groups-too-many = There are { $count } groups, { $most } at most are possible (each doubles the number of searches); put some together.
groups-same-name = Two groups have the same name; give each its own.
groups-not-written = “{ $text }” should be written NAME=PART,PART.
plans-do-not-differ = The figures of the two plans are the same; there is nothing to explain.
nothing-to-compare = Please name scenarios with --scenario, or a changed plan with --changed (one of the two).
# Command
command-why = Say why the answers to two plans differ: the change of each headline figure, divided exactly over groups of changes.
option-changed = The changed plan (a folder or a workbook), instead of scenarios.
option-groups = One of tables, changes, scenarios; or NAME=PART,… (may be given several times), a part being a table, a scenario’s name, or NAME:2 for its second change.
option-gap = Each search may stop a level when its gap is no more than this share, such as 0.01.
option-time-limit = Longest time of each search, in seconds.
option-cache = Folder in which answers are kept, so that a second run solves nothing twice.
option-out = Write the attribution as an Excel workbook.
progress = [{ $done }/{ $total }] { $status } ({ $seconds } s)
# Tables
table-groups = Groups of changes
table-criteria = Why the criteria changed
table-targets = Why deliveries towards the targets changed
table-money = Why spending changed ({ $currency })
table-solves = What came out under each set of groups
column-group = Group
column-cells = Cells changed
column-what = Tables
column-figure = Figure
column-base = Base
column-changed = Changed
column-change = Change
column-open = Open
column-together = Together
column-part = Part
column-alone = Alone
column-last = Last
column-low = From
column-high = To
column-settled = Settled
column-status = Status
column-seconds = Seconds
column-why = Remark
column-groups = With the changes of
settled-yes = yes
settled-no = within the gap
settled-none = no bound
figure-criterion = Criterion
figure-cost = Total spending (not discounted)
figure-request = Requested
figure-fund = Paid by { $name }
none = (nothing changed)
all = (everything changed)
status-optimal = optimal
status-feasible = feasible, not fully proven
status-infeasible = no plan exists
status-unknown = no plan found in time
status-invalid = does not hold together
status-failed = search died
# In sentences
said-rise = { $figure } rises from { $base } to { $changed } ({ $change }): { $parts }.
said-fall = { $figure } falls from { $base } to { $changed } ({ $change }): { $parts }.
said-same = { $figure } stays the same ({ $base }): { $parts }.
said-part = { $group } { $part }
said-part-open = { $group } { $part } (smaller than what the bounds leave open)
said-nothing = no group moves it
said-separator = {", "}
said-together = The effects one at a time add up to the whole but for { $together }, which the groups bring about together.
no-plan-base = The base plan has no answer ({ $status }), so nothing can be divided.
no-plan-changed = The changed plan has no answer ({ $status }), so nothing can be divided.
no-orders = In whatever order the groups are made, a set without an answer is passed, so nothing can be divided; put the groups named below together and try again.
some-orders = Some sets of groups have no answer; the parts are averaged over the { $orders } orders (of { $all }) that avoid them.
blocked = { $groups }: { $why }.
why-infeasible = no plan exists with just these changes
why-infeasible-rule = with just these changes a rule cannot hold: { $rule }
why-unknown = no plan was found in time; allow more time
why-invalid = the plan does not hold together with just these changes ({ $problem })
why-failed = the search process died ({ $log })
not-bounded = Note: no bound is proven of deliveries and spending; another plan as good may have other figures, and their parts speak of the plans found here.
# Charts
axis-from-zero = Value
axis-not-from-zero = Value (the axis does not start at zero)
