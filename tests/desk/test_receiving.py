"""What delegations send, in every shape, and what it becomes."""

import json
import random
from email.message import EmailMessage
from pathlib import Path

import pytest

from draftwg.desk import Desk
from draftwg.desk.exporting import export
from draftwg.desk.orders import Order
from draftwg.desk.receiving import Report, read, receive, record, report_shape
from draftwg.errors import BadInput
from draftwg.formats.receiving.reading import read_submission
from tui.driving import UNITS, meeting

FILES = Path(__file__).resolve().parents[1] / "formats" / "files"
TRACKED = [
    ("2", "Mexico", "States parties shall train observers at remote stations."),
    ("2", "Algeria", "States parties should train observers at remote stations, on land and at sea."),
    ("7", "Mexico", UNITS["7"].replace("with neighbours downstream", "with all neighbours downstream, free of charge")),
    ("9", "Algeria", ""),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A meeting in which nothing is recorded by the tests that use it."""
    return meeting(tmp_path_factory.mktemp("made") / "m")


def sent(desk: Desk, words: str | bytes, by: str = "", **how: bool) -> Report:
    data = words if isinstance(words, bytes) else words.encode()
    return receive(desk, read_submission(data, "sent"), by, **how)  # type: ignore[arg-type]


def wanted(report: Report) -> list[tuple[str, str, str]]:
    """What would be recorded: unit, delegation, the unit as it would read."""
    return [(item.label, item.by, item.new) for item in report.taken]


def fates(report: Report) -> list[str]:
    return [item.fate for item in report.items if item.fate != "unchanged"]


# --- files of real programs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("program", ["pandoc", "libreoffice"])
def test_tracked_changes_of_several_authors_become_amendments_of_each(made: Desk, program: str) -> None:
    report = receive(made, read(FILES / f"{program}-tracked.docx"))

    assert report.base == "the text as it stands"
    assert report.fit == 1
    assert wanted(report) == TRACKED
    (refused,) = [item for item in report.items if item.fate == "refused"]
    assert refused.new.endswith("on request.\nEach station should keep a copy.")
    assert refused.why == "Ana Souza is no delegation: say with --by whose it is."
    assert report.items[1].date.startswith("2031-05-06T09:15") or "2031-05-06" in {i.date[:10] for i in report.items}


def test_whoever_marked_a_file_that_a_delegation_sends_its_changes_are_that_delegations(made: Desk) -> None:
    report = receive(made, read(FILES / "libreoffice-tracked.docx"), "Algeria")

    assert {by for _, by, _ in wanted(report)} == {"Algeria"}
    assert [label for label, _, _ in wanted(report)] == ["2", "7", "8", "9"]
    assert wanted(report)[0][2] == "States parties shall train observers at remote stations, on land and at sea."


def test_struck_underlined_and_bold_words_are_changes(made: Desk) -> None:
    report = receive(made, read(FILES / "libreoffice-struck.docx"), "Mexico")

    assert wanted(report) == [
        ("2", "Mexico", "States parties shall train observers at remote stations."),
        ("8", "Mexico", UNITS["8"].replace("as long as possible", "at least ten years")),
    ]
    assert fates(report) == ["not understood", "applies", "applies"]
    assert report.items[0].old == "Dear Secretariat, please find our changes below."


def test_a_table_is_read_row_by_row(made: Desk) -> None:
    report = receive(made, read(FILES / "libreoffice-table.docx"), "Mexico")

    assert wanted(report) == [
        ("2", "Mexico", UNITS["2"].replace("remote", "all")),
        ("7", "Mexico", UNITS["7"].replace("encouraged", "urged")),
        ("15", "Mexico", UNITS["15"].replace("consider", "adopt")),
        ("9", "Mexico", ""),
    ]
    assert report.items[-1].fate == "not understood"
    assert report.items[-1].old == "We like this one."


def test_a_word_file_without_marks_is_compared_with_the_text(made: Desk) -> None:
    report = receive(made, read(FILES / "pandoc-plain.docx"), "Mexico")

    assert wanted(report) == [
        ("1", "Mexico", UNITS["1"].replace("adopt", "adopt strong")),
        ("1 bis", "Mexico", "Old ice records should be scanned."),
        ("8", "Mexico", ""),
    ]


def test_what_one_delegate_writes_into_a_file_of_ours_comes_back(made: Desk) -> None:
    report = receive(made, read(FILES / "libreoffice-edited.docx"))
    assert not report.taken
    assert {item.why for item in report.items if item.fate == "refused"} == {
        "Ana Souza is no delegation: say with --by whose it is."
    }
    report = receive(made, read(FILES / "libreoffice-edited.docx"), "Mexico")

    assert sorted(wanted(report)) == [
        ("16", "Mexico", "Old ice records should be scanned."),
        ("2", "Mexico", UNITS["2"].replace("should", "shall")),
        ("7", "Mexico", UNITS["7"].replace("downstream", "downstream, free of charge")),
        ("8", "Mexico", UNITS["8"].replace("as long as possible", "at least ten years")),
        ("9", "Mexico", ""),
    ]
    assert set(fates(report)) == {"applies"}
    assert next(item.where for item in report.items if item.label == "15") == "paragraphs 15 to 18"


def test_what_somebody_writes_into_a_table_of_ours_comes_back(made: Desk) -> None:
    report = receive(made, read(FILES / "libreoffice-filled.docx"), "Algeria")

    assert wanted(report) == [
        ("2", "Algeria", UNITS["2"].replace("remote", "all")),
        ("7", "Algeria", UNITS["7"].replace("are encouraged to", "should")),
        ("9", "Algeria", ""),
    ]
    assert fates(report) == ["applies", "applies", "applies", "not understood"]


def test_a_table_without_heads_and_with_numbers_in_front_is_read_row_by_row(made: Desk) -> None:
    report = receive(made, read(FILES / "libreoffice-bare-table.docx"), "Mexico")

    assert wanted(report) == [
        ("2", "Mexico", UNITS["2"].replace("train", "train and equip")),
        ("7", "Mexico", UNITS["7"].replace("are encouraged to", "should")),
        ("9", "Mexico", ""),
        ("15", "Mexico", UNITS["15"].replace("common", "shared")),
    ]
    assert [item.old for item in report.items if item.fate == "not understood"] == ["Amendments of our delegation"]


def test_texts_that_programs_wrote_are_read(made: Desk) -> None:
    critic = receive(made, read(FILES / "libreoffice-critic.txt"), "Mexico")
    spans = receive(made, read(FILES / "pandoc-tracked.md"))
    mail = receive(made, read(FILES / "pandoc-email.txt"), "Algeria")
    brackets = receive(made, read(FILES / "pandoc-brackets.txt"))

    assert wanted(critic) == [
        ("2", "Mexico", "States parties shall train observers at stations, on land and at sea."),
        ("9", "Mexico", ""),
        ("15", "Mexico", UNITS["15"].replace("gauges", "gauges and sirens")),
    ]
    assert wanted(spans) == TRACKED
    assert wanted(mail) == [
        ("7", "Algeria", "Member States should share their forecasts and warnings with neighbours downstream."),
        ("9", "Algeria", ""),
        ("2", "Algeria", "States parties should train observers each year at all stations."),
    ]
    assert wanted(brackets) == [
        ("2", "Algeria", "States parties should train observers."),
        (
            "8",
            "Mexico",
            "States parties shall keep the records of each season for as long as possible and for at least ten years "
            "and share them on request.",
        ),
        ("8", "Algeria", UNITS["8"].replace("should", "shall")),
    ]


def test_json_that_another_program_wrote_anew_is_read(made: Desk, tmp_path: Path) -> None:
    desk = meeting(tmp_path / "m")
    desk.do_all(
        [
            {"act": "propose", "unit": "2", "by": "Côte d'Ivoire", "replace": "remote", "with": "all"},
            {"act": "propose", "kind": "new", "after": "8", "by": "Mexico", "text": "Sirens should be tested."},
        ]
    )
    told = json.loads(export(desk, Order("amendments", "json", text="recommendations")))
    report = sent(made, "\ufeff" + json.dumps(told, indent="\t", sort_keys=True).replace("\n", "\r\n"))

    assert wanted(report) == [
        ("2", "Côte d'Ivoire", UNITS["2"].replace("remote", "all")),
        ("8 bis", "Mexico", "Sirens should be tested."),
    ]


# --- words -----------------------------------------------------------------------------------------------------------

MAIL = """\
Dear colleagues,

Thank you for the draft. In recommendation 8, replace 'should' by 'shall'; after 'season' insert 'and station'. Delete
recommendation 9.

2: replace "remote" by "all"
In recommendation 15, replace 'comon standards' by 'shared rules'.
Replace 'with neighbours downstream' by 'with all neighbours'.
In recommendation 2, replace 'satellites' by 'drones'.

Kind regards,
Ana Souza
"""


def test_an_email_is_taken_sentence_by_sentence_and_its_greetings_are_told(made: Desk) -> None:
    report = sent(made, MAIL, "Mexico")

    assert wanted(report) == [
        ("8", "Mexico", UNITS["8"].replace("should", "shall").replace("season", "season and station")),
        ("9", "Mexico", ""),
        ("2", "Mexico", UNITS["2"].replace("remote", "all")),
        ("15", "Mexico", UNITS["15"].replace("common standards", "shared rules")),
        ("7", "Mexico", UNITS["7"].replace("with neighbours downstream", "with all neighbours")),
    ]
    (near,) = [item for item in report.items if item.fate == "located"]
    assert 0.9 < near.fit < 1
    assert [item.old for item in report.items if item.fate == "not understood"] == [
        "Dear colleagues,", "Thank you for the draft.", "Kind regards,", "Ana Souza",
    ]  # fmt: skip
    (conflict,) = [item for item in report.items if item.fate == "conflicts"]
    assert "satellites" in conflict.said
    assert "satellites" in conflict.why or "stand" in conflict.why


def test_a_saved_message_is_read_without_its_headers(made: Desk) -> None:
    mail = (
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: =?utf-8?q?Draft?=\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"In recommendation 2, replace =E2=80=98remote=E2=80=99 by =E2=80=98all=E2=80=99.\r\n"
    )
    report = sent(made, mail, "Mexico")

    assert report.kind == "e-mail"
    assert wanted(report) == [("2", "Mexico", UNITS["2"].replace("remote", "all"))]


def test_a_message_with_the_same_in_html_is_read_by_its_plain_words(made: Desk) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Projet – амендмент"
    message.set_content((FILES / "pandoc-email.txt").read_text("utf-8"), cte="base64")
    message.add_alternative("<p>Delete recommendation 2.</p>", subtype="html")
    report = sent(made, bytes(message), "Mexico")

    assert report.kind == "e-mail"
    assert [label for label, _, _ in wanted(report)] == ["7", "9", "2"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "### Recommendation 2\n\nStates parties {~~should~>shall~~}{>>Mexico<<} train observers at remote stations"
            "{++ and at sea++}{>>Algeria, A-3<<}.\n",
            [
                ("2", "Mexico", UNITS["2"].replace("should", "shall")),
                ("2", "Algeria", UNITS["2"].replace("stations", "stations and at sea")),
            ],
        ),
        (
            f"### Recommendation 9\n\n{{--{UNITS['9']}--}}{{>>Mexico<<}}",
            [("9", "Mexico", "")],
        ),
        (
            'States parties [should]{.deletion author="Mexico" date="2031-05-06T09:15:00Z"}'
            '[shall]{.insertion author="Mexico"} train observers at remote stations.',
            [("2", "Mexico", UNITS["2"].replace("should", "shall"))],
        ),
        (
            "Recommendation 2\n\nStates parties should train observers at [remote - original / all - Mexico; Algeria] "
            "stations.\n\nRecommendation 15\n\nStates parties should consider common standards for gauges "
            "[and sirens - Côte d'Ivoire].\n",
            [
                ("2", "Mexico", UNITS["2"].replace("remote", "all")),
                ("2", "Algeria", UNITS["2"].replace("remote", "all")),
                ("15", "Côte d'Ivoire", UNITS["15"].replace("gauges", "gauges and sirens")),
            ],
        ),
    ],
    ids=["CriticMarkup", "deleted", "pandoc", "brackets"],
)  # fmt: skip
def test_marks_and_brackets_in_plain_words(made: Desk, words: str, found: list[tuple[str, str, str]]) -> None:
    assert wanted(sent(made, words)) == found


def test_each_change_may_be_an_amendment_of_its_own(made: Desk) -> None:
    words = "Recommendation 2\n\nStates parties {~~should~>shall~~} train observers at {~~remote~>all~~} stations."

    assert wanted(sent(made, words, "Mexico")) == [
        ("2", "Mexico", "States parties shall train observers at all stations.")
    ]
    assert wanted(sent(made, words, "Mexico", each=True)) == [
        ("2", "Mexico", UNITS["2"].replace("should", "shall")),
        ("2", "Mexico", UNITS["2"].replace("remote", "all")),
    ]


def test_every_paragraph_of_a_file_is_in_the_report(made: Desk) -> None:
    words = "Hello,\n\nRecommendation 2\n\nStates parties should train observers at all stations.\n\nBye"
    report = sent(made, words, "Mexico")

    assert [item.where for item in report.items] == ["paragraph 1", "paragraphs 2 to 3", "paragraph 4"]
    assert fates(report) == ["not understood", "applies", "not understood"]
    assert [piece["fate"] for piece in report_shape(report)["pieces"]] == [item.fate for item in report.items]


# --- the text has moved on -------------------------------------------------------------------------------------------


def test_the_version_is_known_by_its_words_and_what_no_longer_stands_is_a_conflict(tmp_path: Path) -> None:
    desk = meeting(tmp_path / "m")
    desk.do_all(
        [
            {"act": "issue", "symbol": "CISR/1", "status": "non-paper"},
            {"act": "propose", "unit": "2", "by": "Mexico", "replace": "remote", "with": "distant"},
            {"act": "accept", "amendment": "A-1"},
            {"act": "propose", "unit": "8", "by": "Mexico", "replace": "season", "with": "winter"},
            {"act": "accept", "amendment": "A-2"},
            {"act": "propose", "unit": "9", "by": "Mexico", "kind": "delete"},
            {"act": "accept", "amendment": "A-3"},
            {"act": "agree", "unit": "7", "as": "agreed"},
        ]
    )
    words = (
        "Recommendation 2\n\nStates parties should train observers at {~~remote~>coastal~~} stations.\n\n"
        "Recommendation 7\n\nMember States {~~are encouraged~>should~~} to share their forecasts with neighbours "
        "downstream.\n\nRecommendation 8\n\nStates parties should keep the records of each season for "
        "{~~as long as possible~>ten years~~} and share them on request.\n\nRecommendation 9\n\n"
        "The Secretariat is invited to report on {++all ++}progress every two years.\n"
    )
    report = sent(desk, words, "Algeria")

    assert report.point == "CISR/1"
    assert fates(report) == ["conflicts", "refused", "applies", "conflicts"]
    assert "remote" in report.items[0].why
    assert "is agreed" in report.items[1].why
    assert wanted(report) == [
        (
            "8",
            "Algeria",
            "States parties should keep the records of each winter for ten years and share them on request.",
        )
    ]
    assert "no longer in the text" in report.items[3].why


def test_what_is_recorded_keeps_who_and_when_and_is_not_recorded_twice(tmp_path: Path) -> None:
    desk = meeting(tmp_path / "m")
    submission = read(FILES / "pandoc-tracked.docx")
    done, receipts = record(desk, receive(desk, submission))

    assert [item.number for item in done.items if item.number] == ["A-1", "A-2", "A-3", "A-4"]
    assert len(receipts) == 4
    assert [(a.by, a.proposed) for a in desk.state.amendments.values()] == [(by, new) for _, by, new in TRACKED]
    assert desk.state.find_amendment("A-1").reason == "Marked on 6 May 2031 in pandoc-tracked.docx."
    again = receive(desk, submission)
    assert not again.taken
    assert fates(again).count("already tabled") == 4


def test_pieces_may_be_left_and_others_recordings_are_seen_first(tmp_path: Path) -> None:
    desk = meeting(tmp_path / "m")
    report = sent(desk, MAIL, "Mexico")
    other = Desk.open(tmp_path / "m")
    other.do({"act": "propose", "unit": "1", "by": "Algeria", "replace": "loss", "with": "decay"})
    with pytest.raises(BadInput, match="Look at it again"):
        record(desk, report)
    report = sent(desk, MAIL, "Mexico")
    place = next(place for place, item in enumerate(report.items) if item.label == "9")
    record(desk, report, [place])

    assert [(a.unit, a.by) for a in desk.state.amendments.values()] == [
        (desk.state.find_unit("1")[1].id, "Algeria"),
        (desk.state.find_unit("9")[1].id, "Mexico"),
    ]


# --- out and in ------------------------------------------------------------------------------------------------------

ROUND = [("amendments", "json"), ("compilation", "docx"), ("compilation", "md"), ("compilation", "txt"),
         ("table", "docx")]  # fmt: skip


def _tabled(desk: Desk) -> list[tuple[str, str, str]]:
    return sorted((a.unit, a.by, a.proposed) for a in desk.state.amendments.values())


@pytest.mark.parametrize("seed", range(4))
def test_what_goes_out_comes_in_as_the_same_amendments(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    desk, requests = meeting(tmp_path / "out"), []
    names = ["Mexico", "Algeria", "Côte d'Ivoire", "European Union"]
    for unit in dice.sample(sorted(UNITS), 4):
        for by in dice.sample(names, dice.choice([1, 1, 2])):
            words = UNITS[unit].rstrip(".").split()
            place = dice.randrange(2, len(words) - 1)
            change = dice.choice(["put", "take", "swap"])
            words[place : place + (change != "put")] = (
                [] if change == "take" else [f"novel{place}", by.split()[0].lower()]
            )
            requests.append({"act": "propose", "unit": unit, "by": by, "text": " ".join(words) + "."})
    desk.do_all(requests)
    for kind, form in ROUND:
        twin = meeting(tmp_path / f"{kind}{form}")
        data = export(desk, Order(kind, form, text="recommendations"))
        record(twin, sent(twin, data))
        assert _tabled(twin) == _tabled(desk), (kind, form)
        twin.close()


def test_a_list_of_amendments_brings_every_kind_of_amendment(tmp_path: Path) -> None:
    desk = meeting(tmp_path / "out")
    desk.do_all(
        [
            {"act": "propose", "kind": "new", "after": "2", "by": "Mexico", "text": "Sirens should be tested."},
            {"act": "propose", "unit": "9", "kind": "move", "after": "1", "by": "Algeria", "reason": "It is early."},
            {"act": "propose", "unit": "8", "kind": "split", "by": "Mexico", "parts": ["Keep records.", "Share them."]},
            {"act": "propose", "unit": "7", "kind": "merge", "units": ["15"], "by": "Mexico", "text": "All in one."},
            {"act": "propose", "kind": "heading", "section": "B", "text": "Archives", "by": "Algeria"},
            {"act": "propose", "kind": "alt", "unit": "1", "text": "Records matter.", "by": "European Union"},
            {
                "act": "propose",
                "unit": "2",
                "by": "Mexico",
                "replace": "remote",
                "with": "all",
                "sponsors": ["Algeria"],
            },
            {"act": "propose", "amends": "A-7", "by": "European Union", "replace": "all", "with": "most"},
        ]
    )
    twin = meeting(tmp_path / "in")
    record(twin, sent(twin, export(desk, Order("amendments", "json", text="recommendations"))))

    def told(one: Desk) -> list[tuple[object, ...]]:
        return [
            (
                a.number,
                a.kind,
                a.by,
                a.sponsors,
                a.label,
                a.proposed,
                a.section,
                a.parts,
                a.units,
                a.reason,
                bool(a.parent),
            )
            for a in one.state.amendments.values()
        ]

    assert told(twin) == told(desk)


def test_a_redline_in_word_comes_back_as_the_amendments_that_made_it(tmp_path: Path) -> None:
    desk, twin = meeting(tmp_path / "out"), meeting(tmp_path / "in")
    desk.do_all(
        [
            {"act": "propose", "unit": "2", "by": "Mexico", "replace": "remote", "with": "all"},
            {"act": "propose", "unit": "9", "by": "Algeria", "kind": "delete"},
            {"act": "propose", "unit": "15", "kind": "move", "after": "1", "by": "European Union"},
            {"act": "propose", "kind": "new", "after": "8", "by": "Mexico", "text": "Sirens should be tested."},
            *({"act": "accept", "amendment": f"A-{number}"} for number in (1, 2, 3, 4)),
        ]
    )
    report = sent(twin, export(desk, Order("redline", "docx", text="recommendations")))

    assert sorted((item.label, item.by, item.said) for item in report.taken) == [
        ("15", "European Union", "to move it after 1"),
        ("2", "Mexico", "to replace “remote” by “all”"),
        ("8 bis", "Mexico", "a new recommendation 8 bis"),
        ("9", "Algeria", "to delete it"),
    ]
    record(twin, report)
    assert len(twin.state.amendments) == 4
