"""A ledger in the store: who enters at once loses nothing, ``kill -9`` loses nothing acknowledged, rows never change."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from records.life import ENGINE, TODAY, small_plan
from records.recording import PRELOAD, enter_and_say
from records.returned_forms import DELIVERIES, blank, put, rows
from records.returned_forms import PLAN as FORM_PLAN

import optplan
from optplan.records import Admission, RecordError, Records, confirmations, draft, ledger_bytes
from optplan.store import LedgerFile, Store, StoredLedger, ledger_of
from optplan.workbook.record_form import read_form
from store.outside import is_file
from store.server import Server

PLAN = small_plan()
CITY = Admission(PLAN.tables, TODAY)
ROUNDS = [20, pytest.param(200, marks=pytest.mark.slow)]


def heard(pipe: Connection) -> list[Any]:
    found = []
    while True:
        try:
            found.append(pipe.recv())
        except (EOFError, OSError):
            return [each for each in found if each is not None]


def recorders(place: str, how_many: int) -> tuple[list[Any], list[Any]]:
    """Two processes, one for each county, and their pipes."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    pipes, processes = [], []
    for county in "ab":
        hear, say = context.Pipe(duplex=False)
        processes.append(context.Process(target=enter_and_say, args=(place, county, say, how_many)))
        processes[-1].start()
        say.close()
        pipes.append(hear)
    return processes, pipes


def test_the_store_holds_exactly_what_a_file_holds(store: Store, tmp_path: Path) -> None:
    cells = [
        {**ENGINE, "note": '改"正",\n第二行', "document": "=甲（2021）1号"},
        {"kind": "spending", "county": "a", "fund": "own", "class": "capital", "year": "2021", "quarter": "2", "amount": "0.0001", "source": "凭证"},
        {**ENGINE, "quantity": "0", "corrects": "1"},
    ]  # fmt: skip
    rows = [*map(draft, cells), *confirmations(2021, 2, ["a", "b"])]
    kept: list[Records] = []
    for ledger in (StoredLedger(PLAN.title, store), LedgerFile(tmp_path / "records.csv")):
        for row in rows:
            ledger.enter([row], CITY, "张三")
        kept.append(ledger.read())
    without_time = [[{**entry.texts, "at": ""} for entry in records] for records in kept]
    assert without_time[0] == without_time[1]
    assert store.check() == []
    assert [entry.kind for entry in store.audit_log()] == ["record"] * 5
    assert store.ledger("another task") == Records()
    assert (tmp_path / "records.csv").read_bytes() == ledger_bytes(kept[1])


def test_nothing_is_kept_of_rows_with_an_error_among_them(store: Store) -> None:
    with pytest.raises(RecordError):
        store.enter(PLAN.title, [draft(ENGINE), draft({**ENGINE, "item": "x"})], CITY)
    assert store.ledger(PLAN.title) == Records()
    assert store.audit_log() == []


def test_two_who_enter_at_once_both_keep_everything(url: str) -> None:
    each = 15
    processes, pipes = recorders(url, each)
    said = [pipe.recv() for pipe in pipes for _ in range(each)]
    for process in processes:
        process.join(60)
    with optplan.open_store(url) as store:
        records = store.ledger(PLAN.title)
        assert [entry.number for entry in records] == list(range(1, 2 * each + 1))
        assert {entry.number: entry.document for entry in records} == dict(said)
        assert store.check() == []


def test_two_who_write_one_file_both_keep_everything(tmp_path: Path) -> None:
    each = 10
    place = str(tmp_path / "records.csv")
    processes, pipes = recorders(place, each)
    said = [pipe.recv() for pipe in pipes for _ in range(each)]
    for process in processes:
        process.join(60)
    assert {entry.number: entry.document for entry in LedgerFile(Path(place)).read()} == dict(said)
    assert len(said) == 2 * each


def killed_again_and_again(place: str, server: Server | None, rounds: int) -> dict[int, str]:
    """What was acknowledged to two who entered while they were killed again and again, the server at times too."""
    dice = random.Random(20_210_401)
    acknowledged: dict[int, str] = {}
    for number in range(rounds):
        processes, pipes = recorders(place, 1_000)
        if number > 1:  # the first are killed while they open the store, or make it
            pipes[0].poll(10)
        time.sleep(dice.random() * 0.1)
        if number % 10 == 3 and server is not None and not is_file(place):
            server.stop("immediate")  # as if the power had failed
            server.start()
        for process in processes:
            process.kill()
        for process, pipe in zip(processes, pipes, strict=True):
            process.join(10)
            acknowledged.update(heard(pipe))
    return acknowledged


@pytest.mark.parametrize("rounds", ROUNDS)
def test_kill_9_while_recording_loses_nothing_that_was_acknowledged(url: str, server: Server, rounds: int) -> None:
    acknowledged = killed_again_and_again(url, server, rounds)
    with optplan.open_store(url) as store:
        kept = {entry.number: entry.document for entry in store.ledger(PLAN.title)}
        assert acknowledged.items() <= kept.items()
        assert store.check() == []
        store.enter(PLAN.title, [draft({**ENGINE, "document": "last"})], CITY)
    assert len(acknowledged) > rounds


@pytest.mark.slow
def test_kill_9_while_writing_a_file_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    place = str(tmp_path / "records.csv")
    rounds = 40
    acknowledged = killed_again_and_again(place, None, rounds)
    ledger = LedgerFile(Path(place))
    assert acknowledged.items() <= {entry.number: entry.document for entry in ledger.read()}.items()
    ledger.enter([draft({**ENGINE, "document": "last"})], CITY)
    assert len(acknowledged) > rounds


def test_a_quarter_confirmed_while_a_county_writes_is_locked_for_what_comes_after(store: Store) -> None:
    """Entry and lock are decided in one turn: what came before the confirmation stands before it, what comes after is refused."""
    refused: list[int] = []
    county = Admission(PLAN.tables, TODAY, ("a",))

    def write() -> None:
        for number in range(30):
            try:
                store.enter(PLAN.title, [draft({**ENGINE, "document": str(number)})], county)
            except RecordError:
                refused.append(number)

    writing = threading.Thread(target=write)
    writing.start()
    time.sleep(0.05)
    store.enter(PLAN.title, confirmations(2021, 2, ["a"]), CITY)
    writing.join()
    records = store.ledger(PLAN.title)
    assert records.entries[-1].is_confirmation
    assert len(records) + len(refused) == 31


def test_two_counties_forms_read_at_once_lose_nothing(store: Store, tmp_path: Path) -> None:
    counts, paths = {}, {}
    for county in "ab":
        paths[county] = tmp_path / f"{county}.xlsx"
        paths[county].write_bytes(blank(county, records=Records()))
        book = load_workbook(paths[county])
        counts[county] = fill_one(book, county)
        book.save(paths[county])
    taken: dict[str, int] = {}

    def take(county: str) -> None:
        made, findings = read_form(paths[county], FORM_PLAN.tables, store.ledger(FORM_PLAN.title))
        assert findings == []
        entries, _ = store.enter(FORM_PLAN.title, made, Admission(FORM_PLAN.tables, TODAY, (county,)), county)
        taken[county] = len(entries)

    threads = [threading.Thread(target=take, args=(county,)) for county in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = store.ledger(FORM_PLAN.title)
    assert taken == counts
    assert {county: sum(entry.county == county for entry in kept) for county in "ab"} == counts
    assert store.check() == []


def fill_one(book: Any, county: str) -> int:
    """Three deliveries in a county's form."""
    sheet = book[DELIVERIES]
    for row in rows(sheet, "delivery:")[:3]:
        put(sheet, row, "本季数量", 2, "2021-08-01", f"{county}{row}")
    return 3


def test_a_store_of_before_there_were_ledgers_gets_them_and_keeps_what_it_has(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    from optplan.store.address import address
    from optplan.store.database import Database
    from optplan.store.migrating import MIGRATIONS, VERSION_TABLE

    database = Database(address(tmp_path / "old.sqlite3"))
    database.make_ready()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.writing() as connection:
        config.attributes.update(connection=connection, version_table=VERSION_TABLE)
        command.upgrade(config, "0001")
    database.close()
    with sqlite3.connect(tmp_path / "old.sqlite3") as raw:
        assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'records'").fetchone() == (0,)
    with optplan.open_store(tmp_path / "old.sqlite3") as store:
        store.enter(PLAN.title, [draft(ENGINE)], CITY)
        assert len(store.ledger(PLAN.title)) == 1
        assert store.check() == []


def test_where_a_plans_ledger_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "s.sqlite3"))
    assert ledger_of(tmp_path, "t").place == str(tmp_path / "s.sqlite3")
    (tmp_path / "records.csv").write_text("number,kind,county,year,quarter,who,at\n")
    assert ledger_of(tmp_path, "t").place == str(tmp_path / "records.csv")
    assert ledger_of(tmp_path, "t", "store").place == str(tmp_path / "s.sqlite3")
    assert ledger_of(tmp_path, "t", tmp_path / "other.csv").place == str(tmp_path / "other.csv")
