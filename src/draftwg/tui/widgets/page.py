"""Words to be read: wrapped at a comfortable measure, drawn line by line, scrolled by keys and wheel."""

from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import RenderOptions


class Page(ScrollView, can_focus=True):
    """Content, wrapped to the width but to no more than `measure` cells.

    With `roomy`, a blank line follows every line where the whole content has room with them: to be read from afar.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Down", show=False, id="page.down"),
        Binding("up,k", "scroll_up", "Up", show=False, id="page.up"),
        Binding("pagedown,space", "page_down", "Page down", show=False, id="page.page_down"),
        Binding("pageup", "page_up", "Page up", show=False, id="page.page_up"),
        Binding("home", "scroll_home", "Top", show=False, id="page.top"),
        Binding("end", "scroll_end", "End", show=False, id="page.end"),
    ]

    def __init__(
        self, *, id: str | None = None, measure: int = 1000, focusable: bool = True, roomy: bool = False
    ) -> None:
        super().__init__(id=id)
        self.can_focus = focusable
        self.measure = measure
        self.roomy = roomy
        self.content = Content("")
        self._rows: list[Strip | None] = []
        self._wrapped_at = -1
        self._ground: Style | None = None

    def show(self, content: Content, *, top: bool = True) -> None:
        """Show this content; with `top`, from its beginning."""
        self.content = content
        self._wrapped_at = -1
        self._wrap()
        if top:
            self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def reveal(self, part: float) -> None:
        """Scroll so that this part of the content (0 = its beginning, 1 = its end) is about in the middle."""
        height = self.scrollable_content_region.height
        self.scroll_to(y=max(0, part * self.virtual_size.height - height / 2), animate=False, force=True)

    def set_roomy(self, roomy: bool) -> None:
        """With or without blank lines between the lines."""
        self.roomy = roomy
        self.show(self.content)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        if self._ground is None:
            self._ground = self.rich_style
        style = self._ground
        if width < 1:
            return Strip.blank(width, style)
        self._wrap()
        row = y + self.scroll_offset.y
        line = self._rows[row] if row < len(self._rows) else None
        return Strip.blank(width, style) if line is None else line.adjust_cell_length(width, style)

    def notify_style_update(self) -> None:
        """Another theme."""
        self._wrapped_at = -1
        self._ground = None
        super().notify_style_update()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrapped_at = -1
        self._wrap()

    def arranged(self, lines: list[Strip], width: int) -> list[Strip]:
        """The wrapped lines as they go to the terminal; for pages that know better than the terminal how."""
        return lines

    def _wrap(self) -> None:
        width = min(self.scrollable_content_region.width - 1, self.measure)  # a blank before the scrollbar
        if width == self._wrapped_at or width < 1:
            return
        self._wrapped_at = width
        lines: list[Strip] = []
        if self.content:
            options = RenderOptions(self.app.stylesheet.parse_style, self.styles.get_rules())
            lines = self.arranged(self.content.render_strips(width, None, self.visual_style, options), width)
        self._rows = [*lines]
        if self.roomy:
            spread = [row for line in lines for row in ((line, None) if line.text.strip() else (None,))]
            if len(spread) <= self.scrollable_content_region.height:
                self._rows = spread
        self.virtual_size = Size(0, len(self._rows))
