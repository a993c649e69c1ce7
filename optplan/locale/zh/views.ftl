# 总览与进度所用的名称
unit-personnel = 人
unit-vehicle = 辆
unit-hydrant = 个
unit-crane = 个
unit-station = 座
unit-other = {""}
