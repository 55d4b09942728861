import pytest

from draftwg.desk.directory import all_on, known_on
from draftwg.model.delegation import name_key


def names(day: str) -> list[str]:
    return [state.name for state in all_on(day)]


def test_the_directory_has_every_member_the_observers_and_the_union() -> None:
    states = all_on("2024-01-01")

    assert len(states) == 193 + 2 + 1
    assert len({state.code for state in states}) == len(states)


@pytest.mark.parametrize(
    ("called", "day", "name"),
    [
        ("mex", "2018-05-02", "Mexico"),
        ("US", "2018-05-02", "United States of America"),
        ("EU", "2018-05-02", "European Union"),
        ("the european union", "2018-05-02", "European Union"),
        ("iran", "2018-05-02", "Iran (Islamic Republic of)"),
        ("Cote d’Ivoire", "2018-05-02", "Côte d'Ivoire"),
        ("Niger", "2018-05-02", "Niger"),
        ("the Niger", "2018-05-02", "Niger"),
        ("Nigeria", "2018-05-02", "Nigeria"),
        ("TUR", "2018-05-02", "Turkey"),
        ("TUR", "2023-05-02", "Türkiye"),
        ("Turkey", "2022-05-31", "Turkey"),
        ("Türkiye", "2022-06-01", "Türkiye"),
    ],
)
def test_a_state_is_found_by_every_name_under_that_of_the_day(called: str, day: str, name: str) -> None:
    found = known_on(called, day)

    assert found is not None
    assert found.name == name


def test_names_sort_as_in_a_report() -> None:
    for day, turkey in (("2018-05-02", "Turkey"), ("2023-05-02", "Türkiye")):
        listed = names(day)
        assert listed == sorted(listed, key=name_key)
        assert listed.index("Costa Rica") < listed.index("Côte d'Ivoire") < listed.index("Cuba")
        assert listed.index("Tunisia") < listed.index(turkey) < listed.index("Ukraine")
