"""What can be asked stands first; each question leads to where it is answered."""

import re

import pytest
from browsing import go_to, settled
from playwright.sync_api import expect

from optplan.web.overview.questions import QUESTIONS

LEADS = {
    "less-money": "数据", "how-much-is-lacking": "求解", "why-here": "提问", "where-impossible": "实施进度", "can-it-be": "提问", "where-money-helps": "提问",
    "what-is-settled": "提问", "who-pays": "实施进度", "what-differs": "方案对比",
}  # fmt: skip
ASKS = {"why-here": "问为什么缺", "can-it-be": "问代价", "where-money-helps": "问哪里最值", "what-is-settled": "问什么是定的"}


def test_every_question_is_held_to_lead_somewhere():
    assert LEADS.keys() == QUESTIONS.keys()


@pytest.mark.slow
def test_every_question_leads_to_where_it_is_answered(visit):
    page = visit()
    for question, place in LEADS.items():
        page.locator(f".st-key-question-{question} button").first.click()
        page.get_by_role("heading", name=place, exact=True, level=1).wait_for()
        settled(page)
        if question == "how-much-is-lacking":
            expect(page.get_by_role("radio", name="全面达标")).to_be_checked()
        if question == "where-impossible":
            expect(page.get_by_role("button", name=re.compile("哪些无论如何补不齐"))).to_be_visible()
        if question in ASKS:
            expect(page.get_by_role("button", name=ASKS[question])).to_be_visible()
        go_to(page, "总览")
