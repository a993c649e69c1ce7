# Roles
role-nobody = no access
role-viewer = viewer
role-editor = editor
role-approver = approver
# What a role lets people do
not-signed-in = You have no access yet. Please sign in; if you have, ask the administrator to add your address to the roles file.
needs-viewer = You may not read this. Please ask the administrator.
needs-editor = { $name } has the role “{ $role }”, which may look but not solve or save. This takes an editor; please ask the administrator.
needs-approver = { $name } has the role “{ $role }”, which may not approve, nor retire what others saved. This takes an approver; please ask the administrator, or start the page with --local-role approver where you work alone.
not-your-solve = { $name } asked for this solve. Only they, or an approver, can stop it.
# The roles file
roles-unreadable = The roles file { $file } cannot be opened ({ $reason }). Nobody gets in until that is mended. Look at the variable OPTPLAN_ROLES and who may read the file.
roles-not-toml = The roles file { $file } is not written right ({ $reason }). Compare it with the example in docs/office.md.
roles-invalid = “{ $key }” in the roles file { $file } is wrong ({ $reason }). There may be three lists, approver, editor and viewer, and one entry, others.
roles-no-address = “{ $address }” in the roles file { $file } is not an e-mail address.
roles-twice = { $address } is in two lists of the roles file { $file }. Leave it in one.
# Solving
no-adopted-plan = “{ $model }” starts from an adopted plan, and none has been approved for this planning task. Approve one on the page History, or choose another decision model.
too-many-waiting = You have { $number } solves waiting. Wait until one of them begins, or take one back.
inquiries-full = { $number } questions are waiting on the server already; ask again in a while.
server-stops = The server is stopping and takes no more solves. Please try again later.
search-died = The search process died ({ $reason }). Often the server has run out of memory. Solve again; if it happens again, tell the administrator.
search-unsealed = The plan that was found did not pass the exact check, so it is not used. This is a fault of the program: please tell the administrator; the server's log says more.
solve-fault = The program failed while solving; other solves are not affected. Solve again; if it happens again, tell the administrator; the server's log says more.
not-saved = The plan could not be saved to the history and is only kept until the server stops. Download the result file now. The reason:
lost-with-server = The server was stopped before any plan was found; nothing is left of this solve. Please solve again.
# Approving and retiring
reason-missing = Please give a reason, so that whoever reads the history later knows why.
adopted-stays = This is the adopted plan and cannot be retired. Approve another one first.
# Signing in
please-sign-in = Please sign in with your office account. Then you can read plans and results; whether you may solve and approve depends on the role that the administrator gave you.
sign-in = Sign in
sign-out = Sign out
your-name = Your name, for the history
sign-in-broken = Signing in is not set up right ({ $reason }). The administrator should check the part [auth] of secrets.toml against docs/office.md.
secrets-broken = The file { $file } is not written right, so it cannot be told who may come in, and nobody can. The administrator should mend it; the server's log says what is wrong.
local-role-unknown = OPTPLAN_LOCAL_ROLE is "{ $role }"; it can only be one of { $roles }.
proxies-unreadable = "{ $part }" in OPTPLAN_PROXIES is no address or network, such as 10.1.2.3 or 10.1.0.0/16; commas set several apart.
needs-county = { $name } may not enter what happened: no county under [county] in the roles file is theirs.
