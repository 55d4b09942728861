"""What a check-up finds, in words: mended, remaining with its way out, or worth a note."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line
from draftwg.repository.layout import FROM_BACKUP
from draftwg.repository.objects import sync_place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at and is not as it should be: what, whether it is mended, and what to do if not.

    `note` is for what is worth telling and no fault.
    """

    check: str
    told: str
    way_out: str = ""
    mended: bool = False
    note: bool = False


@dataclass
class Findings:
    """What the checks found; with `dry`, nothing is changed and a finding says what would be mended."""

    dry: bool = False
    found: list[Finding] = field(default_factory=list)

    def mend(self, check: str, told: str, way: Callable[[], object], done: str) -> bool:
        """Something is wrong, and `way` mends it: do that, or only say so. Whether it was done."""
        if self.dry:
            self.found.append(Finding(check, f"{told} It can be mended.", "Mend it: draftwg doctor."))
            return False
        try:
            way()
        except (DraftwgError, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            self.found.append(Finding(check, f"{told} It could not be mended ({one_line(str(why))}).", FROM_BACKUP))
            return False
        self.found.append(Finding(check, f"{told} {done}", mended=True))
        return True

    def fault(self, check: str, told: str, way_out: str) -> None:
        """Something is wrong and remains so."""
        self.found.append(Finding(check, told, way_out))

    def note(self, check: str, told: str) -> None:
        """Something worth telling."""
        self.found.append(Finding(check, told, note=True))

    @property
    def remaining(self) -> list[Finding]:
        """What is wrong still."""
        return [one for one in self.found if not one.mended and not one.note]


def aside(gitdir: Path, place: Path) -> Path:
    """Put a file or folder away, inside the repository's own folder; gives where it is now."""
    folder = gitdir / "draftwg" / "aside"
    folder.mkdir(parents=True, exist_ok=True)
    count = 1
    while (kept := folder / f"{place.name}.{count}").exists():
        count += 1
    place.replace(kept)
    sync_place(folder)
    return kept
