# 总览与进度所用的名称
unit-personnel = 人
unit-vehicle = 辆
unit-hydrant = 个
unit-crane = 个
unit-station = 座
unit-other = {""}
targets-missed = 未完成的目标（项）
sum-cost = 支出合计
sum-capital = 其中建设购置
sum-recurrent = 其中运行维护
sum-asked = 申请追加
sum-lapsed = 年末收回
