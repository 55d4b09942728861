"""The style of the website: that of the redline pages, and what a site has beyond them.

Sizes follow the reader's; text has a contrast of 7 : 1 or more, insertions and deletions 4.5 : 1 or more, in light and
dark (WCAG 2.2, 1.4.3 and 1.4.6). Logical properties alone, so that pages from right to left need no style of their own.
"""

from draftwg.formats.stylesheet import STYLE

SITE_STYLE = (
    STYLE
    + """
.top { border-bottom: 1px solid var(--line); margin-bottom: 2rem; padding-bottom: .7rem; font-size: .95rem; }
.top p { margin: 0 0 .5rem; }
.top .where { margin-inline-start: .6rem; }
.top ul { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; list-style: none; margin: 0; padding: 0; }
.top a { display: inline-block; min-height: 24px; padding: .2rem 0; }
.top a[aria-current] { font-weight: 700; text-decoration-thickness: 3px; }
.foot { border-top: 1px solid var(--line); margin-top: 3.5rem; padding-top: .8rem; font-size: .88rem;
  color: var(--soft); }
main:focus { outline: none; }
.site .mast { margin-bottom: 1.4rem; } .site .mast h1 { margin-bottom: .2rem; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1.6rem;
  font-size: .92rem; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
code { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .9em;
  overflow-wrap: anywhere; }
.said { font-size: .95rem; margin: .4rem 0 .8rem; }
.strong { border-inline-start: 4px solid var(--accent); padding: .3rem .8rem; font-weight: 600; }
.kind { color: var(--ink); white-space: normal; }
.words .in { background: var(--tint); border-radius: 2px; }
.words .sign { font-weight: 700; }
.words .names { font-family: system-ui, "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif; font-size: .86em;
  font-weight: 600; }
.scroll { margin: 1.2rem 0; } caption { text-align: start; font-weight: 600; padding-block: .3rem .5rem; }
th, td { overflow-wrap: break-word; } td { min-width: 4.5rem; }
tbody th { white-space: normal; } tbody .whole { white-space: nowrap; } td code { display: block; min-width: 17ch; }
main .name a { text-decoration-thickness: 1px; } .unit .facts { margin-bottom: .5rem; }
article h3.name, article h4.name { overflow-wrap: anywhere; }
@media (max-width: 40rem) { .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .5rem; }
  .top .where { display: block; margin: 0; } }
@media print { .top nav, .toc { display: none; } .scroll { overflow: visible; } .words .in { background: none; }
  .foot { margin-top: 1rem; } .top { margin-bottom: 1rem; } }
"""
)
