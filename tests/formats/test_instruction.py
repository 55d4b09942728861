"""Changes as they are said, typed and written."""

import random

import pytest

from draftwg.errors import BadInput, DraftwgError
from draftwg.formats.instruction import Does, Spoken, applied, parse, places

UNIT = (
    "States parties should keep the records of each season, with access by all, and should share them by post by the "
    "end of the year."
)


def said(words: str, text: str = UNIT) -> str:
    """The unit after what is said, read with and for it."""
    now = text
    for spoken in parse(words, words=lambda _: text):
        now = applied(spoken, now)
    return now


@pytest.mark.parametrize(
    "words",
    [
        "replace keep by retain", "Replace “keep” with “retain”.", "please replace 'keep' by 'retain'",
        "We would like to replace the word «keep» by „retain“", "substitute retain for keep",
        "substitute keep by retain", "change keep to retain", "keep becomes retain", "keep → retain", "keep -> retain",
        "keep=>retain", "keep>retain", "for keep, read retain", "instead of keep, say retain",
        "“keep” should become “retain”", "keep is replaced by retain", "‘keep’ to be replaced by ‘retain’",
        "replace keep -> retain", "replace `keep' with \"retain\"", "KEEP → retain",
    ],
)  # fmt: skip
def test_many_ways_to_replace(words: str) -> None:
    """Arrows, verbs, quotation marks of any kind or none: the same change."""
    assert said(words) == UNIT.replace("keep", "retain")


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("after records insert and data", "the records", "the records and data"),
        ("insert “and data” after “the records”", "the records", "the records and data"),
        ("add complete before records", "the records", "the complete records"),
        ("before “records”, add “complete”", "the records", "the complete records"),
        ("delete of each season", "records of each season,", "records,"),
        ("strike out the words 'with access by all'", "season, with access by all, and", "season, and"),
        ("“of each season” to be deleted", "records of each season,", "records,"),
        ("replace “of each season” by nothing", "records of each season,", "records,"),
        ("at the end add and report on it", "the year.", "the year and report on it."),
        ("add “, every year” at the end", "the year.", "the year, every year."),
        ("at the end add The Secretariat helps them.", "the year.", "the year. The Secretariat helps them."),
        ("at the beginning insert All", "States", "All States"),
        ("replace access by all by access for all", "access by all", "access for all"),
        ("replace by post by electronically", "them by post", "them electronically"),
        ("states parties → Member States", "States parties", "Member States"),
        ("each season -> each season, where possible,", "each season, with", "each season, where possible, with"),
        ("records of -> records, where possible, of,", "records of each", "records, where possible, of, each"),
        ("access by all, -> access for all,", "access by all", "access for all"),
        ("access by all -> “access for all”,", "access by all", "access for all"),
        ("replace the second “should” by “may”", "and should", "and may"),
        ("replace the last occurrence of should by may", "and should", "and may"),
        ("to read: Nothing is kept.", UNIT, "Nothing is kept."),
    ],
)  # fmt: skip
def test_what_it_does_to_the_words(words: str, old: str, new: str) -> None:
    """Where a sentence could be read in two ways, it is read so that its words stand in the text."""
    assert said(words) == UNIT.replace(old, new)


def test_everywhere() -> None:
    """All places at once, where that is said."""
    wanted = UNIT.replace("should", "shall")
    assert said("replace should by shall throughout") == wanted
    assert said("replace every “should” by “shall”") == wanted
    assert said("replace “should” with “shall” wherever it occurs.") == wanted


def test_the_unit_is_recognised_and_holds_for_what_follows() -> None:
    """Several sentences, of an e-mail or in one breath."""
    found = parse(
        "In recommendation 7, replace 'should' by 'shall'; after 'States' insert 'parties'. In 15 bis, delete “x”."
    )
    assert found == (
        Spoken(Does.REPLACE, "7", "should", "shall"),
        Spoken(Does.AFTER, "7", "States", "parties"),
        Spoken(Does.DELETE, "15 bis", "x"),
    )
    assert parse("Recommendation 8: at the end add “Y”") == (Spoken(Does.END, "8", new="Y"),)
    assert parse("replace “a” by “b” in recommendation 9.") == (Spoken(Does.REPLACE, "9", "a", "b"),)
    assert parse("delete “a” and insert “b” after “c”\nPara. 3: d → e") == (
        Spoken(Does.DELETE, "", "a"), Spoken(Does.AFTER, "", "c", "b"), Spoken(Does.REPLACE, "3", "d", "e"),
    )  # fmt: skip
    assert parse("In principle 4, delete “a”", noun="principle")[0].unit == "4"


def test_a_unit_as_a_whole() -> None:
    """A new one, behind this or another, with all that follows as its words; its deletion; its words anew."""
    words = "States parties should meet; they should replace old by new gauges. Before winter, delete nothing."
    assert parse(f"new recommendation after this: {words}") == (Spoken(Does.NEW_UNIT, new=words),)
    assert parse("new paragraph: “A; b.”; delete “c”") == (
        Spoken(Does.NEW_UNIT, new="A; b."), Spoken(Does.DELETE, old="c"),
    )  # fmt: skip
    assert parse("After recommendation 15 insert a new recommendation: “X.”")[0] == Spoken(
        Does.NEW_UNIT, "15", new="X."
    )
    assert parse("insert a new recommendation after 15 bis, reading: X")[0] == Spoken(Does.NEW_UNIT, "15 bis", new="X")
    assert parse("delete recommendation 9")[0] == Spoken(Does.DELETE_UNIT, "9")
    assert parse("In recommendation 9, delete the whole recommendation.")[0] == Spoken(Does.DELETE_UNIT, "9")
    assert parse("delete it")[0] == Spoken(Does.DELETE_UNIT)
    assert parse("Recommendation 7 should read: “X shall y; replace z.”")[0] == Spoken(
        Does.WHOLE, "7", new="X shall y; replace z."
    )


def test_an_apostrophe_is_no_quotation_mark() -> None:
    """Words with apostrophes are read whole, between single quotation marks as well."""
    text = "The Secretariat's report and the parties' views are welcome."
    assert said("replace 'the parties' views' by 'all views'", text) == text.replace("the parties' views", "all views")
    assert said("Secretariat's report → report of the Secretariat", text) == text.replace(
        "Secretariat's report", "report of the Secretariat"
    )


@pytest.mark.parametrize(
    "words", ["", "   ", "hello", "replace", "replace x", "after x insert", "→", "> y", "delete", "12"]
)
def test_what_is_no_change_is_refused_with_examples(words: str) -> None:
    """In one line that says how to say it."""
    with pytest.raises(BadInput, match=r"should → shall · replace X by Y"):
        parse(words)


def test_two_readings_need_quotation_marks() -> None:
    """Without the words of the unit, or where both stand in it, nobody guesses."""
    with pytest.raises(BadInput, match="Put the words in quotation marks"):
        parse("replace a by b by c")
    assert parse("replace “a by b” by “c”") == (Spoken(Does.REPLACE, "", "a by b", "c"),)


def test_words_that_are_not_there_or_there_twice() -> None:
    """One line each; the place can be chosen."""
    with pytest.raises(ValueError, match="“fail” is not in this text"):
        said("fail → shall")
    with pytest.raises(ValueError, match="“should” stands 2 times"):
        said("should → shall")
    spoken = parse("should → shall")[0]
    first, second = places(UNIT, "should")
    assert applied(spoken, UNIT, first) == UNIT.replace("should keep", "shall keep")
    assert applied(spoken, UNIT, second) == UNIT.replace("should share", "shall share")


WORDS = ["the", "parties'", "of", "by", "to", "after", "replace", "insert", "and", "in", "7", "Côte", "d'Ivoire",
         "all;", "data.", "(a)", "记录", "with", "for", "read", "delete", "new", "→", "x>y", "سجلات"]  # fmt: skip
PAIRS = ["“”", '""', "«»", "„“", "‘’"]


def test_whatever_stands_in_quotation_marks_comes_back_as_it_is() -> None:
    """A thousand instructions made at random, in random words and marks, are read as they were made."""
    dice = random.Random(7)
    for _ in range(1_000):
        left, right = dice.choice(PAIRS)
        old, new = (" ".join(dice.choices(WORDS, k=dice.randint(1, 6))) for _ in range(2))
        if left == "‘":
            old, new = old.replace("'", ""), new.replace("'", "")
        a, b = f"{left}{old}{right}", f"{left}{new}{right}"
        unit, said_unit = dice.choice([("", ""), ("7", "In recommendation 7, "), ("15 bis", "Recommendation 15 bis: ")])
        form, wanted = dice.choice(
            [
                (f"replace {a} by {b}", Spoken(Does.REPLACE, unit, old, new)),
                (f"substitute {b} for {a}.", Spoken(Does.REPLACE, unit, old, new)),
                (f"{a} → {b}", Spoken(Does.REPLACE, unit, old, new)),
                (f"after {a} insert {b}", Spoken(Does.AFTER, unit, old, new)),
                (f"please add {b} before {a}", Spoken(Does.BEFORE, unit, old, new)),
                (f"delete the words {a}", Spoken(Does.DELETE, unit, old)),
                (f"at the end, add {b}", Spoken(Does.END, unit, new=new)),
            ]
        )
        assert parse(said_unit + form) == (wanted,), said_unit + form
        twice = f"{said_unit}{form}; delete {a}"
        assert parse(twice) == (wanted, Spoken(Does.DELETE, unit, old)), twice


def test_any_string_is_read_or_refused_in_no_time() -> None:
    """Neither a traceback nor a long wait, whatever comes."""
    dice = random.Random(11)
    pieces = [
        *WORDS,
        *"“”'\"«;.\n,:>",
        "replace ",
        "by ",
        " by",
        "after ",
        "\U00100000",
        "new recommendation",
        "throughout",
    ]
    for _ in range(2_000):
        words = "".join(dice.choices(pieces, k=dice.randint(0, 20)))
        try:
            for spoken in parse(words, words=lambda _: UNIT):
                applied(spoken, UNIT)
        except DraftwgError as error:
            assert "\n" not in str(error).strip()
        except ValueError as error:
            assert "stands" in str(error) or "not in this text" in str(error) or "no words" in str(error), words
    for long in (  # each takes minutes where the time grows faster than the words
        "replace " + "a by " * 3_000,
        "a > " * 4_000,
        "'" * 10_000,
        " " * 19_000,
        "please " * 2_500,
        "; in " * 3_000,
    ):
        try:
            parse(long, words=lambda _: UNIT)
        except DraftwgError:
            continue
