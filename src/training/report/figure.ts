import { type Html, type HtmlValue, html } from './html';

/** Numbers behind a plot; the first column names the row. */
export interface DataTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly HtmlValue[])[];
}

export interface Figure {
  /** Unique on the page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** How to read it; shown. */
  readonly reading: string;
  /** What it shows, for those who can't see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly drawing: Html;
  readonly legend?: Html;
  readonly data: DataTable;
}

/** A table that scrolls sideways by keyboard, too, where it is wider than the page. */
export function scrollable(label: string, table: Html): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${table}</div>`;
}

export function dataTable(caption: string, { head, rows }: DataTable): Html {
  return html`<table><caption class="unseen">${caption}</caption><thead><tr>${head.map(
    (name) => html`<th scope="col">${name}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ([first, ...others]) =>
      html`<tr><th scope="row">${first}</th>${others.map((value) => html`<td>${value}</td>`)}</tr>`,
  )}</tbody></table>`;
}

/** A plot with its title, how to read it, a description, its legend and its data. */
export function figure({ id, title, reading, description, width, height, drawing, legend, data }: Figure): Html {
  return html`<figure id="${id}">
<figcaption><h3>${title}</h3><p>${reading}</p></figcaption>
<svg class="plot" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-description" viewBox="0 0 ${width} ${height}"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>${drawing}</svg>
${legend}
<details><summary>Data of “${title}”</summary>${scrollable(`Data of “${title}”`, dataTable(title, data))}</details>
</figure>
`;
}
