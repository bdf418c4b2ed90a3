const LIGHT = `color-scheme: light; --ink: #1b2027; --soft: #515b66; --paper: #fff; --card: #f6f7f9; --line: #d5dae0; --link: #0b57b4;
--warn: #fff4d6; --warn-line: #b7791f; --right: #14804a; --wrong: #b3400b;
--c0: #1f62c9; --c1: #c4480d; --c2: #0a7d5a; --c3: #ad2c7f; --c4: #806400; --c5: #0a7ea3; --c6: #6a4fc4; --c7: #5f6b76;`;
const DARK = `color-scheme: dark; --ink: #e8ebef; --soft: #a9b3be; --paper: #14171b; --card: #1d2126; --line: #39414a; --link: #8ab8ff;
--warn: #35290f; --warn-line: #d9a441; --right: #5fd39a; --wrong: #ff9d66;
--c0: #7aa8ff; --c1: #ff9d66; --c2: #4fcfa4; --c3: #f08cc8; --c4: #e0bf4d; --c5: #5cc8ec; --c6: #b6a0ff; --c7: #aab4be;`;

const SERIES = ['none', '7 3', '2 3', '9 3 2 3', '5 5', '12 4', '1 4', '9 3 2 3 2 3']
  .map((dashes, i) => `.s${i} { --c: var(--c${i}); --dash: ${dashes}; }`)
  .join('\n');

/** The page's look: light and dark by the reader's choice, one column on a phone, without colour and details on paper. */
export const STYLE = `
:root { ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main, header, nav, footer { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .25rem 0 .75rem; max-width: 48rem; }
a { color: var(--link); }
nav ul, .legend, .warnings ul { list-style: none; margin: 0; padding: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav a { display: inline-block; padding: .25rem 0; }
.soft, .note, .hint, figcaption p { color: var(--soft); }
.note, .hint, figcaption p { font-size: .875rem; }
.note { font-weight: 400; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .25rem .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.warnings { background: var(--warn); border-left: 4px solid var(--warn-line); padding: .75rem 1rem; margin: 1rem 0; border-radius: 4px; }
.warnings h2 { margin: 0; font-size: 1rem; }
.scroll { overflow-x: auto; margin: .75rem 0; position: relative; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; font-size: 1rem; padding: .25rem 0; white-space: nowrap; }
th, td { padding: .35rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: top; }
th:first-child { text-align: left; position: sticky; left: 0; background: var(--paper); max-width: 14rem; overflow: hidden; text-overflow: ellipsis; }
figure th:first-child { background: var(--card); }
thead th { vertical-align: bottom; color: var(--soft); font-weight: 600; }
tbody th { font-weight: 600; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: .2rem 0; margin: 0; cursor: pointer; white-space: nowrap; }
th button::after { content: '↕'; opacity: .55; padding-left: .2em; }
th[aria-sort=descending] button::after { content: '↓'; opacity: 1; }
th[aria-sort=ascending] button::after { content: '↑'; opacity: 1; }
.interval { display: block; font-size: .7rem; color: var(--soft); font-weight: 400; }
.star { padding-right: .2em; color: var(--link); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 1rem; align-items: start; }
figure { margin: 0; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; min-width: 0; max-width: 46rem; }
svg.plot { display: block; width: 100%; max-width: 34rem; height: auto; margin: .5rem auto; }
svg.plot text { font: 12px system-ui, sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg.plot text.name { fill: var(--soft); }
svg.plot text.group { font-weight: 600; }
.grid { stroke: var(--line); fill: none; }
.axis { stroke: var(--soft); fill: none; }
.line, .span { stroke: var(--c); stroke-width: 1.8; fill: none; stroke-linejoin: round; }
.line { stroke-dasharray: var(--dash); }
.mark { fill: var(--c); stroke: var(--card); stroke-width: .8; }
.cell { stroke: var(--line); }
.cell.right { fill: var(--right); stroke: var(--right); stroke-width: 1.6; }
.cell.wrong { fill: var(--wrong); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .875rem; }
.legend svg { vertical-align: -1px; margin-right: .35rem; }
details { margin: .75rem 0 0; }
summary { cursor: pointer; color: var(--link); padding: .2rem 0; font-size: .875rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: .5rem 0; font-size: .875rem; }
dt { font-weight: 600; }
dd { margin: 0; min-width: 0; }
code { font: .8125rem/1.4 ui-monospace, monospace; white-space: pre-wrap; }
footer { padding-bottom: 3rem; }
${SERIES}
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .6rem; }
  figure { padding: .75rem .6rem; }
  th, td { padding: .35rem .45rem; }
  th:first-child { max-width: 7rem; white-space: normal; }
}
@media print {
  :root { ${LIGHT} }
  body { font-size: 11px; }
  nav, .skip, th button::after, details:not([open]) { display: none; }
  .scroll { overflow: visible; }
  figure, tr, .warnings { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  .plots { grid-template-columns: 1fr 1fr; }
  table { font-size: 8px; }
  th, td { padding: 2px 4px; }
  .interval { font-size: 7px; }
}
`;
