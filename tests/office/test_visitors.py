"""Who comes from where: nobody is taken for somebody at the server's own machine, or for an approver, by being unknown."""

import pytest

from optplan.office import Role
from optplan.office.findings import OfficeError
from optplan.office.visitors import address_of, is_at_this_machine, local_role

HERE = {"Host": "localhost:8501", "User-Agent": "a browser"}


@pytest.mark.parametrize("peer", [None, "127.0.0.1", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_a_browser_on_the_servers_own_machine(peer, host):
    assert is_at_this_machine(peer, {"Host": host})


@pytest.mark.parametrize(
    "header",
    [
        "Via", "via", "X-Forwarded-Proto", "X-Forwarded-For", "X-Forwarded-Host", "CF-Connecting-IP", "CF-Ray", "Forwarded", "X-Real-IP",
        "True-Client-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Original-For", "Fastly-Client-IP", "Fly-Client-IP", "X-Envoy-External-Address",
    ],
)  # fmt: skip
def test_whoever_comes_through_a_proxy_is_not_here_whatever_it_says(header):
    for said in ("127.0.0.1", "1.1 proxy", "https", ""):
        assert not is_at_this_machine("127.0.0.1", {**HERE, header: said})
        assert not is_at_this_machine(None, {**HERE, header: said})


@pytest.mark.parametrize(
    "host", ["plan.example.gov.cn", "evil.example:8501", "10.1.2.3:8501", "localhost.evil.example", "[::2]:80"]
)
def test_a_page_elsewhere_cannot_have_the_browser_ask_for_it(host):
    assert not is_at_this_machine("127.0.0.1", {"Host": host})


@pytest.mark.parametrize("peer", ["10.1.2.3", "192.168.0.7", "::ffff:10.1.2.3", "unknown", ""])
def test_other_machines_are_not_here(peer):
    assert not is_at_this_machine(peer, HERE)


def test_addresses_are_believed_from_named_proxies_only(monkeypatch):
    said = {"X-Forwarded-For": "203.0.113.9, 10.9.0.1"}
    assert address_of("10.9.0.2", said) == "10.9.0.2"
    monkeypatch.setenv("OPTPLAN_PROXIES", "10.9.0.0/16")
    assert address_of("10.9.0.2", said) == "203.0.113.9"
    assert address_of("203.0.113.5", said) == "203.0.113.5"
    assert address_of("10.9.0.2", {"X-Forwarded-For": "203.0.113.9, <script>"}) == "10.9.0.2"
    assert address_of("10.9.0.2", {}) == "10.9.0.2"
    monkeypatch.setenv("OPTPLAN_PROXIES", "the proxy")
    with pytest.raises(OfficeError, match="the proxy"):
        address_of("10.9.0.2", said)


def test_nobody_approves_at_this_machine_unless_who_started_the_server_said_so(monkeypatch):
    monkeypatch.delenv("OPTPLAN_LOCAL_ROLE", raising=False)
    assert local_role() is Role.EDITOR
    monkeypatch.setenv("OPTPLAN_LOCAL_ROLE", "approver")
    assert local_role() is Role.APPROVER
    monkeypatch.setenv("OPTPLAN_LOCAL_ROLE", "boss")
    with pytest.raises(OfficeError, match="boss"):
        local_role()
