"""What is written for people is there: links, and every message in both languages."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_link_of_the_first_pages_leads_somewhere():
    for path in ROOT.glob("*.md"):  # those of the documents: see test_site.py
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), (path.name, link)


def test_every_file_that_the_documents_name_is_there():
    """Of the repository's own rooms, and every page by its name; what is yet to be made (``reports/…``) aside."""
    rooms = r"(?:optplan|tests|docs|benchmarks|models|inputs|requirements)/[\w./-]+"
    pages = {path.name for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]} | {"tables.md", "commands.md"}
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        text = path.read_text(encoding="utf-8")
        missing = {name for name in re.findall(f"`({rooms})`", text) if not (ROOT / name).exists()}
        missing |= set(re.findall(r"(?<![\w/*.-])[\w-]+\.md\b", text)) - pages
        assert missing == set(), path.name


def test_whoever_runs_it_reads_of_every_setting():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "optplan").glob("**/*.py"))
    for page in ("running.md", "zh/running.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert (
            set(re.findall(r"\bOPTPLAN_[A-Z_]+\b", source)) - set(re.findall(r"^\| `(OPTPLAN_[A-Z_]+)` \|", text, re.M)) == set()
        )


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
