"""The style of the HTML redline: a sober paper, for screen (light and dark) and print.

Insertion and deletion have the colours of Okabe and Ito's palette where its contrast is 4.5 : 1 or more on the paper
(#0072B2 and, darkened, #A34700 on light; #56B4E9 and #E69F00 on dark). Underline and strike carry the meaning; in
print, signs stand around every change, since a printer may have no colour and a thin line may not show.
"""

STYLE = """
:root { color-scheme: light dark;
  --paper: #fff; --ink: #1b1b1b; --soft: #55585c; --line: #c9ccd0; --tint: #f4f5f6;
  --ins: #0072b2; --del: #a34700; --link: #0b4f8a; --accent: #1d5b8f; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #111; --ink: #e8e6e1; --soft: #b0b2b5; --line: #44484d; --tint: #1c1e20;
  --ins: #56b4e9; --del: #e69f00; --link: #8cc8f2; --accent: #6fb1e0; } }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: calc(70ch + 2.5rem);
  font-size: 1.125rem; line-height: 1.62;
  font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC",
    "Songti SC", SimSun, Georgia, "Times New Roman", serif; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; font-weight: 600; text-wrap: balance; }
.chrome, .ref, table, .kind, .note { font-family: system-ui, "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif; }
.vh { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.skip { position: absolute; inset-inline-start: 1rem; top: -6rem; z-index: 1;
  background: var(--paper); padding: .5rem 1rem; }
.skip:focus { top: 1rem; }
.mast { border-top: 4px solid var(--accent); border-bottom: 1px solid var(--line);
  padding: 1.1rem 0 1.2rem; margin-bottom: 2rem; }
.mast h1 { font-size: 1.9rem; margin: .35rem 0 .9rem; }
.mast p { margin: 0; }
.where { font-size: .92rem; color: var(--soft); }
.mast dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; font-size: .92rem; }
.mast dt { color: var(--soft); } .mast dd { margin: 0; overflow-wrap: anywhere; }
.mast .legend { font-size: .92rem; margin: 1.1rem 0 0; padding: .6rem .9rem; background: var(--tint); }
.toc { font-size: .92rem; margin: 0 0 2.2rem; }
.toc h2 { font-size: 1rem; margin: 0 0 .3rem; }
.toc ul { list-style: none; margin: 0; padding: 0; columns: 14rem; column-gap: 2rem; }
.toc li { break-inside: avoid; } .toc a { display: inline-block; padding: .15rem 0; }
main h2 { font-size: 1.4rem; margin: 2.6rem 0 .8rem; } main h3 { font-size: 1.2rem; margin: 2.1rem 0 .6rem; }
main h4, main h5, main h6 { font-size: 1.05rem; margin: 1.8rem 0 .5rem; }
.unit { margin: 1.7rem 0; } .unit .head { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
main .head > * { margin: 0; } main .head > .name { font-size: 1.05rem; font-style: italic; }
main .head > :is(.name:lang(ar), .name:lang(fa), .name:lang(he), .name:lang(zh), .name:lang(ja), .name:lang(ko)) {
  font-style: normal; }
.changed { border-inline-start: 3px solid var(--accent); padding-inline-start: 1rem;
  margin-inline-start: calc(-1rem - 3px); }
.unit:target { background: var(--tint); }
.kind { font-size: .78rem; color: var(--soft); border: 1px solid var(--line); border-radius: 1em; padding: 0 .6em; }
main .head > .step { margin-inline-start: auto; font-size: .82rem; }
.step a { display: inline-block; min-width: 24px; padding: .1rem .3rem; text-align: center; }
.words p { margin: .45rem 0; overflow-wrap: break-word; } .words p:empty::before { content: "\\a0"; }
sup { font-size: .7em; line-height: 1; }
.note { font-size: .9rem; color: var(--soft); margin: .3rem 0; }
ins { color: var(--ins); text-decoration: underline; text-decoration-thickness: .11em; text-underline-offset: .17em; }
del { color: var(--del); text-decoration: line-through; text-decoration-thickness: .11em; }
ins:empty, del:empty { display: none; }
del + ins { margin-inline-start: .14em; }
.ref { font-size: .68rem; line-height: 1; white-space: nowrap; vertical-align: .42em; margin-inline: .18em .4em; }
.ref a { text-decoration: none; border-bottom: 1px dotted; } .ref a:hover { border-bottom-style: solid; }
.same { color: var(--soft); font-size: .92rem; margin: 1.2rem 0; }
.list { margin-top: 3.5rem; border-top: 1px solid var(--line); } .list h2 { font-size: 1.3rem; margin: 1.2rem 0 .7rem; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 3px solid var(--accent); }
table { border-collapse: collapse; width: 100%; font-size: .86rem; line-height: 1.4; }
th, td { text-align: start; vertical-align: top; padding: .45rem .7rem .45rem 0; border-bottom: 1px solid var(--line); }
td { overflow-wrap: break-word; } tbody th { white-space: nowrap; } tr:target > * { background: var(--tint); }
.proposals { table-layout: fixed; min-width: 34rem; } .proposals tbody th { white-space: normal; }
.proposals thead th { width: 24%; } .proposals thead th:last-child { width: auto; } .scroll { position: relative; }
@media (max-width: 40rem) { body { padding-top: 1.2rem; font-size: 1.05rem; } .mast h1 { font-size: 1.5rem; }
  .changed { margin-inline-start: 0; padding-inline-start: .7rem; } }
@media (forced-colors: active) { .changed { border-color: Highlight; } }
@page { size: A4; margin: 22mm 24mm; }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #333; --line: #999; --tint: #fff;
    --ins: #000; --del: #000; --link: #000; --accent: #000; }
  body { padding: 0; max-width: none; font-size: 11pt; line-height: 1.45; }
  .skip, .toc, .step { display: none; } a { text-decoration: none; }
  h2, h3, h4, .head { break-after: avoid; } tr, .legend { break-inside: avoid; } p { orphans: 3; widows: 3; }
  .changed { border-inline-start: 1.5pt solid #000; padding-inline-start: 3mm; margin-inline-start: 0; }
  ins::before { content: "{+"; } ins::after { content: "+}"; }
  del::before { content: "[-"; } del::after { content: "-]"; }
  ins::before, ins::after, del::before, del::after { display: inline-block; }
  .ref { font-size: 7pt; } .scroll { overflow: visible; } .proposals { min-width: 0; }
  thead { display: table-header-group; }
}
"""
