"""The readable files beside the record, made anew from the state: never the only copy of anything."""

import csv
import io

from draftwg.model.delegation import name_key
from draftwg.model.state import State
from draftwg.repository.finding import MARKER
from draftwg.repository.layout import marker

_README = """\
# {title}

{where}This folder is a meeting kept by draftwg, in a git repository.

- `texts/`: every text as it stands now. These files are made anew at each act; an edit by hand is put aside.
- `roster.csv`: the delegations.
- `record/`: the acts, one file each, never changed. They are the truth, all else follows from them.

`git log` tells the acts in words. `draftwg` in this folder opens the meeting.
"""


def changed_files(before: State, after: State) -> dict[str, bytes | None]:
    """The files that have to be written anew, or removed (None), because the state went from `before` to `after`."""
    files: dict[str, bytes | None] = {f"texts/{name}.md": None for name in before.texts if name not in after.texts}
    if after.title != before.title:
        where = ", ".join(part for part in (after.place, after.dates.replace("/", " to ")) if part)
        files["README.md"] = _README.format(title=after.title, where=f"{where}.\n\n" if where else "").encode()
        files[MARKER] = marker(after.title)
        files[".gitattributes"] = b"* -text\n"
    if after.delegations is not before.delegations:
        files["roster.csv"] = roster_csv(after)
    for name, text in after.texts.items():
        if before.texts.get(name) is not text:
            from draftwg.formats.markdown import write_markdown  # only here: a meeting is opened without

            files[f"texts/{name}.md"] = write_markdown(text).encode()
    return files


def roster_csv(state: State) -> bytes:
    """The roster as a table: name, category, code, aliases (separated by |), group; in English alphabetical order."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["name", "category", "code", "aliases", "group"])
    for delegation in sorted(state.delegations.values(), key=lambda delegation: name_key(delegation.name)):
        aliases = "|".join(delegation.aliases)
        table.writerow([delegation.name, delegation.category.value, delegation.code, aliases, delegation.group])
    return out.getvalue().encode()
