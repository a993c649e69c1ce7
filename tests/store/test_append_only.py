"""No row changes or goes away: the database refuses it, and the check notices who got round that."""

from __future__ import annotations

import sqlite3
from datetime import date

import psycopg
import pytest

import optplan
from optplan.plan import Plan
from optplan.records import Admission, draft
from optplan.result import Result
from optplan.scenarios import Scenario
from optplan.store import Store
from store.outside import TABLES, is_file, raw, without_guards


def goods(plan: Plan) -> str:
    return next(row["item"] for row in plan.tables["items"] if row["kind"] == "goods")


@pytest.fixture
def full(store: Store, plan: Plan, result: Result, thrifty: Result) -> Store:
    """A store with a row in every table."""
    parent = Scenario(name="p", title="parent", changes=[{"table": "mix", "action": "remove"}])
    store.save_scenario(Scenario(name="c", title="child", parent=parent, changes=[{"table": "limits", "action": "remove"}]))
    run = store.save_run(result, plan=plan)
    store.save_run(thrifty, plan=plan)
    happened = draft(
        {
            "kind": "delivery",
            "county": plan.counties[0],
            "item": goods(plan),
            "date": f"{plan.first_year}-02-03",
            "quantity": "1",
            "source": "paper",
        }
    )
    again = draft({**happened.values, "quantity": "2", "corrects": "1"})
    store.enter(plan.title, [happened], Admission(plan.tables, date.today()))
    store.enter(plan.title, [again], Admission(plan.tables, date.today()))
    store.save_answer({"question": "certain", "asked": {}, "status": "unknown"}, plan, result)
    store.approve(run.id, "as decided")
    assert store.check() == []
    return store


@pytest.mark.usefixtures("full")
def test_the_database_refuses_changes_and_deletions(url: str) -> None:
    with raw(url) as connection:
        for table, key in TABLES.items():
            before = connection.execute(f"SELECT * FROM {table} ORDER BY {key}").fetchall()
            assert before, table
            attempts = [f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}", f"DELETE FROM {table} WHERE {key} IS NULL"]
            if is_file(url):
                attempts = [*attempts[:2], f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"]
                attempts += [f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"]
                attempts += [f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET {key} = {key}"]
            else:
                attempts += [f"TRUNCATE {table} CASCADE", f"SET session_replication_role = replica; DELETE FROM {table}"]
                attempts += [
                    f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}"
                ]
            for attempt in attempts:
                with pytest.raises((sqlite3.DatabaseError, psycopg.DatabaseError), match="kept for good"):
                    connection.execute(attempt)
            assert connection.execute(f"SELECT * FROM {table} ORDER BY {key}").fetchall() == before


def test_a_file_has_no_second_key_to_replace_rows_by(full: Store, url: str) -> None:
    if is_file(url):
        with raw(url) as connection:
            for table in TABLES:
                if table != "events":  # whose number is that key
                    with pytest.raises(sqlite3.OperationalError):
                        connection.execute(f"SELECT rowid FROM {table}")
    assert full.check() == []


RUN = "(SELECT id FROM runs ORDER BY saved_at LIMIT 1)"
TAMPERED = {
    "a figure in a list": ("fault-run", "UPDATE runs SET criteria = '{\"cost\":1.0}'"),
    "who ran it": ("fault-run", f"UPDATE runs SET saved_by = 'somebody else' WHERE id = {RUN}"),
    "another answer for a run": ("fault-run", "UPDATE runs SET result = (SELECT sha256 FROM plans)"),
    "a plan's title": ("fault-plan", "UPDATE plans SET title = 'x'"),
    "a scenario's reason": ("fault-scenario", "UPDATE scenarios SET reason = 'x'"),
    "what was answered": ("fault-answer", "UPDATE answers SET status = 'answered'"),
    "a model's name": ("fault-model", "UPDATE models SET name = 'x'"),
    "a content": ("fault-content", "UPDATE contents SET packed = (SELECT packed FROM contents WHERE sha256 = (SELECT sha256 FROM plans))"),
    "a content's size": ("fault-content", "UPDATE contents SET size = size + 1"),
    "a content gone": ("fault-missing", f"DELETE FROM contents WHERE sha256 = (SELECT result FROM runs WHERE id = {RUN})"),
    "a run gone": ("fault-lost", f"DELETE FROM runs WHERE id = {RUN}"),
    "a run gone, and its entry": ("fault-log", f"DELETE FROM events WHERE subject = {RUN}", f"DELETE FROM runs WHERE id = {RUN}"),
    "how much was delivered": ("fault-record", "UPDATE records SET quantity = '7' WHERE number = 1"),
    "a record gone": ("fault-record", "DELETE FROM records WHERE number = 1"),
    "the last record gone": ("fault-lost", "DELETE FROM records WHERE number = 2"),
    "a reason in the log": ("fault-log", "UPDATE events SET reason = 'nobody decided' WHERE action = 'approve'"),
    "an approval moved": ("fault-log", "UPDATE events SET subject = (SELECT id FROM runs ORDER BY saved_at DESC LIMIT 1) WHERE action = 'approve'"),
    "an entry out of the middle": ("fault-log", "DELETE FROM events WHERE number = 3"),
    "a log that begins later": ("fault-log", "DELETE FROM events WHERE number = 1"),
    "an entry slipped in": (
        "fault-log",
        "INSERT INTO events SELECT number + 1, at, who, account, 'retire', kind, subject, reason, record, hash, hash FROM events "
        "WHERE number = (SELECT max(number) FROM events)",
    ),
}  # fmt: skip


# What is noticed is the same in both databases; that a server's rows are read like a file's, a few show.
ON_A_SERVER = [pytest.param("postgresql", each, marks=[pytest.mark.slow] * (at >= 5)) for at, each in enumerate(TAMPERED)]


@pytest.mark.parametrize(("url", "tampering"), [*(("sqlite", each) for each in TAMPERED), *ON_A_SERVER], indirect=["url"])
def test_the_check_notices(full: Store, url: str, tampering: str) -> None:
    code, *statements = TAMPERED[tampering]
    without_guards(url, *statements)
    found = full.check()
    assert code in {fault.code for fault in found}
    for fault in found:
        assert fault.message("en") != fault.code != fault.message("zh")


def test_a_cut_off_end_is_noticed_by_who_wrote_the_head_down(full: Store, url: str) -> None:
    head = full.audit_log()[-1].hash
    assert full.check(head[:16]) == []
    without_guards(url, "DELETE FROM events WHERE action = 'approve'")
    assert full.check() == []
    assert [fault.code for fault in full.check(head[:16])] == ["fault-head"]


def test_guards_that_are_gone_or_do_something_else_are_noticed(full: Store, url: str) -> None:
    with raw(url) as connection:
        if is_file(url):
            connection.execute("DROP TRIGGER runs_no_update")
            connection.execute("CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs BEGIN SELECT 1; END")
        else:
            connection.execute("ALTER TABLE runs DISABLE TRIGGER runs_no_update")
    assert [(fault.code, fault.subject) for fault in full.check()] == [("fault-trigger", "runs_no_update")]
    if not is_file(url):
        with raw(url) as connection:
            connection.execute(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
            )
        assert len(full.check()) == 3 * len(TABLES)


def test_a_damaged_content_is_said_when_it_is_opened(full: Store, url: str) -> None:
    run = full.runs()[0].id
    without_guards(url, "UPDATE contents SET packed = (SELECT packed FROM contents WHERE sha256 = (SELECT sha256 FROM plans))")
    with pytest.raises(optplan.StoreError) as problem:
        full.open(run)
    assert problem.value.findings[0].code == "store-content-differs"
