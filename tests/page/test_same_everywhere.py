"""The same scenario asked on the page, in the shell and in Python is the same answer."""

import subprocess
import sys
from pathlib import Path

import pytest
from browsing import go_to, settled
from office_server import QUICK, SOON, call_oneself, serving, visitors, write_plan  # noqa: F401
from playwright.sync_api import expect

import optplan
from optplan.document.canonical import canonical_bytes
from optplan.scenarios import apply_scenarios, read_scenario


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("same")
    write_plan(folder / "plans" / "quick", "大同示例规划", QUICK)
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with serving(folder) as (address, _):
        yield address


def save(page, name, path):
    with page.expect_download(timeout=SOON) as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    waiting.value.save_as(path)
    return path


def test_page_shell_and_python_give_the_same_result_byte_for_byte(visit, folder):
    page = visit()
    call_oneself(page, "孙会计")
    go_to(page, "数据")
    page.get_by_role("slider").last.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("本次要问的（1项修改）")).to_be_visible()
    settled(page)
    page.get_by_text("情景：保存、下载与打开").click()
    settled(page)
    page.get_by_label("情景名称").fill("少两成")
    page.get_by_label("情景名称").press("Tab")
    settled(page)
    scenario = save(page, "下载情景文件", folder / "scenario.toml")
    go_to(page, "求解")
    page.get_by_text("定稿：证明到规定精度", exact=True).click()
    settled(page)
    page.get_by_role("button", name="开始求解").click()
    expect(page.get_by_text("已存入历史")).to_be_visible()
    page.get_by_role("button", name="打开方案，看总览").click()
    page.get_by_role("heading", name="总览", level=1).wait_for()
    settled(page)
    by_page = save(page, "结果文件（JSON）", folder / "page.json")

    plan, by_shell = folder / "plans" / "quick", folder / "shell.json"
    shell = Path(sys.executable).with_name("optplan")
    command = [shell, "solve", plan, "--scenario", scenario, "--model", "attain", "--out", by_shell]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)

    asked = read_scenario(scenario)
    result = optplan.solve(apply_scenarios(optplan.read_plan(plan), [asked]), model="attain", scenario=[asked.name])
    result.to_json(folder / "python.json")

    files = [by_page, by_shell, folder / "python.json"]
    assert len({canonical_bytes(optplan.read_result(file)) for file in files}) == 1
    assert len({optplan.read_result(file).document["seal"]["criteria"]["cost"] for file in files}) == 1
