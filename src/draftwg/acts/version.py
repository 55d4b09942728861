"""Issued versions: a text frozen under a symbol."""

from dataclasses import dataclass, replace
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.errors import OutOfOrder
from draftwg.model.reading import Version
from draftwg.model.state import State
from draftwg.model.symbols import parse_symbol
from draftwg.model.text import Text


@dataclass(frozen=True, kw_only=True)
class Issue(Act):
    """The text as it stands goes out under a symbol. The act carries the whole text: nothing can change it
    afterwards.
    """

    NAME = "issue"
    FIELDS = (
        Field("symbol", "line", "the document symbol, such as CTOC/COP/WG.6/2018/CRP.3/Rev.1", required=True),
        Field("status", "line", "what it is: non-paper, conference room paper, L. document …", required=True),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    symbol: str
    status: str
    content: Text
    digest: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The version of the text as it stands."""
        symbol = str(parse_symbol(request.line("symbol")))
        text = drafting.state.text(request.line("in", ""))
        content = replace(text, units=text.standing)
        stamp = drafting.stamp()
        return cls(
            id=stamp.id,
            clock=stamp.clock,
            at=stamp.at,
            symbol=symbol,
            status=request.line("status"),
            content=content,
            digest=content.digest,
        )

    def apply(self, state: State) -> State:
        """The state with this version issued."""
        known = state.version(self.symbol)
        if known is not None:
            hint = "It has the same text." if known.digest == self.digest else "Issue the new text as a Rev. or Corr."
            raise OutOfOrder(
                f"{self.symbol} was issued already, on {known.at[:10]}.",
                hint,
                rule="A symbol is given to one text only.",
            )
        version = Version(self.symbol, self.status, self.at, self.id, self.content, self.digest)
        return replace(state, versions=(*state.versions, version))

    def subject(self, before: State) -> str:
        """The act in plain words."""
        return f"The Secretariat issues {self.symbol} ({self.status})"

    def body(self, before: State) -> str:
        """What it holds."""
        return f"“{self.content.title}”, {len(self.content.units)} {self.content.noun}s, SHA-256 {self.digest}"

    def trailers(self, before: State) -> dict[str, str]:
        """The symbol and the hash of the words."""
        return {"Symbol": self.symbol, "Status": self.status, "Text": self.content.name, "Text-Sha256": self.digest}
