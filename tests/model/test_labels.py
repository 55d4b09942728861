import random

import pytest

from draftwg.errors import BadInput
from draftwg.model.labels import label_key, next_label, normal_label


@pytest.mark.parametrize(
    ("written", "label"),
    [("15", "15"), ("2.bis", "2 bis"), ("2bis", "2 bis"), (" 16  ALT ", "16 alt"), ("15 bis alt 2", "15 bis alt 2"),
     ("PP4ter", "PP4 ter"), ("7.", "7"), ("2.10", "2.10"), ("2.10bis", "2.10 bis")],
)  # fmt: skip
def test_a_label_is_read_in_every_usual_form(written: str, label: str) -> None:
    assert normal_label(written) == label


@pytest.mark.parametrize("written", ["", "bis", "15 foo", "a bis", "15-16", "[8]", "8" * 9, "eight"])
def test_what_is_no_label_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        normal_label(written)


def test_labels_sort_as_people_count() -> None:
    right = ["PP4", "PP4 ter", "1", "2", "2.9", "2.10", "9", "10", "15", "15 bis", "15 bis alt", "15 ter", "15 quater",
             "15 quinquies", "15 decies", "15 alt", "16", "16 alt", "16 alt 2", "17"]  # fmt: skip
    shuffled = right.copy()
    random.Random(1).shuffle(shuffled)

    assert sorted(shuffled, key=label_key) == right


def test_the_next_label_is_the_first_free_one_behind() -> None:
    assert next_label("15", frozenset()) == "15 bis"
    assert next_label("15", frozenset({"15 bis"})) == "15 ter"
    assert next_label("15 bis", frozenset({"15 bis", "15 ter"})) == "15 quater"
