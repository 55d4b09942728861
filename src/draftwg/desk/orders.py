"""What can be ordered: kinds of papers, their formats, the names of their files. Light: every start loads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from draftwg.hygiene import clean_line

KINDS: Mapping[str, tuple[str, ...]] = {
    "redline": ("docx", "html", "md", "txt", "json", "xml", "pdf"),
    "clean": ("docx", "html", "md", "txt", "json", "xml", "pdf"),
    "compilation": ("docx", "html", "md", "txt", "json", "pdf"),
    "table": ("docx", "html", "md", "txt", "json", "pdf"),
    "amendments": ("csv", "json"),
}
"""What can be exported, and in which formats."""
KIND_WORDS: Mapping[str, str] = {
    "redline": "redline",
    "clean": "clean text",
    "compilation": "compilation",
    "table": "table",
    "amendments": "list of amendments",
}
"""How a kind is called in print."""
EXPORT_FORMATS = ("docx", "html", "md", "txt", "csv", "json", "xml", "pdf")
FORMATS = ("terminal", "html", "markdown", "text", "json", "docx")
"""What `draftwg redline` writes."""
BINARY = frozenset({"docx", "pdf"})


@dataclass(frozen=True, slots=True)
class Order:
    """What to export: kind and format, the points (`old` for redlines only), the units ("" for all), whether
    delegations are named, whether a redline shows what is pending in brackets, and the distribution in the masthead."""

    kind: str = "redline"
    form: str = "docx"
    old: str = "original"
    new: str = "now"
    text: str = ""
    units: str = ""
    attributed: bool = True
    brackets: bool = False
    distribution: str = ""

    @property
    def file_name(self) -> str:
        """The name of a file for it, without anything that a file system could mind."""
        point = file_part(self.new) if self.new != "now" else ""
        return "-".join(filter(None, (file_part(self.text) or "text", point, self.kind))) + f".{self.form}"


def file_part(words: str) -> str:
    """Words as a part of a file's name: letters and digits of any script, the rest as hyphens, at most 60 signs."""
    plain = "".join(sign if sign.isalnum() or sign in "._" else "-" for sign in clean_line(words))
    name = "-".join(part for part in plain.split("-") if part).strip(".")[:60].strip("-.")
    return f"{name}_" if name.casefold() in _RESERVED else name


_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
