import { join } from 'node:path';
import { loadConfig, packageRoot } from '../../src/config';
import { INTENTS, LANGUAGES, type Language, SENTIMENTS } from '../../src/domain';
import { createTextEncoder } from '../../src/encoders';
import { calledBy } from '../../src/handoff';
import {
  areaUnderRoc,
  crossValidated,
  f1Of,
  type LabelledPhrase,
  macroF1,
  readHeldOut,
  readPhrases,
  withVectors,
} from '../../src/training';
import {
  type ClassifierKind,
  fold,
  hasCjk,
  NO_INTENT,
  readClassifier,
  type TextClassifier,
  TrainedIntents,
  TrainedSentiment,
} from '../../src/understanding';

const FOLDS = 4;
const MOST_CONFUSED = 25;
const FIELD = { sentiment: 'sentiment', intents: 'intent' } as const;
type Log = (line: string) => void;

/** A phrase with what a classifier made of it; `score` is how negative, or how much in scope it is, 0 to 1. */
interface Row {
  readonly language: string;
  readonly label: string;
  readonly guess: string;
  readonly score: number;
}

/**
 * The trained text classifiers: F1 by language on held-out phrases (or `validation` ones of intents) with the weights that
 * serve, with the text's vector and without, of all and of those that are new beside what was learnt, the same by
 * cross-validation on the training phrases (`cv`; `part`, from 1, is one of its parts alone), and microseconds a message.
 */
export async function benchText(
  kind: ClassifierKind,
  [mode, part]: readonly (string | undefined)[],
  log: Log,
): Promise<void> {
  const config = loadConfig({ DATA_DIR: join(packageRoot(), 'data') });
  const encoder = createTextEncoder(config);
  if (!encoder) throw new Error('MODELS=none has no text encoder');
  const { space, dimensions } = encoder;
  try {
    if (mode === 'cv') {
      const phrases = await withVectors(readPhrases(config.LOCALES_DIR, kind), encoder);
      const only = part === undefined ? undefined : Number(part) - 1;
      log(`cross-validation in ${FOLDS} parts${part ? `, part ${part} alone` : ''}, ${phrases.length} phrases`);
      const rows = crossValidated(kind, phrases, { space, dimensions }, FOLDS, judge[kind], only);
      report(kind, rows, log);
      for (const line of confusions(rows)) log(`  ${line}`);
      return;
    }
    const set = mode === 'validation' ? mode : 'held-out';
    const classifier = readClassifier(config, kind);
    if (!classifier) throw new Error('there are no weights: run "vitrine models train-text"');
    const phrases = await withVectors(phrasesOf(kind, set), encoder);
    const learnt = readPhrases(config.LOCALES_DIR, kind);
    const close = phrases.map((phrase) => closeness(phrase, learnt));
    log(`of ${phrases.length} ${set} phrases ${close.filter((each) => each === 1).length} are learnt word for word`);
    const below = (most: number) => phrases.filter((_, place) => (close[place] as number) < most);
    for (const [name, each] of [
      ['words and vector', phrases],
      ['words and vector, those that are not learnt word for word', below(1)],
      ['words and vector, those that are not much like anything learnt', below(MUCH_ALIKE)],
      ['words alone', phrases.map(({ text, label, language }) => ({ text, label, language }))],
    ] as const) {
      log(`${classifier.spec.id}, ${set}, ${name}, ${each.length} phrases`);
      const started = performance.now();
      const rows = each.map((phrase) => judge[kind](classifier, phrase));
      log(`  ${((1_000 * (performance.now() - started)) / each.length).toFixed(0)} µs a message, after the vector`);
      report(kind, rows, log);
    }
  } finally {
    await encoder.close();
  }
}

/** How much of a held-out phrase may stand in one that was learnt, as shared runs of letters, for it to count as new. */
const MUCH_ALIKE = 0.5;

/** The share of runs of three letters (two of Chinese and Japanese) that a phrase and the learnt one most like it have in common. */
function closeness({ text, language }: LabelledPhrase, learnt: readonly LabelledPhrase[]): number {
  const own = runsOf(text);
  let most = 0;
  for (const other of learnt) {
    if (other.language !== language) continue;
    const runs = runsOf(other.text);
    let shared = 0;
    for (const run of own) if (runs.has(run)) shared++;
    most = Math.max(most, shared / (own.size + runs.size - shared));
  }
  return most;
}

const known = new Map<string, ReadonlySet<string>>();

function runsOf(text: string): ReadonlySet<string> {
  const before = known.get(text);
  if (before) return before;
  const folded = ` ${fold(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `;
  const length = hasCjk(folded) ? 2 : 3;
  const runs = new Set<string>();
  for (let start = 0; start + length <= Math.max(length, folded.length); start++)
    runs.add(folded.slice(start, start + length));
  known.set(text, runs);
  return runs;
}

function phrasesOf(kind: ClassifierKind, set: 'held-out' | 'validation'): LabelledPhrase[] {
  const folder = join(packageRoot(), 'test', 'fixtures', kind, set);
  return LANGUAGES.flatMap((language) => readHeldOut(join(folder, `${language}.jsonl`), language, FIELD[kind]));
}

const judge: Readonly<Record<ClassifierKind, (classifier: TextClassifier, phrase: LabelledPhrase) => Row>> = {
  sentiment: (classifier, { text, language, label, vector }) => {
    const served = new TrainedSentiment(classifier);
    const found = served.classify(text, language as Language, vector as Float32Array | undefined);
    return { language, label, guess: found.label, score: found.scores.negative };
  },
  intents: (classifier, { text, language, label, vector }) => {
    const served = new TrainedIntents(classifier);
    const { intent, inScope } = served.classify(text, language as Language, vector as Float32Array | undefined);
    return { language, label, guess: intent ?? NO_INTENT, score: inScope };
  },
};

function report(kind: ClassifierKind, rows: readonly Row[], log: Log): void {
  const groups = [
    ...LANGUAGES.map((language) => [language, rows.filter((row) => row.language === language)] as const),
    ['all', rows] as const,
  ];
  for (const [name, own] of groups) {
    if (own.length === 0) continue;
    if (kind === 'sentiment') {
      const each = SENTIMENTS.map((label) => `${label} ${f1Of(own, label).toFixed(3)}`).join(', ');
      log(`  ${name}: macro-F1 ${macroF1(own, SENTIMENTS).toFixed(3)} (${each}); ${offers(own)}`);
    } else {
      const inside = own.filter(({ label }) => label !== NO_INTENT);
      const outside = own.filter(({ label }) => label === NO_INTENT);
      const score = ({ score }: Row) => score;
      const right = inside.filter(({ label, guess }) => label === guess).length / inside.length;
      const auc = areaUnderRoc(inside.map(score), outside.map(score));
      log(
        `  ${name}: macro-F1 ${macroF1(own, INTENTS).toFixed(3)}, right ${right.toFixed(3)}, out of scope AUC ${auc.toFixed(3)}`,
      );
    }
  }
  if (kind === 'sentiment') thresholds(rows, log);
}

/** What is taken for what most often, with the share of all that goes wrong. */
function confusions(rows: readonly Row[]): string[] {
  const counts = new Map<string, number>();
  for (const { label, guess } of rows) {
    const names = `${label} taken for ${guess}`;
    if (label !== guess) counts.set(names, (counts.get(names) ?? 0) + 1);
  }
  const wrong = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const sorted = [...counts].sort(([, one], [, other]) => other - one).slice(0, MOST_CONFUSED);
  return sorted.map(([names, count]) => `${((100 * count) / wrong).toFixed(1)} % ${names}, ${count}`);
}

/** How often a person is offered, by the policy itself, to shoppers whose messages are all neutral, or all negative. */
function offers(rows: readonly Row[]): string {
  const per = (label: string) => {
    const scores = rows.filter((row) => row.label === label).map(({ score }) => score);
    let moods: number[] = [];
    let count = 0;
    for (const score of scores) {
      moods.push(score);
      const facts = { complains: false, moods, isVip: false, bought: () => 0 };
      const reason = calledBy({ ...facts, view: { on: true, state: 'bot', lately: false } }, { orderValue: 0 });
      if (reason === undefined) continue;
      count++;
      moods = [];
    }
    return ((100 * count) / scores.length).toFixed(1);
  };
  return `offers per 100 messages: neutral ${per('neutral')}, negative ${per('negative')}`;
}

function thresholds(rows: readonly Row[], log: Log): void {
  for (const threshold of [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]) {
    const share = (label: string) => {
      const own = rows.filter((row) => row.label === label);
      return ((100 * own.filter(({ score }) => score >= threshold).length) / own.length).toFixed(1);
    };
    log(`  negative ≥ ${threshold}: ${SENTIMENTS.map((label) => `${label} ${share(label)} %`).join(', ')}`);
  }
}
