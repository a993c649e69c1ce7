"""The tables are what the migrations make, whoever opens first, and a newer store is left alone."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import optplan
from optplan.store import StoreError
from optplan.store.address import address
from optplan.store.migrating import MIGRATIONS, VERSION_TABLE
from optplan.store.schema import LATEST, metadata
from store.outside import raw


def test_the_declared_tables_are_the_migrated_ones(url: str) -> None:
    optplan.open_store(url).close()
    engine = create_engine(address(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_latest_revision_is_the_head_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [LATEST]


def test_a_store_of_a_newer_optplan_is_left_alone(url: str) -> None:
    optplan.open_store(url).close()
    with raw(url) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(StoreError) as problem:
        optplan.open_store(url)
    assert problem.value.findings[0].code == "store-newer"
    assert "9999" in problem.value.findings[0].message("zh")


def _open(url: str, go: object, answers: object) -> None:
    go.wait()  # type: ignore[attr-defined]
    try:
        with optplan.open_store(url) as store:
            answers.put(store.save_model(optplan.read_model("attain")))  # type: ignore[attr-defined]
    except Exception as problem:
        answers.put(repr(problem))  # type: ignore[attr-defined]


def test_many_may_open_a_new_store_at_once(url: str) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["optplan.store.kept", "alembic.command"])
    go, answers = context.Event(), context.Queue()
    openers = [context.Process(target=_open, args=(url, go, answers)) for _ in range(8)]
    for opener in openers:
        opener.start()
    go.set()
    found = [answers.get(timeout=60) for _ in openers]
    for opener in openers:
        opener.join(60)
    assert len(set(found)) == 1, found
    with optplan.open_store(url) as store:
        assert len(store.audit_log()) == 1
        assert store.check() == []


def test_without_an_address_the_store_is_beside_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPTPLAN_STORE", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    with optplan.open_store() as store:
        assert Path(store.place) == tmp_path / "data" / "store.sqlite3"
    assert (tmp_path / "data" / "store.sqlite3").is_file()
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "office.sqlite3"))
    with optplan.open_store() as store:
        assert store.place == str(tmp_path / "office.sqlite3")


@pytest.mark.parametrize(
    "wrong", ["mysql://a/b", "sqlite://", "sqlite:///:memory:", "postgresql://a:b@c:port/d", "://", "http://x"]
)
def test_what_is_no_address_is_said(wrong: str) -> None:
    with pytest.raises(StoreError) as problem:
        optplan.open_store(wrong)
    assert problem.value.findings[0].code == "store-url"


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as problem:
        optplan.open_store("postgresql://user:secret1@127.0.0.1:1/office?password=secret2&connect_timeout=2")
    said = problem.value.findings[0].line("en")
    assert "127.0.0.1" in said
    assert "secret" not in said
