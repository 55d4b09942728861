"""Something long, scrolled up and down, that draws only the lines in sight."""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

from draftwg.tui.widgets.drawn import Drawn
from draftwg.tui.widgets.thumb import Thumb


class Scrolled(Drawn, ScrollView):
    """The ground of lists and pages. What it shows may become longer or shorter at any key, so that this must not lay
    out the whole screen anew, as it does in Textual: only the thumb of the scrollbar and the lines in sight change.

    The scrollbar's place is always kept (`overflow-y: scroll`); where all fits, nothing is drawn in it.
    """

    virtual_size = Reactive(Size(0, 0), repaint=False)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = Thumb(True, "vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    def set_lines(self, count: int) -> None:
        """It is this many lines long now. Whoever says so has it drawn as well."""
        before = self.virtual_size.height
        if count == before:
            return
        self.virtual_size = Size(0, count)
        seen = self.inside.height
        automatic = self.styles.height is not None and self.styles.height.is_auto
        if seen < 1 or (automatic and (before <= seen or count <= seen)):
            self.refresh(layout=True)  # its own height follows from its lines
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = count
        if self.scroll_y > max(0, count - seen):
            self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def to_top(self) -> None:
        """Show its beginning."""
        if self.scroll_y or self.scroll_target_y:
            self.scroll_to(y=0, animate=False, force=True)
