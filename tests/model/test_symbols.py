import pytest

from draftwg.errors import BadInput
from draftwg.model.symbols import parse_symbol


@pytest.mark.parametrize(
    ("written", "stem", "modifiers"),
    [
        ("CTOC/COP/WG.6/2018/CRP.3", "CTOC/COP/WG.6/2018/CRP.3", ()),
        ("CTOC/COP/WG.6/2018/INF/1/Rev.1", "CTOC/COP/WG.6/2018/INF/1", ("Rev.1",)),
        ("E/CN.4/Sub.2/AC.2/1987/WP.4/Add.1", "E/CN.4/Sub.2/AC.2/1987/WP.4", ("Add.1",)),
        ("A/520/Rev.17", "A/520", ("Rev.17",)),
        ("A/S-27/2/Add.1/Corr.2", "A/S-27/2", ("Add.1", "Corr.2")),
    ],
)
def test_a_symbol_is_taken_apart_from_the_right(written: str, stem: str, modifiers: tuple[str, ...]) -> None:
    symbol = parse_symbol(written)

    assert (symbol.stem, symbol.modifiers, str(symbol)) == (stem, modifiers, written)


@pytest.mark.parametrize("written", ["CRP.3/rev1", "draft v2", "", "A", "A//1", "A/..", "A/-x", "A/1\n", "A/é"])
def test_what_is_no_symbol_is_refused_in_one_line(written: str) -> None:
    if written.endswith("\n"):
        assert str(parse_symbol(written)) == "A/1"
        return
    with pytest.raises(BadInput) as refusal:
        parse_symbol(written)

    assert "\n" not in str(refusal.value)


def test_no_two_symbols_share_a_tag_and_a_tag_is_a_valid_ref() -> None:
    symbols = ["A/1", "A/1/Rev.1", "A/1/Rev.1*", "A/1/Rev.1**", "A/1/Corr.1", "A/11"]
    tags = [parse_symbol(symbol).tag for symbol in symbols]

    assert len(set(tags)) == len(symbols)
    assert not any(set(tag) & set("/* ~^:?[\\") for tag in tags)
