"""The command `keys`: the keys of the console, and what is wrong in a file of one's own."""

import argparse

from draftwg.cli.output import data, note, say
from draftwg.cli.parser import Parser, add_command


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add keys."""
    parser = add_command(commands, "keys", "List the keys of the console, or check your file of keys.", do_keys)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--check", action="store_true", help="only say what is wrong in the file; status 2 if anything")
    which.add_argument("--default", action="store_true", help="print a file of keys to start from")
    which.add_argument("--json", action="store_true", help="answer as JSON (see docs/json.md)")


def do_keys(options: argparse.Namespace) -> int:
    """The table of keys as they are now."""
    from draftwg.tui import keys
    from draftwg.tui.commands import COMMANDS

    problems = keys.load()
    if options.default:
        keys.unload()
        say(_start())
        return 0
    if options.check:
        for problem in problems:
            note(problem.told)
        if not problems:
            there = keys.path().exists()
            say(f"{keys.path()}: in order." if there else f"There is no {keys.path()}; the usual keys hold.")
        return 2 if problems else 0
    changed = keys.changed()
    if options.json:
        shown = [
            {"id": one.id, "keys": list(one.present_keys), "name": one.name, "group": one.group,
             "help": one.help, "changed": one.id in changed}
            for one in COMMANDS
        ]  # fmt: skip
        data({"file": str(keys.path()), "keys": shown, "problems": [problem.told for problem in problems]})
        return 0
    for group in dict.fromkeys(one.group for one in COMMANDS):
        say(group)
        for one in COMMANDS:
            if one.group == group:
                mark = "*" if one.id in changed else " "
                say(f" {mark} {one.all_keys or '(none)':<18} {one.id:<18} {one.name}")
    say()
    say(f"* = set in {keys.path()}" if changed else f"Your own keys go into {keys.path()}; --default prints a start.")
    for problem in problems:
        note(problem.told)
    return 0


def _start() -> str:
    """A file in which every line is a comment: nothing is changed until a # is taken away."""
    from draftwg.tui import keys
    from draftwg.tui.commands import COMMANDS

    lines = [
        "# Keys of the draftwg console. Take the # away before a line and write the keys that you want:",
        '#   accept = "ctrl+y"          one key, in the place of the usual ones',
        '#   search = ["/", "ctrl+f"]   several; the first one is shown',
        "#   theme = []                 none; the palette (Ctrl+P) still has the command",
        f"# This file belongs at {keys.path()}; draftwg keys --check says what is wrong in it.",
    ]
    for group in dict.fromkeys(one.group for one in COMMANDS):
        lines += ["", f"# {group}"]
        for one in COMMANDS:
            if one.group == group:
                written = [_written(key) for key in one.present_keys]
                value = written[0] if len(written) == 1 else f"[{', '.join(written)}]"
                lines.append(f"# {f'{one.id} = {value}':<40} # {one.name}")
    return "\n".join(lines)


def _written(key: str) -> str:
    """A key as the file has it."""
    from draftwg.tui.keys import shown

    written = shown(key) if "+" not in key and len(shown(key)) == 1 and key.isascii() else key
    return f"'{written}'" if written in ('"', "\\") else f'"{written}"'
