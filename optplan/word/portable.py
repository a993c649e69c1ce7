"""A Word file as PDF, made by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from optplan.tables.findings import InputError, Place, error

PROGRAMS = ("soffice", "libreoffice")
HOMES = (  # where installers put it without telling the shell
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
)
SECONDS = 180
LONGEST_REASON = 300  # letters of what LibreOffice says


def libreoffice() -> str:
    """The program. Raises :class:`InputError` naming what to install if there is none."""
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    for home in HOMES:
        if home.is_file():
            return str(home)
    raise InputError([error("libreoffice-missing")])


def pdf_of(word_file: bytes) -> bytes:
    """The PDF of a Word file. Raises :class:`InputError` if LibreOffice is missing or does not make one."""
    program = libreoffice()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, made = folder / "brief.docx", folder / "brief.pdf"
        source.write_bytes(word_file)
        profile = (folder / "profile").as_uri()  # its own, so that a LibreOffice that is open does not stand in the way
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            name,
            str(source),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as problem:
            raise InputError([error("libreoffice-failed", Place(program), reason=f"> {SECONDS} s")]) from problem
        if not made.is_file():
            said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-LONGEST_REASON:]
            raise InputError([error("libreoffice-failed", Place(program), reason=said or done.returncode)])
        return made.read_bytes()
