title = 消防救援规划实施计划
page-overview = 总览
page-inputs = 数据
page-solving = 求解
page-schedule = 实施进度
page-asking = 提问
page-comparing = 方案对比
page-tracking = 跟踪
page-history = 历史
current-plan = 规划
current-result = 打开的方案
current-run = 运行编号 { $run }
current-user = 使用者
no-plan = 没有可用的规划。请在“数据”页上传一份。
no-result = 尚无方案。请到“求解”页求解，或在“历史”页打开一个。
draft-name = 未命名的修改
draft-changes = { $name }：已修改 { $number } 处
role-reader = 查看
role-planner = 编制
role-approver = 审定
fault = 这一页没能显示完整，您的数据没有受影响。请刷新页面再试；如果还是这样，请把编号 { $number } 告诉管理员，服务器日志里有详细原因。
more-findings = 另有 { $number } 处未列出。
and-more = ……
base-case = 按规划原数据
status-line = { $status } 决策模型：{ $model }。情景：{ $scenario }。
what-now-infeasible = 没有可以展示的计划。点下面的按钮，看是哪些规定互相冲突、怎么改；或到“数据”页修改后再求解。
what-now-unknown = 求解在找到计划之前就停止了。请到“求解”页加长时间再试。
result-refused = 这份结果没有通过逐条精确复核（{ $number } 处不符），不予展示。请用原来的规划重新求解，或找回没有改动过的结果文件。

    { $faults }
origins = 这些数字从哪里来（依据 { $rows } 行输入，其中 { $assumed } 行为假设）
column-table = 输入表
column-basis = 依据
column-source = 来源
column-rows = 行数
column-content = 内容（举例）
no-source = 未注明
download-excel = Excel 实施计划
download-word = Word 简报
download-pdf = PDF 简报
download-json = 结果文件（JSON）
download-png = 图片 PNG
download-svg = 矢量图 SVG
choose-chart = 图表
no-libreoffice = 这台服务器没有安装 LibreOffice，暂不能生成 PDF；可下载 Word 简报后另存为 PDF。
other-plan = 这里显示的是另一份规划的方案：{ $title }。要看左边规划的方案，请到“求解”页求解，或在“历史”页打开。
draft-unsolved = 您已修改 { $number } 处，但还没有求解；这里显示的是修改之前的方案。
download-comparison = Excel 对比表
how-proven = 这个方案有多好，怎样证明的
interim = 暂定方案：求解还在进行（已用 { $elapsed }）
interim-newer = 看最新的
interim-back = 回到求解
interim-over = 求解已经结束，现在显示的是它的最后结果。
interim-lost = 那次求解没有留下最后结果；这里显示的仍是当时的暂定方案。
switch-plan = 换一份规划
switch-plan-other = 选一份规划
switch = 换一个方案
switch-other = 选一个方案
run-unchanged = 原规划
base-plan = 原规划的方案（随软件附带）
to-base = 回到原规划的方案
beside-base = 与原规划并排比较
help = 帮助
help-overview =
    __这一页回答__：这个方案做到了什么、缺什么、花多少钱、谁出、根据是什么。

    - 上面一排按钮是可以直接问的问题，点一下就到回答它的那一页。
    - 方框里的一句话说明方案有多好：绿色表示目标全部完成并且已经证明；其他颜色表示还有缺口或没有证明。
    - 有虚线的数字，指着它可以看依据；“这些数字从哪里来”列出全部来源。
    - 最下面可以带走 Excel 计划、Word 和 PDF 简报。
help-inputs =
    __这一页回答__：规划里写了什么；如果改一改会怎样。

    - 先用滑块改资金，或在表里直接改单元格、粘贴多个单元格。
    - 修改只是一个“情景”，不改动原规划；可以撤销、保存、下载。
    - 改好后到“求解”页，得到新的方案。
help-solving =
    __这一页回答__：按现在的数据和规则，最好的方案是什么。

    - “决策模型”规定先保什么、后保什么；不清楚就用“尽力而为”。
    - “试算”够好就停，用来比较；“定稿”证明到规定精度。
    - 求解时可以去看别的页，也可以随时停下，保留目前最好的方案。
help-schedule =
    __这一页回答__：哪个县、哪一年、哪个队站得到什么，钱从哪里出。

    - 上面选内容，再选项目、县和年份。
    - “标准差距”写明缺多少、为什么缺；“资金账户”写明每笔钱安排、用掉、结转、收回多少。
help-asking =
    __这一页回答__：为什么还缺、再给一笔钱放哪里、全部达标还差多少由谁出、能不能提前、哪些是定了的。

    - 选问题，点安排表中的一格或填要求，再点按钮；答案附证明，可下载成工作簿。
    - 由服务器逐个回答，可以先去别的页面；随时可以停下，看已有的答案，再接着算。
    - 时间不够时会说明哪些还不详。
help-comparing =
    __这一页回答__：两个方案差在哪里，为什么，差别是不是真的。

    - 第一个是基准，其余与它相减。
    - “±”是没有证明到的部分：差别落在其中，就不能算影响。
    - 也可以放入下载过的结果文件。
help-tracking =
    __这一页回答__：到今天做到了多少，按这样下去能不能完成。

    - 按季登记完成数和付款，由审定人确认。
    - 灯号、预测和报告都由登记的数算出。
help-history =
    __这一页回答__：谁在什么时候、为什么、用什么数据求得了哪个方案。

    - “打开”看方案；“复制为草稿”在它的基础上再改。
    - 审定过的方案是以后调整的参照。
money-unit = 金额的单位是万元。
names-as-they-are = 没有英文名称的，按规划中的原名显示。
