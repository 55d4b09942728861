"""Write docs/acts.md from the acts themselves, so that it is never stale: `python docs/make_acts.py`."""

from pathlib import Path

from draftwg.acts import ACTS
from draftwg.acts.base import Act, Field

_HEAD = """\
# Acts

Everything that happens in a meeting is an act. The same acts are done in the console, by the commands of the same names
(`draftwg propose`, `draftwg open-reading` …) and in batches:

```
draftwg act FILE|-  [--atomic] [--strict-roster]
```

FILE holds JSON Lines, one act a line; `-` reads standard input, each line being done and answered as it comes. Each line is
answered by one line of JSON:

```
{"ok": true, "id": "…", "commit": "…", "amendment": "A-1", "subject": "…", "warnings": ["…"]}
{"ok": false, "error": "…", "rule": "…"}
```

`id` is the act's permanent id, for `propose` also the amendment's; `amendment` stands only where the act tables one, `warnings` and
`rule` only where there are any. Nothing is recorded for a line that is refused; the others are, and the exit status is 2. With
`--atomic` the first refusal ends it: its answer is the only one, and nothing at all is recorded.

Any act may carry `"at": "2018-05-02T10:15:00+02:00"`, the recorded time; without it, the time is now. A delegation that the roster
lacks is added with a warning, from the directory of States where it has one of that name, alias or ISO code; `--strict-roster` refuses
it instead. An unknown field is refused. Where an act names an amendment, its number (`A-1`) and its permanent id both serve.

A change of words is said in one of four ways: `replace` and `with`; `insert` with `after` or `before`; `delete`; or `text`, the whole unit
as it shall read. Words that are named must stand exactly once in the unit. The rules that acts follow are in [procedure.md](procedure.md).

Forms of fields: *line* is a string on one line; *words* is a string in which each line is a paragraph; *names* is a list of strings; *texts* a list of *words*; *rows* a list of objects;
*number* is a whole number from 1 to 9,999; *flag* is true or false.

"""
_EXAMPLES = {
    "found": 'draftwg init MEETING --title "…" --place Vienna --dates 2018-05-02/2018-05-03',
    "admit": '{"act": "admit", "name": "Peru", "category": "party", "code": "PER"}',
    "import": "draftwg import FILE --text recommendations",
    "open_reading": '{"act": "open_reading", "reading": 1, "date": "2018-05-02", "meeting": 1}',
    "close_reading": '{"act": "close_reading", "completed": false, "reached": "12"}',
    "propose": '{"act": "propose", "unit": "8", "by": "Peru", "replace": "six months", "with": "one year"}\n'
    '{"act": "propose", "unit": "8", "by": "Chile", "after": "one year", "insert": "at least"}\n'
    '{"act": "propose", "unit": "8", "by": "Kenya", "text": "…"}\n'
    '{"act": "propose", "unit": "21", "by": "Norway", "kind": "delete"}\n'
    '{"act": "propose", "amends": "A-1", "by": "Chile", "replace": "one", "with": "two"}\n'
    '{"act": "propose", "consequential_to": "A-1", "by": "Secretariat", "unit": "9", "replace": "six", "with": "twelve"}\n'
    '{"act": "propose", "kind": "alt", "unit": "16", "by": "Kenya", "on_behalf": "Group of African States", "text": "…"}\n'
    '{"act": "propose", "kind": "move", "unit": "19", "after": "13", "by": "Chile"}\n'
    '{"act": "propose", "kind": "split", "unit": "11", "by": "Norway", "parts": ["…", "…"]}\n'
    '{"act": "propose", "kind": "merge", "unit": "16", "units": ["17"], "text": "…", "by": "Peru"}\n'
    '{"act": "propose", "kind": "heading", "section": "B.1", "text": "…", "by": "Peru"}\n'
    '{"act": "propose", "kind": "new", "after": "15", "label": "15 bis", "by": "Peru", "sponsors": ["Chile"], "text": "…"}',
    "suspend": '{"act": "suspend"}',
    "resume": '{"act": "resume", "meeting": 2}',
    "consider": '{"act": "consider", "unit": "8", "speaker": "Peru"}',
    "take_up": '{"act": "take_up", "amendment": "A-5", "by": "Peru"}',
    "position": '{"act": "position", "by": "Chile", "position": "support", "amendment": "A-1"}\n'
    '{"act": "position", "by": "Kenya", "on_behalf": "Group of African States", "position": "reserve", "unit": "18"}',
    "lift": '{"act": "lift", "by": "Kenya", "unit": "18"}',
    "order": '{"act": "order", "unit": "8", "amendments": ["A-3", "A-4", "A-2", "A-1"]}',
    "fall": '{"act": "fall", "amendment": "A-1", "because": "A-2"}',
    "merge": '{"act": "merge", "amendment": "A-4", "into": "A-2"}\n'
    '{"act": "merge", "amendment": "A-6", "into": "A-1", "text": "…"}',
    "reintroduce": '{"act": "reintroduce", "amendment": "A-2", "by": "Kenya"}',
    "agree": '{"act": "agree", "unit": "8", "as": "ad ref", "pending": ["Norway"]}\n'
    '{"act": "agree", "all": true, "as": "agreed"}',
    "request_reopening": '{"act": "request_reopening", "unit": "18", "by": "Peru", "replace": "six", "with": "nine"}',
    "reopen": '{"act": "reopen", "unit": "18", "ruling": "no objection"}',
    "placeholder": '{"act": "placeholder", "unit": "16", "words": "pending merger with 17"}',
    "renumber": '{"act": "renumber"}\n{"act": "renumber", "provisional": true}',
    "snapshot": '{"act": "snapshot"}',
    "revise": '{"act": "revise", "amendment": "A-1", "by": "Peru", "replace": "one year", "with": "two years"}',
    "cosponsor": '{"act": "cosponsor", "amendment": "A-1", "by": "Chile"}',
    "accept": '{"act": "accept", "amendment": "A-2", "fallen": ["A-1"], "vote": "41-3-7"}',
    "reject": '{"act": "reject", "amendment": "A-1", "reason": "no consensus"}',
    "withdraw": '{"act": "withdraw", "amendment": "A-1"}',
    "edit": '{"act": "edit", "unit": "5", "replace": "recieve", "with": "receive", "reason": "spelling"}',
    "issue": '{"act": "issue", "symbol": "CTOC/COP/WG.6/2018/CRP.3/Rev.1", "status": "non-paper"}\n'
    '{"act": "issue", "symbol": "CTOC/COP/WG.6/2018/CRP.3/Corr.1", "status": "non-paper",'
    ' "corrections": [{"unit": "8", "for": "recieve", "read": "receive"}]}',
    "settle": '{"act": "settle", "contested": "A-3", "keep": "present", "ruling": "as the room recalls"}',
    "undo": '{"act": "undo"}',
    "redo": '{"act": "redo"}',
}
_TAIL = """\
## The content of an import

`content` is an object: `name`, `title`, `number` (of the part of a paper in which the text stands, or ""), `noun` ("recommendation"),
`language` (BCP 47), `sections`, a list of `[path, number, title, level]`, and `units`, a list of `[id, label, text, section path]`; the ids
are given anew. `draftwg import` makes it from a file.

## In the record

An act is kept as `record/NNNN/NNNNNN-ID.json`: what the request said, resolved to permanent ids, with `id`, `clock` and `at`. The file
never changes. The order of acts is that of (`clock`, `id`). The commit's message tells the act in words, with the trailers `Act`,
`Act-Id` and those that fit: `Amendment`, `Text`, `Unit`, `Delegation`, `Reading`, `Symbol`, `Undoes`.
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(_act(kind) for kind in ACTS.values()) + _TAIL


def _act(kind: type[Act]) -> str:
    about = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    fields = "".join(_field(field) for field in kind.FIELDS)
    table = f"| field | form | what |\n|---|---|---|\n{fields}\n" if fields else "No fields.\n\n"
    return f"## {kind.NAME}\n\n{about}\n\n{table}```\n{_EXAMPLES[kind.NAME]}\n```\n\n"


def _field(field: Field) -> str:
    return f"| `{field.name}` | {field.form}{', required' if field.required else ''} | {field.about} |\n"


if __name__ == "__main__":
    Path(__file__).with_name("acts.md").write_text(page(), encoding="utf-8")
