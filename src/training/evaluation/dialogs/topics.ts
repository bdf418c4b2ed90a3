import type { Passage } from '../../../domain';

/** Sections of the demo's own files, by file and place (from 0), which are the same in all languages; with what a topic must say to mean them. */
const TOPICS: readonly (readonly [file: string, sections: readonly number[], topic: RegExp])[] = [
  ['returns', [0], /\b(period|window|deadline|how (long|many days)|days to return|time limit)\b/],
  ['returns', [1], /\b(cost|costs|postage|who pays|free)\b/],
  ['returns', [2], /\b(how to|procedure|process|steps|label)\b/],
  ['returns', [3], /\b(refund|money back)\b/],
  ['returns', [4], /\b(exchange|swap|another size)\b/],
  ['returns', [5], /\b(damaged?|broken|defective)\b/],
  ['returns', [6], /\b(wrong (item|product)|missing|incomplete)\b/],
  ['returns', [7], /\breceipt\b/],
  [
    'returns',
    [8],
    /\b(exceptions?|excluded|sale items|reduced items|can't be returned|not returnable|non-returnable)\b/,
  ],
  ['returns', [9], /\b(condition|worn|opened|packaging|tags?)\b/],
  ['delivery', [0], /\b(time|how long|duration|days)\b/],
  ['delivery', [1], /\b(cost|costs|price|fee)\b/],
  ['delivery', [2], /\bfree\b/],
  ['delivery', [3, 4], /\b(where|area|countries|country|abroad|international|outside|overseas)\b/],
  ['delivery', [5], /\bexpress\b/],
  ['delivery', [6], /\b(weekends?|saturday|sunday)\b/],
  ['delivery', [7], /\b(pick ?up|collect(ion)?|parcel (shop|locker|station))\b/],
  ['delivery', [8], /\b(not (at )?home|absent|missed)\b/],
  ['delivery', [9], /\b(late|lost|delayed)\b/],
];

/**
 * How a passage answers a topic: `topic` where it is one of the sections that the topic means, `file` where the topic isn't
 * known here and the passage is of the right file, undefined where it answers something else.
 */
export function answers(
  passage: Passage,
  goal: { readonly kind: string; readonly topic: string },
  passages: readonly Passage[],
): 'topic' | 'file' | undefined {
  const topic = goal.topic.toLowerCase();
  const meant = TOPICS.filter(([file, , says]) => file === goal.kind && says.test(topic));
  if (passage.file !== goal.kind) return undefined;
  if (meant.length === 0) return 'file';
  const place = passages
    .filter(({ file, language }) => file === passage.file && language === passage.language)
    .findIndex(({ heading }) => heading === passage.heading);
  return meant.some(([, sections]) => sections.includes(place)) ? 'topic' : undefined;
}

/** Signs of a passage that must be read to say that it was told. */
const ENOUGH = 30;

/** The passage that a reply tells, with its heading as the source. */
export function toldIn(text: string, passages: readonly Passage[]): Passage | undefined {
  return passages.find((passage) => text.includes(passage.heading) && text.includes(passage.text.slice(0, ENOUGH)));
}
