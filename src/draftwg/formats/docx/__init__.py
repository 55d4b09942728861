"""Word files (.docx, Office Open XML): a reader that trusts nothing, and writers whose changes are tracked changes.

`package` opens and makes the zip, `reader` gives a `Document` with its revisions, comments and footnotes; `resolve`
takes all revisions or none; `writer` writes the parts, and `redline`, `clean`, `compilation` and `table` are the papers
made with it. Standard: ECMA-376, parts 1 and 2 (transitional and strict are read, transitional is written).
"""
