"""Words that are quoted from the floor are found, however long and however often they stand."""

import time
from pathlib import Path

import pytest

from draftwg.desk.tracing import where
from draftwg.errors import BadInput
from draftwg.model.text import Text, Unit
from meetings import found

LONG = " ".join(f"The station at cape {place} logs the ice {place} days a year." for place in range(25))


def test_a_long_quotation_is_looked_for_at_once(tmp_path: Path) -> None:
    desk = found(tmp_path / "m", text=False)
    units = tuple(Unit(f"u{place}", str(place), f"{place}. {LONG}") for place in range(1, 101))
    desk.do({"act": "import", "text": "ice", "content": Text("ice", "On ice", (), units)})
    for count in range(3):
        desk.do({"act": "issue", "symbol": f"A/{count}", "status": "draft"})
    text = desk.state.text()
    begun = time.process_time()

    assert where(desk.state, text, "ice " * 50) == []
    assert time.process_time() - begun < 3
    assert len(where(desk.state, text, "The station at cape 7 logs the ice 7 days a year.")) == 100
    with pytest.raises(BadInput, match="3,000 words are too many to look for"):
        where(desk.state, text, "ice " * 3_000)


def test_a_quotation_that_is_nearly_so_is_found(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    quoted = "States parties should keep the logs of ice observation for as long as possible"
    (one,) = where(desk.state, desk.state.text(), quoted)

    assert (one["unit"], one["now"]) == ("2", True)
