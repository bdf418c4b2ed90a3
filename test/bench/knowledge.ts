import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, packageRoot } from '../../src/config';
import { LANGUAGES, type Language, type Passage } from '../../src/domain';
import { createTextEncoder } from '../../src/encoders';
import {
  type Basis,
  confidences,
  type Evidence,
  LEAST_CONFIDENCE,
  loadKnowledge,
  MarkdownKnowledge,
  WEIGHTS,
  type Weights,
} from '../../src/knowledge';
import { loadLexicons, ServicePatterns } from '../../src/understanding';

/** A question, and the file and the number of the passage that answers it, from 1; without them nothing does. */
interface LabelledQuestion {
  readonly text: string;
  readonly lang: Language;
  readonly file?: string;
  readonly passage?: number;
}

/** A question with what speaks for each passage; `answer` is the right one's place, or -1. */
interface Case {
  readonly question: LabelledQuestion;
  readonly evidence: readonly Evidence[];
  readonly answer: number;
}

interface Outcomes {
  /** Of questions that a passage answers. */
  right: number;
  wrong: number;
  /** Declined, but the right passage is among those that are named. */
  named: number;
  declined: number;
  /** Of questions that none answers. */
  invented: number;
  admitted: number;
}

const FOLDER = join(packageRoot(), 'test', 'fixtures', 'knowledge');
const KINDS = ['question', 'text', 'alike', 'holds', 'topic'] as const;
const COUNTED: Readonly<Record<Basis, readonly (typeof KINDS)[number][]>> = {
  whole: KINDS,
  letters: ['alike', 'holds', 'topic'],
  foreign: ['question', 'text', 'topic'],
};
const BASES: readonly Basis[] = ['whole', 'letters', 'foreign'];
/** A wrong answer is as bad as this many that are declined. */
const WRONG = 3;

/**
 * How questions are answered from the demo's files, by language: with everything, without an encoder (`letters`), and from
 * the English files only (`foreign`). `fit` chooses weights and thresholds on the validation questions and prints them.
 */
export async function benchKnowledge(mode: string | undefined, log: (line: string) => void): Promise<void> {
  const config = loadConfig({});
  const encoder = createTextEncoder(config);
  if (!encoder) throw new Error('MODELS names no encoder: there is nothing to measure');
  try {
    const knowledge = new MarkdownKnowledge({
      passages: loadKnowledge(join(packageRoot(), 'dialogs', 'knowledge')),
      language: 'en',
      encoder,
      observer: {
        step: () => undefined,
        fault: (error) => {
          throw error;
        },
      },
    });
    const patterns = new ServicePatterns(config.LOCALES_DIR, loadLexicons(config.LOCALES_DIR));
    for (const language of LANGUAGES) await knowledge.warm(language);
    for (const basis of BASES) {
      const read = (set: string) => cases(set, basis, knowledge, patterns);
      let weights = WEIGHTS[basis];
      let least = LEAST_CONFIDENCE[basis];
      if (mode === 'fit') {
        const validation = await read('validation');
        weights = fitted(validation, COUNTED[basis]);
        least = threshold(validation, weights);
        const rounded = Object.fromEntries(
          Object.entries(weights).map(([name, value]) => [name, Number(value.toFixed(2))]),
        );
        log(`${basis}: ${JSON.stringify(rounded)} from ${least}`);
      }
      for (const set of ['validation', 'test']) report(`${basis}, ${set}`, await read(set), weights, least, log);
    }
  } finally {
    await encoder.close();
  }
}

async function cases(
  set: string,
  basis: Basis,
  knowledge: MarkdownKnowledge,
  patterns: ServicePatterns,
): Promise<Case[]> {
  const lines = readFileSync(join(FOLDER, `${set}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  const read: Case[] = [];
  for (const question of lines.map((line) => JSON.parse(line) as LabelledQuestion)) {
    const { text, lang } = question;
    if (basis === 'foreign' && lang === 'en') continue;
    const topic = patterns.recognise(text, lang)?.topic;
    const from = basis === 'foreign' ? 'en' : lang;
    const { passages, evidence } = await knowledge.evidence({ text, language: lang, ...(topic && { topic }) }, from);
    const without = basis === 'letters' ? evidence.map((each) => ({ ...each, question: 0, text: 0 })) : evidence;
    read.push({ question, evidence: without, answer: placeOf(question, passages) });
  }
  return read;
}

function placeOf({ file, passage = 0 }: LabelledQuestion, passages: readonly Passage[]): number {
  if (file === undefined) return -1;
  const [first, inFile] = [
    passages.findIndex((each) => each.file === file),
    passages.filter((each) => each.file === file).length,
  ];
  if (first < 0 || passage < 1 || passage > inFile) throw new Error(`there is no passage ${passage} in ${file}`);
  return first + passage - 1;
}

/** Maximum likelihood with a weak pull towards 0, by gradient descent. */
function fitted(rows: readonly Case[], counted: readonly (typeof KINDS)[number][]): Weights {
  const weights = { question: 0, text: 0, alike: 0, holds: 0, topic: 0, none: 0 };
  for (let step = 0; step < 6_000; step++) {
    const slopes = { question: 0, text: 0, alike: 0, holds: 0, topic: 0, none: 0 };
    for (const { evidence, answer } of rows) {
      const shares = confidences(evidence, weights);
      const none = 1 - shares.reduce((sum, share) => sum + share, 0);
      slopes.none += none - (answer < 0 ? 1 : 0);
      shares.forEach((share, place) => {
        const surplus = share - (place === answer ? 1 : 0);
        for (const kind of counted) slopes[kind] += surplus * (evidence[place]?.[kind] ?? 0);
      });
    }
    for (const kind of counted) weights[kind] -= slopes[kind] / rows.length + 0.002 * weights[kind];
    weights.none -= slopes.none / rows.length;
  }
  return weights;
}

/** The threshold, in steps of 0.05, at which right answers outweigh wrong ones most. */
function threshold(rows: readonly Case[], weights: Weights): number {
  const steps = Array.from({ length: 14 }, (_, step) => (step + 4) / 20);
  const gain = (least: number) => {
    const { right, wrong, invented } = outcomes(rows, weights, least);
    return right - WRONG * (wrong + invented);
  };
  return steps.reduce((best, least) => (gain(least) > gain(best) ? least : best));
}

function outcomes(rows: readonly Case[], weights: Weights, least: number): Outcomes {
  const counts: Outcomes = { right: 0, wrong: 0, named: 0, declined: 0, invented: 0, admitted: 0 };
  for (const { evidence, answer } of rows) {
    const ranked = confidences(evidence, weights)
      .map((confidence, place) => ({ confidence, place }))
      .sort((one, other) => other.confidence - one.confidence);
    const shown = (ranked[0]?.confidence ?? 0) >= least;
    if (answer < 0) counts[shown ? 'invented' : 'admitted'] += 1;
    else if (shown) counts[ranked[0]?.place === answer ? 'right' : 'wrong'] += 1;
    else counts[ranked.slice(0, 3).some(({ place }) => place === answer) ? 'named' : 'declined'] += 1;
  }
  return counts;
}

function report(
  title: string,
  rows: readonly Case[],
  weights: Weights,
  least: number,
  log: (line: string) => void,
): void {
  const line = (name: string, of: readonly Case[]) => {
    const { right, wrong, named, declined, invented, admitted } = outcomes(of, weights, least);
    log(
      `${name}  right ${right}  wrong ${wrong}  declined ${named + declined} (${named} named)   ` +
        `nothing answers it: said so ${admitted}  answered ${invented}`,
    );
  };
  log(title);
  for (const language of LANGUAGES) {
    const own = rows.filter(({ question }) => question.lang === language);
    if (own.length > 0) line(`  ${language}`, own);
  }
  line('  all', rows);
}
