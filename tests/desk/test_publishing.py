import json
import os
import shutil
from types import SimpleNamespace

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.publishing import outputs_of, publish
from draftwg.desk.sitefolder import MARKER
from draftwg.desk.siteunits import Open
from draftwg.errors import BadInput, NotRecorded
from draftwg.model.text import Text, Unit
from formats.site_checks import check_site
from meetings import KEEPING, TRAINING, found
from scenarios.test_random_walk import walk

PLACES = (  # States whose names stand in no text of these tests
    "Brazil", "Mexico", "Chile", "Kenya", "Norway", "OINIS",
)  # fmt: skip


def nothing(done, total):
    pass


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A meeting with everything that a site can show: two versions, a snapshot, amendments with every fate, a
    suggestion, a placeholder, a reopening, words of a hostile delegation."""
    folder = tmp_path_factory.mktemp("played") / "meeting"
    desk = found(folder)
    do = desk.do
    do({"act": "issue", "symbol": "ICE/2031/CRP.1", "status": "non-paper"})
    do({"act": "propose", "unit": "2", "by": "Brazil", "replace": "should", "with": "shall"})
    do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "on request", "with": "on reasoned request",
        "reason": "Mexico has had its lesson"})  # fmt: skip
    do({"act": "propose", "unit": "2", "by": "Kenya", "replace": "ice observations", "with": "frostbite observations"})
    do({"act": "propose", "unit": "3", "by": "Chile", "insert": " and volunteers", "after": "observers"})
    do(
        {
            "act": "propose",
            "kind": "new",
            "after": "3",
            "by": "Norway",
            "text": "States should lend each other ice saws.",
        }
    )
    do({"act": "accept", "amendment": "A-1"})
    do({"act": "withdraw", "amendment": "A-4"})
    do({"act": "snapshot", "name": "as projected at noon"})
    do({"act": "issue", "symbol": "ICE/2031/CRP.1/Rev.1", "status": "non-paper"})
    do({"act": "agree", "unit": "1"})
    desk.close()
    return folder


@pytest.fixture
def desk(played, tmp_path):
    """The meeting, for one test alone."""
    folder = tmp_path / "meeting"
    shutil.copytree(played, folder)
    return Desk.open(folder)


def words_of(folder):
    return "\n".join(
        place.read_text("utf-8") for place in folder.rglob("*") if place.suffix in (".html", ".json", ".csv")
    )


def stamps(folder):
    return {
        place.relative_to(folder): (place.stat().st_mtime_ns, place.read_bytes())
        for place in folder.rglob("*")
        if place.is_file()
    }


def test_a_site_tells_the_meeting_and_every_link_in_it_leads_somewhere(desk, tmp_path):
    publish(desk, tmp_path / "site", nothing)

    pages = check_site(tmp_path / "site")

    index = pages["index.html"].words
    assert "States parties shall keep the logs" in index
    assert "[ice - original / frostbite - Kenya]" in index
    assert desk.state.text().digest in index
    assert "as projected on-screen on" in index
    assert "agreed ad ref" in index
    assert "proposed by Norway" in index
    assert "[States should lend each other ice saws. - Norway]" in index
    unit = next(page for path, page in pages.items() if path.startswith("units/") and "Recommendation 2" in page.words)
    assert "A-1, Brazil" in unit.words
    assert "[deletion start]should[deletion end]" in unit.heard
    assert "accepted on" in unit.words
    assert "[insertion start]reasoned" in unit.heard
    assert "as projected at noon" in pages["versions.html"].words
    assert "on request" in pages["versions/ice-2031-crp-1.html"].words
    assert "shall" not in pages["versions/ice-2031-crp-1.html"].words
    assert "shall" in pages["redlines/ice-2031-crp-1-to-ice-2031-crp-1-rev-1.html"].words
    assert "Chile" in pages["delegations.html"].words
    assert "withdrawn by Chile" in pages["delegations/chile.html"].words
    assert (tmp_path / "site/downloads/recommendations-compilation.docx").read_bytes().startswith(b"PK")


def test_without_attribution_no_delegation_is_named_anywhere(desk, tmp_path):
    publish(desk, tmp_path / "site", nothing, seen=Open(attributed=False))

    check_site(tmp_path / "site")
    told = words_of(tmp_path / "site")
    packed = b"".join(unpacked(place) for place in tmp_path.rglob("site/**/*.docx"))

    assert "frostbite" in told
    assert b"frostbite" in packed
    for name in PLACES:
        assert name not in told
        assert name.encode() not in packed
        assert not list((tmp_path / "site").rglob(f"*{name.casefold()}*"))


def test_settled_shows_nothing_that_is_pending(desk, tmp_path):
    publish(desk, tmp_path / "site", nothing, seen=Open(settled=True))

    check_site(tmp_path / "site")
    told = words_of(tmp_path / "site")
    packed = b"".join(unpacked(place) for place in tmp_path.rglob("site/**/*.docx"))

    assert "shall" in told
    for words in ("frostbite", "reasoned", "ice saws", "Placeholder"):
        assert words not in told
        assert words.encode() not in packed
    assert "withdrawn by Chile" in told


def unpacked(place):
    import zipfile

    with zipfile.ZipFile(place) as package:
        return b"".join(package.read(name) for name in package.namelist())


def test_a_second_time_changes_nothing_and_makes_nothing_that_stands(desk, tmp_path):
    site = tmp_path / "site"
    publish(desk, site, nothing)
    before = stamps(site)

    again = publish(desk, site, nothing)

    assert not again.changed
    assert stamps(site) == before


def test_an_act_changes_what_it_concerns_and_leaves_the_rest(desk, tmp_path):
    site = tmp_path / "site"
    publish(desk, site, nothing)
    before = stamps(site)
    desk.do({"act": "accept", "amendment": "A-2"})

    done = publish(desk, site, nothing)

    after = stamps(site)
    changed = {str(path) for path in after if after[path] != before.get(path)}
    assert done.changed
    assert "index.html" in changed
    assert not [path for path in changed if path.startswith("versions/")]
    assert len([path for path in changed if path.startswith("units/")]) == 1
    assert after[next(path for path in after if path.name == "style.css")] in before.values()
    publish(desk, tmp_path / "fresh", nothing)
    assert {path: data for path, (_, data) in stamps(tmp_path / "fresh").items()} == {
        path: data for path, (_, data) in after.items()
    }


def test_nothing_of_an_attributed_site_is_left_in_an_unattributed_one(desk, tmp_path):
    publish(desk, tmp_path / "site", nothing)
    publish(desk, tmp_path / "site", nothing, seen=Open(attributed=False))

    told = words_of(tmp_path / "site")
    assert not [name for name in PLACES if name in told]


def test_what_is_not_ours_is_never_touched(desk, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "letter.txt").write_text("mine")
    with pytest.raises(BadInput, match="not empty, and no site"):
        publish(desk, site, nothing)
    assert (site / "letter.txt").read_text() == "mine"
    (site / "letter.txt").unlink()
    publish(desk, site, nothing)
    (site / "units" / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match=r"not of the site: units/mine\.txt"):
        publish(desk, site, nothing)
    (site / "units" / "mine.txt").unlink()
    (site / "index.html").write_text("by hand")
    with pytest.raises(BadInput, match=r"index\.html .* changed by hand"):
        publish(desk, site, nothing)
    assert (site / "index.html").read_text() == "by hand"
    (site / "index.html").unlink()
    publish(desk, site, nothing)
    check_site(site)


def test_a_link_in_the_place_of_a_page_is_not_followed(desk, tmp_path):
    site = tmp_path / "site"
    publish(desk, site, nothing)
    outside = tmp_path / "outside.html"
    shutil.move(site / "index.html", outside)
    (site / "index.html").symlink_to(outside)

    with pytest.raises(BadInput, match="changed by hand"):
        publish(desk, site, nothing)


def test_the_site_of_another_meeting_and_a_broken_marker_are_refused(desk, tmp_path):
    publish(desk, tmp_path / "site", nothing)
    other = found(tmp_path / "other")
    with pytest.raises(BadInput, match="another meeting"):
        publish(other, tmp_path / "site", nothing)
    for broken in ("{", "[" * 100_000, '{"format": "draftwg site", "version": 2}', '"x"'):
        (tmp_path / "site" / MARKER).write_text(broken)
        with pytest.raises(BadInput):
            publish(desk, tmp_path / "site", nothing)


def test_the_folder_of_the_record_is_refused(desk, tmp_path):
    assert not (desk.record.gitdir.parent / "site").exists()
    for place in (desk.record.gitdir.parent, desk.record.gitdir / "site", desk.record.gitdir.parent / "texts" / "site"):
        with pytest.raises(BadInput):
            publish(desk, place, nothing)
    with pytest.raises(BadInput, match="no folder"):
        publish(desk, desk.record.gitdir.parent / "README.md", nothing)


def test_when_the_new_site_cannot_take_its_place_the_old_one_stands(desk, tmp_path, monkeypatch):
    site = tmp_path / "site"
    publish(desk, site, nothing)
    before = stamps(site)
    desk.do({"act": "accept", "amendment": "A-2"})
    rename = os.rename

    def refuse(self, to):
        if str(self).endswith(".new"):
            raise OSError(28, "No space left on device")
        rename(self, to)

    monkeypatch.setattr("pathlib.Path.rename", refuse)
    with pytest.raises(NotRecorded, match="No space left"):
        publish(desk, site, nothing)

    assert stamps(site) == before
    assert sorted(place.name for place in tmp_path.iterdir()) == ["meeting", "site"]


def test_what_a_killed_program_left_beside_the_site_is_cleared(desk, tmp_path):
    for name in (".site.999999999.new", ".site.999999999.old", ".site.mine.new", f".other.{os.getpid()}.new"):
        (tmp_path / name / "units").mkdir(parents=True)

    publish(desk, tmp_path / "site", nothing)

    left = sorted(place.name for place in tmp_path.iterdir() if place.name.startswith("."))
    assert left == [f".other.{os.getpid()}.new", ".site.mine.new"]


def test_a_link_to_a_folder_is_followed_and_stays_a_link(desk, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")

    publish(desk, tmp_path / "site", nothing)

    assert (tmp_path / "site").is_symlink()
    check_site(tmp_path / "real")


def test_hostile_names_stay_words_and_make_no_files_elsewhere(tmp_path):
    desk = found(tmp_path / "meeting")
    names = ["../../x", "<script>alert(1)</script>", 'a" onclick="x', "CON", "中国", "[shall]"]
    for name in names:
        desk.do({"act": "propose", "unit": "2", "by": name, "replace": "should", "with": f"{name} should"})
    site = tmp_path / "site"
    publish(desk, site, nothing)

    pages = check_site(site)

    assert all(any(name in page.words for page in pages.values()) for name in names)
    assert sorted(place.name for place in tmp_path.iterdir()) == ["meeting", "site"]
    assert len(list((site / "delegations").iterdir())) == len(names)


def test_an_arabic_text_and_several_texts_have_their_own_folders(tmp_path):
    desk = found(tmp_path / "meeting")
    arabic = Text("arabic", "مشروع التوصيات", (), (Unit("a1", "1", "ينبغي للدول أن تحتفظ بالسجلات."),), language="ar")
    desk.do({"act": "import", "text": "arabic", "content": arabic})
    desk.do({"act": "propose", "in": "arabic", "unit": "1", "by": "Kenya", "replace": "ينبغي", "with": "يجب"})
    site = tmp_path / "site"
    publish(desk, site, nothing)

    pages = check_site(site)

    source = (site / "arabic/index.html").read_text("utf-8")
    assert '<h1 lang="ar" dir="rtl">' in source
    assert '<p dir="rtl"><span class="sign">[</span>' in source
    assert "يجب" in pages["arabic/index.html"].words
    assert "All texts" in pages["recommendations/index.html"].words
    assert KEEPING in pages["recommendations/index.html"].words
    assert TRAINING not in pages["arabic/index.html"].words


def test_an_observers_suggestion_is_marked_as_one(tmp_path):
    desk = found(tmp_path / "meeting")
    desk.do({"act": "admit", "name": "OINIS", "category": "intergovernmental organization"})
    desk.do({"act": "propose", "unit": "2", "by": "OINIS", "replace": "ice", "with": "glacier"})
    publish(desk, tmp_path / "site", nothing)
    publish(desk, tmp_path / "settled", nothing, seen=Open(settled=True))

    check_site(tmp_path / "site")
    told = words_of(tmp_path / "site")
    assert "A suggestion by an observer. No party has taken it up." in told
    assert "glacier" not in (tmp_path / "site/index.html").read_text("utf-8")
    assert "glacier" not in words_of(tmp_path / "settled")


def test_the_concordance_has_a_page_once_the_text_is_numbered(desk, tmp_path):
    for number in ("A-2", "A-3"):
        desk.do({"act": "reject", "amendment": number})
    desk.do({"act": "withdraw", "amendment": "A-5"})
    for unit in ("2", "3"):
        desk.do({"act": "agree", "unit": unit})
    desk.do({"act": "renumber"})
    publish(desk, tmp_path / "site", nothing)
    publish(desk, tmp_path / "unnamed", nothing, seen=Open(attributed=False))

    pages = check_site(tmp_path / "site")
    assert "withdrawn by Norway" in pages["concordance.html"].words
    told = words_of(tmp_path / "unnamed")
    assert "withdrawn" in check_site(tmp_path / "unnamed")["concordance.html"].words
    assert not [name for name in PLACES if name in told]


@pytest.mark.parametrize("seed", [42, 49])
def test_whatever_happens_in_a_meeting_its_site_is_sound_up_to_date_and_discreet(seed, tmp_path):
    known = {}
    for place, (meeting, _, _, refusal) in enumerate(walk(seed)):
        desk = SimpleNamespace(log=meeting.log, state=meeting.log.state)
        if refusal is not None or place % 4 or not desk.state.texts:
            continue
        for output in outputs_of(desk, ["recommendations"], Open()):
            if output.key and output.path.endswith(".html"):
                key, page = known.get(output.path, ("", b""))
                made = output.make()
                assert key != output.key or page == made, output.path  # what is not made anew would be the same
                known[output.path] = (output.key, made)
    for seen in (Open(), Open(attributed=False, settled=True)):
        folder = tmp_path / f"{seen.settled}"
        for output in outputs_of(desk, ["recommendations"], seen):
            (folder / output.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / output.path).write_bytes(output.make())
        check_site(folder)
    told = words_of(folder)
    assert not [name for name in ("Chile", "Peru", "Kenya", "Norway", "Canada") if name in told]


def test_settled_tells_no_sub_amendment_of_what_is_pending(desk, tmp_path):
    desk.do({"act": "propose", "amends": "A-3", "by": "Norway", "replace": "frostbite", "with": "permafrost"})
    desk.do({"act": "withdraw", "amendment": "A-6"})
    publish(desk, tmp_path / "site", nothing, seen=Open(settled=True))

    check_site(tmp_path / "site")
    assert "frost" not in words_of(tmp_path / "site")


def test_the_command_says_where_the_site_is_and_refuses_in_one_line(desk, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(desk.record.gitdir.parent)

    assert main(["publish", str(tmp_path / "site"), "--unattributed"]) == 0
    assert "Open index.html" in capsys.readouterr().err
    assert main(["publish", str(tmp_path / "site"), "--unattributed"]) == 0
    assert "Nothing has changed" in capsys.readouterr().err
    assert main(["publish", "."]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    told = json.loads((tmp_path / "site" / MARKER).read_text())
    assert told["format"] == "draftwg site"
