"""Where a request to the page comes from, and what somebody at the server's own machine may do where nobody signs in.

Anything between browser and server may be anybody's: a request that came through a proxy is never taken for one of this machine,
whatever its headers say, and its address is believed only from proxies that the office has named.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable, Mapping

from optplan.office.findings import refusal
from optplan.office.roles import Role

PROXIES = "OPTPLAN_PROXIES"  # addresses or networks, apart by commas
LOCAL_ROLE = "OPTPLAN_LOCAL_ROLE"
_OF_PROXIES = ("x-forwarded", "x-real-ip", "x-client", "x-cluster", "x-original", "x-envoy", "cf-", "fastly-", "fly-")
_OF_A_PROXY = {"forwarded", "via", "true-client-ip", "client-ip", "x-proxyuser-ip", "x-appengine-user-ip", "x-azure-clientip"}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def local_role() -> Role:
    """What a visitor at the server's own machine may do: an editor's, unless who started the server said otherwise."""
    given = os.environ.get(LOCAL_ROLE, "").strip() or Role.EDITOR
    try:
        return Role(given)
    except ValueError:
        raise refusal("local-role-unknown", role=given, roles=", ".join(Role)) from None


def is_at_this_machine(peer: str | None, headers: Mapping[str, str]) -> bool:
    """Whether the browser runs where the server does. ``peer``: who is connected; ``None``: Streamlit says that it is here."""
    if any(_is_of_a_proxy(name) for name in headers):
        return False
    host = _host_in(_header(headers, "host"))
    if host not in {"", "localhost"} and not _is_loopback(host):
        return False  # asked for under another name: a page elsewhere may have told the browser to
    return peer is None or _is_loopback(peer)


def address_of(peer: str, headers: Mapping[str, str]) -> str:
    """The visitor's address: who is connected or, if that is a proxy that the office has named, whom it says it speaks for."""
    known = list(_networks(os.environ.get(PROXIES, "")))
    address = peer
    for step in reversed(_header(headers, "x-forwarded-for").split(",")):
        if not _is_among(address, known) or not step.strip():
            break
        address = step.strip()
    return address if _parsed(address) is not None else peer


def _header(headers: Mapping[str, str], wanted: str) -> str:
    return next((value for name, value in headers.items() if name.lower() == wanted), "")


def _is_of_a_proxy(name: str) -> bool:
    name = name.lower()
    return name in _OF_A_PROXY or name.startswith(_OF_PROXIES)


def _host_in(header: str) -> str:
    """The name in a ``Host`` header, without its port."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0].lower()


def _parsed(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found  # ::ffff:127.0.0.1, where a server speaks both


def _is_loopback(text: str) -> bool:
    found = _parsed(text)
    return found is not None and found.is_loopback


def _networks(text: str) -> Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            yield ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise refusal("proxies-unreadable", part=part) from None


def _is_among(text: str, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    found = _parsed(text)
    return found is not None and any(found in network for network in networks if network.version == found.version)
