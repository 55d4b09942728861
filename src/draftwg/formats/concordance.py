"""The concordance as a page: draft labels and final numbers side by side, for print and screen."""

from collections.abc import Sequence
from html import escape

from draftwg.hygiene import one_line

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Concordance: {title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 Georgia, "Noto Serif", serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
caption {{ text-align: start; font-weight: bold; padding-block: .5rem; }}
th, td {{ text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8888; }}
thead {{ display: table-header-group; }}
tr {{ break-inside: avoid; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<table>
<caption>Concordance of draft labels and final numbers</caption>
<thead><tr><th scope="col">Draft</th><th scope="col">Final</th><th scope="col">Section</th>\
<th scope="col">Note</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</main>
</body>
</html>
"""


def concordance_html(lines: Sequence[tuple[str, str, str, str]], title: str) -> str:
    """One self-contained page; each line is draft label, final number, section and note."""
    rows = "\n".join(
        f'<tr><th scope="row">{_text(draft)}</th>{"".join(f"<td>{_text(cell)}</td>" for cell in cells)}</tr>'
        for draft, *cells in lines
    )
    return _PAGE.format(title=_text(title), rows=rows)


def _text(words: str) -> str:
    return escape(one_line(words))
