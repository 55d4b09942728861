"""A strict reader of the website, and of papers that are pages: whatever a browser would mend in silence, or a screen
reader stumble over, fails."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

VOID = {"meta", "link", "br", "img"}
PHRASE = {"a", "b", "bdi", "span", "ins", "del", "code", "time", "i", "sup", "br", "img"}
INSIDE = {
    "li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "tr": {"thead", "tbody"}, "td": {"tr"}, "th": {"tr"},
    "thead": {"table"}, "tbody": {"table"}, "caption": {"table"}, "main": {"body"}, "title": {"head"},
}  # fmt: skip
ONLY_PHRASES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "bdi", "span", "ins", "del", "caption", "b", "code"}
ALLOWED = PHRASE | set(INSIDE) | {
    "html", "head", "body", "meta", "link", "style", "header", "footer", "nav", "ul", "ol", "main", "div", "p", "dl",
    "section", "article", "table", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip


class Page(HTMLParser):
    """A page read strictly; `words` is what it says, `ids`, `links`, `headings` and `landmarks` what it has."""

    def __init__(self, source: str, *, footer: bool = True) -> None:
        super().__init__(convert_charrefs=True)
        assert source.startswith("<!DOCTYPE html>\n<html lang=")
        self.open, self.ids, self.links, self.headings, self.landmarks = [], [], [], [], []
        self.parts = []
        self.saying = []  # which of `says` are being said: how deep they are, and their place
        self.words, self.heard, self.labelled, self.tables, self.says = "", "", [], [], []
        self.feed(source)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids)), "an id twice"
        assert set(self.labelled) <= set(self.ids)
        assert self.landmarks.count("main") == self.landmarks.count("header") == 1
        assert self.landmarks.count("footer") == footer
        assert self.headings.count(1) == 1
        assert self.headings[0] == 1
        for before, after in zip(self.headings, self.headings[1:], strict=False):
            assert after <= before + 1, f"h{after} behind h{before}"
        assert all(("caption" in table or "labelled" in table) and "col" in table for table in self.tables)
        assert all(said.strip() for said in self.says), "a link, heading or title that says nothing"

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED, tag
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        assert not any(name.startswith("on") or name == "style" for name in names)
        given = dict(attrs)
        above = [name for name, _ in self.open]
        if tag in INSIDE:
            assert above[-1] in INSIDE[tag], f"{tag} in {above[-1]}"
        if any(name in ONLY_PHRASES for name in above):
            assert tag in PHRASE, f"{tag} in {above}"
        assert not (tag == "a" and "a" in above)
        if tag == "html":
            assert re.fullmatch(r"[A-Za-z-]+", given["lang"])
            assert given["dir"] in ("ltr", "rtl")
        if "id" in given:
            assert given["id"]
            assert not re.search(r"\s", given["id"])
            self.ids.append(given["id"])
        for name in ("href", "src", "cite"):
            if name in given:
                self.links.append(given[name])
        self.labelled += given.get("aria-labelledby", "").split()
        if tag in ("nav", "section") or given.get("role") == "region":
            name = given.get("aria-label") or given.get("aria-labelledby")
            assert name, f"{tag} without a name"
            part = ("nav" if tag == "nav" else "region", name)
            assert part not in self.parts, f"two parts of the page are called {name}"
            self.parts.append(part)
        if tag in ("main", "header", "footer"):
            self.landmarks.append(tag)
        if tag == "img":
            assert given.get("alt") is not None
        if tag == "table":
            self.tables.append({"labelled"} if any("aria-labelledby" in one for _, one in self.open) else set())
        if tag == "caption":
            self.tables[-1].add("caption")
        if tag == "th":
            assert given["scope"] in ("col", "row")
            self.tables[-1].add(given["scope"])
        if tag in ("a", "title", "h1", "h2", "h3", "h4", "h5", "h6"):
            self.says.append("")
            self.saying.append((len(self.open), len(self.says) - 1))
        if tag[:1] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag):
        assert self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1]}"
        self.open.pop()
        if self.saying and self.saying[-1][0] == len(self.open):
            self.saying.pop()

    def handle_data(self, data):
        for _, place in self.saying:
            self.says[place] += data
        self.heard += data
        if not any("vh" in given.get("class", "").split() for _, given in self.open):
            self.words += data


def check_site(folder: Path) -> dict[str, Page]:
    """Every page of the site, read strictly; every link leads to something in the site."""
    pages = {}
    for place in sorted(folder.rglob("*.html")):
        try:
            pages[place.relative_to(folder).as_posix()] = Page(place.read_text("utf-8"))
        except AssertionError as error:
            raise AssertionError(f"{place.name}: {error}") from error
    for path, page in pages.items():
        for link in page.links:
            assert not re.match(r"[a-z]+:|/", link), f"{path} leads out of the site: {link}"
            target, _, anchor = link.partition("#")
            to = (folder / path).parent / unquote(target) if target else folder / path
            assert to.is_file(), f"{path}: {link}"
            assert to.resolve().is_relative_to(folder.resolve())
            if anchor:
                assert unquote(anchor) in pages[to.resolve().relative_to(folder.resolve()).as_posix()].ids, link
    return pages
