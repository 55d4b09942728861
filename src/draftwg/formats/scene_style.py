"""The style and the script of the projection's page.

Colours stand at 7:1 or more on their grounds, in every scheme. The letters are measured against the screen: as large as
lets the words of a unit fill it, never smaller than what is read at six times the screen's height.
"""

SMALLEST, LARGEST, STEP = 1.7, 4.1, 0.2
"""Sizes of letters, in hundredths of the screen's width."""


def _sizes() -> str:
    count = round((LARGEST - SMALLEST) / STEP) + 1
    sizes = ((place, SMALLEST + STEP * place) for place in range(count))
    return "\n".join(
        f".size{place} {{ font-size: clamp(1.1rem, min({size:.1f}vw, {size * 16 / 9:.2f}vh), 9rem); }}"
        for place, size in sizes
    )


STYLE = """
:root { color-scheme: light dark;
  --ground: #fff; --text: #14171b; --muted: #3f464f; --accent: #0b4378; --insert: #00518a; --delete: #8a3c00;
  --bar: #e6eaef; --held: #5a3b00; --held-text: #fff; --good: #0f4a22; --good-text: #fff; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0e1116; --text: #f4f6f8; --muted: #b9c1cc; --accent: #a9d3ff; --insert: #56b4e9; --delete: #e69f00;
  --bar: #20262f; --held: #f2c14e; --held-text: #14110a; --good: #1c4a2a; --good-text: #fff; } }
@media (prefers-contrast: more) { :root { --ground: #fff; --text: #000; --muted: #000; --accent: #000; --bar: #fff;
  --insert: #003a66; --delete: #5c2700; } }
@media (prefers-contrast: more) and (prefers-color-scheme: dark) { :root { --ground: #000; --text: #fff;
  --muted: #fff; --accent: #ff0; --bar: #000; --insert: #8fd3ff; --delete: #ffc14d; } }
* { box-sizing: border-box; }
html, body { height: 100%; }
body { margin: 0; display: flex; flex-direction: column; background: var(--ground); color: var(--text);
  font-family: "Noto Sans", "Segoe UI", "Helvetica Neue", Arial, "Noto Sans Arabic", "Noto Naskh Arabic",
    "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; line-height: 1.5; }
header { display: flex; gap: 2vw; align-items: baseline; justify-content: space-between; background: var(--bar);
  padding: .8vmin 3vw; border-block-end: 2px solid var(--accent); }
h1 { font-size: clamp(1.1rem, min(2.4vw, 4.2vh), 5rem); line-height: 1.25; margin: 0; }
.status { font-weight: 400; margin-inline-start: .8em; }
#head { min-width: 0; }
.place { font-size: clamp(.9rem, min(1.5vw, 2.6vh), 3rem); color: var(--muted); margin: 0; white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; }
#clock { font-size: clamp(1.1rem, min(2.4vw, 4.2vh), 5rem); color: var(--text); font-variant-numeric: tabular-nums; }
#banner { min-height: 4.6vmin; font-size: clamp(1rem, min(1.9vw, 3.4vh), 4rem); font-weight: 700; }
#banner p { margin: 0; padding: .3vmin 3vw; }
.held { background: var(--held); color: var(--held-text); }
.typed { color: var(--accent); }
.ruling { background: var(--good); color: var(--good-text); }
#words { flex: 1 1 0; min-height: 0; overflow: auto; padding: 1vmin 6vw; scrollbar-width: thin; }
#words p { margin: 0 0 .6em; overflow-wrap: anywhere; text-wrap: pretty; }
#words .note { font-size: .7em; color: var(--muted); }
ins { color: var(--insert); text-decoration: underline; text-decoration-thickness: .09em;
  text-underline-offset: .16em; }
del { color: var(--delete); text-decoration: line-through; text-decoration-thickness: .09em; }
.in { color: var(--insert); }
.sign { color: var(--accent); font-weight: 700; }
.names { color: var(--muted); font-size: .8em; }
#pending { max-height: 30vh; overflow: auto; padding: 0 6vw; font-size: clamp(.9rem, min(1.6vw, 2.8vh), 3rem);
  line-height: 1.4; }
#pending ol { margin: 0; padding-block: 1vmin; padding-inline-start: 2em; border-block-start: 1px solid var(--muted); }
#pending .hangs { margin-inline-start: 1.5em; }
#pending .chosen::marker { font-weight: 700; content: "▶ " counter(list-item) ". "; }
#pending .chosen { font-weight: 600; }
.said { color: var(--muted); }
footer { font-size: clamp(.8rem, min(1.2vw, 2vh), 2rem); color: var(--muted); padding: 0 3vw; min-height: 1.6em; }
.vh { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
""" + _sizes()

SCRIPT = """
(function () {
  "use strict";
  var names = ["head", "banner", "words", "pending"], shown = {}, last = Date.now(), source = null, drop = 0;
  function at(id) { return document.getElementById(id); }
  function say(words) { at("foot").textContent = words; }
  function scroll(steps) {
    var box = at("words"), here = box.querySelector(".here"), top = 0;
    if (here) { top = here.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop; }
    top = Math.max(0, Math.min(box.scrollHeight - box.clientHeight, top - box.clientHeight / 2));
    box.scrollTop = top + steps * box.clientHeight / 2;
    var more = box.scrollHeight - box.clientHeight;
    if (more > 2) {
      say(Math.round(box.scrollTop / box.clientHeight + 1) + "/" + Math.ceil(box.scrollHeight / box.clientHeight) +
        (box.scrollTop > 1 ? " ▲" : "") + (box.scrollTop < more - 1 ? " ▼" : ""));
    } else { say(drop ? "…" : ""); }
  }
  function show(parts) {
    at("words").setAttribute("aria-live", parts.live);
    names.forEach(function (name) {
      if (shown[name] !== parts[name]) { at(name).innerHTML = shown[name] = parts[name]; }
    });
    document.title = parts.title;
    shown.scroll = parts.scroll;
    scroll(parts.scroll);
  }
  function connect() {
    if (source) { source.close(); }
    source = new EventSource("/events");
    source.addEventListener("scene", function (found) { last = Date.now(); drop = 0; show(JSON.parse(found.data)); });
    source.addEventListener("beat", function (found) {
      last = Date.now(); drop = 0;
      at("clock").textContent = JSON.parse(found.data);
    });
    source.onerror = function () { drop = drop || Date.now(); };
  }
  setInterval(function () {
    if (Date.now() - last > 6000) { last = Date.now(); drop = 1; connect(); say("Connecting again …"); }
  }, 1000);
  window.addEventListener("resize", function () { scroll(shown.scroll || 0); });
  connect();
}());
"""
