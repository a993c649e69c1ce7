"""Who asks: a person with a name and a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from optplan.language import text
from optplan.office.findings import NotAllowed, finding
from optplan.office.roles import Role, Roles
from optplan.store.events import user_name

LONGEST_NAME = 100


@dataclass(frozen=True)
class Person:
    """Somebody who asks. ``address`` is the e-mail address they signed in with; empty without sign-in. ``counties``: those for
    which they enter what happened, beside what their role lets them do. ``browser``: the mark of the browser, without sign-in."""

    name: str
    role: Role
    address: str = ""
    counties: frozenset[str] = frozenset()
    browser: str = field(default="", compare=False)

    @property
    def signature(self) -> str:
        """The name as the record keeps it; with the address, which nobody chooses for themselves."""
        return f"{self.name} <{self.address}>" if self.address else self.name

    @property
    def drawer(self) -> str:
        """Under what their drafts are kept: their address, else their browser, which two without a name do not share."""
        return self.signature if self.address or not self.browser else self.browser

    def may(self, role: Role) -> bool:
        """Whether they may do what ``role`` may."""
        return self.role.reaches(role)

    def is_same_as(self, other: Person) -> bool:
        """Whether this is one person, whatever their role is by now."""
        return (self.name, self.address.casefold()) == (other.name, other.address.casefold())

    def may_stop_solve_of(self, other: Person) -> bool:
        """Whether they may stop what ``other`` asked: an approver anybody's solve, an editor their own."""
        return self.may(Role.APPROVER) or (self.may(Role.EDITOR) and self.is_same_as(other))


def require(person: Person, role: Role) -> None:
    """Raise :class:`NotAllowed`, in words, unless ``person`` may do what ``role`` may."""
    if not person.may(role):
        code = "not-signed-in" if person.role is Role.NOBODY else f"needs-{role}"
        has = text("office", f"role-{person.role}")
        raise NotAllowed([finding(code, name=person.name, role=has)])


def local_person(name: str, role: Role, browser: str = "") -> Person:
    """Somebody who has not signed in, where nobody does: the name they gave, else the operating system's name for them."""
    given = " ".join(name.split())[:LONGEST_NAME]
    return Person(given or user_name(), role, browser=browser)


def signed_in_person(claims: Mapping[str, Any], roles: Roles) -> Person:
    """Whom a provider's ``claims`` speak of. An address that the provider says is not verified counts for nothing."""
    address = str(claims.get("email") or "").strip()
    if claims.get("email_verified") in {False, "false"}:
        address = ""
    subject = str(claims.get("sub") or "?")
    name = " ".join(str(claims.get("name") or claims.get("preferred_username") or address or subject).split())[:LONGEST_NAME]
    return Person(name, roles.role_of(address), address or subject[:LONGEST_NAME], roles.counties_of(address))
