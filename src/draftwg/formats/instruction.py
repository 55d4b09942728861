"""A change as somebody says it: "In recommendation 7, replace 'should' by 'shall'; after 'States' insert 'parties'".

Pure strings in, a list of `Spoken` out: what a delegation says into the microphone, types into the field of the console
or writes in an e-mail. Quotation marks of any kind may stand around words and are needed only where a sentence could be
read in two ways.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from draftwg.errors import BadInput
from draftwg.formats.quotations import MASK, Quotations
from draftwg.formats.spoken import Does, Spoken, applied, places, told
from draftwg.model.labels import SUFFIXES, normal_label

__all__ = ["Does", "Spoken", "Words", "applied", "parse", "places", "told"]
Words = Callable[[str], str]
"""The words of the unit with this label ("" = the unit before the room); "" where there is none."""


_EXAMPLES = "Say it like: should → shall · replace X by Y · after X insert Y · delete X · at the end add Y."
_TWO_WAYS = "That can be read in two ways."
_LONGEST = 20_000
_MOST_WAYS = 100  # so many ways to part a sentence are looked at
_NOUNS = "recommendation|recommendations|rec|recs|paragraph|para|paras|article|art|principle|unit|item"
_LABEL = rf"(?:PP|OP)?\s?\d+(?:\.\d+)*(?:[\s.]?(?:{'|'.join(SUFFIXES)}|alt)\b(?:\s\d+\b)?)*"
_ARROW = re.compile(r"\s*(?:→|➔|⇒|->|=>|-->|>)\s*")
_SORRY = re.compile(
    r"^(?:(?:and|also|then|please|kindly|secondly|finally|we|i|my delegation|our delegation|would|like|wishe?s?|wants?|"
    r"suggests?|proposes?|requests?|asks?|to(?!\s+read)|that|let us|could we|can we)\b[,\s]*)+(?=\S)",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WHICH = re.compile(
    rf"^(?:the\s+)?({'|'.join(_ORDINALS)}|last|\d+(?:st|nd|rd|th))\s+"
    rf"(?:(?:occurrence|mention|instance)\s+of\s+(?=\S)|(?:words?\s+|phrase\s+)?(?={MASK}))",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"^(?:(?:all|every)\s+(?:occurrences?|mentions?|instances?)\s+of\s+|(?:every|each)\s+(?={MASK}))", re.I
)
_EVERYWHERE = re.compile(r"[,\s]+(?:throughout|everywhere|wherever (?:it|they) (?:occurs?|appears?|stands?))\W*$", re.I)
_CALLED = re.compile(
    r"^(?:the\s+)?(?:words?|phrase|text|term|expression|sentence|new\s+sentence)[:\s]\s*(?=\S)", re.IGNORECASE
)


def parse(said: str, *, noun: str = "recommendation", words: Words | None = None) -> tuple[Spoken, ...]:
    """The changes that are said, in order; a unit that is named once holds for what follows.

    Args:
        said: One or more sentences.
        noun: What a unit of the text is called.
        words: The words of a unit by its label; with it, a sentence without quotation marks that could be read in two
            ways is read so that its words stand in the text.

    Raises:
        BadInput: It is no change that is understood, or it can be read in two ways; the message is one line.
    """
    if len(said) > _LONGEST:
        raise BadInput(f"That is longer than {_LONGEST:,} characters.", "Say one change at a time.")
    sentence = _Sentence(said, noun, words)
    found: list[Spoken] = []
    unit = ""
    for clause in sentence.clauses():
        spoken, unit = sentence.read(clause, unit)
        found.append(spoken)
    if not found:
        raise BadInput("Nothing was said.", _EXAMPLES)
    return tuple(found)


class _Sentence:
    """What was said, with its quotations masked."""

    def __init__(self, said: str, noun: str, words: Words | None) -> None:
        self._words = words
        self._noun = rf"(?:{_NOUNS}|{re.escape(noun)}s?)\.?"
        self._quotations = Quotations(said)

    def clauses(self) -> Iterator[str]:
        """The instructions, one after the other."""
        verbs = r"replace|substitute|change|delete|remove|strike|omit|drop|insert|add|append"
        there = r"after|before|at\s+the\s+(?:very\s+)?(?:end|start|beginning)"
        there = rf"{there}|(?:in|on)\s+(?:the\s+)?(?:{self._noun}\s*)?{_LABEL}"
        opener = rf"(?:(?:{verbs}|{there}|(?:an?\s+)?new\s+{self._noun}|{self._noun}\s*{_LABEL}|for|instead\s+of)\b)"
        ends = re.compile(
            rf"(?P<strong>[;\n]|(?<=\S)\.)\s*(?=(?:(?:and|then|please)\s+)*{opener})|"
            rf"(?<={MASK})[.,]?\s+(?:(?:and|then)\s+)+(?={opener})|(?<={MASK})[.,]?\s+(?=(?:{verbs})\b)",
            re.IGNORECASE,
        )
        rest = self._quotations.masked.strip()
        while rest:
            clause, rest = self._first_clause(rest, ends)
            if clause.strip(" .,;\n"):
                # Behind an arrow stand words, to the last comma; elsewhere it parts what is said.
                comma = "," if not rest and _ARROW.search(clause) and clause.rstrip().endswith(",") else ""
                yield clause.strip(" ,;\n") + comma

    def _first_clause(self, rest: str, ends: re.Pattern[str]) -> tuple[str, str]:
        """The first instruction, and what follows it."""
        if not self._swallows(rest):
            for end in islice(ends.finditer(rest), _MOST_WAYS):
                clause = rest[: end.start()]
                if end["strong"] or self._complete(clause):
                    return clause, rest[end.end() :].strip()
        return rest, ""

    def _complete(self, clause: str) -> bool:
        """Whether this is a whole instruction, so that another may follow it."""
        bare = self._unit(_SORRY.sub("", clause.strip()))[1]
        return self._of_a_unit(bare, "") is not None or bool(self._readings(_SORRY.sub("", bare)))

    def read(self, clause: str, unit: str) -> tuple[Spoken, str]:
        """One instruction, and the unit that is spoken of from here on."""
        bare = _SORRY.sub("", clause.strip())
        if _ARROW.search(bare):
            bare = clause.strip()  # "to → from": words, not courtesies
        whole = self._of_a_unit(bare, unit)
        if whole is not None:
            return whole, unit if whole.does is Does.NEW_UNIT else whole.unit or unit
        named, bare = self._unit(bare)
        unit = named or unit
        readings = [replace(one, unit=unit) for one in self._readings(_SORRY.sub("", bare) if named else bare)]
        if not readings:
            shown = " ".join(self._quotations.restored(clause).split())
            raise BadInput(
                f"“{shown[:60]}{'…' if len(shown) > 60 else ''}” is no change that is understood.", _EXAMPLES
            )
        return self._likeliest(readings), unit

    # --- inside ---------------------------------------------------------------------------------------------------

    def _slot(self, masked: str, *, last: bool = False) -> str:
        """The words of a part of the instruction: what is in quotation marks, or else the words themselves."""
        bare = _CALLED.sub("", masked.strip())
        alone = bare.rstrip(" .,;:") if bare[:1] and re.match(MASK, bare) else bare
        if re.fullmatch(MASK, alone):
            return self._quotations.restored(alone)[1:-1].strip()
        bare = self._quotations.restored(bare)
        return (bare[:-1] if last and bare.endswith(".") and not bare.endswith("..") else bare).strip(" ,;")

    def _swallows(self, rest: str) -> bool:
        """Whether everything that follows are the words of one unit."""
        bare = self._unit(_SORRY.sub("", rest))[1]
        found = self._new_unit(_SORRY.sub("", rest)) or re.match(
            r"(?:to|should|shall)\s+read\b[^:]*:\s*(?P<new>.)", bare, re.I
        )
        return found is not None and not re.match(MASK, found["new"])

    def _new_unit(self, clause: str) -> re.Match[str] | None:
        named = rf"(?:the\s+)?(?:{self._noun}\s*)?(?P<unit>{_LABEL})"
        place = rf"(?:after|behind|following)\s+(?:this(?:\s+one)?|it|here|{named})"
        tail = r"\s*,?\s*(?:reading|to read|as follows|with the words)?\s*[:,]?\s*(?P<new>\S.*)$"
        verb = r"(?:insert|add|include|have)\s+"
        patterns = (
            rf"(?:{verb})?(?:an?\s+)?new\s+{self._noun}\s+(?:{place})?{tail}",
            rf"(?:{verb})?(?:an?\s+)?new\s+{self._noun}\s*(?P<unit>)(?=:){tail}",
            rf"{place}\s*,?\s*{verb}(?:an?\s+)?new\s+{self._noun}{tail}",
        )
        found = (re.match(pattern, clause, re.IGNORECASE | re.DOTALL) for pattern in patterns)
        return next((one for one in found if one), None)

    def _of_a_unit(self, clause: str, unit: str) -> Spoken | None:
        """What is said of a unit as a whole: a new one, its deletion, all its words."""
        new = self._new_unit(clause)
        if new is not None:
            return Spoken(Does.NEW_UNIT, _label(new["unit"] or "") or unit, new=self._slot(new["new"]))
        named, bare = self._unit(clause)
        gone = re.fullmatch(
            rf"(?:delete|remove|strike(?:\s+out)?|drop|omit)\s+(?:(?:the\s+)?(?:whole|entire)(?:\s+\S+)?|it|all of it|"
            rf"(?:this|the)\s+{self._noun}|(?:the\s+)?{self._noun}\s*(?P<unit>{_LABEL}))\s*\.?",
            bare,
            re.IGNORECASE,
        )
        if gone is not None:
            return Spoken(Does.DELETE_UNIT, _label(gone["unit"] or "") or named or unit)
        whole = re.match(
            r"(?:(?:to|should|shall)\s+read|reads)(?:\s+as\s+follows)?\s*:?\s*(?P<new>\S.*)$", bare, re.I | re.S
        )
        if whole is not None:
            return Spoken(Does.WHOLE, named or unit, new=self._slot(whole["new"]))
        return None

    def _unit(self, clause: str) -> tuple[str, str]:
        """The unit that is named at the start or the end, and the clause without it."""
        start = re.match(
            rf"(?:(?:in|on)\s+(?:the\s+)?(?:{self._noun}\s*)?(?P<a>{_LABEL})\s*[,:]?\s+|"
            rf"{self._noun}\s*(?P<b>{_LABEL})\s*[,:]?\s+|(?P<c>{_LABEL})\s*:\s+)(?=\S)",
            clause,
            re.IGNORECASE,
        )
        if start is not None:
            label = _label(start["a"] or start["b"] or start["c"])
            if label:
                return label, clause[start.end() :]
        end = re.search(rf"[,\s]+(?:in|of|on)\s+(?:the\s+)?{self._noun}\s*(?P<unit>{_LABEL})\s*\.?$", clause, re.I)
        if end is not None and (label := _label(end["unit"])):
            return label, clause[: end.start()]
        return "", clause

    def _likeliest(self, readings: list[Spoken]) -> Spoken:
        """The one reading, or the one whose words stand in the text. BadInput where several are left."""
        readings = list(dict.fromkeys(readings))
        if len(readings) > 1 and self._words is not None:
            text = self._words(readings[0].unit)
            standing = [one for one in readings if not one.old or places(text, one.old)]
            readings = [max(standing, key=lambda one: len(one.old))] if standing else readings[:1]
        if len(readings) > 1:
            raise BadInput(_TWO_WAYS, "Put the words in quotation marks.")
        return readings[0]

    def _readings(self, clause: str) -> list[Spoken]:
        for family in (self._arrows, self._replacing, self._inserting, self._ends, self._deleting, self._becoming):
            found = list(_sound(family(clause)))
            if found:
                return found
        return []

    def _arrows(self, clause: str) -> Iterable[Spoken]:
        for old, new in _split(clause, _ARROW):
            comma = "," if new.endswith(",") and not old.rstrip().endswith(",") and not re.match(MASK, new) else ""
            verb = re.match(r"(?:replace|change|substitute)\s+(?=\S)", old, re.IGNORECASE)
            if verb:
                yield self._replacement(old[verb.end() :], new, comma)
            if not verb or self._words is not None:  # then the verb may be one of the words
                yield self._replacement(old, new, comma)

    def _replacing(self, clause: str) -> Iterable[Spoken]:
        forms = (
            (r"(?:replace|substitute)\s+", r"\s+(?:by|with)\s+", False),
            (r"change\s+", r"\s+(?:to|into|by)\s+", False),
            (r"substitute\s+", r"\s+for\s+", True),
            (r"for\s+", r"\s*,?\s+(?:read|say|put|substitute)\s+", False),
            (r"instead\s+of\s+", r"\s*,?\s+(?:read|say|put|use|have)\s+", False),
        )
        for opening, between, turned in forms:
            start = re.match(opening, clause, re.IGNORECASE)
            for left, right in _split(clause[start.end() :], re.compile(between, re.I)) if start else ():
                yield self._replacement(*((right, left) if turned else (left, right)))

    def _replacement(self, old: str, new: str, comma: str = "") -> Spoken:
        everywhere = bool(_EVERYWHERE.search(new))
        new = _EVERYWHERE.sub("", new)
        words = self._slot(new, last=True)
        if words.casefold() == "nothing" and not re.match(MASK, new.strip()):
            words = ""
        return self._on(
            Does.REPLACE if words else Does.DELETE,
            old,
            words + comma if words and not everywhere else words,
            everywhere=everywhere,
        )

    def _inserting(self, clause: str) -> Iterable[Spoken]:
        verb = r"(?:insert|add|put|include)\s+"
        for name, does in (("after|behind|following", Does.AFTER), ("before|in front of", Does.BEFORE)):
            start = re.match(rf"(?:{name})\s+", clause, re.IGNORECASE)
            between = re.compile(rf"\s*,?\s*(?<=[\s,\U00100000-\U0010fffd])(?:to\s+)?{verb}", re.I)
            for old, new in _split(clause[start.end() :], between) if start else ():
                yield self._on(does, old, self._slot(new, last=True))
            start = re.match(verb, clause, re.IGNORECASE)
            for new, old in _split(clause[start.end() :], re.compile(rf"\s*,?\s+(?:{name})\s+", re.I)) if start else ():
                yield self._on(does, old, self._slot(new))

    def _ends(self, clause: str) -> Iterable[Spoken]:
        where = r"at\s+the\s+(?:very\s+)?(?P<end>end|start|beginning)(?:\s+of\s+(?:it|the\s+\S+|this\s+\S+))?"
        first = re.match(rf"{where}\s*,?\s*(?:insert|add|append|put)\s+(?P<new>\S.*)$", clause, re.I | re.S)
        last = re.match(rf"(?:insert|add|append|put)\s+(?P<new>\S.*?)\s*,?\s+{where}\s*\.?$", clause, re.I | re.S)
        append = re.match(r"append\s+(?P<new>\S.*)(?P<end>)$", clause, re.I | re.S)
        found = first or last or append
        if found is not None:
            does = Does.END if found["end"].casefold() in ("end", "") else Does.START
            yield Spoken(does, new=self._slot(found["new"]))

    def _deleting(self, clause: str) -> Iterable[Spoken]:
        start = re.match(r"(?:delete|remove|strike(?:\s+out)?|omit|drop|take\s+out)\s+", clause, re.IGNORECASE)
        end = re.search(r"\s+(?:(?:is|are|should|shall|to)\s+)?(?:be\s+)?deleted\s*\.?$", clause, re.IGNORECASE)
        if start is not None or end is not None:
            old = clause[start.end() :] if start else clause[: end.start()] if end else ""
            yield self._on(
                Does.DELETE, _EVERYWHERE.sub("", old), "", everywhere=bool(_EVERYWHERE.search(old)), last=True
            )

    def _becoming(self, clause: str) -> Iterable[Spoken]:
        replaced = r"(?:is|are|to\s+be|be)\s+(?:replaced|substituted)\s+(?:by|with)"
        between = rf"\s+(?:becomes?|(?:should|shall|to|would)\s+become|{replaced})\s+"
        for old, new in _split(clause, re.compile(between, re.IGNORECASE)):
            yield self._replacement(old, new)

    def _on(self, does: Does, old: str, new: str, *, everywhere: bool = False, last: bool = False) -> Spoken:
        """The change at these words, with which of their places is meant."""
        which, old = 0, old.strip()
        every = _EVERY.match(old)
        ordinal = _WHICH.match(old)
        if every is not None:
            everywhere, old = True, old[every.end() :]
        elif ordinal is not None:
            told = ordinal[1].casefold()
            which = -1 if told == "last" else _ORDINALS.index(told) + 1 if told in _ORDINALS else int(told[:-2])
            old = old[ordinal.end() :]
        return Spoken(does, "", self._slot(old, last=last), new, which, everywhere)


def _split(clause: str, between: re.Pattern[str]) -> list[tuple[str, str]]:
    """Every way to part a clause in two; where a part is a quotation by itself, only the ways that leave it so."""
    found = (one for one in islice(between.finditer(clause), _MOST_WAYS) if one.start() > 0)
    ways = [(clause[: one.start()], clause[one.end() :]) for one in found]
    alone = [way for way in ways if re.fullmatch(rf".*?{MASK}", way[0].strip()) and _MASKED.match(way[1])]
    return alone or ways


_MASKED = re.compile(
    rf"\s*(?:the\s+)?(?:words?\s+|phrase\s+)?{MASK}\W*(?:$|throughout|everywhere|wherever)", re.IGNORECASE
)


def _sound(readings: Iterable[Spoken]) -> Iterator[Spoken]:
    """Those that say enough: words where words are needed."""
    for one in readings:
        if one.does in (Does.START, Does.END):
            needed = bool(one.new)
        else:
            needed = bool(one.old) and (bool(one.new) or one.does is Does.DELETE)
        if needed:
            yield one


def _label(written: str) -> str:
    if not written:
        return ""
    try:
        return normal_label(written)
    except BadInput:
        return ""
