# Questions about a plan: why not, the value of money, what it takes, what is certain
list-and = { ", " }
move-worth = { $said } ({ $money } { $currency })
why-not-granted = The plan grants it already: { $wishes }. Nothing need change.
why-not-impossible = It cannot be: { $wishes }. No plan under the rules grants it; that is proven.
why-not-unknown = Not known: in the time given, neither a plan that grants “{ $wishes }” was found nor that there is none.
why-not-possible = It can be: { $wishes }. This is what it costs.
criterion-same = { $criterion }: no change, { $now } as before.
criterion-worse = { $criterion }: worse by { $change }, then { $now }.
criterion-better = { $criterion }: better by { $change }, then { $now }.
criterion-at-most = { $criterion }: worse by { $most } at most, perhaps by nothing; { $now } in the plan that was found.
criterion-open = { $criterion }: the change lies within { $change }; { $now } in the plan that was found.
moves-first = { $number } changes from the plan as it is, the dearest first:
moves-more = { $number } smaller changes more, in the table of changes.
not-proven-yet = Not yet proven closely enough: { $criteria }.

command-why-not = What granting a wish would cost the plan. WISH is ITEM:COUNTY:YEAR>=N (or <=, =), team:TEAM:YEAR, project:PROJECT:YEAR (open by), target:TARGET>=N, or standard:STANDARD:COUNTY:YEAR (no gap).
option-without = Why is this in the plan: the best plan without a cell of the schedule, ITEM:COUNTY:YEAR or project:PROJECT; may be given several times.
option-out = Write the answer as a workbook (.xlsx).
goes-on = This is good enough; the search goes on to prove it ...
