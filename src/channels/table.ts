import { type Attachment, CardFactory } from 'botbuilder';
import { type ComparisonTable, DIFFERS } from '../domain';
import { cardEscape } from './escape';

/** A table as an adaptive card. Vitrine's own page draws `table`; other clients ignore it. */
export function tableAttachment(table: ComparisonTable, channelId: string): Attachment {
  const literal = cardEscape(channelId);
  const cell = (text: string, strong = false) => ({
    type: 'TableCell',
    items: [{ type: 'TextBlock', text: literal(text), wrap: true, ...(strong && { weight: 'Bolder' }) }],
  });
  const row = (cells: readonly unknown[]) => ({ type: 'TableRow', cells });
  const rows = table.rows.map(({ label, cells, differs }) =>
    row([cell(differs ? `${DIFFERS} ${label}` : label, true), ...cells.map((text) => cell(text, differs))]),
  );
  return CardFactory.adaptiveCard({
    type: 'AdaptiveCard',
    version: '1.5',
    speak: table.caption,
    body: [
      {
        type: 'Table',
        firstRowAsHeader: true,
        columns: [{ width: 1 }, ...table.columns.map(() => ({ width: 2 }))],
        rows: [row([cell(''), ...table.columns.map((title) => cell(title, true))]), ...rows],
      },
    ],
    table,
  });
}
