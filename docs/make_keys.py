"""Write docs/keys.md from the console's commands, so that it is never stale: `python docs/make_keys.py`."""

from pathlib import Path

from draftwg.tui.commands import COMMANDS

_HEAD = """\
# Keys of the console

Every command of the console, with its keys. The foot of the screen shows the ones that matter now; those in grey cannot be done now, and say
why when pressed; where there is little room they are left out. `?` shows this list, and Ctrl+P finds a command by its name.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for group in dict.fromkeys(command.group for command in COMMANDS):
        parts.append(f"\n## {group}\n\n| key | command | what it does |\n|---|---|---|\n")
        for command in (command for command in COMMANDS if command.group == group):
            keys = command.all_keys.replace("|", "\\|")
            parts.append(f"| {f'`{keys}`' if keys else 'Ctrl+P'} | {command.name} | {command.help} |\n")
    return "".join(parts)


if __name__ == "__main__":
    Path(__file__).with_name("keys.md").write_text(page(), encoding="utf-8")
