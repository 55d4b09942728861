"""What a person types, or drops into the terminal, where a file or a folder is asked for."""

from pathlib import Path

from draftwg.errors import BadInput


def typed_path(words: str) -> Path:
    """The file or folder that these words name: in quotes or not, with "~" for a home, with
    the backslashes that terminals put before blanks. BadInput where "~" means nothing."""
    bare = words.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"":
        bare = bare[1:-1]
    elif "\\" in bare and not Path(bare).exists():
        bare = bare.replace("\\ ", " ").replace("\\'", "'").replace("\\(", "(").replace("\\)", ")")
    try:
        return Path(bare).expanduser()
    except RuntimeError:
        raise BadInput(f"{bare.split('/')[0]} means no folder here.", "Type the whole path, from / on.") from None
