"""Drafts of people who do not sign in: found again by their browser, whatever they call themselves, and by nobody else's."""

from optplan.editing import Draft
from optplan.office import Drafts, KeptDraft, Role, local_person
from optplan.scenarios import Set

DRAFT = Draft((Set(table="budgets", where={"county": "a", "year": "2024"}, set={"amount": "5"}),))


def kept(visit):
    return KeptDraft(visit, "0" * 64, DRAFT, "", "", 0.0)


def test_two_without_a_name_do_not_see_each_others_drafts(tmp_path):
    drafts = Drafts(tmp_path)
    one, other = (local_person("", Role.EDITOR, browser=mark * 32) for mark in "12")
    assert one == other  # of the same name, for all that anybody else can tell
    drafts.keep(one, kept("first"))
    drafts.keep(other, kept("second"))
    assert [each.visit for each in drafts.of(one)] == ["first"]
    assert [each.visit for each in drafts.of(other)] == ["second"]


def test_a_name_that_is_given_later_loses_nothing(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.keep(local_person("", Role.EDITOR, browser="1" * 32), kept("first"))
    assert [each.draft for each in drafts.of(local_person("王会计", Role.EDITOR, browser="1" * 32))] == [DRAFT]


def test_a_browser_that_keeps_no_mark_has_its_drafts_under_its_name(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.keep(local_person("王会计", Role.EDITOR), kept("first"))
    assert [each.draft for each in drafts.of(local_person("王会计", Role.EDITOR))] == [DRAFT]
