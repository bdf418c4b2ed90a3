import type { Concept, Lexicon } from './lexicon';

/** Letters that German puts between the parts of a compound. */
const LINKS = ['', 's', 'n', 'en', 'es', 'e', 'er'];
const SHORTEST_COMPOUND = 7;
const SHORTEST_PART = 3;

export interface CompoundPart {
  readonly word: string;
  readonly concepts: readonly Concept[];
}

/**
 * Splits a German compound into words of the lexicon ("lederrucksack" → leder + rucksack). The last part decides what
 * the thing is, so it must be known; parts before it that are not are kept as plain words. Undefined when it isn't one.
 */
export function splitCompound(folded: string, lexicon: Lexicon): CompoundPart[] | undefined {
  if (lexicon.language !== 'de' || folded.length < SHORTEST_COMPOUND) return undefined;
  for (let cut = SHORTEST_PART; cut <= folded.length - SHORTEST_PART; cut++) {
    const tail = folded.slice(cut);
    const concepts = tailConcepts(tail, lexicon);
    if (!concepts) continue;
    const head = folded.slice(0, cut);
    return [headPart(head, lexicon), { word: tail, concepts }];
  }
  return undefined;
}

function tailConcepts(tail: string, lexicon: Lexicon): readonly Concept[] | undefined {
  const direct = lexicon.part(tail);
  if (direct) return direct.some((concept) => concept.type === 'kind' || concept.type === 'group') ? direct : undefined;
  return undefined;
}

function headPart(head: string, lexicon: Lexicon): CompoundPart {
  for (const link of LINKS) {
    if (link && !head.endsWith(link)) continue;
    const word = link ? head.slice(0, -link.length) : head;
    const concepts = lexicon.part(word);
    if (word.length >= SHORTEST_PART && concepts) return { word, concepts };
  }
  return { word: head, concepts: [] };
}

/** Concepts of a German word typed without umlauts ("Rucksaecke"), or undefined. */
export function withoutDigraphs(folded: string, lexicon: Lexicon): readonly Concept[] | undefined {
  if (lexicon.language !== 'de') return undefined;
  const umlauts = folded.replace(/([aou])e/g, '$1');
  return umlauts === folded ? undefined : lexicon.word(umlauts);
}
