title = Fire and rescue plan
page-overview = Overview
page-inputs = Inputs
page-solving = Solve
page-schedule = Schedule
page-asking = Questions
page-comparing = Compare
page-tracking = Tracking
page-history = History
current-plan = Plan
current-result = Open result
current-run = Run { $run }
current-user = User
no-plan = There is no plan that can be used. Upload one on the Inputs page.
no-result = No result yet. Solve on the Solve page, or open one on the History page.
draft-name = Unnamed changes
draft-changes = { $name } (changes: { $number })
role-reader = reader
role-planner = planner
role-approver = approver
fault = This page could not be shown completely; your data is not affected. Reload it and try again. If it stays so, give the number { $number } to the administrator: the server's log says why.
more-findings = { $number } more not listed.
and-more = {" …"}
base-case = none, the plan as it is
status-line = { $status } Decision model: { $model }. Scenario: { $scenario }.
what-now-infeasible = There is no schedule to show. The button below says which rules exclude each other and what would do; or change the inputs and solve again.
what-now-unknown = The search was stopped before it found a schedule. Give it more time on the Solve page.
result-refused = This result did not pass the exact check ({ $number } faults) and is not shown. Solve the original plan again, or find the result file as it was before it was changed.

    { $faults }
origins = Where these figures come from ({ $rows } rows of input, { $assumed } of them assumed)
column-table = Table
column-basis = Basis
column-source = Source
column-rows = Rows
column-content = What they say (examples)
no-source = not given
download-excel = Excel schedule
download-word = Word brief
download-pdf = PDF brief
download-json = Result file (JSON)
download-png = Picture (PNG)
download-svg = Drawing (SVG)
choose-chart = Chart
no-libreoffice = LibreOffice is not installed on this server, so there is no PDF; save the Word brief as PDF instead.
other-plan = This is the result of another plan: { $title }. Solve the plan on the left on the Solve page, or open a result of it on the History page.
draft-unsolved = What you have changed (changes: { $number }) is not solved yet; this is the result from before them.
download-comparison = Excel comparison
how-proven = How good this plan is, and how that is proven
interim = Provisional plan: the search goes on ({ $elapsed } so far)
interim-newer = Show the latest
interim-back = Back to the search
interim-over = The search has ended; what is shown now is its final result.
interim-lost = That search left no final result; what is shown is still the provisional plan of then.
switch-plan = Work on another plan
switch-plan-other = Choose a plan
switch = Another result of it
switch-other = Choose a result
run-unchanged = As it is
base-plan = The plan as it stands
to-base = Back to the plan as it stood
beside-base = Compare with it side by side
help = Help
help-overview =
    __This page answers__: what the plan achieves, what it lacks, what it costs, who pays, and on what grounds.

    - The buttons on top are questions; each leads to the page that answers it.
    - The box says how good the plan is: green means that every target is met and that this is proven; other colours mean that something is lacking or not proven.
    - Point at a dotted figure for its ground; “Where these figures come from” lists all sources.
    - At the bottom are the Excel schedule and the Word and PDF briefs.
help-inputs =
    __This page answers__: what the plan says, and what if that were changed.

    - Move money with the sliders, or type and paste in the tables.
    - Changes are a scenario; the plan itself stays as it is. They can be undone, kept and downloaded.
    - Then go to Solve for a new result.
help-solving =
    __This page answers__: what is the best that these inputs and rules allow.

    - The decision model says what comes first; if in doubt, take Attain.
    - A what-if stops when it is good enough; a final answer is proven to the stated tolerance.
    - Other pages can be read meanwhile; stopping keeps the best so far.
help-schedule =
    __This page answers__: which county and team gets what in which year, and who pays.

    - Choose the subject on top, then programme, county and year.
    - Standards says what is missing and why; Funds says what of each fund is given, spent, carried and lost.
help-asking =
    __This page answers__: why something is missing, where more money would help, what it takes to meet everything and who must find it, whether it can be earlier, what is settled.

    - Choose the question, click a cell of the schedule or say what is wished for, ask; answers come with their proof, and as a workbook.
    - The server answers one after another; look at other pages meanwhile. Stop at any time to see what is known, and go on.
    - What the time was too short for is said to be not known.
help-comparing =
    __This page answers__: how two results differ, why, and whether the difference is real.

    - The first is the base; the others are held against it.
    - “±” is what is not proven: a difference within it is no effect.
    - Result files that were downloaded can be added.
help-tracking =
    __This page answers__: how much is done to date, and whether the plan will be met if it goes on so.

    - Enter what was delivered and paid each quarter; an approver confirms it.
    - Lights, forecast and reports follow from what is entered.
help-history =
    __This page answers__: who solved what, when, why, and with which inputs.

    - Open shows the result; Copy to draft goes on from its inputs.
    - The approved result is what later changes are held against.
money-unit = 1 wan yuan (万元) is 10,000 yuan.
names-as-they-are = What has no English name in the plan is shown by its own.
