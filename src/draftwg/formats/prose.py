"""Reading a whole report or a plain paper: which blocks are headings, which are units, which are neither."""

from collections import Counter

from draftwg.formats.blocks import Block, prose_blocks
from draftwg.formats.draft import Draft
from draftwg.formats.headings import (
    NOUNS,
    heading_like,
    is_annex,
    is_final,
    is_sub,
    lettered,
    numbered,
    plain_sub,
    roman,
    strip_emphasis,
    unit_heading,
)
from draftwg.formats.outline import Found, Node, Outline, draft_of

MAX_PLAIN_HEADING = 120
MAX_GAP = 3  # this many numbers may be missing in a row (deleted paragraphs) before a number is no longer the next


def read_prose(source: str, name: str) -> Draft:
    """Read a plain text; `name` is for messages. BadInput where no unit is found or a label stands twice."""
    blocks, furniture = prose_blocks(source)
    return read_blocks(blocks, furniture, name)


def read_blocks(blocks: list[Block], furniture: list[Block], name: str) -> Draft:
    """Read blocks in order: by headings of units where there are any, else by running numbers."""
    noun = _noun(blocks)
    walk = _Walk(blocks, noun)
    walk.outline.furniture = furniture
    walk.run()
    return draft_of(walk.outline, name)


def _noun(blocks: list[Block]) -> str:
    """What most units are called, counting each label once; "" where there is no heading of a unit."""
    headings = {head[:2] for block in blocks if (head := unit_heading(block.text))}
    order = list(NOUNS)
    counts = Counter(noun for noun, _ in headings)
    return max(counts, key=lambda noun: (counts[noun], -order.index(noun)), default="")


class _Walk:
    """One pass over the blocks; `section` and `unit` are the ones open now, `count` is the last running number."""

    def __init__(self, blocks: list[Block], noun: str) -> None:
        self.blocks = blocks
        self.by_heading = bool(noun)
        self.outline = Outline(noun or "paragraph")
        self.section = self.outline.root
        self.unit: Found | None = None
        self.count: int | None = None  # None until the first numbered paragraph
        self.item = 0  # the last number of a list inside the open unit or paragraph
        self.item_gap = False
        self.front: list[Block] = []

    def run(self) -> None:
        for place, block in enumerate(self.blocks):
            if not (self._as_unit(place, block) or self._as_section(place, block) or self._as_number(place, block)):
                self._as_text(block)
        self._settle_title()

    # Headings of units

    def _as_unit(self, place: int, block: Block) -> bool:
        head = unit_heading(block.text) if self.by_heading else None
        if head is None:
            return False
        if head.noun != self.outline.noun:
            if head.rest:
                return False
            self._open_section(Node("", strip_emphasis(block.text), f"noun {head.noun}"), block)
            return True
        self._open_unit(head.label, head.rest, block)
        return True

    def _open_unit(self, label: str, words: str, block: Block) -> None:
        self.unit = Found(label, block.lines[0], block.level)
        self.section.units.append(self.unit)
        self.item = 0
        if words:
            self._add(words, block)

    def _add(self, words: str, block: Block) -> None:
        unit = self.unit
        assert unit is not None
        unit.paragraphs.append(plain_sub(words))
        unit.lines.extend(block.lines)

    # Sections

    def _as_section(self, place: int, block: Block) -> bool:
        if block.level:
            return self._as_marked_section(place, block)
        if is_annex(block.text):
            self._open_section(Node("", strip_emphasis(block.text), "annex"), block)
            return True
        if found := lettered(block.text):
            scheme = self._scheme(found[0])
            if scheme and (block.gap or self.unit is None):
                self._open_section(Node(*found, scheme), block)
                return True
        if block.gap and self._plain_heading(place, block):
            if self.front or self.outline.root.children:
                self._open_section(Node("", strip_emphasis(block.text), "plain"), block)
            else:
                self.front.append(block)
            return True
        return False

    def _as_marked_section(self, place: int, block: Block) -> bool:
        """A heading of Markdown, or a line wholly in bold."""
        unit = self.unit
        if block.level == 7 and not (heading_like(strip_emphasis(block.text)) and self._unit_begins(place + 1)):
            return False
        if unit is not None and 0 < unit.level < block.level:
            return False
        words = strip_emphasis(block.text)
        number, title = lettered(words) or numbered(words) or ("", words)
        self._open_section(Node(number, title, f"#{block.level}"), block)
        return True

    def _scheme(self, token: str) -> str:
        """How a heading is numbered: "I." is a letter behind H., else a Roman numeral; "" where it is neither."""
        if token[0].isdigit():
            return f"decimal {token.count('.')}"
        last_letter = self._last("letter")
        last_roman = self._last("roman")
        as_letter = len(token) == 1 and ord(token) - ord("A") == (ord(last_letter) - ord("A") + 1 if last_letter else 0)
        value = roman(token)
        as_roman = bool(value) and value == (roman(last_roman) if last_roman else 0) + 1
        if as_letter or as_roman:
            return "letter" if as_letter else "roman"
        if len(token) > 1 or (last_roman and value > roman(last_roman)):
            return "roman" if value else ""
        return "letter"

    def _last(self, scheme: str) -> str:
        """The number of the open section, or the one before at its level, that is numbered so."""
        return next((node.number for node in self.section.chain() if node.scheme == scheme), "")

    def _open_section(self, node: Node, block: Block) -> None:
        parent = self.section
        if node.scheme.startswith("#"):
            while parent.scheme.startswith("#") and int(parent.scheme[1:]) >= int(node.scheme[1:]) and parent.parent:
                parent = parent.parent
        else:
            same = next((above for above in self.section.chain() if above.scheme == node.scheme), None)
            outermost = node.scheme == "annex"
            parent = self.outline.root if outermost else (same.parent if same and same.parent else parent)
        node.parent, node.line = parent, block.lines[0]
        parent.children.append(node)
        self.section, self.unit, self.item = node, None, 0

    def _plain_heading(self, place: int, block: Block) -> bool:
        """Whether a block without number is a heading: short, set off, right before the first words of a unit."""
        words = strip_emphasis(block.text)
        set_off = heading_like(words) and len(words) <= MAX_PLAIN_HEADING and not is_sub(words) and not numbered(words)
        finished = self.unit is None or not self.unit.paragraphs or is_final(self.unit.paragraphs[-1])
        return set_off and finished and self._unit_begins(place + 1)

    def _unit_begins(self, place: int) -> bool:
        """Whether the block at `place` begins a unit."""
        if place >= len(self.blocks):
            return False
        block = self.blocks[place]
        if self.by_heading:
            head = unit_heading(block.text)
            return head is not None and head.noun == self.outline.noun
        found = numbered(block.text)
        return found is not None and found[0] == str((self.count or 0) + 1)

    # Running numbers

    def _as_number(self, place: int, block: Block) -> bool:
        found = numbered(block.text)
        if found is None:
            return False
        label, words = found
        number, suffixed = int(label.split()[0]), " " in label
        if not suffixed and self._numbers_section(place, block, number):
            self._open_section(Node(label, words, "digit"), block)
            return True
        if self._in_list(place, block, number, suffixed):
            self.item, self.item_gap = number, block.gap
            return False
        if not self._next_in_count(number, suffixed, block):
            return False
        self.count = number
        if self.by_heading:  # a numbered paragraph of the report stands between the units and ends the one before
            self.unit, self.item = None, 0
            self.outline.outside.append((block, self.section))
        else:
            self._open_unit(label, words, block)
        return True

    def _next_in_count(self, number: int, suffixed: bool, block: Block) -> bool:
        if self.count is None:
            return self.unit is None
        if suffixed:
            return number == self.count
        if number == 1 and self.unit is None:
            return not self.by_heading
        return number == self.count + 1 or (block.gap and self.count < number <= self.count + 1 + MAX_GAP)

    def _numbers_section(self, place: int, block: Block, number: int) -> bool:
        """Whether "1. Words" is a heading: no sentence, next number among its like, right before a unit."""
        if block.level or not heading_like(block.text) or not block.gap:
            return False
        expected = int(self._last("digit") or 0) + 1
        if self.by_heading:
            return number == expected and (
                self._unit_begins(place + 1) or (self.unit is None and self._unit_begins(place + 2))
            )
        if self._unit_begins(place + 1):
            return number == expected
        followed_by_words = place + 1 < len(self.blocks) and numbered(self.blocks[place + 1].text) is None
        return number == expected and self.unit is None and number != (self.count or 0) + 1 and followed_by_words

    def _in_list(self, place: int, block: Block, number: int, suffixed: bool) -> bool:
        """Whether a number belongs to a list inside the open unit, not to the running count."""
        if suffixed or (self.unit is None and (self.by_heading or self.count is None)):
            return False
        following = None if self.count is None else self.count + 1
        if number == 1 and following != 1:
            return self.unit is not None
        if not self.item or number != self.item + 1:
            return False
        if number != following:
            return True
        after = self._after_run(place, number)  # the number is next in both
        return after == following or (not block.gap and after is None and not self.item_gap)

    def _after_run(self, place: int, number: int) -> int | None:
        """The first number behind the run number, number + 1, … that begins at `place`; None at the end."""
        for block in self.blocks[place:]:
            found = numbered(block.text)
            if found is None or " " in found[0]:
                continue
            if int(found[0]) != number:
                return int(found[0])
            number += 1
        return None

    # All else

    def _as_text(self, block: Block) -> None:
        if self.unit is not None:
            self._add(block.text, block)
            return
        before_all = self.section is self.outline.root and not self.section.units
        if before_all and heading_like(block.text) and ":" not in block.text and not block.text[0].isdigit():
            self.front.append(block)
        else:
            self.outline.outside.append((block, self.section))

    def _settle_title(self) -> None:
        """The last heading before everything is the title of the paper, unless only it could be the first section."""
        root = self.outline.root
        plain = [node for node in root.children if node.scheme == "plain"]
        if len(plain) == 1 and len(root.children) == 1 and not root.units and self.front:
            only = plain[0]  # it stood right over the first unit, and no other heading of its kind followed
            self.front.append(Block((only.line,), only.title, True))
            root.children, root.units = only.children, only.units
            for child in root.children:
                child.parent = root
        if self.front:
            title = self.front.pop()
            self.outline.title, self.outline.title_line = strip_emphasis(title.text), title.lines[0]
        self.outline.outside.extend((block, root) for block in self.front)
