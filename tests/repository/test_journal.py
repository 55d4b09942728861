import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from draftwg.repository.journal import Journal, Unsaved

EDIT = Unsaved("recommendations", "u1.2", "2", "Mexico", "old words", "new wor", "2031-05-06T10:15:00+02:00")


def test_the_words_being_typed_are_there_after_a_crash(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.keep(EDIT)
    journal.keep(replace(EDIT, words="new words", cursor=9))
    journal.keep(replace(EDIT, unit="u1.3", at="2031-05-06T10:20:00+02:00"))

    other = replace(EDIT, by="Algeria", words="theirs", at="2031-05-06T09:00:00+02:00")
    journal.keep(other)
    assert journal.unsaved().pop() == other
    assert Journal(tmp_path).unsaved() == []  # they are being typed

    journal.close()
    again = Journal(tmp_path)
    assert again.unsaved().pop() == other
    again.drop(other)
    assert [(edit.unit, edit.words) for edit in again.unsaved()] == [("u1.3", "new wor"), ("u1.2", "new words")]
    again.drop(EDIT)
    assert [edit.unit for edit in Journal(tmp_path).unsaved()] == ["u1.3"]


def test_where_the_meeting_cannot_be_written_the_words_go_to_the_home(tmp_path: Path) -> None:
    (tmp_path / "draftwg").write_text("in the way of a folder")
    journal = Journal(tmp_path)
    journal.keep(EDIT)
    journal.close()

    assert Journal(tmp_path).unsaved() == [EDIT]


def test_a_file_that_is_no_edit_is_passed_over_and_stays(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.keep(EDIT)
    for name, content in (("a.json", "{"), ("b.json", "[]"), ("c.json", '{"x": 1}'), ("d.json", "\udcff")):
        (tmp_path / "draftwg" / "journal" / name).write_bytes(content.encode("utf-8", "surrogateescape"))

    assert journal.unsaved() == [EDIT]
    assert len(list((tmp_path / "draftwg" / "journal").glob("*.json"))) == 5


def test_a_meeting_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "gone" / ".git")
    journal.keep(EDIT)

    assert not (tmp_path / "gone").exists()
    assert [edit.words for edit in journal.unsaved()] == [EDIT.words]


def test_two_sessions_at_one_unit_keep_their_own_words(tmp_path: Path) -> None:
    one, two = Journal(tmp_path), Journal(tmp_path)
    one.keep(replace(EDIT, words="first"))
    two.keep(replace(EDIT, words="second"))

    assert [edit.words for edit in one.unsaved()] == ["first"]
    assert [edit.words for edit in two.unsaved()] == ["second"]
    two.drop(EDIT)
    assert two.unsaved() == []
    one.close()
    assert [edit.words for edit in two.unsaved()] == ["first"]
    two.keep(replace(EDIT, words="taken up"))
    two.close()
    assert [edit.words for edit in Journal(tmp_path).unsaved()] == ["taken up"]


def test_what_a_killed_session_left_is_offered(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from draftwg.repository.journal import Journal, Unsaved;"
        "Journal(Path(sys.argv[1])).keep(Unsaved('t', 'u', '2', 'Peru', 'a', 'b', '2031-05-06')); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)

    assert [edit.by for edit in Journal(tmp_path).unsaved()] == ["Peru"]
