import type { Comparison } from './comparison';

/** Products side by side; rows that differ are marked, in words for screen readers. */
export function ComparisonTable({ comparison }: { readonly comparison: Comparison }) {
  const { caption, columns, rows, differs } = comparison;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="comparison" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((title, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
              <th key={index} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label} data-differs={row.differs}>
              <th scope="row">
                {row.differs && <span aria-hidden="true">≠ </span>}
                {row.label}
                {row.differs && <span className="unseen"> ({differs})</span>}
              </th>
              {row.cells.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells never move.
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
