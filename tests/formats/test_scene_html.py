"""The projection's page: words stay words, right to left and Chinese as they go, contrast in every scheme."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from draftwg.formats.scene import Mark, Scene, SceneAmendment, Span
from draftwg.formats.scene_html import event, policy, scene_page, scene_parts
from draftwg.formats.scene_style import STYLE

WORDS = (
    Span("States "), Span("should", Mark.DELETED, here=True), Span("shall", Mark.INSERTED),
    Span(" (Mexico)", Mark.NAMES), Span(" act."),
)  # fmt: skip
SCENE = Scene("Meeting", "Text", "Recommendation 8", status="1 pending", view="redline", paragraphs=(WORDS,),
              amendments=(SceneAmendment(1, "A-3", "Mexico", "", "to replace", chosen=True),))  # fmt: skip
HOSTILE = "<script>alert(1)</script> & \"x\" 'y' \u202e\x1b[2J </style> --> &lt;b&gt;\nevent: x\ndata: y"


class Reader(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_page_says_what_is_before_the_room() -> None:
    page = read(scene_page(SCENE, "12:58"))
    words = " ".join(" ".join(page.words).split())

    for told in ("Recommendation 8", "1 pending", "12:58", "A-3", "Mexico", "to replace", "redline"):
        assert told in words
    assert "[deletion start] should [deletion end] [insertion start] shall [insertion end]" in words
    assert ("li", {"class": "chosen", "aria-current": "true"}) in page.tags


@pytest.mark.parametrize("where", ["meeting", "name", "status", "drafting", "ruling", "symbol", "section", "view"])
def test_hostile_words_are_words(where: str) -> None:
    hostile = replace(SCENE, **{where: HOSTILE}, paragraphs=((Span(HOSTILE), Span(HOSTILE, Mark.NAMES, here=True)),))
    hostile = replace(hostile, amendments=(SceneAmendment(1, HOSTILE, HOSTILE, HOSTILE, HOSTILE),), notes=(HOSTILE,))
    plain = {tag for tag, _ in read(scene_page(SCENE, "12:58", live=True)).tags}
    page = scene_page(hostile, "12:58", live=True)

    assert {tag for tag, _ in read(page).tags} <= plain | {"i", "p"}
    assert page.count("<script") == 1 and "\x1b" not in page and "\u202e" not in page
    told = event("scene", scene_parts(hostile)).decode()
    assert told.count("\n") == 3 and told.startswith("event: scene\ndata: {") and told.endswith("}\n\n")
    assert json.loads(told.split("data: ", 1)[1]) == scene_parts(hostile)


def test_arabic_goes_from_right_to_left_also_behind_a_bracket_and_names_keep_their_own() -> None:
    spans = (Span("[", Mark.SIGN), Span("الأمانة"), Span(" - Mexico", Mark.NAMES), Span("]", Mark.SIGN))
    page = scene_page(replace(SCENE, language="ar", direction="rtl", paragraphs=(spans, (Span("OINIS."),))), "12:58")

    assert '<p lang="ar" dir="rtl">' in page and '<p lang="ar" dir="auto">OINIS.' in page
    assert '<bdi class="names">Mexico</bdi>' in page


def test_letters_are_as_large_as_the_words_allow() -> None:
    def size(words: str) -> int:
        return int(re.search(r'class="size(\d+)"', scene_page(replace(SCENE, paragraphs=((Span(words),),)), ""))[1])  # type: ignore[index]

    assert size("word " * 5) > size("word " * 100) > size("word " * 1000) == 0
    assert size("各国" * 60) < size("abcd" * 30), "a Chinese sign is as wide as two letters"


def test_what_stands_still_or_is_being_drafted_is_announced() -> None:
    frozen = replace(SCENE, frozen="2031-05-06T12:58:00+02:00", ruling="x")
    assert "drafting … · the text as at 12:58" in scene_page(frozen, "13:00")
    away = scene_page(replace(frozen, away=True), "13:00")
    assert "drafting" not in away and "the text as at 12:58" in away
    typed = scene_page(replace(SCENE, drafting="Mexico · amendment"), "12:58")
    assert "being drafted" in typed and 'aria-live="off"' in typed
    assert "A-3 accepted" in scene_page(replace(SCENE, ruling="A-3 accepted"), "12:58")


def test_a_page_by_itself_needs_no_script_and_a_live_one_allows_only_its_own() -> None:
    alone = scene_page(SCENE, "12:58", every=1)
    assert "<script" not in alone and '<meta http-equiv="refresh" content="1">' in alone
    assert "refresh" not in scene_page(SCENE, "12:58")
    live = scene_page(SCENE, "12:58", live=True)
    assert "<noscript><meta" in live and "style=" not in live and "onclick" not in live
    assert policy().startswith("default-src 'none'") and "unsafe" not in policy()


def test_colours_stand_out_at_seven_to_one_in_every_scheme() -> None:
    """WCAG 2.2, 1.4.6."""

    def luminance(colour: str) -> float:
        full = "".join(sign * 2 for sign in colour[1:]) if len(colour) == 4 else colour[1:]
        parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    schemes = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", part)) for part in STYLE.split(":root {")[1:]]
    schemes = [schemes[0], schemes[1], {**schemes[0], **schemes[2]}, {**schemes[1], **schemes[3]}]
    pairs = [(one, "ground") for one in ("text", "muted", "accent", "insert", "delete")]
    pairs += [("text", "bar"), ("muted", "bar"), ("held-text", "held"), ("good-text", "good")]
    for scheme in schemes:
        for one, other in pairs:
            light, dark = sorted((luminance(scheme[one]), luminance(scheme[other])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 7, (one, other, scheme[one])
