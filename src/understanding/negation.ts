import { isAttribute } from './attributes';
import type { Concept } from './lexicon';
import type { Match } from './matcher';
import type { Unit } from './units';

/** Where matches were found: a text and its units. */
interface Place {
  readonly text: string;
  readonly cut: readonly Unit[];
  /** The language's words that join the last of several things. */
  readonly joining: ReadonlySet<string>;
}

const CLAUSE_ENDS = /[,;.!?，；。！？、]/;

/** "No leather or suede": the negation reaches over function words to neighbouring attributes until another word. */
export function negatedMatches(matches: readonly Match[], place: Place): Set<Match> {
  const negated = new Set<Match>();
  matches.forEach((match, index) => {
    const says = (type: Concept['type']) => match.concepts.some((concept) => concept.type === type);
    // "Nicht rot", "rot nicht": what follows is meant rather than what stands before.
    const [before, after] = [says('negation'), says('negationAfter')];
    const ahead = before ? reachedFrom(matches, index, 1, place) : [];
    const looksBack =
      after && !isAsked(match, place) && (!before || (ahead.length === 0 && endsIn(matches, index, place)));
    const reached = looksBack ? reachedFrom(matches, index, -1, place) : ahead;
    for (const each of reached) negated.add(each);
  });
  return negated;
}

/** What stands between two matches, whichever comes first. */
function between({ text, cut }: Place, one: Match, other: Match): string {
  const [first, second] = one.from < other.from ? [one, other] : [other, one];
  return text.slice(cut[first.to - 1]?.end, cut[second.from]?.start);
}

/** Does a clause end between two matches: "not in blue, green rather"? */
function isApart(place: Place, one: Match, other: Match): boolean {
  return CLAUSE_ENDS.test(between(place, one, other));
}

/** "Algo de niña no tienen?", "en inox ça existe pas ?" ask for it. */
function isAsked(match: Match, { text, cut }: Place): boolean {
  return /^[^.!;。！；\n]*[?？]/.test(text.slice(cut[match.to - 1]?.end));
}

/** Does nothing but function words follow in the same clause? */
function endsIn(matches: readonly Match[], index: number, place: Place): boolean {
  for (let i = index; ; i++) {
    const [here, next] = [matches[i], matches[i + 1]];
    if (!here || !next || isApart(place, here, next)) return true;
    if (!isStop(next)) return false;
  }
}

/** The attributes of one sort beside a negation, over function words. */
function reachedFrom(matches: readonly Match[], index: number, step: 1 | -1, place: Place): Match[] {
  const reached: Match[] = [];
  let found: string | undefined;
  for (let i = index + step; i >= 0 && i < matches.length; i += step) {
    const [other, previous] = [matches[i], matches[i - step]];
    if (!other || !previous) break;
    // "No, blue" asks for blue, and so does "not red, blue"; "not red, green or blue" does not.
    const ends = found !== undefined ? !goesOn(matches, i, step, place) : step === 1;
    if (ends && isApart(place, previous, other)) break;
    // What was said in another message is none of this one's.
    if (between(place, previous, other).includes(';')) break;
    const attribute = other.concepts.find(isAttribute);
    if (attribute) {
      // A negation holds for attributes of one sort: "no leather bags" minds the leather, not the bags.
      if (found !== undefined && found !== attribute.type) break;
      // "Instead of green I want purple": what is neither beside it nor joined to it is meant.
      if (found !== undefined && isStop(previous) && !goesOn(matches, i - step, -step, place)) break;
      found = attribute.type;
      reached.push(other);
    } else if (!isStop(other)) break;
  }
  return reached;
}

/** Is what follows a comma one of several that are named: joined to them, or set apart by the comma of lists? */
function goesOn(matches: readonly Match[], index: number, step: number, place: Place): boolean {
  const [here, previous] = [matches[index], matches[index - step]];
  if (here && previous && between(place, previous, here).includes('、')) return true;
  for (let i = index; i >= 0 && i < matches.length; i += step) {
    const other = matches[i];
    if (!other) return false;
    const isJoining = other.to - other.from === 1 && place.joining.has(place.cut[other.from]?.folded ?? '');
    if (isJoining) return true;
    if (!isStop(other) && !other.concepts.some(isAttribute)) return false;
  }
  return false;
}

const isStop = ({ concepts }: Match) => concepts.some(({ type }) => type === 'stop');
