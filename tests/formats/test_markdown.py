import random
from textwrap import dedent

import pytest

from draftwg.errors import BadInput
from draftwg.formats.markdown import read_markdown, write_markdown
from draftwg.formats.reader import read_draft
from draftwg.hygiene import clean_line, clean_text
from draftwg.model.labels import normal_label
from draftwg.model.text import Section, Text, Unit

SENTENCES = """
Member States should keep records [shall] [retain / delete] Государства должны вести учёт
会员国应当保存记录。 ينبغي للدول الأعضاء Los Estados deberían L’État à ça — “quoted” “done.”
"""
WORDS = SENTENCES.split()
HOSTILE = (
    "#", "##", "# x", "1.", "1) x", "12. x", "*", "* x", "-", "- x", "+ x", ">", "> x", "---", "***", "_ _ _", "===",
    "~~~", "```", "\\", "\\*", "a\\", "`code`", "[x](y)", "[x](https://e.example)", "![i](p.png)", "[x]: y",
    "[a][b]", "<b>bold</b>", "<!-- c -->", '<!-- draftwg: {"label": "9"} -->', "&amp;", "&#35;", "AT&T;", "a*b*c",
    "**bold**", "*mutatis mutandis*", "~~gone~~", "Recommendation 3", "Recommendation 3: x", "B. General", "II.",
    "1. Laws", "C #", "x ##", "(a) item;", "lower case start", "§1", "Annex I", "12", "LAKE/PAN/2031/4", "| a | b |",
    "http://e.example/(x)", "e\u0301", "क\u094d\u200dष", "👩\u200d🚀", "a  b", "\u00a0x", "--> y", "\ue041",
)  # fmt: skip
LABELS = ("1", "2", "15", "15 bis", "15 bis alt", "15 alt 2", "16", "PP4 ter", "OP3", "A", "3.2")


def back(text: Text):
    draft = read_draft(write_markdown(text), "text.md")
    assert draft.left_out == ()
    return draft


def same(text: Text) -> None:
    draft = back(text)
    assert (draft.title, draft.number, draft.noun, draft.language) == (
        text.title,
        text.number,
        text.noun,
        text.language,
    )
    assert draft.sections == text.sections
    grouped = [unit for _, units in text.by_section() for unit in units]
    assert [(u.label, u.text, u.section_path) for u in draft.units] == [(u.label, u.text, u.section) for u in grouped]


def one(text="Act.", title="Title", label="1", sections=(), section="", noun="recommendation", language="en"):
    return Text("t", title, sections, (Unit("u1", label, text, section),), noun=noun, language=language)


class TestRoundTrip:
    @pytest.mark.parametrize("line", HOSTILE)
    def test_every_hostile_line_comes_back_as_unit_title_and_section(self, line):
        text, heading = clean_text(line), clean_line(line)
        same(one(text))
        same(one(f"Words.\n{text}\nWords."))
        same(one(title=heading))
        same(one(sections=(Section("A", "A", heading, 1),), section="A"))
        same(one(sections=(Section("§1", "", heading, 1),), section="§1"))

    @pytest.mark.parametrize("label", LABELS)
    @pytest.mark.parametrize(
        ("noun", "language"), [("recommendation", "ar"), ("article", "zh"), ("pledge", "fr"), ("", "ru")]
    )
    def test_labels_in_all_languages(self, label, noun, language):
        same(one(label=normal_label(label), noun=noun, language=language))

    def test_generated_texts(self):
        rng = random.Random(20)
        for _ in range(300):
            same(generated(rng))

    def test_section_that_does_not_follow_from_its_number_keeps_its_address(self):
        sections = (Section("x", "B", "One", 1), Section("x.y", "", "Recommendation 1", 4), Section("deep", "", "", 9))
        same(Text("t", "Title", sections, (Unit("u1", "1", "Act.", "x.y"), Unit("u2", "2", "Go.", "deep"))))

    def test_empty_sections_and_units_outside_sections_stay(self):
        sections = (Section("A", "A", "Empty", 1), Section("B", "B", "Filled", 1), Section("B.§1", "", "Inner", 2))
        same(Text("t", "", sections, (Unit("u1", "PP1", ""), Unit("u2", "2", "Go.", "B.§1")), number="II"))

    def test_deleted_units_are_left_out(self):
        units = (Unit("u1", "1", "Act."), Unit("u2", "2", "Gone.", deleted=True))
        assert [unit.label for unit in back(Text("t", "T", (), units)).units] == ["1"]


def generated(rng: random.Random) -> Text:
    def words(most):
        line = " ".join(rng.choice(WORDS if rng.random() < 0.8 else HOSTILE) for _ in range(rng.randint(1, most)))
        return clean_line(line)

    sections, stack = [], []
    for number in range(rng.randint(0, 5)):
        level = rng.randint(1, len(stack) + 1)
        del stack[level - 1 :]
        own = rng.choice(["", "A", "II", "3", "1.2"]) + (str(number) if rng.random() < 0.9 else "")
        stack.append(own or f"§{number}")
        sections.append(Section(".".join(stack) + f"#{number}", own, words(5), level))
    places = ["", *(section.path for section in sections)]
    labels = rng.sample(LABELS, rng.randint(1, len(LABELS)))
    units = tuple(
        Unit(
            f"u{i}",
            normal_label(label),
            clean_text("\n".join(words(12) for _ in range(rng.randint(0, 4)))),
            rng.choice(places),
        )
        for i, label in enumerate(labels)
    )
    language = rng.choice(["en", "fr", "es", "ru", "ar", "zh"])
    noun = rng.choice(["recommendation", "paragraph", "article", "pledge"])
    return Text("t", words(6), tuple(sections), units, number=rng.choice(["", "II"]), noun=noun, language=language)


class TestWrittenFile:
    def test_looks_as_a_person_expects(self):
        sections = (Section("B", "B", "Special matters", 1), Section("B.1", "1", "Ice", 2))
        text = Text("t", "Proposals", sections, (Unit("u1", "8", "Watch ice:\n(a) by day;", "B.1"),), number="II")
        assert write_markdown(text, {"u1": "Two amendments wait."}) == dedent(
            """\
            # Proposals
            <!-- draftwg: {"language": "en", "noun": "recommendation", "number": "II"} -->

            ## B. Special matters

            ### 1. Ice

            #### Recommendation 8

            > Two amendments wait.

            Watch ice:

            (a) by day;
            """
        )

    def test_notes_are_no_text(self):
        draft = read_draft(write_markdown(one("Act."), {"u1": "Pending:\nA-1"}), "text.md")
        assert [unit.text for unit in draft.units] == ["Act."]
        assert [(run.words, run.why) for run in draft.left_out] == [(2, "note")]

    def test_title_cannot_end_the_comment_of_facts(self):
        same(Text("t", "T", (), (Unit("u1", "1", "Act."),), number="--> <script>"))

    @pytest.mark.parametrize(
        "comment", ['{"language": ["en"]}', "{" + '"a":{' * 400 + "}" * 401, '{"language": "en",}', '{"level": null}']
    )
    def test_damaged_comment_is_refused_with_its_line(self, comment):
        with pytest.raises(BadInput, match=r"line 2 of a\.md cannot be read"):
            read_markdown(f"# T\n<!-- draftwg: {comment} -->\n\n## Recommendation 1\n\nAct.\n", "a.md")

    def test_label_twice_is_refused_with_both_lines(self):
        source = write_markdown(Text("t", "T", (), (Unit("u1", "1", "Act."), Unit("u2", "2", "Go."))))
        with pytest.raises(BadInput, match=r"Recommendation 1 stands twice in a\.md: lines 4 and 8"):
            read_markdown(source.replace("Recommendation 2", "Recommendation 1"), "a.md")

    def test_file_without_units_is_refused(self):
        with pytest.raises(BadInput, match="No recommendation or numbered paragraph was found"):
            read_markdown(write_markdown(Text("t", "T", (), ())), "a.md")

    def test_lines_broken_by_hand_join(self):
        source = write_markdown(one("One two.")).replace("One two.", "One\ntwo.")
        assert read_markdown(source, "a.md").units[0].text == "One two."


def generic(source):
    return read_draft(dedent(source).strip("\n"), "notes.md")


class TestMarkdownFromOthers:
    def test_headings_make_sections_and_units(self):
        draft = generic(
            """
            # Draft on piers

            Intro words.

            ## A. Wood ##

            ### Recommendation 1

            Oil it, and keep
            the *mutatis mutandis* rule.

            - (a) first;
            - (b) second \\[sic\\].

            ### Recommendation 2: Paint

            See [paper](https://e.example/x) and [shall].

            ## Iron

            ### Recommendation 3

            Scrape it.
            """
        )
        assert draft.title == "Draft on piers"
        assert [(s.path, s.number, s.title, s.level) for s in draft.sections] == [
            ("A", "A", "Wood", 1),
            ("§1", "", "Iron", 1),
        ]
        assert [(u.section_path, u.label, u.text) for u in draft.units] == [
            ("A", "1", "Oil it, and keep the *mutatis mutandis* rule.\n(a) first;\n(b) second [sic]."),
            ("A", "2", "Paint\nSee paper and [shall]."),
            ("§1", "3", "Scrape it."),
        ]
        assert [(run.first_line, run.words) for run in draft.left_out] == [(3, 2)]

    def test_bold_lines_and_numbered_lists(self):
        bold = generic("# T\n\n**Recommendation 1**\n\nAct.\n\n**Recommendation 2**\nGo.")
        assert [(u.label, u.text) for u in bold.units] == [("1", "Act."), ("2", "Go.")]
        numbered = generic("# T\n\nWords.\n\n1. Act,\n   and act.\n2. Go:\n   - (a) there;\n3. Stay.")
        assert [(u.label, u.text) for u in numbered.units] == [
            ("1", "Act, and act."),
            ("2", "Go:\n(a) there;"),
            ("3", "Stay."),
        ]

    def test_escaped_marks_make_no_list_and_no_heading(self):
        draft = generic("# T\n\n## Recommendation 1\n\n2\\. is no item.\n\n\\# is no heading.\n\n\\*x\\*")
        assert [u.text for u in draft.units] == ["2. is no item.\n# is no heading.\n*x*"]

    def test_underlined_headings_comments_rules_and_quotes(self):
        draft = generic(
            "# P\n\nTitle\n=====\n\nPart\n----\n\n<!-- not\nthis -->\n\n### Recommendation 1\n\n> Act.\n\n***\n\nMore."
        )
        assert draft.title == "Title"
        assert [s.title for s in draft.sections] == ["Part"]
        assert draft.units[0].text == "Act.\nMore."
        assert any(run.first_line == 9 and run.last_line == 10 for run in draft.left_out)

    def test_label_twice_is_refused_with_both_lines(self):
        with pytest.raises(BadInput, match="lines 3 and 7"):
            generic("# T\n\n## Recommendation 1\n\nAct.\n\n## Recommendation 1\n\nAct.")
