"""The documentation is made from the program, or checked against it."""

import runpy
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_the_page_of_acts_is_that_of_the_program() -> None:
    page = runpy.run_path(str(DOCS / "make_acts.py"))["page"]()

    assert (DOCS / "acts.md").read_text("utf-8") == page, "run: python docs/make_acts.py"


def test_the_page_of_keys_is_that_of_the_console() -> None:
    page = runpy.run_path(str(DOCS / "make_keys.py"))["page"]()

    assert (DOCS / "keys.md").read_text("utf-8") == page, "run: python docs/make_keys.py"
