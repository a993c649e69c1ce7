"""Signing in with OpenID Connect, against a real provider: the whole code flow with signed tokens, in a real browser."""

import re

import oidc_provider_mock
import pytest
from browsing import go_to, shot
from office_server import QUICK, serving, visitors, write_plan  # noqa: F401
from playwright.sync_api import expect

import optplan
from benchmarks.served import free_port

USERS = {
    "wang": {"name": "王局长", "email": "wang@example.gov.cn", "email_verified": True},
    "li": {"name": "李编制", "email": "li@example.gov.cn", "email_verified": True},
    "zhou": {"name": "周查看", "email": "zhou@example.gov.cn", "email_verified": True},
    "impostor": {"name": "王局长", "email": "wang@example.gov.cn", "email_verified": False},
}
ROLES = 'approver = ["wang@example.gov.cn"]\neditor = ["li@example.gov.cn"]\n'


@pytest.fixture(scope="module")
def provider():
    users = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in USERS.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=users, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    write_plan(folder / "plans" / "quick", "小城示例规划", QUICK)
    (folder / "roles.toml").write_text(ROLES, "utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder, provider):
    port = free_port()
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(
        f"""
        [auth]
        redirect_uri = "http://localhost:{port}/oauth2callback"
        cookie_secret = "a secret of this test, and of nothing else"
        client_id = "optplan"
        client_secret = "secret"
        server_metadata_url = "{provider}/.well-known/openid-configuration"
        """,
        "utf-8",
    )
    with serving(folder, port, OPTPLAN_ROLES=str(folder / "roles.toml")) as (address, _):
        yield address


@pytest.fixture
def stranger(visit):
    """A browser that nobody has signed in with."""
    return visit()


def sign_in(page, subject):
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("button", name=subject, exact=True).click()  # the provider's page
    expect(page.get_by_role("heading", name="总览", level=1)).to_be_visible()


def test_a_stranger_sees_only_the_sign_in(stranger, address):
    for path in ("", "/solving", "/history", "/solving?solve=0123456789abcdef"):
        stranger.goto(address + path)
        expect(stranger.get_by_role("button", name="登录", exact=True)).to_be_visible()
        expect(stranger.get_by_test_id("stSidebarNav")).to_have_count(0)
        expect(stranger.get_by_text("小城示例规划")).to_have_count(0)
    shot(stranger, "sign-in")


def test_an_editor_signs_in_solves_under_their_name_and_cannot_approve(stranger, folder, address):
    sign_in(stranger, "li")
    sidebar = stranger.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text("李编制 · 编制")).to_be_visible()
    expect(sidebar.get_by_text("li@example.gov.cn")).to_be_visible()
    go_to(stranger, "求解")
    stranger.get_by_text("节约优先", exact=True).click()
    stranger.get_by_role("button", name="开始求解").click()
    expect(stranger.get_by_text("已存入历史")).to_be_visible()
    with optplan.open_store(folder / "store.sqlite3") as store:
        assert store.runs()[0].who == "李编制 <li@example.gov.cn>"
    go_to(stranger, "历史")
    stranger.get_by_role("button", name="详情").first.click()
    expect(stranger.get_by_role("button", name="审定", exact=True)).to_be_disabled()
    shot(stranger, "sign-in-editor")
    sidebar.get_by_role("button", name="退出登录").click()
    expect(stranger.get_by_role("button", name="退出登录")).to_have_count(0)
    stranger.wait_for_url(re.compile("end_session|oauth2callback"))  # the provider is told
    stranger.goto(address)
    expect(stranger.get_by_role("button", name="登录", exact=True)).to_be_visible()


def test_a_viewer_looks_and_cannot_solve(stranger):
    sign_in(stranger, "zhou")
    expect(stranger.get_by_text("周查看 · 查看")).to_be_visible()
    go_to(stranger, "求解")
    expect(stranger.get_by_text("只能看，不能求解或保存")).to_be_visible()
    expect(stranger.get_by_role("button", name="开始求解")).to_be_disabled()
    shot(stranger, "sign-in-viewer")


@pytest.mark.slow
def test_an_approver_is_known_by_a_verified_address_only(visit, stranger, folder):
    sign_in(stranger, "wang")
    expect(stranger.get_by_text("王局长 · 审定")).to_be_visible()
    other = visit()
    sign_in(other, "impostor")
    expect(other.get_by_text("王局长 · 查看")).to_be_visible()
    (folder / "roles.toml").write_text('others = "nobody"', "utf-8")  # from the next touch on
    try:
        other.reload()
        expect(other.get_by_text("您还没有使用权限")).to_be_visible()
        expect(other.get_by_test_id("stSidebarNav")).to_have_count(0)
        (folder / "roles.toml").write_text("others = [", "utf-8")
        stranger.reload()
        expect(stranger.get_by_text("角色文件")).to_be_visible()
        expect(stranger.get_by_test_id("stSidebarNav")).to_have_count(0)
        shot(stranger, "sign-in-broken-roles")
    finally:
        (folder / "roles.toml").write_text(ROLES, "utf-8")
