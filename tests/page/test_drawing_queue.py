"""Large plans are drawn one after the other where that takes long; nobody else waits."""

import threading
from types import SimpleNamespace

from optplan.web.drawing_queue import LARGE, in_turn


def desk(rows):
    return SimpleNamespace(plan=SimpleNamespace(tables=SimpleNamespace(rows={"budgets": range(rows)})), result=None)


def test_one_large_drawing_at_a_time_and_small_ones_beside_it():
    inside, most, seen = 0, 0, threading.Lock()
    go_on = threading.Event()

    def draw():
        nonlocal inside, most
        with in_turn(desk(LARGE + 1)):
            with seen:
                inside += 1
                most = max(most, inside)
            go_on.wait(5)
            with seen:
                inside -= 1

    drawing = [threading.Thread(target=draw) for _ in range(3)]
    for each in drawing:
        each.start()
    with in_turn(desk(LARGE)), in_turn(desk(10)):  # neither waits
        go_on.set()
    for each in drawing:
        each.join(10)
    assert (most, inside) == (1, 0)
