"""Backups, proofs, signatures and edits by hand: what a clerk has in hand when something went wrong."""

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.backup import backup, restore
from draftwg.desk.health import doctor
from draftwg.desk.verifying import verify
from draftwg.errors import BadInput, NotRecorded
from draftwg.repository import own
from draftwg.repository.journal import Unsaved
from meetings import KEEPING, TRAINING, copied, found, words

EDIT = Unsaved("recommendations", "u1.2", "2", "Mexico", "old words", "new wor", "2031-05-06T10:15:00+02:00")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copied(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"})
    desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})
    return desk


def test_an_act_is_durable_before_the_files_follow(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    file = tmp_path / "m" / "texts" / "recommendations.md"
    for number in range(3):
        desk.do({"act": "edit", "unit": "2", "text": f"Words {number}."}, follow=False)

    assert KEEPING in file.read_text("utf-8")
    assert words(Desk.open(tmp_path / "m"), "2") == "Words 2."
    assert desk.follow() == []
    assert "Words 2." in file.read_text("utf-8")
    desk.do({"act": "undo"}, follow=False)
    desk.close()
    assert "Words 1." in file.read_text("utf-8")
    assert doctor(tmp_path / "m").findings.found == []


def test_files_never_go_back_behind_what_others_recorded(tmp_path: Path) -> None:
    """One clerk's files follow after another's act."""
    one, two = copied(tmp_path / "m"), Desk.open(tmp_path / "m")
    one.do({"act": "edit", "unit": "2", "text": "One."}, follow=False)
    two.do({"act": "edit", "unit": "2", "text": "Two."})
    assert one.follow() == []
    assert "Two." in (tmp_path / "m" / "texts" / "recommendations.md").read_text("utf-8")
    assert list((tmp_path / "m" / "texts").glob("*by-hand*")) == []


def test_a_backup_comes_back_with_everything(desk: Desk, tmp_path: Path) -> None:
    desk.journal.keep(EDIT)
    (tmp_path / "m" / "texts" / "recommendations.md").write_text("mine", "utf-8")
    desk.do({"act": "edit", "unit": "3", "text": "Changed."})
    kept = backup(tmp_path / "m", tmp_path / "kept.zip")
    assert (kept.acts, kept.unsaved) == (len(desk.log.acts), 1)
    desk.close()
    state = desk.state
    shutil.rmtree(tmp_path / "m")

    with pytest.raises(NotRecorded):
        restore(tmp_path / "kept.zip", tmp_path / "no" / "again")
    restore(tmp_path / "kept.zip", tmp_path / "again")
    again = Desk.open(tmp_path / "again")
    assert again.state == state
    assert again.journal.unsaved() == [EDIT]
    assert (tmp_path / "again" / "texts" / "recommendations.by-hand-1.md").read_text("utf-8") == "mine"
    assert again.settle() == []
    again.close()
    assert doctor(tmp_path / "again").findings.found == []
    assert verify(tmp_path / "again").proved
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "kept.zip"]


def test_a_backup_is_written_to_files_only(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "x")
    for place in (tmp_path, Path("/dev/null"), tmp_path / "link", tmp_path / "m" / ".git" / "b"):
        with pytest.raises(BadInput):
            backup(tmp_path / "m", place)
    with pytest.raises(NotRecorded):
        backup(tmp_path / "m", tmp_path / "no" / "b")
    backup(tmp_path / "m", tmp_path / "b")
    with pytest.raises(NotRecorded, match="not empty"):
        restore(tmp_path / "b", tmp_path / "m")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "link", "m"]


def test_a_hostile_or_damaged_backup_makes_nothing(desk: Desk, tmp_path: Path) -> None:
    backup(tmp_path / "m", tmp_path / "good")
    good = (tmp_path / "good").read_bytes()
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}

    def packed(changes: dict[str, bytes | None]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in {**members, **changes}.items():
                if data is not None:
                    made.writestr(name, data)
        return out.getvalue()

    about = "draftwg-backup.json"
    bad = [
        b"", b"PK", good[:-30], good[: len(good) // 2], good.replace(b"PACK", b"KCAP"),
        packed({"../../evil": b"x"}), packed({"/etc/evil": b"x"}), packed({"texts/../x.md": b"x"}),
        packed({".git/hooks/pre-commit": b"x"}), packed({"meeting.bundle": None}), packed({about: None}),
        packed({about: b"[]"}), packed({about: b'{"format": 9, "head": ""}'}), packed({about: b"\xff"}),
        packed({about: json.dumps({"format": 1, "head": "1" * 40}).encode()}),
        packed({"meeting.bundle": b"junk"}), packed({"meeting.bundle": members["meeting.bundle"][:-50]}),
        packed({"journal/" + "a" * 24 + "-" + "b" * 12 + ".json": b"\0" * 30_000_000}),
        packed({f"journal/{place:024x}-bbbbbbbbbbbb.json": b"" for place in range(2_100)}),
    ]  # fmt: skip
    for content in bad:
        (tmp_path / "bad").write_bytes(content)
        with pytest.raises(BadInput) as refusal:
            restore(tmp_path / "bad", tmp_path / "again")
        assert "\n" not in str(refusal.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad", "good", "m"]


def test_a_proof_names_every_act_and_every_difference(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = verify(tmp_path / "m")
    assert told.proved
    assert [(one.act, one.author) for one in told.acts][-3:] == [
        ("admit", "Secretariat"), ("propose", "Chile"), ("issue", "Secretariat"),
    ]  # fmt: skip
    assert told.acts[-1].commit == desk.record.head() == told.head
    assert main(["-m", str(tmp_path / "m"), "verify"]) == 0
    assert "Chile proposes to replace “logs” by “records”" in capsys.readouterr().out

    (tmp_path / "m" / "texts" / "recommendations.md").write_text("mine", "utf-8")
    assert main(["-m", str(tmp_path / "m"), "verify", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["trouble"] == [
        "texts/recommendations.md beside the record was edited, or is missing or behind."
    ]
    subprocess.run(["git", "tag", "-f", "A_1", "HEAD~1"], cwd=tmp_path / "m", check=True, capture_output=True)
    assert any("tag of A/1" in line for line in verify(tmp_path / "m").trouble)
    assert not doctor(tmp_path / "m").healthy


@pytest.fixture
def signer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person whose git signs with an ssh key."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not on this machine")
    home = tmp_path / "person"
    home.mkdir()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / "key")], check=True)
    public = (home / "key.pub").read_text().split()
    (home / "signers").write_text(f"clerk@example.org {public[0]} {public[1]}\n")
    (home / ".gitconfig").write_text(
        f"[user]\n\tsigningkey = {home / 'key.pub'}\n[commit]\n\tgpgsign = true\n[gpg]\n\tformat = ssh\n"
        f'[gpg "ssh"]\n\tallowedSignersFile = {home / "signers"}\n'
    )
    monkeypatch.setenv("HOME", str(home))
    own.settings.cache_clear()
    return home


def test_commits_are_signed_where_the_person_asks_for_it(signer: Path, tmp_path: Path) -> None:
    try:
        desk = found(tmp_path / "m")
        receipt = desk.do({"act": "edit", "unit": "3", "text": "Changed."})
        told = verify(tmp_path / "m")
        assert told.proved
        assert {one.signature for one in told.acts} == {"signed by clerk@example.org"}
        checked = subprocess.run(["git", "verify-commit", receipt.commit], cwd=tmp_path / "m", capture_output=True)
        assert checked.returncode == 0
        assert doctor(tmp_path / "m").findings.found == []

        (signer / "signers").write_text("")
        assert "unknown" in verify(tmp_path / "m").acts[-1].signature or not verify(tmp_path / "m").proved
        (signer / "key").unlink()
        with pytest.raises(NotRecorded, match="nobody could sign"):
            desk.do({"act": "edit", "unit": "3", "text": "Changed again."})
        subprocess.run(["git", "config", "commit.gpgsign", "false"], cwd=tmp_path / "m", check=True)
        desk.do({"act": "edit", "unit": "3", "text": "Changed again."})
        assert verify(tmp_path / "m").acts[-1].signature == ""
    finally:
        own.settings.cache_clear()


def edit_by_hand(folder: Path, old: str, new: str) -> Path:
    file = folder / "texts" / "recommendations.md"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    return file


def test_edits_by_hand_are_told_shown_and_adopted(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meeting = ["-m", str(tmp_path / "m")]
    edit_by_hand(tmp_path / "m", "train observers", "instruct observers")
    assert main([*meeting, "status"]) == 0
    assert "was edited by hand" in capsys.readouterr().err
    desk.do({"act": "propose", "unit": "1", "by": "Peru", "text": "Other words."})  # writes no text: the edit stays
    assert main([*meeting, "edits"]) == 0
    assert "[-train-]{+instruct+} observers" in capsys.readouterr().out

    assert main([*meeting, "edits", "--adopt", "--reason", "house style"]) == 0
    assert "The Secretariat makes an editorial change in recommendation 3 (house style)" in capsys.readouterr().out
    desk.refresh()
    assert words(desk, "3") == TRAINING.replace("train", "instruct")
    assert main([*meeting, "status"]) == 0
    assert capsys.readouterr().err == ""
    assert verify(tmp_path / "m").proved


def test_edits_by_hand_are_put_aside_and_taken_up_later(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meeting = ["-m", str(tmp_path / "m")]
    file = edit_by_hand(tmp_path / "m", "train observers", "instruct observers")
    assert main([*meeting, "edits", "--aside"]) == 0
    assert TRAINING in file.read_text("utf-8")
    assert "instruct" in (file.parent / "recommendations.by-hand-1.md").read_text("utf-8")
    desk.do({"act": "edit", "unit": "2", "text": "Changed since."})  # the file put aside does not take this back
    capsys.readouterr()
    assert main([*meeting, "edits", "recommendations.by-hand-1.md", "--adopt"]) == 0
    desk.refresh()
    assert (words(desk, "2"), words(desk, "3")) == ("Changed since.", TRAINING.replace("train", "instruct"))


def test_what_cannot_be_adopted_stays_where_it_is(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meeting = ["-m", str(tmp_path / "m")]
    file = edit_by_hand(tmp_path / "m", "train observers", "instruct observers")
    desk.do({"act": "agree", "unit": "3"})  # an agreed unit is not edited
    mine = file.read_text("utf-8")
    assert main([*meeting, "edits", "--adopt"]) == 2
    assert file.read_text("utf-8") == mine
    file.write_text("no text at all", "utf-8")
    assert main([*meeting, "edits", "--adopt"]) == 2
    assert file.read_text("utf-8") == "no text at all"
    assert main([*meeting, "edits", "nothing.md"]) == 2
    assert capsys.readouterr().err.count("Traceback") == 0


def test_what_cannot_be_adopted_is_told_with_its_cause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copied(tmp_path / "m")
    file = tmp_path / "m" / "texts" / "recommendations.md"
    plain = file.read_bytes()
    unit = [
        place for place, line in enumerate(plain.splitlines()) if line.startswith(b"###") and b"ommendation" in line
    ]
    assert len(unit) >= 2
    lines = plain.splitlines(keepends=True)
    second, third = lines[unit[-2] : unit[-1]], lines[unit[-1] :]
    for data, cause in (
        (plain.replace(b"\n", b"\r\n"), "its lines end as those of another system do"),
        (b"".join([*lines[: unit[-2]], *third, b"\n", *second]), "stand in another order"),
        (b"\x00\x01" + plain, "it cannot be read as a text"),
        (b"".join([*lines, b"\n", *third]), "it cannot be read as a text"),
        (plain.replace(b"General", b"Common"), "its headings read otherwise"),
        (plain + b"\n\n", "its words are the same"),
    ):
        file.write_bytes(data)
        capsys.readouterr()
        assert main(["-m", str(tmp_path / "m"), "edits"]) == 0
        told = capsys.readouterr()
        assert cause in told.out
        assert told.err.strip() == "draftwg: Keep them in another file: draftwg edits --aside."
        assert main(["-m", str(tmp_path / "m"), "edits", "--adopt"]) == 2
        assert cause in capsys.readouterr().err
        assert file.read_bytes() == data
