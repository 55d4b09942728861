import re
from html.parser import HTMLParser

import pytest

from draftwg.formats.html import redline_html
from draftwg.formats.redlines import Credit, RedlineSection, RedlineUnit
from draftwg.hygiene import visible
from formats.redline_samples import CHANGED, NEW, SAME, P, generated, sample

VOID = {"meta"}


class Page(HTMLParser):
    """Reads a page strictly: every tag closed in order; collects what the tests ask for."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.ids, self.hrefs, self.headings = [], [], [], [], []
        self.units, self.says = [], ""
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if "id" in attrs:
            self.ids.append(attrs["id"])
        self.hrefs += [value[1:] for key, value in attrs.items() if key in ("href", "cite")]
        self.hrefs += attrs.get("aria-labelledby", "").split()
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "words" in attrs.get("class", "").split():
            self.units.append({"old": [], "new": []})
        if tag == "p" and self.inside("words"):
            self.ends = {"old": True, "new": True}
            for side in ("old", "new"):
                self.units[-1][side].append("")
        if "break" in attrs.get("class", "").split():
            self.ends = {"old": tag == "del", "new": tag == "ins"}
        if tag not in VOID:
            self.open.append((tag, attrs))

    def handle_endtag(self, tag):
        assert self.open[-1][0] == tag
        if tag == "p" and self.inside("words"):
            for side in ("old", "new"):
                self.units[-1][side].append("\n" if self.ends[side] else "")
        self.open.pop()

    def inside(self, name):
        return any(name in attrs.get("class", "").split() for _, attrs in self.open)

    def handle_data(self, data):
        tags = [tag for tag, _ in self.open]
        if "style" in tags:
            return
        self.says += data
        if self.inside("words") and "p" in tags and not any(map(self.inside, ("vh", "ref", "break"))):
            sides = [side for side, hidden in (("old", "ins"), ("new", "del")) if hidden not in tags]
            for side in sides:
                self.units[-1][side].append(data)


def words(unit, side):
    """The words of one side; the end of the last paragraph is no line end."""
    parts = unit[side]
    return "".join(parts[:-1]) if parts and parts[-1] == "\n" else "".join(parts)


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("attributed", [True, False])
def test_hostile_redlines_make_whole_pages_that_give_back_both_texts(seed, attributed):
    redline = generated(seed)
    source = redline_html(redline, attributed=attributed)
    page = Page(source)
    assert [words(unit, "old") for unit in page.units] == [trimmed(unit, "old") for unit in redline.units]
    assert [words(unit, "new") for unit in page.units] == [trimmed(unit, "new") for unit in redline.units]
    assert len(page.ids) == len(set(page.ids))
    assert set(page.hrefs) <= set(page.ids)
    assert not {"script", "link", "img", "iframe", "b", "i"} & {tag for tag, _ in page.tags}
    assert not re.search(r' (?:src|href|action)="(?!#)|url\(|@import', source)
    assert "\x1b" not in source
    assert page.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def trimmed(unit, side):
    """The words as a page can show them; a line end at the very end of the unit opens no further paragraph."""
    text = visible(getattr(unit, side))
    return text[:-1] if unit.pieces[-1].text.endswith("\n") and text.endswith("\n") else text


class TestPage:
    page = Page(redline_html(sample()))
    source = redline_html(sample())

    def attrs(self, tag):
        return [attrs for name, attrs in self.page.tags if name == tag]

    def test_changes_name_their_proposer_and_lead_to_the_list(self):
        assert {"cite": "#c-A-2", "datetime": "2031-03-03T10:15:00+01:00"} in self.attrs("del")
        assert {"cite": "#c-A-2", "datetime": "2031-03-03T10:15:00+01:00"} in self.attrs("ins")
        assert {"cite": "#c-A-3", "datetime": "2031-03-04"} in self.attrs("ins")
        assert 'href="#c-A-2"><span class="vh">proposed by </span><bdi>Mexico; Peru</bdi> <bdi>A-2</bdi>' in self.source
        assert {attrs["id"] for attrs in self.attrs("tr") if "id" in attrs} == {"c-A-2", "c-A-3"}
        assert "3 March 2031, 10:15" in self.page.says
        assert "to replace “yearly” by “monthly”" in self.page.says

    def test_change_over_several_paragraphs_is_credited_once(self):
        assert self.source.count("<bdi>Chile</bdi> <bdi>A-3</bdi>") == 1

    def test_changes_are_announced_in_words(self):
        assert (
            '<del cite="#c-A-2" datetime="2031-03-03T10:15:00+01:00"><span class="vh">[deletion start]</span>yearly'
            in (self.source)
        )
        for name in ("insertion", "deletion"):
            assert self.page.says.count(f"[{name} start]") == self.page.says.count(f"[{name} end]") > 0

    def test_landmarks_skip_link_and_changed_units(self):
        tags = [tag for tag, _ in self.page.tags]
        assert [tags.count(tag) for tag in ("header", "main", "nav", "table", "h1")] == [1, 1, 1, 1, 1]
        assert self.attrs("a")[0]["href"] == "#text"
        assert [attrs["id"] for attrs in self.attrs("article") if "id" in attrs] == ["u-1", "u-2-bis", "u-3"]
        steps = [attrs["href"] for attrs in self.attrs("a") if "aria-label" in attrs]
        assert steps == ["#u-2-bis", "#u-1", "#u-3", "#u-2-bis"]

    def test_masthead(self):
        for said in ("Panel on Harbours", "Basel", "3 and 4 March 2031", "LAKE/PAN/2031/4", "the text now"):
            assert said in self.page.says
        assert "3 of 5 recommendations changed; 3 changes: 3 words in, 2 out." in self.page.says

    def test_without_attribution_no_name_is_told(self):
        source = redline_html(sample(), attributed=False)
        for name in ("Mexico", "A-2", "cite", "<table"):
            assert name not in source

    def test_only_changes_fold_the_rest(self):
        page = Page(redline_html(sample(), only_changes=True))
        assert "by night" not in page.says
        assert "Unchanged: Recommendation 2." in page.says
        assert len(page.units) == 3


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("zh", "ltr"), ("en", "ltr")])
def test_language_and_direction(language, direction):
    source = redline_html(sample(language=language, direction=direction))
    page = Page(source)
    assert ("html", {"lang": language, "dir": direction}) in page.tags
    own = [attrs for tag, attrs in page.tags if tag in ("nav", "table", "span", "section") and attrs.get("lang")]
    assert bool(own) == (language != "en")
    assert all(attrs["lang"] == "en" and attrs["dir"] == "ltr" for attrs in own)


def test_unit_keeps_the_direction_of_its_script():
    units = (
        RedlineUnit("1", "", "same", (P("=", "UNODC مدعو"),)),
        RedlineUnit("2", "", "same", (P("=", "UNODC only"),)),
    )
    source = redline_html(sample(sections=(RedlineSection("", 1, units),), language="ar", direction="rtl"))
    assert [attrs["dir"] for _, attrs in Page(source).tags if attrs.get("class") == "words"] == ["rtl", "auto"]


def test_line_ends_that_changed_show_a_sign():
    joined = RedlineUnit("1", "", "changed", (P("=", "One"), P("-", "\n"), P("+", " "), P("=", "two.")))
    source = redline_html(sample(sections=(RedlineSection("", 1, (joined, NEW)),)))
    assert source.count("¶") == 1
    assert "[deletion of a line end]" in source


def test_times_that_are_none_do_not_become_attributes():
    credits = {"A-2": Credit("Mexico", "A-2", when="yesterday"), "A-3": Credit("Chile", "A-3", when="2031-03-03T10:15")}
    source = redline_html(sample(credits=credits))
    assert "datetime=" not in source
    assert "<td>yesterday</td>" in source


def test_text_without_changes_says_so():
    page = Page(redline_html(sample(sections=(RedlineSection("", 1, (SAME,)),))))
    assert "No changes." in page.says
    assert [tag for tag, _ in page.tags if tag in ("nav", "table")] == []


def test_changes_of_one_credit_in_two_units_share_a_row():
    again = RedlineUnit("7", "Recommendation 7", "changed", CHANGED.pieces)
    source = redline_html(sample(sections=(RedlineSection("", 1, (CHANGED, again)),)))
    assert source.count('<tr id="c-A-2"') == 1
    assert (
        '<a href="#r-A-2"><bdi>Recommendation 1</bdi></a>, <a href="#r-A-2_2"><bdi>Recommendation 7</bdi></a>' in source
    )


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_keep_the_contrast_of_wcag_aa():
    source = redline_html(sample())
    for block in re.findall(r":root \{([^}]*)\}", source):
        colours = {name: value if len(value) == 7 else "#" + "".join(2 * c for c in value[1:])
                   for name, value in re.findall(r"--(\w+): (#\w+);", block)}  # fmt: skip
        for paper in ("paper", "tint"):
            for ink in ("ink", "soft", "ins", "del", "link"):
                light, dark = sorted((luminance(colours[paper]), luminance(colours[ink])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (paper, ink)
