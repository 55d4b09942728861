"""The formats room: ways in and ways out of texts, and ways out of redlines.

In: the text of a whole report, plain papers, Markdown, and what draftwg wrote itself (`reader.read_draft`, a `Draft`).
Out: Markdown of a `Text`; HTML, Markdown, plain text, JSON and terminal lines of a `Redline`. It may call `model`,
`redline`, `hygiene` and `errors`; it knows neither git, nor acts, nor any screen.
"""
