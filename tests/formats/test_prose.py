import json
from pathlib import Path
from textwrap import dedent

import pytest

from draftwg.errors import BadInput
from draftwg.formats.prose import read_prose
from draftwg.formats.reader import read_draft

SHARED = Path(__file__).parents[3] / "shared" / "data"


def read(text):
    return read_prose(dedent(text).strip("\n"), "paper.txt")


def texts(draft):
    return {unit.label: unit.text for unit in draft.units}


def places(draft):
    return [(unit.section_path, unit.label) for unit in draft.units]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the real report is not beside this checkout")
class TestRealReport:
    def test_every_unit_is_equal_to_the_structure_file(self):
        draft = read_draft((SHARED / "report-2018.txt").read_text(), "report-2018.txt")
        expected = json.loads((SHARED / "report-2018-structure.json").read_text())["recommendations"]
        assert (draft.number, draft.title, draft.noun, draft.language) == (
            "II",
            "Recommendations",
            "recommendation",
            "en",
        )
        assert [(unit.label, unit.text, f"II.{unit.section_path}", list(unit.lines)) for unit in draft.units] == [
            (str(unit["number"]), unit["text"], unit["section"], unit["text_lines"]) for unit in expected
        ]

    def test_sections_have_their_numbers_titles_and_levels(self):
        draft = read_draft((SHARED / "report-2018.txt").read_text(), "report-2018.txt")
        expected = json.loads((SHARED / "report-2018-structure.json").read_text())["sections"]
        assert [(f"II.{s.path}", s.number, s.title, s.level) for s in draft.sections] == [
            (s["id"], s["number"], s["title"], s["level"] - 1) for s in expected if s["id"].startswith("II.")
        ]

    def test_what_was_left_out_and_what_was_taken_cover_the_source(self):
        source = (SHARED / "report-2018.txt").read_text()
        draft = read_draft(source, "report-2018.txt")
        taken = {line for unit in draft.units for line in unit.lines}
        left = {n for run in draft.left_out for n in range(run.first_line, run.last_line + 1)}
        headings = {
            number
            for number, line in enumerate(source.split("\n"), 1)
            if line.startswith("II. ") or ("ecommendation" in line and number not in taken and 30 < number < 138)
        }
        filled = {number for number, line in enumerate(source.split("\n"), 1) if line.strip()}
        assert taken & left == set()
        assert filled <= taken | left | headings

    def test_the_whole_report_reads_as_numbered_paragraphs_without_its_recommendations(self):
        lines = (SHARED / "report-2018.txt").read_text().split("\n")
        expected = json.loads((SHARED / "report-2018-structure.json").read_text())["paragraphs"]
        draft = read_prose("\n".join(lines[:30] + lines[137:]), "report.txt")
        assert [unit.label for unit in draft.units] == [str(number) for number in range(1, 34)]
        assert [unit.text.split("\n")[0] for unit in draft.units] == [item["text"] for item in expected]
        assert draft.title.startswith("Report on the meeting of the Working Group")
        assert draft.units[25].text.count("\n") == 7  # the agenda is a list inside paragraph 26


REPORT = """
    Assembly of the Lakes

    Distr.: Limited
    3 March 2031

    Report of the Panel on Harbours

    I. Introduction

    1. The Panel met twice.

    2. It had before it a paper on piers (see [LAKE/PAN/2031/1](#)), and went

    through it page by page.

    II. Proposals

    3. The Panel adopted the proposals below.

    A. General

    Recommendation 1

    Lake States should [shall] keep their piers in good repair and report on them to the

    Assembly as a whole.

    12

    LAKE/PAN/2031/4

    Recommendation 2

    Harbours are to be lit. Lights are to be *prima facie* visible:

    - (a) by day;

    (b) by night.

    B. Special matters

    1. Matters of dredging*Recommendation 3*

    Dredging should stop in spring.

    2. Matters of ice**Recommendation 4**

    Ice should be watched.

    Recommendation 5

    Ice should be broken, for example in line with recommendation 4,

    where ships wait.

    III. Summary

    4. Speakers agreed on the following agenda:

    1. Opening:
     - (a) Welcome;
    2. Closing.

    5. The Panel closed.
"""


class TestReport:
    def test_units_sections_and_headings_glued_together(self):
        draft = read(REPORT)
        assert places(draft) == [("A", "1"), ("A", "2"), ("B.1", "3"), ("B.2", "4"), ("B.2", "5")]
        assert [(s.path, s.number, s.title, s.level) for s in draft.sections] == [
            ("A", "A", "General", 1),
            ("B", "B", "Special matters", 1),
            ("B.1", "1", "Matters of dredging", 2),
            ("B.2", "2", "Matters of ice", 2),
        ]
        assert (draft.number, draft.title) == ("II", "Proposals")

    def test_words_go_on_over_a_page_break(self):
        draft = texts(read(REPORT))
        assert draft["5"] == "Ice should be broken, for example in line with recommendation 4, where ships wait."
        assert draft["1"].split("\n")[0].endswith("report on them to the")  # upper case: a person has to look

    def test_page_furniture_is_no_text(self):
        draft = read(REPORT)
        assert not any("LAKE" in unit.text or "12" in unit.text for unit in draft.units)
        assert "page number or symbol" in {run.why for run in draft.left_out}

    def test_subparagraphs_are_lines_of_their_unit_and_emphasis_stays(self):
        assert texts(read(REPORT))["2"].split("\n") == [
            "Harbours are to be lit. Lights are to be *prima facie* visible:",
            "(a) by day;",
            "(b) by night.",
        ]

    def test_negotiation_brackets_stay_and_links_go(self):
        assert "[shall]" in texts(read(REPORT))["1"]
        draft = read("Recommendation 1\n\nSee [LAKE/1](https://lake.example/1) and [shall](a) and [paper](#).")
        assert draft.units[0].text == "See LAKE/1 and [shall](a) and paper."

    def test_left_out_runs_say_why(self):
        draft = read(REPORT)
        whys = [run.why for run in draft.left_out]
        assert whys[0] == "outside “II. Proposals”"
        assert "not part of a recommendation" in whys
        assert whys[-1] == "outside “II. Proposals”"
        assert all(run.words > 0 and run.first_line <= run.last_line for run in draft.left_out)


class TestUnitHeadings:
    @pytest.mark.parametrize(
        ("heading", "noun", "label"),
        [
            ("Recommendation 8", "recommendation", "8"),
            ("RECOMMENDATION 8", "recommendation", "8"),
            ("Recommendation No. 8", "recommendation", "8"),
            ("Draft recommendation 8", "recommendation", "8"),
            ("*Recommendation 8*", "recommendation", "8"),
            ("Recommendation 15 bis", "recommendation", "15 bis"),
            ("Recommendation 15bis.", "recommendation", "15 bis"),
            ("Recommendation 15 bis alt 2", "recommendation", "15 bis alt 2"),
            ("Recommandation n° 8", "recommendation", "8"),
            ("Recomendación 8", "recommendation", "8"),
            ("Рекомендация № 8", "recommendation", "8"),
            ("توصية 8", "recommendation", "8"),
            ("التوصية ٨", "recommendation", "8"),
            ("建议8", "recommendation", "8"),
            ("建议 十二", "recommendation", "12"),
            ("第五条", "article", "5"),
            ("第12段", "paragraph", "12"),
            ("Paragraph 3", "paragraph", "3"),
            ("Article 16", "article", "16"),
            ("Décision 2", "decision", "2"),
            ("Conclusion 4", "conclusion", "4"),
            ("Action 7", "action", "7"),
            ("Principio 7", "principle", "7"),
            ("Option B", "option", "B"),
            ("OP3", "paragraph", "OP3"),
            ("PP 2 bis", "paragraph", "PP2 bis"),
        ],
    )
    def test_forms_in_the_official_languages(self, heading, noun, label):
        draft = read(f"{heading}\n\nStates should act.")
        assert (draft.noun, draft.units[0].label, draft.units[0].text) == (noun, label, "States should act.")

    @pytest.mark.parametrize(
        "line",
        [
            "Recommendation 8: States should act.",
            "Recommendation 8. States should act.",
            "Recommendation 8 – States should act.",
            "**Recommendation 8** States should act.",
            "**Recommendation 8.** States should act.",
            "OP8. States should act.",
            "OP8 States should act.",
        ],
    )
    def test_words_behind_the_heading_on_its_line(self, line):
        assert read(line).units[0].text == "States should act."

    @pytest.mark.parametrize(
        "line",
        [
            "Recommendation 8 says that States should act.",
            "Article 32, paragraph 3, of the Convention applies.",
            "Recommendations",
            "ACTIONS",
            "建议各国采取行动。",
            "Recommendation 1 ........ 12",
        ],
    )
    def test_sentences_and_other_headings_are_no_unit_headings(self, line):
        with pytest.raises(BadInput):
            read(line)

    def test_most_frequent_noun_makes_the_units(self):
        draft = read(
            """
            Conclusion 1

            Piers rot.

            Recommendation 1

            Mend piers.

            Recommendation 2

            Paint piers.
            """
        )
        assert (draft.noun, texts(draft)) == ("recommendation", {"1": "Mend piers.", "2": "Paint piers."})
        assert any(run.words == 2 for run in draft.left_out)  # the conclusion's words, to be checked by a person

    def test_status_behind_the_label_stays_in_the_text(self):
        assert texts(read("Recommendation 8 [Agreed ad ref]\n\nAct.")) == {"8": "[Agreed ad ref]\nAct."}


class TestNumberedParagraphs:
    def test_running_numbers_make_units(self):
        draft = read("1. One.\n\n2) Two.\n\n2 bis. Two again.\n\n3. Three.")
        assert texts(draft) == {"1": "One.", "2": "Two.", "2 bis": "Two again.", "3": "Three."}
        assert (draft.noun, draft.title) == ("paragraph", "paper")

    def test_list_inside_a_paragraph_is_no_unit(self):
        draft = read("1. One.\n\n2. Agenda:\n\n1. A;\n2. B;\n3. C;\n4. D.\n\n3. Three.")
        assert list(texts(draft)) == ["1", "2", "3"]
        assert texts(draft)["2"] == "Agenda:\n1. A;\n2. B;\n3. C;\n4. D."

    def test_list_that_could_go_on_the_count_is_parted_by_the_empty_line(self):
        draft = read("1. One.\n\n2. Agenda:\n1. A;\n2. B.\n\n3. Three.")
        assert texts(draft)["3"] == "Three."

    def test_subsection_numbers_are_no_paragraph_numbers(self):
        draft = read(
            "A. General\n\n1. Laws\n\n1. Make laws.\n\n2. Keep laws.\n\n2. Courts\n\n3. Build courts.\n\n"
            "B. Rest\n\n4. Go."
        )
        assert places(draft) == [("A.1", "1"), ("A.1", "2"), ("A.2", "3"), ("B", "4")]

    def test_numbers_that_begin_anew_are_refused_with_both_lines(self):
        with pytest.raises(BadInput, match=r"Paragraph 1 stands twice in paper\.txt: lines 3 and 9"):
            read("A. One\n\n1. Act.\n\n2. Act more.\n\nB. Two\n\n1. Act.")

    def test_missing_number_is_told(self):
        assert read("1. One.\n\n2. Two.\n\n4. Four.").warnings == ("Line 5: paragraph 4 follows paragraph 2.",)

    def test_chinese_numbers_are_read(self):
        assert texts(read("1．各国应采取行动。\n\n2、各国应报告。")) == {"1": "各国应采取行动。", "2": "各国应报告。"}


class TestHeadings:
    def test_letters_and_roman_numerals_by_sequence(self):
        parts = [f"{letter}. Part\n\n{number}. Act {number}." for number, letter in enumerate("ABCDEFGHIJ", 1)]
        draft = read("\n\n".join(parts))
        assert [section.path for section in draft.sections] == list("ABCDEFGHIJ")
        assert {section.level for section in draft.sections} == {1}

    def test_letters_begin_anew_in_each_part(self):
        draft = read(
            "I. One\n\nA. X\n\n1. Act.\n\nB. Y\n\n2. Act.\n\n"
            "II. Two\n\nA. X\n\n3. Act.\n\nB. Y\n\n4. Act.\n\nC. Z\n\n5. Act."
        )
        assert [path for path, _ in places(draft)] == ["I.A", "I.B", "II.A", "II.B", "II.C"]

    def test_headings_without_number_over_units(self):
        draft = read("Draft on piers\n\nWood\n\nRecommendation 1\n\nOil it.\n\nIron\n\nRecommendation 2\n\nPaint it.")
        assert draft.title == "Draft on piers"
        assert [(s.path, s.number, s.title) for s in draft.sections] == [("§1", "", "Wood"), ("§2", "", "Iron")]
        assert texts(draft) == {"1": "Oil it.", "2": "Paint it."}

    def test_last_line_over_the_first_unit_is_the_title(self):
        draft = read("Panel on Harbours\n\nProposals\n\nRecommendation 1\n\nOil it.")
        assert (draft.title, draft.sections) == ("Proposals", ())
        assert [run.first_line for run in draft.left_out] == [1]

    def test_annex_ends_the_last_unit(self):
        draft = read("Recommendation 1\n\nAct.\n\nAnnex I\n\nList of ships.")
        assert texts(draft) == {"1": "Act."}

    def test_single_lettered_part_stays_a_section_of_a_paper_with_title(self):
        draft = read("Paper on piers\n\nA. General\n\nRecommendation 1\n\nAct.")
        assert (draft.title, places(draft)) == ("Paper on piers", [("A", "1")])


class TestHardWrappedText:
    def test_lines_join_and_paragraphs_stay_apart(self):
        draft = read(
            """
            Recommendation 1

            States should keep their piers and harbours in good repair at all
            times, and should report to the Assembly on the state of each pier
            once every year. They should
            also mend what is broken without waiting for the report, as set out in
            Recommendation 2 of the panel. They may ask for help under article
            5. The Assembly will give it.

            A second paragraph of the same unit stands behind an empty line and is
            broken as well.

            (a) first point, which is itself so long that it does not fit on one
            line of the page;

            (b) second point.

            Recommendation 2

            Short.
            """
        )
        assert texts(draft)["1"].split("\n") == [
            "States should keep their piers and harbours in good repair at all times, and should report to the Assembly"
            " on the state of each pier once every year. They should also mend what is broken without waiting for the"
            " report, as set out in Recommendation 2 of the panel. They may ask for help under article 5. The Assembly"
            " will give it.",
            "A second paragraph of the same unit stands behind an empty line and is broken as well.",
            "(a) first point, which is itself so long that it does not fit on one line of the page;",
            "(b) second point.",
        ]
        assert texts(draft)["2"] == "Short."

    def test_chinese_lines_join_without_a_blank(self):
        line = "各国应当采取一切适当措施防止有组织犯罪集团获取枪支及其零部件和弹药并加强合作交流信息"
        draft = read(f"建议1\n\n{line}\n{line}\n{line}。")
        assert draft.units[0].text == line * 3 + "。"
        assert draft.language == "zh"


class TestRefusals:
    @pytest.mark.parametrize("source", ["", "\n\n\n", "A letter.\n\nWith words, and no number.", "12\n\n13"])
    def test_text_without_unit_is_refused(self, source):
        with pytest.raises(BadInput) as caught:
            read_draft(source, "letter\x1b[2J.txt")
        assert caught.value.message == "No recommendation or numbered paragraph was found in letter�[2J.txt."
        assert caught.value.hint

    def test_label_twice_is_refused_with_both_lines(self):
        with pytest.raises(BadInput, match=r"Recommendation 1 stands twice in paper\.txt: lines 1 and 5"):
            read("Recommendation 1\n\nAct.\n\nRecommendation 1\n\nAct.")

    def test_label_twice_on_one_line_is_refused(self):
        with pytest.raises(BadInput, match="lines 1 and 1"):
            read("Recommendation 1\x0cRecommendation 1")

    def test_unit_without_words_is_told(self):
        draft = read("Recommendation 1\n\nRecommendation 2\n\nAct.")
        assert draft.warnings == ("Line 1: recommendation 1 has no words.",)

    def test_control_characters_do_not_come_in(self):
        draft = read("Recommendation 1\n\nAct \x1b[31mnow\u202e and\x07 here.\x0cRecommendation 2\n\nGo.")
        assert texts(draft) == {"1": "Act now and here.", "2": "Go."}
        assert draft.units[1].lines == (5,)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Member States should keep records of the firearms.", "en"),
        ("Les États Membres devraient tenir des registres sur les armes.", "fr"),
        ("Los Estados Miembros deberían llevar registros de las armas.", "es"),
        ("Государствам-членам следует вести учет (UNODC).", "ru"),
        ("ينبغي للدول الأعضاء أن تحتفظ بالسجلات", "ar"),
        ("会员国应当保存枪支记录（UNODC）。", "zh"),
        ("12345", "en"),
    ],
)
def test_language_is_guessed(words, language):
    assert read(f"1. {words}").language == language


def test_heading_glued_without_any_mark():
    draft = read("A. Wood\n\nRecommendation 1\n\nOil it.\n\nB. Iron measuresRecommendation 2\n\nPaint it.")
    assert places(draft) == [("A", "1"), ("B", "2")]
    assert draft.sections[1].title == "Iron measures"


def test_what_draftwg_shows_of_a_unit_s_status_is_no_word_of_it() -> None:
    draft = read_draft("Draft\n\nRecommendation 1 [bracketed]\nStates should act [at once].\n", "shown.txt")

    assert [(unit.label, unit.text) for unit in draft.units] == [("1", "States should act [at once].")]


@pytest.mark.parametrize(
    "redline",
    [
        "# T\n\n## Recommendation 1\n\nStates {~~should~>shall~~}{>>Peru, A-1<<} act {++now++}.\n",
        "T\n\nRecommendation 1\nStates [-should-]{+shall+} act [-late-]{+now+}.\n",
    ],
)
def test_a_redline_is_no_text(redline: str) -> None:
    with pytest.raises(BadInput, match="is a redline"):
        read_draft(redline, "redline.md")
