/** The style of `index.html`: calm, light and dark, for screens of any width and for paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --ink: #1b2430; --soft: #56616f; --line: #dfe3e8; --accent: #0b6172; --accent-soft: #e4f1f3;
  --warn: #8a4b08; --warn-soft: #fdf3e3; --warn-line: #ecd3a6; --good: #1f6b3a; --stripe: #fafbfc; --shadow: 0 1px 2px rgb(20 30 45 / .05), 0 4px 16px rgb(20 30 45 / .04);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12161b; --card: #1a2027; --ink: #e6eaef; --soft: #9aa6b3; --line: #2c343d; --accent: #74c7d6; --accent-soft: #16323a;
    --warn: #f0c078; --warn-soft: #2c2313; --warn-line: #5b4720; --good: #86cfa0; --stripe: #1d242c; --shadow: none;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  -webkit-text-size-adjust: 100%;
}
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, .hash {
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  font-size: .86em;
}
code { overflow-wrap: anywhere; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
.page {
  display: grid;
  grid-template-columns: 15.5rem minmax(0, 1fr);
  gap: 3rem;
  max-width: 80rem;
  margin: 0 auto;
  padding: 0 2rem 5rem;
}
.top { grid-column: 1 / -1; padding: 3.5rem 0 0; max-width: 48rem; }
.top p { margin: 0; }
.eyebrow { color: var(--accent); font-weight: 600; font-size: .9rem; }
h1 {
  font-size: clamp(1.9rem, 4vw, 2.6rem);
  line-height: 1.15;
  letter-spacing: -.02em;
  margin: .4rem 0 1rem;
  text-wrap: balance;
}
h2 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; margin: 0 0 .35rem; }
h3 { font-size: 1.06rem; line-height: 1.35; margin: 0; }
h4 { font-size: .95rem; margin: 1.4rem 0 .4rem; }
p { margin: 0 0 1rem; max-width: 44rem; }
.lead { font-size: 1.12rem; color: var(--soft); }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.to-contents { display: none; }
nav {
  position: sticky;
  top: 0;
  align-self: start;
  max-height: 100vh;
  overflow-y: auto;
  padding: 1.5rem .5rem 2rem 0;
  font-size: .93rem;
  scrollbar-width: thin;
}
nav h2 {
  font-size: .82rem;
  letter-spacing: 0;
  color: var(--soft);
  font-weight: 600;
  margin: 0 0 .5rem .75rem;
}
nav ul { list-style: none; margin: 0 0 1.25rem; padding: 0; }
nav a {
  display: flex;
  justify-content: space-between;
  gap: .75rem;
  padding: .3rem .75rem;
  border-radius: .5rem;
  color: inherit;
  text-decoration: none;
  overflow-wrap: anywhere;
}
nav a:hover { background: var(--accent-soft); color: var(--accent); }
nav .count { color: var(--soft); font-variant-numeric: tabular-nums; flex: none; }
main { min-width: 0; padding-top: 1.5rem; }
main > section { margin: 0 0 4rem; }
.card {
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: .9rem;
  box-shadow: var(--shadow);
  padding: 1.35rem 1.5rem;
  margin: 1.25rem 0;
}
.card > :last-child { margin-bottom: 0; }
.card > .small { margin: .9rem 0 0; }
.hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.figures {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
  gap: 1rem;
  margin: 1.5rem 0;
  padding: 0;
  list-style: none;
}
.figures li {
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: .9rem;
  box-shadow: var(--shadow);
  padding: 1rem 1.25rem;
  color: var(--soft);
  font-size: .9rem;
}
.figures b {
  display: block;
  color: var(--ink);
  font-size: 1.75rem;
  line-height: 1.2;
  font-weight: 650;
  letter-spacing: -.02em;
  font-variant-numeric: tabular-nums;
}
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1.5rem; margin: 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.warn { background: var(--warn-soft); border-color: var(--warn-line); box-shadow: none; }
.warn h3, .warn strong { color: var(--warn); }
.good { color: var(--good); font-weight: 600; }
.note { color: var(--warn); font-weight: 600; }
.head {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  justify-content: space-between;
  gap: .25rem 1.5rem;
  margin-bottom: .75rem;
}
.files { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; font-size: .9rem; }
.scroll { overflow: auto; margin: 0 -1.5rem; padding: 0 1.5rem; }
.tall { max-height: 34rem; scrollbar-width: thin; }
.tall thead th { position: sticky; top: 0; background: var(--card); box-shadow: inset 0 -1px 0 var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: .93rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding: 0 0 .6rem; }
th, td {
  text-align: left;
  vertical-align: top;
  padding: .55rem 1.25rem .55rem 0;
  border-bottom: 1px solid var(--line);
  overflow-wrap: break-word;
}
td { max-width: 26rem; }
td.short, td time { white-space: nowrap; }
thead th {
  color: var(--soft);
  font-weight: 600;
  font-size: .85rem;
  vertical-align: bottom;
  border-bottom-color: var(--soft);
}
tbody th { font-weight: 550; }
tbody tr:last-child > * { border-bottom: 0; }
th.n, td.n { text-align: right; }
.hash { color: var(--soft); overflow-wrap: anywhere; }
.record {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
  gap: .9rem 2rem;
  margin: 0;
}
.record div { min-width: 0; }
.record dt { color: var(--soft); font-size: .82rem; line-height: 1.4; }
.record dd { margin: 0; overflow-wrap: anywhere; }
.records { list-style: none; margin: 0; padding: 0; }
.records > li { border-top: 1px solid var(--line); }
.records > li:first-child { border-top: 0; }
details.card { padding-block: .8rem; }
details > summary { cursor: pointer; padding: .6rem 0; border-radius: .4rem; }
details > summary .which { color: var(--soft); margin-right: .75rem; font-variant-numeric: tabular-nums; }
details > .record, li > details > .scroll { padding-bottom: 1.25rem; }
.more { border-top: 1px solid var(--line); }
.more > summary { color: var(--accent); }
.technical { margin-top: 1rem; font-size: .88rem; color: var(--soft); }
.zone { color: var(--soft); font-size: .85em; }
pre {
  background: var(--ground);
  border: 1px solid var(--line);
  border-radius: .6rem;
  padding: .8rem 1rem;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  margin: 0 0 1rem;
}
footer { color: var(--soft); font-size: .875rem; border-top: 1px solid var(--line); padding-top: 1.25rem; }
@media (max-width: 62rem) {
  .page { padding: 0 1.1rem 3rem; }
  .top { padding-top: 2rem; }
  .page { display: flex; flex-direction: column; }
  nav {
    order: 1;
    position: static;
    align-self: stretch;
    max-height: none;
    padding: 1.5rem 0 0;
    border-top: 1px solid var(--line);
  }
  .to-contents { display: inline; }
  nav h2, nav a { margin-left: 0; padding-left: 0; }
  .card { padding: 1.1rem; }
  .scroll { margin: 0 -1.1rem; padding: 0 1.1rem; }
  .facts { grid-template-columns: 1fr; gap: 0; }
  .who th:nth-child(2), .who td:nth-child(2) { display: none; }
  .who tbody th { overflow-wrap: anywhere; }
  .facts dd { margin-bottom: .6rem; }
}
@media print {
  :root {
    --ground: #fff;
    --card: #fff;
    --ink: #000;
    --soft: #444;
    --line: #bbb;
    --accent: #000;
    --warn: #000;
    --warn-soft: #fff;
    --shadow: none;
  }
  body { font-size: 10.5pt; }
  .page { display: block; max-width: none; padding: 0; }
  nav, .skip, .to-contents { display: none; }
  .top { padding-top: 0; }
  main > section { margin-bottom: 2rem; }
  .card, .figures li { border-radius: 0; padding: .6rem .8rem; }
  .record, .records > li, tr, .figures li { break-inside: avoid; }
  h2, h3, summary, .head, caption, thead { break-after: avoid; }
  summary { list-style: none; }
  summary::marker { content: ""; }
  .files { display: none; }
  .scroll { overflow: visible; max-height: none; margin: 0; padding: 0; }
  td { max-width: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
