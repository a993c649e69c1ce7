"""What the documents tell a newcomer to do works as written."""

import re
from pathlib import Path

import optplan

ROOT = Path(__file__).resolve().parents[2]


def test_the_tutorial_makes_a_plan_that_solves(tmp_path):
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    for names, first, second in re.findall(
        r"^((?:`\w+\.csv`(?: and )?)+)[^\n]*\n\n```csv\n(.*?)```(?:\n\n```csv\n(.*?)```)?", text, re.M | re.S
    ):
        for name, content in zip(re.findall(r"`(\w+\.csv)`", names), (first, second), strict=False):
            (tmp_path / name).write_text(content, encoding="utf-8")
    plan = optplan.read_plan(tmp_path)
    assert [finding.line("en") for finding in plan.findings] == []
    result = optplan.solve(plan, model="attain")
    assert result.status == "optimal"
    assert optplan.verify(plan, result).ok
    assert (result.targets["shortfall"] == 0).all()


def test_every_link_between_documents_leads_somewhere():
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), (path.name, link)


def test_no_user_needs_a_message_that_is_missing_in_a_language():
    catalogues = {language: ROOT / "optplan" / "locale" / language for language in ("zh", "en")}
    for path in catalogues["zh"].glob("*.ftl"):
        messages = []
        for folder in catalogues.values():
            text = (folder / path.name).read_text(encoding="utf-8")
            found = dict(re.findall(r"^([a-zA-Z][\w-]*) =(.*(?:\n[ ]+.*)*)", text, re.M))
            messages.append({name: sorted(set(re.findall(r"\{ \$(\w+)", body))) for name, body in found.items()})
        assert messages[0] == messages[1], path.name


def test_every_code_in_the_source_has_its_message():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "optplan").glob("**/*.py"))
    codes = set(re.findall(r"\b(?:error|warning|finding|BadValue)\(\s*\"([a-z0-9-]+)\"", source))
    catalogues = "\n".join(
        (ROOT / f"optplan/locale/en/{area}.ftl").read_text(encoding="utf-8") for area in ("findings", "scenarios", "office")
    )
    known = set(re.findall(r"^([a-z0-9-]+) =", catalogues, re.M))
    assert codes <= known, codes - known
