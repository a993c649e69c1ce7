# 差异原因分析
list-and = 、
and-others = { $first }等 { $number } 项
change-title = { $scenario }（{ $number }：{ $table }　{ $about }）
group-rest = 其余改动
# 问题
groups-unknown = 不认识的分组方式“{ $asked }”；可用 { $known }，或写成“名称=组成部分”。
group-part-unknown = 分组“{ $group }”中的“{ $part }”不是有改动的表、情景或情景中的一项改动；可用：{ $known }。
groups-overlap = 分组“{ $one }”与“{ $other }”都含有表 { $table } 中的 { $row }；每项改动只能属于一组，请去掉其中之一。
groups-too-many = 共有 { $count } 组，最多 { $most } 组（组数每多一，求解次数翻一倍）；请合并一些。
groups-same-name = 有两组同名；请给每组起不同的名称。
groups-not-written = “{ $text }”应写成“名称=组成部分,组成部分”。
plans-do-not-differ = 两份规划的数字完全相同，没有差异可供分析。
nothing-to-compare = 请用 --scenario 给出情景，或用 --changed 给出改动后的规划（二者取一）。
# 命令
command-why = 分析两份规划的答案为何不同：把各项主要数字的变化精确分摊到各组改动上。
option-changed = 改动后的规划（文件夹或工作簿），代替情景。
option-groups = tables、changes、scenarios 之一，或“名称=组成部分,…”（可多次使用）；组成部分是表名、情景名或“情景名:第几项改动”。
option-gap = 每次求解时，某一级的差距不超过该比例即可停止，例如 0.01。
option-time-limit = 每次求解最长时间（秒）。
option-cache = 存放已求解答案的文件夹，再次运行时不重复求解。
option-out = 把分析写成 Excel 工作簿。
progress = [{ $done }/{ $total }] { $status }（{ $seconds } 秒）
# 表格
table-groups = 改动分组
table-criteria = 指标变化的原因
table-targets = 目标交付数变化的原因
table-money = 资金变化的原因（{ $currency }）
table-solves = 各种组合的求解情况
column-group = 分组
column-cells = 改动的单元格
column-what = 涉及的表
column-figure = 数字
column-base = 原规划
column-changed = 改动后
column-change = 变化
column-open = 未定
column-together = 共同作用
column-part = 分摊
column-alone = 单独改动
column-last = 最后改动
column-low = 下限
column-high = 上限
column-settled = 是否确定
column-status = 状态
column-seconds = 用时（秒）
column-why = 说明
column-groups = 所含改动
settled-yes = 确定
settled-no = 小于求解差距
settled-none = 无界限
figure-criterion = 指标
figure-cost = 总支出（不折现）
figure-request = 申请追加资金
figure-fund = 支出：{ $name }
none = （无改动）
all = （全部改动）
status-optimal = 最优
status-feasible = 可行，未全部证明
status-infeasible = 无解
status-unknown = 到时未找到方案
status-invalid = 数据不自洽
status-failed = 求解中止
# 说明
said-rise = { $figure }由 { $base } 升至 { $changed }（{ $change }）：{ $parts }。
said-fall = { $figure }由 { $base } 降至 { $changed }（{ $change }）：{ $parts }。
said-same = { $figure }不变（{ $base }）：{ $parts }。
said-part = { $group } { $part }
said-part-open = { $group } { $part }（小于求解差距，不足为凭）
said-nothing = 各组都没有影响
said-separator = ，
said-together = 各组单独作用之和与总变化相差 { $together }，是它们共同作用的结果。
no-plan-base = 原规划没有答案（{ $status }），无从分摊。
no-plan-changed = 改动后的规划没有答案（{ $status }），无从分摊。
no-orders = 无论以何种次序逐组改动，都要经过没有答案的组合，无从分摊；请把下列各组合并后再试。
some-orders = 部分组合没有答案，分摊按其余 { $orders } 种改动次序平均（共 { $all } 种）。
blocked = { $groups }：{ $why }。
why-infeasible = 只做这些改动时不存在任何方案
why-infeasible-rule = 只做这些改动时已违反规则：{ $rule }
why-unknown = 到时未找到方案；请放宽时限
why-invalid = 只做这些改动时规划数据不自洽（{ $problem }）
why-failed = 求解进程意外中止（{ $log }）
not-bounded = 注：目标交付数、支出等没有经过证明的界限；同样好的方案可能另有不同的数，其分摊只说明这里求得的方案。
# 图
axis-from-zero = 数值
axis-not-from-zero = 数值（纵轴不从零开始）
