"""What a visitor does in a browser, and what may be wrong with what they see."""

from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "reports" / "page"
SIZES = {"laptop": (1366, 768), "desktop": (1920, 1080), "phone": (390, 844)}
TALLEST = 6000  # points of a screenshot


# When the page last asked its server for something, and when the server last said anything: a slow machine draws what was asked
# for long after the click.
LISTEN = """window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', () => { window.heard = performance.now(); });
  }
  send(data) {
    window.asked = performance.now();
    super.send(data);
  }
};"""
DRAWN = """() => !(window.asked >= window.heard)
  && document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'
  && !document.querySelector('[data-testid=stSkeleton]')"""


def visitor(browser, size, **wishes):
    """A page of a browser of its own, where ``settled`` knows what the server was asked for."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, **wishes)
    context.add_init_script(LISTEN)
    return context.new_page()


class Tabs:
    """Tabs of one browser, lent to one visitor after another, each in a context of its own.

    A tab that has shown the page before shows it in half the time, as it does for people. Between visitors it forgets everything.
    """

    def __init__(self, browser):
        self._browser, self._free, self._lent = browser, [], []

    def lend(self, size, **listeners):
        """A tab for a new visitor. ``listeners``: what its events call as long as it is lent."""
        tab = self._free.pop() if self._free else visitor(self._browser, size)
        tab.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        for event, listener in listeners.items():
            tab.on(event, listener)
        self._lent.append((tab, listeners))
        return tab

    @contextmanager
    def visitors(self, address, patience):
        """``arrive(size, language, at)``: a new visitor of ``address``, on the overview or ``at`` another page.

        ``patience``: how long they wait for anything, in milliseconds. Nothing may go wrong in their browsers. After a reload of
        a page other than the first, Streamlit looks for its server below that page's address before it finds it: of that the
        console may complain, and of what the pages of a provider of sign-ins lack.
        """
        faults = []

        def heard(said):
            source = said.location.get("url", "")
            if said.type == "error" and source.startswith(address) and "/_stcore/" not in f"{source} {said.text}":
                faults.append(f"{said.text} {said.location}")

        def arrive(size="laptop", language="zh", at=""):
            page = self.lend(SIZES[size], pageerror=lambda fault: faults.append(str(fault)), console=heard)
            page.set_default_timeout(patience)
            page.goto(at if "://" in at else f"{address}/{at}")
            page.locator("h1").wait_for()
            if language == "en":
                page.get_by_role("button", name="English").click()
                page.get_by_role("button", name="中文").wait_for()
            settled(page)
            return page

        yield arrive
        self.take_back()
        assert faults == [], faults

    def take_back(self):
        """All that are lent; what cannot be made to forget is closed."""
        while self._lent:
            tab, listeners = self._lent.pop()
            try:
                for other in tab.context.pages:
                    if other is not tab:
                        other.close()
                tab.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
                tab.goto("about:blank")
                tab.context.clear_cookies()
                tab.context.clear_permissions()
            except Error:
                tab.context.close()
                continue
            for event, listener in listeners.items():
                tab.remove_listener(event, listener)
            self._free.append(tab)


def settled(page):
    """Wait until the server has drawn everything that was asked for."""
    page.wait_for_timeout(150)  # for a click to be noticed
    page.wait_for_function(DRAWN)
    page.wait_for_timeout(150)  # for charts to be drawn
    page.wait_for_function(DRAWN)


def go_to(page, name):
    """Another page by its name in the sidebar."""
    sidebar = page.get_by_test_id("stSidebar")
    folded = page.get_by_test_id("stExpandSidebarButton")
    if folded.is_visible():
        folded.click()
    sidebar.get_by_role("link", name=name, exact=True).click()
    if page.viewport_size["width"] < 768:
        sidebar.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    page.get_by_role("heading", name=name, exact=True, level=1).wait_for()
    settled(page)


def shot(page, name):
    """Keep a picture of the whole page, for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    size = dict(page.viewport_size)
    height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(size["height"], height + 20), TALLEST)})
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.set_viewport_size(size)


CLIPPED = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(element => {
  const look = getComputedStyle(element);
  const hides = ['hidden', 'clip'].includes(look.overflowX) || look.textOverflow === 'ellipsis';
  const shown = element.getClientRects().length && element.clientWidth > 1 && look.visibility !== 'hidden';
  return hides && shown && element.textContent.trim() && element.scrollWidth > element.clientWidth + 2;
}).map(element => element.tagName + ': ' + element.textContent.trim().slice(0, 60)).concat(
  [...document.querySelectorAll('[data-testid=stMain] input[role=combobox]')]
    .filter(box => box.value && box.getClientRects().length && box.scrollWidth > box.clientWidth + 2).map(box => 'INPUT: ' + box.value))"""

OVERFLOWING = """() => [...document.querySelectorAll('.optplan-grid, [data-testid=stMainBlockContainer]')]
  .filter(element => element.scrollWidth > element.clientWidth + 2)
  .map(element => element.className + ': ' + element.textContent.trim().slice(0, 60))"""


def cut_off(page):
    """What does not fit into the width of the window."""
    return page.evaluate(CLIPPED) + page.evaluate(OVERFLOWING)
