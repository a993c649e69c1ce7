# 改动的说法
in-year = { $year }年
retires-after = { $year }年后退役
blank = 空白
whole-city = 全市
comma = 、
semicolon = ；
and-more = { $some }等{ $number }项
every-row = { $table }各行
lever-pool = { $fund }
lever-own = 自有资金
lever-prices = 采购与建设价格
lever-recruits = 每年招录人数上限
scaled = { $what } ×{ $factor }
set = { $rows }：{ $cells }
becomes = { $column }改为 { $now }
becomes-from = { $column }由 { $was } 改为 { $now }
added = { $table }增加：{ $rows }
removed = { $table }删去：{ $rows }
scenario-remark = 以下由填报页面生成；改动按先后次序执行。
# 上传
upload-too-large = 文件超过 { $limit } MB，未予读取；请拆分或压缩后再试。
upload-kind = “{ $name }”不是可上传的文件：请上传 .xlsx 填报工作簿，或把各表的 CSV 打成一个 .zip。
upload-zip-damaged = 压缩包已损坏，无法读取；请重新打包。
upload-zip-bomb = 压缩包内文件过多或解压后过大，为安全起见未予打开。
upload-zip-empty = 压缩包里没有 CSV 文件；请把 plan.csv、budgets.csv 等直接打进压缩包。
upload-not-toml = “{ $name }”不是情景文件；请上传以 .toml 结尾的文件。
upload-parent = 该情景以“{ $parent }”为上级；单独上传时读不到上级，请把上级的改动一并写入本文件。
