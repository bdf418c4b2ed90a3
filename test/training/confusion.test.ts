import { askedKind, confusionOf } from '../../src/training';
import { catalogue, labels } from './fixtures';

/** Products are named after their kind: `shoe1`, `shoe2`, `hat1`; those of `x` have none. */
const kindOf = (id: string) => (id.startsWith('x') ? undefined : id.replace(/\d/g, ''));
const groups = catalogue('shoe1', 'shoe2', 'hat1', 'boot1', 'cup1', 'x1');
const asks = (gains: Record<string, number>) => ({ judgement: labels(gains, groups) });

describe('askedKind', () => {
  it('is that of most of the most relevant products', () => {
    expect(askedKind(new Map(Object.entries({ hat1: 1, shoe1: 3, boot1: 3, shoe2: 3 })), kindOf)).toBe('shoe');
    expect(askedKind(new Map(Object.entries({ boot1: 2, shoe1: 2 })), kindOf)).toBe('boot');
    expect(askedKind(new Map([['x1', 2]]), kindOf)).toBeUndefined();
  });
});

describe('confusionOf', () => {
  const queries = [
    asks({ shoe1: 1 }), // found: a shoe
    asks({ shoe2: 1 }), // a boot
    asks({ boot1: 1 }), // a shoe
    asks({ hat1: 1 }), // a hat
    asks({ hat1: 1 }), // a cup
    asks({ cup1: 1 }), // nothing
    asks({ shoe1: 1 }), // something without a kind
    asks({ x1: 1 }), // left out
  ];
  const firsts = ['shoe2', 'boot1', 'shoe1', 'hat1', 'cup1', undefined, 'x1', 'hat1'];
  const none = { restRight: 0, restWrong: 0, unknownKind: 0, nothing: 0 };

  it('counts asked kinds by first results, the rest pooled', () => {
    expect(confusionOf(queries, firsts, kindOf, 2)).toEqual({
      n: 7,
      right: 2,
      kinds: ['shoe', 'boot'],
      rows: [
        { ...none, found: [1, 1], unknownKind: 1 },
        { ...none, found: [1, 0] },
        { found: [0, 0], restRight: 1, restWrong: 1, unknownKind: 0, nothing: 1 },
      ],
    });
  });

  it('counts every query once', () => {
    for (const most of [0, 1, 3, 10]) {
      const { n, rows } = confusionOf(queries, firsts, kindOf, most);
      const counts = rows.flatMap(({ found, ...rest }) => [...found, ...Object.values(rest)]);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(n);
    }
  });

  it('names no kind where none was confused', () => {
    const { kinds, rows } = confusionOf(queries.slice(0, 1), firsts, kindOf);
    expect(kinds).toEqual([]);
    expect(rows).toEqual([{ ...none, found: [], restRight: 1 }]);
  });
});
