"""A page that is loaded again has everything that was typed, at whatever moment that is."""

import pytest
from browsing import settled

# What the server says is kept from the page until it is let go.
SLOW = """window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    window.kept = [];
    this.addEventListener('message', event => {
      if (!window.slow) return;
      event.stopImmediatePropagation();
      window.kept.push(event.data);
    });
    window.letGo = () => {
      window.slow = false;
      for (const data of window.kept.splice(0)) this.dispatchEvent(new MessageEvent('message', { data }));
    };
  }
};"""


def cell(page, row, column):
    return page.locator(f".sheet tr[data-row={row}] [data-column='{column}']")


def put(page, row, column, figure):
    cell(page, row, column).click()
    page.keyboard.type(figure)
    page.keyboard.press("Enter")


def shown(page, row, column):
    page.locator(".sheet table").wait_for()
    settled(page)
    return cell(page, row, column).text_content()


@pytest.fixture
def page(visit):
    page = visit(at="inputs")
    page.locator(".sheet table").wait_for()
    return page


def overview(page):
    page.get_by_test_id("stSidebarNavLink").nth(0).click()
    page.locator(".optplan-card").first.wait_for()
    settled(page)


@pytest.mark.slow
def test_going_back_and_loading_again_before_the_server_has_answered(page):
    put(page, "pinglu", 2024, "711")
    settled(page)
    overview(page)
    page.get_by_test_id("stSidebarNavLink").nth(2).click()
    page.get_by_role("heading", level=1, name="求解").wait_for()
    settled(page)
    with page.expect_navigation(wait_until="load"):
        page.evaluate("() => { addEventListener('popstate', () => location.reload()); history.back(); }")
    page.locator(".optplan-card").first.wait_for()
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    assert shown(page, "pinglu", 2024) == "711"


def test_a_step_back_is_one_step(page):
    put(page, "pinglu", 2024, "712")
    settled(page)
    overview(page)
    page.go_back()
    assert shown(page, "pinglu", 2024) == "712"


def test_loading_again_as_soon_as_the_address_is_that_of_the_sheet(page):
    put(page, "pinglu", 2024, "713")
    settled(page)
    overview(page)
    with page.expect_navigation(wait_until="load", url="**/inputs*"):
        page.evaluate(
            """() => {
              const own = history.pushState.bind(history);
              history.pushState = (...given) => { own(...given); if (location.pathname === '/inputs') location.reload(); };
            }"""
        )
        page.get_by_test_id("stSidebarNavLink").nth(1).click()
    assert shown(page, "pinglu", 2024) == "713"


def test_what_is_typed_while_the_answer_to_undoing_everything_is_on_its_way(page):
    page.add_init_script(SLOW)
    page.reload()
    page.locator(".sheet table").wait_for()
    put(page, "pinglu", 2024, "714")
    settled(page)
    page.evaluate("() => { window.slow = true; }")
    cell(page, "huairen", 2022).click()
    page.keyboard.press("Control+z")
    page.wait_for_function("() => window.kept.length > 3")  # the server has undone it
    page.wait_for_timeout(1500)
    put(page, "shuocheng", 2023, "715")
    page.wait_for_timeout(300)
    page.evaluate("() => window.letGo()")
    settled(page)
    page.reload()
    assert shown(page, "shuocheng", 2023) == "715"
    assert shown(page, "pinglu", 2024) != "714"


@pytest.mark.slow
def test_the_name_of_what_is_asked_comes_back_too(page):
    put(page, "pinglu", 2024, "716")
    settled(page)
    page.get_by_text("情景：保存、下载与打开").click()
    settled(page)
    name = page.get_by_label("情景名称")
    name.fill("平鲁区少一笔")
    name.press("Enter")
    settled(page)
    page.reload()
    assert shown(page, "pinglu", 2024) == "716"
    page.get_by_text("情景：保存、下载与打开").click()
    settled(page)
    assert page.get_by_label("情景名称").input_value() == "平鲁区少一笔"
