"""A plan in which everything is called something harmful, in a real browser: its names are read, and nothing of them happens."""

import re

import pytest
from browsing import go_to, settled, visitor
from plans.hostile_names import NAMES, hostile_tables

import optplan
from benchmarks.served import served
from optplan.language.printable import markdown
from optplan.tables import write_folder

MARKUP = """() => [...document.querySelectorAll(
  '[data-testid=stMain] img[src=x], [data-testid=stMain] .katex, a[href^=javascript], a[href*=evil], img[src*=evil], '
  + '[data-testid=stMain] script, [data-testid=stMain] del, [data-testid=stMain] em')].map(each => each.outerHTML)"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    write_folder(hostile_tables(), folder / "plans" / "hostile")
    result = optplan.solve(optplan.read_plan(folder / "plans" / "hostile"), time_limit=20)
    with optplan.open_store(folder / "store.sqlite3") as store:
        store.save_run(result, who=NAMES[1])
    with served(folder, OPTPLAN_USER=NAMES[4], OPTPLAN_PLANS=str(folder / "plans")) as (address, _):
        yield address


@pytest.mark.slow
def test_names_are_shown_and_nothing_happens(browser, hostile):
    page = visitor(browser, (1366, 768))
    asked, dialogs, faults = [], [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.set_default_timeout(30_000)
    page.goto(hostile)
    page.locator("h1").wait_for()
    settled(page)
    read = ""
    for name in ("总览", "数据", "求解", "实施进度", "方案对比", "历史"):
        if name != "总览":
            go_to(page, name)
        read += page.inner_text("body").replace("\u2060", "")
        assert page.evaluate(MARKUP) == [], name
    assert markdown(NAMES[0]).words in read
    assert re.sub(r"\s+", "", NAMES[4]) in re.sub(r"\s+", "", read)
    assert page.title() != "hit"
    assert [url for url in asked if "localhost" not in url and not url.startswith(("data:", "blob:"))] == []
    assert dialogs == faults == []
    page.context.close()
