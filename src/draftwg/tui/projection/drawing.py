"""A scene as content for the terminal's widgets: visible characters only, and never as markup."""

from textual.content import Content

from draftwg.formats.scene import Mark, Scene, SceneAmendment, Span, signed
from draftwg.hygiene import one_line, visible
from draftwg.tui.drawing import STATUS_SIGNS

_STYLES = {
    Mark.KEPT: "",
    Mark.BRACKETED: "$insert",
    Mark.INSERTED: "$insert underline",
    Mark.DELETED: "$delete strike",
    Mark.SIGN: "$accent bold",
    Mark.NAMES: "$muted",
}


def words(scene: Scene) -> Content:
    """The words of the unit, a blank line between paragraphs, and the notes under them."""
    paragraphs = [Content.assemble(*map(_span, signed(paragraph))) for paragraph in scene.paragraphs]
    paragraphs += [Content.styled(visible(one_line(note)), "$muted") for note in scene.notes if note]
    return Content("\n\n").join(paragraphs)


def _span(span: Span) -> Content:
    return Content.styled(visible(span.text), _STYLES[span.mark])


def before(scene: Scene) -> float:
    """Which part of the words stands before the place where the eye is to be, from 0 to 1."""
    spans = [span for paragraph in scene.paragraphs for span in paragraph]
    place = next((place for place, span in enumerate(spans) if span.here), 0)
    return sum(len(span.text) for span in spans[:place]) / max(1, sum(len(span.text) for span in spans))


def head(scene: Scene) -> str:
    """What is before the room, and how it stands."""
    sign = STATUS_SIGNS.get(scene.standing, "")
    return one_line(" · ".join(filter(None, (scene.name, f"{sign} {scene.status}".strip()))))


def place(scene: Scene) -> str:
    """Where we are: the view, the reading, the base."""
    return one_line(" · ".join(filter(None, (scene.view, scene.reading, scene.symbol))))


def banner(scene: Scene) -> tuple[str, str]:
    """What is announced, and its look: that the picture stands still, what is being drafted, what was decided."""
    if scene.still:
        return one_line(scene.still), "held"
    if scene.drafting:
        told = "was being drafted" if scene.interrupted else "being drafted"
        return one_line(f"✎ {scene.drafting} · {told}"), "held" if scene.interrupted else "typed"
    return (one_line(scene.ruling), "good") if scene.ruling else ("", "")


def amendment(one: SceneAmendment) -> tuple[Content, Content]:
    """Two lines on an amendment: who, and what."""
    sign = "▶" if one.chosen else " "
    hangs = "└ " if one.hangs else ""
    state = f" ({one.state})" if one.state else ""
    first = Content.assemble(
        (f"{sign} {one.place}. ", "$accent bold"),
        (one_line(f"{hangs}{one.number}{state}"), "bold"),
        (f"  {one_line(one.by)}", ""),
    )
    return first, Content.styled(f"     {one_line(one.said)}", "$muted")
