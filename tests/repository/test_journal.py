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

    assert Journal(tmp_path).unsaved() == [EDIT]


def test_a_file_that_is_no_edit_is_passed_over_and_stays(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.keep(EDIT)
    for name, content in (("a.json", "{"), ("b.json", "[]"), ("c.json", '{"x": 1}'), ("d.json", "\udcff")):
        (tmp_path / "draftwg" / "journal" / name).write_bytes(content.encode("utf-8", "surrogateescape"))

    assert journal.unsaved() == [EDIT]
    assert len(list((tmp_path / "draftwg" / "journal").iterdir())) == 5
