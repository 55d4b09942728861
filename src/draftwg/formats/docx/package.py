"""The zip of a .docx and the XML in it, read under limits and written in one fixed order.

What is outside the limits is refused in one line before it can cost memory or time: a zip bomb, an encrypted or
damaged file, a document type declaration (and with it every entity), XML that is too deep. Nothing is ever unpacked to
the disk, and nothing outside the package is fetched. The limits are those of `docs/formats.md`.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from draftwg.errors import BadInput

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 32 * 1024 * 1024
MOST_MEMBERS = 2_000
GREATEST_RATIO = 200
FREE_OF_RATIO = 1024 * 1024
DEEPEST = 256
MOST_ELEMENTS = 400_000
MOST_ATTRIBUTES = 200
LONGEST_ATTRIBUTE = 64 * 1024
LONGEST_NAME = 256
OWN = 20
"""How many times larger what draftwg made itself may be."""

_DIRECTORY = 1024 * 1024
_CHUNK = 64 * 1024
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, OverflowError, RuntimeError,
    ValueError,
)  # fmt: skip

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PREFIXES: Mapping[str, str] = {
    W: "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    R: "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""What the names of elements and attributes begin with in our trees: "w:p" whether transitional or strict."""

_OFFICE = "officeDocument"
_MAIN_TYPES = ("wordprocessingml.document.main", "wordprocessingml.template.main", "ms-word.document.macroEnabled.main",
               "ms-word.template.macroEnabledTemplate.main")  # fmt: skip


class Package:
    """An opened .docx: its parts, read when asked for, within one allowance for all."""

    def __init__(self, data: bytes, name: str, *, own: bool = False) -> None:
        """Open. BadInput, naming the file, where it is no .docx or beyond the limits; our `own` files may be larger."""
        self.name = name
        self.slack = OWN if own else 1
        self._left = LARGEST_UNPACKED * self.slack
        if len(data) > LARGEST_FILE * self.slack:
            raise BadInput(f"{name} is larger than 10 MiB.", "Take out pictures and what is not text.")
        _look(data, name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise self._damaged() from None
        self._members = self._checked()
        self.macros = any(path.endswith("vbaproject.bin") for path in self._members)
        self.main = self._main_part()
        self.relations = self.relations_of(self.main)

    def has(self, path: str) -> bool:
        """Whether there is such a part; names differ by more than case (ECMA-376-2, 6.2)."""
        return path.casefold() in self._members

    def xml(self, path: str) -> Element:
        """The root element of a part. BadInput where it is missing, too large, or no XML that we take."""
        return parse_xml(self._read(path), f"{self.name} ({path})", self.slack)

    def part(self, kind: str) -> str:
        """The path of the main part's relation of this kind ("styles", "comments"), "" where there is none."""
        return next((path for name, path in self.relations.values() if name == kind), "")

    def relations_of(self, path: str) -> dict[str, tuple[str, str]]:
        """The relations of a part inside the package, by id: kind and path. What leads outside is left out."""
        folder, _, leaf = path.rpartition("/")
        place = f"{folder}/_rels/{leaf}.rels".lstrip("/")
        if not self.has(place):
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in self.xml(place):
            target = relation.get("Target", "")
            if relation.tag != "rel:Relationship" or relation.get("TargetMode") == "External" or not target:
                continue
            inside = normpath(target.lstrip("/") if target.startswith("/") else join(dirname(path), target))
            if not inside.startswith(".."):
                found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], inside)
        return found

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        members: dict[str, zipfile.ZipInfo] = {}
        infos = self._zip.infolist()
        if len(infos) > MOST_MEMBERS:
            raise BadInput(f"{self.name} has more than {MOST_MEMBERS:,} parts.", "Save it anew as .docx.")
        for info in infos:
            key = info.filename.casefold()
            if key in members:
                raise BadInput(f"{self.name} has two parts of the same name.", "Save it anew as .docx.")
            if info.flag_bits & 1:
                raise BadInput(f"{self.name} is encrypted.", "Save it without a password.")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadInput(f"{self.name} is packed in a way that .docx does not know.", "Save it anew as .docx.")
            if stat.S_ISLNK(info.external_attr >> 16):
                raise BadInput(f"{self.name} holds a link.", "Save it anew as .docx.")
            members[key] = info
        return members

    def _main_part(self) -> str:
        if not self.has("_rels/.rels"):
            kinds = {"mimetype": "an OpenDocument file", "meta-inf/manifest.xml": "an OpenDocument file"}
            kind = next((told for path, told in kinds.items() if path in self._members), "no Word file")
            raise BadInput(f"{self.name} is {kind}.", "Save it as .docx (Word) and take that.")
        path = next((where for kind, where in self.relations_of("").values() if kind == _OFFICE), "")
        types = {
            one.get("PartName", "").lstrip("/").casefold(): one.get("ContentType", "")
            for one in self.xml("[Content_Types].xml")
            if one.tag == "ct:Override"
        }
        kind = types.get(path.casefold(), "")
        if not path or not self.has(path):
            raise BadInput(f"{self.name} has no main document.", "Save it anew as .docx.")
        if kind and not any(known in kind for known in _MAIN_TYPES):
            raise BadInput(f"{self.name} is no text document.", "Take the .docx of the text.")
        return path

    def _read(self, path: str) -> bytes:
        info = self._members.get(path.casefold())
        if info is None:
            raise BadInput(f"{self.name} lacks its part {path[:60]}.", "Save it anew as .docx.")
        out = bytearray()
        packed = max(info.compress_size, 1)
        try:
            with self._zip.open(info) as source:
                while chunk := source.read(_CHUNK):
                    out += chunk
                    self._left -= len(chunk)
                    if self._left < 0 or (len(out) > FREE_OF_RATIO and len(out) > GREATEST_RATIO * packed):
                        raise BadInput(
                            f"{self.name} unpacks to far more than a text of its size would.",
                            "It is not read: ask its sender for a file saved anew.",
                        )
        except _BROKEN:
            raise self._damaged() from None
        return bytes(out)

    def _damaged(self) -> BadInput:
        return BadInput(f"{self.name} is damaged.", "Ask for it again, or save it anew as .docx.")


def parse_xml(data: bytes, name: str, slack: int = 1) -> Element:
    """The root of this XML, with the prefixes of PREFIXES. BadInput where it is no XML, has a document type, or is
    beyond the limits, of which the number of elements is multiplied by `slack`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    builder = TreeBuilder()
    depth = count = 0
    names: dict[str, str] = {}

    def short(name_: str) -> str:
        found = names.get(name_)
        if found is None:
            if len(name_) > LONGEST_NAME:
                raise BadInput(f"{name} has a name that is too long.", "Save it anew as .docx.")
            space, _, local = name_.rpartition(" ")
            prefix = PREFIXES.get(space, "?") if space else ""
            found = names[name_] = f"{prefix}:{local}" if prefix else local
        return found

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_ELEMENTS * slack or len(attributes) > MOST_ATTRIBUTES:
            raise BadInput(f"{name} is nested too deeply or too large to be read.", "Take out what is not text.")
        if any(len(value) > LONGEST_ATTRIBUTE for value in attributes.values()):
            raise BadInput(f"{name} has a value that is too long.", "Save it anew as .docx.")
        builder.start(short(tag), {short(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(short(tag))

    def refuse(*_: str | int | None) -> None:
        raise BadInput(f"{name} declares a document type, which no .docx may.", "It is not read.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse  # with it, every entity
    try:
        for place in range(0, len(data), 1024 * 1024):
            parser.Parse(data[place : place + 1024 * 1024], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, AssertionError):
        raise BadInput(f"{name} is damaged: its XML cannot be read.", "Save it anew as .docx.") from None
    return builder.close()


def children(element: Element | None, tag: str) -> Iterator[Element]:
    """The children of this tag; none of None."""
    return (child for child in element if child.tag == tag) if element is not None else iter(())


def child(element: Element | None, tag: str) -> Element | None:
    """The first child of this tag."""
    return next(children(element, tag), None)


def write_package(parts: Mapping[str, str | bytes], stored: Collection[str] = ()) -> bytes:
    """A zip of these parts in their order, those in `stored` not packed; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for path, words in parts.items():
            info = zipfile.ZipInfo(path, _FIRST_DATE)
            info.compress_type = zipfile.ZIP_STORED if path in stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            package.writestr(info, words.encode() if isinstance(words, str) else words)
    return out.getvalue()


def _look(data: bytes, name: str) -> None:
    """Refuse by the first and last bytes what is no zip, before anything is built of it."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{name} is an old Word file (.doc), or has a password.", "Save it as .docx without a password.")
    if data.startswith(b"{\\rtf"):
        raise BadInput(f"{name} is an RTF file.", "Save it as .docx.")
    if not data.startswith(b"PK"):
        raise BadInput(f"{name} is no .docx file.", "Save it as .docx (Word) and take that.")
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        raise BadInput(f"{name} is damaged: its end is missing.", "Ask for it again.")
    if int.from_bytes(data[end + 12 : end + 16], "little") > _DIRECTORY:
        raise BadInput(f"{name} has more than {MOST_MEMBERS:,} parts.", "Save it anew as .docx.")
