import { counted } from '../notes';
import { formatTable } from '../print';
import type { PlayedDialog } from './play';
import type { DialogFigures, DialogReport } from './summary';

/** Heads of the columns of figures, and what they mean. */
export const FIGURES: readonly (readonly [head: string, meaning: string, text: (figures: DialogFigures) => string])[] =
  [
    ['n', 'Conversations.', ({ n }) => String(n)],
    [
      'success',
      'Share whose goal was reached, with its 95 % interval (Wilson).',
      ({ success }) => (success ? `${share(success.mean)} [${share(success.low)}, ${share(success.high)}]` : NONE),
    ],
    [
      'turns',
      'Mean number of the turn in which the goal was reached.',
      ({ turnsToSuccess }) => turnsToSuccess?.toFixed(1) ?? NONE,
    ],
    ['questions', 'Share of the assistant’s turns that asked something.', ({ questions }) => share(questions)],
    [
      'slots',
      'Slot accuracy: of the attributes that goals name, the share that the assistant’s query held when the goal was reached, or at the end. What need not be said counts as not held.',
      ({ slots }) => share(slots),
    ],
    ['wrong', 'Share of these attributes for which it held only other values.', ({ wrongSlots }) => share(wrongSlots)],
    [
      'person',
      'Share of conversations in which a person was offered or called and none was wanted.',
      ({ unwantedPerson }) => share(unwantedPerson),
    ],
  ];

const NONE = '–';
const share = (value: number | null) => (value === null ? NONE : value.toFixed(2));

/** `3 not shown, 1 fault`. */
export function missesText({ misses }: Pick<DialogFigures, 'misses'>): string {
  return Object.entries(misses)
    .map(([miss, count]) => `${count} ${miss}`)
    .join(', ');
}

/** What is to be known of how the figures came about, in sentences. */
export function dialogNotes({ voice, faults, byFileOnly }: DialogReport): string[] {
  const { spoken, again, typed } = voice;
  const all = spoken + again + typed;
  return [
    ...(all > 0
      ? [
          `${counted(all, 'opening')} to be spoken: ${spoken} heard, ${again} misheard and then typed, ${typed} typed at once because no voice of espeak-ng speaks them here.`,
        ]
      : []),
    ...(faults > 0 ? [`The assistant failed in ${counted(faults, 'conversation')}, at least once.`] : []),
    ...(byFileOnly > 0
      ? [`${counted(byFileOnly, 'answer')} judged by the file alone: the topic is not among the known ones.`]
      : []),
  ];
}

/** A report for a terminal: figures by language and kind and, where words may be seen, every conversation that missed its goal. */
export function formatDialogs(report: DialogReport): string {
  const table = (heading: string, rows: readonly (readonly [string, DialogFigures])[]) =>
    formatTable([
      [heading, ...FIGURES.map(([head]) => head)],
      ...rows.map(([name, figures]) => [name, ...FIGURES.map(([, , text]) => text(figures))]),
    ]);
  const missed = [...Object.entries(report.byLanguage), ...Object.entries(report.byKind)].flatMap(([name, figures]) => {
    const text = missesText(figures);
    return text === '' ? [] : [`${name}: ${text}`];
  });
  const parts = [
    `${counted(report.overall.n, 'conversation')} of ${report.set}`,
    table('language', [...Object.entries(report.byLanguage), ['all', report.overall]]),
    table('kind', Object.entries(report.byKind)),
    ...(missed.length > 0 ? [`Missed\n${missed.join('\n')}`] : []),
    ...(report.dialogs ?? []).filter(({ miss }) => miss).map(transcriptOf),
    dialogNotes(report).join('\n'),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** Letters of a reply that a transcript on the terminal shows. */
const SHOWN = 160;

function transcriptOf({ id, kind, miss, fault, turns }: PlayedDialog): string {
  const lines = turns.flatMap(({ said, brought, replies, asks }) => [
    `  > ${brought ? `[${brought}] ` : ''}${said}`,
    ...replies.map(({ text, products }) => {
      const [first = '', ...others] = text.split('\n').filter(Boolean);
      const line = [...`${first}${others.length > 0 ? ' …' : ''}`].slice(0, SHOWN).join('');
      return `    ${line}${products.length > 0 ? ` (${products.join(', ')})` : ''}${asks ? ` [asks: ${asks}]` : ''}`;
    }),
  ]);
  return [`${id}, ${kind}: ${miss}${fault === undefined ? '' : ` (${fault})`}`, ...lines].join('\n');
}
