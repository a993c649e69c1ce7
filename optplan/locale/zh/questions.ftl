# 对规划的提问：如果要、多一笔钱、要怎样才行、什么是定的
list-and = 、
move-worth = { $said }（{ $money } { $currency }）
why-not-granted = 现方案已做到：{ $wishes }。不必改动。
why-not-impossible = 做不到：{ $wishes }。在现有规则之下没有一个方案能做到，这已经证明。
why-not-unknown = 不详：在所给时间内既没有找到做到“{ $wishes }”的方案，也没有证明做不到。
why-not-possible = 可以做到：{ $wishes }。代价如下。
criterion-same = { $criterion }：不变，仍为 { $now }。
criterion-worse = { $criterion }：变差 { $change }，变为 { $now }。
criterion-better = { $criterion }：改善 { $change }，变为 { $now }。
criterion-at-most = { $criterion }：至多变差 { $most }，也可能不变；找到的方案为 { $now }。
criterion-open = { $criterion }：变化在 { $change } 之间；找到的方案为 { $now }。
moves-first = 与现方案相比共有 { $number } 处变动，金额大的在前：
moves-more = 另有 { $number } 处较小的变动，见变动表。
not-proven-yet = 尚未证明到足够精确：{ $criteria }。

command-why-not = 如果要：满足一个愿望的代价。PLAN 为规划，RESULT 为其结果；WISH 的写法：物品:县:年份>=数量（也可 <=、=）、team:队站:年份、project:项目:年份（最迟该年开放）、target:目标>=数量、standard:标准:县:年份（配齐）。
option-without = 为何有此安排：求解不含该处安排的最好方案，写法 物品:县:年份 或 project:项目；可多次给出
option-out = 把答案写成工作簿（.xlsx）
goes-on = 以上已足够精确，继续求证……
