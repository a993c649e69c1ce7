"""Questions of visitors: one after another, short ones beside long ones, the same one once, stopped or failed ones asked again."""

import threading
import time

import pytest

from optplan.office.findings import OfficeError
from optplan.office.inquiries import MOST_KEPT, MOST_WAITING, Inquiries
from optplan.tables.findings import InputError, error


def until(is_so, seconds=10):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_the_same_question_is_worked_on_once_and_everybody_gets_its_answer():
    inquiries, gate, calls = Inquiries(1), threading.Event(), []

    def work(inquiry):
        calls.append(inquiry.key)
        gate.wait(10)
        return "answer"

    first, second = inquiries.ask("a", work), inquiries.ask("a", work)
    assert first is second is inquiries.of("a")
    gate.set()
    until(lambda: first.is_over)
    assert (first.state, first.answer, calls) == ("answered", "answer", ["a"])
    assert inquiries.ask("a", work) is first


def test_one_waits_for_the_other_and_one_that_is_stopped_while_it_waits_never_begins():
    inquiries, gate, calls = Inquiries(1), threading.Event(), []

    def work(inquiry):
        calls.append(inquiry.key)
        gate.wait(10)

    first = inquiries.ask("a", work)
    until(lambda: first.state == "running")
    second = inquiries.ask("b", work)
    assert second.state == "waiting"
    second.cancel.set()
    gate.set()
    until(lambda: first.is_over and second.is_over)
    assert (second.state, calls) == ("stopped", ["a"])
    again = inquiries.ask("b", work)
    until(lambda: again.is_over)
    assert (again.state, calls) == ("answered", ["a", "b"])


def test_a_short_question_does_not_wait_for_a_long_one_and_whoever_stops_waiting_is_told_at_once():
    inquiries, gate = Inquiries(1), threading.Event()

    def work(inquiry):
        gate.wait(10)

    long = inquiries.ask("long", work, long=True)
    until(lambda: long.state == "running")
    short = inquiries.ask("short", lambda _: "answer")
    until(lambda: short.is_over)
    assert (short.answer, long.state) == ("answer", "running")
    behind = inquiries.ask("long too", work, long=True)
    behind.cancel.set()
    until(lambda: behind.is_over)
    assert (behind.state, long.state) == ("stopped", "running")
    gate.set()
    until(lambda: long.is_over)


def test_those_that_wait_have_their_turns_in_the_order_in_which_they_were_asked():
    inquiries, gate, begun = Inquiries(1), threading.Event(), []

    def work(inquiry):
        begun.append(inquiry.key)
        gate.wait(10)

    asked = [inquiries.ask(key, work) for key in "abcdef"]
    until(lambda: begun == ["a"])
    gate.set()
    until(lambda: all(each.is_over for each in asked))
    assert begun == list("abcdef")


@pytest.mark.parametrize("problem", [InputError([error("work-busy")]), RuntimeError("x")])
def test_a_question_that_fails_says_so_lets_others_go_on_and_may_be_asked_again(problem):
    inquiries, answers = Inquiries(1), iter([problem, "now"])

    def work(inquiry):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    first = inquiries.ask("a", work)
    until(lambda: first.is_over)
    assert (first.state, first.problem) == ("failed", problem)
    again = inquiries.ask("a", work)
    until(lambda: again.is_over)
    assert again.answer == "now"


def test_what_waits_and_what_is_kept_is_bounded():
    inquiries, gate = Inquiries(1), threading.Event()
    made = [inquiries.ask(f"{at}", lambda inquiry: gate.wait(10)) for at in range(MOST_WAITING)]
    with pytest.raises(OfficeError) as raised:
        inquiries.ask("more", lambda inquiry: None)
    assert [found.code for found in raised.value.findings] == ["inquiries-full"]
    gate.set()
    until(lambda: all(each.is_over for each in made))
    inquiries.ask("last", lambda inquiry: None)
    assert sum(inquiries.of(f"{at}") is not None for at in range(MOST_WAITING)) < MOST_KEPT
    assert inquiries.of("last") is not None
