"""The worst that one visitor can ask of the page slows another's by no more than a second."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest
from plans.greedy import greedy_schedule
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.WidgetStates_pb2 import WidgetState
from workbook.conftest import sealed

from benchmarks.plans import Size, realistic_tables
from benchmarks.protocol import Visit, visiting
from benchmarks.served import served
from benchmarks.visitors import PAGES, percentile
from optplan.editing.uploads import LARGEST_RESULT

MORE = 1.0  # seconds
PATIENCE = 600.0
LOOKS = 8  # at each page


def results_of(counties: int) -> list[bytes]:
    """Two results of one plan, without a search."""
    tables = realistic_tables(1, Size(counties=counties, years=5, money=1.3))
    schedules = (greedy_schedule(tables, share) for share in (Fraction(7, 10), Fraction(1, 2)))
    return [sealed(tables, schedule).text().encode("utf-8") for schedule in schedules]


def compare(visit: Visit, contents: list[bytes]) -> None:
    """Send results as files, and have them compared."""
    visit.draw("comparing", patience=PATIENCE)
    field = visit.widgets("file_uploader")[0]
    state = WidgetState(id=field.id)
    for content in contents:
        file = str(uuid.uuid4())
        assert visit.upload(content, "province.json", file) == 204
        state.file_uploader_state_value.uploaded_file_info.append(
            UploadedFileInfo(file_id=file, name="province.json", size=len(content))
        )
    visit.draw("comparing", [state], PATIENCE)


def take_away(visit: Visit, page: str) -> int:
    """Ask for every file that a page makes; how many there are."""
    visit.draw(page, patience=PATIENCE)
    files = [button.deferred_file_id for button in visit.widgets("download_button") if button.deferred_file_id]
    for file in files:
        message = BackMsg()
        asked = message.backend_operation_request
        asked.request_id, asked.session_id, asked.deferred_file.file_id = str(uuid.uuid4()), visit.id, file
        visit.socket.send(message.SerializeToString())
    return len(files)


def turn_to(visit: Visit, page: str) -> None:
    """Only have the page drawn."""
    visit.draw(page, patience=PATIENCE)


class Worst:
    """One visitor who compares files, turns pages and, if ``files``, takes every file away, without a pause."""

    def __init__(self, address: str, contents: list[bytes], files: bool) -> None:
        self.address, self.contents, self.visit_page = address, contents, take_away if files else turn_to
        self.over, self.rounds, self.fault = threading.Event(), 0, None
        self.thread = threading.Thread(target=self._visit)

    def _visit(self) -> None:
        try:
            with visiting(self.address) as visit:
                visit.draw(patience=PATIENCE)
                while not self.over.is_set():
                    compare(visit, self.contents)
                    for page in PAGES:
                        if not self.over.is_set():
                            self.visit_page(visit, page)
                    self.rounds += 1
        except BaseException as fault:
            self.fault = fault
            raise


@contextmanager
def going_on(worst: Worst) -> Iterator[Worst]:
    """For the block."""
    worst.thread.start()
    try:
        yield worst
    finally:
        worst.over.set()
        worst.thread.join()


def looked(visit: Visit, looks: int) -> list[float]:
    """The seconds that each look at each page took."""
    return [visit.draw(page, patience=PATIENCE) for _ in range(looks) for page in PAGES]


def held_up(address: str, worst: Worst, looks: int) -> float:
    """By how many seconds another's pages come later beside the worst, counted until 95 % of them are there."""
    with visiting(address) as visit:
        looked(visit, 1)  # what is read once is read
        alone, beside = looked(visit, looks), list[float]()
        with going_on(worst):
            while worst.fault is None and (len(beside) < len(alone) or not worst.rounds):
                beside += looked(visit, 1)
        assert worst.fault is None
    first, second = percentile(alone, 0.95), percentile(beside, 0.95)
    print(f"95 % of pages: {first:.2f} s alone, {second:.2f} s beside the worst, {len(beside)} looks, {worst.rounds} rounds")
    return second - first


def busy() -> float:
    """By how much a machine that does other things too is slower."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.mark.slow
def test_a_city_beside_a_city(address: str) -> None:
    others = busy()
    assert held_up(address, Worst(address, results_of(8), files=False), 2) <= MORE * others


@pytest.mark.slow
def test_a_city_beside_a_province(tmp_path: Path) -> None:
    contents = results_of(300)
    assert all(LARGEST_RESULT / 2 < len(content) <= LARGEST_RESULT for content in contents)
    others = busy()
    with served(tmp_path, OPTPLAN_USER="王会计") as (address, _):
        assert held_up(address, Worst(address, contents, files=True), LOOKS) <= MORE * others
