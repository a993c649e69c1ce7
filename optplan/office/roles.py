"""The roles, and which address has which: a file that the office writes.

.. code-block:: toml

    approver = ["wang@example.gov.cn"]
    editor = ["li@example.gov.cn", "zhao@example.gov.cn"]
    others = "viewer"        # anybody else: "viewer", "editor", "approver", or "nobody" to keep them out

    [county]                 # who enters what happened in a county, by the county's id in the plan
    yingxian = ["sun@example.gov.cn"]
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from optplan.files import UnreadableFile, read_bounded
from optplan.language import text
from optplan.office.findings import OfficeError, finding, refusal
from optplan.toml_text import TomlError, parse_toml

VARIABLE = "OPTPLAN_ROLES"
LARGEST_FILE = 1_000_000  # bytes; an address is about forty


class Role(StrEnum):
    """What a person may do. Each role may do what those before it may."""

    NOBODY = "nobody"
    VIEWER = "viewer"
    EDITOR = "editor"
    APPROVER = "approver"

    def reaches(self, asked: Role) -> bool:
        """Whether this role may do what ``asked`` may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(asked)


@dataclass(frozen=True)
class Roles:
    """Which e-mail address has which role. ``others`` is the role of everybody who is not named. ``counties``: those for which
    an address enters what happened; whoever enters for one may at least look."""

    named: Mapping[str, Role] = field(default_factory=dict)
    others: Role = Role.VIEWER
    counties: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def role_of(self, address: str) -> Role:
        """The role of an address; case does not count. Without an address: that of the others."""
        role = self.named.get(_same(address), self.others)
        return Role.VIEWER if role is Role.NOBODY and self.counties_of(address) else role

    def counties_of(self, address: str) -> frozenset[str]:
        """The counties for which an address enters what happened."""
        return self.counties.get(_same(address), frozenset())


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    approver: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    viewer: tuple[str, ...] = ()
    others: Role = Role.VIEWER
    county: dict[str, tuple[str, ...]] = {}


def read_roles(file: str | Path | None = None) -> Roles:
    """The roles in ``file``, else in the file that ``OPTPLAN_ROLES`` names; without either, everybody is a viewer.

    It is read anew each time, so that a role that was taken away is gone at the next touch. Raises :class:`OfficeError`
    for a file that cannot be used: nobody gets in by way of a spelling mistake.
    """
    named = str(file or os.environ.get(VARIABLE, "").strip())
    if not named:
        return Roles()
    try:
        raw = read_bounded(Path(named).expanduser(), LARGEST_FILE)
    except UnreadableFile as problem:
        reason = problem.values.get("reason") or text("findings", problem.code, **problem.values)
        raise refusal("roles-unreadable", named, file=named, reason=reason) from problem
    try:
        content = _File.model_validate(parse_toml(raw.decode("utf-8-sig")))
    except (UnicodeDecodeError, TomlError) as problem:
        raise refusal("roles-not-toml", named, file=named, reason=problem) from problem
    except ValidationError as problem:
        raise OfficeError(
            [
                finding("roles-invalid", named, file=named, key=".".join(str(part) for part in fault["loc"]), reason=fault["msg"])
                for fault in problem.errors()
            ]
        ) from problem
    return Roles(_by_address(content, named), content.others, _counties(content, named))


def _by_address(content: _File, file: str) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for role in (Role.APPROVER, Role.EDITOR, Role.VIEWER):
        for address in getattr(content, role.value):
            if "@" not in address:
                raise refusal("roles-no-address", file, file=file, address=address[:100])
            if found.setdefault(_same(address), role) is not role:
                raise refusal("roles-twice", file, file=file, address=address)
    return found


def _counties(content: _File, file: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for county, addresses in content.county.items():
        for address in addresses:
            if "@" not in address:
                raise refusal("roles-no-address", file, file=file, address=address[:100])
            found[_same(address)] = found.get(_same(address), frozenset()) | {county}
    return found


def _same(address: str) -> str:
    return address.strip().casefold()
