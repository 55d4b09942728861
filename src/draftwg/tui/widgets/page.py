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
    """Content, wrapped to the width but to no more than `measure` cells; with `roomy`, a blank line after every
    line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Down", show=False, id="page.down"),
        Binding("up,k", "scroll_up", "Up", show=False, id="page.up"),
        Binding("pagedown,space", "page_down", "Page down", show=False, id="page.page_down"),
        Binding("pageup", "page_up", "Page up", show=False, id="page.page_up"),
        Binding("home", "scroll_home", "Top", show=False, id="page.top"),
        Binding("end", "scroll_end", "End", show=False, id="page.end"),
    ]

    def __init__(self, *, id: str | None = None, measure: int = 1000, focusable: bool = True) -> None:
        super().__init__(id=id)
        self.can_focus = focusable
        self.measure = measure
        self.roomy = False
        self.content = Content("")
        self._lines: list[Strip] = []
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
        line, gap = divmod(y + self.scroll_offset.y, 2 if self.roomy else 1)
        if gap or line >= len(self._lines):
            return Strip.blank(width, style)
        return self._lines[line].adjust_cell_length(width, style)

    def notify_style_update(self) -> None:
        """Another theme."""
        self._wrapped_at = -1
        self._ground = None
        super().notify_style_update()

    def on_resize(self) -> None:
        """Wrap anew at another width."""
        self._wrap()

    @property
    def line_count(self) -> int:
        """How many lines the content takes at the present width."""
        return len(self._lines)

    def _wrap(self) -> None:
        width = min(self.scrollable_content_region.width - 1, self.measure)  # a blank before the scrollbar
        if width == self._wrapped_at or width < 1:
            return
        self._wrapped_at = width
        if not self.content:
            self._lines, self.virtual_size = [], Size(0, 0)
            return
        options = RenderOptions(self.app.stylesheet.parse_style, self.styles.get_rules())
        self._lines = self.content.render_strips(width, None, self.visual_style, options)
        self.virtual_size = Size(0, len(self._lines) * (2 if self.roomy else 1))
