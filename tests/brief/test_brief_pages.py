"""The brief as a reader gets it: real pages out of LibreOffice, with the result's own figures on them."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from brief.paper import document_text, fonts, pages, paper, run_together, words

from optplan.brief import write_brief
from optplan.figures.figures import Figures
from optplan.figures.proven import proven_of, standing
from optplan.figures.readiness import county_gap
from optplan.figures.summary import summarise
from optplan.language import speaking, text
from optplan.result import Result
from optplan.tables.names import group_names

UNRENDERED = re.compile(r"\{\{|\}\}|\{%|%\}")


def message_names(area: str) -> set[str]:
    source = files("optplan").joinpath("locale", "en", f"{area}.ftl").read_text(encoding="utf-8")
    return {name for name in re.findall(r"^([a-z][\w-]*) =", source, re.M) if "-" in name}


def test_it_has_two_to_four_pages_of_a4(sample_pdf: Path) -> None:
    assert 2 <= pages(sample_pdf) <= 4
    assert paper(sample_pdf) == "A4"


def test_the_headline_figures_are_those_of_the_result(sample: Result, sample_pdf: Path, language: str) -> None:
    shown, summary = words(sample_pdf), summarise(sample, language)
    for target in summary.targets[:10]:
        figures = [f"{quantity:,.0f}" if quantity else "–" for quantity in target.by_year]
        figures += [f"{target.delivered:,.0f}", f"{target.total:,.0f}"]
        assert re.search(r"\s+".join(map(re.escape, figures)), shown), target.name
    with speaking(language):
        for payer in summary.payers:
            line = [f"{amount:,.2f}" for amount in (*payer.by_year, sum(payer.by_year, Decimal(0)))]
            assert re.search(r"\s+".join(map(re.escape, line)), shown), payer.name
    assert f"{summary.assumptions:,}" in shown
    assert f"{summary.rows:,}" in shown


def test_a_short_table_is_not_torn(sample: Result, sample_pdf: Path, language: str) -> None:
    found = set()
    for payer in summarise(sample, language).payers:
        line = r"\s+".join(re.escape(f"{amount:,.2f}") for amount in (*payer.by_year, sum(payer.by_year, Decimal(0))))
        found |= {number for number, page in enumerate(words(sample_pdf).split("\f")) if re.search(line, page)}
    assert len(found) == 1


def test_status_bound_gap_and_seal_are_there_in_words(sample: Result, sample_pdf: Path, language: str) -> None:
    shown = run_together(words(sample_pdf))
    with speaking(language):
        assert run_together(standing(sample.document)[0]) in shown
        figures = [figure for level in proven_of(sample.document, sample.tables()) for figure in level.figures]
    assert sample.document["seal"]["sha256"][:16] in shown
    assert all(run_together(figure) in shown for figure in figures)


def test_every_county_and_project_is_named(sample: Result, language: str, tmp_path: Path) -> None:
    write_brief(sample, tmp_path / "brief.docx", language=language)
    shown = run_together(document_text(tmp_path / "brief.docx"))
    with speaking(language):
        figures = Figures(sample)
    assert all(run_together(name) in shown for name in figures.county_names.values())
    assert all(run_together(figures.project_names[project]) in shown for project in figures.starts)


def test_the_widest_gaps_come_with_their_reason(sample: Result, sample_pdf: Path, language: str) -> None:
    summary = summarise(sample, language)
    shown = words(sample_pdf)
    for gap in summary.gaps[:3]:
        assert re.search(rf"{gap.required:,.0f}\s+{gap.stock:,.0f}\s+{gap.gap:,.0f}\s+\S", shown), gap
    recruits = group_names(sample.tables(), language)["recruits"]
    reason = text("workbook", "reason-total-reached", language, group=recruits, total="701")
    assert run_together(reason) in run_together(shown)


def test_no_id_message_name_or_template_mark_is_left(sample: Result, sample_pdf: Path) -> None:
    shown = words(sample_pdf)
    assert not UNRENDERED.search(shown)
    tables = sample.tables()
    ids = {str(row[key]) for name in tables if name != "plan" for row in tables[name] for key in row.table.key if row[key]}
    raw = {name for name in ids if "_" in name}
    names = message_names("brief") | message_names("cli") | message_names("workbook")
    seen = set(re.findall(r"[A-Za-z][\w-]*", shown))
    assert not seen & raw
    assert not seen & names


def test_chinese_is_set_in_a_chinese_font_that_the_file_carries(sample_pdf: Path) -> None:
    found = fonts(sample_pdf)
    assert any("CJK" in name for name, _ in found)
    assert all("CJK" in name or "Symbol" in name for name, _ in found), found
    assert all(embedded == "yes" for _, embedded in found)


def test_the_gap_of_each_county_is_the_one_that_the_exact_check_knows(sample: Result) -> None:
    from optplan.audit import audit

    figures = Figures(sample)
    gaps = [gap for county in figures.counties if (gap := county_gap(figures, county)) is not None]
    exact = audit(sample.tables(), sample.to_schedule(), requests=False, criteria=["worst_county"]).criteria
    assert max(gaps) == exact["worst_county"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["short_of_money", "priced"])
def test_a_small_random_plan_gets_its_brief_too(kind: str, language: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    result: Result = request.getfixturevalue(kind)
    write_brief(result, tmp_path / "brief.pdf", language=language)
    shown = words(tmp_path / "brief.pdf")
    assert 2 <= pages(tmp_path / "brief.pdf") <= 4
    assert not UNRENDERED.search(shown)
    with speaking(language):
        assert run_together(standing(result.document)[0]) in run_together(shown)
    summary = summarise(result, language)
    assert f"{sum(summary.payers[-1].by_year):,.2f}" in shown
    for target in summary.targets:
        if target.shortfall:
            mark = text("brief", "mark-short", language, number=f"{target.shortfall:,.0f}")
            assert run_together(mark) in run_together(shown), target


def test_both_languages_say_the_same_figures(sample: Result, tmp_path: Path) -> None:
    found = []
    for language in ("zh", "en"):
        write_brief(sample, tmp_path / f"{language}.docx", language=language)
        found.append(sorted(re.findall(r"\d[\d,]*\.\d\d", document_text(tmp_path / f"{language}.docx"))))
    assert found[0] == found[1]
