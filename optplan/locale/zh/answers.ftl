# 对规划的提问与回答：愿望的写法、区间的说法、答案工作簿
kind-team = 队站
kind-project = 项目
kind-target = 目标
kind-standard = 标准
all-counties = 全市
all-years = 规划期内
in-year = { $year } 年
wish-item-at-least = { $county } { $year }{ $subject }不少于 { $quantity }
wish-item-at-most = { $county } { $year }{ $subject }不超过 { $quantity }
wish-item-exactly = { $county } { $year }{ $subject }正好 { $quantity }
wish-team = { $subject }自 { $plain_year } 年起人员达标
wish-project-by = { $subject }最迟 { $plain_year } 年开放
wish-project-after = { $subject } { $plain_year } 年底前不开放
wish-target = 目标“{ $subject }”交付不少于 { $quantity }
wish-standard = { $county } { $plain_year } 年“{ $subject }”配齐

wish-unreadable = 看不懂“{ $asked }”。写法：物品:县:年份>=数量（也可 <=、=），team:队站:年份，project:项目:年份（最迟该年开放），project:项目>年份（该年底前不开放），target:目标>=数量，standard:标准:县:年份。
wish-none = 没有写明愿望。例如 物品:县:年份>=数量。
wish-unknown-item = “{ $asked }”中的物品或组“{ $name }”不存在；最接近的是“{ $near }”。有：{ $known }。
wish-unknown-county = “{ $asked }”中的县“{ $name }”不存在；最接近的是“{ $near }”。有：{ $known }。
wish-unknown-team = “{ $asked }”中的队站“{ $name }”不存在；最接近的是“{ $near }”。有：{ $known }。
wish-unknown-project = “{ $asked }”中的项目“{ $name }”不存在；最接近的是“{ $near }”。有：{ $known }。
wish-unknown-target = “{ $asked }”中的目标“{ $name }”不存在；最接近的是“{ $near }”。有：{ $known }。
wish-unknown-standard = “{ $asked }”中的标准“{ $name }”不存在；最接近的是“{ $near }”。有：{ $known }。
wish-ambiguous = “{ $asked }”中的“{ $name }”不止一个：{ $known }。请写编号。
wish-year-outside = “{ $asked }”：{ $year } 年不在规划期 { $first }—{ $last } 年内。
wish-year-closed = “{ $asked }”：{ $year } 年已关账（关至 { $closed } 年），不能再改。
wish-standard-not-there = “{ $asked }”：该县 { $year } 年没有这项标准的要求。

unit-share = %
unit-share-change = { " " }个百分点
unit-money = { " " }{ $currency }
unit-money-change = { " " }{ $currency }
unit-sum = { "" }
unit-sum-change = { "" }
interval = { $low } 至 { $high }
interval-at-least = 至少 { $value }
interval-at-most = 至多 { $value }
not-known = 不详

sheet-front = 结论
front-said = 结论
front-asked = 所问
front-plan = 规划
front-model = 决策模型
front-status = 结果
status-answered = 已答
status-partly = 部分已答，其余注明不详
status-impossible = 做不到
status-unknown = 不详

result-without-schedule = { $asked } 没有方案，无从问起。
result-of-other-plan = { $asked } 是另一份规划（{ $title }）的结果：内容与所给规划不同。请用同一份规划，或重新求解。
cell-has-nothing = “{ $asked }”在方案中没有安排，无从去掉。
title-why-not = 如果要：{ $plan }
table-criteria = 指标变化
table-moves = 方案变动
column-criterion = 指标
column-before_low = 现值下界
column-before_high = 现值
column-after_low = 变后下界
column-after_high = 变后
column-change_low = 变化至少
column-change_high = 变化至多
column-kind = 变动
column-of = 类别
column-subject = 对象
column-county = 县（市、区）
column-year = 年份
column-quantity = 数量
column-to_year = 移至年份
column-to_county = 移至县（市、区）
column-to_subject = 移至对象
column-money = 金额
