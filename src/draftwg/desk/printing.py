"""PDF, through LibreOffice or Chromium where one of them is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from draftwg.errors import BadInput, NotRecorded

_TIMEOUT = 180
_TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
"""Headings, tables and notes are told to readers of a screen; a LibreOffice before 7.4 passes over the wish."""


def printer() -> str:
    """The program that makes PDF here, "" where there is none."""
    found = (shutil.which(name) for name in ("soffice", "libreoffice", "chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), "")


def pdf_from(data: bytes, page: str) -> bytes:
    """The PDF of a Word file, or of an HTML page where only Chromium is at hand. BadInput where nothing can make it."""
    program = printer()
    if not program:
        raise BadInput(
            "PDF needs LibreOffice or Chromium, and neither is installed.", "Export docx or html, and print that."
        )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        profile = (place / "profile").as_uri()
        if "office" in Path(program).name:
            source = place / "paper.docx"
            source.write_bytes(data)
            command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", _TAGGED]
            command += ["--outdir", folder, str(source)]
        else:
            source = place / "paper.html"
            source.write_text(page, "utf-8")
            command = [program, "--headless", "--disable-gpu", f"--user-data-dir={place / 'profile'}"]
            command += ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
            command += ["--no-pdf-header-footer", f"--print-to-pdf={place / 'paper.pdf'}", source.as_uri()]
        try:
            subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False, stdin=subprocess.DEVNULL)
            return (place / "paper.pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise NotRecorded(
                f"{Path(program).name} did not make the PDF.", "Export docx or html, and print that."
            ) from None
