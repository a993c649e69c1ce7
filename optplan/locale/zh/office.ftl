# 角色
role-nobody = 无权限
role-viewer = 查看
role-editor = 编制
role-approver = 审定
# 权限
not-signed-in = 您还没有使用权限。请先登录；已经登录的，请联系管理员把您的邮箱加入角色文件。
needs-viewer = 您没有查看权限。请联系管理员。
needs-editor = { $name }的角色是“{ $role }”，只能看，不能求解或保存。需要“编制”角色，请联系管理员。
needs-approver = { $name }的角色是“{ $role }”，不能审定，也不能停用他人保存的内容。需要“审定”角色，请联系管理员；本机单独使用时，启动网页时加 --local-role approver。
not-your-solve = 这次求解是{ $name }发起的。只有发起人或审定人可以停止它。
# 角色文件
roles-unreadable = 角色文件 { $file } 打不开（{ $reason }）。在改正之前谁也进不来。请检查环境变量 OPTPLAN_ROLES 和文件权限。
roles-not-toml = 角色文件 { $file } 写法有误（{ $reason }）。请对照 docs/office.md 中的样例改正。
roles-invalid = 角色文件 { $file } 中的“{ $key }”有误（{ $reason }）。只能有 approver、editor、viewer 三个名单和 others 一项。
roles-no-address = 角色文件 { $file } 中的“{ $address }”不是邮箱地址。
roles-twice = 角色文件 { $file } 中，{ $address } 出现在两个名单里。请只保留一处。
# 求解
no-adopted-plan = “{ $model }”要以一份已审定的方案为参照，而这项规划还没有审定过的方案。请先在“历史”页审定一个方案，或换用别的决策模型。
too-many-waiting = 您已有 { $number } 次求解在排队，请等其中一次开始，或撤回一次。
inquiries-full = 服务器上已有 { $number } 个问题在等，请稍后再问。
server-stops = 服务器正在关闭，不再接受新的求解。请稍后再试。
search-died = 求解进程意外中止（{ $reason }）。常见原因是服务器内存不足。请再求解一次；如仍如此，请告诉管理员。
search-unsealed = 求出的方案没有通过精确复核，因此不采用。这是程序的错误，请告诉管理员；原因已写入服务器日志。
solve-fault = 求解时程序出错，其他求解不受影响。请再求解一次；如仍如此，请告诉管理员；原因已写入服务器日志。
not-saved = 方案没有存入历史，只保留到服务器关闭为止。请现在就下载结果文件。原因如下：
lost-with-server = 服务器在求解途中被关闭，还没有找到任何方案，这次求解没有留下结果。请重新求解。
# 审定与停用
reason-missing = 请写明原因，以后查看历史的人才知道为什么。
adopted-stays = 这是现行的审定方案，不能停用。请先审定另一个方案。
# 登录
please-sign-in = 请用单位账号登录。登录后可以查看规划和方案；能否求解和审定，由管理员设定的角色决定。
sign-in = 登录
sign-out = 退出登录
your-name = 填写您的姓名，写入历史
sign-in-broken = 登录没有设置好（{ $reason }）。请管理员对照 docs/office.md 检查 secrets.toml 的 [auth] 部分。
secrets-broken = 文件 { $file } 写法有误，不能确定谁可以进来，因此谁也进不来。请管理员改正；服务器日志中有原因。
local-role-unknown = OPTPLAN_LOCAL_ROLE 写的是“{ $role }”，只能是：{ $roles }。
proxies-unreadable = OPTPLAN_PROXIES 中的“{ $part }”不是地址或网段，例如 10.1.2.3 或 10.1.0.0/16，多个用逗号隔开。
needs-county = { $name }没有登记实施情况的权限：角色文件的 [county] 中没有所属的县（市、区）。
