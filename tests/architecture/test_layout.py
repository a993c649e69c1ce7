"""What the documents say of the code is so: every room in its place, every document that the code cites there."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS_WITHOUT_LAYER = {"locale"}


def test_the_layout_names_every_room_from_the_bottom_up():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    floor = {room: -number for number, layer in enumerate(layers) for room in layer.split(" | ")}
    table = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("| room | does |")[1].split("\n\n")[0]
    named = [
        room
        for line in table.splitlines()
        for room in re.findall(r"`(\w+)(?:/|\.py)`", line.split("|")[1] if "|" in line else "")
    ]
    named = [room for room in named if room not in ROOMS_WITHOUT_LAYER]
    assert sorted(named) == sorted(floor)
    assert [floor[room] for room in named] == sorted(floor[room] for room in named)


def test_every_document_that_the_code_cites_is_there():
    documents = {path.name for path in ROOT.rglob("*.md") if ".venv" not in path.parts}
    cited = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in (ROOT / "optplan").rglob("*.py")
        for name in re.findall(r"[\w-]+\.md\b", path.read_text("utf-8"))
    }
    assert not {(path, name) for path, name in cited if name not in documents}


def test_number_formats_of_workbooks_have_one_home():
    home = ROOT / "optplan" / "workbook" / "styles.py"
    elsewhere = [path for path in (ROOT / "optplan").rglob("*.py") if path != home and "#,##0" in path.read_text("utf-8")]
    assert not elsewhere
